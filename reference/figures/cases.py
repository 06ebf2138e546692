"""The table of cases: every moving picture, what it is called with, what it shows.

One table drives the animations, the text of the notebooks and the tests of the relationships. The
first fifteen cases have the names and sizes of the animations that accompany Dumoulin and Visin,
"A guide to convolution arithmetic for deep learning", arXiv:1603.07285; the next four those of its
figures with numbers; the rest are ours. All have numbers here, and are computed by the reference
functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from reference.convolution import FeatureMap, Pair, pair
from reference.dilation import convolve2d_dilated
from reference.pooling import average_pool2d, max_pool2d
from reference.relationships import Axis
from reference.transposed import conv_transpose2d

Function = Callable[..., FeatureMap]

# Whole numbers in which no flip, turn or swap of rows and columns goes unnoticed, whatever part is cut out.
PIXELS = np.array(
    [
        [2, 3, 1, 4, 1, 0, 3, 2],
        [2, 1, 0, 2, 3, 4, 1, 2],
        [3, 2, 1, 1, 2, 3, 0, 4],
        [1, 0, 2, 1, 3, 1, 2, 3],
        [2, 1, 3, 2, 4, 2, 1, 0],
        [4, 3, 1, 0, 2, 3, 4, 1],
        [0, 2, 4, 3, 1, 2, 3, 1],
    ]
)
WEIGHTS = np.array([[2, 0, 1, 1], [1, 2, 0, 1], [0, 1, 1, 2], [1, 0, 2, 0]])


@dataclass(frozen=True)
class Case:
    """One call of a function of the lesson, and what there is to see.

    Sizes and arguments are one number for both axes or a pair (vertical, horizontal). `input` is
    what goes into the call; in a transposed case it is the output of the convolution that is
    transposed, while `stride` and `padding` are those of that convolution. `relationship` is a
    number of the paper. `page` is the caption under which the page "Animations of Convolution and
    Deconvolution" of Hochschule der Medien Stuttgart shows the case under the same name, if it does.
    """

    name: str
    title: str
    lesson: str
    relationship: int
    input: Pair
    kernel: Pair = 3
    stride: Pair = 1
    padding: Pair = 0
    dilation: Pair = 1
    output_padding: Pair = 0
    function: Function = convolve2d_dilated
    view: Literal["window", "stamp", "stretched"] = "window"
    flat: bool = False  # all pixels and all weights 1, and the output shaded by its numbers
    spelled: bool = False  # the products of each window are written out
    page: str = ""

    @property
    def transposed(self) -> bool:
        """Whether this is a transposed convolution."""
        return self.function is conv_transpose2d

    @property
    def pooling(self) -> bool:
        """Whether the window has no weights."""
        return self.function in {average_pool2d, max_pool2d}

    @property
    def image(self) -> FeatureMap:
        """The input (h, w), small whole numbers."""
        height, width = pair("input", self.input, least=1)
        return np.ones((height, width)) if self.flat else PIXELS[:height, :width].astype(np.float64)

    @property
    def weights(self) -> FeatureMap | tuple[int, int]:
        """The kernel (kh, kw), small whole numbers; for pooling the size of the window."""
        height, width = pair("kernel", self.kernel, least=1)
        if self.pooling:
            return height, width
        return np.ones((height, width)) if self.flat else WEIGHTS[:height, :width].astype(np.float64)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the function is called with, apart from image and kernel."""
        if self.pooling:
            return {"stride": self.stride}
        arguments = {"stride": self.stride, "padding": self.padding}
        if self.dilation != 1:
            arguments["dilation"] = self.dilation
        if self.output_padding != 0:
            arguments["output_padding"] = self.output_padding
        return arguments

    @property
    def output(self) -> FeatureMap:
        """What the function answers."""
        return self.function(self.image, self.weights, **self.arguments)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The vertical and the horizontal axis in the letters of the paper."""
        values = (self.input, self.kernel, self.stride, self.padding, self.dilation, self.output_padding)
        vertical, horizontal = zip(*(pair("value", value, least=0) for value in values), strict=True)
        return Axis(*vertical), Axis(*horizontal)

    @property
    def alt(self) -> str:
        """The picture in words, for those who cannot see it."""
        image, kernel, output = (
            "{} by {}".format(*pair("size", size, least=1))
            for size in (self.input, self.kernel, self.output.shape)
        )
        steps, wide = f"in steps of {_words(self.stride)}", _words(self.padding, " wide")
        if self.view == "stamp":
            cut = f" {self._cut(wide)} cut off by the padding." if self.padding else ""
            scene = f"Each pixel of a {image} input, times a {kernel} kernel, is added to a {output} output, "
            scene += f"{steps}.{cut}"
        elif self.view == "stretched":
            across = self.axes[1]
            places = ["between its pixels"] * (across.s > 1) + ["around it"] * (across.k - 1 > across.p)
            zeros = f" with dashed zeros {' and '.join(places)}" if places else ""
            scene = f"A rotated {kernel} kernel slides over a {image} input{zeros}, "
            scene += f"and fills a {output} output."
        else:
            what = "window" if self.pooling else "kernel"
            gaps = "" if self.dilation == 1 else f", its cells {_words(self.dilation, ' apart')},"
            scene = f"A {kernel} {what}{gaps} slides over a {image} input{self._edge()}, {steps}, "
            scene += f"and fills a {output} output."
        return f"{scene} {self.lesson}"

    def _edge(self) -> str:
        """Return where the dashed zeros of the padding are."""
        down, across = (axis.p for axis in self.axes)
        if down == across:
            return f" with a border of dashed zeros, {down} wide" * bool(down)
        sides = {"at the top and the bottom": down, "on the left and the right": across}
        return " with dashed zeros " + " and ".join(f"{s}, {n} wide" for s, n in sides.items() if n)

    def _cut(self, wide: str) -> str:
        """Return what is dashed: output padding keeps rows below and columns on the right."""
        if self.output_padding == 0:
            return f"A dashed border, {wide}, is"
        down, across = self.axes
        sides = {"at the top": down.p, "on the left": across.p}
        sides |= {"at the bottom": down.p - down.a, "on the right": across.p - across.a}
        return f"Dashed cells {' and '.join(side for side, cells in sides.items() if cells > 0)} are"


def _words(value: Pair, unit: str = "") -> str:
    down, across = pair("value", value, least=0)
    return f"{down}{unit}" if down == across else f"{down}{unit} down and {across}{unit} across"


CASES: Mapping[str, Case] = {
    case.name: case
    for case in (
        Case(
            "no_padding_no_strides",
            "No padding, no strides",
            "The kernel stays inside the input, so the output has two rows and two columns fewer.",
            relationship=1,
            input=4,
            page="padding = 0, stride = 1",
        ),
        Case(
            "arbitrary_padding_no_strides",
            "Arbitrary padding, no strides",
            "Two zeros on each side give back more than the kernel takes away: the output grows by one.",
            relationship=2,
            input=5,
            kernel=4,
            padding=2,
        ),
        Case(
            "same_padding_no_strides",
            "Half padding, no strides",
            "A border half as wide as the kernel, rounded down, keeps the size.",
            relationship=3,
            input=5,
            padding=1,
            page="padding = 1, stride = 1",
        ),
        Case(
            "full_padding_no_strides",
            "Full padding, no strides",
            "The kernel stops wherever at least one of its cells covers the input.",
            relationship=4,
            input=5,
            padding=2,
        ),
        Case(
            "no_padding_strides",
            "No padding, strides",
            "The kernel jumps two cells at a time and stops only four times.",
            relationship=5,
            input=5,
            stride=2,
            page="padding = 0, stride = 2",
        ),
        Case(
            "padding_strides",
            "Padding, strides",
            "With the zeros there are seven cells across, and the kernel stops three times.",
            relationship=6,
            input=5,
            stride=2,
            padding=1,
            page="padding = 1, stride = 2",
        ),
        Case(
            "padding_strides_odd",
            "Padding, strides, a remainder",
            "One more row and column go in, yet the output is no larger: the last zeros are never reached.",
            relationship=6,
            input=6,
            stride=2,
            padding=1,
        ),
        Case(
            "no_padding_no_strides_transposed",
            "No padding, no strides, transposed",
            "Where stamps overlap, they add up.",
            relationship=8,
            input=2,
            function=conv_transpose2d,
            view="stamp",
            page="padding = 0, stride = 1, transposed",
        ),
        Case(
            "arbitrary_padding_no_strides_transposed",
            "Arbitrary padding, no strides, transposed",
            "The padding that a convolution adds is cut off here.",
            relationship=9,
            input=6,
            kernel=4,
            padding=2,
            function=conv_transpose2d,
            view="stamp",
        ),
        Case(
            "same_padding_no_strides_transposed",
            "Half padding, no strides, transposed",
            "The stamps stick out by one cell on each side. That is cut off, so the size stays the same.",
            relationship=10,
            input=5,
            padding=1,
            function=conv_transpose2d,
            view="stamp",
            page="padding = 1, stride = 1, transposed",
        ),
        Case(
            "full_padding_no_strides_transposed",
            "Full padding, no strides, transposed",
            "So much is cut off that the output is smaller than the input.",
            relationship=11,
            input=7,
            padding=2,
            function=conv_transpose2d,
            view="stamp",
        ),
        Case(
            "no_padding_strides_transposed",
            "No padding, strides, transposed",
            "The stamps are two cells apart and overlap in the middle row and column.",
            relationship=12,
            input=2,
            stride=2,
            function=conv_transpose2d,
            view="stamp",
            page="padding = 0, stride = 2, transposed",
        ),
        Case(
            "padding_strides_transposed",
            "Padding, strides, transposed",
            "The stamps cover seven cells across, and five are left.",
            relationship=13,
            input=3,
            stride=2,
            padding=1,
            function=conv_transpose2d,
            view="stamp",
            page="padding = 1, stride = 2, transposed",
        ),
        Case(
            "padding_strides_odd_transposed",
            "Padding, strides, output padding, transposed",
            "The output padding keeps one more row and column, with the numbers that the stamps left there.",
            relationship=14,
            input=3,
            stride=2,
            padding=1,
            output_padding=1,
            function=conv_transpose2d,
            view="stamp",
        ),
        Case(
            "dilation",
            "No padding, no strides, dilation",
            "Nine cells look at a window of five by five.",
            relationship=15,
            input=7,
            dilation=2,
        ),
        Case(
            "numerical_no_padding_no_strides",
            "Discrete convolution",
            "Each number of the output is a sum of nine products, which are written out.",
            relationship=1,
            input=5,
            spelled=True,
        ),
        Case(
            "numerical_padding_strides",
            "Discrete convolution, padding and strides",
            "The nine products are written out. At the border some of them are zero.",
            relationship=6,
            input=5,
            stride=2,
            padding=1,
            spelled=True,
        ),
        Case(
            "numerical_average_pooling",
            "Average pooling",
            "Each number of the output is the mean of nine numbers.",
            relationship=7,
            input=5,
            function=average_pool2d,
        ),
        Case(
            "numerical_max_pooling",
            "Max pooling",
            "Each number of the output is the largest of nine numbers.",
            relationship=7,
            input=5,
            function=max_pool2d,
        ),
        Case(
            "non_square",
            "Nothing is square",
            "Rows and columns each have their own size and step, so the output is not square either.",
            relationship=6,
            input=(4, 7),
            kernel=(2, 3),
            stride=(1, 2),
            padding=(0, 1),
        ),
        Case(
            "strides_remainder",
            "A stride that leaves a remainder",
            "One more step would take the kernel off the input, so its last column, in grey, is never used.",
            relationship=5,
            input=(5, 8),
            stride=2,
        ),
        Case(
            "non_square_dilation",
            "Dilation, down and across",
            "Six cells look at a window of three by seven. Two columns, in grey, are never used.",
            relationship=15,
            input=(5, 8),
            kernel=(2, 3),
            dilation=(2, 3),
        ),
        Case(
            "non_square_transposed",
            "Nothing is square, transposed",
            "The stamps are further apart than they are wide, so the columns between them stay zero. "
            "So does the last one, which comes from the output padding.",
            relationship=14,
            input=(2, 3),
            kernel=(3, 2),
            stride=(2, 3),
            padding=(1, 0),
            output_padding=(1, 1),
            function=conv_transpose2d,
            view="stamp",
        ),
        Case(
            "chessboard",
            "The checkerboard effect",
            "All pixels and weights are 1, yet the output is not flat: each cell counts the stamps on it.",
            relationship=12,
            input=3,
            stride=2,
            function=conv_transpose2d,
            view="stamp",
            flat=True,
        ),
        Case(
            "no_padding_no_strides_stretched",
            "Transposed as a convolution: no strides",
            "Full padding and the rotated kernel give the same numbers as the stamps.",
            relationship=8,
            input=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "arbitrary_padding_no_strides_stretched",
            "Transposed as a convolution: arbitrary padding",
            "The padding of 2 takes two zeros off each side of the border, and one is left.",
            relationship=9,
            input=6,
            kernel=4,
            padding=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "same_padding_no_strides_stretched",
            "Transposed as a convolution: half padding",
            "Half of the border is left, so the size stays the same.",
            relationship=10,
            input=5,
            padding=1,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "full_padding_no_strides_stretched",
            "Transposed as a convolution: full padding",
            "No zeros are left at all: the kernel stays inside the input.",
            relationship=11,
            input=7,
            padding=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "no_padding_strides_stretched",
            "Transposed as a convolution: strides",
            "The stride becomes zeros between the pixels, and the rotated kernel takes every step.",
            relationship=12,
            input=2,
            stride=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "padding_strides_stretched",
            "Transposed as a convolution: padding, strides",
            "The padding makes the border of zeros thinner.",
            relationship=13,
            input=3,
            stride=2,
            padding=1,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "padding_strides_odd_stretched",
            "Transposed as a convolution: padding, strides, output padding",
            "The output padding adds one row and one column of zeros, at the bottom and on the right.",
            relationship=14,
            input=3,
            stride=2,
            padding=1,
            output_padding=1,
            function=conv_transpose2d,
            view="stretched",
        ),
    )
}
