"""Save the scores of several students in one transaction, by nbgrader's own rules.

nbgrader's preprocessors look up and commit one cell at a time. Here they get all rows of a batch, loaded by
a few statements, through the part of a gradebook's methods that they use; what they change is committed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.utils import parse_utc
from sqlalchemy import insert, select, update

from autograder.judge.verdict import Verdict


@dataclass(frozen=True)
class Judged:
    """A judged notebook whose scores are to be saved."""

    graded: Any
    """The notebook, with nbgrader's cells only."""
    resources: Any
    verdict: Verdict

    @property
    def name(self) -> str:
        """The notebook's name."""
        return str(self.resources["nbgrader"]["notebook"])


@dataclass(frozen=True)
class Record:
    """One student's submission, to be written to the gradebook."""

    student: str
    handed_in: datetime | None
    until: datetime | None
    """A later deadline from the table of extensions, in UTC, which becomes nbgrader's extension."""
    missing: Sequence[str]
    """Names of notebooks that were not handed in; they score 0."""
    notebooks: list[Judged] = field(default_factory=list)


class SourceCells:
    """The cells of an assignment as the gradebook has them, read once for all students."""

    def __init__(self, url: str, course: str, assignment: str) -> None:
        self._source: dict[tuple[str, str], Any] = {}
        self._graded: dict[tuple[str, str], Any] = {}
        with Gradebook(url, course) as gradebook:
            notebooks = gradebook.find_assignment(assignment).notebooks
            self.notebooks = [notebook.name for notebook in notebooks]
            for notebook in notebooks:
                self._source |= {(notebook.name, cell.name): cell for cell in notebook.source_cells}
                for cell in [*notebook.task_cells, *notebook.grade_cells]:
                    float(cell.max_score)  # loads it while the gradebook is open
                    self._graded[notebook.name, cell.name] = cell

    def find_source_cell(self, name: str, notebook: str, _assignment: str) -> Any:
        """Return a cell as it was released. Raises MissingEntry."""
        return _found(self._source, notebook, name)

    def find_graded_cell(self, name: str, notebook: str, _assignment: str) -> Any:
        """Return a cell with its points. Raises MissingEntry."""
        return _found(self._graded, notebook, name)


class _Rows:
    """The grades and comments of a batch, where nbgrader's preprocessors look for a gradebook."""

    def __init__(self, db: Any, submissions: Sequence[str]) -> None:
        self.db = self
        self.grades = {row[:3]: row[3] for row in _cells(db, Grade, submissions)}
        self._comments = {row[:3]: row[3] for row in _cells(db, Comment, submissions)}

    def find_grade(self, cell: str, notebook: str, _assignment: str, student: str) -> Any:
        """Return a student's grade for a cell. Raises MissingEntry."""
        return _found(self.grades, student, notebook, cell)

    def find_comment(self, cell: str, notebook: str, _assignment: str, student: str) -> Any:
        """Return the comment on a student's cell. Raises MissingEntry."""
        return _found(self._comments, student, notebook, cell)

    def commit(self) -> None:
        """Do nothing: all rows are committed together."""


def save(
    url: str,
    course: str,
    assignment: str,
    batch: Sequence[Record],
    save_scores: Sequence[Any],
) -> list[Judged]:
    """Write a batch in one transaction, all or nothing; return the notebooks that were handed in late.

    `save_scores` are nbgrader's preprocessors that decide what a cell's outputs are worth.
    """
    with Gradebook(url, course) as gradebook:
        db, released = gradebook.db, gradebook.find_assignment(assignment)
        submitted = _submitted(db, released, batch)
        for record in batch:
            if record.until and released.duedate:
                submitted[record.student].extension = record.until - released.duedate
        rows = _Rows(db, [each.id for each in submitted.values()])
        for record in batch:
            for (student, notebook, _), grade in rows.grades.items():
                if student == record.student and notebook in record.missing:
                    grade.auto_score, grade.needs_manual_grade = 0, False
            for judged in record.notebooks:
                _score(rows, assignment, record.student, judged, save_scores)
        done = {(record.student, judged.name) for record in batch for judged in record.notebooks}
        _without_penalty(db, [each.id for each in submitted.values()], done)
        late = [record for record in batch if submitted[record.student].total_seconds_late > 0]
        db.commit()
    return [judged for record in late for judged in record.notebooks]


def _score(rows: _Rows, assignment: str, student: str, judged: Judged, save_scores: Sequence[Any]) -> None:
    for saving in save_scores:
        saving.gradebook = rows
        saving.notebook_id, saving.assignment_id, saving.student_id = judged.name, assignment, student
        for index, cell in enumerate(judged.graded.cells):
            saving.preprocess_cell(cell, judged.resources, index)
    for cell in judged.verdict.cells:
        if cell.status == "grader_error":
            grade = rows.find_grade(cell.grade_id, judged.name, assignment, student)
            grade.auto_score, grade.needs_manual_grade = None, True


def _submitted(db: Any, assignment: Any, batch: Sequence[Record]) -> dict[str, Any]:
    """Return each student's submission, created where it does not exist, as nbgrader does it."""
    names = [record.student for record in batch]
    known = set(db.scalars(select(Student.id).where(Student.id.in_(names))))
    if unknown := [{"id": name} for name in names if name not in known]:
        db.execute(insert(Student), unknown)
    wanted = select(SubmittedAssignment).where(
        SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.student_id.in_(names)
    )
    found = {each.student_id: each for each in db.scalars(wanted)}
    if new := [name for name in names if name not in found]:
        _insert(db, assignment, new)
        found = {each.student_id: each for each in db.scalars(wanted)}
    for record in batch:
        if record.handed_in:
            found[record.student].timestamp = parse_utc(record.handed_in)
    db.flush()
    return found


def _insert(db: Any, assignment: Any, students: Sequence[str]) -> None:
    """Insert submissions with their empty grades and comments, one statement a table."""
    cells: dict[str, list[tuple[type, Any]]] = {}
    for notebook in assignment.notebooks:
        grades, comments = (Grade, notebook.grade_cells), (Comment, notebook.solution_cells)
        both = [(kind, notebook.task_cells) for kind in (Grade, Comment)]
        cells[notebook.id] = [(kind, cell.id) for kind, each in (grades, comments, *both) for cell in each]
    rows: dict[type, list[dict[str, str]]] = {SubmittedAssignment: [], SubmittedNotebook: []}
    for student in students:
        submission = new_uuid()
        rows[SubmittedAssignment].append(
            {"id": submission, "assignment_id": assignment.id, "student_id": student}
        )
        for notebook, its in cells.items():
            mirrored = new_uuid()
            rows[SubmittedNotebook].append(
                {"id": mirrored, "notebook_id": notebook, "assignment_id": submission}
            )
            for kind, cell in its:
                rows.setdefault(kind, []).append({"cell_id": cell, "notebook_id": mirrored})
    for kind, values in rows.items():
        if values:
            db.execute(insert(kind), values)


def _cells(db: Any, kind: Any, submissions: Sequence[str]) -> Iterator[Any]:
    """Yield student, notebook, cell and row for the grades or comments of submissions.

    Of cells with the same name a task comes first, so that it gives way, as in nbgrader's own look-ups.
    """
    rows: Iterator[Any] = db.execute(
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, kind)
        .select_from(kind)
        .join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(BaseCell, BaseCell.id == kind.cell_id)
        .where(SubmittedAssignment.id.in_(submissions))
        .order_by(BaseCell.type.desc())
    )
    return rows


def _without_penalty(db: Any, submissions: Sequence[str], done: set[tuple[str, str]]) -> None:
    """Take back the late penalties of notebooks that are graded again."""
    penalised = db.execute(
        select(SubmittedAssignment.student_id, Notebook.name, SubmittedNotebook.id)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .where(
            SubmittedAssignment.id.in_(submissions), SubmittedNotebook.late_submission_penalty.is_not(None)
        )
    )
    again = [row[2] for row in penalised if (row[0], row[1]) in done]
    if again:
        cleared = update(SubmittedNotebook).where(SubmittedNotebook.id.in_(again))
        db.execute(cleared.values(late_submission_penalty=None))


def _found(rows: dict[Any, Any], *key: str) -> Any:
    if key not in rows:
        raise MissingEntry(f"not in the gradebook: {'/'.join(key)}")
    return rows[key]
