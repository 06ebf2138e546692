"""A small convolutional network, from a picture to three scores.

Two rounds of convolution and pooling, then one fully connected layer, as in LeNet-5. Everything is
computed, not sketched: each convolution is `convolve2d`, ReLU turns negative numbers into 0, pooling
keeps the largest of every 2 by 2, and each score is a weighted sum of all 288 numbers. The kernels
are named ones and rotated ones, where a trained network would have learned its own. The weights of a
score are the numbers that a drawing of that shape, at another place, gives in the last layer.

LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.convolution import FeatureMap, convolve2d
from reference.figures.canvas import INK, LINE, NEGATIVE, PAPER, POSITIVE, QUIET, TIMES, Canvas
from reference.figures.pictures import disc, letter_f, wedge
from reference.images import normalize
from reference.kernels import KERNELS
from reference.pooling import max_pool2d

if TYPE_CHECKING:
    from PIL import Image

FILE = "cnn_architecture.png"
ALT = (
    "A network from left to right. A picture of a letter F, 30 by 30. A convolution with ReLU makes 4 "
    "feature maps of 28 by 28. Pooling shrinks them to 14 by 14. A second convolution with ReLU makes 8 maps "
    "of 12 by 12. Pooling shrinks them to 6 by 6. A fully connected layer turns all 288 numbers into a score "
    "for F, for wedge and for disc. F has the highest score."
)
MIDDLE = 124
CLASSES = ("F", "wedge", "disc")


def draw() -> Image.Image:
    """Draw the layers from left to right, each with its maps and its size."""
    picture = np.pad(letter_f(3), ((1, 2), (3, 3))).astype(np.float64)
    first, small, second, last = _layers(picture)
    canvas = Canvas(720, 304)
    layers = (
        (54, [picture], 2.75, "Picture", "brightness of each pixel"),
        (169, first, 2.5, "Conv + ReLU", f"four 3{TIMES}3 kernels, negative numbers become 0"),
        (283, small, 4.0, "Pooling", f"keeps the largest of each 2{TIMES}2"),
        (391, second, 4.5, "Conv + ReLU", "each of eight kernels sees all four maps"),
        (494, last, 7.0, "Pooling", f"keeps the largest of each 2{TIMES}2"),
    )
    for centre, maps, side, title, note in layers:
        _stack(canvas, centre, maps, side)
        _label(canvas, centre, title, f" {TIMES} ".join(map(str, np.shape(maps))), note)
    for left in (101, 221, 328, 437, 534):
        canvas.arrow((left, MIDDLE), 17)
    _connected(canvas, _scores(last))
    inputs = f"{np.size(last)} numbers to {len(CLASSES)}"
    _label(canvas, 630, "Fully connected", inputs, "one score for each shape")
    return canvas.image()


def _layers(picture: FeatureMap) -> list[list[FeatureMap]]:
    """Return the maps of the four layers."""
    kernels = [KERNELS[name].array for name in ("high_pass", "sobel_x", "sobel_y", "diagonal")]
    first = [_relu(convolve2d(picture, kernel)) for kernel in kernels]
    small = [max_pool2d(channel, 2, stride=2) for channel in first]
    second = [
        _relu(_all_channels(small, [np.rot90(kernels[(i + j) % 4], j // 2) for i in range(4)]))
        for j in range(8)
    ]
    return [first, small, second, [max_pool2d(channel, 2, stride=2) for channel in second]]


def _scores(last: list[FeatureMap]) -> list[float]:
    """Return how much the last layer is like that of each shape drawn elsewhere; 1 is the most."""
    drawings = (
        np.pad(letter_f(3), ((2, 1), (2, 4))),
        np.pad(wedge(), ((3, 3), (0, 0)))[:, 1:31],
        np.pad(disc(), ((3, 3), (0, 0)))[:, 1:31],
    )
    weights = [np.ravel(_layers(drawing.astype(np.float64))[-1]) for drawing in drawings]
    inputs = np.ravel(last) / np.linalg.norm(last)
    return [float(inputs @ weight / np.linalg.norm(weight)) for weight in weights]


def _relu(feature_map: FeatureMap) -> FeatureMap:
    return feature_map.clip(min=0)


def _all_channels(maps: list[FeatureMap], kernels: list[FeatureMap]) -> FeatureMap:
    """Apply one kernel to each map, and add up the results."""
    results = [convolve2d(feature_map, kernel) for feature_map, kernel in zip(maps, kernels, strict=True)]
    total: FeatureMap = np.sum(results, axis=0)
    return total


def _stack(canvas: Canvas, centre: float, maps: list[FeatureMap], side: float) -> None:
    """Draw pictures laid on each other like cards, the first in front."""
    height = len(maps[0]) * side
    step = 22 / max(len(maps) - 1, 1)
    for depth, feature_map in reversed(list(enumerate(maps))):
        shift = step * (depth - (len(maps) - 1) / 2)
        canvas.picture((centre + shift, MIDDLE - height / 2 - shift), normalize(feature_map), side)


def _connected(canvas: Canvas, scores: list[float]) -> None:
    """Draw some of the numbers, the three scores, and a line from each to each."""
    numbers = [(568, MIDDLE + 13 * i) for i in range(-5, 6)]
    ends = [(626, MIDDLE + 44 * i) for i in (-1, 0, 1)]
    for start in numbers:
        for end in ends:
            canvas.line(start, end, colour=LINE, width=0.75)
    for centre in numbers:
        canvas.disc(centre, 4.5, NEGATIVE)
    for centre, name, score in zip(ends, CLASSES, scores, strict=True):
        chosen = score == max(scores)
        canvas.disc(centre, 9, POSITIVE if chosen else PAPER)
        words = f"{name}: {score:.2f}"
        canvas.text((centre[0] + 14, centre[1]), words, 13, INK if chosen else QUIET, align="left")


def _label(canvas: Canvas, centre: float, title: str, size: str, note: str) -> None:
    canvas.text((centre, 26), title, 15)
    canvas.text((centre, 216), size, 14)
    canvas.paragraph((centre, 238), note, 100, 12)
