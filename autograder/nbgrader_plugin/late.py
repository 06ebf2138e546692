"""Deduct for late submissions by the course's policy, and notice when that would be another sum.

A student's deadline is the one in `extensions.csv`, else nbgrader's own, extensions in its database included.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import (
    BaseCell,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select

from autograder.course import extensions
from autograder.judge.verdict import Verdict

CHANGED = "the late policy, the deadline, an extension or points given by hand have changed"
ROWS = 1_000  # of the gradebook in memory at a time


@dataclass(frozen=True)
class Standing:
    """A student's notebook in the gradebook."""

    auto: Mapping[str, float]
    """Points given by grading, by cell."""
    by_hand: Mapping[str, float]
    """Points given by hand, which replace those, and extra credit."""
    penalty: float

    def score(self, verdict: Verdict | None = None) -> float:
        """Return the points before the penalty; with the points of a verdict, if there is a new one."""
        auto = dict(self.auto)
        if verdict:
            auto |= {cell.grade_id: cell.score for cell in verdict.cells}
        return sum((auto | dict(self.by_hand)).values())


class Deadlines:
    """When each student has to hand in an assignment, by the gradebook and the table of extensions."""

    def __init__(self, directory: Any, gradebook: Any) -> None:
        """Read an open gradebook and the table. Raises CourseError."""
        self._name = directory.assignment_id
        self.later = {
            student: _naive(until)
            for (student, name), until in extensions.read(Path(directory.root)).items()
            if name == self._name
        }
        """By student, the deadlines in the table."""
        self._extended: dict[str, datetime] = {}
        self.usually: datetime | None = None
        try:
            assignment = gradebook.find_assignment(self._name)
        except MissingEntry:
            return
        self.usually = assignment.duedate
        if self.usually:
            extended = select(SubmittedAssignment).where(
                SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.extension.is_not(None)
            )
            self._extended = {each.student_id: each.duedate for each in gradebook.db.scalars(extended)}

    def until(self, student: str) -> datetime | None:
        """Return a student's deadline, in UTC without saying so; None if there is none."""
        return self.later.get(student) or self._extended.get(student, self.usually)

    def is_open(self, student: str) -> bool:
        """Return whether a student's deadline is still to come."""
        until = self.until(student)
        return until is not None and _naive(datetime.now(UTC)) < until


class LatePolicy:
    """What lateness costs in an assignment, by the gradebook and the settings as they are now."""

    def __init__(self, directory: Any, config: Any) -> None:
        """Read the gradebook and the extensions. Raises CourseError."""
        self._config = config
        self.standings: dict[tuple[str, str], Standing] = {}
        """By student and notebook."""
        self.changed: dict[str, str] = {}
        """By student, why the recorded penalty is not what it would be now."""
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            self.deadlines = Deadlines(directory, gradebook)
            with contextlib.suppress(MissingEntry):
                self._look(gradebook.db, gradebook.find_assignment(directory.assignment_id).id)

    def penalty(self, student: str, score: float, stamp: datetime | None) -> float:
        """Return what is deducted from one notebook's points."""
        until = self.deadlines.until(student)
        if stamp is None or until is None or (late := (_naive(stamp) - until).total_seconds()) <= 0:
            return 0.0
        policy = AssignLatePenalties(config=self._config)
        policy.init_plugin()
        given = policy.plugin_inst.late_submission_penalty(student, score, late)
        if given is None:
            return 0.0
        return float(policy._check_late_penalty(SimpleNamespace(score=score), given))  # noqa: SLF001

    def _look(self, db: Any, assignment: str) -> None:
        before: defaultdict[str, float] = defaultdict(float)
        after: defaultdict[str, float] = defaultdict(float)
        for (student, name, stamp, penalty), grades in _by_notebook(db, assignment):
            found = self.standings[student, name] = _standing(grades, penalty)
            before[student] += found.penalty
            after[student] += self.penalty(student, found.score(), stamp)
        for student, given in before.items():
            if round(given - after[student], 6):
                self.changed[student] = (
                    f"the late penalty is {after[student]:g} instead of {given:g}: {CHANGED}"
                )


def _by_notebook(db: Any, assignment: str) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Yield what the gradebook has of each notebook, and its grades, by one statement for the class."""
    its = (
        SubmittedAssignment.student_id,
        Notebook.name,
        SubmittedAssignment.timestamp,
        SubmittedNotebook.late_submission_penalty,
    )
    rows = db.execute(
        select(*its, BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit)
        .select_from(SubmittedAssignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .outerjoin(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedAssignment.assignment_id == assignment)
        .order_by(SubmittedNotebook.id)
        .execution_options(yield_per=ROWS)
    )
    return groupby(rows, key=lambda row: tuple(row[: len(its)]))


def _standing(grades: Iterable[Any], penalty: float | None) -> Standing:
    auto, by_hand = {}, {}
    for *_, name, given, manual, extra in grades:
        if name is None:  # a notebook without cells to grade
            continue
        auto[name] = float(given or 0)
        if manual is not None:
            by_hand[name] = float(manual)
        if extra:
            by_hand[f"{name}, extra"] = float(extra)
    return Standing(auto, by_hand, float(penalty or 0))


def _naive(moment: datetime) -> datetime:
    """Return a time as nbgrader keeps it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
