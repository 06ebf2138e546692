"""The fifteen relationships of convolution arithmetic: sizes from sizes.

Numbers and words follow Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """One axis of a convolution, in the letters of the paper: input, kernel, stride, padding, dilation.

    For a transposed convolution `i` is its own input (i' in the paper), `s` and `p` belong to the
    convolution it transposes, and `a` is the remainder of (i + 2p - k) divided by s that its
    stride has dropped, which PyTorch calls output_padding.
    """

    i: int
    k: int
    s: int = 1
    p: int = 0
    d: int = 1
    a: int = 0


@dataclass(frozen=True)
class Relationship:
    """One numbered relationship: what it is about, its formula, where it holds and the size it gives."""

    title: str
    formula: str
    holds: Callable[[Axis], bool]
    size: Callable[[Axis], int]


def _direct(x: Axis) -> bool:
    """Return whether this is an ordinary convolution whose kernel fits."""
    return x.d == 1 and x.a == 0 and x.k <= x.i + 2 * x.p


def _transposed(x: Axis) -> bool:
    """Return whether this is the transposed of an ordinary convolution, and leaves something over."""
    return x.d == 1 and 0 <= x.a < x.s and (x.i - 1) * x.s + x.k + x.a > 2 * x.p


RELATIONSHIPS: Mapping[int, Relationship] = {
    1: Relationship(
        "No padding, no strides",
        "o = (i - k) + 1",
        lambda x: _direct(x) and x.s == 1 and x.p == 0,
        lambda x: (x.i - x.k) + 1,
    ),
    2: Relationship(
        "Padding, no strides",
        "o = (i - k) + 2p + 1",
        lambda x: _direct(x) and x.s == 1,
        lambda x: (x.i - x.k) + 2 * x.p + 1,
    ),
    3: Relationship(
        "Half padding: k odd, p = floor(k / 2), no strides",
        "o = i + 2 floor(k / 2) - (k - 1) = i",
        lambda x: _direct(x) and x.s == 1 and x.k % 2 == 1 and x.p == x.k // 2,
        lambda x: x.i + 2 * (x.k // 2) - (x.k - 1),
    ),
    4: Relationship(
        "Full padding: p = k - 1, no strides",
        "o = i + 2(k - 1) - (k - 1) = i + (k - 1)",
        lambda x: _direct(x) and x.s == 1 and x.p == x.k - 1,
        lambda x: x.i + (x.k - 1),
    ),
    5: Relationship(
        "No padding, strides",
        "o = floor((i - k) / s) + 1",
        lambda x: _direct(x) and x.p == 0,
        lambda x: (x.i - x.k) // x.s + 1,
    ),
    6: Relationship(
        "Padding, strides",
        "o = floor((i + 2p - k) / s) + 1",
        _direct,
        lambda x: (x.i + 2 * x.p - x.k) // x.s + 1,
    ),
    7: Relationship(
        "Pooling",
        "o = floor((i - k) / s) + 1",
        lambda x: _direct(x) and x.p == 0,
        lambda x: (x.i - x.k) // x.s + 1,
    ),
    8: Relationship(
        "No padding, no strides, transposed",
        "o' = i' + (k - 1)",
        lambda x: _transposed(x) and x.s == 1 and x.p == 0,
        lambda x: x.i + (x.k - 1),
    ),
    9: Relationship(
        "Padding, no strides, transposed",
        "o' = i' + (k - 1) - 2p",
        lambda x: _transposed(x) and x.s == 1,
        lambda x: x.i + (x.k - 1) - 2 * x.p,
    ),
    10: Relationship(
        "Half padding: k odd, p = floor(k / 2), no strides, transposed",
        "o' = i' + (k - 1) - 2p = i'",
        lambda x: _transposed(x) and x.s == 1 and x.k % 2 == 1 and x.p == x.k // 2,
        lambda x: x.i,
    ),
    11: Relationship(
        "Full padding: p = k - 1, no strides, transposed",
        "o' = i' + (k - 1) - 2p = i' - (k - 1)",
        lambda x: _transposed(x) and x.s == 1 and x.p == x.k - 1,
        lambda x: x.i - (x.k - 1),
    ),
    12: Relationship(
        "No padding, strides without remainder, transposed",
        "o' = s(i' - 1) + k",
        lambda x: _transposed(x) and x.p == 0 and x.a == 0,
        lambda x: x.s * (x.i - 1) + x.k,
    ),
    13: Relationship(
        "Padding, strides without remainder, transposed",
        "o' = s(i' - 1) + k - 2p",
        lambda x: _transposed(x) and x.a == 0,
        lambda x: x.s * (x.i - 1) + x.k - 2 * x.p,
    ),
    14: Relationship(
        "Padding, strides with remainder a = (i + 2p - k) mod s, transposed",
        "o' = s(i' - 1) + a + k - 2p",
        _transposed,
        lambda x: x.s * (x.i - 1) + x.a + x.k - 2 * x.p,
    ),
    15: Relationship(
        "Dilation",
        "o = floor((i + 2p - k - (k - 1)(d - 1)) / s) + 1",
        lambda x: x.a == 0 and x.k + (x.k - 1) * (x.d - 1) <= x.i + 2 * x.p,
        lambda x: (x.i + 2 * x.p - x.k - (x.k - 1) * (x.d - 1)) // x.s + 1,
    ),
}
