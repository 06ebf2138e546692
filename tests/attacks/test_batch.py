"""Thirty submissions through real `nbgrader autograde`, twenty of them hostile or broken."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from attacks import corpus
from attacks.corpus import ASSIGNMENT, EXEMPLAR, MEMORY, NAME
from common import ROOT, blank
from pour import pour, released, sample_names, sections

from autograder.course.seeds import student_seed
from autograder.course.settings import load_config, read_settings
from autograder.grading.worker import Worker
from autograder.judge.job import Job
from autograder.sandbox import scratch
from autograder.submission.restore import restore

HONEST = sample_names(ASSIGNMENT)[:10]
HOSTILE = [  # one of each kind
    *("forged_equal_to_everything", "forged_probe", "people_slow_pages"),
    *("stealing_classmate", "stealing_by_multipath_tcp", "stealing_names_by_inotify", "faking_scipy"),
    *("breaking_loop", "breaking_fork_bomb", "breaking_parent", "breaking_processor_time_of_the_judge"),
    *("breaking_costly_questions", "breaking_many_arguments", "breaking_deep_folders"),
    *("files_many_brackets", "files_empty_folder", "files_links", "files_hostile_names"),
    *("people_scripts_in_outputs", "people_live_markdown"),
]
SMALL = """
c.ConvGrade.call_seconds, c.ConvGrade.cell_seconds = 0.5, 0.8
c.ConvGrade.notebook_seconds, c.ConvGrade.waiting_factor = 6.0, 3.0
"""


def start(root, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(root, *arguments):
    process = start(root, *arguments)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def good(root, student):
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(pour(released(ASSIGNMENT, NAME), EXEMPLAR)))


def verdict(root, student):
    return json.loads((root / "autograded" / student / ASSIGNMENT / f"{NAME}.verdict.json").read_text())


class Peak(threading.Thread):
    """The most memory that `nbgrader` and its judge ever had, in KiB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0

    def run(self):
        while Path(f"/proc/{self.pid}").exists():
            for entry in Path("/proc").iterdir():
                try:
                    status = (entry / "status").read_text()
                    judges = f"\nPPid:\t{self.pid}\n" in status
                    if judges or entry.name == str(self.pid):
                        self.most = max(self.most, corpus.high_water(int(entry.name)))
                except (OSError, StopIteration):
                    continue
            time.sleep(0.1)


@pytest.fixture(scope="module")
def batch():
    """The course after the batch, what `nbgrader` said, its return code and its peak of memory."""
    root = Path(tempfile.mkdtemp(prefix="cg-"))
    for folder in ("source", "release"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, root / folder / ASSIGNMENT)
        for path in (root / folder / ASSIGNMENT).glob("*.ipynb"):
            if path.stem != NAME:
                path.unlink()
    (root / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text() + SMALL)
    canary = root / "canary"
    corpus.lay_out_course(canary)
    code, said = run(root, "generate_assignment", ASSIGNMENT)
    assert code == 0, said[-3000:]
    for student in HONEST:
        folder = root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        texts = sections(ASSIGNMENT, student)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(pour(released(ASSIGNMENT, NAME), texts)))
    by_name = {attack.name: attack for attack in corpus.attacks()}
    for name in HOSTILE:
        by_name[name].hand_in(root / "submitted" / name / ASSIGNMENT, canary)
    process = start(root, "autograde", ASSIGNMENT)
    peak = Peak(process.pid)
    peak.start()
    said, _ = process.communicate(timeout=300)
    assert run(root, "generate_feedback", ASSIGNMENT)[0] == 0
    assert run(root, "export")[0] == 0
    yield root, said, process.returncode, peak.most
    scratch.remove(root)  # some folders are locked on purpose


def test_the_batch_reaches_its_end(batch):
    _, said, code, _ = batch
    assert len(HONEST) + len(HOSTILE) == 30
    assert code == 0, said[-3000:]
    assert "Traceback" not in said


def test_every_student_has_a_row_a_verdict_and_a_page(batch):
    root = batch[0]
    with (root / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
    honest = {attack.name: attack.honest for attack in corpus.attacks()}
    for student in [*HONEST, *HOSTILE]:
        assert rows[student] == verdict(root, student)["score"], student
        assert verdict(root, student)["status"] in ("graded", "unreadable"), student
        assert (root / "feedback" / student / ASSIGNMENT / f"{NAME}.html").is_file(), student
        assert rows[student] <= honest.get(student, 24), student


def test_no_page_shows_more_pictures_than_an_honest_one(batch):
    def pictures(student):
        return (batch[0] / "feedback" / student / ASSIGNMENT / f"{NAME}.html").read_text().count("<img")

    assert pictures("people_live_markdown") == pictures(HONEST[0]) > 0


def test_honest_marks_are_those_of_the_ten_alone(batch):
    root = batch[0]
    settings = read_settings(load_config(root))
    worker = Worker(settings)
    try:
        for student in HONEST:
            submitted = pour(released(ASSIGNMENT, NAME), sections(ASSIGNMENT, student))
            restored = restore(blank(ASSIGNMENT, NAME), submitted)
            seed = student_seed(root, student, ASSIGNMENT)
            job = Job(ASSIGNMENT, NAME, student, seed, restored.notebook, limits=settings.limits)
            alone = worker.judge(job)[1].to_json()
            together = verdict(root, student)
            assert together["score"] == alone["score"], student
            assert [c["status"] for c in together["cells"]] == [c["status"] for c in alone["cells"]], student
    finally:
        worker.close()


def test_the_grader_needs_little_memory(batch):
    assert 0 < batch[3] < MEMORY


def test_a_resubmission_after_a_crash_is_graded_without_cleaning_up(batch):
    root = batch[0]
    by_name = {attack.name: attack for attack in corpus.attacks()}
    folder = root / "submitted" / "unlucky" / ASSIGNMENT
    by_name["breaking_sleep"].hand_in(folder, root / "canary")
    process = start(root, "autograde", ASSIGNMENT, "--student", "unlucky")
    half_made = root / "autograded" / "unlucky" / ASSIGNMENT / f"{NAME}.ipynb"
    end = time.monotonic() + 60
    while not half_made.exists() and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert half_made.exists()
    good(root, "unlucky")
    code, said = run(root, "autograde", ASSIGNMENT, "--student", "unlucky")
    assert code == 0, said[-3000:]
    assert verdict(root, "unlucky")["score"] == 22
