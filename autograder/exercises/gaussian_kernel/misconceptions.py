"""Wrong implementations of `gaussian_kernel(size)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake

Step = Callable[..., Any]
entry = partial(mistake, lesson="3_custom_kernels#size-text")
hint = partial(mistake, lesson="3_custom_kernels#gaussian-hints")

SUM = "The weights of a blur add up to 1, yours do not: divide them by the sum of all of them."
ODD = "Only an odd size has a cell in its middle; raise ValueError for an even one."
POSITIVE = "A kernel needs at least one cell; raise ValueError for a size below 1."
WHOLE = "A size that is no whole number has to raise ValueError, not to be rounded."
PASCAL = "Your weights are not those of Pascal's triangle: build each row from the one before."
FIXED = "Your function knows some sizes only; compute the row of Pascal's triangle for any odd size."


def _legal(size: Any) -> None:
    if isinstance(size, bool) or not isinstance(size, int | np.integer) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")


def _pascal(size: int) -> list[float]:
    return [float(math.comb(size - 1, i)) for i in range(size)]


def _blur(
    size: Any,
    *,
    legal: Step = _legal,
    row: Step = _pascal,
    combine: Step = np.outer,
    scale: Step = lambda kernel: kernel / kernel.sum(),
) -> Any:
    legal(size)
    weights = np.array(row(int(size)))
    with np.errstate(all="ignore"):
        return scale(combine(weights, weights))


@entry(SUM)
def not_divided(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel)


@entry(SUM)
def divided_by_cells(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / kernel.size)


@entry(SUM)
def divided_by_side(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / len(kernel))


@entry(SUM)
def divided_by_row(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / 2.0 ** (len(kernel) - 1))


@entry(SUM)
def divided_by_sixteen(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / 16)


@entry(SUM)
def divided_by_largest(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / kernel.max())


@entry(SUM)
def rows_add_up(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel / kernel.sum(axis=1, keepdims=True))


@entry("Dividing whole numbers with two slashes leaves only zeros; divide with one.")
def floor_division(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: kernel // kernel.sum())


@entry("Your kernel is of whole numbers, in which weights below 1 become 0; use float64.")
def integers(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: (kernel / kernel.sum()).astype(int))


@entry("You round the weights; keep all digits.")
def rounded(size: Any) -> Any:
    return _blur(size, scale=lambda kernel: np.round(kernel / kernel.sum(), 3))


@entry("All your weights are the same, which is a box; near pixels have to count more.")
def box(size: Any) -> Any:
    return _blur(size, row=np.ones)


@entry(PASCAL)
def tent(size: Any) -> Any:
    return _blur(size, row=lambda size: [float(min(i, size - 1 - i) + 1) for i in range(size)])


@entry(PASCAL)
def powers_of_two(size: Any) -> Any:
    return _blur(size, row=lambda size: [2.0 ** min(i, size - 1 - i) for i in range(size)])


@entry(PASCAL)
def one_two_one_stretched(size: Any) -> Any:
    def row(size: int) -> list[float]:
        return [1.0] * (size // 2) + [2.0] * (size > 1) + [1.0] * (size // 2) if size > 1 else [1.0]

    return _blur(size, row=row)


@entry("You use the bell curve itself; the lesson asks for the rows of Pascal's triangle.")
def bell(size: Any) -> Any:
    return _bell(size, 1.0)


@entry("You use the bell curve itself; the lesson asks for the rows of Pascal's triangle.")
def bell_of_sixth(size: Any) -> Any:
    return _bell(size, size / 6)


@entry("You use the bell curve itself; the lesson asks for the rows of Pascal's triangle.")
def bell_as_wide(size: Any) -> Any:
    return _bell(size, math.sqrt(max(size - 1, 1)) / 2)


def _bell(size: Any, sigma: float) -> Any:
    return _blur(size, row=lambda size: np.exp(-((np.arange(size) - size // 2) ** 2) / (2 * sigma**2)))


@entry("You add the row to its transpose; each weight is the product of its row's and its column's number.")
def added(size: Any) -> Any:
    return _blur(size, combine=np.add.outer)


@entry("You return the row alone; a kernel has as many rows as columns.")
def row_alone(size: Any) -> Any:
    return _blur(size, combine=lambda row, _: row)


@entry("You return the row alone; a kernel has as many rows as columns.")
def row_as_matrix(size: Any) -> Any:
    return _blur(size, combine=lambda row, _: row[None])


@entry("All rows of your kernel are the same, so it blurs across only; the weights fall off downwards, too.")
def rows_repeated(size: Any) -> Any:
    return _blur(size, combine=lambda row, _: np.tile(row, (len(row), 1)))


@entry("You set the two diagonals or one of them only; every cell has a weight.")
def diagonal(size: Any) -> Any:
    return _blur(size, combine=lambda row, _: np.diag(row))


@entry("Your kernel is too large: a row of `size` numbers is the one that starts after size - 1 steps.")
def row_too_late(size: Any) -> Any:
    return _blur(size, row=lambda size: _pascal(size + 1))


@entry("Your kernel is too small: a row of `size` numbers is the one that starts after size - 1 steps.")
def row_too_early(size: Any) -> Any:
    return _blur(size, row=lambda size: _pascal(max(size - 1, 1)))


@entry("`size` is the side of the kernel and not its reach from the middle.")
def size_as_radius(size: Any) -> Any:
    return _blur(size, row=lambda size: _pascal(2 * size + 1))


@hint(FIXED)
def always_three(size: Any) -> Any:
    return _blur(size, row=lambda _: _pascal(3))


@hint(FIXED)
def three_or_five(size: Any) -> Any:
    return _blur(size, row=lambda size: _pascal(3 if size == 3 else 5))


@hint(FIXED)
def others_refused(size: Any) -> Any:
    if size not in (3, 5):
        raise ValueError("unknown size")
    return _blur(size)


@hint(FIXED)
def others_missing(size: Any) -> Any:
    return _blur(size) if size in (3, 5) or size % 2 != 1 or size < 1 else None


@hint(FIXED)
def one_refused(size: Any) -> Any:
    if size == 1:
        raise ValueError("too small")
    return _blur(size)


@entry(ODD)
def even_accepted(size: Any) -> Any:
    return _blur(size, legal=lambda size: _legal(size if size % 2 or size < 1 else size - 1))


@entry(ODD)
def even_made_odd(size: Any) -> Any:
    return _blur(size + 1 if size % 2 == 0 and size > 0 else size)


@entry(POSITIVE)
def negative_accepted(size: Any) -> Any:
    return _blur(abs(size) if size < 0 else size)


@entry(POSITIVE)
def negative_gives_nothing(size: Any) -> Any:
    return np.zeros((0, 0)) if size < 0 else _blur(size)


@entry(POSITIVE)
def zero_accepted(size: Any) -> Any:
    return np.zeros((0, 0)) if size == 0 else _blur(size)


@entry(WHOLE)
def fractions_accepted(size: Any) -> Any:
    return _blur(int(size) + 1 if size == 2.5 else size)


@entry(WHOLE)
def fractions_raise_type_error(size: Any) -> Any:
    if isinstance(size, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    return _blur(size)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def asserts(size: Any) -> Any:
    try:
        return _blur(size)
    except ValueError as fault:
        raise AssertionError from fault


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def type_error(size: Any) -> Any:
    try:
        return _blur(size)
    except ValueError as fault:
        raise TypeError from fault


@entry("You compute the kernel but do not hand it back: end with `return`.")
def returns_nothing(size: Any) -> Any:
    _blur(size)


@entry("Your row of numbers is kept from call to call and grows; start it anew each time.", stateful=True)
def row_grows() -> Any:
    row: list[float] = []

    def wrong(size: Any) -> Any:
        _legal(size)
        row.extend(_pascal(size))
        return _blur(size, row=lambda _: row)

    return wrong


@hint(FIXED, stateful=True)
def first_kernel() -> Any:
    seen: list[Any] = []

    def wrong(size: Any) -> Any:
        seen.append(_blur(size))
        return seen[0].copy()

    return wrong
