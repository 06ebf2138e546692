"""The marks in nbgrader's gradebook; they are final, with manual grading and late penalties included."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import (
    BaseCell,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import case, func, select
from sqlalchemy.engine import make_url
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.settings import CONFIG, CourseError

NOTHING = [0.0, 0.0, 0.0]  # points, cells to grade by hand, penalty


@dataclass(frozen=True)
class Mark:
    """One student's mark for one assignment, in points; 0 without a submission."""

    student: str
    first_name: str
    last_name: str
    email: str
    submitted: bool
    raw: float
    penalty: float
    max_score: float
    open: int
    """Number of cells that still need manual grading."""

    @property
    def score(self) -> float:
        """The final score: the points less nbgrader's late penalty, never below 0."""
        return max(0.0, self.raw - self.penalty)


def read_marks(root: Path, assignment: str) -> list[Mark]:
    """Return the marks in a course's gradebook, one per student.

    Raises CourseError if there is no gradebook or it has no such assignment.
    """
    with opened(root, assignment) as (gradebook, found):
        return marks_of(gradebook, found)


@contextlib.contextmanager
def opened(root: Path, assignment: str) -> Iterator[tuple[Any, Any]]:
    """Open a course's gradebook; yield it and an assignment in it.

    Raises CourseError if there is no gradebook or it has no such assignment.
    """
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    url = CourseDirectory(config=config, root=str(root)).db_url
    file = make_url(url).database
    if url.startswith("sqlite") and not Path(root, file or "").is_file():
        raise CourseError(
            f"the gradebook {file} is missing; create it by grading: nbgrader autograde {assignment}"
        )
    with Gradebook(url, config.CourseDirectory.get("course_id", "") or None) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            known = ", ".join(sorted(each.name for each in gradebook.assignments)) or "none"
            raise CourseError(f"the gradebook has no assignment {assignment}; it has: {known}") from None
        yield gradebook, found


def due_date(root: Path, assignment: str) -> datetime | None:
    """Return an assignment's deadline in the gradebook; None if there is none, or no gradebook yet."""
    try:
        with opened(root, assignment) as (_, found):
            due: datetime | None = found.duedate
    except CourseError:
        return None
    return due and due.replace(tzinfo=UTC)  # nbgrader keeps UTC without saying so


def marks_of(gradebook: Any, assignment: Any) -> list[Mark]:
    """Return a mark for every student in an open gradebook, sorted by id."""
    db, its = gradebook.db, [each.id for each in assignment.notebooks]
    # nbgrader's own properties would look through all grades of the class for each student. Its tables have
    # indexes for what is asked here, and none for a join: SQLite would do the same.
    cells = list(db.scalars(select(BaseCell.id).where(BaseCell.notebook_id.in_(its))))
    waiting = case((Grade.needs_manual_grade.is_(True), 1), else_=0)
    graded = select(Grade.notebook_id, func.sum(Grade.score), func.sum(waiting))
    graded = graded.where(Grade.cell_id.in_(cells)).group_by(Grade.notebook_id)
    grades = {notebook: sums for notebook, *sums in db.execute(graded)}
    of = (SubmittedNotebook.id, SubmittedNotebook.assignment_id, SubmittedNotebook.late_submission_penalty)
    totals: dict[str, list[float]] = {}
    for notebook, submission, penalty in db.execute(
        select(*of).where(SubmittedNotebook.notebook_id.in_(its))
    ):
        more = (*grades.get(notebook, (0, 0)), penalty or 0)
        totals[submission] = [
            a + float(b) for a, b in zip(totals.get(submission, NOTHING), more, strict=True)
        ]
    handed_in = select(SubmittedAssignment.student_id, SubmittedAssignment.id)
    submissions = dict(db.execute(handed_in.where(SubmittedAssignment.assignment_id == assignment.id)).all())
    worth = float(assignment.max_score or 0)
    names = db.execute(select(Student.id, Student.first_name, Student.last_name, Student.email)).all()
    found = []
    for student, first, last, email in sorted(names, key=lambda row: row.id):
        submission = submissions.get(student)
        raw, still_open, penalty = totals.get(submission or "", NOTHING)
        found.append(
            Mark(
                student=student,
                first_name=first or "",
                last_name=last or "",
                email=email or "",
                submitted=submission is not None,
                raw=raw,
                penalty=penalty,
                max_score=worth,
                open=int(still_open),
            )
        )
    return found
