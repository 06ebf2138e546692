"""Save the scores of several students in one transaction, by nbgrader's own rules.

nbgrader's preprocessors look up and commit one cell at a time. Here they get all rows of a batch, loaded by
a few statements, through the part of a gradebook's methods that they use; what they change is committed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
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

    def __init__(self, db: Any, notebooks: Mapping[str, tuple[str, str]], cells: Mapping[str, str]) -> None:
        """Load the rows of students' notebooks, given by id with student and name; so are the cells."""
        self.db = self
        self.grades = _cells(db, Grade, notebooks, cells)
        self._comments = _cells(db, Comment, notebooks, cells)

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
        notebooks, cells = _ids(db, released, [each.id for each in submitted.values()])
        rows = _Rows(db, notebooks, cells)
        for record in batch:
            for (student, notebook, _), grade in rows.grades.items():
                if student == record.student and notebook in record.missing:
                    grade.auto_score, grade.needs_manual_grade = 0, False
            for judged in record.notebooks:
                _score(rows, assignment, record.student, judged, save_scores)
        done = {(record.student, judged.name) for record in batch for judged in record.notebooks}
        _without_penalty(db, [key for key, whose in notebooks.items() if whose in done])
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


def _ids(
    db: Any, assignment: Any, submissions: Sequence[str]
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Return the ids of submissions' notebooks, with student and name, and of cells, with name.

    nbgrader indexes grades and comments by cell and notebook together: without both, every look-up would
    read those of the whole class. Of cells with the same name a task comes first, so that it gives way, as
    in nbgrader's own look-ups.
    """
    names = {each.id: each.name for each in assignment.notebooks}
    theirs = db.execute(
        select(SubmittedNotebook.id, SubmittedAssignment.student_id, SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .where(SubmittedNotebook.notebook_id.in_(names), SubmittedNotebook.assignment_id.in_(submissions))
    )
    cells = select(BaseCell.id, BaseCell.name).where(BaseCell.notebook_id.in_(names))
    return (
        {key: (student, names[notebook]) for key, student, notebook in theirs},
        dict(db.execute(cells.order_by(BaseCell.type.desc())).all()),
    )


def _cells(
    db: Any, kind: Any, notebooks: Mapping[str, tuple[str, str]], cells: Mapping[str, str]
) -> dict[Any, Any]:
    """Return grades or comments by student, notebook and cell."""
    wanted = select(kind).where(kind.cell_id.in_(cells), kind.notebook_id.in_(notebooks))
    found = {(row.cell_id, row.notebook_id): row for row in db.scalars(wanted)}
    return {
        (*whose, name): found[cell, notebook]
        for cell, name in cells.items()
        for notebook, whose in notebooks.items()
        if (cell, notebook) in found
    }


def _without_penalty(db: Any, notebooks: Sequence[str]) -> None:
    """Take back the late penalties of notebooks that are graded again."""
    penalised = SubmittedNotebook.late_submission_penalty.is_not(None)
    again = list(
        db.scalars(select(SubmittedNotebook.id).where(SubmittedNotebook.id.in_(notebooks), penalised))
    )
    if again:
        cleared = update(SubmittedNotebook).where(SubmittedNotebook.id.in_(again))
        db.execute(cleared.values(late_submission_penalty=None))


def _found(rows: dict[Any, Any], *key: str) -> Any:
    if key not in rows:
        raise MissingEntry(f"not in the gradebook: {'/'.join(key)}")
    return rows[key]
