"""The marks of a class, as nbgrader itself would have them, whatever its size."""

from __future__ import annotations

from contextlib import closing

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event

from autograder.results.marks import marks_of

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
CELLS = {"one": 3.0, "two": 5.0}


def graded(gradebook, students):
    """Students with these numbers hand in two notebooks, which are graded, some of them by hand."""
    for number in students:
        student = f"student-{number:02}"
        gradebook.add_student(student)
        gradebook.add_submission("week1", student)
        for points, (notebook, worth) in enumerate(CELLS.items(), number):
            grade = gradebook.find_grade("cell", notebook, "week1", student)
            grade.auto_score, grade.needs_manual_grade = float(points % (worth + 1)), bool(points % 3)
            grade.manual_score = 1.5 if points % 4 == 0 else None
            grade.extra_credit = 0.25 if points % 5 == 0 else None
            gradebook.find_submission_notebook(notebook, "week1", student).late_submission_penalty = (
                0.5 * points if points % 2 else None
            )
    gradebook.db.commit()


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("marks") / "gradebook.db"
    with closing(Gradebook(f"sqlite:///{path}")) as opened:
        opened.add_assignment("week1")
        for notebook, worth in CELLS.items():
            opened.add_notebook(notebook, "week1")
            opened.add_grade_cell("cell", notebook, "week1", max_score=worth, cell_type="code")
        opened.add_student("absent", first_name="Never", last_name="There", email="a@b.example")
        yield opened


def test_they_are_nbgraders_own(gradebook):
    graded(gradebook, range(12))
    found = {mark.student: mark for mark in marks_of(gradebook, gradebook.find_assignment("week1"))}
    assert list(found) == sorted(found)
    absent = found.pop("absent")
    assert (absent.last_name, absent.email, absent.submitted) == ("There", "a@b.example", False)
    assert (absent.raw, absent.penalty, absent.open, absent.max_score) == (0.0, 0.0, 0, 8.0)
    submissions = {each.student_id: each for each in gradebook.assignment_submissions("week1")}
    assert found.keys() == submissions.keys()
    for student, theirs in submissions.items():
        mark = found[student]
        assert (mark.raw, mark.penalty) == (theirs.score, theirs.late_submission_penalty)
        assert mark.open == sum(
            each.needs_manual_grade for notebook in theirs.notebooks for each in notebook.grades
        )


def test_a_larger_class_takes_no_more_statements(gradebook):
    asked = []
    event.listen(gradebook.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def statements():
        gradebook.db.expire_all()
        asked.clear()
        assignment = gradebook.find_assignment("week1")
        marks_of(gradebook, assignment)
        return len(asked)

    few = statements()
    graded(gradebook, range(20, 29))
    assert statements() == few
