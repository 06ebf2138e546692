"""What clipping loses.

Sobel X takes what is to the right of a pixel and subtracts what is to the left. The result is
positive where a bright shape begins and negative where it ends. A picture file holds only 0 to
255. Clipping to that range throws every negative result away, and with it half of the edges;
stretching the results to that range keeps them all, with mid-grey for no change.

Sobel and Feldman, "A 3x3 isotropic gradient operator for image processing", 1968.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.convolution import convolve2d
from reference.figures.canvas import Canvas
from reference.figures.pictures import shapes
from reference.images import normalize
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from PIL import Image

FILE = "edges.png"
ALT = (
    "Three pictures side by side. Left: white and grey shapes, among them a letter F and a disc. Middle: "
    "Sobel X, clipped to 0 to 255, shows only the left-hand edges of the shapes. Right: the same result, "
    "with both signs kept, shows left-hand edges in white, right-hand edges in black, all else in mid-grey."
)


def draw() -> Image.Image:
    """Draw picture, clipped edges and all edges side by side."""
    picture = shapes()
    edges = convolve2d(picture, KERNELS["sobel_x"].array)
    clipped = np.clip(edges, 0, 255).astype(np.uint8)
    lost = np.count_nonzero(edges < 0) / np.count_nonzero(edges)
    panels = (
        (picture, "Picture", "Brightness from 0 to 255."),
        (clipped, "Edges, clipped", f"Negative numbers became 0: {lost:.0%} of the edge pixels are lost."),
        (
            normalize(edges),
            "Edges, both signs",
            "White: brighter to the right. Black: darker. Grey: no change.",
        ),
    )
    canvas = Canvas(700, 262)
    for column, (pixels, title, caption) in enumerate(panels):
        centre = 120 + 230 * column
        canvas.text((centre, 24), title, 17)
        canvas.picture((centre, 44), pixels, 1.25)
        canvas.paragraph((centre, 224), caption, 210)
    return canvas.image()
