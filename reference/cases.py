"""The table of cases: for each animation, the call it shows and its captions.

The table drives the animations, the text of the notebooks and the tests of the relationships. The
first fifteen cases have the names and sizes of the animations that accompany Dumoulin and Visin,
"A guide to convolution arithmetic for deep learning", arXiv:1603.07285; the next four those of its
figures with numbers; the others are specific to this course. All cases have numbers, which are
computed by the reference functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from reference.arithmetic import Axis, convolve2d_dilated
from reference.convolution import FeatureMap, Pair, pair
from reference.pooling import average_pool2d, max_pool2d
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
    """One call of a function of the lesson, and the captions of its animation.

    Sizes and arguments are one number for both axes or a pair (vertical, horizontal). `input` is the
    size of the call's input; in a transposed case it is the output of the convolution that is
    transposed, while `stride` and `padding` are those of that convolution. `relationship` is its
    number in the paper. `page` is the caption of the same case on the page "Animations of Convolution
    and Deconvolution" of Hochschule der Medien Stuttgart, if it is shown there.
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
    flat: bool = False  # all pixels and all weights 1
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
        """The input (h, w), with small whole numbers."""
        height, width = pair("input", self.input, least=1)
        return np.ones((height, width)) if self.flat else PIXELS[:height, :width].astype(np.float64)

    @property
    def weights(self) -> FeatureMap | tuple[int, int]:
        """The kernel (kh, kw), with small whole numbers; for pooling, the size of the window."""
        height, width = pair("kernel", self.kernel, least=1)
        if self.pooling:
            return height, width
        return np.ones((height, width)) if self.flat else WEIGHTS[:height, :width].astype(np.float64)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The keyword arguments of the call, so everything except image and kernel."""
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
        """The result of the call."""
        return self.function(self.image, self.weights, **self.arguments)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The vertical and the horizontal axis, in the paper's letters."""
        values = (self.input, self.kernel, self.stride, self.padding, self.dilation, self.output_padding)
        vertical, horizontal = zip(*(pair("value", value, least=0) for value in values), strict=True)
        return Axis(*vertical), Axis(*horizontal)

    @property
    def alt(self) -> str:
        """The animation in words, for readers who cannot see it."""
        image, kernel, output = (
            "{} by {}".format(*pair("size", size, least=1))
            for size in (self.input, self.kernel, self.output.shape)
        )
        steps, wide = f"in steps of {_words(self.stride)}", _words(self.padding, " wide")
        if self.view == "stamp":
            cut = f"; what is dashed is cut off by the padding, {wide}" if self.padding else ""
            scene = f"Each pixel of a {image} input, times a {kernel} kernel, is added to a {output} output, "
            scene += f"{steps}{cut}."
        elif self.view == "stretched":
            scene = (
                f"A turned {kernel} kernel moves over a {image} input that is stretched and surrounded by "
            )
            scene += f"dashed zeros, and fills a {output} output."
        else:
            what = "window" if self.pooling else "kernel"
            gaps = "" if self.dilation == 1 else f", its cells {_words(self.dilation)} apart,"
            edge = f" with a border of dashed zeros, {wide}" if self.padding else ""
            scene = f"A {kernel} {what}{gaps} moves over a {image} input{edge}, {steps}, and fills a "
            scene += f"{output} output."
        return f"{scene} {self.lesson}"


def _words(value: Pair, unit: str = "") -> str:
    down, across = pair("value", value, least=0)
    return f"{down}{unit}" if down == across else f"{down} down and {across} across"


CASES: Mapping[str, Case] = {
    case.name: case
    for case in (
        Case(
            "no_padding_no_strides",
            "No padding, no strides",
            "The kernel keeps inside the input, so the output is two rows and two columns smaller.",
            relationship=1,
            input=4,
            page="padding = 0, stride = 1",
        ),
        Case(
            "arbitrary_padding_no_strides",
            "Arbitrary padding, no strides",
            "Two zeros on each side are more than the kernel takes away: the output grows by one.",
            relationship=2,
            input=5,
            kernel=4,
            padding=2,
        ),
        Case(
            "same_padding_no_strides",
            "Half padding, no strides",
            "A border of half the kernel, rounded down, keeps the size.",
            relationship=3,
            input=5,
            padding=1,
            page="padding = 1, stride = 1",
        ),
        Case(
            "full_padding_no_strides",
            "Full padding, no strides",
            "Every place counts where the kernel meets the input with one cell at least.",
            relationship=4,
            input=5,
            padding=2,
        ),
        Case(
            "no_padding_strides",
            "No padding, strides",
            "The kernel jumps two cells at a time, and stops four times only.",
            relationship=5,
            input=5,
            stride=2,
            page="padding = 0, stride = 2",
        ),
        Case(
            "padding_strides",
            "Padding, strides",
            "With the zeros there are seven cells across, in which the kernel stops three times.",
            relationship=6,
            input=5,
            stride=2,
            padding=1,
            page="padding = 1, stride = 2",
        ),
        Case(
            "padding_strides_odd",
            "Padding, strides (odd)",
            "One more row and column than before, and the same output: the last zeros are never reached.",
            relationship=6,
            input=6,
            stride=2,
            padding=1,
        ),
        Case(
            "no_padding_no_strides_transposed",
            "No padding, no strides, transposed",
            "Where the stamps overlap they add up.",
            relationship=8,
            input=2,
            function=conv_transpose2d,
            view="stamp",
            page="padding = 0, stride = 1, transposed",
        ),
        Case(
            "arbitrary_padding_no_strides_transposed",
            "Arbitrary padding, no strides, transposed",
            "The padding of the convolution is taken away on the way back.",
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
            "Stamps reach one cell too far on each side, and just that is cut off: the size stays.",
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
            "The stamps lie two cells apart and overlap in the middle row and column.",
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
            "Seven cells are stamped across, and five are left.",
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
            "Padding, strides, transposed (odd)",
            "The output padding keeps a last row and column that would have been cut off, with its numbers.",
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
            "Nine cells see a window of five by five.",
            relationship=15,
            input=7,
            dilation=2,
        ),
        Case(
            "numerical_no_padding_no_strides",
            "Discrete convolution",
            "Each number of the output is a sum of nine products.",
            relationship=1,
            input=5,
        ),
        Case(
            "numerical_padding_strides",
            "Discrete convolution, padding and strides",
            "At the border some of the nine products are zero.",
            relationship=6,
            input=5,
            stride=2,
            padding=1,
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
            "Rows and columns have sizes and steps of their own, and so has the output.",
            relationship=6,
            input=(4, 7),
            kernel=(2, 3),
            stride=(1, 2),
            padding=(0, 1),
        ),
        Case(
            "strides_remainder",
            "A stride that does not divide",
            "One more step to the right would leave the input, so its last column, grey, is never seen.",
            relationship=5,
            input=(5, 8),
            stride=2,
        ),
        Case(
            "non_square_dilation",
            "Dilation, down and across",
            "Six cells see a window of three by seven, and two columns, grey, are seen by none.",
            relationship=15,
            input=(5, 8),
            kernel=(2, 3),
            dilation=(2, 3),
        ),
        Case(
            "non_square_transposed",
            "Nothing is square, transposed",
            "The stamps lie further apart than they are wide, so columns between them stay zero.",
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
            "The chessboard effect",
            "All pixels and weights are 1, yet the output is not flat: it counts the stamps on each cell.",
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
            "The same numbers as by stamps: a full padding and the turned kernel do it.",
            relationship=8,
            input=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "no_padding_strides_stretched",
            "Transposed as a convolution: strides",
            "The stride of the convolution becomes zeros between pixels; the turned kernel takes every step.",
            relationship=12,
            input=2,
            stride=2,
            function=conv_transpose2d,
            view="stretched",
        ),
        Case(
            "padding_strides_odd_stretched",
            "Transposed as a convolution: padding, strides (odd)",
            "Padding makes the border thinner; the output padding adds zeros at the bottom and on the right.",
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
