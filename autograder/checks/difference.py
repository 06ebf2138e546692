"""Where two values differ, in words: the first place at which they do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from autograder.checks import tables
from autograder.checks.values import kind_in_words, literal
from autograder.sandbox.inside.kinds import Instance, Other
from autograder.sandbox.inside.tables import Table

LONGEST = 80  # characters of a value that is quoted
COLLECTIONS = (list, tuple, set, frozenset)


def difference(  # noqa: C901  a case for each kind of value
    expected: Any, got: Any, *, rounding: float = 0.0, any_order: bool = False, at: str = ""
) -> str:
    """Return how `got` differs from `expected`; nothing if it does not. Both are as they travel."""
    here = f"at {at}, " if at else ""
    if isinstance(expected, np.ndarray) and isinstance(got, np.ndarray):
        if expected.shape != got.shape:  # first, because an empty one may have astronomic other sizes
            return f"{here}expected {kind_in_words(expected)}, got {kind_in_words(got)}"
        expected, got = expected.tolist(), got.tolist()
    expected, got = (each.item() if isinstance(each, np.generic) else each for each in (expected, got))
    if _is_number(expected) and _is_number(got):
        same = expected == got or (expected != expected and got != got)  # noqa: PLR0124  NaN equals NaN here
        if same or (rounding and _near(expected, got, rounding)):
            return ""
        return f"{here}expected {_quoted(expected)}, got {_quoted(got)}"
    expected, got = (set(each) if isinstance(each, frozenset) else each for each in (expected, got))
    if type(expected) is not type(got) or (
        isinstance(expected, Instance | Other) and expected.type_name != got.type_name
    ):
        return f"{here}expected {kind_in_words(expected)}, got {kind_in_words(got)}"
    inside = {"rounding": rounding, "any_order": any_order}
    match expected:
        case list() | tuple():
            return _of_sequences(expected, got, at, here, inside)
        case dict():
            return _of_dictionaries(expected, got, at, here, inside)
        case set():  # in which True is 1
            one, other = ({(isinstance(item, bool), item) for item in each} for each in (expected, got))
            left, more = ([item for _, item in each] for each in (one - other, other - one))
            return _of_unordered(left, more, here, inside)
        case Table():
            compare = partial(_at, inside=inside)
            return (
                here + said
                if (said := tables.difference(expected, got, compare, any_order=any_order))
                else ""
            )
        case Instance():
            return _of_dictionaries(expected.fields, got.fields, at, here, inside, "the field")
    return "" if expected == got else f"{here}expected {_quoted(expected)}, got {_quoted(got)}"


def _at(expected: Any, got: Any, at: str, inside: dict[str, Any]) -> str:
    return difference(expected, got, at=at, **inside)


def _of_sequences(
    expected: Sequence[Any], got: Sequence[Any], at: str, here: str, inside: dict[str, Any]
) -> str:
    if len(expected) != len(got):
        return f"{here}expected {len(expected)} items, got {len(got)}"
    if not inside["any_order"]:
        found = (
            difference(one, other, at=f"{at}[{n}]", **inside)
            for n, (one, other) in enumerate(zip(expected, got, strict=True))
        )
        return next(filter(None, found), "")
    return _of_unordered(expected, got, here, inside)


def _of_unordered(expected: Iterable[Any], got: Iterable[Any], here: str, inside: dict[str, Any]) -> str:
    left = sorted(got, key=_place)  # as the expected ones, so that the first is mostly the same
    for item in sorted(expected, key=_place):
        same = next((n for n, other in enumerate(left) if not difference(item, other, **inside)), None)
        if same is None:
            return f"{here}{_quoted(item)} is missing"
        del left[same]
    return f"{here}{_quoted(left[0])} should not be there" if left else ""


def _place(value: Any) -> str:
    """Return a text to sort by, mostly the same for values without a difference."""
    if _is_number(value):
        return f"{complex(value):.6g}"
    if isinstance(value, Instance):
        return value.type_name + _place(value.fields)
    if isinstance(value, dict):
        return str(sorted(_place(key) + _place(each) for key, each in value.items()))
    return str(sorted(map(_place, value))) if isinstance(value, COLLECTIONS) else repr(value)


def _of_dictionaries(  # noqa: PLR0917  as the others
    expected: dict[Any, Any],
    got: dict[Any, Any],
    at: str,
    here: str,
    inside: dict[str, Any],
    what: str = "the key",
) -> str:
    missing = next((f"{what} {_quoted(key)} is missing" for key in expected if key not in got), "")
    more = next((f"{what} {_quoted(key)} should not be there" for key in got if key not in expected), "")
    if missing or more:
        return f"{here}{', and '.join(filter(None, (missing, more)))}"
    found = (
        difference(each, got[key], at=f"{at}[{_quoted(key)}]", **inside) for key, each in expected.items()
    )
    return next(filter(None, found), "")


def _near(expected: Any, got: Any, rounding: float) -> bool:
    try:
        return bool(abs(got - expected) <= rounding * max(1.0, abs(expected)) < math.inf)
    except OverflowError:  # of complex numbers, whose size is no float
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | Fraction) and not isinstance(value, bool)


def _quoted(value: Any) -> str:
    try:
        text = literal(value)
    except TypeError:  # something in it has not travelled
        return kind_in_words(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
