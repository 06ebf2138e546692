"""One test cell judged: the checks of its function, one after the other, and the points they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.checks import Check
from autograder.checks.answer import reference_answer
from autograder.checks.diagnose import diagnose, diagnose_value
from autograder.checks.failure import Failure, unanswered
from autograder.checks.mistakes import Misconception
from autograder.course.seeds import check_seed
from autograder.judge.run import REASONS, NotebookRun
from autograder.judge.session import BrokenTests, HiddenTests
from autograder.judge.unjudged import unjudged
from autograder.judge.verdict import CellVerdict, CheckResult
from autograder.notebook import Cell, outputs
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.sandbox.tiers import NoIsolation

Asked = tuple[Sequence[Call], Sequence[Outcome]]

SEQUENCES_KEPT = 12  # of each check, for the diagnosis


def judge_cell(run: NotebookRun, tests: HiddenTests, index: int, judged_before: Sequence[str]) -> CellVerdict:
    """Judge the function of the test cell at `index`; those `judged_before` are answered by the reference.

    Raises NoIsolation.
    """
    cell = run.job.notebook["cells"][index]
    function = notebook.tested_function(cell) or ""
    folder = Path(run.job.exercises, function)
    try:
        checks = tests.checks(folder)
    except BrokenTests as reason:
        return unjudged(cell, str(reason))
    student = _Student(function, run, index, judged_before)
    worth = notebook.points(cell) / sum(check.points for check in checks)
    blanks = {
        check: CheckResult(check.id, check.title, check.points * worth, 0.0, "failed") for check in checks
    }
    if missing := student.missing():
        status, message = missing
        results = tuple(replace(blank, message=message) for blank in blanks.values())
        return _verdict(cell, function, status, results)
    return _Judging(tests, folder, student, blanks).verdict(cell)


class _Student:
    """The student's function as the hidden tests see it."""

    def __init__(self, name: str, run: NotebookRun, index: int, stubs: Sequence[str]) -> None:
        self.name, self.run, self._index, self._stubs = name, run, index, stubs
        self.seed, self.random_cases = 0, run.job.random_cases
        self.seen: list[Asked] = []  # by the check that runs

    def value(self) -> Any:
        """Return what the name stands for, when it is no function."""
        return self.run.kernel().value(self.name, at=self._index)

    def outcomes(self, sequences: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """Make sequences of calls; the results of each are looked at after its last call."""
        kernel = self.run.kernel()
        try:
            found = kernel.sequences(self.name, sequences, self._stubs, reference_answer, at=self._index)
        except Missing:  # it was there before the first check
            raise KernelLost("crashed", "the function is not there any more") from None
        self.seen += zip(sequences, found, strict=True)
        return found

    def missing(self) -> tuple[str, str] | None:
        """Return status and message when there is nothing to call."""
        failed = self.run.failed_cells
        reason, message = failed.get(self.name, ("", ""))
        if reason not in ("", "raised"):
            return reason, message
        try:
            self.value()
        except KernelLost as lost:
            self.run.drop_kernel()
            return lost.reason, f"The notebook {REASONS[lost.reason].format(detail=lost.detail)}"
        except Missing:
            if self.name in failed:
                return (
                    "raised",
                    f"`{self.name}` is not defined, because its cell raised {failed[self.name][1]}",
                )
            return "unanswered", f"`{self.name}` is not defined."
        return None


class _Judging:
    """The checks of one function under way."""

    def __init__(
        self, tests: HiddenTests, folder: Path, student: _Student, blanks: dict[Check, CheckResult]
    ) -> None:
        self._tests, self._folder, self._student, self._blanks = tests, folder, student, blanks
        self._results: dict[Check, CheckResult] = {}
        self._evidence: list[Asked] = []
        self._status = "graded"

    def verdict(self, cell: Cell) -> CellVerdict:
        """Run every check whose basis passed, and name the mistake when it is known."""
        for check, blank in self._blanks.items():
            if check.after and self._results[check.after].status != "passed":
                basis = self._results[check.after].title
                message = f"Not tried, because this failed: {basis}"
                self._results[check] = replace(blank, status="skipped", message=message)
            else:
                self._results[check] = self._run(check, blank)
        results = self._diagnosed(tuple(self._results.values()))
        return _verdict(cell, self._student.name, self._status, results)

    def _run(self, check: Check, blank: CheckResult) -> CheckResult:
        student, run = self._student, self._student.run
        student.seed, student.seen = check_seed(run.job.seed, f"{student.name}.{check.id}"), []
        raised = self._tests.run(self._folder, check, student)
        if isinstance(raised, NoIsolation):
            raise raised
        if isinstance(raised, KernelLost):  # a time limit counts only after a second try
            run.drop_kernel()
            if not run.is_spent():
                raised = self._tests.run(self._folder, check, student)
                if isinstance(raised, KernelLost):
                    run.drop_kernel()
        self._evidence = _failing(student.seen, raised) + self._evidence + student.seen[:SEQUENCES_KEPT]
        return self._result(blank, raised)

    def _result(self, blank: CheckResult, raised: BaseException | None) -> CheckResult:
        """Return what a check came to, and note the status it gives the cell."""
        if raised is None:
            return replace(blank, status="passed", earned=blank.points)
        if isinstance(raised, KernelLost):
            shown = unanswered(self._student.name, raised.call) if raised.call else None
            self._note(raised.reason)
            message = f"The call {REASONS[raised.reason].format(detail=raised.detail)}"
            return replace(blank, message=message, counterexample=shown)
        if isinstance(raised, Failure):
            self._note(raised.cell_status())
            return replace(blank, message=outputs.clean(raised.message), counterexample=raised.counterexample)
        return replace(blank, status="grader_error", message=f"{type(raised).__name__}: {raised}")

    def _note(self, status: str | None) -> None:
        if status and self._status in ("graded", "raised"):
            self._status = status

    def _diagnosed(self, results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        """Return the results with the misconception that explains all answers, when there is one."""
        failed = [result.id for result in results if result.status == "failed" and result.counterexample]
        found = self._diagnosis() if failed else None
        if found is None:
            return results
        named = [replace(each, misconception=found.id) if each.id in failed else each for each in results]
        first = next(i for i, result in enumerate(named) if result.id == failed[0])
        said = named[first].message.rstrip(".")
        named[first] = replace(named[first], message=f"{said}. {found.sentence}")
        return tuple(named)

    def _diagnosis(self) -> Misconception | None:
        if self._evidence:
            return diagnose(self._student.name, self._evidence)
        try:
            return diagnose_value(self._student.name, self._student.value())
        except (KernelLost, Missing):
            return None


def _failing(seen: Sequence[Asked], raised: BaseException | None) -> list[Asked]:
    """Return the sequence with the call on which a check failed."""
    if not isinstance(raised, Failure):
        return []
    return [asked for asked in seen if any(call is raised.call for call in asked[0])][:1]


def _verdict(cell: Cell, function: str, status: str, results: tuple[CheckResult, ...]) -> CellVerdict:
    """Sum up the checks of a function."""
    if any(result.status == "grader_error" for result in results):
        return replace(unjudged(cell, "a hidden test could not be run"), checks=results)
    if status in ("unanswered", "raised") and any(result.status == "passed" for result in results):
        status = "graded"
    worth = notebook.points(cell)
    score = min(sum(result.earned for result in results), worth)  # rounding
    return CellVerdict(notebook.grade_id(cell) or "", function, score, worth, status, results)
