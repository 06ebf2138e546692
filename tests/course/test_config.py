"""Every commented setting of nbgrader_config.py works once its `# ` is removed."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from common import ROOT
from traitlets.config.loader import PyFileConfigLoader

from autograder.course import settings
from autograder.course.settings import (
    Batch,
    CourseError,
    Pages,
    Settings,
    Watch,
    read_batch,
    read_pages,
    read_settings,
)
from autograder.lms import CanvasExportPlugin, MoodleExportPlugin
from autograder.lms.collect import Collector

TEXT = (ROOT / "nbgrader_config.py").read_text()
COMMENTED = re.compile(r"^# (?=c\.)", re.MULTILINE)
LINES = [line for line in TEXT.splitlines() if COMMENTED.match(line)]


def loaded(folder, text):
    (folder / "nbgrader_config.py").write_text(text)
    return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split()[1])
def test_a_setting_can_be_uncommented(tmp_path, line):
    config = loaded(tmp_path, TEXT.replace(line, line.removeprefix("# ")))
    section, name = line.split()[1].removeprefix("c.").split(".")
    assert name in config[section]


def test_all_of_them_can_be_uncommented_and_are_the_defaults(tmp_path):
    section = loaded(tmp_path, COMMENTED.sub("", TEXT))["ConvGrade"]
    assert read_settings(section) == Settings()
    assert read_batch(section) == Batch()
    assert read_pages(section) == Pages()


def test_every_setting_is_listed():
    known = {item.name for kind in (Settings, Batch, Pages, Watch) for item in fields(kind)}
    known -= {"limits", "part"}  # those are listed one by one, and this is for the command line
    known |= {item.name for item in fields(Settings().limits)}
    assert known == set(re.findall(r"^(?:# )?c\.ConvGrade\.(\w+) = ", TEXT, re.MULTILINE))


def test_every_student_is_in_one_part():
    parts = [read_batch({"part": f"{number}/3"}) for number in (1, 2, 3)]
    found = [[each.includes(f"student-{number:02}") for each in parts] for number in range(1, 31)]
    assert [sum(each) for each in found] == [1] * 30
    assert all(map(any, zip(*found, strict=True)))
    assert Batch().includes("student-01")


@pytest.mark.parametrize("part", ["3/2", "0/2", "2", "1/0", "one/two"])
def test_what_is_no_part_is_refused(part):
    with pytest.raises(CourseError, match="is no part of a class; write 2/3"):
        read_batch({"part": part})


def test_the_settings_for_an_lms_are_accepted(tmp_path):
    config = loaded(tmp_path, COMMENTED.sub("", TEXT))
    assert CanvasExportPlugin(config=config).id_column == CanvasExportPlugin().id_column
    assert MoodleExportPlugin(config=config).id_column == MoodleExportPlugin().id_column
    found = Collector(config=config).collect("somewhere/ada_attempt_1_convolve2d.ipynb")
    assert found == {"student_id": "ada", "file_id": "1_convolve2d.ipynb"}


def test_no_setting_is_hidden_in_a_sentence():
    named = re.findall(r"^#.*\bc\.\w+\.\w+", TEXT, re.MULTILINE)
    assert len(named) == len(LINES) > 15


@pytest.mark.parametrize(
    ("quota", "jobs"),
    [("150000 100000", 2), ("50000 100000", 1), ("900000 100000", 3), ("max 100000", 3), (None, 3)],
    ids=["a core and a half", "half a core", "more than there are", "no limit", "not in a cgroup"],
)
def test_as_many_judges_as_cores_of_the_machine_and_of_its_container(tmp_path, monkeypatch, quota, jobs):
    monkeypatch.setattr(settings, "CPU_MAX", tmp_path / "cpu.max")
    monkeypatch.setattr(settings.os, "sched_getaffinity", lambda _: {0, 1, 5})
    if quota:
        (tmp_path / "cpu.max").write_text(f"{quota}\n")
    assert read_batch({}).jobs == jobs
    assert read_batch({"jobs": 7}).jobs == 7
