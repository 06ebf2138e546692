"""One test cell judged: the checks of its function, one after the other, and the points they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from autograder import notebook
from autograder.checks import Check, exercise
from autograder.checks.check import Asked, Student
from autograder.checks.crashes import explained, unreadable_line
from autograder.checks.failure import unanswered
from autograder.checks.helpers import helper_answer
from autograder.course.seeds import check_seed
from autograder.judge.job import BELOW
from autograder.judge.marking import Marking
from autograder.judge.notebook_run import REASONS, NotebookRun, place
from autograder.judge.session import BrokenTests, HiddenTests
from autograder.judge.stubs import stubs
from autograder.judge.unjudged import unjudged
from autograder.judge.verdict import CellVerdict, CheckResult
from autograder.notebook import Cell
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.sandbox.replies import Replies
from autograder.sandbox.tiers import NoIsolation

GONE = "what it defines is not there any more"


def judge_cell(run: NotebookRun, tests: HiddenTests, index: int, judged_before: Sequence[str]) -> CellVerdict:
    """Judge the function of the test cell at `index`.

    Of the functions `judged_before` the reference answers those that the exercise builds on.
    Raises NoIsolation.
    """
    cell = run.job.notebook["cells"][index]
    function = notebook.tested_function(cell) or ""
    folder = exercise.folder(function)
    try:
        checks = tests.checks(folder)
    except BrokenTests as reason:
        return unjudged(cell, str(reason))
    student = _Student(function, run, index, set(judged_before) & set(tests.builds_on(folder)))
    worth = notebook.points(cell) / sum(check.points for check in checks)
    blanks = {
        check: CheckResult(check.id, check.title, check.points * worth, 0.0, "failed") for check in checks
    }
    if missing := student.missing():
        status, message = missing
        first, *others = blanks.values()
        untried = f"Not tried, because there is no `{function}`."
        skipped = (replace(blank, status="skipped", message=untried) for blank in others)
        return _verdict(cell, function, status, (replace(first, message=message), *skipped))

    def ask(check: Check, asked: Student) -> BaseException | None:
        asked.seed = check_seed(run.job.seed, f"{function}.{check.id}")
        return _asked(run, lambda: tests.run(folder, check, asked))

    marking = Marking(student, blanks, ask, notebook.lines(student.code))
    results = marking.results(student.lost)
    verdict = _verdict(cell, function, student.status or marking.status, results)
    if verdict.score < verdict.max_score:
        student.note_a_correction()
    return verdict


def _asked(run: NotebookRun, ask: Callable[[], BaseException | None]) -> BaseException | None:
    """Ask a check; the first time limits count only after a second try. Raises NoIsolation."""
    raised = ask()
    if isinstance(raised, NoIsolation):
        raise raised
    if isinstance(raised, KernelLost) and run.lose(raised):
        raised = ask()
        if isinstance(raised, KernelLost):
            run.lose(raised)
    return raised


@lru_cache(maxsize=1)
def _replies(_exercises: str) -> Replies:
    """Return the answers for earlier functions, remembered as long as a judge looks in the same folder."""
    return Replies(helper_answer)


class _Student:
    """The student's function as the hidden tests see it."""

    def __init__(self, name: str, run: NotebookRun, index: int, judged_before: Collection[str]) -> None:
        self.name, self.run, self._judged_before = name, run, judged_before
        self._stand(run.end if name in run.job.late else index)
        self.seed, self.random_cases = 0, run.job.random_cases
        self.passed: Collection[Check] = ()
        self.asked: Asked | None = None
        self._found: tuple[Any, ...] = ()  # what the name stands for: every check about it asks
        self.status = ""
        """Of the cell, once a call has ended the kernel."""

    def _stand(self, index: int) -> None:
        """Look at the names as they were at a cell."""
        job = self.run.job
        self._index, self.code = index, notebook.defining_source(job.notebook, self.name, index)
        tests = {notebook.tested_function(cell) or "": at for at, cell in enumerate(job.notebook["cells"])}
        tests |= dict.fromkeys(job.late, self.run.end) | {self.name: index}
        self._stubs = stubs(job.notebook, self.name, tests, sorted(self._judged_before))

    def note_a_correction(self) -> None:
        """Note that a definition below the test does not count."""
        job = self.run.job
        if self.name not in job.again or self._index == self.run.end:
            return
        below = next(
            cell
            for cell in reversed(job.notebook["cells"])
            if cell["cell_type"] == "code" and self.name in notebook.bound_names(notebook.source(cell))
        )
        self.run.notes[
            f"{self.name!r} is defined once more below its test, in {place(below)}; as the notebook runs, "
            f"what is above the test counts, so a correction belongs into the cell {self.name!r}"
        ] = None

    def value(self) -> Any:
        """Return what the name stands for, when it is no function. Raises KernelLost."""
        try:
            return self._looked_up()
        except Missing:  # it was there before the first check, and what made it did not do so again
            raise KernelLost("crashed", GONE) from None

    def _looked_up(self) -> Any:
        self._found = self._found or (self.run.kernel().value(self.name, at=self._index),)
        return self._found[0]

    def outcomes(self, sequences: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """Make sequences of calls; the results of each are looked at after its last call."""
        kernel, replies = self.run.kernel(), _replies(self.run.job.exercises)
        try:
            found = kernel.sequences(self.name, sequences, self._stubs, replies, at=self._index)
        except Missing:  # it was there before the first check
            raise KernelLost("crashed", GONE) from None
        return found

    def lost(self, blank: CheckResult, raised: BaseException) -> CheckResult:
        """Return the result of a check that ended in no Failure: the kernel is lost, or the fault is ours."""
        if not isinstance(raised, KernelLost):
            return replace(blank, status="grader_error", message=f"{type(raised).__name__}: {raised}")
        self.status = self.status or raised.reason
        shown = unanswered(self.name, raised.call) if raised.call else None
        message = f"The call {REASONS[raised.reason].format(detail=raised.detail)}"
        return replace(blank, message=message, counterexample=shown)

    def missing(self) -> tuple[str, str] | None:
        """Return status and message when there is nothing to call."""
        job, failed = self.run.job, self.run.failed_cells.get(self.name)
        if failed and failed[0] != "raised" and self.name not in (*job.late, *job.again):
            return failed
        try:
            self._looked_up()
        except KernelLost as lost:
            self.run.drop_kernel()
            return lost.reason, f"The notebook {REASONS[lost.reason].format(detail=lost.detail)}"
        except Missing:
            if self.name in job.again and self._index != self.run.end:
                self._stand(self.run.end)
                self.run.notes[BELOW.format(self.name)] = None
                return self.missing()
            return self._undefined(*failed) if failed else self._left_out()
        return None

    def _undefined(self, reason: str, message: str) -> tuple[str, str]:
        """Return status and message for a function whose cell failed."""
        if reason != "raised":
            return reason, message
        kind, _, text = message.partition(": ")
        code = notebook.solution_source(self.run.job.notebook, self.name)
        said = f"`{self.name}` is not defined, because"
        if unread := unreadable_line(text, code):
            return reason, f"{said} {unread} ({kind})."
        return reason, f"{said} its cell raised {message.rstrip('.')}. {explained(kind, text)}".rstrip()

    def _left_out(self) -> tuple[str, str]:
        """Return status and message for a function that no cell defines."""
        said = f"`{self.name}` is not defined."
        if not notebook.solution_source(self.run.job.notebook, self.name).strip():
            return "unanswered", said
        return "graded", f"{said} Its cell has to give it this name."


def _verdict(cell: Cell, function: str, status: str, results: tuple[CheckResult, ...]) -> CellVerdict:
    """Sum up the checks of a function."""
    if any(result.status == "grader_error" for result in results):
        return replace(unjudged(cell, "a hidden test could not be run"), checks=results)
    if status in ("unanswered", "raised") and any(result.status == "passed" for result in results):
        status = "graded"
    worth = notebook.points(cell)
    score = min(sum(result.earned for result in results), worth)  # rounding
    return CellVerdict(notebook.grade_id(cell) or "", function, score, worth, status, results)
