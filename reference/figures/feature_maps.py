"""One picture, six feature maps.

Every kernel asks its own question of the same picture, and the map of its answers is called a
feature map. A convolutional network does the same with kernels that it has learned.

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
    "gaussian_5x5": f"Gaussian 5{TIMES}5",
    "sharpen": "Sharpen",
    "emboss": "Emboss",
    "laplacian": "Laplacian",
}
EXPLANATION = (
    "Each map below is this picture under one kernel. Each is normalized by itself: its smallest number is "
    "black, its largest white. In the maps of edges, middle grey means no change."
)
ALT = (
    "A picture of a letter F, a disc, a wedge, stripes and dots, and below it its six feature maps: Sobel X "
    "shows vertical edges in white and black, Sobel Y horizontal edges, Gaussian 5 by 5 a blur in which the "
    "stripes fade, sharpen brighter and darker rims, emboss a relief lit from the top left, Laplacian thin "
    "outlines."
)


def draw() -> Image.Image:
    """Draw the picture above, its feature maps in two rows of three below."""
    canvas = Canvas(700, 716)
    canvas.picture((120, 18), shapes(), 1.25)
    canvas.text((242, 60), "One picture, six kernels, six feature maps", 20, align="left")
    canvas.paragraph((242, 94), EXPLANATION, 435, 15, align="left")
    for place, (name, title) in enumerate(SHOWN.items()):
        centre, top = 120 + 230 * (place % 3), 212 + 258 * (place // 3)
        canvas.text((centre, top), title, 17)
        pixels = normalize(convolve2d(shapes(), KERNELS[name].array))
        canvas.picture((centre, top + 20), pixels, 1.25)
        canvas.paragraph((centre, top + 198), KERNELS[name].effect, 210)
    return canvas.image()
