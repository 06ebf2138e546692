"""The checks of one function, one after the other: what each came to, and what is said of it.

A mistake costs its points once. When a check fails and what is behind it is known, the checks that
stand on it are judged against that mistake instead of the reference (error carried forward).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from autograder.checks import Answer, Check, exercise
from autograder.checks.answer import Standard, reference_answer
from autograder.checks.behaviour import behaviour
from autograder.checks.check import Answered, Asked, Student
from autograder.checks.crashes import crash, refusal
from autograder.checks.diagnose import diagnose, diagnose_value, explains, standard
from autograder.checks.facts import Fact, fact
from autograder.checks.failure import Failure
from autograder.checks.framed import Mend
from autograder.checks.mistakes import Mistakes
from autograder.checks.unused import never_used
from autograder.checks.works_only_for import limit
from autograder.judge import only_pairs
from autograder.judge.carried import (
    adds_something,
    as_if_untouched,
    changed,
    is_right_by,
    of_arguments,
    of_the_rest,
)
from autograder.judge.evidence import example, fault, noticed, off, other_examples, said_of, telling, vouched
from autograder.judge.known import Known, again, within
from autograder.judge.nearly import inside, near
from autograder.judge.verdict import CheckResult
from autograder.notebook import outputs

STANDARDS_TRIED = 12  # combinations of what is known, for one check


class Marking:
    """The checks of one function on their way to points."""

    def __init__(
        self,
        student: Student,
        blanks: Mapping[Check, CheckResult],
        run: Callable[[Check, Student], BaseException | None],
        code: Sequence[str] = (),
    ) -> None:
        self._student, self._blanks, self._run = student, blanks, run
        self._code = code  # lines of the student's cell
        self._results: dict[Check, CheckResult] = {}
        self._known: dict[Check, Known] = {}  # by the check that failed of it
        self._failures: dict[Check, tuple[Failure, Asked | None]] = {}
        self._passed: list[tuple[Check, Asked]] = []
        self._only_pairs: Check | None = None
        """The check that charges for it, where pairs are all that a function takes."""
        self._vouched: list[list[Answered]] = []  # of the first of them, which only a failure asks for
        self.status = "graded"
        """Of the cell: what its failures make of it when that is more than a wrong answer."""

    def results(self, lost: Callable[[CheckResult, BaseException], CheckResult]) -> tuple[CheckResult, ...]:
        """Run every check that can be tried; `lost` words what was raised and is no Failure."""
        for check in self._blanks:
            self._try(check, lost)
        if self._forgives_what_came_before():
            for check, result in self._results.items():
                if result.status == "skipped":
                    self._try(check, lost)
        return tuple(self._worded(check, result) for check, result in self._results.items())

    def _try(self, check: Check, lost: Callable[[CheckResult, BaseException], CheckResult]) -> None:
        """Run a check, if what it stands on is there."""
        student, blank = self._student, self._blanks[check]
        if basis := self._missing_basis(check):
            message = f"Not tried, because this failed: {basis.title}"
            self._results[check] = replace(blank, status="skipped", message=message)
            return
        student.passed = {each for each, found in self._results.items() if found.status == "passed"}
        student.asked = None
        raised = self._run(check, student)
        if raised is None:
            self._results[check] = replace(blank, status="passed", earned=blank.points)
            if student.asked:
                self._passed.append((check, student.asked))
        elif isinstance(raised, Failure):
            self._results[check] = self._failed(check, blank, raised, student.asked)
        else:
            self._results[check] = lost(blank, raised)

    @property
    def _right(self) -> list[Answered]:
        """What the checks that passed had asked, and was answered rightly."""
        name = self._student.name
        self._vouched += [
            telling(asked, vouched(name, asked)) for _, asked in self._passed[len(self._vouched) :]
        ]
        return [each for answered in self._vouched for each in answered]

    def _missing_basis(self, check: Check) -> Check | None:
        """Return the first check this one stands on that failed for an unknown reason."""
        for basis in check.after:
            carries = basis is self._only_pairs or (
                basis in self._known and self._known[basis].alternatives(check)
            )
            if self._results[basis].status != "passed" and not carries:
                return self._missing_basis(basis) or basis
        return None

    def _failed(self, check: Check, blank: CheckResult, failure: Failure, asked: Asked | None) -> CheckResult:
        known = None
        if asked and (paid := self._paid_for(check, asked)):
            left = ((basis, each.left_by(asked.sequences)) for basis, each in self._known.items())
            elsewhere, known = next((found for found in left if found[1].is_about(check)), (None, None))
            if not elsewhere:
                return blank.given([each.title for each in paid])
            del self._known[elsewhere]  # a mistake is paid for where it belongs
            self._give(elsewhere, [check])
        if asked and self._takes_only_pairs(check, asked):
            if self._only_pairs:
                return blank.given([self._only_pairs.title])
            self._only_pairs, known = check, Known(only_pairs.SENTENCE)
        name, standards = self._student.name, self._standards(check) if asked else ()
        found = (of_arguments(check, name, asked, right) for right, _ in standards if asked)
        argument_changed = next(filter(None, found), None)
        found = (of_the_rest(check, name, asked, right) for right, _ in self._standards(check) if asked)
        rest = argument_changed or next(filter(None, found), None)
        failure = rest or failure
        if status := failure.cell_status():
            self.status = status if self.status in ("graded", "raised") else self.status
        known = known or self._explained(check, failure, asked)
        if rest and known and known.repeats(self._known.values()):
            known = None
        named = known.mistakes[0] if known and known.mistakes else ()
        if asked and not rest:
            wrong = self._wrong(check, asked)
            failure = example(check, failure, asked, off(wrong) or wrong, named=named)
        if known:
            sentence = said_of(check, failure, named) if named else known.sentence
            self._known[check] = known = replace(known, sentence=sentence)
        self._failures[check] = failure, asked
        return replace(
            blank,
            message=outputs.clean(failure.message),
            counterexample=failure.counterexample,
            behaviour=behaviour(check, self._student.name, asked) if asked else "",
            others=tuple(other_examples(failure, named)),
        )

    def _takes_only_pairs(self, check: Check, asked: Asked) -> bool:
        """Return whether a check fails for plain numbers alone, and passes with pairs in their place."""
        expects = only_pairs.expects_pairs(self._student.name, self._wrong(check, asked), asked)
        return expects and self._run(check, only_pairs.AsPairs(self._student)) is None

    def _give(self, check: Check, paid: Sequence[Check]) -> None:
        """Give a check that failed of nothing but mistakes that others charge."""
        del self._failures[check]
        self._results[check] = self._blanks[check].given([each.title for each in paid])

    def _forgives_what_came_before(self) -> bool:
        """Give the checks that failed of what was known only later; return whether there are any."""
        before = len(self._failures)
        for check, (_, asked) in list(self._failures.items()):
            if asked and check not in self._known and (paid := self._paid_for(check, asked)):
                self._give(check, paid)
        return len(self._failures) < before

    def _paid_for(self, check: Check, asked: Asked) -> list[Check]:
        """Return the failed checks whose mistakes explain this failure, too: no more than it takes."""
        paid = [basis for basis, known in self._known.items() if known.alternatives(check)]
        if not self._explain(paid, check, asked):
            return []
        for basis in list(paid):
            if self._explain(rest := [each for each in paid if each is not basis], check, asked):
                paid = rest
        return paid

    def _explain(self, paid: Sequence[Check], check: Check, asked: Asked) -> bool:
        """Return whether the mistakes known of some checks make of this one what came."""
        name = self._student.name
        for right, mend in self._standards(check, paid):
            if is_right_by(check, name, asked, right, mend):
                return adds_something(check, name, asked, right)
        return False

    def _standards(
        self, check: Check, paid: Collection[Check] | None = None
    ) -> Iterator[tuple[Standard, Mend | None]]:
        """Yield what is right for somebody who makes the known mistakes, in each way they may be made.

        With it comes what finds that inside of what came, if there is something around it.
        """
        known = [each for basis, each in self._known.items() if paid is None or basis in paid]
        carried = [found for each in known if (found := each.alternatives(check))]
        for choice in islice(product(*carried), STANDARDS_TRIED) if carried else ():
            facts = [each for each in choice if isinstance(each, Fact)]
            named = [entry for each in choice if not isinstance(each, Fact) for entry in each]
            base = standard(tuple(dict.fromkeys(named))) if named else reference_answer
            if base is None:
                continue
            changes = [each.change for each in facts if each.change]
            limits = [each.covers for each in facts if each.covers]
            mend = next((each.mend for each in facts if each.mend), None)
            yield changed(base, changes, limits) if changes or limits else base, mend

    def _explained(self, check: Check, failure: Failure, asked: Asked | None) -> Known | None:
        """Return what is known about a failure: a mistake of the bank, else a fact."""
        name = self._student.name
        if asked and only_pairs.expects_pairs(name, self._wrong(check, asked), asked):
            return None  # what it makes of pairs is not known
        if failure.function != name:  # a wrong example of another function says what that should do
            found = diagnose(failure.function, [((failure.call,), (failure.outcome,))])
        elif check.is_about_a_value:
            found = diagnose_value(name, failure.outcome.value)
        else:
            found = self._diagnosed(check, asked) if asked and failure.expected_a_value else []
        wrong = self._wrong(check, asked)
        known_facts = asked and not exercise.is_own(name)  # they are about pictures and kernels
        said = (fact(wrong, asked.sequences) or self._limit(asked, wrong)) if asked and known_facts else None
        if found:
            return Known("", found, said)
        return Known(said.sentence, fact=said) if said else again(check, name, asked, self._known.values())

    def _diagnosed(self, check: Check, asked: Asked) -> list[Mistakes]:
        name, given, untouched = self._student.name, asked, as_if_untouched(asked)
        if self._wrong(check, untouched):  # changed arguments are not what is wrong
            asked = untouched
        asked = within(asked, self._known.values())
        wrong = {id(answer.call) for answer in self._wrong(check, asked)}
        failed = [each for each in asked.sequences if any(id(call) in wrong for call in each[0])]
        quick = telling(asked, failed)
        evidence = [*quick, *telling(asked, asked.sequences)]

        def notices(mistakes: Mistakes) -> bool:
            return any(id(call) in wrong for call in noticed(check, name, quick, mistakes))

        about = "" if check.after else check.id
        found = diagnose(name, evidence, self._right, pairs_about=about, notices=notices)
        known = tuple(entry for each in self._known.values() if each.mistakes for entry in each.mistakes[0])
        is_said = found and found[0][0].sentence in {entry.sentence for entry in known}
        if known and (is_said or not found):
            found = diagnose(name, evidence, self._right, known, notices=notices) or found
        of_changes = of_arguments(check, name, given, reference_answer)
        if found or of_changes or not self._wrong(check, untouched):
            return found
        facts = [each.fact for each in self._known.values() if each.fact]
        return inside(check, name, asked, facts) or near(check, name, asked, known)

    def _holds(self, mistakes: Mistakes) -> bool:
        """Return whether no check that passed speaks against mistakes, exactly or as nearly as it asks."""
        name, right = self._student.name, standard(mistakes)
        return explains(mistakes, self._right) or bool(
            right and all(is_right_by(check, name, asked, right) for check, asked in self._passed)
        )

    def _limit(self, asked: Asked, wrong: Sequence[Answer]) -> Fact | None:
        """Return the kind of call the function works for, judging by this check and those that passed."""
        failed = {id(answer.call) for answer in wrong}
        answered = [each for row in (*asked.sequences, *self._right) for each in zip(*row, strict=True)]
        right = [call for call, its in answered if id(call) not in failed and not its.raised]
        return limit(wrong, right)

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
            and not any(map(self._holds, known.mistakes))
        ):
            known = None  # a check that passed later speaks against it
        said = known.sentence if known else ""
        if failure.outcome.raised and failure.expected_a_value:
            came = crash(failure, self._code) or ("" if said else refusal(failure, self._code))
            said = f"{said} {came}".strip()
        elif failure.function == self._student.name and not (known and known.mistakes):
            said = f"{said} {never_used(failure.function, failure.call, self._code)}".strip()
        ended = result.message if result.message.endswith(("?", ".")) else f"{result.message}."
        message = f"{ended} {said}" if said else result.message
        return replace(result, message=outputs.clean(message), misconception=known.id if known else None)

    def _wrong(self, check: Check, asked: Asked | None) -> list[Answer]:
        """Return the answers that made a check fail, beside what earlier mistakes explain."""
        right, _ = next(self._standards(check), (reference_answer, None))
        wrong = []
        for calls, outcomes in asked.sequences if asked else ():
            for call, outcome in zip(calls, outcomes, strict=True):
                answer = Answer(self._student.name, call, outcome, right)
                if fault(check, answer):
                    wrong.append(answer)
        return wrong
