"""Wrong implementations of `output_size(n, k, stride=1, padding=0)`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.habits import UNCHECKED, add_habits
from autograder.checks.mistakes import Table

STRIDE = "1_convolve2d#shapes-text"


# ----------------------------------------------------------------------- the right function


def _right(n: int, k: int, s: int, p: int) -> int:
    return (n + 2 * p - k) // s + 1


def _illegal(n: int, k: int, s: int, p: int) -> bool:
    return min(n, k, s) < 1 or p < 0 or n + 2 * p < k


def _size(
    n: int,
    k: int,
    stride: int = 1,
    padding: int = 0,
    *,
    illegal: Callable[[int, int, int, int], bool] = _illegal,
    formula: Callable[[int, int, int, int], Any] = _right,
) -> Any:
    if illegal(n, k, stride, padding):
        raise ValueError("there is no such size")
    return formula(n, k, stride, padding)


mistakes = Table("output_size", "1_convolve2d#size-text", "positions", _size)


# --------------------------------------------------------------------------- the plain count

mistakes.rows(
    "Your answer is one too small: the first position counts as well, before any step is taken.",
    no_plus_one={"formula": lambda n, k, s, p: (n + 2 * p - k) // s},
)
mistakes.rows(
    "Your answer is one too large: a kernel as long as the axis has exactly one position.",
    one_too_many={"formula": lambda n, k, s, p: (n + 2 * p - k) // s + 2},
)
mistakes.rows(
    "Your answer does not shrink as the kernel grows, so it also counts positions where it sticks out.",
    carries=False,
    kernel_ignored={"formula": lambda n, _, s, p: (n + 2 * p - 1) // s + 1},
    axis_over_stride={"formula": lambda n, _, s, p: (n + 2 * p) // s},
)
mistakes.rows(
    "Your formula is right only for a kernel of 3 cells; use k.",
    always_three={"formula": lambda n, _, s, p: (n + 2 * p - 3) // s + 1},
)
mistakes.rows(
    "A kernel exactly as long as the padded axis still fits once; don't reject it.",
    fit_too_strict={"illegal": lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or n + 2 * p <= k},
)


# -------------------------------------------------------------------------------- padding

mistakes.rows(
    "Padding is added at both ends of the axis, so it counts twice; you count it once.",
    aspect="padding",
    padding_once={"formula": lambda n, k, s, p: (n + p - k) // s + 1},
    padding_once_to_fit={
        "formula": lambda n, k, s, p: (n + p - k) // s + 1,
        "illegal": lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or n + p < k,
    },
)
mistakes.rows(
    "You leave the padding out of your formula: it makes the axis longer at both ends.",
    aspect="padding",
    padding_ignored={"formula": lambda n, k, s, _: (n - k) // s + 1},
)
mistakes.rows(
    "You count the padding of each side twice; it is added once at either end.",
    aspect="padding",
    padding_four_times={"formula": lambda n, k, s, p: (n + 4 * p - k) // s + 1},
)
mistakes.rows(
    "You subtract the padding instead of adding it: zeros around the image make room for the kernel.",
    aspect="padding",
    padding_subtracted={"formula": lambda n, k, s, p: (n - 2 * p - k) // s + 1},
)
mistakes.rows(
    "You compare the kernel with the axis alone, but it has to fit the padded axis.",
    aspect="padding",
    fit_without_padding={"illegal": lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or n < k},
)


# --------------------------------------------------------------------------------- stride

mistakes.rows(
    "Add the padding to the axis before you divide by the stride, not afterwards.",
    aspect="stride",
    lesson=STRIDE,
    padding_after_stride={"formula": lambda n, k, s, p: (n - k) // s + 1 + 2 * p},
)
mistakes.rows(
    "Divide the whole distance by the stride, at once: put n + 2 * padding - k in brackets.",
    aspect="stride",
    lesson=STRIDE,
    padding_alone_divided={"formula": lambda n, k, s, p: n - k + 2 * p / s + 1},
    padding_alone_divided_down={"formula": lambda n, k, s, p: n - k + 2 * p // s + 1},
    kernel_alone_divided={"formula": lambda n, k, s, p: n + 2 * p - k / s + 1},
    kernel_alone_divided_down={"formula": lambda n, k, s, p: n + 2 * p - k // s + 1},
    axis_not_divided={"formula": lambda n, k, s, p: n + (2 * p - k) / s + 1},
    axis_not_divided_down={"formula": lambda n, k, s, p: n + (2 * p - k) // s + 1},
    parts_divided_down={"formula": lambda n, k, s, p: (n - k) // s + 2 * p // s + 1},
    axis_alone_divided={"formula": lambda n, k, s, p: n / s + 2 * p - k + 1},
    axis_alone_divided_down={"formula": lambda n, k, s, p: n // s + 2 * p - k + 1},
)
mistakes.rows(
    "You leave the stride out of your formula: a larger stride means fewer positions.",
    aspect="stride",
    lesson=STRIDE,
    stride_ignored={"formula": lambda n, k, _, p: n + 2 * p - k + 1},
)
mistakes.rows(
    "A last step that would leave the image is not taken, so the division has to be rounded down.",
    aspect="stride",
    lesson=STRIDE,
    ceil={"formula": lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1},
    ceil_of_whole_numbers={"formula": lambda n, k, s, p: -((k - n - 2 * p) // s) + 1},
    rounded={"formula": lambda n, k, s, p: round((n + 2 * p - k) / s) + 1},
    rounded_count={"formula": lambda n, k, s, p: round((n + 2 * p - k) / s + 1)},
    half_up={"formula": lambda n, k, s, p: math.floor((n + 2 * p - k) / s + 0.5) + 1},
)
mistakes.rows(
    "The + 1 is the first position, which costs no step: add it after the division, not before.",
    aspect="stride",
    lesson=STRIDE,
    plus_one_inside={"formula": lambda n, k, s, p: (n + 2 * p - k + 1) // s},
    plus_one_inside_up={"formula": lambda n, k, s, p: max(1, (n + 2 * p - k + 1) // s)},
)
mistakes.rows(
    "The stride divides the distance the kernel can travel, not the whole axis: subtract k first.",
    aspect="stride",
    lesson=STRIDE,
    kernel_not_divided={"formula": lambda n, k, s, p: (n + 2 * p) // s - k + 1},
    kernel_not_divided_up={"formula": lambda n, k, s, p: max(1, (n + 2 * p) // s - k + 1)},
)
mistakes.rows(
    "A stride makes the result smaller: divide by it instead of multiplying.",
    aspect="stride",
    lesson=STRIDE,
    stride_multiplied={"formula": lambda n, k, s, p: (n + 2 * p - k) * s + 1},
)
mistakes.rows(
    "A number of positions is whole, but a division with one slash gives a float: divide with two.",
    aspect="stride",
    lesson=STRIDE,
    true_division={"formula": lambda n, k, s, p: (n + 2 * p - k) / s + 1},
)
mistakes.rows(
    "The number is right, but `np.floor` gives a float: divide whole numbers with two slashes.",
    aspect="stride",
    lesson=STRIDE,
    numpy_floor={"formula": lambda n, k, s, p: np.floor((n + 2 * p - k) / s) + 1},
)
mistakes.rows(
    "Pixels may be left over after the last step; that is no reason for a ValueError.",
    aspect="stride",
    lesson=STRIDE,
    remainder_refused={"illegal": lambda n, k, s, p: _illegal(n, k, s, p) or (n + 2 * p - k) % s != 0},
)


# ------------------------------------------------------------------ what has to be refused

mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked={"illegal": lambda *_: False},
    nothing_checked_or_zero={"illegal": lambda *_: False, "formula": lambda *sizes: max(0, _right(*sizes))},
    nothing_checked_steps={
        "illegal": lambda *_: False,
        "formula": lambda n, k, s, p: len(range(0, n + 2 * p - k + 1, s)),
    },
)
mistakes.rows(
    "You only check whether the kernel fits; raise ValueError for each of the other illegal calls, too.",
    aspect="illegal",
    fit_alone_checked={"illegal": lambda n, k, _s, p: n + 2 * p < k},
    size_alone_checked={"illegal": lambda n, k, s, p: s != 0 and _right(n, k, s, p) < 1},
)
mistakes.rows(
    "A kernel that is longer than the padded axis doesn't fit anywhere: raise ValueError.",
    aspect="illegal",
    fit_unchecked={"illegal": lambda n, k, s, p: min(n, k, s) < 1 or p < 0},
    fit_gives_zero={
        "illegal": lambda n, k, s, p: min(n, k, s) < 1 or p < 0,
        "formula": lambda n, k, s, p: max(0, _right(n, k, s, p)),
    },
)
mistakes.rows(
    "With a stride below 1 the kernel never moves on: raise ValueError.",
    aspect="illegal",
    lesson=STRIDE,
    stride_unchecked={"illegal": lambda n, k, _, p: _illegal(n, k, 1, p)},
    stride_checked_for_zero={"illegal": lambda n, k, s, p: _illegal(n, k, abs(s), p)},
)
mistakes.rows(
    "A negative padding makes no sense here: raise ValueError.",
    aspect="illegal",
    padding_unchecked={"illegal": lambda n, k, s, p: _illegal(n, k, s, max(p, 0))},
)
mistakes.rows(
    "An axis without pixels and a kernel without cells make no sense: raise ValueError.",
    aspect="illegal",
    emptiness_unchecked={"illegal": lambda n, k, s, p: s < 1 or p < 0 or n + 2 * p < k},
)

add_habits(
    mistakes,
    result="the size",
    remembers={"cache_by_sizes": lambda _, n, k, *_args, **_named: (n, k)},
)
