"""What clipping loses.

Sobel X subtracts what is left of a pixel from what is right of it. Where a bright shape begins
the answer is positive, where it ends negative. A picture file holds 0 to 255 only: who clips to
that range throws every negative answer away and sees half of the edges; who normalizes sees all,
with no change as middle grey.

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
    "the answer of Sobel X clipped to 0 to 255, where only the left sides of the shapes show. Right: the "
    "same answer normalized, where left sides are white, right sides black and everything else middle grey."
)


def draw() -> Image.Image:
    """Draw picture, clipped edges and all edges side by side."""
    picture = shapes()
    edges = convolve2d(picture, KERNELS["sobel_x"].array)
    clipped = np.clip(edges, 0, 255).astype(np.uint8)
    lost = np.count_nonzero(edges < 0) / np.count_nonzero(edges)
    panels = (
        (picture, "Picture", "Brightness from 0 to 255."),
        (clipped, "Edges, clipped", f"Negative answers became 0: {lost:.0%} of the edge pixels are lost."),
        (
            normalize(edges),
            "Edges, normalized",
            "White: brighter on the right. Black: darker. Grey: no change.",
        ),
    )
    canvas = Canvas(700, 262)
    for column, (pixels, title, caption) in enumerate(panels):
        centre = 120 + 230 * column
        canvas.text((centre, 24), title, 17)
        canvas.picture((centre, 44), pixels, 1.25)
        canvas.paragraph((centre, 224), caption, 210)
    return canvas.image()
