"""Temporary folders end with those who use them, sooner or later."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from common import ROOT

from autograder.sandbox import scratch

USER = """
import sys
from autograder.sandbox import scratch
folder, lock = scratch.make()
(folder / "room").mkdir(mode=0)
print(folder, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def user():
    """A process that has a folder, and that folder's name."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", USER], stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    return process, Path(process.stdout.readline().strip())


def aged(folder):
    long_ago = time.time() - scratch.OLD_SECONDS - 1
    os.utime(folder, (long_ago, long_ago))


def test_the_folder_of_a_killed_process_goes_with_the_next_one_and_no_other(here):
    killed, left = user()
    living, in_use = user()
    killed.kill()
    killed.communicate()
    foreign, young = here / "convgrade-bench-1", here / f"{scratch.PREFIX}young"
    for folder in (foreign, young):
        folder.mkdir()
    for folder in (left, in_use, foreign):
        aged(folder)
    mine, lock = scratch.make()
    assert not left.exists()
    assert all(folder.is_dir() for folder in (mine, in_use, foreign, young))
    os.close(lock)
    living.communicate()


def test_a_link_is_not_followed(here):
    elsewhere, link = here / "elsewhere", here / f"{scratch.PREFIX}link"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    link.symlink_to(elsewhere)
    aged(elsewhere)
    os.close(scratch.make()[1])
    assert (elsewhere / "kept").exists()


def test_of_a_link_nothing_changes_but_the_link(here):
    file, link = here / "outside" / "file", here / "link"
    file.parent.mkdir()
    file.touch(0o400)
    link.symlink_to(file.parent)
    scratch.remove(link)
    assert not link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o400
