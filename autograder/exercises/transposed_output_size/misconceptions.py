"""Wrong implementations of `transposed_output_size(n, k, stride=1, padding=0, output_padding=0)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks.habits import UNCHECKED, add_habits
from autograder.checks.mistakes import Table

Step = Callable[..., Any]


# ----------------------------------------------------------------------- the right function


def _right(n: int, k: int, s: int, p: int, a: int) -> int:
    return (n - 1) * s - 2 * p + k + a


def _below(n: int, k: int, s: int, p: int) -> bool:
    return min(n, k, s) < 1 or p < 0


def _size(
    n: int,
    k: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    *,
    below: Step = _below,
    extra: Step = lambda a, s: not 0 <= a < s,
    empty: Step = lambda size: size < 1,
    formula: Step = _right,
) -> Any:
    size = _right(n, k, stride, padding, output_padding)
    if below(n, k, stride, padding) or extra(output_padding, stride) or empty(size):
        raise ValueError("there is no such size")
    return formula(n, k, stride, padding, output_padding)


mistakes = Table("transposed_output_size", "2_transposed#size-text", "stamps", _size)


# -------------------------------------------------------------------------------- the formula

STAMPS = "The last of n stamps begins after n - 1 strides, and then it is k pixels long."

mistakes.rows(
    "You use the formula of the ordinary convolution; the transposed one makes axes longer.",
    carries=False,
    forward={"formula": lambda n, k, s, p, _: (n + 2 * p - k) // s + 1},
)
mistakes.rows(
    STAMPS,
    kernel_less_one={"formula": lambda n, k, s, p, a: (n - 1) * s - 2 * p + k - 1 + a},
    always_three={"formula": lambda n, _, s, p, a: (n - 1) * s - 2 * p + 3 + a},
    stride_times_size={"formula": lambda n, k, s, p, a: n * s - 2 * p + k + a},
)
mistakes.rows(
    STAMPS,
    carries=False,
    size_times_stride={"formula": lambda n, _, s, p, a: n * s - 2 * p + a},
    kernel_forgotten={"formula": lambda n, _, s, p, a: (n - 1) * s - 2 * p + 1 + a},
)
mistakes.rows(
    "The stride spaces the stamps; you leave it out.",
    aspect="stride",
    stride_ignored={"formula": lambda n, k, _, p, a: n - 1 - 2 * p + k + a},
)
mistakes.rows(
    "Here the padding cuts pixels off, on both sides: a larger one gives a smaller result.",
    aspect="padding",
    padding_added={"formula": lambda n, k, s, p, a: (n - 1) * s + 2 * p + k + a},
    padding_once={"formula": lambda n, k, s, p, a: (n - 1) * s - p + k + a},
    padding_ignored={"formula": lambda n, k, s, _, a: (n - 1) * s + k + a},
)
mistakes.rows(
    "`output_padding` adds its pixels once, at the end.",
    aspect="output_padding",
    output_padding_ignored={"formula": lambda n, k, s, p, _: (n - 1) * s - 2 * p + k},
    output_padding_twice={"formula": lambda n, k, s, p, a: (n - 1) * s - 2 * p + k + 2 * a},
    output_padding_between_stamps={"formula": lambda n, k, s, p, a: (n - 1) * (s + a) - 2 * p + k},
    output_padding_strided={"formula": lambda n, k, s, p, a: (n - 1 + a) * s - 2 * p + k},
    output_padding_subtracted={"formula": lambda n, k, s, p, a: (n - 1) * s - 2 * p + k - a},
)


@mistakes.around("The number is right, but it has to be an int, not a float.")
def floats(right: Step, *args: Any, **named: Any) -> Any:
    return float(right(*args, **named))


# ------------------------------------------------------------------ what has to be refused

NOTHING = {"below": lambda *_: False, "extra": lambda *_: False, "empty": lambda _: False}
mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked=NOTHING,
    nothing_checked_or_zero=NOTHING | {"formula": lambda *sizes: max(0, _right(*sizes))},
)
mistakes.rows(
    "You check `output_padding` alone; raise ValueError for each of the other illegal calls as well.",
    aspect="illegal",
    extra_alone_checked={"below": lambda *_: False, "empty": lambda _: False},
)
mistakes.rows(
    "You check the result alone; raise ValueError for each of the other illegal calls as well.",
    aspect="illegal",
    result_alone_checked={"below": lambda *_: False, "extra": lambda *_: False},
)
mistakes.rows(
    "`output_padding` has to be smaller than the stride and not negative; raise ValueError otherwise.",
    aspect="illegal",
    output_padding_unchecked={"extra": lambda *_: False},
    output_padding_up_to_stride={"extra": lambda a, s: not 0 <= a <= s},
    negative_output_padding={"extra": lambda a, s: a >= s},
)
mistakes.rows(
    "When the padding cuts everything off, nothing is left: raise ValueError.",
    aspect="illegal",
    empty_accepted={"empty": lambda _: False},
    zero_accepted={"empty": lambda size: size < 0},
)
mistakes.rows(
    "A size of 1 is a legal result; you refuse it.",
    aspect="stamps",
    one_refused={"empty": lambda size: size <= 1},
)
mistakes.rows(
    "Sizes and strides below 1 and a negative padding have to raise ValueError.",
    aspect="illegal",
    sizes_unchecked={"below": lambda _n, _k, s, p: s < 1 or p < 0},
    padding_unchecked={"below": lambda n, k, s, _: min(n, k, s) < 1},
)
mistakes.rows(
    "The kernel may be longer than the axis here, stamps may hang over; do not refuse it.",
    long_kernel_refused={"below": lambda n, k, s, p: _below(n, k, s, p) or k > n},
)

add_habits(
    mistakes,
    result="the size",
    remembers={"cache_by_sizes": lambda _, n, k, *_args, **_named: (n, k)},
)
