"""`convgrade grade`: the same end as `nbgrader autograde`, resumable, nothing judged twice, previews."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import time
from copy import deepcopy
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
import small
from common import ROOT
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

from autograder.course import extensions
from autograder.course.settings import CourseError
from autograder.nbgrader_plugin.late import CHANGED
from autograder.results.marks import read_marks
from autograder.sandbox.usage import children

STUDENTS = len(small.ANSWERS)
MANY = 60
MOMENTS = int(os.environ.get("CONVGRADE_KILLS", "2"))  # `make soak` sets more


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A small course with submissions, not graded; tests work in copies of it."""
    root = small.lay_out(tmp_path_factory.mktemp("grade") / "course")
    small.hand_in(root, STUDENTS)
    return root


@pytest.fixture(scope="module")
def graded(course):
    """The same, graded by one `nbgrader autograde`."""
    root = small.copied(course, course.parent / "graded")
    done = small.run(root, "nbgrader", "autograde", small.ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    return root


@pytest.fixture
def copy(graded, tmp_path):
    """A copy of the graded course to do something to."""
    return small.copied(graded, tmp_path / "copy")


def judged_times(root):
    """How often each verdict has been put into the store: what is not judged is not put there."""
    paths = (root / ".convgrade-store").rglob("*.json.gz")
    return {path.name: path.stat().st_mtime_ns for path in paths}


def test_grade_ends_exactly_as_nbgrader_autograde_does(course, graded, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    done = small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{STUDENTS} notebooks of {STUDENTS} students recorded" in done.stdout
    assert small.state(root) == small.state(graded)
    assert len(small.files(root)) == 2 * STUDENTS
    scores = {row[3] for row in small.state(root)[0] if row[2] == small.LAST}
    assert {0.0, 4.0} < scores  # right ones, wrong ones, and some between


def test_what_has_not_changed_is_neither_judged_nor_recorded_again(copy):
    before, judged = small.state(copy), judged_times(copy)
    for command in (["convgrade", "grade"], ["nbgrader", "autograde"]):
        done = small.run(copy, *command, small.ASSIGNMENT)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Converting" not in done.stderr
    assert "Nothing new" in small.run(copy, "convgrade", "grade", small.ASSIGNMENT).stdout
    assert (small.state(copy), judged_times(copy)) == (before, judged)


def test_what_is_judged_is_recorded_while_a_slow_submission_is_waited_for(course, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.ConvGrade.cell_seconds = 300\n")
    slow = "import time\ntime.sleep(600)\n"
    small.hand_in_one(root, "student-last", slow)
    running = small.start(root, "convgrade", "grade", small.ASSIGNMENT)
    try:
        last = root / "autograded" / f"student-{STUDENTS:03}" / small.ASSIGNMENT
        while running.poll() is None and not list(last.glob("*.json")):
            time.sleep(0.1)
        assert running.poll() is None
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    recorded = {row[0] for row in small.marks(f"sqlite:///{root}/gradebook.db")}
    assert recorded == {f"student-{number:03}" for number in range(1, STUDENTS + 1)}


@pytest.mark.slow
def test_a_lost_gradebook_is_filled_again_without_judging(copy):
    before, judged = small.state(copy), judged_times(copy)
    shutil.rmtree(copy / "autograded")
    (copy / "gradebook.db").unlink()
    assert small.run(copy, "nbgrader", "generate_assignment", small.ASSIGNMENT).returncode == 0
    assert small.run(copy, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    assert (small.state(copy), judged_times(copy)) == (before, judged)


@pytest.mark.slow
def test_force_judges_again_and_the_store_may_be_deleted(copy):
    before, judged = small.state(copy), judged_times(copy)
    one = ["--student", "student-001"]
    assert small.run(copy, "convgrade", "grade", small.ASSIGNMENT, "--force", *one).returncode == 0
    again = judged_times(copy)
    assert sum(again[name] != judged[name] for name in judged) == 1
    shutil.rmtree(copy / ".convgrade-store")
    assert small.run(copy, "nbgrader", "autograde", small.ASSIGNMENT, "--force").returncode == 0
    assert small.state(copy) == before
    assert set(judged_times(copy)) == set(judged)


def test_a_changed_submission_is_judged_and_the_others_are_not(copy):
    judged = judged_times(copy)
    small.hand_in_one(copy, "student-005", small.ANSWERS[0])
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "1 notebook of 1 student recorded, mean 100%" in done.stdout
    again = judged_times(copy)
    assert len(again) == len(judged) + 1
    assert {name: again[name] for name in judged} == judged


@pytest.mark.slow
def test_a_change_of_the_limits_says_why_it_judges_again(copy):
    with (copy / "nbgrader_config.py").open("a") as config:
        config.write("\nc.ConvGrade.cell_seconds = 0.9\n")
    done = small.run(copy, "nbgrader", "autograde", small.ASSIGNMENT, "--student", "student-002")
    assert "grading student-002 again: the limits or other settings have changed" in done.stderr


def test_manual_marks_and_comments_survive_a_regrade_and_are_flagged_only_after_a_change(copy):
    url, where = f"sqlite:///{copy}/gradebook.db", (small.NAME, small.ASSIGNMENT, "student-002")
    with Gradebook(url) as book:
        book.find_grade(small.LAST, *where).manual_score = 3.5
        book.find_comment("output_size", *where).manual_comment = "see me"
        book.db.commit()
    path = copy / "submitted" / "student-002" / small.ASSIGNMENT / f"{small.NAME}.ipynb"
    one = ["--student", "student-002", "--force"]
    for changed in (False, True):
        if changed:
            path.write_text(path.read_text() + "\n")
        assert small.run(copy, "convgrade", "grade", small.ASSIGNMENT, *one).returncode == 0
        with Gradebook(url) as book:
            grade = book.find_grade(small.LAST, *where)
            assert (grade.manual_score, grade.score, grade.needs_manual_grade) == (3.5, 3.5, changed)
            assert book.find_comment("output_size", *where).comment == "see me"


def test_scores_saved_together_are_those_that_nbgrader_saves_row_by_row(copy):
    """Also of late submissions, with penalties, and where somebody has overridden a score."""
    late, judged = ("student-001", "student-004"), judged_times(copy)
    for student in late:
        stamp = copy / "submitted" / student / small.ASSIGNMENT / "timestamp.txt"
        stamp.write_text("2026-02-02 10:00:00 UTC")
    with (copy / "submitted/student-003" / small.ASSIGNMENT / f"{small.NAME}.ipynb").open("a") as handed_in:
        handed_in.write("\n")  # so that what was marked by hand is to be looked at again, as nbgrader has it
    with Gradebook(f"sqlite:///{copy}/gradebook.db") as book:
        book.find_assignment(small.ASSIGNMENT).duedate = datetime(2026, 2, 1)  # noqa: DTZ001  nbgrader's are UTC
        where = (small.NAME, small.ASSIGNMENT)
        book.find_grade(small.LAST, *where, "student-003").manual_score = 1.5
        book.find_comment("output_size", *where, "student-004").manual_comment = "see me"
        book.find_submission_notebook(*where, "student-002").late_submission_penalty = 3.0
        book.db.commit()
    with (copy / "nbgrader_config.py").open("a") as config:
        config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert small.run(copy, "nbgrader", "autograde", small.ASSIGNMENT, "--force").returncode == 0
    assert any(judged_times(copy)[name] != judged[name] for name in judged)
    together = row_by_row(copy / "gradebook.db")
    forget_scores(copy / "gradebook.db")
    saving = SaveAutoGrades(), AssignLatePenalties()
    saving[1].config.LateSubmissionPlugin.penalty_method = "zero"
    for path in (copy / "autograded").glob("*/*/*.ipynb"):
        ids = {"student": path.parts[-3], "assignment": path.parts[-2], "notebook": path.stem}
        where = {"nbgrader": ids | {"db_url": f"sqlite:///{copy}/gradebook.db"}}
        for each in saving:
            each.preprocess(nbformat.read(path, as_version=4), where)
    assert row_by_row(copy / "gradebook.db") == together
    assert {(row[0], row[-1]) for row in together if row[-1]} == {(late[0], 4.0), (late[1], 1.0)}


def row_by_row(path):
    """Each grade and comment in a gradebook, with the student and the penalty of the notebook."""
    with contextlib.closing(sqlite3.connect(path)) as book:
        found = [
            book.execute(
                f"select student_id, cell_id, {values}, late_submission_penalty from {kind} "
                f"join submitted_notebook n on n.id = {kind}.notebook_id "
                "join submitted_assignment a on a.id = n.assignment_id order by 1, 2"
            ).fetchall()
            for kind, values in (
                ("grade", "auto_score, manual_score, needs_manual_grade"),
                ("comment", "auto_comment, manual_comment"),
            )
        ]
    return found[0] + found[1]


def forget_scores(path):
    with contextlib.closing(sqlite3.connect(path)) as book:
        book.execute("update grade set auto_score = 77, needs_manual_grade = 1")
        book.execute("update comment set auto_comment = 'forgotten'")
        book.execute("update submitted_notebook set late_submission_penalty = 88")
        book.commit()


# ------------------------------------------------------------------------------------- interrupted


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A course of sixty, and what an undisturbed run makes of it."""
    root = small.lay_out(tmp_path_factory.mktemp("many") / "course")
    small.hand_in(root, MANY)
    whole = small.copied(root, root.parent / "whole")
    began = time.monotonic()
    assert small.run(whole, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2").returncode == 0
    return root, small.state(whole), time.monotonic() - began


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment_a_rerun_ends_as_if_nothing_had_happened(many, tmp_path, moment):
    root, expected, seconds = many
    copy = small.copied(root, tmp_path / "copy")
    process = small.start(copy, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    share = random.Random(moment).uniform(0.3, 0.95)
    try:
        process.wait(share * seconds)
    except Exception:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    judged = judged_times(copy)
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    assert done.returncode == 0, done.stderr[-3000:]
    assert small.state(copy) == expected
    again = judged_times(copy)
    assert {name: again[name] for name in judged} == judged  # what was judged is not judged again


@pytest.mark.slow
def test_judges_that_are_killed_are_replaced_and_nothing_is_lost(course, graded, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    process = small.start(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    while process.poll() is None and not any((root / ".convgrade-store").rglob("*.json.gz")):
        time.sleep(0.05)
    judges = children(process.pid)
    for pid in judges:
        os.kill(pid, signal.SIGKILL)
    _, said = process.communicate()
    assert process.returncode == 0, said[-3000:]
    assert judges
    assert small.state(root) == small.state(graded)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("recorded", [0, 1], ids=["while it starts", "while it records"])
def test_an_interrupt_ends_it_cleanly(course, tmp_path, recorded):
    root = small.copied(course, tmp_path / "copy")
    small.hand_in(root, 3 * STUDENTS)  # so that it is still at work then
    process = small.start(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    end = time.monotonic() + 60
    while time.monotonic() < end and not (
        children(process.pid) and len(list(root.glob("autograded/*/*/*.ipynb"))) >= recorded
    ):
        time.sleep(0.02)
    judges = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "run the same command to continue" in said
    assert judges
    assert not any(Path(f"/proc/{pid}").exists() for pid in judges)


# ---------------------------------------------------------------------------------------- gradebook


@pytest.mark.slow
def test_all_openings_of_a_gradebook_share_an_engine(tmp_path, monkeypatch):
    """Or nbgrader would compile its statements again for each notebook, and keep what was compiled."""
    import autograder.nbgrader_plugin.to_grade  # noqa: F401  which sees to it

    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")  # alembic
    url = f"sqlite:///{tmp_path}/gradebook.db"
    with Gradebook(url) as first, Gradebook(url) as second, Gradebook("sqlite://") as other:
        first.add_student("student-01")
        assert [student.id for student in second.students] == ["student-01"]
        assert first.engine is second.engine is not other.engine


def test_a_locked_gradebook_is_said_and_no_verdict_is_lost(course, graded, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    holder = sqlite3.connect(root / "gradebook.db")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        done = small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    finally:
        holder.rollback()
        holder.close()
    assert done.returncode == 2
    assert "database is locked" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert small.run(root, "convgrade", "grade", small.ASSIGNMENT).returncode == 0
    assert small.state(root) == small.state(graded)


def test_a_gradebook_that_cannot_be_written_is_said(course, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = 'sqlite:///file:{root}/gradebook.db?mode=ro&uri=true'\n")
    for command, code in ((["convgrade", "grade"], 2), (["nbgrader", "autograde"], 1)):
        done = small.run(root, *command, small.ASSIGNMENT)
        assert done.returncode == code
        assert "readonly database" in done.stderr
        assert "run the same command again" in done.stderr
        assert not (root / "autograded" / "student-001").exists()


# ------------------------------------------------------------------------------------------ preview


def preview(root, *arguments):
    done = small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--dry-run", *arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    lines = done.stdout.splitlines()
    return [line for line in lines if " -> " in line and not line.startswith(" ")], lines


def test_a_preview_of_nothing_new_says_so_and_writes_nothing(copy):
    before = small.state(copy)
    changed, lines = preview(copy)
    assert changed == []
    assert lines[-1].startswith("0 marks of 0 students would change")
    assert small.state(copy) == before


def test_a_preview_names_late_and_changed_submissions_with_the_reason(copy):
    before = small.state(copy)
    small.hand_in_one(copy, "student-005", small.ANSWERS[0])
    shutil.copytree(copy / "submitted" / "student-001", copy / "submitted" / "xenia")
    changed, lines = preview(copy)
    assert len(changed) == 2
    assert changed[0] == f"student-005  {small.NAME}  0 -> 4 (the submission has changed)"
    assert changed[1] == f"xenia  {small.NAME}  no mark -> 4"
    assert "2 marks of 2 students" in lines[-1]
    assert small.state(copy) == before


@pytest.mark.slow
def test_a_preview_after_weakening_a_hidden_test_names_exactly_those_it_concerns(copy, tmp_path, monkeypatch):
    package = tmp_path / "package"
    for name in ("autograder", "reference"):
        shutil.copytree(ROOT / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
    hidden = package / "autograder" / "exercises" / "output_size" / "hidden_tests.py"
    text = hidden.read_text()
    assert text.count("illegal=ILLEGAL,") == 1
    hidden.write_text(text.replace("illegal=ILLEGAL,", ""))
    monkeypatch.setenv("PYTHONPATH", str(package))
    changed, _ = preview(copy)
    assert [line.split()[0] for line in changed] == ["student-002", "student-003", "student-004"]
    assert all("the hidden tests, the reference or the judge have changed" in line for line in changed)


POLICY = """
from nbgrader.plugins import LateSubmissionPlugin
class Half(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
c.AssignLatePenalties.plugin_class = Half
"""


def add_to_config(root, text):
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{text}\n")


@pytest.fixture
def late(copy, monkeypatch):
    """The graded course with a deadline: 001 and 005, with 4 points, were an hour late, and 002 in time."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    with Gradebook(f"sqlite:///{copy}/gradebook.db") as book:
        book.find_assignment(small.ASSIGNMENT).duedate = datetime(2026, 11, 1, 12)  # noqa: DTZ001  nbgrader's
        book.db.commit()
    small.hand_in_one(copy, "student-005", small.ANSWERS[0])
    for student, hour in (("student-001", 13), ("student-005", 13), ("student-002", 11)):
        stamp = copy / "submitted" / student / small.ASSIGNMENT / "timestamp.txt"
        stamp.write_text(f"2026-11-01 {hour}:00:00 UTC\n")
    assert small.run(copy, "convgrade", "grade", small.ASSIGNMENT).returncode == 0
    return copy


def final(root, *students):
    found = {mark.student: mark.score for mark in read_marks(root, small.ASSIGNMENT)}
    return [found[student] for student in students]


LATE = ("student-001", "student-005")


def test_a_late_policy_counts_when_it_changes_and_previews_show_final_marks(late):
    judged = judged_times(late)
    add_to_config(late, POLICY)
    changed, _ = preview(late)
    why = f"the late penalty is 2 instead of 0: {CHANGED}"
    assert changed == [f"{student}  {small.NAME}  4 -> 2 ({why})" for student in LATE]
    assert final(late, *LATE) == [4.0, 4.0]
    done = small.run(late, "convgrade", "grade", small.ASSIGNMENT)
    assert f"2 students graded again, because {why}: student-001, student-005"[:90] in done.stdout
    assert final(late, *LATE) == [2.0, 2.0]
    assert preview(late)[0] == []
    assert judged_times(late) == judged


@pytest.mark.slow
def test_an_extension_moves_the_deadline_of_one_student(late):
    add_to_config(late, POLICY)
    table = late / "extensions.csv"
    table.write_text(f"student,assignment,until\nstudent-001,{small.ASSIGNMENT},2026-11-01 14:30 +01:00\n")
    assert small.run(late, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    assert final(late, *LATE) == [4.0, 2.0]
    with Gradebook(f"sqlite:///{late}/gradebook.db") as book:  # nbgrader's own, which the table leaves alone
        book.grant_extension(small.ASSIGNMENT, "student-005", hours=2)
    assert [line.split()[0] for line in preview(late)[0]] == ["student-005"]
    table.write_text(f"student,assignment,until\nstudent-001,{small.ASSIGNMENT},2026-11-01 12:00\n")
    assert small.run(late, "nbgrader", "autograde", small.ASSIGNMENT).returncode == 0
    assert final(late, *LATE) == [2.0, 4.0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("student-001,conv2d", "line 2: student,assignment,until are needed, found: student-001,conv2d"),
        ("student-001,conv2d,friday", "line 2: 'friday' is not a time; write it as 2026-12-01 23:59"),
        ("student-001,conv2d,2026-12-01", "line 2: '2026-12-01' is not a time"),
        ("student-001,conv3d,2026-12-01 12:00", "line 2: the course has no assignment 'conv3d'"),
        ("a,conv2d,2026-12-01 12:00\na,conv2d,2026-12-02 12:00", "line 3: a has two deadlines for conv2d"),
    ],
)
def test_a_wrong_extension_is_an_error_that_names_the_line(copy, row, said):
    (copy / "extensions.csv").write_text(f"student,assignment,until\n{row}\n")
    with pytest.raises(CourseError, match=re.escape(said)):
        extensions.read(copy)


def test_extensions_with_a_mistake_grade_nobody(copy):
    (copy / "extensions.csv").write_text("who,what,when\n")
    for command in (["nbgrader", "autograde"], ["convgrade", "grade"], ["convgrade", "grade", "--dry-run"]):
        done = small.run(copy, *command, small.ASSIGNMENT)
        assert done.returncode != 0
        assert "the first line of extensions.csv must be: student,assignment,until" in done.stderr


@pytest.mark.slow
def test_another_level_of_feedback_is_seen_and_changes_no_mark(copy):
    add_to_config(copy, 'c.ConvGrade.feedback = "score"')
    changed, lines = preview(copy)
    said = "graded again with the same marks (how much feedback says has changed)"
    assert (changed, lines[0]) == ([], f"{STUDENTS} students {said}")
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT)
    assert f"{STUDENTS} students graded again, because how much feedback says has changed" in done.stdout


@pytest.mark.slow
def test_other_points_in_the_source_change_the_marks(copy):
    path = copy / "source" / small.ASSIGNMENT / f"{small.NAME}.ipynb"
    source = json.loads(path.read_text())
    (cell,) = (
        each for each in source["cells"] if each["metadata"].get("nbgrader", {}).get("grade_id") == small.LAST
    )
    cell["metadata"]["nbgrader"]["points"] *= 2
    path.write_text(json.dumps(source))
    for arguments in ([], ["--dry-run"]):
        done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT, *arguments)
        assert done.returncode == 2
        assert "has 8 points in source/ and 4 in the gradebook" in done.stderr
    assert small.run(copy, "nbgrader", "generate_assignment", small.ASSIGNMENT).returncode == 0
    assert "student-001  1_convolve2d  4 -> 8 (the source notebook" in preview(copy)[0][0]
    assert small.run(copy, "convgrade", "grade", small.ASSIGNMENT).returncode == 0
    assert final(copy, "student-001") == [8.0]


def test_a_cell_that_the_gradebook_does_not_know_is_named(copy):
    path = copy / "source" / small.ASSIGNMENT / f"{small.NAME}.ipynb"
    source = json.loads(path.read_text())
    source["cells"].append(deepcopy(source["cells"][-1]))
    source["cells"][-1]["metadata"]["nbgrader"]["grade_id"] = "one_more"
    path.write_text(json.dumps(source))
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT)
    assert done.returncode == 2
    assert (
        f"the gradebook does not know the cell one_more of {small.NAME}; run: nbgrader generate"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_no_such_assignment_names_those_there_are(copy):
    done = small.run(copy, "convgrade", "grade", "conv3d")
    assert done.returncode == 2
    assert f"there is no assignment 'conv3d' in {copy / 'source'}; it holds conv2d" in done.stderr


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["grade", "dry-run"])
def test_a_student_who_handed_in_nothing_is_named_with_those_who_did(copy, more):
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT, "--student", "NOBODY", *more)
    assert done.returncode == 2
    assert "'NOBODY' has handed in no conv2d; these have: student-001, student-002" in done.stderr


def test_where_nobody_has_handed_in_it_says_so(copy):
    shutil.rmtree(copy / "submitted")
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no submission of conv2d in {copy / 'submitted'}" in done.stderr


def test_fewer_than_one_job_is_refused(copy):
    with (copy / "nbgrader_config.py").open("a") as config:
        config.write("\nc.ConvGrade.jobs = 0\n")
    done = small.run(copy, "nbgrader", "autograde", small.ASSIGNMENT)
    assert done.returncode == 1
    assert "c.ConvGrade.jobs is 0" in done.stderr


def test_parts_of_a_class_are_refused_where_there_is_one_writer(copy):
    done = small.run(copy, "convgrade", "grade", small.ASSIGNMENT, "--part", "1/2")
    assert done.returncode == 2
    assert "only with a gradebook in PostgreSQL" in done.stderr
