"""What grading left in `autograded/`: the verdicts, read back."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.course.settings import CourseError
from autograder.judge.verdict import Verdict

SUFFIX = ".verdict.json"


class BrokenVerdict(CourseError):
    """A verdict file that is not one; the message says which, and what to do."""


def autograded_folder(root: Path, assignment: str, student: str) -> Path:
    """Where the autograded notebooks and verdicts of one student lie."""
    return root / "autograded" / student / assignment


def students(root: Path, assignment: str) -> list[str]:
    """Everybody who has a verdict on a notebook of the assignment, sorted."""
    return sorted({path.parts[-3] for path in (root / "autograded").glob(f"*/{assignment}/*{SUFFIX}")})


def verdicts(root: Path, assignment: str, student: str) -> list[Verdict]:
    """The verdicts on a student's notebooks, in order of name. Raises BrokenVerdict."""
    return [
        read_verdict(path) for path in sorted(autograded_folder(root, assignment, student).glob(f"*{SUFFIX}"))
    ]


def read_verdict(path: Path) -> Verdict:
    """The verdict in a file. Raises BrokenVerdict."""
    try:
        found = Verdict.from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _broken(path, str(fault)) from None
    if not all(isinstance(number, int | float) for number in (found.score, found.max_score)):
        raise _broken(path, "its score is no number")
    return found


def _broken(path: Path, reason: str) -> BrokenVerdict:
    student, assignment, name = path.parts[-3:]
    return BrokenVerdict(
        f"{student}/{assignment}/{name} is no verdict ({reason[:200]}); have it graded anew: "
        f"nbgrader autograde {assignment} --student {student} --force"
    )


def made_from(autograded: Path, name: str) -> dict[str, str] | None:
    """The fingerprint of what an autograded notebook was made from; None when it was not finished."""
    try:
        found = json.loads((autograded / f"{name}.ipynb").read_bytes())["metadata"]["convgrade"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None
