"""Functions of whoever knows this repository and does not implement: what they earn.

Each makes an answer of the reference's for the calls it covers and none for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from local_student import checks, drawn, marked

import reference
from autograder.checks import Call, Check
from autograder.checks.call_text import bound_arguments, parsed

Cheat = Callable[..., Any]
Covers = Callable[[Call], bool]
SMALL, LITTLE = 9, 3  # sides of arrays, lengths and sizes; strides, paddings, dilations
LENGTHS = ("n", "k", "size")


def only(function: str, covers: Covers) -> Cheat:
    """Make a function that is right for some calls and returns nothing for the others."""

    def cheat(*args: Any, **named: Any) -> Any:
        call = Call(args, named)
        return getattr(reference, function)(*args, **named) if covers(call) else None

    return cheat


def published(function: str) -> set[bytes]:
    """Return the keys of all fixed inputs in the hidden tests."""
    return {key(function, call) for check in checks(function) for call in _fixed(check)}


def harvest(function: str, seeds: range) -> set[bytes]:
    """Return the keys of what the strategies of the hidden tests draw, for some seeds of one's own."""
    return published(function) | {
        key(function, call)
        for check in checks(function)
        if check.cases is not None
        for seed in seeds
        for case in drawn(check, seed, 60)
        for call in check.sequence(case)
    }


def table(function: str, keys: set[bytes]) -> Cheat:
    """Make a table of answers."""
    return only(function, lambda call: key(function, call) in keys)


def small(function: str) -> Cheat:
    """Return what is right up to 9 by 9, with strides, paddings and the like up to 3."""
    return only(
        function,
        lambda call: all(map(_is_small, *zip(*bound_arguments(function, call).items(), strict=True))),
    )


def without(function: str, dtype: str) -> Cheat:
    """Return what is right for all number types but one."""
    return only(function, lambda call: all(getattr(value, "dtype", None) != dtype for value in call.all))


def in_rounds(function: str, rounds: int, number: int) -> Cheat:
    """Make a table of the published inputs and of all that cards have shown in some rounds of handing in."""
    keys = published(function)
    for _ in range(rounds):
        known = table(function, keys)
        shown = [result.counterexample for result in marked(function, lambda known=known: known, number)]
        keys = keys | {key(function, parsed(example.python)) for example in shown if example}
    return table(function, keys)


def share(function: str, cheat: Cheat, number: int) -> float:
    """Return the share of a function's points that a cheat earns, for one student's seed.

    What is refused is left out: whoever lists illegal calls refuses them, which has a price of its own.
    """
    results = marked(function, lambda: cheat, number)
    earned = sum(result.earned for result in results if result.id != "illegal")
    return earned / sum(result.points for result in results)


def key(function: str, call: Call) -> bytes:
    """Return a key, equal for calls that mean the same, whatever is named and how arrays lie in memory."""
    given = bound_arguments(function, call)
    parts = (f"{name}={_text(value)}" for name, value in sorted(given.items()))
    return "; ".join(parts).encode()


def _text(value: Any) -> str:
    return f"{value.dtype}{value.tolist()}" if isinstance(value, np.ndarray) else repr(value)


def _fixed(check: Check) -> Iterator[Call]:
    yield from check.illegal.values()
    for more in check.more_illegal.values():
        yield from more.values()
    for case in [*check.killers, *(each for more in check.more_killers.values() for each in more)]:
        yield from check.sequence(case)


def _is_small(name: str, value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return max(value.shape, default=0) <= SMALL
    most = SMALL if name in LENGTHS else LITTLE
    parts = value if isinstance(value, tuple | list) else (value,)
    return all(isinstance(part, str) or part <= most for part in parts)
