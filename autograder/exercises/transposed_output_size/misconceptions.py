"""Wrong implementations of `transposed_output_size(n, k, stride=1, padding=0, output_padding=0)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from autograder.checks.mistakes import mistake

Step = Callable[..., Any]
entry = partial(mistake, lesson="2_transposed#size-text")

CUT = "Here the padding cuts pixels off, on both sides: a larger one gives a smaller result."
STAMPS = "The last of n stamps begins after n - 1 strides, and then it is k pixels long."
EXTRA = "`output_padding` adds its pixels once, at the end."
RANGE = "`output_padding` has to be smaller than the stride and not negative; raise ValueError otherwise."
EMPTY = "When the padding cuts everything off, nothing is left: raise ValueError."
REMEMBERED = "Your result depends on an earlier call: what you remember must be found by all arguments."
BELOW = "Sizes and strides below 1 and a negative padding have to raise ValueError."


def _size(
    n: int,
    k: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    *,
    formula: Step = lambda n, k, s, p, a: (n - 1) * s - 2 * p + k + a,
    below: Step = lambda n, k, s, p: min(n, k, s) < 1 or p < 0,
    extra: Step = lambda a, s: not 0 <= a < s,
    empty: Step = lambda size: size < 1,
    fault: type[Exception] = ValueError,
) -> Any:
    right = (n - 1) * stride - 2 * padding + k + output_padding
    if below(n, k, stride, padding) or extra(output_padding, stride) or empty(right):
        raise fault("there is no such size")
    return formula(n, k, stride, padding, output_padding)


@entry("You use the formula of the ordinary convolution; the transposed one makes axes longer.")
def forward(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, _: (n + 2 * p - k) // s + 1)


@entry(CUT)
def padding_added(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: (n - 1) * s + 2 * p + k + a)


@entry(CUT)
def padding_once(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: (n - 1) * s - p + k + a)


@entry(CUT)
def padding_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, _, a: (n - 1) * s + k + a)


@entry(STAMPS)
def stride_times_size(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: n * s - 2 * p + k + a)


@entry(STAMPS)
def size_times_stride(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p, a: n * s - 2 * p + a)


@entry(STAMPS)
def kernel_less_one(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: (n - 1) * s - 2 * p + k - 1 + a)


@entry(STAMPS)
def kernel_forgotten(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p, a: (n - 1) * s - 2 * p + 1 + a)


@entry(STAMPS)
def always_three(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, _, s, p, a: (n - 1) * s - 2 * p + 3 + a)


@entry("The stride spaces the stamps; you leave it out.")
def stride_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, _, p, a: n - 1 - 2 * p + k + a)


@entry(EXTRA)
def output_padding_ignored(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, _: (n - 1) * s - 2 * p + k)


@entry(EXTRA)
def output_padding_twice(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: (n - 1) * s - 2 * p + k + 2 * a)


@entry(EXTRA)
def output_padding_subtracted(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, formula=lambda n, k, s, p, a: (n - 1) * s - 2 * p + k - a)


@entry(RANGE)
def output_padding_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, extra=lambda *_: False)


@entry(RANGE)
def output_padding_up_to_stride(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, extra=lambda a, s: not 0 <= a <= s)


@entry(RANGE)
def negative_output_padding(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, extra=lambda a, s: a >= s)


@entry(EMPTY)
def empty_accepted(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, empty=lambda _: False)


@entry(EMPTY)
def zero_accepted(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, empty=lambda size: size < 0)


@entry("A size of 1 is a legal result; you refuse it.")
def one_refused(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, empty=lambda size: size <= 1)


@entry(BELOW)
def sizes_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, below=lambda _n, _k, s, p: s < 1 or p < 0)


@entry(BELOW)
def padding_unchecked(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, below=lambda n, k, s, _: min(n, k, s) < 1)


@entry("The kernel may be longer than the axis here, stamps may hang over; do not refuse it.")
def long_kernel_refused(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, below=lambda n, k, s, p: min(n, k, s) < 1 or p < 0 or k > n)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def asserts(*args: Any, **named: Any) -> Any:
    return _size(*args, **named, fault=AssertionError)


@entry("The number is right, but it has to be an int, not a float.")
def floats(*args: Any, **named: Any) -> Any:
    return float(_size(*args, **named))


@entry("You compute the size but do not hand it back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _size(*args, **named)


@entry(REMEMBERED, stateful=True)
def cache_by_sizes() -> Any:
    seen: dict[tuple[int, int], Any] = {}

    def wrong(n: int, k: int, *args: Any, **named: Any) -> Any:
        return seen.setdefault((n, k), _size(n, k, *args, **named))

    return wrong
