"""Verdicts that need no judging: on what is no notebook, and when there was no judging."""

from __future__ import annotations

from autograder import notebook
from autograder.judge import card, verdict
from autograder.judge.job import Job
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.notebook import Cell, Notebook


def unread(job: Job) -> tuple[Notebook, Verdict]:
    """A row with no points for a file that is no notebook, and why."""
    return _not_judged(
        job,
        "unreadable",
        notes=(f"the notebook could not be read: {job.unreadable}",),
        cells=[_no_points(cell, "unanswered") for cell in job.notebook["cells"] if job.judges(cell)],
    )


def refuse(job: Job, reason: str) -> tuple[Notebook, Verdict]:
    """The verdict when the judge could not do its work at all: every cell is left to a human."""
    return _not_judged(
        job,
        "grader_error",
        notes=job.notes,
        cells=[unjudged(cell, reason) for cell in job.notebook["cells"] if job.judges(cell)],
    )


def unjudged(cell: Cell, reason: str) -> CellVerdict:
    """A cell left to a human, and why."""
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


def _not_judged(
    job: Job, status: str, *, notes: tuple[str, ...], cells: list[CellVerdict]
) -> tuple[Notebook, Verdict]:
    result = Verdict(
        assignment=job.assignment,
        notebook=job.name,
        student=job.student,
        sandbox="none",
        seed=job.seed,
        notes=notes,
        **verdict.graded(tuple(cells)) | {"status": status},
    )
    return card.attach(job.notebook, result, feedback=job.feedback), result
