"""Each stage broken on purpose: never a point more, never a silent zero, reported, fixed by a rerun.

More of these stand beside what they break: the judge killed and no isolation in test_nbgrader,
a broken hidden test or reference in test_judge, a locked or read-only gradebook in test_grade.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import fields

import pytest
import small
from common import ROOT

from autograder.sandbox.limits import Limits

STUDENTS = 7


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = small.lay_out(tmp_path_factory.mktemp("closed") / "course")
    small.hand_in(root, STUDENTS)
    return root


def can_have_a_small_disk():
    trial = ["bwrap", "--dev-bind", "/", "/", "--size", "100000", "--tmpfs", "/mnt", "true"]
    return shutil.which("bwrap") and subprocess.run(trial, check=False, capture_output=True).returncode == 0


@pytest.mark.slow
def test_a_full_disk_is_said_and_gives_no_points(course, tmp_path):
    """The course on a disk with room for the first submissions only; what was recorded is right."""
    if not can_have_a_small_disk():
        pytest.skip("bwrap cannot mount a small disk here")
    kept = tmp_path / "kept"
    kept.mkdir()
    disk = tmp_path / "disk"
    disk.mkdir()
    room = sum(path.stat().st_size for path in course.rglob("*") if path.is_file()) + 260_000
    script = f"""
        cp -a {course}/. {disk} && cd {disk}
        {sys.executable} -m nbgrader autograde {small.ASSIGNMENT}
        echo code $?
        cp -a {disk}/. {kept}
    """
    command = ["bwrap", "--dev-bind", "/", "/", "--size", str(room), "--tmpfs", disk, "sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "code 1" in done.stdout, done.stdout[-500:] + done.stderr[-1500:]
    assert re.search("No space left on device|disk is full", done.stderr)
    whole = small.copied(course, tmp_path / "whole")
    assert small.run(whole, "convgrade", "grade", small.ASSIGNMENT).returncode == 0
    right = {row[:3]: row[3] for row in small.state(whole)[0] if row[2] == small.LAST}
    partial = {row[:3]: row[3] for row in small.state(kept)[0] if row[2] == small.LAST}
    assert all(score in (None, right[row]) for row, score in partial.items())
    assert small.run(kept, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    assert small.state(kept) == small.state(whole)


@pytest.mark.slow
def test_a_package_that_is_not_installed_stops_it_before_anything_is_graded(course, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.ConvGrade.packages = ['numpy', 'no-such-package']\n")
    for command, code in ((["convgrade", "grade"], 2), (["nbgrader", "autograde"], 1)):
        done = small.run(root, *command, small.ASSIGNMENT)
        assert done.returncode == code
        assert "install it with: pip install no-such-package" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (root / "autograded").exists()


@pytest.mark.slow
def test_a_judge_without_room_for_its_files_leaves_no_marks(course, tmp_path):
    if not can_have_a_small_disk():
        pytest.skip("bwrap cannot mount a small disk here")
    root, disk = small.copied(course, tmp_path / "copy"), tmp_path / "disk"
    disk.mkdir()
    small_disk = [
        "bwrap",
        "--dev-bind",
        "/",
        "/",
        "--size",
        "8192",
        "--tmpfs",
        disk,
        "--setenv",
        "TMPDIR",
        disk,
    ]
    command = [*small_disk, sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert {row[3] for row in small.state(root)[0] if row[2] == small.LAST} == {None}
    assert small.run(root, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    assert {row[3] for row in small.state(root)[0] if row[2] == small.LAST} > {0.0, 4.0}


def test_every_limit_stands_in_the_configuration_with_its_default():
    text = (ROOT / "nbgrader_config.py").read_text()
    found = dict(re.findall(r"^# c\.ConvGrade\.(\w+) = (\S+(?: << \d+)?)  ", text, re.MULTILINE))
    for item in fields(Limits):
        assert eval(found[item.name]) == item.default, item.name
