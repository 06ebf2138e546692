"""One picture, six feature maps.

Each kernel looks for something else in the same picture, and its output is called a feature map.
A convolutional network does the same with kernels that it has learned.

Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.convolution import convolve2d
from reference.figures.canvas import TIMES, Canvas
from reference.figures.pictures import shapes
from reference.images import normalize
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from PIL import Image

FILE = "feature_maps.png"
SHOWN = {
    "sobel_x": "Sobel X",
    "sobel_y": "Sobel Y",
    "gaussian_5x5": f"Blur 5{TIMES}5",
    "sharpen": "Sharpen",
    "emboss": "Emboss",
    "laplacian": "Laplacian",
}
EXPLANATION = (
    "Each map is normalized on its own: its smallest number is black, its largest white. In the edge maps "
    "mid-grey means no change."
)
ALT = (
    "A picture of a letter F, a disc, a wedge, stripes and dots, and its six feature maps. Sobel X shows "
    "vertical edges in white and black, Sobel Y horizontal edges. A 5 by 5 blur makes the stripes fade. "
    "Sharpen adds brighter and darker rims, emboss makes a relief lit from the top left, and Laplacian "
    "draws thin outlines."
)


def draw() -> Image.Image:
    """Draw the picture first, its feature maps beside and below it."""
    canvas = Canvas(920, 516)
    canvas.text((114, 24), "The picture", 16)
    canvas.picture((114, 44), shapes(), 1.25)
    canvas.paragraph((804, 330), EXPLANATION, 190, 14)
    for place, (name, title) in enumerate(SHOWN.items()):
        row, column = divmod(place + (place < 3), 4) if place < 3 else (1, place - 3)
        centre, top = 114 + 230 * column, 24 + 250 * row
        canvas.text((centre, top), title, 16)
        pixels = normalize(convolve2d(shapes(), KERNELS[name].array))
        canvas.picture((centre, top + 20), pixels, 1.25)
        canvas.paragraph((centre, top + 198), KERNELS[name].effect, 210)
    return canvas.image()
