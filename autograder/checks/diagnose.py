"""Which mistake gives the answers a student's function gave to one check?

A name is given only when exactly one sentence is left: every wrong implementation that carries
another one differs from the student's function on some call of this check, or contradicts a check
that passed. Exceptions are no evidence: a mistake has to have returned a wrong value at least once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checks.answer import Standard, reference_answer
from autograder.checks.check import Answered
from autograder.checks.compare import alike
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, combined, misconceptions_of
from autograder.checks.values import as_array
from autograder.sandbox.call import Call, Outcome


class NoStandard(Exception):
    """A mistake answers a call with an exception, so nothing can be judged against it."""


def diagnose(
    function: str,
    failed: Sequence[Answered],
    passed: Sequence[Answered] = (),
    known: Sequence[Misconception] = (),
) -> Misconception | None:
    """Return the misconception whose answers equal the student's, beside those that are `known` already.

    `failed` is what the check asked, the most telling first, `passed` what those asked that passed.
    """
    evidence = sorted(failed, key=_size)
    fitting = [
        entry
        for entry in misconceptions_of(function)
        if entry not in known and explains([*known, entry], evidence) and explains([entry], passed)
    ]
    if not fitting or len({entry.sentence for entry in fitting}) > 1:
        return None
    return fitting[0] if _returned_something_wrong(function, failed) else None


def diagnose_value(function: str, value: Any) -> Misconception | None:
    """Return the misconception that is this value, for a name that is no function."""
    fitting = [entry for entry in misconceptions_of(function) if alike(entry.fresh(), value)]
    return fitting[0] if len({entry.sentence for entry in fitting}) == 1 else None


def explains(entries: Sequence[Misconception], answered: Sequence[Answered]) -> bool:
    """Return whether these mistakes together give the same answers to all the calls."""
    for calls, outcomes in answered:
        wrong = combined(entries)
        if wrong is None:
            return False
        answers = call_locally(wrong, calls)
        if not all(map(_same, answers, outcomes)):
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
        value = outcome.value
        return value if as_array(value) is None else as_array(value)

    return answer


def _same(answer: Outcome, outcome: Outcome) -> bool:
    return (
        answer.raised[:1] == outcome.raised[:1]
        and alike(answer.value, outcome.value)
        and all(map(alike, answer.after, outcome.after))
    )


def _returned_something_wrong(function: str, answered: Sequence[Answered]) -> bool:
    """Return whether some call came back with a value that is not right."""
    return any(
        not outcome.raised and not _is_right(function, call, outcome)
        for calls, outcomes in answered
        for call, outcome in zip(calls, outcomes, strict=True)
    )


def _is_right(function: str, call: Call, outcome: Outcome) -> bool:
    try:
        expected = reference_answer(function, call)
    except Exception:  # an illegal call: anything returned is wrong
        return False
    return (
        alike(expected, outcome.value) and not outcome.warnings and all(map(alike, call.all, outcome.after))
    )


def _size(answered: Answered) -> int:
    """Return how much work it is to answer the calls again; what is quick comes first."""
    return sum(getattr(argument, "size", 1) for call in answered[0] for argument in call.all)
