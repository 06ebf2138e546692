"""Answers compared: where two arrays differ and how to say it, whether two answers are alike."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.values import as_array
from autograder.sandbox.inside.kinds import Instance, Other
from autograder.sandbox.inside.tables import Table

NEAR = 1e-9
MOST = 0.9  # of the border has to differ; a few values of it alone may be there by chance


def differing(expected: np.ndarray, got: np.ndarray, *, tolerance: float = 0.0) -> np.ndarray:
    """Return where two arrays of one shape differ; NaN equals NaN, infinities equal themselves."""
    same: np.ndarray = got == expected
    if same.all():  # of most, which spares the rest
        return ~same
    kind = np.complex128 if "c" in (expected.dtype.kind, got.dtype.kind) else np.float64
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(got.astype(kind) - expected.astype(kind)) <= tolerance
        wrong: np.ndarray = ~(near | same | (np.isnan(got) & np.isnan(expected)))
    return wrong


def epsilon(values: np.ndarray) -> float:
    """Return what rounding costs numbers of this type, relative to their size; 0 for whole numbers.

    Fractions that float32 has as well were computed in it, whatever type they came in.
    """
    if values.dtype.kind not in "fc":
        return 0.0
    return float(np.finfo(np.float32 if is_single(values) else values.dtype).eps)


def is_single(values: np.ndarray) -> bool:
    """Return whether fractions in float64 are all numbers that float32 has."""
    if values.dtype != np.float64:
        return False
    finite = values[np.isfinite(values)]
    with np.errstate(over="ignore"):
        return bool((finite.astype(np.float32) == finite).all() and (finite % 1).any())


def where(wrong: np.ndarray) -> str:
    """Say how many values differ, and whether they share a row, a column or the border."""
    count, size = int(wrong.sum()), wrong.size
    if count == size:
        return "all values differ" if size > 1 else "the value differs"
    text = f"{count} of {size} values {'differs' if count == 1 else 'differ'}"
    if wrong.ndim != 2:
        return text
    if count == 1:
        return f"{text}, the one at {np.argwhere(wrong)[0].tolist()}"
    rows, columns = np.flatnonzero(wrong.any(axis=1)), np.flatnonzero(wrong.any(axis=0))
    height, width = wrong.shape
    if len(rows) == 1 and height > 1:
        return f"{text}, all in {_place('row', rows[0], height)}"
    if len(columns) == 1 and width > 1:
        return f"{text}, all in {_place('column', columns[0], width)}"
    inside = wrong[1:-1, 1:-1]
    if inside.size and not inside.any() and count >= MOST * (size - inside.size):
        return f"{text}, all on the border"
    return text


def _place(line: str, index: int, count: int) -> str:
    if index == 0:
        return f"the first {line}"
    return f"the last {line}" if index == count - 1 else f"{line} {index}"


def alike(one: Any, other: Any) -> bool:  # noqa: C901  a case for each kind of value
    """Return whether two answers are equal up to rounding; an array and a list of its numbers are not."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if one.shape != other.shape or one.dtype != other.dtype:
            return False
        same = one == other
        if same.all() or one.dtype.kind not in "fc":
            return bool(same.all())
        scale = np.abs(one[np.isfinite(one)]).max(initial=1.0)
        with np.errstate(invalid="ignore"):
            near = (np.abs(one - other) <= NEAR * scale) | same | (np.isnan(one) & np.isnan(other))
        return bool(near.all())
    if isinstance(one, list | tuple) and type(one) is type(other):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(each, other[key]) for key, each in one.items())
    if isinstance(one, Instance) and isinstance(other, Instance):
        return one.type_name == other.type_name and alike(one.fields, other.fields)
    if isinstance(one, Table) and isinstance(other, Table):
        return alike(one.to_lists(), other.to_lists())
    if isinstance(one, Other) or isinstance(other, Other):
        return _type_name(one) == _type_name(other)
    if _whole(one) and _whole(other):
        return int(one) == int(other)
    if type(one) is not type(other):
        return False
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124  NaN equals NaN here


def alike_in_value(one: Any, other: Any) -> bool:
    """Return whether two answers hold the same numbers, whatever their types, as far as these are exact.

    The second one is a student's, which may have been computed in another type than it came in.
    """
    first, second = as_array(one), as_array(other)
    if first is None or second is None or "O" in (first.dtype.kind, second.dtype.kind):
        return alike(one, other)
    if first.shape != second.shape:
        return False
    if (first == second).all():
        return True
    own = float(np.finfo(first.dtype).eps) if first.dtype.kind in "fc" else 0.0
    relative = 64 * max(own, epsilon(second))
    scale = float(np.abs(first[np.isfinite(first)]).max(initial=1.0))
    exact = first.astype(complex if first.dtype.kind == "c" else float)
    return not differing(exact, second, tolerance=max(NEAR, relative) * scale).any()


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _type_name(value: Any) -> str:
    if isinstance(value, Other):
        return value.type_name
    module, name = type(value).__module__, type(value).__qualname__
    return name if module == "builtins" else f"{module}.{name}"
