"""Wrong implementations of `transposed_output_size(n, k, stride=1, padding=0, output_padding=0)`."""

from __future__ import annotations

from typing import Any

from autograder.checks.habits import UNCHECKED, add_habits
from autograder.checks.mistakes import Step, Table

# ----------------------------------------------------------------------- the right function


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
    last: Step = lambda n, k, s: (n - 1) * s + k,
    cut: Step = lambda p: 2 * p,
    more: Step = lambda _n, _s, a: a,
    formula: Step = lambda last, cut, more, *_: last - cut + more,
) -> Any:
    parts = last(n, k, stride), cut(padding), more(n, stride, output_padding)
    size = formula(*parts, n, k, stride, padding) if stride else 0
    if below(n, k, stride, padding) or extra(output_padding, stride) or empty(size):
        raise ValueError("there is no such size")
    return size


mistakes = Table("transposed_output_size", "2_transposed#size-text", "stamps", _size)


# -------------------------------------------------------------------------------- the formula

STAMPS = "The last of n stamps begins after n - 1 strides, and then it is k pixels long."

mistakes.rows(
    "Your sizes shrink like those of an ordinary convolution; the transposed one makes axes longer.",
    carries=False,
    forward={"formula": lambda _last, _cut, _more, n, k, s, p: (n + 2 * p - k) // s + 1},
    forward_in_floats={"formula": lambda _last, _cut, _more, n, k, s, p: (n + 2 * p - k) / s + 1},
)
mistakes.rows(
    STAMPS,
    kernel_less_one={"last": lambda n, k, s: (n - 1) * s + k - 1},
    always_three={"last": lambda n, _, s: (n - 1) * s + 3},
    stride_times_size={"last": lambda n, k, s: n * s + k},
    strides_alone={"last": lambda n, _, s: (n - 1) * s},
)
mistakes.rows(
    STAMPS,
    carries=("stride", "padding", "output_padding", "illegal"),  # with stride 1 it is the argument itself
    size_times_stride={"last": lambda n, _, s: n * s},
    kernel_forgotten={"last": lambda n, _, s: (n - 1) * s + 1},
)
mistakes.rows(
    STAMPS,
    aspect="stride",
    stride_times_size_less_one={"last": lambda n, k, s: n * s + k - 1},
)
mistakes.rows(
    "The last stamp ends the axis: where the stride is longer than the kernel, no gap follows it.",
    aspect="stride",
    gap_after_last_stamp={"last": lambda n, k, s: n * s + max(k - s, 0)},
)
mistakes.rows(
    "The stride says how far apart the stamps are; you leave it out.",
    aspect="stride",
    stride_ignored={"last": lambda n, k, _: n - 1 + k},
)
mistakes.rows(
    "Here the padding cuts pixels off, on both sides: a larger one gives a smaller result.",
    aspect="padding",
    padding_added={"cut": lambda p: -2 * p},
    padding_once={"cut": lambda p: p},
    padding_ignored={"cut": lambda _: 0},
)
mistakes.rows(
    "`output_padding` adds its pixels once, at the end.",
    aspect="output_padding",
    output_padding_ignored={"more": lambda *_: 0},
    output_padding_twice={"more": lambda _n, _s, a: 2 * a},
    output_padding_between_stamps={"more": lambda n, _, a: (n - 1) * a},
    output_padding_strided={"more": lambda _, s, a: a * s},
    output_padding_subtracted={"more": lambda _n, _s, a: -a},
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
    nothing_checked_or_zero=NOTHING | {"formula": lambda last, cut, more, *_: max(0, last - cut + more)},
)
mistakes.rows(
    "You only check `output_padding`; raise ValueError for each of the other illegal calls, too.",
    aspect="illegal",
    extra_alone_checked={"below": lambda *_: False, "empty": lambda _: False},
)
mistakes.rows(
    "You only check the result; raise ValueError for each of the other illegal calls, too.",
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
    "A size of 1 is a legal result; don't reject it.",
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
    "The kernel may be longer than the axis here, stamps may stick out; don't reject it.",
    long_kernel_refused={"below": lambda n, k, s, p: _below(n, k, s, p) or k > n},
)

add_habits(
    mistakes,
    result="the size",
    remembers={"cache_by_sizes": lambda _, n, k, *_args, **_named: (n, k)},
)
