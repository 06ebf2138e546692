"""Padding modes, and convolution with dilation.

Follows Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
As there, and as in PyTorch, padding counts the zeros on each side, and a dilation of 1 leaves no gap.
"""

from __future__ import annotations

import operator
from typing import SupportsIndex

import numpy as np

from reference.convolution import FeatureMap, Image, Pair, output_size, pair, two_dimensional, zero_pad


def dilated_size(k: SupportsIndex, dilation: SupportsIndex = 1) -> int:
    """Return how many pixels a kernel of `k` cells spans, its cells `dilation` pixels apart.

    Each of the k - 1 gaps grows by dilation - 1 (section 5.1). Raises ValueError when k or
    dilation is below 1.
    """
    k, dilation = operator.index(k), operator.index(dilation)
    for name, value in (("k", k), ("dilation", dilation)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    return k + (k - 1) * (dilation - 1)


def pad_amounts(mode: str, k: SupportsIndex, dilation: SupportsIndex = 1) -> tuple[int, int]:
    """Return how many zeros go (before, after) an axis for a kernel of `k` cells, at stride 1.

    - "valid": none; the kernel keeps inside the image (relationship 1);
    - "same": so many that the output is as large as the input (relationship 3). An odd number of
      zeros has its extra one at the end, as in PyTorch;
    - "full": so many that the kernel meets the image with one cell at least (relationship 4).

    Raises ValueError for another mode, and when k or dilation is below 1.
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
    """Return `convolve2d` with the cells of `kernel` (kh, kw) laid `dilation` pixels apart.

    out[y, x] = sum over i, j of padded[y*sh + i*dh, x*sw + j*dw] * kernel[i, j], in float64, of
    the shape of relationship 15. What lies in the gaps does not count, not even a NaN.
    `stride`, `padding` and `dilation` are one number or a pair (vertical, horizontal).

    Raises ValueError when the dilated kernel does not fit the padded image, for a stride or
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
