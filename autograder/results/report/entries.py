"""Gather what is known about each student of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from autograder.checks import exercise
from autograder.course.settings import CourseError
from autograder.course.sources import own_exercises
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.results import marks, verdict_files
from autograder.results.marks import Mark

TROUBLE = {
    "timeout": "did not finish",
    "memory": "ran out of memory",
    "crashed": "crashed Python",
    "grader_error": "could not be judged",
}


@dataclass(frozen=True)
class Entry:
    """Everything the report knows about one student."""

    student: str
    verdicts: tuple[Verdict, ...]
    mark: Mark | None
    pages: dict[str, str]
    """Links to the feedback pages by notebook, relative to the report's folder."""
    broken: tuple[str, ...] = ()
    """Messages about verdict files that could not be read."""

    @property
    def score(self) -> float:
        """Points from hidden tests."""
        return sum(verdict.score for verdict in self.verdicts)

    @property
    def worth(self) -> float:
        """Points that hidden tests can give for the notebooks that have a verdict."""
        return sum(verdict.max_score for verdict in self.verdicts)

    @property
    def complete(self) -> bool:
        """Whether the mark is final: nothing is left to grade, and no verdict is missing."""
        return self.mark is not None and not self.mark.open and not self.broken

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """Pairs of notebook and what happened there: repairs, timeouts, crashes, failures of the grader."""
        found = [("", reason) for reason in self.broken]
        for verdict in self.verdicts:
            found += [(verdict.notebook, note) for note in verdict.notes]
            found += [
                (verdict.notebook, f"{cell.function} {TROUBLE[cell.status]}")
                for cell in verdict.cells
                if cell.status in TROUBLE
            ]
        return found


def gather(root: Path, assignment: str) -> list[Entry]:
    """Return one entry per student, sorted by id, and find the exercises of this course from now on.

    Raises CourseError without any verdict or a gradebook.
    """
    exercise.look_in(own_exercises(root))
    students = verdict_files.students(root, assignment)
    if not students:
        raise CourseError(
            f"there are no verdicts on {assignment} in {root / 'autograded'}; "
            f"grade it first: nbgrader autograde {assignment}"
        )
    by_student = {mark.student: mark for mark in marks.read_marks(root, assignment)}
    return [
        _entry(root, assignment, student, by_student.get(student))
        for student in sorted({*students, *(mark.student for mark in by_student.values() if mark.submitted)})
    ]


def _entry(root: Path, assignment: str, student: str, mark: Mark | None) -> Entry:
    found, broken = [], []
    for path in sorted(
        verdict_files.autograded_folder(root, assignment, student).glob(f"*{verdict_files.SUFFIX}")
    ):
        try:
            found.append(verdict_files.read_verdict(path))
        except verdict_files.BrokenVerdict as fault:
            broken.append(str(fault))
    if not found and not broken:
        broken.append(
            f"{student} is in the gradebook but has no verdict; "
            f"grade the submission again: nbgrader autograde {assignment} --student {student} --force"
        )
    pages = {
        verdict.notebook: "../" + quote(f"feedback/{student}/{assignment}/{verdict.notebook}.html")
        for verdict in found
        if (root / "feedback" / student / assignment / f"{verdict.notebook}.html").is_file()
    }
    return Entry(student, tuple(found), mark, pages, tuple(broken))


def judged_cells(entries: Iterable[Entry]) -> Iterable[tuple[Verdict, CellVerdict]]:
    """Yield every autograded cell of the class with the verdict it belongs to."""
    return ((verdict, cell) for entry in entries for verdict in entry.verdicts for cell in verdict.cells)
