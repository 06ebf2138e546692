"""Convolution arithmetic (sizes, padding, dilation), and convolution with dilation.

Everything follows Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285; `RELATIONSHIPS` contains its fifteen relationships by number. As in the paper and in
PyTorch, padding counts the zeros on each side, and a dilation of 1 leaves no gap.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np

from reference.convolution import FeatureMap, Image, Pair, output_size, pair, two_dimensional, zero_pad


def dilated_size(k: SupportsIndex, dilation: SupportsIndex = 1) -> int:
    """Return how many pixels a kernel of `k` cells spans if its cells are `dilation` pixels apart.

    Each of the k - 1 gaps grows by dilation - 1 (section 5.1). Raises ValueError if k or
    dilation is below 1.
    """
    k, dilation = operator.index(k), operator.index(dilation)
    for name, value in (("k", k), ("dilation", dilation)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    return k + (k - 1) * (dilation - 1)


def pad_amounts(mode: str, k: SupportsIndex, dilation: SupportsIndex = 1) -> tuple[int, int]:
    """Return how many zeros go (before, after) an axis for a kernel of `k` cells, at stride 1.

    - "valid": none; the kernel stays inside the image (relationship 1);
    - "same": as many as make the output as large as the input (relationship 3). If the number is odd,
      the extra zero goes at the end, as in PyTorch;
    - "full": as many as let the kernel overlap the image by at least one cell (relationship 4).

    Raises ValueError for any other mode, and if k or dilation is below 1.
    """
    reach = dilated_size(k, dilation) - 1
    if mode == "valid":
        return 0, 0
    if mode == "same":
        return reach // 2, reach - reach // 2
    if mode == "full":
        return reach, reach
    raise ValueError(f"mode must be 'valid', 'same' or 'full', got {mode!r}")


def convolve2d_dilated(
    image: Image, kernel: Image, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> FeatureMap:
    """Return `convolve2d` of `image` (h, w) with the cells of `kernel` (kh, kw) `dilation` pixels apart.

    out[y, x] = sum over i, j of padded[y*sh + i*dh, x*sw + j*dw] * kernel[i, j], in float64, with
    the shape of relationship 15. Pixels in the gaps do not count, not even a NaN.
    `stride`, `padding` and `dilation` are one number or a pair (vertical, horizontal).

    Raises ValueError if the dilated kernel does not fit into the padded image, for a stride or
    dilation below 1, a negative padding, or arrays that are not 2-D.
    """
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel)
    sh, sw = pair("stride", stride, least=1)
    ph, pw = pair("padding", padding, least=0)
    dh, dw = pair("dilation", dilation, least=1)
    span = dilated_size(kernel.shape[0], dh), dilated_size(kernel.shape[1], dw)
    for n, k, s, p in zip(image.shape, span, (sh, sw), (ph, pw), strict=True):
        output_size(n, k, s, p)
    windows = np.lib.stride_tricks.sliding_window_view(zero_pad(image, (ph, pw)), span)
    with np.errstate(invalid="ignore"):  # infinity times zero is NaN, and meant to be
        out: FeatureMap = (windows[::sh, ::sw, ::dh, ::dw] * kernel.astype(np.float64)).sum(axis=(2, 3))
    return out


@dataclass(frozen=True)
class Axis:
    """One axis of a convolution, in the paper's letters: input, kernel, stride, padding, dilation.

    For a transposed convolution, `i` is its own input (i' in the paper), `s` and `p` belong to the
    convolution it transposes, and `a` is the remainder of (i + 2p - k) divided by s, which
    PyTorch calls output_padding.
    """

    i: int
    k: int
    s: int = 1
    p: int = 0
    d: int = 1
    a: int = 0


@dataclass(frozen=True)
class Relationship:
    """One numbered relationship: its title, its formula, when it holds and the output size it gives."""

    title: str
    formula: str
    holds: Callable[[Axis], bool]
    size: Callable[[Axis], int]


def _direct(x: Axis) -> bool:
    """Return whether this is an ordinary convolution whose kernel fits."""
    return x.d == 1 and x.a == 0 and x.k <= x.i + 2 * x.p


def _transposed(x: Axis) -> bool:
    """Return whether this is the transpose of an ordinary convolution, with an output that is not empty."""
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
