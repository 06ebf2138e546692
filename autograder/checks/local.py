"""Functions of our own, called here: the reference and wrong implementations need no sandbox."""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.kinds import Other, lay_out, layout
from autograder.sandbox.inside.probe import is_given
from autograder.sandbox.inside.tables import CannotTravel, closed, opened, throughout, within
from autograder.sandbox.inside.wire import travelled


def call_locally(function: Callable[..., Any], calls: Sequence[Call]) -> list[Outcome]:
    """Call a function of our own in this process, and report as a kernel would."""
    results = []
    for call in calls:
        args = tuple(copied(value) for value in call.args)
        named = {name: copied(value) for name, value in call.named.items()}
        raised: tuple[str, ...] = ()
        value, text = None, ""
        printed = io.StringIO()
        with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
            warnings.simplefilter("always")
            try:
                value = function(*args, **named)
            except Exception as fault:  # a wrong implementation may raise anything
                raised = tuple(kind.__name__ for kind in type(fault).__mro__ if kind is not object)
                text = str(fault)
        said = tuple(f"{warning.category.__name__}: {warning.message}" for warning in caught)
        after = (*args, *named.values())
        results.append((value, raised, text, said, after, printed.getvalue()))
    # values are looked at after the last call, so that a reused buffer shows
    return [
        Outcome(
            value=_seen(value),
            raised=raised,
            text=text,
            warnings=said,
            after=_left(after),
            printed=printed,
            given=is_given(value, after),
        )
        for value, raised, text, said, after, printed in results
    ]


def copied(value: Any) -> Any:
    """Return a copy of an argument, an array in the same layout, a table as pandas has it."""
    if type(value) is np.ndarray:
        return lay_out(value, layout(value))
    if within(value):
        return throughout(opened, value)
    try:
        return copy.deepcopy(value)
    except TypeError:  # such as a generator, which cannot travel either
        return value


def _seen(value: Any) -> Any:
    """Return a value as a judge would see it, if it can travel."""
    if type(value) is np.ndarray and value.dtype == object:
        return Other(f"array of dtype {value.dtype}")
    if type(value) is np.ndarray or value is None or isinstance(value, int | float):
        return copied(value)
    try:
        return travelled(value)
    except CannotTravel:
        return value


def _left(after: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return arguments as a judge would see them after a call, tables as plain values."""
    try:
        left: tuple[Any, ...] = throughout(closed, after)
    except CannotTravel:
        return after
    return left
