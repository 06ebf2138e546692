"""The checks of one function, one after the other: what each came to, and what is said of it.

A mistake costs its points once. When a check fails and what is behind it is known, the checks that
stand on it are judged against that mistake instead of the reference (error carried forward).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product, starmap
from typing import Any

import numpy as np

from autograder.checks import Answer, Call, Check, exercise
from autograder.checks.answer import NoStandard, NotCovered, Standard, reference_answer
from autograder.checks.call_text import bound_arguments, signature
from autograder.checks.check import Answered, Asked, Student
from autograder.checks.compare import alike_in_value
from autograder.checks.crashes import explained
from autograder.checks.diagnose import diagnose, diagnose_value, explains, is_right, standard
from autograder.checks.facts import Change, Covers, Fact, Mend, fact, limit
from autograder.checks.failure import Failure
from autograder.checks.mistakes import Mistakes, misconceptions_of
from autograder.checks.values import as_array
from autograder.judge.verdict import CheckResult
from autograder.notebook import outputs
from autograder.sandbox.call import Outcome

SEQUENCES_KEPT = 12  # of each check, for the diagnosis
SMALL = 400  # cells of a sequence that every mistake in the bank is asked
STANDARDS_TRIED = 12  # combinations of what is known, for one check


@dataclass(frozen=True)
class Known:
    """What is known about a failed check."""

    sentence: str
    mistakes: Sequence[Mistakes] = ()
    """Alternatives, all said in the same words."""
    fact: Fact | None = None
    """What is true of the answers besides, or when no mistake has a name."""

    @property
    def alternatives(self) -> list[Mistakes | Fact]:
        """What later checks may be judged against."""
        carried = [each for each in self.mistakes if all(entry.carries for entry in each)]
        if self.mistakes and not carried:
            return []
        says_how = self.fact and any((self.fact.change, self.fact.mend, self.fact.covers))
        return [*carried, *([self.fact] if self.fact and says_how else [])]

    @property
    def id(self) -> str | None:
        """Of the misconception."""
        return self.mistakes[0][0].id if self.mistakes else None


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
        self._known: dict[Check, Known] = {}  # by the check that failed of it
        self._failures: dict[Check, tuple[Failure, Asked | None]] = {}
        self._passed: list[Asked] = []
        self._vouched: list[list[Answered]] = []  # of the first of them, which only a failure asks for
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
                if student.asked:
                    self._passed.append(student.asked)
            elif isinstance(raised, Failure):
                self._results[check] = self._failed(check, blank, raised, student.asked)
            else:
                self._results[check] = lost(blank, raised)
            if self._results[check].status == "passed":
                passed.add(check)
        return tuple(self._worded(check, result) for check, result in self._results.items())

    @property
    def _right(self) -> list[Answered]:
        """What the checks that passed had asked, and was answered rightly."""
        name = self._student.name
        self._vouched += [
            _telling(asked, _vouched(name, asked)) for asked in self._passed[len(self._vouched) :]
        ]
        return [each for answered in self._vouched for each in answered]

    def _missing_basis(self, check: Check) -> Check | None:
        """Return the first check this one stands on that failed for an unknown reason."""
        for basis in check.after:
            carries = basis in self._known and self._known[basis].alternatives
            if self._results[basis].status != "passed" and not carries:
                return basis
        return None

    def _failed(self, check: Check, blank: CheckResult, failure: Failure, asked: Asked | None) -> CheckResult:
        if asked and (paid := self._paid_for(check, asked)):
            message = f"Right, given the mistake in: {paid.title}"
            return replace(blank, status="passed", earned=blank.points, message=message)
        if status := failure.cell_status():
            self.status = status if self.status in ("graded", "raised") else self.status
        self._failures[check] = failure, asked
        if known := self._explained(check, failure, asked):
            self._known[check] = known
        return replace(blank, message=outputs.clean(failure.message), counterexample=failure.counterexample)

    def _paid_for(self, check: Check, asked: Asked) -> Check | None:
        """Return the failed check whose mistake explains this failure, too."""
        carried = [basis for basis, known in self._known.items() if known.alternatives]
        for right, mend in self._standards():
            if self._is_right(check, asked, right, mend) and self._responds(check, right, asked):
                return carried[0]
        return None

    def _is_right(self, check: Check, asked: Asked, right: Standard, mend: Mend | None) -> bool:
        """Return whether the answers pass a check by another standard, which covers some of its calls."""
        name = self._student.name
        try:
            corrected = _corrected(name, asked, right, mend) if mend else asked
            return check.first_failure(name, corrected, right) is None and _covers(name, right, asked)
        except Exception:  # a mistake's answer may be of a kind the check never meets
            return False

    def _responds(self, check: Check, right: Standard, asked: Asked) -> bool:
        """Return whether what the check adds to those it stands on makes a difference by this standard."""
        name = self._student.name
        new = _uses(name, check).difference(*(_uses(name, basis) for basis in check.after))
        return not new or _responds(name, right, asked)

    def _standards(self) -> Iterator[tuple[Standard, Mend | None]]:
        """Yield what is right for somebody who makes the known mistakes, in each way they may be made.

        With it comes what finds that inside of what came, if there is something around it.
        """
        carried = [known.alternatives for known in self._known.values() if known.alternatives]
        for choice in islice(product(*carried), STANDARDS_TRIED) if carried else ():
            facts = [each for each in choice if isinstance(each, Fact)]
            named = [entry for each in choice if not isinstance(each, Fact) for entry in each]
            base = standard(tuple(dict.fromkeys(named))) if named else reference_answer
            if base is None:
                continue
            changes = [each.change for each in facts if each.change]
            limits = [each.covers for each in facts if each.covers]
            mend = next((each.mend for each in facts if each.mend), None)
            yield _changed(base, changes, limits) if changes or limits else base, mend

    def _explained(self, check: Check, failure: Failure, asked: Asked | None) -> Known | None:
        """Return what is known about a failure: a mistake of the bank, else a fact."""
        name = self._student.name
        if failure.function != name:  # a wrong example of another function says what that should do
            found = diagnose(failure.function, [((failure.call,), (failure.outcome,))])
        elif check.is_about_a_value:
            found = diagnose_value(name, failure.outcome.value)
        else:
            found = self._diagnosed(check, asked) if asked and failure.expected_a_value else []
        wrong = self._wrong(check, asked)
        known_facts = asked and not exercise.is_own(name)  # they are about pictures and kernels
        said = (fact(wrong, asked.sequences) or _limit(asked, wrong)) if asked and known_facts else None
        if found:
            sentences = dict.fromkeys(entry.sentence for entry in found[0])
            return Known(" ".join(sentences), found, said)
        return Known(said.sentence, fact=said) if said else None

    def _diagnosed(self, check: Check, asked: Asked) -> list[Mistakes]:
        name = self._student.name
        wrong = {id(answer.call) for answer in self._wrong(check, asked)}
        failed = [each for each in asked.sequences if any(id(call) in wrong for call in each[0])]
        evidence = [*_telling(asked, failed), *_telling(asked, asked.sequences)]
        if found := diagnose(name, evidence, self._right, pairs_about="" if check.after else check.id):
            return found
        known = tuple(entry for each in self._known.values() if each.mistakes for entry in each.mistakes[0])
        if known:
            return diagnose(name, evidence, self._right, known)
        return self._inside(check, asked)

    def _inside(self, check: Check, asked: Asked) -> list[Mistakes]:
        """Return the mistakes about this check's aspect that show inside of what is known to be around.

        Those that change the size are left out: what is around would hide it.
        """
        name, (first, *_) = self._student.name, asked.sequences[0][0]
        facts = [known.fact for known in self._known.values() if known.fact and known.fact.mend]
        if not facts or not facts[0].mend:
            return []
        limits = [facts[0].covers] if facts[0].covers else []
        found: list[Mistakes] = []
        for entry in misconceptions_of(name):
            wrong = standard((entry,)) if entry.aspect == check.id and entry.carries else None
            if wrong is None:
                continue
            right = _changed(wrong, [], limits)
            if _keeps_the_size(name, wrong, first) and self._is_right(check, asked, right, facts[0].mend):
                found.append((entry,))
        return found if len({mistakes[0].sentence for mistakes in found}) == 1 else []

    def _worded(self, check: Check, result: CheckResult) -> CheckResult:
        """Return a failed check with what is known, or what its exception means, behind the message."""
        if check not in self._failures:
            return result
        failure, _ = self._failures[check]
        known = self._known.get(check)
        if (
            known
            and known.mistakes
            and not check.is_about_a_value
            and not explains(known.mistakes[0], self._right)
        ):
            known = None  # a check that passed later speaks against it
        said = known.sentence if known else ""
        if failure.outcome.raised and failure.expected_a_value:
            said = f"{said} {self._crash(failure)}".strip()
        message = f"{result.message.rstrip('.')}. {said}" if said else result.message
        return replace(result, message=outputs.clean(message), misconception=known.id if known else None)

    def _crash(self, failure: Failure) -> str:
        """Say what an exception means, and quote the line it came from."""
        meaning = explained(failure.outcome.raised[0], failure.outcome.text)
        line = failure.outcome.line
        if not meaning or line is None or not 0 < line <= len(self._code):
            return meaning
        return f"Your line: `{self._code[line - 1].strip()[:120]}`. {meaning}"

    def _wrong(self, check: Check, asked: Asked | None) -> list[Answer]:
        """Return the answers that made a check fail, beside what earlier mistakes explain."""
        right, _ = next(self._standards(), (reference_answer, None))
        wrong = []
        for calls, outcomes in asked.sequences if asked else ():
            for call, outcome in zip(calls, outcomes, strict=True):
                answer = Answer(self._student.name, call, outcome, right)
                try:
                    check.body(answer)
                except Failure:
                    wrong.append(answer)
                except Exception:  # noqa: S112  a mistake's answer may be of a kind the check never meets
                    continue
        return wrong


def _changed(base: Standard, changes: Sequence[Change], limits: Sequence[Covers]) -> Standard:
    def right(function: str, call: Call) -> Any:
        if not all(covers(call) for covers in limits):
            raise NotCovered(function)
        answer = base(function, call)
        for change in changes:
            answer = change(answer)
        return answer

    return right


def _covers(function: str, right: Standard, asked: Asked) -> bool:
    """Return whether the student's function is known to work for any of the calls."""

    def covered(call: Call) -> bool:
        try:
            right(function, call)
        except NoStandard as nothing:  # a mistake that refuses the call is a standard for refusing it
            return not isinstance(nothing, NotCovered)
        return True

    return not asked.sequences or any(covered(call) for calls, _ in asked.sequences for call in calls)


def _keeps_the_size(function: str, wrong: Standard, call: Call) -> bool:
    try:
        size: bool = np.shape(wrong(function, call)) == np.shape(reference_answer(function, call))
    except NoStandard:
        return False
    return size


def _responds(function: str, right: Standard, asked: Asked) -> bool:
    """Return whether the optional arguments of the calls make a difference by this standard.

    By the standard of somebody who ignores them, whatever is asked about them would be right.
    """
    calls = [call for calls, _ in asked.sequences for call in calls if len(_plain(call)) < len(call.all)]
    known = [differs for call in calls if (differs := _differs(function, right, call)) is not None]
    return not known or any(known)


def _uses(function: str, check: Check) -> set[frozenset[tuple[str, str]]]:
    """Return which optional arguments the killers of a check set together, and to what kind of value."""
    plain = signature(function).parameters
    return {
        frozenset(
            (name, type(value).__name__)
            for name, value in bound_arguments(function, call).items()
            if not isinstance(value, np.ndarray) and value != plain[name].default
        )
        for call in check.killers
    }


def _plain(call: Call) -> tuple[Any, ...]:
    return tuple(value for value in call.args if isinstance(value, np.ndarray))


def _differs(function: str, right: Standard, call: Call) -> bool | None:
    """Return whether the answer is another one without the optional arguments; None where there is none."""
    try:
        return not alike_in_value(right(function, call), right(function, Call(_plain(call))))
    except Exception:  # without them the call may be illegal
        return None


def _limit(asked: Asked, wrong: Sequence[Answer]) -> Fact | None:
    failed = {id(answer.call) for answer in wrong}
    every = [call for calls, _ in asked.sequences for call in calls]
    return limit(wrong, [call for call in every if id(call) not in failed])


def _corrected(function: str, asked: Asked, right: Standard, mend: Mend) -> Asked:
    """Return the answers with what is right taken out of what is around it."""

    def corrected(call: Call, outcome: Outcome) -> Outcome:
        got = as_array(outcome.value)
        if outcome.raised or got is None or got.ndim != 2:
            return outcome
        try:
            return replace(outcome, value=mend(got, right(function, call)))
        except NoStandard:
            return outcome

    sequences = [
        (calls, [corrected(call, outcome) for call, outcome in zip(calls, outcomes, strict=True)])
        for calls, outcomes in asked.sequences
    ]
    return replace(asked, sequences=sequences)


def _telling(asked: Asked, some: Sequence[Answered]) -> list[Answered]:
    """Return what is quick to ask again of every mistake in the bank.

    What everybody is asked comes first, the quickest first: its answers are remembered.
    """
    by_size = sorted((each for each in some if _size(each) <= SMALL), key=_size)
    quickest = [*by_size[: SEQUENCES_KEPT - 1], *by_size[SEQUENCES_KEPT - 1 :][-1:]]  # the largest tells, too
    own = {id(each) for each in asked.sequences[asked.fixed :]}
    return sorted(quickest, key=lambda each: id(each) in own)


def _vouched(function: str, asked: Asked) -> list[Answered]:
    """Return what was answered or refused rightly; a check may pass that looks at no value."""

    def right(call: Call, outcome: Outcome) -> bool:
        return bool(outcome.raised) or is_right(function, call, outcome)

    return [each for each in asked.everything if all(starmap(right, zip(*each, strict=True)))]


def _size(answered: Answered) -> int:
    """Return how much work it is to answer the calls again: the cells of all arguments."""
    return sum(getattr(argument, "size", 1) for call in answered[0] for argument in call.all)
