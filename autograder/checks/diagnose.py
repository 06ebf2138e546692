"""Which mistake gives the answers a student's function gave to one check?

A name is given only when exactly one sentence is left: every wrong implementation that carries
another one differs from the student's function on some call of this check, or contradicts a check
that passed. Exceptions are no evidence, for or against, and neither is the number type: a mistake has
to have returned the student's wrong values at least once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from autograder.checks.answer import NoStandard, Standard, reference_answer
from autograder.checks.check import Answered
from autograder.checks.compare import alike, alike_in_value
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, combined, misconceptions_of
from autograder.checks.values import as_array
from autograder.sandbox.call import Call, Outcome

Mistakes = tuple[Misconception, ...]
"""One mistake, or several that are made together."""


def diagnose(
    function: str,
    failed: Sequence[Answered],
    passed: Sequence[Answered] = (),
    known: Mistakes = (),
    *,
    pairs_about: str = "",
) -> list[Mistakes]:
    """Return the mistakes whose answers equal the student's, beside those that are `known` already.

    They are alternatives only when they are said in the same words. `failed` is what the check asked,
    the wrong answers first, `passed` what those asked that passed. Two mistakes
    about the aspect `pairs_about` are tried together where none alone explains the answers.
    """
    bank = [entry for entry in misconceptions_of(function) if entry not in known]
    fitting = _fitting(function, [(entry,) for entry in bank], failed, passed, known)
    if not fitting and pairs_about:
        basis = [entry for entry in bank if entry.carries and entry.parts and entry.aspect == pairs_about]
        fitting = _fitting(function, combinations(basis, 2), failed, passed, known)
    return fitting if len({_sentences(mistakes) for mistakes in fitting}) == 1 else []


def diagnose_value(function: str, value: Any) -> list[Mistakes]:
    """Return the mistakes that are this value, for a name that is no function."""
    fitting: list[Mistakes] = [
        (entry,) for entry in misconceptions_of(function) if alike(entry.fresh(), value)
    ]
    return fitting if len({_sentences(mistakes) for mistakes in fitting}) == 1 else []


def _fitting(
    function: str,
    candidates: Iterable[Mistakes],
    failed: Sequence[Answered],
    passed: Sequence[Answered],
    known: Mistakes,
) -> list[Mistakes]:
    wrong = sum(_returned_something_wrong(function, each) for each in failed)
    if not wrong:
        return []
    # the wrong ones first, and of those the smallest: most candidates are refuted by one call
    order = sorted(failed, key=lambda each: (not _returned_something_wrong(function, each), _size(each)))
    return [
        mistakes
        for mistakes in candidates
        if _gives_half((*known, *mistakes), order[:wrong])
        and explains((*known, *mistakes), order[wrong:])
        and explains(mistakes, passed)
    ]


def _gives_half(mistakes: Mistakes, wrong: Sequence[Answered]) -> bool:
    """Return whether these mistakes give at least half of the wrong answers and contradict none."""
    missed = 0
    for calls, outcomes in wrong:
        function = combined(mistakes)
        answers = call_locally(function, calls) if function else []
        pairs = list(zip(answers, outcomes, strict=bool(function)))
        if not function or not all(_no_contradiction(answer, outcome) for answer, outcome in pairs):
            return False
        missed += any(answer.raised or outcome.raised for answer, outcome in pairs)
        if 2 * missed > len(wrong):
            return False
    return True


def _size(answered: Answered) -> int:
    return sum(np.size(argument) for call in answered[0] for argument in call.all)


def _sentences(mistakes: Mistakes) -> frozenset[str]:
    return frozenset(entry.sentence for entry in mistakes)


def explains(entries: Sequence[Misconception], answered: Sequence[Answered]) -> bool:
    """Return whether these mistakes together contradict none of the answers."""
    for calls, outcomes in answered:
        wrong = combined(entries)
        if wrong is None or not all(map(_no_contradiction, call_locally(wrong, calls), outcomes)):
            return False
    return True


def standard(entries: Sequence[Misconception]) -> Standard:
    """Return what is right for somebody who makes these mistakes: what they answer."""

    def answer(function: str, call: Call) -> Any:
        wrong = combined(entries)
        if wrong is None:
            raise NoStandard(function)
        (outcome,) = call_locally(wrong, [call])
        if outcome.raised:
            raise NoStandard(outcome.text)
        found = as_array(outcome.value) if isinstance(outcome.value, list) else None
        return outcome.value if found is None or found.ndim != 2 else found

    return answer


def _no_contradiction(answer: Outcome, outcome: Outcome) -> bool:
    """Return whether a mistake's answer and the student's are the same, as far as both returned."""
    if answer.raised:
        return True
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
