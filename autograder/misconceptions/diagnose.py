"""Which single misconception gives the answers a student's function gave?

A name is given only when exactly one sentence is left: every wrong implementation that carries
another one differs from the student's function on at least one call. Otherwise nothing is said.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.misconceptions.bank import Misconception, of
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import Other, lay_out, layout

Evidence = Sequence[tuple[Sequence[Call], Sequence[Outcome]]]
"""Series of calls in a row, and what came of them; the one that failed first."""

NEAR = 1e-9


def diagnose(function: str, evidence: Evidence) -> Misconception | None:
    """The misconception whose answers equal the student's on all of `evidence`, if there is one alone."""
    fitting = of(function)
    for calls, outcomes in evidence:
        fitting = [entry for entry in fitting if _answers_alike(entry, calls, outcomes)]
        if not fitting:
            return None
    return fitting[0] if len({entry.sentence for entry in fitting}) == 1 else None


def diagnose_value(function: str, value: Any) -> Misconception | None:
    """The same for a value that is no function."""
    fitting = [entry for entry in of(function) if _alike(entry.fresh(), value)]
    return fitting[0] if fitting and len({entry.sentence for entry in fitting}) == 1 else None


def local(function: Callable[..., Any], calls: Sequence[Call]) -> list[Outcome]:
    """What comes of calls to a function of our own, in this process, as a kernel would report it."""
    results = []
    for call in calls:
        args = tuple(_copy(value) for value in call.args)
        named = {name: _copy(value) for name, value in call.named.items()}
        raised: tuple[str, ...] = ()
        value, text = None, ""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = function(*args, **named)
            except Exception as fault:  # a wrong implementation may raise anything
                raised = tuple(kind.__name__ for kind in type(fault).__mro__ if kind is not object)
                text = str(fault)
        said = tuple(f"{warning.category.__name__}: {warning.message}" for warning in caught)
        results.append((value, raised, text, said, (*args, *named.values())))
    # values are looked at after the last call, so that a reused buffer shows
    return [
        Outcome(value=_copy(value), raised=raised, text=text, warnings=said, after=after)
        for value, raised, text, said, after in results
    ]


def _answers_alike(entry: Misconception, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> bool:
    answers = local(entry.fresh(), calls)
    return all(
        answer.raised[:1] == outcome.raised[:1]
        and _alike(answer.value, outcome.value)
        and all(map(_alike, answer.after, outcome.after))
        for answer, outcome in zip(answers, outcomes, strict=True)
    )


def _alike(one: Any, other: Any) -> bool:
    """Equal, up to rounding; an array and a list of the same numbers are not."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if one.shape != other.shape or one.dtype != other.dtype:
            return False
        if one.dtype.kind not in "fc":
            return bool((one == other).all())
        scale = np.abs(one[np.isfinite(one)]).max(initial=1.0)
        with np.errstate(invalid="ignore"):
            near = (np.abs(one - other) <= NEAR * scale) | (one == other) | (np.isnan(one) & np.isnan(other))
        return bool(near.all())
    if isinstance(one, list | tuple) and type(one) is type(other):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Other) or isinstance(other, Other):
        return _type_name(one) == _type_name(other)
    if _whole(one) and _whole(other):
        return int(one) == int(other)
    if type(one) is not type(other):
        return False
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124  NaN equals NaN here


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _type_name(value: Any) -> str:
    if isinstance(value, Other):
        return value.type_name
    module, name = type(value).__module__, type(value).__qualname__
    return name if module == "builtins" else f"{module}.{name}"


def _copy(value: Any) -> Any:
    return lay_out(value, layout(value)) if type(value) is np.ndarray else value
