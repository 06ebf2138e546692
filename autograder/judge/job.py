"""What a judge is asked: everything that decides a verdict, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder import notebook
from autograder.course.settings import RANDOM_CASES
from autograder.notebook import Cell, Notebook
from autograder.sandbox.limits import Limits

EXERCISES = Path(__file__).parent.parent / "exercises"


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
    exercises: str = str(EXERCISES)
    """Folder of the exercises, each a folder named after its function."""
    random_cases: int = RANDOM_CASES
    """Of each check that has any."""
    feedback: str = "full"
    """How much of the verdict the cards show, one of `settings.LEVELS`."""

    def judges(self, cell: Cell) -> bool:
        """Whether this job gives a verdict on the cell."""
        return notebook.is_autograded(cell) and self.only in (notebook.tested_function(cell) or "")
