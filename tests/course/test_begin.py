"""`convgrade init` makes a course, and joins one that is there."""

from __future__ import annotations

import filecmp
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from common import ROOT

from autograder.course.begin import CALL, IMPORT, adopt, init, material
from autograder.course.settings import CONFIG, CourseError, load_config

CONVGRADE = Path(sys.executable).with_name("convgrade")


def tracked(folder):
    """The files of the repository under a folder, by their names in it."""
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.split()


def test_a_new_course_has_both_lessons_and_its_own_name(tmp_path):
    init(tmp_path / "vision-26")
    assert filecmp.dircmp(ROOT / "source", tmp_path / "vision-26" / "source").left_only == []
    text = (tmp_path / "vision-26" / CONFIG).read_text()
    assert 'course_id = "vision-26"' in text
    assert load_config(tmp_path / "vision-26")["tiers"] == ["landlock", "bubblewrap"]
    readme = (tmp_path / "vision-26" / "README.md").read_text()
    assert len(readme.splitlines()) < 25
    assert "`convgrade grade words`" in readme


def test_nothing_that_is_there_is_written_over(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CourseError, match="not empty"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_course_that_is_there_gets_two_lines_once(tmp_path):
    before = 'c = get_config()\nc.CourseDirectory.course_id = "course101"\n'
    (tmp_path / CONFIG).write_text(before)
    said = "\n".join(adopt(tmp_path))
    text = (tmp_path / CONFIG).read_text()
    assert text.startswith(before)
    assert text.split() == [*before.split(), *IMPORT.split(), *CALL.split()]
    assert IMPORT in said
    assert CALL in said
    assert "already" in adopt(tmp_path)[0]
    assert (tmp_path / CONFIG).read_text() == text


def test_without_a_course_there_is_none_to_join(tmp_path):
    with pytest.raises(CourseError, match="convgrade init FOLDER"):
        adopt(tmp_path)


def test_a_wheel_holds_what_a_course_is_made_of():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["data-files"]
    held = {
        path.relative_to(ROOT).as_posix()
        for patterns in listed.values()
        for pattern in patterns
        for path in ROOT.glob(pattern)
    }
    assert {*tracked("source"), CONFIG, "constraints.txt"} <= held
    assert all(f"share/convgrade/{path}".rpartition("/")[0] in listed for path in held)
    assert material() == ROOT


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["source", "notebooks"])
def test_grading_in_a_course_without_sources_is_refused_in_a_sentence(tmp_path, missing):
    (tmp_path / CONFIG).write_text((ROOT / CONFIG).read_text())
    if missing == "notebooks":
        (tmp_path / "source" / "empty").mkdir(parents=True)
    done = subprocess.run(
        [CONVGRADE, "grade", "conv2d", "--course", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no assignment 'conv2d'" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_takes_a_course_and_runs_as_a_module():
    from autograder.cli import main

    said = subprocess.run(
        [sys.executable, "-m", "autograder", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "convgrade [OPTIONS] COMMAND" in said
    assert main.commands
    for command in main.commands.values():
        leaves = getattr(command, "commands", {"": command}).values()
        assert all("--course" in [o for p in leaf.params for o in p.opts] for leaf in leaves), command.name
