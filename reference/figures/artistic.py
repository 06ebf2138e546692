"""A picture in colour from three feature maps.

A colour picture is three grey ones, for red, green and blue. Put a different feature map into each,
and edges, shapes and flat areas each get a colour of their own.

Gonzalez and Woods, "Digital Image Processing", 4th edition, 2018, on pseudocolour in "Color Image
Processing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.convolution import convolve2d
from reference.figures.canvas import Canvas
from reference.figures.pictures import shapes
from reference.images import edge_magnitude, normalize
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from PIL import Image

FILE = "artistic.png"
ALT = (
    "Left, three grey feature maps: edge magnitude for red, emboss for green, an inverted blur for blue. "
    "Right, the colour picture they make: green shapes on blue, with edges that are yellow at the top left "
    "and pink at the bottom right."
)


def draw() -> Image.Image:
    """Draw the three maps on the left and the colour picture on the right."""
    picture = shapes()
    sobel_x, sobel_y, emboss = (
        convolve2d(picture, KERNELS[name].array, padding=1) for name in ("sobel_x", "sobel_y", "emboss")
    )
    blur = convolve2d(picture, KERNELS["gaussian_5x5"].array, padding=2)
    channels = {
        "Red: edge magnitude": normalize(edge_magnitude(sobel_x, sobel_y)),
        "Green: emboss": normalize(emboss),
        "Blue: blur, inverted": 255 - normalize(blur),
    }
    canvas = Canvas(700, 470)
    for row, (title, pixels) in enumerate(channels.items()):
        middle = 88 + 152 * row
        canvas.text((95, middle - 70), title, 14)
        canvas.picture((95, middle - 58), pixels[4:-4, 4:-4], 1)
        canvas.arrow((180, middle), 32)
    canvas.picture((455, 58), np.dstack(list(channels.values()))[4:-4, 4:-4], 3)
    return canvas.image()
