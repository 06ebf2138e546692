"""An argument that makes no difference to the results, where it should."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from autograder.checks.answer import reference_answer
from autograder.checks.call_text import bound_arguments, signature
from autograder.checks.check import Answered
from autograder.checks.compare import alike_in_value
from autograder.checks.facts import Fact
from autograder.checks.values import as_array
from autograder.sandbox.call import Call, Outcome

LEAST = 3  # calls that differ in the argument alone


def never_read(function: str, rows: Sequence[Answered]) -> Fact | None:
    """Return which argument makes no difference, judging by all calls that differ in it alone.

    Each of them has another right answer, and all that are alike but for the argument got the same one.
    """
    defaults = {name: each.default for name, each in signature(function).parameters.items()}
    answered = [each for calls, outcomes in rows for each in zip(calls, outcomes, strict=True)]
    arguments = [defaults | bound_arguments(function, call) for call, _ in answered]
    names = [name for name in defaults if not any(_is_array(given[name]) for given in arguments)]
    for name in names:
        groups: dict[Any, list[tuple[Call, Outcome]]] = {}
        for given, found in zip(arguments, answered, strict=True):
            rest = {other: value for other, value in given.items() if other != name}
            groups.setdefault(Call((), rest).key(), []).append(found)
        told = [group for each in groups.values() if len(group := _told_apart(function, each)) > 1]
        if max(map(len, told), default=0) >= LEAST and all(map(_all_alike, told)):
            return Fact(f"Your result is the same whatever `{name}` is; it has to depend on it.")
    return None


def _told_apart(function: str, answered: Iterable[tuple[Call, Outcome]]) -> list[Outcome]:
    """Return the outcomes of calls of which no two have the same right answer."""
    found: list[tuple[Any, Outcome]] = []
    for call, outcome in answered:
        right = _right(function, call)
        if right is not None and not any(alike_in_value(right, other) for other, _ in found):
            found.append((right, outcome))
    return [outcome for _, outcome in found]


def _right(function: str, call: Call) -> Any:
    try:
        return reference_answer(function, call)
    except Exception:  # an illegal call has no right answer
        return None


def _all_alike(outcomes: Sequence[Outcome]) -> bool:
    return all(
        _is_something(one) and not other.raised and alike_in_value(one.value, other.value)
        for one, other in combinations(outcomes, 2)
    )


def _is_something(outcome: Outcome) -> bool:
    number = isinstance(outcome.value, int | float | np.number)
    found = as_array([outcome.value] if number else outcome.value)
    return not outcome.raised and found is not None and found.size > 0 and found.dtype.kind in "biuf"


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)
