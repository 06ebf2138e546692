"""Test pictures that reveal mistakes.

A picture that equals its own transpose hides swapped rows and columns; one that equals its own
mirror image hides a flipped kernel. None of these pictures has such a symmetry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reference.images import Picture

_F = np.array(
    [
        [1, 1, 1, 1, 1],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
    ],
    np.uint8,
)


def shapes() -> Picture:
    """Return the picture of the course (128, 160): F, disc, wedge, stripes and dots on a gradient."""
    y, x = np.ogrid[:128, :160]
    picture = np.broadcast_to(20 + y // 2, (128, 160)).astype(np.uint8)
    picture[14:84, 16:66][_enlarged(_F, 10) > 0] = 230
    picture[np.hypot(y - 38, x - 116) <= 25.4] = 255
    picture[(y < 116) & (x > 82) & (3 * (y - 70) > 2 * (x - 82))] = 160
    picture[98:116, 16:66][:, np.arange(50) % 4 < 2] = 200
    for top, left in ((10, 80), (22, 150), (66, 148), (76, 126), (90, 142)):
        picture[top : top + 2, left : left + 2] = 240
    return picture


def letter_f(unit: int = 4) -> Picture:
    """Return a white F on black, of shape (9 * unit, 8 * unit), with strokes `unit` pixels wide."""
    return _enlarged(255 * np.pad(_F, ((1, 1), (1, 2))), unit)


def wedge() -> Picture:
    """Return a grey triangle on black (24, 32), steep on its left and slanted on its right."""
    y, x = np.ogrid[:24, :32]
    return np.where((y < 20) & (x > 3) & (4 * y > 3 * x), np.uint8(180), np.uint8(0))


def disc() -> Picture:
    """Return a white disc on black (24, 32), off the centre in both directions."""
    y, x = np.ogrid[:24, :32]
    return np.where(np.hypot(y - 9, x - 19) <= 7, np.uint8(255), np.uint8(0))


def digits() -> Picture:
    """Return small numbers (8, 8) to work with by hand: an F on a slope."""
    y, x = np.ogrid[:8, :8]
    slope: Picture = ((x + 2 * y) // 6).astype(np.uint8)
    return slope + 5 * np.pad(_F, ((0, 1), (1, 2)))


def _enlarged(picture: Picture, factor: int) -> Picture:
    return picture.repeat(factor, axis=0).repeat(factor, axis=1)
