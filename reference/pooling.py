"""Pooling: a window slides over the image as in a convolution, but has no weights.

Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285,
section 1.2 and chapter 3 (relationship 7).
"""

from __future__ import annotations

import numpy as np

from reference.convolution import FeatureMap, Image, Pair, output_size, pair, two_dimensional


def average_pool2d(image: Image, size: Pair, stride: Pair = 1) -> FeatureMap:
    """Return the mean of each window of `size` pixels of `image` (h, w), in float64.

    The result has the shape (output_size(h, kh, sh), output_size(w, kw, sw)). `size` and `stride`
    are one number or a pair (vertical, horizontal). Raises ValueError if one of them is below 1,
    the window does not fit, or the image is not 2-D.
    """
    pooled: FeatureMap = _windows(image, size, stride).mean(axis=(2, 3))
    return pooled


def max_pool2d(image: Image, size: Pair, stride: Pair = 1) -> FeatureMap:
    """Return the largest number of each window of `size` pixels; otherwise like `average_pool2d`."""
    pooled: FeatureMap = _windows(image, size, stride).max(axis=(2, 3))
    return pooled


def _windows(image: Image, size: Pair, stride: Pair) -> FeatureMap:
    """Return all windows, as an array of shape (rows, columns, kh, kw)."""
    image = two_dimensional("image", image).astype(np.float64)
    kh, kw = pair("size", size, least=1)
    sh, sw = pair("stride", stride, least=1)
    for n, k, s in zip(image.shape, (kh, kw), (sh, sw), strict=True):
        output_size(n, k, s)
    windows: FeatureMap = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))[::sh, ::sw]
    return windows
