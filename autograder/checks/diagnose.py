"""Which mistake gives the answers a student's function gave to one check?

A name is given only when exactly one sentence is left: every wrong implementation that carries
another one differs from the student's function on some call of this check, or contradicts a check
that passed. Exceptions are no evidence, for or against, and neither is the number type: a mistake has
to have returned the student's wrong values at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, compress
from operator import not_
from typing import Any

from autograder.checks.answer import NoStandard, NoSubstance, Standard, reference_answer
from autograder.checks.check import Answered
from autograder.checks.compare import alike, alike_in_value
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, Mistakes, combined, misconceptions_of
from autograder.checks.recall import Recall, question
from autograder.checks.values import as_array, is_empty
from autograder.sandbox.call import Call, Outcome

RECALL = Recall()  # of this process, which judges one student after the other


def diagnose(
    function: str,
    failed: Sequence[Answered],
    passed: Sequence[Answered] = (),
    known: Mistakes = (),
    *,
    pairs_about: str = "",
    notices: Callable[[Mistakes], bool] = lambda _: True,
) -> list[Mistakes]:
    """Return the mistakes whose answers equal the student's, beside those that are `known` already.

    They are alternatives only when they are said in the same words. `failed` is what the check asked,
    `passed` what those asked that passed; the first wrong answer refutes most mistakes, so it had better
    be to small calls, and the same ones for every student. Two mistakes about the aspect `pairs_about`
    are tried together where none alone explains the answers. The check `notices` those that it fails for.
    """
    is_wrong = [_returned_something_wrong(function, each) for each in failed]
    if not any(is_wrong):
        return []
    asked = list(map(_evidence, failed))
    wrong, rest = list(compress(asked, is_wrong)), list(compress(asked, map(not_, is_wrong)))
    right = list(map(_evidence, passed))
    bank = [entry for entry in misconceptions_of(function) if entry not in known]
    fitting = _fitting([(entry,) for entry in bank], wrong, rest, right, known, notices=notices)
    if not fitting and pairs_about:
        about = [entry for entry in bank if entry.aspect == pairs_about]
        basis = [entry for entry in about if entry.parts and entry.carries_to(pairs_about)]
        fitting = _fitting(combinations(basis, 2), wrong, rest, right, known, notices=notices)
    return fitting if len({_sentences(mistakes) for mistakes in fitting}) == 1 else []


def diagnose_value(function: str, value: Any) -> list[Mistakes]:
    """Return the mistakes that are this value, for a name that is no function."""
    fitting: list[Mistakes] = [
        (entry,) for entry in misconceptions_of(function) if alike(entry.fresh(), value)
    ]
    return fitting if len({_sentences(mistakes) for mistakes in fitting}) == 1 else []


@dataclass(frozen=True)
class _Evidence:
    """Calls made in a row, what the student answered, and the key of the calls."""

    calls: Sequence[Call]
    outcomes: Sequence[Outcome]
    question: bytes


def _evidence(answered: Answered) -> _Evidence:
    return _Evidence(*answered, question(answered[0]))


def _fitting(
    candidates: Iterable[Mistakes],
    wrong: Sequence[_Evidence],
    rest: Sequence[_Evidence],
    passed: Sequence[_Evidence],
    known: Mistakes,
    *,
    notices: Callable[[Mistakes], bool],
) -> list[Mistakes]:
    """Return the mistakes that fit; those that have an answer where the student has one, if any do."""
    fitting: list[Mistakes] = []
    answering: list[Mistakes] = []
    for mistakes in candidates:
        together = (*known, *mistakes)
        if (
            not _contradicts(together, wrong[:1])  # refutes most of them
            and not _contradicts(mistakes, passed)
            and _gives_half(together, wrong)
            and not _contradicts(together, rest)
            and not (known and not _shows(mistakes, known, wrong))
            and not (len(mistakes) > 1 and _raises_alone(mistakes, [*wrong, *rest]))
            and notices(mistakes)
        ):
            fitting.append(mistakes)
            if not (_raises_alone(together, wrong) or _returns_alone(together, [*wrong, *rest])):
                answering.append(mistakes)
                if _sentences(mistakes) != _sentences(answering[0]):
                    break  # two sentences are no name, whatever else fits
    return answering or fitting


def _contradicts(mistakes: Mistakes, evidence: Iterable[_Evidence]) -> bool:
    """Return whether these mistakes cannot be made together, or answer otherwise than the student."""
    for each in evidence:
        answers = RECALL.answers(mistakes, each.calls, each.question)
        if answers is None or not all(map(_no_contradiction, answers, each.outcomes)):
            return True
    return False


def _gives_half(mistakes: Mistakes, wrong: Sequence[_Evidence]) -> bool:
    """Return whether these mistakes give at least half of the wrong answers and contradict none.

    Where both raise the same, that is no answer, and counts neither way as long as two others agree.
    """
    missed = given = 0
    for each in wrong:
        if _contradicts(mistakes, [each]):
            return False
        answers = RECALL.answers(mistakes, each.calls, each.question) or ()
        pairs = list(zip(answers, each.outcomes, strict=True))
        given += not any(one.raised or other.raised for one, other in pairs)
        missed += any(one.raised[:1] != other.raised[:1] for one, other in pairs)
    return missed <= given and (given > 1 or 2 * given >= len(wrong))


def _raises_alone(mistakes: Mistakes, evidence: Iterable[_Evidence]) -> bool:
    """Return whether these mistakes have no answer where the student has one."""
    return any(one.raised and not other.raised for one, other in _beside(mistakes, evidence))


def _returns_alone(mistakes: Mistakes, evidence: Iterable[_Evidence]) -> bool:
    """Return whether these mistakes have an answer, if an empty one, where the student has none."""
    return any(other.raised and not one.raised for one, other in _beside(mistakes, evidence))


def _beside(mistakes: Mistakes, evidence: Iterable[_Evidence]) -> Iterator[tuple[Outcome, Outcome]]:
    """Yield what these mistakes answer, each beside the student's own answer."""
    for each in evidence:
        answers = RECALL.answers(mistakes, each.calls, each.question) or ()
        yield from zip(answers, each.outcomes, strict=False)


def _shows(mistakes: Mistakes, known: Mistakes, wrong: Iterable[_Evidence]) -> bool:
    """Return whether a value or a warning came that the known mistakes do not give without these."""
    for each in wrong:
        with_them = RECALL.answers((*known, *mistakes), each.calls, each.question) or ()
        without = RECALL.answers(known, each.calls, each.question) or ()
        for one, other, outcome in zip(with_them, without, each.outcomes, strict=False):
            if not (one.raised or outcome.raised) and (other.raised or not _same(other, outcome)):
                return True
            if outcome.warnings and one.warnings and not other.warnings:
                return True
    return False


def _sentences(mistakes: Mistakes) -> frozenset[str]:
    return frozenset(entry.sentence for entry in mistakes)


def explains(entries: Sequence[Misconception], answered: Sequence[Answered]) -> bool:
    """Return whether these mistakes together contradict none of the answers."""
    return not _contradicts(tuple(entries), map(_evidence, answered))


def standard(entries: Sequence[Misconception]) -> Standard | None:
    """Return what is right for somebody who makes these mistakes: what they answer.

    None when it is not known what they come to together.
    """
    if combined(entries, nested=True) is None:
        return None

    def answer(function: str, call: Call) -> Any:
        wrong = combined(entries, nested=True)  # afresh, because it may remember
        if wrong is None:
            raise NoStandard(function)
        (outcome,) = call_locally(wrong, [call])
        if outcome.raised:
            raise NoStandard(outcome.text)
        if is_empty(outcome.value):
            raise NoSubstance(function)
        found = as_array(outcome.value) if isinstance(outcome.value, list) else None
        return outcome.value if found is None or found.ndim != 2 else found

    return answer


def _no_contradiction(answer: Outcome, outcome: Outcome) -> bool:
    """Return whether a mistake's answer and the student's are the same, as far as both returned.

    To return nothing, in an array or list of any shape, or to fail for that reason, is the same.
    """
    if answer.raised:
        return True
    if is_empty(answer.value):
        return bool(outcome.raised) or is_empty(outcome.value)
    return not outcome.raised and _same(answer, outcome)


def _same(answer: Outcome, outcome: Outcome) -> bool:
    return alike_in_value(answer.value, outcome.value) and all(map(alike, answer.after, outcome.after))


def _returned_something_wrong(function: str, answered: Answered) -> bool:
    """Return whether one of the calls came back with a value that is not right."""
    return any(
        not (outcome.raised or is_right(function, call, outcome))
        for call, outcome in zip(*answered, strict=True)
    )


def is_right(function: str, call: Call, outcome: Outcome) -> bool:
    """Return whether a call was answered as the reference answers, in value, warnings and arguments."""
    try:
        expected = reference_answer(function, call)
    except Exception:  # an illegal call: anything returned is wrong
        return False
    untouched = all(map(alike, call.all, outcome.after))
    return alike_in_value(expected, outcome.value) and not outcome.warnings and untouched
