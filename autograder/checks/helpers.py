"""Answers for earlier functions while a later one is judged: only what costs the judge next to nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.checks import exercise
from autograder.checks.answer import fresh_answer
from autograder.checks.call_text import bound_arguments
from autograder.sandbox.call import Call

MOST = 4_000_000
"""Multiplications in one answer; a picture of 48 by 64 pixels under a kernel of 3 by 3 takes some 30,000."""


class TooCostly(Exception):
    """The judge leaves this call to the student's own function."""


def helper_answer(function: str, call: Call) -> Any:
    """Return what a right earlier function answers. Raises TooCostly."""
    if not all(map(_is_plain, call.all)) or work(function, call) > MOST:
        raise TooCostly
    return fresh_answer(exercise.right(function), call)


def work(function: str, call: Call) -> float:
    """Return about how many multiplications the answer takes, or more; at least the numbers it holds."""
    given = bound_arguments(function, call)
    arrays = {
        name: np.asarray(value) for name, value in given.items() if name in ("image", "kernel", "gx", "gy")
    }
    images = [array for name, array in arrays.items() if name != "kernel"]
    kernel = arrays.get("kernel", np.ones((1, 1)))
    spread, step = _both(given.get("dilation", 1)), _both(given.get("stride", 1))
    if not function.startswith("conv_transpose"):
        step = (1.0, 1.0)  # which only makes the result smaller
    frame, extra = _both(given.get("padding", 0)), _both(given.get("output_padding", 0))
    weights = [side * wide for side, wide in zip(_sides(kernel), spread, strict=True)]
    cells = 1.0
    for image in images:
        cells = max(cells, float(image.size))
        axes = zip(_sides(image), step, frame, extra, weights, strict=True)
        cells = max(cells, math.prod(n * s + 2 * p + o + k for n, s, p, o, k in axes))
    rest = max(1.0, _both(given.get("size", 1))[0] ** 3) * max(1.0, _both(given.get("steps", 1))[0])
    return cells * math.prod(weights) * rest


def _sides(array: np.ndarray) -> tuple[int, int]:
    """Return height and width, both at least 1; those of a row for what is not 2-D."""
    height, width = array.shape if array.ndim == 2 else (1, array.size)
    return max(height, 1), max(width, 1)


def _both(value: Any) -> tuple[float, float]:
    """Return the sizes of a number for both axes or of a pair; infinity for what is no number."""
    pair = value if isinstance(value, tuple | list) and len(value) == 2 else (value, value)
    first, second = (abs(float(part)) if _is_number(part) else math.inf for part in pair)
    return (math.inf if math.isnan(first) else first), (math.inf if math.isnan(second) else second)


def _is_plain(value: Any) -> bool:
    """Return whether a value takes no more room as an array than it took on its way here."""
    if isinstance(value, list | tuple):
        return all(_is_plain(part) and not isinstance(part, str | np.ndarray) for part in value)
    return value is None or isinstance(value, str | np.ndarray) or _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, bool | int | float | np.number | np.bool_) and not isinstance(value, complex)
