"""Transposed convolution: it reverses the shapes of a convolution, not its values.

Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285,
chapter 4; the arguments are those of `torch.nn.functional.conv_transpose2d`.
"""

from __future__ import annotations

import operator
from typing import SupportsIndex

import numpy as np

from reference.convolution import FeatureMap, Image, Pair, pair, two_dimensional


def transposed_output_size(
    n: SupportsIndex,
    k: SupportsIndex,
    stride: SupportsIndex = 1,
    padding: SupportsIndex = 0,
    output_padding: SupportsIndex = 0,
) -> int:
    """Return how many pixels a transposed convolution turns `n` pixels into, along one axis.

    The last of n stamps of `k` cells begins at (n - 1) * stride; `output_padding` pixels follow
    at the end, and `padding` pixels are cut off on each side (relationship 14).

    Raises ValueError if n, k or stride is below 1, padding or output_padding is negative,
    output_padding is not smaller than stride, or nothing is left.
    """
    n, k, stride, padding, output_padding = map(operator.index, (n, k, stride, padding, output_padding))
    checks = (("n", n, 1), ("k", k, 1), ("stride", stride, 1), ("padding", padding, 0))
    for name, value, least in (*checks, ("output_padding", output_padding, 0)):
        if value < least:
            raise ValueError(f"{name} must be at least {least}, got {value}")
    if output_padding >= stride:
        raise ValueError(f"output_padding must be smaller than stride, got {output_padding} and {stride}")
    size = (n - 1) * stride - 2 * padding + k + output_padding
    if size < 1:
        raise ValueError(f"a padding of {padding} cuts off all {size + 2 * padding} pixels")
    return size


def conv_transpose2d(
    image: Image, kernel: Image, stride: Pair = 1, padding: Pair = 0, output_padding: Pair = 0
) -> FeatureMap:
    """Stamp `kernel` (kh, kw), times each pixel, onto a sheet of zeros; where stamps overlap they add up.

    The stamp of image[y, x] has its top left corner at (y*sh, x*sw). The sheet has
    `output_padding` more rows at the bottom and columns on the right than the stamps need;
    of all this `padding` rows and columns are cut off on each side. The result is float64, of shape
    (transposed_output_size(h, kh, sh, ph, oh), transposed_output_size(w, kw, sw, pw, ow)). The
    arguments are one number or a pair (vertical, horizontal).

    It is the adjoint of `convolve2d` with the same kernel, stride and padding: for every x and y of
    fitting shapes sum(convolve2d(x) * y) = sum(x * conv_transpose2d(y)), as for a matrix and its
    transpose (section 4.1). It restores the shape of x, not its values: it is not the inverse.

    Raises ValueError for a stride below 1, a negative padding or output_padding, an
    output_padding not smaller than its stride, an empty result, or arrays that are not 2-D.
    """
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel).astype(np.float64)
    (sh, sw), (ph, pw) = pair("stride", stride, least=1), pair("padding", padding, least=0)
    extra = pair("output_padding", output_padding, least=0)
    height, width = map(transposed_output_size, image.shape, kernel.shape, (sh, sw), (ph, pw), extra)
    sheet = np.zeros((height + 2 * ph, width + 2 * pw))
    kh, kw = kernel.shape
    with np.errstate(invalid="ignore"):  # infinity times zero is NaN, and meant to be
        for (y, x), pixel in np.ndenumerate(image.astype(np.float64)):
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] += pixel * kernel
    return sheet[ph : ph + height, pw : pw + width].copy()
