"""Normalisation of feature maps to pictures, and the magnitude of edges.

A feature map contains negative numbers and numbers above 255; a picture contains whole numbers from 0
to 255. Stretching one linearly onto the other is min-max normalisation.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reference.convolution import FeatureMap, Image, two_dimensional

Picture = npt.NDArray[np.uint8]


def normalize(image: Image) -> Picture:
    """Stretch `image` (h, w) linearly so that its darkest pixel is 0 and its brightest 255.

    Return uint8 (h, w), rounded to the nearest whole number. A constant image has nothing to stretch
    and becomes zeros. Raises ValueError for NaN or infinity, for an image without pixels, and for an
    array that is not 2-D.
    """
    image = two_dimensional("image", image)
    if image.size == 0:
        raise ValueError(f"an image of shape {image.shape} has no pixels to normalize")
    offsets = _above_darkest(image)
    span = offsets.max()
    if span == 0:
        return np.zeros(image.shape, np.uint8)
    stretched: Picture = np.rint(offsets / span * 255).astype(np.uint8)  # span / span is exactly 1
    return stretched


def edge_magnitude(gx: Image, gy: Image) -> FeatureMap:
    """Return sqrt(gx**2 + gy**2) for each pixel: how strong an edge is, whatever its direction.

    `gx` and `gy` (h, w) are the gradients across and down; the result (h, w) is float64.
    Raises ValueError if the shapes differ or an array is not 2-D.
    """
    gx, gy = two_dimensional("gx", gx), two_dimensional("gy", gy)
    if gx.shape != gy.shape:
        raise ValueError(f"gx has shape {gx.shape}, gy has shape {gy.shape}: they must be the same")
    return np.hypot(gx.astype(np.float64), gy.astype(np.float64))


def _above_darkest(image: Image) -> npt.NDArray[np.uint64 | np.float64]:
    """Return how far each pixel is above the darkest one, up to a factor, without overflow."""
    if image.dtype.kind in "bui":
        whole = image.astype(np.uint64)  # a negative number wraps around here, its difference back again
        return whole - whole.flat[image.argmin()]
    values = image.astype(np.float64)
    wrong = np.count_nonzero(~np.isfinite(values))
    if wrong:
        raise ValueError(f"{wrong} of {values.size} pixels are NaN or infinite: no range to stretch")
    if np.abs(values).max() > 1:
        values /= 2  # so that the widest range of float64 stays finite
    return values - values.flat[image.argmin()]
