"""Wrong implementations of `output_size(n, k, stride=1, padding=0)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake

Formula = Callable[[int, int, int, int], Any]
entry = partial(mistake, lesson="1_convolve2d#size-text")
stride_entry = partial(mistake, lesson="1_convolve2d#shapes-text")

FIT = "A kernel that is longer than the padded axis has no place at all: raise ValueError."
ONE_SIDE = "Padding is added at both ends of the axis, so it counts twice; you count it once."
ROUND_DOWN = "A last step that would leave the image is not taken, so the division has to be rounded down."


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
    formula: Formula = _right,
    illegal: Callable[[int, int, int, int], bool] = _illegal,
    fault: type[Exception] = ValueError,
) -> Any:
    if illegal(n, k, stride, padding):
        raise fault("there is no such size")
    return formula(n, k, stride, padding)


@entry("Your answer is one too small: the first position counts as well, before any step is taken.")
def no_plus_one(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p - k) // s)


@entry("Your answer is one too large: a kernel as long as the axis has exactly one position.")
def one_too_many(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p - k) // s + 2)


@entry(
    "Your answer does not shrink as the kernel grows, so it also counts places where it hangs over the edge."
)
def kernel_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p: (n + 2 * p - 1) // s + 1)


@entry("Your formula is right only for a kernel of 3 cells; use k.")
def always_three(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p: (n + 2 * p - 3) // s + 1)


@entry(ONE_SIDE)
def padding_once(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + p - k) // s + 1)


@entry("You leave the padding out of your formula: it makes the axis longer at both ends.")
def padding_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, _: (n - k) // s + 1)


@entry("You take the padding off instead of adding it: zeros around the image make room for the kernel.")
def padding_subtracted(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n - 2 * p - k) // s + 1)


@stride_entry(
    "The padding belongs to the axis, so add it before you divide by the stride and not afterwards."
)
def padding_after_stride(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n - k) // s + 1 + 2 * p)


@stride_entry("You leave the stride out of your formula: a larger stride means fewer positions.")
def stride_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, _, p: n + 2 * p - k + 1)


@stride_entry(ROUND_DOWN)
def ceil(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1)


@stride_entry(ROUND_DOWN)
def ceil_of_whole_numbers(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: -((k - n - 2 * p) // s) + 1)


@stride_entry(ROUND_DOWN)
def rounded(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: round((n + 2 * p - k) / s) + 1)


@stride_entry("The + 1 is the first position, which costs no step: add it after the division, not before.")
def plus_one_inside(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p - k + 1) // s)


@stride_entry("The + 1 is the first position, which costs no step: add it after the division, not before.")
def plus_one_inside_up(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: max(1, (n + 2 * p - k + 1) // s))


@stride_entry(
    "Your answer does not shrink as the kernel grows, so it also counts places where it hangs over the edge."
)
def axis_over_stride(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p: (n + 2 * p) // s)


@stride_entry("The stride divides the distance the kernel can travel, not the whole axis: subtract k first.")
def kernel_not_divided(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p) // s - k + 1)


@stride_entry("A stride makes the result smaller: divide by it instead of multiplying.")
def stride_multiplied(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p - k) * s + 1)


@stride_entry("A number of places is whole, but a division with one slash gives a float: divide with two.")
def true_division(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: (n + 2 * p - k) / s + 1)


@stride_entry("The number is right, but `np.floor` gives a float: divide whole numbers with two slashes.")
def numpy_floor(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p: np.floor((n + 2 * p - k) / s) + 1)


@stride_entry("Pixels may be left over behind the last step; that is no reason for a ValueError.")
def remainder_refused(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: _illegal(n, k, s, p) or (n + 2 * p - k) % s != 0)


@entry(FIT)
def fit_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: min(n, k, s) < 1 or p < 0)


@entry(FIT)
def fit_gives_zero(*args: Any, **named: Any) -> Any:
    def formula(n: int, k: int, s: int, p: int) -> int:
        return max(0, _right(n, k, s, p))

    return _size(*args, **named, formula=formula, illegal=lambda n, k, s, p: min(n, k, s) < 1 or p < 0)


@entry("You compare the kernel with the axis alone, but it has to fit the padded axis.")
def fit_without_padding(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or n < k)


@entry("A kernel exactly as long as the padded axis still fits once; you refuse it.")
def fit_too_strict(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or n + 2 * p <= k)


@stride_entry("With a stride below 1 the kernel never moves on: raise ValueError.")
def stride_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, _, p: _illegal(n, k, 1, p))


@stride_entry("With a stride below 1 the kernel never moves on: raise ValueError.")
def stride_checked_for_zero(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: _illegal(n, k, abs(s), p))


@entry("A negative padding makes no sense here: raise ValueError.")
def padding_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: _illegal(n, k, s, max(p, 0)))


@entry("An axis without pixels and a kernel without cells make no sense: raise ValueError.")
def emptiness_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, illegal=lambda n, k, s, p: s < 1 or p < 0 or n + 2 * p < k)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def asserts(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, fault=AssertionError)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def type_error(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, fault=TypeError)


@entry("You print the size or forget to hand it back: a function has to `return` its result.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _size(*args, **named)


@entry(
    "Your result depends on an earlier call: what you remember must be found by all four arguments.",
    stateful=True,
)
def cache_by_sizes() -> Any:
    seen: dict[tuple[int, int], Any] = {}

    def wrong(n: int, k: int, stride: int = 1, padding: int = 0) -> Any:
        size = _size(n, k, stride, padding)
        return seen.setdefault((n, k), size)

    return wrong
