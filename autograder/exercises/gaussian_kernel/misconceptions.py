"""Wrong implementations of `gaussian_kernel(size)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.habits import (
    FLOAT32,
    LISTS,
    add_habits,
    lists,
    lists_of_numbers,
    lists_of_rows,
    single,
)
from autograder.checks.mistakes import Table

Step = Callable[..., Any]

HINTS = "3_custom_kernels#gaussian-hints"


# ----------------------------------------------------------------------- the right function


def _is_whole(size: Any) -> bool:
    return isinstance(size, int | np.integer) and not isinstance(size, bool)


def _legal(size: Any) -> None:
    if not _is_whole(size) or size < 1 or size % 2 == 0:
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


mistakes = Table("gaussian_kernel", "3_custom_kernels#size-text", "weights", _blur)


# ------------------------------------------------------------------------------- the sum 1

mistakes.rows(
    "The weights of a blur add up to 1, yours do not: divide them by the sum of all of them.",
    not_divided={"scale": lambda kernel: kernel},
    divided_by_cells={"scale": lambda kernel: kernel / kernel.size},
    divided_by_side={"scale": lambda kernel: kernel / len(kernel)},
    divided_by_row={"scale": lambda kernel: kernel / 2.0 ** (len(kernel) - 1)},
    divided_by_sixteen={"scale": lambda kernel: kernel / 16},
    divided_by_largest={"scale": lambda kernel: kernel / kernel.max()},
    rows_add_up={"scale": lambda kernel: kernel / kernel.sum(axis=1, keepdims=True)},
)
mistakes.rows(
    "Dividing whole numbers with two slashes leaves only zeros; divide with one.",
    carries=False,
    floor_division={"scale": lambda kernel: kernel // kernel.sum()},
)
mistakes.rows(
    "Your kernel is of whole numbers, in which weights below 1 become 0; use float64.",
    carries=False,
    integers={"scale": lambda kernel: (kernel / kernel.sum()).astype(int)},
)
mistakes.rows(
    "You round the weights; keep all digits.",
    rounded={"scale": lambda kernel: np.round(kernel / kernel.sum(), 3)},
)


# ------------------------------------------------------------------------- the row of numbers


def _stretched(size: int) -> list[float]:
    return [1.0] * (size // 2) + [2.0] * (size > 1) + [1.0] * (size // 2) if size > 1 else [1.0]


def _bell(sigma: Step) -> Step:
    def row(size: int) -> Any:
        return np.exp(-((np.arange(size) - size // 2) ** 2) / (2 * sigma(size) ** 2))

    return row


mistakes.rows(
    "All your weights are the same, which is a box; near pixels have to count more.",
    box={"row": np.ones},
)
mistakes.rows(
    "Your weights are not those of Pascal's triangle: build each row from the one before.",
    tent={"row": lambda size: [float(min(i, size - 1 - i) + 1) for i in range(size)]},
    powers_of_two={"row": lambda size: [2.0 ** min(i, size - 1 - i) for i in range(size)]},
    one_two_one_stretched={"row": _stretched},
)
mistakes.rows(
    "You use the bell curve itself; the lesson asks for the rows of Pascal's triangle.",
    bell={"row": _bell(lambda _: 1.0)},
    bell_of_sixth={"row": _bell(lambda size: size / 6)},
    bell_as_wide={"row": _bell(lambda size: math.sqrt(max(size - 1, 1)) / 2)},
)
mistakes.rows(
    "Your kernel is too large: a row of `size` numbers is the one you reach after size - 1 steps.",
    row_too_late={"row": lambda size: _pascal(size + 1)},
)
mistakes.rows(
    "Your kernel is too small: a row of `size` numbers is the one you reach after size - 1 steps.",
    row_too_early={"row": lambda size: _pascal(max(size - 1, 1))},
)
mistakes.rows(
    "`size` is the side of the kernel and not its reach from the middle.",
    size_as_radius={"row": lambda size: _pascal(2 * size + 1)},
)
FIXED = "Your function knows some sizes only; compute the row of Pascal's triangle for any odd size."
mistakes.rows(FIXED, lesson=HINTS, always_three={"row": lambda _: _pascal(3)})
mistakes.rows(
    FIXED,
    aspect="sizes",
    lesson=HINTS,
    three_or_five={"row": lambda size: _pascal(3 if size == 3 else 5)},
)


# ----------------------------------------------------------------------- from row to kernel

mistakes.rows(
    "You add the row to its transpose; each weight is the product of its row's and its column's number.",
    added={"combine": np.add.outer},
)
mistakes.rows(
    "You return the row alone; a kernel has as many rows as columns.",
    row_alone={"combine": lambda row, _: row},
    row_as_matrix={"combine": lambda row, _: row[None]},
)
mistakes.rows(
    "All rows of your kernel are the same, so it blurs across only; the weights fall off downwards, too.",
    rows_repeated={"combine": lambda row, _: np.tile(row, (len(row), 1))},
)
mistakes.rows(
    "You fill the diagonal only; every cell has a weight.",
    diagonal={"combine": lambda row, _: np.diag(row)},
)


# ------------------------------------------------------------------ what has to be refused


def _three_or_five_only(size: Any) -> None:
    if size not in (3, 5):
        raise ValueError("unknown size")
    _legal(size)


def _not_one(size: Any) -> None:
    if size == 1:
        raise ValueError("too small")
    _legal(size)


def _python_only(size: Any) -> None:
    if type(size) is not int:
        raise ValueError("an int, please")
    _legal(size)


def _no_fractions(size: Any) -> None:
    if isinstance(size, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    _legal(size)


mistakes.rows(
    FIXED,
    aspect="sizes",
    lesson=HINTS,
    others_refused={"legal": _three_or_five_only},
    one_refused={"legal": _not_one},
)


@mistakes.around(FIXED, aspect="sizes", lesson=HINTS)
def others_missing(right: Step, size: Any) -> Any:
    return right(size) if size in (3, 5) or size % 2 != 1 or size < 1 else None


mistakes.rows(
    "A whole number of NumPy is a whole number, too; do not refuse it.",
    aspect="sizes",
    lesson=HINTS,
    numpy_refused={"legal": _python_only},
)
mistakes.rows(
    "Only an odd size has a cell in its middle; raise ValueError for an even one.",
    aspect="illegal",
    even_accepted={"legal": lambda size: _legal(size if size % 2 or size < 1 else size - 1)},
)


@mistakes.around(
    "Only an odd size has a cell in its middle; raise ValueError for an even one.", aspect="illegal"
)
def even_made_odd(right: Step, size: Any) -> Any:
    return right(size + 1 if size % 2 == 0 and size > 0 else size)


POSITIVE = "A kernel needs at least one cell; raise ValueError for a size below 1."


@mistakes.around(POSITIVE, aspect="illegal")
def negative_accepted(right: Step, size: Any) -> Any:
    return right(abs(size) if size < 0 else size)


@mistakes.around(POSITIVE, aspect="illegal")
def negative_gives_nothing(right: Step, size: Any) -> Any:
    return np.zeros((0, 0)) if size < 0 else right(size)


@mistakes.around(POSITIVE, aspect="illegal")
def zero_accepted(right: Step, size: Any) -> Any:
    return np.zeros((0, 0)) if size == 0 else right(size)


WHOLE_NUMBER = "A size that is no whole number has to raise ValueError, not to be rounded."


@mistakes.around(WHOLE_NUMBER, aspect="illegal")
def fractions_accepted(right: Step, size: Any) -> Any:
    return right(int(size) + 1 if size == 2.5 else size)


mistakes.rows(WHOLE_NUMBER, aspect="illegal", fractions_raise_type_error={"legal": _no_fractions})


# -------------------------------------------------------------------------- memory and state


def _with_growing_row(right: Step) -> Step:
    row: list[float] = []

    def wrong(size: Any) -> Any:
        _legal(size)
        row.extend(_pascal(size))
        return right(size, row=lambda _: row)

    return wrong


mistakes.rows(
    "Your row of numbers is kept from call to call and grows; start it anew each time.",
    carries=False,
    row_grows={"whole": _with_growing_row},
)
add_habits(
    mistakes,
    result="the kernel",
    remembers={"first_kernel": lambda *_: 0},
)
mistakes.rows(
    LISTS,
    returns_list={"whole": lists},
    returns_list_of_numbers={"whole": lists_of_numbers},
    returns_list_of_rows={"whole": lists_of_rows},
)
mistakes.rows(FLOAT32, float32={"whole": single})
