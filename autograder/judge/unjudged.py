"""Verdicts that need no judging: on what is no notebook, and when there was no judging."""

from __future__ import annotations

from autograder import notebook
from autograder.judge.job import Job
from autograder.judge.verdict import CellVerdict, Verdict, summed_up
from autograder.notebook import Cell


def unread(job: Job) -> Verdict:
    """Return a row with no points for a file that is no notebook, and why."""
    cells = [_no_points(cell, "unanswered") for cell in job.notebook["cells"] if job.judges(cell)]
    reason = f"the notebook could not be read: {job.unreadable}"
    return summed_up(job, cells, sandbox="none", status="unreadable", notes=(reason,))


def refuse(job: Job, reason: str) -> Verdict:
    """Return the verdict when the judge could not do its work at all: every cell is left to a human."""
    cells = [unjudged(cell, reason) for cell in job.notebook["cells"] if job.judges(cell)]
    return summed_up(job, cells, sandbox="none", status="grader_error")


def unjudged(cell: Cell, reason: str) -> CellVerdict:
    """Return a cell left to a human, and why."""
    message = f"The grader could not judge this cell ({reason}). This is no fault of the student's."
    return _no_points(cell, "grader_error", message)


def _no_points(cell: Cell, status: str, message: str = "") -> CellVerdict:
    return CellVerdict(
        grade_id=notebook.grade_id(cell) or "",
        function=notebook.tested_function(cell) or "",
        score=0.0,
        max_score=notebook.points(cell),
        status=status,
        message=message,
    )
