"""What the kernels look like.

The weights of nine kernels of the lesson. A pixel under a positive weight raises the result, one
under a negative weight lowers it. Weights that add up to 0 respond only to change; weights that add
up to 1 keep the brightness of a flat area.

Szeliski, "Computer Vision: Algorithms and Applications", 2nd edition, 2022, chapter 3.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reference.figures.canvas import MINUS, Canvas, sign_colour
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from PIL import Image

FILE = "kernels.png"
SHOWN = {
    "identity": "Identity",
    "sobel_x": "Sobel X",
    "sobel_y": "Sobel Y",
    "diagonal": "Diagonal",
    "gaussian_3x3": "Gaussian (each / 16)",
    "sharpen": "Sharpen",
    "emboss": "Emboss",
    "laplacian": "Laplacian",
    "high_pass": "High-pass",
}
ALT = (
    "Nine grids of 3 by 3 numbers, one for each kernel: identity, Sobel X, Sobel Y, diagonal, Gaussian, "
    "sharpen, emboss, Laplacian and high-pass. Positive weights are orange with a plus, negative weights "
    "blue with a minus, zeros white."
)


def draw() -> Image.Image:
    """Draw the kernels in two rows, each with what it does."""
    canvas = Canvas(920, 530)
    for place, (name, title) in enumerate(SHOWN.items()):
        kernel = KERNELS[name]
        weights = kernel.array / kernel.array.min() if name.startswith("gaussian") else kernel.array
        colour = partial(sign_colour, largest=float(abs(weights).max()))
        centre, top = 94 + 183 * (place % 5), 24 + 248 * (place // 5)
        canvas.text((centre, top), title, 16)
        canvas.grid((centre - 72, top + 20), 144 / len(weights), weights, colour)
        canvas.paragraph((centre, top + 184), kernel.effect, 168)
    legend = "Orange, +: raises the result.", f"Blue, {MINUS}: lowers it.", "White, 0: ignored."
    for row, words in enumerate(legend):
        canvas.text((742, 340 + 26 * row), words, 14, align="left")
    return canvas.image()
