"""What stands on top of a feedback page: points by function, what failed, comments, notes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.checks.mistakes import loaded
from autograder.course.lesson import Place, find_place
from autograder.judge.card import shown
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict

NO_ANSWER = "No response."  # nbgrader's own comment
LONGEST = 300  # characters of a sentence
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z`'\"])")  # of a sentence


@dataclass(frozen=True)
class Failure:
    """A check that failed: what it asks for, what was wrong, and where the lesson explains it."""

    title: str
    sentence: str
    place: Place | None


@dataclass(frozen=True)
class Line:
    """A graded cell: a function, or a question."""

    label: str
    code: bool
    """Whether the label is a name in the code."""
    anchor: str
    score: float
    worth: float
    waiting: bool
    failures: tuple[Failure, ...] = ()
    untried: int = 0


@dataclass(frozen=True)
class Comment:
    """A marker's comment, in Markdown."""

    label: str
    anchor: str
    text: str


def overview(nb: Any, ids: Any, source: Path, verdict: Verdict | None, *, feedback: str) -> dict[str, Any]:
    """Return what the template needs, from a notebook with nbgrader's marks in its metadata.

    `source` is the instructor's notebook, and `feedback` how much of the verdict students may see.
    """
    judged = {cell.grade_id: shown(cell, feedback) for cell in verdict.cells} if verdict else {}
    names = _names(source)
    here = {cell.get("id") for cell in nb.cells}
    lines, comments = [], []
    for cell in nb.cells:
        own = notebook.grader_metadata(cell)
        name = notebook.grade_id(cell) or ""
        if "score" in own:
            marks = (float(own["score"]), float(own["points"]), bool(own.get("waiting")))
            if found := judged.get(name):
                lines.append(_judged(found, marks, source, here))
            else:
                lines.append(Line(names.get(name, name), name not in names, f"graded-{name}", *marks))
        if (own.get("comment") or NO_ANSWER) != NO_ANSWER:
            comments.append(Comment(names.get(name, name), f"graded-{name}", own["comment"]))
    return {
        "name": ids["notebook"],
        "score": ids.get("score", 0),
        "worth": ids.get("max_score", 0),
        "penalty": ids.get("late_penalty", 0),
        "waiting": sum(line.waiting for line in lines),
        "lines": lines,
        "comments": comments,
        "notes": verdict.notes if verdict else (),
    }


def _judged(cell: CellVerdict, marks: tuple[float, float, bool], source: Path, here: set[Any]) -> Line:
    anchor = f"card-{cell.grade_id}"
    if cell.status == "unanswered":  # with a message if the notebook could not be read, as the notes say
        left_out = () if cell.message else (Failure("", "Its cell has no answer.", None),)
        return Line(cell.function, True, anchor, *marks, left_out)
    failures = [_failure(cell, check, source, here) for check in cell.checks if check.status == "failed"]
    if cell.message:
        failures.insert(0, Failure("", cell.message[:LONGEST], None))
    untried = sum(check.status == "skipped" for check in cell.checks)
    return Line(cell.function, True, anchor, *marks, tuple(failures), untried)


def _failure(cell: CellVerdict, check: CheckResult, source: Path, here: set[Any]) -> Failure:
    """Return a failed check in one sentence: the mistake's if it is known, or the message's first."""
    about = (check.misconception or cell.function).partition("/")[0]  # a wrong example is of another function
    known = {entry.id: entry for entry in loaded(about)[0]}
    mistake = known.get(check.misconception or "") if check.message else None
    if mistake is None:
        return Failure(check.title, _END.split(check.message)[0][:LONGEST], None)
    place = find_place(source.parent, mistake.lesson)
    there = place if place and place.notebook == source.stem and place.cell in here else None
    return Failure(check.title, mistake.sentence, there)


def _names(source: Path) -> dict[str, str]:
    """Return the first line of each question, without its markup, by grade id."""
    cells = json.loads(source.read_bytes())["cells"] if source.is_file() else []
    return {
        name: notebook.source(cell).strip().split("\n")[0].strip("#*_ ")[:LONGEST]
        for cell in cells
        if cell["cell_type"] == "markdown" and (name := notebook.grade_id(cell))
    }
