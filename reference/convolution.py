"""Two-dimensional convolution with strides and padding, for one channel, as deep learning defines it.

"Convolution" here means cross-correlation: the kernel is laid on the image as it is written, not
turned by 180 degrees (Goodfellow, Bengio, Courville 2016, equation 9.6).
Output sizes follow Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285, relationships 1 to 6.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, SupportsIndex

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[Any]
FeatureMap = npt.NDArray[np.float64]
Pair = SupportsIndex | Sequence[SupportsIndex]


def output_size(
    n: SupportsIndex, k: SupportsIndex, stride: SupportsIndex = 1, padding: SupportsIndex = 0
) -> int:
    """Return how many positions a kernel of `k` cells takes along an axis of `n` pixels.

    The padded axis has n + 2 * padding pixels. The first position is 0; the next ones follow
    every `stride` pixels as long as the whole kernel fits (relationship 6).

    Raises ValueError if n, k or stride is below 1, padding is negative or the kernel does not fit.
    """
    n, k, stride, padding = map(operator.index, (n, k, stride, padding))
    for name, value, least in (("n", n, 1), ("k", k, 1), ("stride", stride, 1), ("padding", padding, 0)):
        if value < least:
            raise ValueError(f"{name} must be at least {least}, got {value}")
    if n + 2 * padding < k:
        raise ValueError(f"a kernel of {k} cells does not fit into {n} + 2*{padding} pixels")
    return (n + 2 * padding - k) // stride + 1


def zero_pad(image: Image, padding: Pair) -> FeatureMap:
    """Return a float64 copy of `image` (h, w) with zeros around it, of shape (h + 2*ph, w + 2*pw).

    `padding` is one number for all four sides or a pair (ph, pw): ph rows above and below,
    pw columns left and right. Raises ValueError for a negative padding or an image that is not 2-D.
    """
    image = two_dimensional("image", image).astype(np.float64)
    ph, pw = pair("padding", padding, least=0)
    height, width = image.shape
    size = height + 2 * ph, width + 2 * pw
    out: FeatureMap = np.zeros(size, order="F" if image.flags.fnc else "C")  # as np.pad, but much quicker
    out[ph : ph + height, pw : pw + width] = image
    return out


def convolve2d(image: Image, kernel: Image, stride: Pair = 1, padding: Pair = 0) -> FeatureMap:
    """Slide `kernel` (kh, kw) over the zero-padded `image` (h, w) and sum the products at each stop.

    out[y, x] = sum over i, j of padded[y*sh + i, x*sw + j] * kernel[i, j], in float64, of shape
    (output_size(h, kh, sh, ph), output_size(w, kw, sw, pw)). `stride` and `padding` are one
    number or a pair (vertical, horizontal). NaN and infinity propagate from within a window.

    Raises ValueError if the kernel does not fit into the padded image, for a stride below 1,
    a negative padding, or arrays that are not 2-D.
    """
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel)
    sh, sw = pair("stride", stride, least=1)
    ph, pw = pair("padding", padding, least=0)
    for n, k, s, p in zip(image.shape, kernel.shape, (sh, sw), (ph, pw), strict=True):
        output_size(n, k, s, p)
    windows = np.lib.stride_tricks.sliding_window_view(zero_pad(image, (ph, pw)), kernel.shape)
    with np.errstate(invalid="ignore"):  # infinity times zero is NaN, and meant to be
        out: FeatureMap = (windows[::sh, ::sw] * kernel.astype(np.float64)).sum(axis=(2, 3))
    return out


def pair(name: str, value: Pair, least: int) -> tuple[int, int]:
    """Return `value` as (vertical, horizontal). Raises ValueError if either half is below `least`."""
    if isinstance(value, Sequence | np.ndarray):
        vertical, horizontal = map(operator.index, value)
    else:
        vertical = horizontal = operator.index(value)
    if min(vertical, horizontal) < least:
        raise ValueError(f"{name} must be at least {least}, got {value!r}")
    return vertical, horizontal


def two_dimensional(name: str, array: Image) -> Image:
    """Return `array` as a NumPy array. Raises ValueError unless it is 2-D."""
    array = np.asarray(array)
    if array.ndim != 2:
        raise ValueError(f"{name} must be 2-D, got an array of shape {array.shape}")
    return array
