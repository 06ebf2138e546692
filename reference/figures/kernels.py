"""What the kernels look like.

The weights of nine kernels of the lesson. Positive weights let a pixel count for the answer,
negative ones against it. Weights that add up to 0 answer only to change; weights that add up to
1 keep the brightness of a flat area.

Szeliski, "Computer Vision: Algorithms and Applications", 2nd edition, 2022, chapter 3.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reference.figures.canvas import MINUS, TIMES, Canvas, sign_colour
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from PIL import Image

FILE = "kernels.png"
SHOWN = {
    "sobel_x": "Sobel X",
    "sobel_y": "Sobel Y",
    "diagonal": "Diagonal",
    "gaussian_3x3": f"Gaussian 3{TIMES}3 (each / 16)",
    "gaussian_5x5": f"Gaussian 5{TIMES}5 (each / 256)",
    "sharpen": "Sharpen",
    "emboss": "Emboss",
    "laplacian": "Laplacian",
    "high_pass": "High-pass",
}
ALT = (
    "Nine grids of numbers, one for each kernel: Sobel X, Sobel Y, diagonal, Gaussian blur of 3 by 3 and "
    "of 5 by 5, sharpen, emboss, Laplacian and high-pass. Positive weights are orange with a plus, negative "
    "weights blue with a minus, zeros white."
)


def draw() -> Image.Image:
    """Draw three rows of three kernels, each with what it does."""
    canvas = Canvas(700, 782)
    for place, (name, title) in enumerate(SHOWN.items()):
        kernel = KERNELS[name]
        weights = kernel.array / kernel.array.min() if name.startswith("gaussian") else kernel.array
        colour = partial(sign_colour, largest=float(abs(weights).max()))
        centre, top = 120 + 230 * (place % 3), 24 + 246 * (place // 3)
        canvas.text((centre, top), title, 17)
        canvas.grid((centre - 72, top + 20), 144 / len(weights), weights, colour)
        canvas.paragraph((centre, top + 184), kernel.effect, 210)
    legend = (
        f"Orange, +: counts for the answer.   Blue, {MINUS}: counts against it.   White, 0: does not count."
    )
    canvas.text((350, 758), legend, 14)
    return canvas.image()
