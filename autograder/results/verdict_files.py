"""Read the verdicts that grading wrote to `autograded/`."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.course.settings import CourseError
from autograder.judge.verdict import Verdict

SUFFIX = ".verdict.json"


class BrokenVerdict(CourseError):
    """A verdict file cannot be read; the message says which one and what to do."""


def autograded_folder(root: Path, assignment: str, student: str) -> Path:
    """Return the folder with the autograded notebooks and verdicts of one student."""
    return root / "autograded" / student / assignment


def students(root: Path, assignment: str) -> list[str]:
    """Return all students who have a verdict on a notebook of the assignment, sorted."""
    return sorted({path.parts[-3] for path in (root / "autograded").glob(f"*/{assignment}/*{SUFFIX}")})


def verdicts(root: Path, assignment: str, student: str) -> list[Verdict]:
    """Return the verdicts on a student's notebooks, sorted by name. Raises BrokenVerdict."""
    return [
        read_verdict(path) for path in sorted(autograded_folder(root, assignment, student).glob(f"*{SUFFIX}"))
    ]


def read_verdict(path: Path) -> Verdict:
    """Read the verdict in a file. Raises BrokenVerdict."""
    try:
        found = Verdict.from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _broken(path, str(fault)) from None
    if not all(isinstance(number, int | float) for number in (found.score, found.max_score)):
        raise _broken(path, "its score is not a number")
    return found


def _broken(path: Path, reason: str) -> BrokenVerdict:
    student, assignment, name = path.parts[-3:]
    return BrokenVerdict(
        f"{student}/{assignment}/{name} is not a verdict ({reason[:200]}); grade it again: "
        f"nbgrader autograde {assignment} --student {student} --force"
    )


def made_from(autograded: Path, name: str) -> dict[str, str] | None:
    """Return the fingerprint that an autograded notebook was made from; None if it was not finished."""
    try:
        found = json.loads((autograded / f"{name}.ipynb").read_bytes())["metadata"]["convgrade"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None
