"""Mark all students of a group of the class report at once, as manual grades, and take that back.

What was there before is written down first, in a file of the course folder, so that nothing is lost.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from autograder.course.settings import CourseError
from autograder.results.marks import opened
from autograder.results.report.entries import Entry, gather, judged_cells
from autograder.results.report.groups import Group, clusters, misconceptions

FOLDER = ".convgrade-marked"
Change = dict[str, Any]
"""Where something was changed ("grade" or "comment", cell, notebook, student), "before" and "after"."""


def mark(root: Path, assignment: str, name: str, points: str | None, comment: str | None) -> str:
    """Give the students of a group points or a comment; return what was done. Raises CourseError."""
    entries = gather(root, assignment)
    group = _group(entries, assignment, name)
    with opened(root, assignment) as (gradebook, _):
        changes = list(_changes(gradebook, assignment, _cells(entries, group), points, comment))
        _remember(root, assignment, [*_remembered(root, assignment), {"group": name, "changes": changes}])
        for change in changes:
            _set(_found(gradebook, assignment, change), change["kind"], change["after"])
        gradebook.db.commit()
    students = len({change["student"] for change in changes})
    now = [change["after"][0] for change in changes if change["kind"] == "grade"]
    which = " to ".join(f"{each:g}" for each in sorted({min(now), max(now)})) if now else ""
    have = "has" if students == 1 else "have"
    return (
        f"{name}: marked {students} {'student' if students == 1 else 'students'}"
        f"{f', who now {have} {which} points for it' if now else ''}. "
        f"To take it back: convgrade mark {assignment} --undo"
    )


def undo(root: Path, assignment: str) -> str:
    """Take back what was marked last; return what was done. Raises CourseError."""
    done = _remembered(root, assignment)
    if not done:
        raise CourseError(f"no group of {assignment} has been marked")
    changes = done[-1]["changes"]
    with opened(root, assignment) as (gradebook, _):
        kept = 0
        for change in changes:
            found = _found(gradebook, assignment, change)
            if _get(found, change["kind"]) == change["after"]:
                _set(found, change["kind"], change["before"])
            else:
                kept += 1
        gradebook.db.commit()
    _remember(root, assignment, done[:-1])
    said = f"{done[-1]['group']}: took back {len(changes) - kept} of {len(changes)} grades and comments"
    return f"{said}; the others have been changed since and stay" if kept else said


def _group(entries: Sequence[Entry], assignment: str, name: str) -> Group:
    groups = {group.name: group for group in [*misconceptions(entries), *clusters(entries)]}
    if name not in groups:
        raise CourseError(
            f"{assignment} has no group {name!r} now; its groups are: {', '.join(groups) or 'none'}"
        )
    return groups[name]


def _cells(entries: Sequence[Entry], group: Group) -> Iterator[tuple[str, str, str, str]]:
    """Yield student, notebook, test cell and answer cell of everybody in the group."""
    for verdict, cell in judged_cells(entries):
        if cell.function == group.function and verdict.student in group.students:
            yield verdict.student, verdict.notebook, cell.grade_id, cell.function


def _changes(
    gradebook: Any,
    assignment: str,
    cells: Iterator[tuple[str, str, str, str]],
    points: str | None,
    comment: str | None,
) -> Iterator[Change]:
    for student, name, tests, answer in cells:
        where = {"student": student, "notebook": name}
        if points:
            change = {"kind": "grade", "cell": tests, **where}
            grade = _found(gradebook, assignment, change)
            after = [_points(points, grade), False]
            yield change | {"before": _get(grade, "grade"), "after": after}
        if comment:
            change = {"kind": "comment", "cell": answer, **where}
            before = _get(_found(gradebook, assignment, change), "comment")
            yield change | {"before": before, "after": f"{before}\n\n{comment}" if before else comment}


def _points(text: str, grade: Any) -> float:
    """Return the points that `text` stands for: a number, or a change of what the grade is now."""
    worth = float(grade.max_score)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if text.startswith(("+", "-")) and math.isfinite(number):
        return min(worth, max(0.0, float(grade.score) + number))
    if not 0 <= number <= worth:
        raise CourseError(
            f"--points is {text!r}; it must be a number from 0 to {worth:g}, or such as +1 or -1"
        )
    return number


def _found(gradebook: Any, assignment: str, change: Change) -> Any:
    """Return the grade or comment that a change is about. Raises CourseError if it is not there."""
    find = gradebook.find_grade if change["kind"] == "grade" else gradebook.find_comment
    try:
        return find(change["cell"], change["notebook"], assignment, change["student"])
    except MissingEntry:
        raise CourseError(
            f"the gradebook has no {change['kind']} of {change['student']} for the cell {change['cell']}"
        ) from None


def _get(found: Any, kind: str) -> Any:
    return [found.manual_score, found.needs_manual_grade] if kind == "grade" else found.manual_comment


def _set(found: Any, kind: str, value: Any) -> None:
    if kind == "grade":
        found.manual_score, found.needs_manual_grade = value
    else:
        found.manual_comment = value


def _remembered(root: Path, assignment: str) -> list[dict[str, Any]]:
    path = root / FOLDER / f"{assignment}.json"
    done: list[dict[str, Any]] = json.loads(path.read_bytes()) if path.is_file() else []
    return done


def _remember(root: Path, assignment: str, done: list[dict[str, Any]]) -> None:
    path = root / FOLDER / f"{assignment}.json"
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(done, indent=1) + "\n")
    new.replace(path)
