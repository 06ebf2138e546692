"""Verdicts without judging: for unreadable notebooks, and for when the grader failed."""

from __future__ import annotations

from autograder import notebook
from autograder.judge.job import Job
from autograder.judge.verdict import CellVerdict, Verdict, summed_up
from autograder.notebook import Cell


def unread(job: Job) -> Verdict:
    """Return a verdict without points for a notebook that is missing or cannot be read, with the reason."""
    missing = " was not handed in" in job.unreadable
    reason = job.unreadable if missing else f"the notebook could not be read: {job.unreadable}"
    said = f"{reason[0].upper()}{reason[1:].rstrip('.')}."
    cells = [_no_points(cell, "unanswered", said) for cell in job.notebook["cells"] if job.judges(cell)]
    return summed_up(job, cells, sandbox="none", status="unreadable", notes=(reason,))


def refuse(job: Job, reason: str) -> Verdict:
    """Return the verdict for when the judge itself failed: every cell needs manual grading."""
    cells = [unjudged(cell, reason) for cell in job.notebook["cells"] if job.judges(cell)]
    return summed_up(job, cells, sandbox="none", status="grader_error")


def unjudged(cell: Cell, reason: str) -> CellVerdict:
    """Return the verdict on a cell that needs manual grading, with the reason."""
    message = f"The grader could not judge this cell ({reason}). This is no fault of the student's."
    return _no_points(cell, "grader_error", message)


def _no_points(cell: Cell, status: str, message: str = "") -> CellVerdict:
    return CellVerdict(
        grade_id=notebook.grade_id(cell) or "",
        function=notebook.tested_function(cell) or notebook.grade_id(cell) or "",
        score=0.0,
        max_score=notebook.points(cell),
        status=status,
        message=message,
    )
