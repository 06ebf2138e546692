"""What `convgrade doctor` says of a machine, a container and a shared installation."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from common import HERE, TIERS

from autograder import cli
from autograder.grading import doctor
from autograder.sandbox import scratch

CONVGRADE = Path(sys.executable).with_name("convgrade")


def said():
    done = CliRunner().invoke(cli.main, ["doctor"])
    return done.exit_code, done.output


def test_doctor_tells_what_works():
    code, output = said()
    assert code == 0
    assert "nbgrader 0.9.6" in output
    for name, tier in TIERS.items():
        assert f"isolation, {name}: {tier.missing() or 'works'}" in output


def test_doctor_fails_when_nothing_isolates(monkeypatch):
    monkeypatch.setattr(doctor, "trouble", lambda _: "starts, but a kernel could read /etc/passwd")
    code, output = said()
    assert code == 2
    assert "landlock: starts, but a kernel could read /etc/passwd" in output
    assert "nothing will be graded" in output


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the profile is that of x86_64")
def test_doctor_in_a_container_finds_landlock_alone():
    command = [sys.executable, f"{HERE}/container.py", CONVGRADE, "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "isolation, landlock: works\n" in done.stdout
    assert "isolation, bubblewrap: works" not in done.stdout


@pytest.fixture
def shared(monkeypatch):
    """A course on a machine with another user, where nothing is closed."""
    root = Path(tempfile.mkdtemp(prefix="cg-", dir="/tmp"))
    root.chmod(0o755)
    (root / "source").mkdir()
    (root / "gradebook.db").touch(0o644)
    (root / ".convgrade-secret").touch(0o600)
    monkeypatch.setattr(doctor, "_others", lambda: ["student"])
    monkeypatch.setattr(doctor, "ANSWERS", ())
    yield root
    scratch.remove(root)


def test_answers_that_others_can_read_are_named(shared, monkeypatch):
    assert doctor.exposed(shared) == [shared / "source", shared / "gradebook.db"]
    monkeypatch.chdir(shared)
    (shared / "nbgrader_config.py").touch()
    assert f"warning: every user of this machine can read {shared}/source" in said()[1]


def test_a_closed_folder_closes_all_beneath(shared, monkeypatch):
    monkeypatch.setattr(doctor, "ANSWERS", (shared / "source",))
    assert doctor.exposed(None) == [shared / "source"]
    shared.chmod(0o750)
    assert doctor.exposed(shared) == []


def test_on_a_machine_of_ones_own_there_is_nobody_to_read(shared, monkeypatch):
    monkeypatch.setattr(doctor, "_others", list)
    assert doctor.exposed(shared) == []


def test_the_answers_that_are_looked_for_are_there():
    assert all(path.is_dir() for path in doctor.ANSWERS)
