"""What a judge is asked: everything that decides a verdict, as plain data.

Here are also the verdicts that need no judge: on what is no notebook, and when there was no judging.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder import card, notebook, verdict
from autograder.hidden import RANDOM_CASES
from autograder.notebook import Cell, Notebook
from autograder.sandbox.limits import Limits
from autograder.verdict import CellVerdict, Verdict

HIDDEN = Path(__file__).parent / "hidden"


@dataclass(frozen=True)
class Job:
    """Everything that decides a verdict, as plain data."""

    assignment: str
    name: str
    student: str
    seed: str
    """Hexadecimal, of this student and assignment; the seeds of the checks derive from it."""
    notebook: Notebook
    """Restored: the source notebook's skeleton with the student's solutions."""
    notes: tuple[str, ...] = ()
    unreadable: str = ""
    """Why what was handed in is no notebook; empty when it is one."""
    files: dict[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    earlier: tuple[str, ...] = ()
    """Functions judged in earlier notebooks: while later ones are judged, the reference answers for them."""
    only: str = ""
    """Judge only functions whose name contains this."""
    hidden: str = str(HIDDEN)
    """Folder of the hidden tests."""
    random_cases: int = RANDOM_CASES
    """Of each check that has any."""
    feedback: str = "full"
    """How much of the verdict the cards show, one of `card.LEVELS`."""

    def judges(self, cell: Cell) -> bool:
        """Whether this job gives a verdict on the cell."""
        return notebook.is_autograded(cell) and self.only in (notebook.tested_function(cell) or "")


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
