"""What is right for somebody whose mistake is known, and which checks that can decide."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks import Call, Check
from autograder.checks.answer import NoStandard, NoSubstance, NotCovered, Standard, reference_answer
from autograder.checks.call_text import bound_arguments, signature
from autograder.checks.check import Asked
from autograder.checks.compare import alike_in_value
from autograder.checks.facts import Change, Covers
from autograder.checks.failure import Failure
from autograder.checks.framed import Mend
from autograder.checks.values import as_array, is_empty
from autograder.sandbox.call import Outcome


def changed(base: Standard, changes: Sequence[Change], limits: Sequence[Covers]) -> Standard:
    """Return what is right with all these changes, for the calls that the limits leave."""

    def right(function: str, call: Call) -> Any:
        if not all(limit(call) for limit in limits):
            raise NotCovered(function)
        answer = base(function, call)
        for change in changes:
            answer = change(answer)
        if is_empty(answer):
            raise NoStandard(function)
        return answer

    return right


def covers(function: str, right: Standard, asked: Asked) -> bool:
    """Return whether the student's function is known to work for any of the calls."""

    def covered(call: Call) -> bool:
        try:
            right(function, call)
        except NoStandard as nothing:  # a mistake that refuses the call is a standard for refusing it
            return not isinstance(nothing, NotCovered | NoSubstance)
        return True

    return not asked.sequences or any(covered(call) for calls, _ in asked.sequences for call in calls)


def keeps_the_size(function: str, wrong: Standard, call: Call) -> bool:
    """Return whether a mistake's answer to a call is as large as the right one."""
    try:
        size: bool = np.shape(wrong(function, call)) == np.shape(reference_answer(function, call))
    except NoStandard:
        return False
    return size


def responds(function: str, right: Standard, asked: Asked) -> bool:
    """Return whether the optional arguments of the calls make a difference by this standard.

    By the standard of somebody who ignores them, whatever is asked about them would be right.
    """
    calls = [call for calls, _ in asked.sequences for call in calls if len(_plain(call)) < len(call.all)]
    known = [differs for call in calls if (differs := _differs(function, right, call)) is not None]
    return not known or any(known)


def uses(function: str, check: Check) -> set[frozenset[tuple[str, str]]]:
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
    """Return whether the answer is another one, or none, without the optional arguments; None without one."""
    plain = Call(_plain(call))
    try:
        answer, _ = right(function, call), reference_answer(function, plain)
    except Exception:  # without them the call may be illegal
        return None
    try:
        return not alike_in_value(answer, right(function, plain))
    except Exception:  # a mistake may refuse what is legal, in any way
        return True


def as_if_untouched(asked: Asked) -> Asked:
    """Return the answers as if no call had changed its arguments, which is a mistake of its own."""
    sequences = [
        (calls, [replace(outcome, after=call.all) for call, outcome in zip(calls, outcomes, strict=True)])
        for calls, outcomes in asked.sequences
    ]
    return replace(asked, sequences=sequences)


def of_zeros(asked: Asked) -> Asked:
    """Return the answers with zeros in place of their numbers, to see whether a standard tells them apart."""

    def zeros(outcome: Outcome) -> Outcome:
        value = outcome.value
        if isinstance(value, list) and all(isinstance(frame, np.ndarray) for frame in value):
            return replace(outcome, value=list(map(_zeros, value)))
        found = as_array(value)
        return outcome if found is None else replace(outcome, value=_zeros(found))

    sequences = [(calls, list(map(zeros, outcomes))) for calls, outcomes in asked.sequences]
    return replace(asked, sequences=sequences)


def _zeros(like: np.ndarray) -> np.ndarray:
    """Return zeros that take no memory: a student's arrays may be large, and are many."""
    return np.broadcast_to(np.zeros((), like.dtype), like.shape)


def is_right_by(check: Check, function: str, asked: Asked, right: Standard, mend: Mend | None = None) -> bool:
    """Return whether the answers pass a check by another standard, which covers some of its calls."""
    try:
        answers = corrected(function, asked, right, mend) if mend else asked
        return check.first_failure(function, answers, right) is None and covers(function, right, asked)
    except Exception:  # a mistake's answer may be of a kind the check never meets
        return False


def gives_nearly(check: Check, function: str, asked: Asked, base: Standard, right: Standard) -> bool:
    """Return whether a standard gives what came as nearly as the check asks, and `base` gives other values.

    Zeros, and other types of the same values, tell nothing.
    """
    if not is_right_by(check, function, asked, right) or is_right_by(check, function, of_zeros(asked), right):
        return False
    for call in (call for calls, _ in asked.sequences for call in calls):
        with suppress(NoStandard):
            if not alike_in_value(base(function, call), right(function, call)):
                return True
    return False


def adds_something(check: Check, function: str, asked: Asked, right: Standard) -> bool:
    """Return whether what a check adds to those it stands on makes a difference by this standard."""
    without = {frozenset[tuple[str, str]]()}
    new = uses(function, check).difference(without, *(uses(function, basis) for basis in check.after))
    return not new or responds(function, right, asked)


def of_the_rest(check: Check, function: str, asked: Asked, right: Standard) -> Failure | None:
    """Return the failure that is left if all values are right by this standard: of the type, of refusals."""
    with suppress(Exception):  # a mistake's answer may be of a kind the check never meets
        for calls, outcomes in asked.sequences:
            if not all(_is_alike(right, function, *answer) for answer in zip(calls, outcomes, strict=True)):
                return None
        found = check.first_failure(function, asked, right)
        if found and found.expected_a_value:
            expected = reference_answer(function, found.call)
            return Failure(found.message, function, found.call, found.outcome, expected=expected)
        return found
    return None


def _is_alike(right: Standard, function: str, call: Call, outcome: Outcome) -> bool:
    try:
        expected = right(function, call)
    except NoStandard:
        return bool(outcome.raised) or is_empty(outcome.value)
    return not outcome.raised and alike_in_value(expected, outcome.value)


def of_arguments(check: Check, function: str, asked: Asked, right: Standard) -> Failure | None:
    """Return the failure of a changed argument, if it comes first by this standard."""
    with suppress(Exception):  # a mistake's answer may be of a kind the check never meets
        found, others = (
            check.first_failure(function, each, right) for each in (asked, as_if_untouched(asked))
        )
        if found and (others is None or others.message != found.message):
            return found
    return None


def corrected(function: str, asked: Asked, right: Standard, mend: Mend) -> Asked:
    """Return the answers with what is right taken out of what is around it."""

    def taken_out(call: Call, outcome: Outcome) -> Outcome:
        got = as_array(outcome.value)
        if outcome.raised or got is None or got.ndim != 2:
            return outcome
        try:
            return replace(outcome, value=mend(got, right(function, call)))
        except NoStandard:
            return outcome

    sequences = [
        (calls, [taken_out(call, outcome) for call, outcome in zip(calls, outcomes, strict=True)])
        for calls, outcomes in asked.sequences
    ]
    return replace(asked, sequences=sequences)
