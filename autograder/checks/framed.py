"""The right answer inside of a larger one: how to find it, and the words for what is around it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

NEAR = 1e-6

Mend = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Of what came and what is right to the part of what came that can be compared."""


def equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays are equal but for rounding, and hold something besides zeros."""
    if not one.size and not other.size:  # whatever the shape of nothing
        return True
    if one.shape != other.shape:
        return False
    one, other = one.astype(float), other.astype(float)
    scale = np.abs(other[np.isfinite(other)]).max(initial=0.0)
    return bool(scale > 0 and np.allclose(one, other, rtol=0, atol=NEAR * scale, equal_nan=True))


def unframed(got: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the part of `got`, as large as `expected`, that is equal to it and has zeros alone around it.

    What has no such part comes back as it is.
    """
    if any(large < small for large, small in zip(got.shape, expected.shape, strict=True)):
        return got
    # only parts that hold everything that is not zero: student arrays may be huge
    starts = []
    for axis, size in enumerate(expected.shape):
        filled = np.flatnonzero(got.any(axis=1 - axis))
        first, last = (filled[0], filled[-1]) if filled.size else (0, 0)
        starts.append(range(max(last - size + 1, 0), min(first, got.shape[axis] - size) + 1))
    for top, left in product(*starts):
        part = got[top : top + expected.shape[0], left : left + expected.shape[1]]
        if np.allclose(part, expected, rtol=NEAR, atol=NEAR, equal_nan=True):
            return part
    return got


def inside(got: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the middle of `got`, as large as `expected`, if it is equal to it.

    The middle may lie half a pixel up or down, left or right. What has no such part comes back as it is.
    """
    more = [large - small for large, small in zip(got.shape, expected.shape, strict=True)]
    if min(more) < 0:
        return got
    for top, left in product(*({extra // 2, (extra + 1) // 2} for extra in more)):
        part = got[top : top + expected.shape[0], left : left + expected.shape[1]]
        if np.allclose(part, expected, rtol=NEAR, atol=NEAR, equal_nan=True):
            return part
    return got


MENDS: tuple[tuple[str, Mend], ...] = (
    ("The right values are there, but with rows or columns of zeros beside them.", unframed),
    (
        "The right values are there, but with more rows or columns around them than there should be.",
        inside,
    ),
)
