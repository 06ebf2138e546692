"""`convgrade mark`: a group of the class report is marked at once, and one command takes it back."""

from __future__ import annotations

import json
import shutil

import pytest
from common import ROOT
from nbgrader.api import Gradebook

from autograder.checks.counterexample import Counterexample
from autograder.course.settings import CourseError
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.results import group_marks
from autograder.results.report.entries import gather
from autograder.results.report.groups import clusters

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

NAME, FLIPPED = "1_convolve2d", "convolve2d/flipped"
STUDENTS = {"student-01": FLIPPED, "student-02": FLIPPED, "student-03": None, "student-04": None}


def verdict(student, misconception):
    example = Counterexample("convolve2d(i)", {}, "convolve2d(i)", answered=True, expected=1.0, got=2.0)
    check = CheckResult("c", "Title.", 2, 0, "failed", "Wrong.", misconception, example)
    cell = CellVerdict("test_convolve2d", "convolve2d", 12, 14, "graded", (check,))
    return Verdict("conv2d", NAME, student, "graded", 12, 14, "s", "", (), (cell,))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Four students who lost two points each; one of the two who flip has a comment already."""
    root = tmp_path_factory.mktemp("graded")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    with Gradebook(f"sqlite:///{root}/gradebook.db", "convgrade") as book:
        book.add_assignment("conv2d")
        book.add_notebook(NAME, "conv2d")
        book.add_grade_cell("test_convolve2d", NAME, "conv2d", max_score=14, cell_type="code")
        book.add_solution_cell("convolve2d", NAME, "conv2d")
        for student, misconception in STUDENTS.items():
            folder = root / "autograded" / student / "conv2d"
            folder.mkdir(parents=True)
            found = verdict(student, misconception).to_json()
            (folder / f"{NAME}.verdict.json").write_text(json.dumps(found))
            book.add_student(student)
            book.add_submission("conv2d", student)
            grade = book.find_grade("test_convolve2d", NAME, "conv2d", student)
            grade.auto_score, grade.needs_manual_grade = 12, False
        book.find_comment("convolve2d", NAME, "conv2d", "student-02").manual_comment = "Nice names."
        book.db.commit()
    return root


@pytest.fixture
def course(graded, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(graded, tmp_path / "course")


def state(root):
    """Score, manual score, whether it is to be graded, and comment, by student."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "convgrade") as book:
        grades = {name: book.find_grade("test_convolve2d", NAME, "conv2d", name) for name in STUDENTS}
        return {
            name: (
                *(grade.score, grade.manual_score, grade.needs_manual_grade),
                book.find_comment("convolve2d", NAME, "conv2d", name).manual_comment,
            )
            for name, grade in grades.items()
        }


def test_a_group_is_marked_as_by_hand_and_the_others_are_not(course):
    before = state(course)
    said = group_marks.mark(course, "conv2d", FLIPPED, "+1.5", "See *Flipped?*")
    assert "marked 2 students" in said
    assert state(course) == before | {
        "student-01": (13.5, 13.5, False, "See *Flipped?*"),
        "student-02": (13.5, 13.5, False, "Nice names.\n\nSee *Flipped?*"),
    }
    assert "took back 4 of 4" in group_marks.undo(course, "conv2d")
    assert state(course) == before


def test_equal_answers_without_a_name_are_a_group_too(course):
    [group] = clusters(gather(course, "conv2d"))
    group_marks.mark(course, "conv2d", group.name, "14", None)
    assert [score for score, *_ in state(course).values()] == [12, 12, 14, 14]


def test_each_undo_takes_back_one_more(course):
    before = state(course)
    group_marks.mark(course, "conv2d", FLIPPED, "13", None)
    between = state(course)
    assert "who now have 0 points for it" in group_marks.mark(course, "conv2d", FLIPPED, "-20", None)
    assert state(course)["student-01"][0] == 0
    group_marks.undo(course, "conv2d")
    assert state(course) == between
    group_marks.undo(course, "conv2d")
    assert state(course) == before
    with pytest.raises(CourseError, match="no group of conv2d has been marked"):
        group_marks.undo(course, "conv2d")


def test_what_a_marker_changed_since_then_stays(course):
    group_marks.mark(course, "conv2d", FLIPPED, "13", None)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "convgrade") as book:
        book.find_grade("test_convolve2d", NAME, "conv2d", "student-01").manual_score = 7
        book.db.commit()
    assert "took back 1 of 2 grades and comments; the others" in group_marks.undo(course, "conv2d")
    assert [score for score, *_ in state(course).values()] == [7, 12, 12, 12]


def test_points_that_make_no_sense_are_refused_and_nothing_changes(course):
    before = state(course)
    for points in ("15", "-", "many", "nan", "+inf"):
        with pytest.raises(CourseError, match="must be a number from 0 to 14"):
            group_marks.mark(course, "conv2d", FLIPPED, points, "words")
    assert state(course) == before
    with pytest.raises(CourseError, match="no group of conv2d has been marked"):
        group_marks.undo(course, "conv2d")


def test_a_group_that_is_not_there_names_those_that_are(course):
    with pytest.raises(
        CourseError, match="no group 'convolve2d/gone' now; its groups are: convolve2d/flipped"
    ):
        group_marks.mark(course, "conv2d", "convolve2d/gone", "1", None)
