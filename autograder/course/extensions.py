"""Read later deadlines of single students: `extensions.csv` in the course folder.

    student,assignment,until
    student-01,conv2d,2026-12-01 23:59 +01:00

A time without a zone is UTC, as in nbgrader. A deadline that the table does not change is nbgrader's own,
extensions in its database included.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.settings import CourseError

FILE = "extensions.csv"
HEAD = ["student", "assignment", "until"]


def read(root: Path) -> dict[tuple[str, str], datetime]:
    """Return the deadlines by student and assignment; empty if there is no table.

    Raises CourseError, which names the line, for a row that is incomplete, wrong or twice there.
    """
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        rows = list(csv.reader(path.read_bytes().decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise CourseError(f"{FILE} cannot be read: {fault}") from None
    cells = [[cell.strip() for cell in row] for row in rows]
    if not cells or cells[0] != HEAD:
        raise CourseError(f"the first line of {FILE} must be: {','.join(HEAD)}")
    found: dict[tuple[str, str], datetime] = {}
    for line, row in enumerate(cells[1:], 2):
        if not any(row):
            continue
        if len(row) != len(HEAD) or not all(row):
            raise CourseError(f"{FILE}, line {line}: {','.join(HEAD)} are needed, found: {','.join(row)}")
        student, assignment, text = row
        if (student, assignment) in found:
            raise CourseError(f"{FILE}, line {line}: {student} has two deadlines for {assignment}")
        if (root / "source").is_dir() and not (root / "source" / assignment).is_dir():
            raise CourseError(f"{FILE}, line {line}: the course has no assignment {assignment!r}")
        found[student, assignment] = _time(text, line)
    return found


def _time(text: str, line: int) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        found = None
    if found is None or ":" not in text:  # a day alone might mean its beginning or its end
        raise CourseError(f"{FILE}, line {line}: {text!r} is not a time; write it as 2026-12-01 23:59")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
