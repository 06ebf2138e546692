"""Save the scores of several students in one transaction, by nbgrader's own rules.

nbgrader's preprocessors look up and commit one cell at a time. Here they get all rows of a batch, loaded by
a few statements, through the part of a gradebook's methods that they use; what they change is committed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from nbgrader.api import (
    Assignment,
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
from sqlalchemy import bindparam, insert, select, update

from autograder.judge.verdict import Verdict

KEY = "its_id"  # not the name of a column


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


class _Table:
    """Rows of one of nbgrader's tables as plain objects: read by one statement, written by few."""

    def __init__(self, db: Any, kind: Any, *wanted: Any) -> None:
        """Read the rows for which all conditions hold."""
        self._db, self._table = db, kind.__table__
        self._before = [dict(row) for row in db.execute(select(self._table).where(*wanted)).mappings()]
        defaults = {each.name: each.default for each in self._table.columns}
        self._empty = {
            name: each.arg if each is not None and each.is_scalar else None for name, each in defaults.items()
        }
        self.rows = [SimpleNamespace(**row) for row in self._before]

    def add(self, **values: str) -> SimpleNamespace:
        """Add a row and return it; what is not given is as nbgrader has it in a new one."""
        row = SimpleNamespace(**self._empty | {"id": new_uuid()} | values)
        self.rows.append(row)
        return row

    def write(self) -> None:
        """Update what has changed, and nothing else: a teacher may be marking; insert what was added."""
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row, before in zip(self.rows, self._before, strict=False):
            values = {name: value for name, value in vars(row).items() if value != before[name]}
            if values:
                changed.setdefault(tuple(values), []).append(values | {KEY: row.id})
        for each in changed.values():
            self._db.execute(update(self._table).where(self._table.c.id == bindparam(KEY)), each)
        if new := [vars(row) for row in self.rows[len(self._before) :]]:
            self._db.execute(insert(self._table), new)


class _Rows:
    """All rows of a batch, where nbgrader's preprocessors look for a gradebook."""

    def __init__(self, db: Any, assignment: str, students: Sequence[str]) -> None:
        """Load the rows of students' submissions, and make those of new ones, as nbgrader does.

        nbgrader indexes grades and comments by cell and notebook together: without both, every look-up would
        read those of the whole class.
        """
        self.db = self
        names = dict(
            db.execute(select(Notebook.id, Notebook.name).where(Notebook.assignment_id == assignment)).all()
        )
        cells = db.execute(
            select(BaseCell.id, BaseCell.name, BaseCell.type, BaseCell.notebook_id)
            .where(BaseCell.notebook_id.in_(names))
            .order_by(BaseCell.type.desc())
        ).all()
        submissions = _Table(
            db,
            SubmittedAssignment,
            SubmittedAssignment.assignment_id == assignment,
            SubmittedAssignment.student_id.in_(students),
        )
        self.submissions = {row.student_id: row for row in submissions.rows}
        self.notebooks = _Table(
            db,
            SubmittedNotebook,
            SubmittedNotebook.notebook_id.in_(names),
            SubmittedNotebook.assignment_id.in_([row.id for row in submissions.rows]),
        )
        there, its = [row.id for row in self.notebooks.rows], [cell.id for cell in cells]
        grades, comments = (
            _Table(db, kind, kind.cell_id.in_(its), kind.notebook_id.in_(there)) for kind in (Grade, Comment)
        )
        for student in students:
            if student in self.submissions:
                continue
            new = submissions.add(assignment_id=assignment, student_id=student)
            self.submissions[student] = new
            mirrored = {each: self.notebooks.add(assignment_id=new.id, notebook_id=each).id for each in names}
            for cell in cells:
                kinds = {"GradeCell": [grades], "SolutionCell": [comments]}.get(cell.type, [grades, comments])
                for kind in kinds:
                    kind.add(cell_id=cell.id, notebook_id=mirrored[cell.notebook_id])
        self._tables = submissions, self.notebooks, grades, comments
        owners = {row.id: row.student_id for row in submissions.rows}
        self.whose = {
            row.id: (owners[row.assignment_id], names[row.notebook_id]) for row in self.notebooks.rows
        }
        self.grades, self._comments = (
            {
                (*self.whose[row.notebook_id], cell.name): row
                for cell in cells  # of those with the same name a task gives way, as in nbgrader's look-ups
                for row in by_cell[cell.id]
            }
            for by_cell in map(_by_cell, (grades, comments))
        )

    def find_grade(self, cell: str, notebook: str, _assignment: str, student: str) -> Any:
        """Return a student's grade for a cell. Raises MissingEntry."""
        return _found(self.grades, student, notebook, cell)

    def find_comment(self, cell: str, notebook: str, _assignment: str, student: str) -> Any:
        """Return the comment on a student's cell. Raises MissingEntry."""
        return _found(self._comments, student, notebook, cell)

    def commit(self) -> None:
        """Do nothing: all rows are committed together."""

    def write(self) -> None:
        """Write what is new or has changed, without committing it."""
        for table in self._tables:  # each refers to those before it
            table.write()


def save(
    gradebook: Gradebook, assignment: str, batch: Sequence[Record], save_scores: Sequence[Any]
) -> list[Judged]:
    """Write a batch in one transaction, all or nothing; return the notebooks that were handed in late.

    `save_scores` are nbgrader's preprocessors that decide what a cell's outputs are worth.
    """
    try:
        return _saved(gradebook.db, assignment, batch, save_scores)
    finally:
        gradebook.db.remove()  # takes back what has not been committed


def _saved(db: Any, assignment: str, batch: Sequence[Record], save_scores: Sequence[Any]) -> list[Judged]:
    students = [record.student for record in batch]
    key, due = db.execute(
        select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
    ).one()
    known = set(db.scalars(select(Student.id).where(Student.id.in_(students))))
    if unknown := [{"id": name} for name in students if name not in known]:
        db.execute(insert(Student), unknown)
    rows = _Rows(db, key, students)
    late = [record for record in batch if _is_late(rows.submissions[record.student], record, due)]
    for record in batch:
        for (student, notebook, _), grade in rows.grades.items():
            if student == record.student and notebook in record.missing:
                grade.auto_score, grade.needs_manual_grade = 0, False
        for judged in record.notebooks:
            _score(rows, assignment, record.student, judged, save_scores)
    done = {(record.student, judged.name) for record in batch for judged in record.notebooks}
    for row in rows.notebooks.rows:
        if rows.whose[row.id] in done:  # its late penalty is given again
            row.late_submission_penalty = None
    rows.write()
    db.commit()
    return [judged for record in late for judged in record.notebooks]


def _is_late(submitted: Any, record: Record, due: datetime | None) -> bool:
    """Note when a submission was handed in and until when it could be; return whether that was too late."""
    if record.handed_in:
        submitted.timestamp = parse_utc(record.handed_in)
    if due is None:
        return False
    if record.until:
        submitted.extension = record.until - due
    until = due + (submitted.extension or timedelta())
    return bool(submitted.timestamp and submitted.timestamp > until)


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


def _by_cell(table: _Table) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in table.rows:
        found[row.cell_id].append(row)
    return found


def _found(rows: dict[Any, Any], *key: str) -> Any:
    if key not in rows:
        raise MissingEntry(f"not in the gradebook: {'/'.join(key)}")
    return rows[key]
