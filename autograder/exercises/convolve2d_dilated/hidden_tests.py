"""Hidden tests of `convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out, shows_broken_pixels, terms

BUILDS_ON = ("output_size", "zero_pad", "convolve2d", "pad_amounts")

RAMP = np.arange(49.0).reshape(7, 7) - 20
PICTURE = np.add.outer(np.arange(40.0) ** 2 % 31, np.arange(40.0) * 3 % 29) - 20
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])
TURNED = np.array([[1.0, 2], [3, 4]])


@check(
    points=1,
    why=(
        "Dilation 1 is the ordinary convolution, which most students have; the point is for the "
        "off-by-one in the word gap."
    ),
    cases=draw.windows(),
    killers=[
        call(np.array([[3.0]]), np.array([[2.0]])),
        call(RAMP[:3, :3], ONES),
        call(RAMP[:3, :5] / 70, ONES),
        call(RAMP[:4], BLUR),
        call(RAMP[:4], BLUR / 7),
        call(RAMP[:4], BLUR / 7 - 2),
        call(RAMP[:5, :3], np.ones((3, 1))),
    ],
)
def no_gap(answer: Answer) -> None:
    """Dilation 1 leaves no gap: the result is that of `convolve2d`."""
    answer.equals_reference(rounding=terms)


@check(
    points=3,
    why="The idea of the section: cells apart, all pixels kept.",
    cases=draw.windows(square=True, dilations=st.integers(2, 4)),
    killers=[
        call(RAMP[:3, :3], ONES, dilation=2),
        call(RAMP, BLUR, dilation=3),
        call(RAMP[:5, :5], BLUR, dilation=2),
        call(RAMP[:4, :4], np.ones((1, 1)), dilation=3),
        call(PICTURE, BLUR, dilation=9),
    ],
)
def gaps(answer: Answer) -> None:
    """The cells of the kernel are `dilation` pixels apart, and the image keeps all its pixels."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="A dilated kernel may be turned by accident while it is spread.",
    cases=draw.windows(square=True, oriented=True, dilations=st.integers(2, 3)),
    killers=[call(RAMP[:3, :3], TURNED, dilation=2), call(RAMP[:4, :4], TURNED, dilation=3)],
    after=gaps,
)
def orientation(answer: Answer) -> None:
    """The kernel is used as it is written: not flipped, not rotated, not transposed."""
    answer.equals_reference(rounding=terms)


@check(
    points=2,
    why="Stride and dilation are often exchanged; only together does it show.",
    cases=draw.windows(
        square=True, strides=st.integers(1, 4), paddings=st.integers(0, 3), dilations=st.integers(2, 3)
    ),
    killers=[
        call(RAMP, ONES, stride=2, dilation=3),
        call(RAMP, ONES, 3, 1, 2),
        call(RAMP[:4, :4], BLUR, padding=2, dilation=2),
        call(RAMP, ONES, stride=3, dilation=2),
        call(RAMP[:3, :3], BLUR, padding=1, dilation=2),
        call(RAMP[:3, :3], BLUR, padding=3, dilation=2),
    ],
    after=gaps,
)
def together(answer: Answer) -> None:
    """Stride, padding and dilation work together."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="Down first, across second, here as well.",
    cases=draw.windows(dilations=draw.pair(1, 4)),
    killers=[
        call(RAMP[:5, :3], ONES, dilation=(2, 1)),
        call(RAMP[:3], ONES, dilation=(1, 3)),
        call(RAMP[:4, :7], ONES, 1, 0, (3, 2)),
        call(RAMP, ONES, (1, 2), (2, 0), (2, 3)),
    ],
    after=(gaps, together),
)
def pairs(answer: Answer) -> None:
    """Stride, padding and dilation may be pairs: down first, across second."""
    answer.equals_reference(rounding=terms)


BRIGHT = np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8)
DEEP = np.array([[100, -120, 30], [127, 90, -128], [-5, 110, 126]], np.int16)


@check(
    points=0.5,
    why="The spread kernel is a new array, and its type a new chance to overflow.",
    cases=draw.windows(square=True, dilations=st.just(2), dtypes=draw.NUMBER_TYPES),
    killers=[
        call(BRIGHT, np.full((2, 2), 2, np.uint8), dilation=2),
        call(BRIGHT / 7, np.full((2, 2), 0.3), dilation=2),
        call(BRIGHT * 300.0, np.full((2, 2), 0.3), dilation=2),
        call(DEEP, np.full((2, 2), 300, np.int16), dilation=2),
        call(DEEP.astype(np.int8), np.ones((2, 2), bool), dilation=2),
        call(DEEP > 0, np.full((2, 2), 0.1, np.float32), dilation=2),
        call(DEEP.astype(np.uint16), np.full((2, 2), 300, np.uint16), dilation=2),
        call(DEEP.astype(np.int64), np.full((2, 2), 0.1, np.float32), dilation=2),
        call(BRIGHT.astype(np.uint32) << 23, np.full((2, 2), 9, np.uint32), dilation=2),
        call(BRIGHT.astype(np.int32) << 22, np.full((2, 2), 9, np.int32), dilation=2),
        call(BRIGHT.astype(np.float16), np.full((2, 2), 200, np.float16), dilation=2),
        call(DEEP, np.full((2, 2), 0.3), dilation=2),
        call(BRIGHT, np.full((2, 2), 2, np.uint8)),  # where the kernel is not spread into a new array
    ],
    after=gaps,
)
def number_types(answer: Answer) -> None:
    """Bytes, whole numbers and Booleans are computed in float64, without overflow."""
    answer.equals_reference(rounding=terms)
    answer.has_the_number_type()


def variations(case: Call) -> Sequence[Call]:
    """Calls with the same arrays, with either of them upside down, and lying differently in memory."""
    image, kernel = case.args
    return (
        case,
        call(image[::-1], kernel, **case.named),
        call(image, kernel[::-1] + 1, **case.named),
        call(lay_out(image, "FR"), lay_out(kernel, "VR"), **case.named),
        case,
    )


@check(
    points=0.5,
    why="A function that changes its input, or returns the same buffer twice, breaks whoever calls it.",
    cases=draw.windows(square=True, dilations=st.just(2)),
    killers=[call(RAMP[:4, :4], BLUR[:2, :2], dilation=2), call(RAMP, BLUR, dilation=2)],
    sequence=variations,
    after=gaps,
)
def leaves_no_trace(answer: Answer) -> None:
    """The arguments stay as they were, and a later call does not change an earlier result."""
    answer.equals_reference(rounding=terms)
    answer.leaves_arguments_alone()


HOLE = np.array([[1.0, 2, 3], [4, 5, 6], [np.nan, 8, 9]])
ENDLESS = np.where(np.eye(7) * RAMP == 12, np.inf, RAMP)


@check(
    points=0.5,
    why="A broken pixel must be seen, and only where the kernel meets it.",
    killers=[
        call(HOLE, ONES, dilation=2),
        call(ENDLESS, ONES, dilation=2),
        call(ENDLESS, BLUR, dilation=2),
        call(np.where(RAMP == -20, np.nan, RAMP), TURNED, dilation=3),
    ],
    after=gaps,
)
def not_a_number(answer: Answer) -> None:
    """A NaN or infinity under a weight that is not 0 shows in the result; one outside the window does not."""
    shows_broken_pixels(answer)


FOUR = np.ones((4, 4))
ILLEGAL = {
    "the dilated kernel is larger than the image": call(FOUR, BLUR, dilation=2),
    "the dilated kernel is larger than the padded image": call(FOUR, BLUR, 1, 1, 3),
    "the dilated kernel is taller than the image": call(FOUR, np.ones((3, 1)), dilation=2),
    "the dilated kernel is wider than the image": call(FOUR, np.ones((1, 3)), dilation=2),
    "the dilation is 0": call(FOUR, ONES, dilation=0),
    "the dilation is negative": call(FOUR, ONES, dilation=-1),
    "the stride is 0": call(FOUR, ONES, stride=0),
    "the padding is negative": call(np.ones((6, 6)), ONES, padding=-1),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), ONES),
    "a row of weights is not 2-D": call(FOUR, np.ones(2)),
}
ILLEGAL_PAIRS = {
    "the rows of the kernel are too far apart": call(FOUR, ONES, dilation=(4, 1)),
    "the columns of the kernel are too far apart": call(FOUR, ONES, dilation=(1, 4)),
    "the vertical dilation is 0": call(FOUR, ONES, dilation=(0, 1)),
    "the horizontal dilation is 0": call(FOUR, ONES, dilation=(1, 0)),
}


@check(
    points=0.5,
    why="The spread kernel may be too large where the kernel is not.",
    illegal=ILLEGAL,
    more_illegal={pairs: ILLEGAL_PAIRS},
    killers=[call(RAMP[:5, :5], BLUR, dilation=2), call(ONES, ONES)],
    after=gaps,
)
def illegal(answer: Answer) -> None:
    """A dilated kernel that does not fit, a dilation or stride below 1, a colour image: ValueError."""
    answer.returned()
