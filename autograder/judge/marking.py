"""The checks of one function, one after the other: what each came to, and what is said of it.

A mistake costs its points once. When a check fails and the mistake behind it is known, the checks
that stand on it are judged against that mistake instead of the reference (error carried forward).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from autograder.checks import Answer, Check
from autograder.checks.check import Answered, Asked, Student
from autograder.checks.crashes import explained
from autograder.checks.diagnose import diagnose, diagnose_value, explains, standard
from autograder.checks.facts import fact
from autograder.checks.failure import Failure
from autograder.checks.mistakes import Misconception
from autograder.judge.verdict import CheckResult
from autograder.notebook import outputs

SEQUENCES_KEPT = 12  # of each check, for the diagnosis


class Marking:
    """The checks of one function on their way to points."""

    def __init__(
        self,
        student: Student,
        blanks: Mapping[Check, CheckResult],
        run: Callable[[Check], BaseException | None],
        code: Sequence[str] = (),
    ) -> None:
        self._student, self._blanks, self._run = student, blanks, run
        self._code = code  # lines of the student's cell
        self._results: dict[Check, CheckResult] = {}
        self._known: dict[Check, Misconception] = {}  # by the check that failed of it
        self._failures: dict[Check, tuple[Failure, Asked | None]] = {}
        self._right: list[Answered] = []  # what the checks that passed had asked
        self.status = "graded"
        """Of the cell: what its failures make of it when that is more than a wrong answer."""

    def results(self, lost: Callable[[CheckResult, BaseException], CheckResult]) -> tuple[CheckResult, ...]:
        """Run every check that can be tried; `lost` words what was raised and is no Failure."""
        student = self._student
        student.passed = passed = set[Check]()
        for check, blank in self._blanks.items():
            if basis := self._missing_basis(check):
                message = f"Not tried, because this failed: {basis.title}"
                self._results[check] = replace(blank, status="skipped", message=message)
                continue
            student.asked = None
            raised = self._run(check)
            if raised is None:
                self._results[check] = replace(blank, status="passed", earned=blank.points)
                self._right += _kept(student.asked)
            elif isinstance(raised, Failure):
                self._results[check] = self._failed(check, blank, raised, student.asked)
            else:
                self._results[check] = lost(blank, raised)
            if self._results[check].status == "passed":
                passed.add(check)
        return tuple(self._worded(check, result) for check, result in self._results.items())

    def _missing_basis(self, check: Check) -> Check | None:
        """Return the first check this one stands on that failed for an unknown reason."""
        for basis in check.after:
            if self._results[basis].status != "passed" and not self._carries(basis):
                return basis
        return None

    def _carries(self, check: Check) -> bool:
        return check in self._known and self._known[check].carries

    def _failed(self, check: Check, blank: CheckResult, failure: Failure, asked: Asked | None) -> CheckResult:
        known = [mistake for basis, mistake in self._known.items() if self._carries(basis)]
        if known and asked and self._passes(check, asked, known):
            message = f"Right, given the mistake in: {self._first_title(known)}"
            return replace(blank, status="passed", earned=blank.points, message=message)
        if status := failure.cell_status():
            self.status = status if self.status in ("graded", "raised") else self.status
        self._failures[check] = failure, asked
        if found := self._diagnosed(check, failure, asked, known):
            self._known[check] = found
        return replace(blank, message=outputs.clean(failure.message), counterexample=failure.counterexample)

    def _passes(self, check: Check, asked: Asked, known: Sequence[Misconception]) -> bool:
        """Return whether a check passes when it is judged against mistakes whose price has been paid."""
        try:
            return check.first_failure(self._student.name, asked, standard(known)) is None
        except Exception:  # what a mistake answers may be of a kind the check never meets otherwise
            return False

    def _first_title(self, known: Sequence[Misconception]) -> str:
        return next(check.title for check, mistake in self._known.items() if mistake is known[0])

    def _diagnosed(
        self, check: Check, failure: Failure, asked: Asked | None, known: Sequence[Misconception]
    ) -> Misconception | None:
        name = self._student.name
        if check.is_about_a_value:
            return diagnose_value(name, failure.outcome.value)
        if asked is None:
            return None
        shown = [((failure.call,), (failure.outcome,))] if not failure.is_about_arguments else []
        evidence = [*shown, *_kept(asked)]
        return diagnose(name, evidence, self._right) or (
            diagnose(name, evidence, self._right, known) if known else None
        )

    def _worded(self, check: Check, result: CheckResult) -> CheckResult:
        """Return a failed check with its mistake, a fact or an explanation behind the message."""
        if check not in self._failures:
            return result
        failure, asked = self._failures[check]
        mistake = self._known.get(check)
        if mistake and not check.is_about_a_value and not explains([mistake], self._right):
            mistake = None  # a check that passed later speaks against it
        said = mistake.sentence if mistake else self._fact(check, failure, asked)
        message = f"{result.message.rstrip('.')}. {said}" if said else result.message
        return replace(result, message=message, misconception=mistake.id if mistake else None)

    def _fact(self, check: Check, failure: Failure, asked: Asked | None) -> str:
        if failure.outcome.raised and failure.expected_a_value:
            crash = self._crash(failure)
            return " ".join(filter(None, [fact(self._wrong(check, asked)), crash]))
        return fact(self._wrong(check, asked)) if asked else ""

    def _crash(self, failure: Failure) -> str:
        meaning = explained(failure.outcome.raised[0], failure.outcome.text)
        line = failure.outcome.line
        if not meaning or line is None or not 0 < line <= len(self._code):
            return meaning
        return f"Your line: `{outputs.clean(self._code[line - 1].strip())[:120]}`. {meaning}"

    def _wrong(self, check: Check, asked: Asked | None) -> list[Answer]:
        """Return the answers that made a check fail."""
        wrong = []
        for calls, outcomes in asked.sequences if asked else ():
            for call, outcome in zip(calls, outcomes, strict=True):
                answer = Answer(self._student.name, call, outcome)
                try:
                    check.body(answer)
                except Failure:
                    wrong.append(answer)
        return wrong


def _kept(asked: Asked | None) -> list[Answered]:
    return asked.everything[:SEQUENCES_KEPT] if asked else []
