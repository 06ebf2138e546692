"""A small convolutional network, from a picture to three answers.

Two rounds of convolution and pooling, then one fully connected layer, the plan of LeNet-5. The
maps are computed, not sketched: each convolution is `convolve2d`, each map keeps its positive
numbers only, pooling keeps the largest of every 2 by 2. The kernels are named ones and turned
ones, where a trained network would have learned its own.

LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.convolution import FeatureMap, convolve2d
from reference.figures.canvas import INK, LINE, NEGATIVE, PAPER, POSITIVE, QUIET, TIMES, Canvas
from reference.figures.pictures import letter_f
from reference.images import normalize
from reference.kernels import KERNELS
from reference.pooling import max_pool2d

if TYPE_CHECKING:
    from PIL import Image

FILE = "cnn_architecture.png"
ALT = (
    "A network from left to right. A picture of a letter F, 30 by 30; a convolution makes 4 feature maps of "
    "28 by 28; pooling shrinks them to 14 by 14; a second convolution makes 8 maps of 12 by 12; pooling "
    "shrinks them to 6 by 6; a fully connected layer joins all 288 numbers to three answers: F, wedge and "
    "disc. F is chosen."
)
MIDDLE = 124
CLASSES = ("F", "wedge", "disc")


def draw() -> Image.Image:
    """Draw the layers from left to right, each with its maps and its size."""
    picture = np.pad(letter_f(3), ((1, 2), (3, 3))).astype(np.float64)
    kernels = [KERNELS[name].array for name in ("high_pass", "sobel_x", "sobel_y", "diagonal")]
    first = [_positive(convolve2d(picture, kernel)) for kernel in kernels]
    small = [max_pool2d(channel, 2, stride=2) for channel in first]
    second = [
        _positive(_all_channels(small, [np.rot90(kernels[(i + j) % 4], j // 2) for i in range(4)]))
        for j in range(8)
    ]
    last = [max_pool2d(channel, 2, stride=2) for channel in second]
    canvas = Canvas(700, 288)
    layers = (
        (54, [picture], 2.75, "Picture", "brightness of each pixel"),
        (169, first, 2.5, "Convolution", f"four 3{TIMES}3 kernels slide over it"),
        (283, small, 4.0, "Pooling", f"keeps the largest of each 2{TIMES}2"),
        (391, second, 4.5, "Convolution", "eight kernels see all four maps"),
        (494, last, 7.0, "Pooling", f"keeps the largest of each 2{TIMES}2"),
    )
    for centre, maps, side, title, note in layers:
        _stack(canvas, centre, maps, side)
        _label(canvas, centre, title, f" {TIMES} ".join(map(str, np.shape(maps))), note)
    for left in (101, 221, 328, 437, 534):
        canvas.arrow((left, MIDDLE), 17)
    _connected(canvas)
    inputs = f"{np.size(last)} numbers to {len(CLASSES)}"
    _label(canvas, 620, "Fully connected", inputs, "each number counts for each answer")
    return canvas.image()


def _positive(feature_map: FeatureMap) -> FeatureMap:
    return feature_map.clip(min=0)


def _all_channels(maps: list[FeatureMap], kernels: list[FeatureMap]) -> FeatureMap:
    """One kernel for each map; the answers are added up."""
    answers = [convolve2d(feature_map, kernel) for feature_map, kernel in zip(maps, kernels, strict=True)]
    total: FeatureMap = np.sum(answers, axis=0)
    return total


def _stack(canvas: Canvas, centre: float, maps: list[FeatureMap], side: float) -> None:
    """Pictures laid on each other like cards, the first in front."""
    height = len(maps[0]) * side
    step = 22 / max(len(maps) - 1, 1)
    for depth, feature_map in reversed(list(enumerate(maps))):
        shift = step * (depth - (len(maps) - 1) / 2)
        canvas.picture((centre + shift, MIDDLE - height / 2 - shift), normalize(feature_map), side)


def _connected(canvas: Canvas) -> None:
    """Some of the numbers, the three answers, and a line from each to each."""
    numbers = [(568, MIDDLE + 13 * i) for i in range(-5, 6)]
    answers = [(632, MIDDLE + 44 * i) for i in (-1, 0, 1)]
    for start in numbers:
        for end in answers:
            canvas.line(start, end, colour=LINE, width=0.75)
    for centre in numbers:
        canvas.disc(centre, 4.5, NEGATIVE)
    for centre, name in zip(answers, CLASSES, strict=True):
        chosen = name == CLASSES[0]
        canvas.disc(centre, 9, POSITIVE if chosen else PAPER)
        canvas.text((centre[0] + 14, centre[1]), name, 13, INK if chosen else QUIET, align="left")


def _label(canvas: Canvas, centre: float, title: str, size: str, note: str) -> None:
    canvas.text((centre, 26), title, 15)
    canvas.text((centre, 216), size, 14)
    canvas.paragraph((centre, 238), note, 100, 12)
