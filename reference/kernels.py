"""Named kernels, the binomial blur, and the transition from no effect to full effect.

The Sobel pair is from Sobel and Feldman, "A 3x3 isotropic gradient operator for image processing",
Stanford Artificial Intelligence Project, 1968. Blur, sharpening and the Laplacian are in Gonzalez and
Woods, "Digital Image Processing", 4th edition, chapter 3. The diagonal kernel is the first Sobel kernel
turned by 45 degrees; the emboss kernel comes from picture editors. All are laid on the image as written
here, since `convolve2d` does not flip its kernel.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np

from reference.convolution import FeatureMap, Image, convolve2d, two_dimensional
from reference.images import Picture, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class NamedKernel:
    """A kernel, its usual name, and one sentence about what it does to a picture."""

    name: str
    array: FeatureMap
    effect: str


def gaussian_kernel(size: int | np.integer) -> FeatureMap:
    """Return the binomial blur of shape (size, size), whose weights add up to 1.

    It is the outer product of a row of Pascal's triangle with itself, which approximates a Gaussian.
    Raises ValueError unless `size` is an odd, positive whole number.
    """
    if isinstance(size, bool) or not isinstance(size, int | np.integer) or size < 1 or size % 2 == 0:
        raise ValueError(f"size must be an odd, positive whole number, got {size!r}")
    last = int(size) - 1
    row = [math.comb(last, i) / 2**last for i in range(last + 1)]
    return np.outer(row, row)


def transition_frames(image: Image, kernel: Image, steps: SupportsIndex) -> list[Picture]:
    """Return `steps` pictures from the unchanged `image` (h, w) to the full effect of `kernel` (kh, kw).

    Frame t, for t evenly spaced from 0 to 1, is the normalized convolution with
    (1 - t) * identity + t * kernel, where the identity is zeros with a 1 in the centre.
    Raises ValueError for fewer than 2 steps, a kernel without a centre (an even side), and
    everything that `convolve2d` and `normalize` refuse.
    """
    kernel = two_dimensional("kernel", kernel).astype(np.float64)
    steps = operator.index(steps)
    if steps < 2:
        raise ValueError(f"a transition takes at least 2 steps, got {steps}")
    if not all(side % 2 for side in kernel.shape):
        raise ValueError(f"a kernel of shape {kernel.shape} has no centre: both sides must be odd")
    identity = np.zeros_like(kernel)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    return [normalize(convolve2d(image, (1 - t) * identity + t * kernel)) for t in np.linspace(0, 1, steps)]


def _named(name: str, weights: npt.ArrayLike, effect: str) -> NamedKernel:
    array = np.array(weights, np.float64)
    array.flags.writeable = False
    return NamedKernel(name, array, effect)


KERNELS: Mapping[str, NamedKernel] = {
    kernel.name: kernel
    for kernel in (
        _named(
            "identity",
            [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
            "Leaves every pixel as it is.",
        ),
        _named(
            "sobel_x",
            [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
            "Finds vertical edges: right minus left.",
        ),
        _named(
            "sobel_y",
            [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
            "Finds horizontal edges: below minus above.",
        ),
        _named(
            "diagonal",
            [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
            "Finds edges that run down to the right: upper right minus lower left.",
        ),
        _named(
            "gaussian_3x3",
            gaussian_kernel(3),
            "Blurs a little: an average in which near pixels count more.",
        ),
        _named(
            "gaussian_5x5",
            gaussian_kernel(5),
            "Blurs more: a weighted average over a wider window.",
        ),
        _named(
            "sharpen",
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
            "Sharpens: boosts the difference between a pixel and its neighbours.",
        ),
        _named(
            "emboss",
            [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
            "Makes a relief: lower right minus upper left.",
        ),
        _named(
            "laplacian",
            [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
            "Finds edges in any direction: the neighbours minus 4 times the centre.",
        ),
        _named(
            "high_pass",
            [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
            "Keeps only fine detail: 8 times the centre minus its neighbours.",
        ),
    )
}
