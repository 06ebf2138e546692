"""Find the failed check that the command line names."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import notebook
from autograder.checks import exercise
from autograder.checks.check import declared
from autograder.checks.counterexample import Counterexample
from autograder.course.settings import RANDOM_CASES, CourseError, load_config, read_settings
from autograder.course.sources import earlier_functions, own_exercises
from autograder.judge.job import BELOW
from autograder.judge.stubs import stubs
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.notebook import outputs
from autograder.results import verdict_files


class NoReplay(CourseError):
    """There is nothing to replay; the message says why and lists what can be replayed."""


@dataclass(frozen=True)
class Failed:
    """One check that a student's function failed."""

    verdict: Verdict
    cell: CellVerdict
    check: CheckResult
    random_cases: int = RANDOM_CASES
    """Random inputs per check, as set for the course."""

    @property
    def example(self) -> Counterexample:
        """The call that failed; `find` returns only checks that have one."""
        assert self.check.counterexample is not None
        return self.check.counterexample

    @property
    def is_late(self) -> bool:
        """Whether it was judged as it was at the end of the notebook."""
        return BELOW.format(self.cell.function) in self.verdict.notes

    @property
    def passed(self) -> set[str]:
        """The checks of the same function that passed."""
        return {check.id for check in self.cell.checks if check.status == "passed"}

    @property
    def name(self) -> str:
        """Its name on the command line: FUNCTION.CHECK."""
        return f"{self.cell.function}.{self.check.id}"


def find(root: Path, assignment: str, student: str, wanted: str) -> Failed:
    """Return the failed check `FUNCTION.CHECK`, or `CHECK` if only one function failed a check of that name.

    Raises NoReplay, with a list of what failed, and BrokenVerdict.
    """
    exercise.look_in(own_exercises(root))
    verdicts = verdict_files.verdicts(root, assignment, student)
    if not verdicts:
        raise NoReplay(_nobody(root, assignment, student))
    cases = read_settings(load_config(root)).random_cases
    every = [
        Failed(verdict, cell, check, cases)
        for verdict in verdicts
        for cell in verdict.cells
        for check in cell.checks
    ]
    meant = [entry for entry in every if wanted in (entry.name, entry.check.id)]
    failed = [entry for entry in meant if entry.check.status == "failed"]
    if len(failed) > 1:
        raise NoReplay(f"{wanted} is ambiguous; choose one of: {_names(failed)}")
    if not failed:
        unread = [note for verdict in verdicts if verdict.status == "unreadable" for note in verdict.notes]
        there_is = "; ".join(map(outputs.clean, unread)) or "no check failed"
        if others := [each for each in every if each.check.status == "failed"]:
            there_is = f"failed checks: {_names(others)}"
        raise NoReplay(_nothing(meant, wanted, student, there_is))
    if failed[0].check.counterexample is None:
        raise NoReplay(
            f"{failed[0].name} of {student} failed without a call: {outputs.clean(failed[0].check.message)}"
        )
    if not failed[0].example.python.startswith(failed[0].cell.function):
        call = outputs.clean(failed[0].example.python)
        raise NoReplay(f"{failed[0].name} is about an example that {student} wrote down, of the call: {call}")
    return failed[0]


def _nobody(root: Path, assignment: str, student: str) -> str:
    known = verdict_files.students(root, assignment)
    if not known:
        return f"nobody has a verdict on {assignment}; grade first: nbgrader autograde {assignment}"
    near = difflib.get_close_matches(student, known) or known[:5]
    return f"{student} has no verdict on {assignment}; {len(known)} have, such as {', '.join(near)}"


def _nothing(meant: list[Failed], wanted: str, student: str, there_is: str) -> str:
    if not meant:
        return f"{student} has no check named {wanted}; {there_is}"
    statuses = {"passed": "passed", "skipped": "was not tried", "grader_error": "could not be judged"}
    return f"{meant[0].name} of {student} {statuses[meant[0].check.status]}; {there_is}"


def _names(entries: list[Failed]) -> str:
    return ", ".join(entry.name for entry in entries)


def judged_before(root: Path, failed: Failed) -> tuple[str, ...]:
    """Return the functions that grading answers with the reference while it judges this one.

    These are the ones it builds on, except those whose names the student's cell binds itself.
    """
    verdict, function = failed.verdict, failed.cell.function
    earlier = earlier_functions(root / "source" / verdict.assignment / f"{verdict.notebook}.ipynb")
    here = [cell.function for cell in verdict.cells]
    folder = verdict_files.autograded_folder(root, verdict.assignment, verdict.student)
    handed_in = json.loads((folder / f"{verdict.notebook}.ipynb").read_bytes())
    places = [notebook.grade_id(cell) for cell in handed_in["cells"]]
    tests = {
        cell.function: len(places) if replace(failed, cell=cell).is_late else places.index(cell.grade_id)
        for cell in verdict.cells
    }
    builds_on = declared(exercise.module(function, "hidden_tests"))
    before = (*earlier, *here[: here.index(function)])
    return tuple(stubs(handed_in, function, tests, [name for name in before if name in builds_on]))
