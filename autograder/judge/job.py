"""A job for the judge: everything that decides a verdict, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder import notebook
from autograder.course.settings import RANDOM_CASES
from autograder.notebook import Cell, Notebook
from autograder.sandbox.limits import Limits

BELOW = "the answer {!r} is below its test; it counts as it is at the end of the notebook"
"""What a student is told of a function in `Job.late`."""


@dataclass(frozen=True)
class Job:
    """One notebook to judge, with everything that decides its verdict."""

    assignment: str
    name: str
    student: str
    seed: str
    """Hexadecimal, of this student and assignment; the seeds of the checks derive from it."""
    notebook: Notebook
    """Restored: the source notebook's skeleton with the student's solutions."""
    notes: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    """Functions below their tests: they are judged as they are at the end of the notebook."""
    again: tuple[str, ...] = ()
    """Functions that are defined once more below their tests."""
    unreadable: str = ""
    """Why the submitted file cannot be read as a notebook; empty if it can."""
    files: dict[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    earlier: tuple[str, ...] = ()
    """Functions judged in earlier notebooks: while later ones are judged, the reference answers for them."""
    only: str = ""
    """Judge only functions whose name contains this."""
    exercises: str = ""
    """The folder of the course's own exercises; empty if it has none."""
    own: dict[str, str] = field(default_factory=dict)
    """Hashes of those of them that decide the verdict, by name: other ones must not give it."""
    random_cases: int = RANDOM_CASES
    """Random inputs per check."""
    feedback: str = "full"
    """How much of the verdict the cards show, one of `settings.LEVELS`."""

    @property
    def plain(self) -> bool:
        """Whether the notebook has no hidden tests, so that its asserts give the points."""
        return notebook.is_plain(self.notebook)

    def judges(self, cell: Cell) -> bool:
        """Return whether this job gives a verdict on the cell."""
        if not notebook.is_autograded(cell):
            return False
        name = notebook.tested_function(cell) or (notebook.grade_id(cell) if self.plain else "") or ""
        return self.only in name
