"""Hidden tests of `convolve2d(image, kernel, stride=1, padding=0)`.

Each check varies one aspect and nothing else: kernels that look the same when turned keep a flipped
kernel from costing more than its own points, square inputs keep exchanged axes out of the first check,
and pairs, number types and illegal arguments each have a check of their own.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out, shows_broken_pixels, terms

BUILDS_ON = ("output_size", "zero_pad")

RAMP = np.arange(20.0).reshape(4, 5) - 7
SIGNED = np.array([[0, 0, 0, 2], [0, 0, 0, -3], [0, 0, 0, 1], [4, -1, 5, 0.5], [1, 2, -6, 3], [0, 1, 0, -2]])
SQUARE = np.arange(36.0).reshape(6, 6) % 11 - 4
PICTURE = np.add.outer(np.arange(48.0) ** 2 % 31, np.arange(64.0) * 3 % 29) - 20
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])
FIVE = np.outer([1.0, 3, 2, 3, 1], [1.0, 3, 2, 3, 1])


@check(
    points=2,
    why=(
        "The idea of the lesson. Kernels here look the same when turned, images are square, so that "
        "only the sliding sum counts."
    ),
    cases=draw.windows(square=True),
    killers=[
        call(np.array([[3.0, 1], [-2, 4]]), np.array([[2.0]])),  # the small ones are the first to be shown
        call(RAMP[:, 1:], np.array([[2.0]])),
        call(np.eye(3), ONES),
        call(SIGNED[:4], BLUR),
        call(RAMP[:, :4], ONES),
        call(SIGNED[1:5] / 7, BLUR / 10),
        call(SQUARE, FIVE),
        call(SQUARE, BLUR),  # small enough for the bank, and with a result that is not border alone
        call(SQUARE * 9, BLUR),  # sums below -255 and above 255
        call(PICTURE[:, :48], BLUR),
        call(np.array([[0.5, 1.75, -2.25], [2.5, -1.25, 0.75], [1.5, 3.25, -0.5]]), np.full((2, 2), 1.25)),
        call(np.array([[3.0]]), np.array([[2.0]])),
    ],
)
def windows(answer: Answer) -> None:
    """Every output value is the sum of the products under the kernel (square images, stride 1)."""
    answer.equals_reference(rounding=terms)


@check(
    points=2,
    why="Height and width exchanged go unnoticed on squares.",
    cases=draw.windows(),
    killers=[
        call(RAMP[:2, :3], np.ones((1, 2))),  # small, to be shown
        call(RAMP[:3, :2], np.ones((2, 1))),
        call(RAMP, np.ones((1, 2))),
        call(RAMP, np.ones((3, 2))),
        call(RAMP[:, :4], np.ones((3, 2))),
        call(RAMP.T, ONES),
        call(SIGNED, BLUR),
        call(RAMP, np.ones((4, 5))),
        call(SQUARE[:, :5], FIVE),
        call(SQUARE[1:], FIVE),
        call(PICTURE[:7, :8], np.outer([1.0, 2, 1], [1.0, 3, 5, 3, 1])),
        call(PICTURE, BLUR),
    ],
    after=windows,
)
def rectangles(answer: Answer) -> None:
    """Images and kernels that are taller than wide, or wider than tall."""
    answer.equals_reference(rounding=terms)


@check(
    points=2,
    why=(
        "Laid on as written, or turned by 180 degrees: what tells cross-correlation from convolution "
        "in mathematics."
    ),
    cases=draw.windows(square=True, oriented=True),
    killers=[
        call(np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]), np.array([[1.0, 2], [3, 4]])),
        call(RAMP[:, :4], np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])),
        call(SIGNED[:4], np.array([[1.0, 2], [0, 0]])),
        call(
            SIGNED[:4], np.array([[0.0, 2, 0], [1, 0, 0], [0, 0, 3]])
        ),  # turned, no sum only changes its sign
    ],
    after=windows,
)
def orientation(answer: Answer) -> None:
    """The kernel is used as it is written: not flipped, not rotated, not transposed."""
    answer.equals_reference(rounding=terms)


@check(
    points=1.5,
    why="Where the window stops; rounding up reads outside the image.",
    cases=draw.windows(square=True, strides=st.integers(2, 5)),
    killers=[
        call(RAMP[:3, :3], np.array([[2.0]]), stride=2),  # small, to be shown
        call(RAMP[:3, :3], ONES, stride=2),
        call(RAMP[:, :4], ONES, stride=2),
        call(SIGNED[:4], ONES, 3),
        call(SQUARE, BLUR, 2),
        call(SQUARE, ONES, 2),  # three positions across
        call(SQUARE, np.ones((1, 1)), stride=4),
        call(PICTURE[:, :48], BLUR, 11),
    ],
    after=windows,
)
def stride(answer: Answer) -> None:
    """The stride moves the window, across and down; it stops before the edge."""
    answer.equals_reference(rounding=terms)


@check(
    points=1.5,
    why="The frame has to be on all sides, and has to come before the sliding.",
    cases=draw.windows(square=True, paddings=st.integers(1, 4)),
    killers=[
        call(np.array([[5.0]]), np.ones((1, 1)), padding=1),
        call(RAMP[:, :4], ONES, padding=1),
        call(np.array([[5.0]]), BLUR, padding=1),
        call(ONES, ONES, padding=3),
        call(SQUARE, BLUR, 1, 7),
    ],
    after=windows,
)
def padding(answer: Answer) -> None:
    """Padding puts zeros on all four sides before the kernel slides."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="A stride counts from the padded corner, and the size rounds after the padding has been added.",
    cases=draw.windows(square=True, paddings=st.integers(1, 3), strides=st.integers(2, 4)),
    killers=[
        call(RAMP[:2, :2], ONES, 2, 1),
        call(RAMP[:, :4], ONES, 2, 1),
        call(RAMP[:, :4], BLUR, stride=3, padding=2),
        call(SQUARE, ONES, 2, 3),
        call(SQUARE, BLUR, 3, 1),
        call(SQUARE[:3, :3], BLUR, 2, 1),
        call(SQUARE[:3, :3], ONES, 3, 1),  # the rests of image and padding make a step together
    ],
    after=(stride, padding),
)
def together(answer: Answer) -> None:
    """Stride and padding work together."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="Images are not square, so both axes have their own step and their own frame.",
    cases=draw.windows(square=True, strides=draw.pair(1, 4))
    | draw.windows(square=True, paddings=draw.pair(0, 3)),
    killers=[
        call(RAMP[:3, :3], ONES, stride=(1, 2)),
        call(RAMP[:, :4], ONES, stride=(2, 1)),
        call(SQUARE, np.ones((1, 1)), (1, 3)),
        call(RAMP[:, :4], ONES, padding=(1, 0)),
        call(RAMP[:, :4], ONES, padding=(0, 2)),
        call(RAMP[:, :4], BLUR, (2, 1), (1, 2)),
        call(SQUARE, ONES, (1, 2), (3, 1)),
    ],
    after=(rectangles, stride, padding),
)
def pairs(answer: Answer) -> None:
    """Stride and padding may be pairs: down first, across second."""
    answer.equals_reference(rounding=terms)


BRIGHT = np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8)
DEEP = np.array([[100, -120, 30], [127, 90, -128], [-5, 110, 126]], np.int16)
CROSS = np.array([[-1, 1, -1], [1, 2, 1], [-1, 1, -1]], np.int8)


@check(
    points=1,
    why="Pictures are bytes; 200 + 100 in a byte is 44.",
    cases=draw.windows(square=True, dtypes=draw.NUMBER_TYPES),
    killers=[
        call(BRIGHT, np.array([[2, 2], [2, 2]], np.uint8)),
        call(BRIGHT, np.full((2, 2), 0.25)),
        call(BRIGHT, np.array([[2]], np.uint8)),
        call(np.tile(BRIGHT, (2, 2)), FIVE.astype(np.uint8)),
        call(np.tile(DEEP.astype(np.int8), (2, 2)), FIVE.astype(np.int8)),
        call(BRIGHT > 100, CROSS),
        call(DEEP.astype(np.int8), CROSS),
        call(DEEP, np.full((2, 2), 300, np.int16)),
        call(DEEP.astype(np.uint16), np.full((2, 2), 300, np.uint16)),
        call(DEEP.astype(np.int64), np.full((2, 2), 0.1, np.float32)),
        call(BRIGHT.astype(np.uint32) << 23, np.full((2, 2), 9, np.uint32)),
        call(BRIGHT.astype(np.int32) << 22, np.full((2, 2), 9, np.int32)),
        call(BRIGHT.astype(np.float16), np.full((2, 2), 200.0)),
        call(BRIGHT / 7, np.full((2, 2), 0.3)),
        call(BRIGHT * 300.0, np.full((2, 2), 0.3)),
    ],
    after=windows,
)
def number_types(answer: Answer) -> None:
    """Bytes, whole numbers and Booleans are computed in float64, without overflow."""
    answer.equals_reference(rounding=terms)
    answer.has_the_number_type()


def variations(case: Call) -> Sequence[Call]:
    """Calls with the same arrays, with other pixels or weights, and lying differently in memory."""
    image, kernel = case.args
    return (
        case,
        call(image[::-1] + 1, kernel),
        call(image, kernel + 1),
        call(lay_out(image, "FR"), lay_out(kernel, "R")),
        call(lay_out(image, "VR"), lay_out(kernel, "V")),
        case,
    )


@check(
    points=0.5,
    why="A function that changes its input, or returns the same buffer twice, breaks whoever calls it.",
    cases=draw.windows(square=True),
    killers=[
        call(SIGNED[:4], BLUR),
        call(RAMP[:, :4], ONES),
        call(RAMP[:, :4], np.array([[1.0]])),
        call(SQUARE, FIVE),
    ],
    sequence=variations,
    after=windows,
)
def leaves_no_trace(answer: Answer) -> None:
    """The arguments stay as they were, and each result is a new array that no later call changes."""
    answer.equals_reference(rounding=terms)
    answer.leaves_arguments_alone()
    answer.is_a_new_array()


@st.composite
def broken_pixels(choose: st.DrawFn) -> Call:
    """An image with one NaN or infinity."""
    image, kernel = choose(draw.windows(square=True)).args
    image = image.copy()
    image[choose(st.integers(0, len(image) - 1)), choose(st.integers(0, len(image) - 1))] = choose(
        st.sampled_from([np.nan, np.inf, -np.inf])
    )
    return call(image, kernel)


@check(
    points=0.5,
    why="A broken pixel must be seen, and only where the window meets it.",
    cases=broken_pixels(),
    killers=[
        call(np.array([[1.0, np.nan], [3, 4]]), np.ones((1, 1))),
        call(np.array([[np.inf, 1, 2], [1, 1, 3], [2, 3, 1]]), ONES),
        call(np.where(np.eye(6) * SQUARE == 3, np.nan, SQUARE), BLUR),
        call(np.where(np.eye(6) * SQUARE == 3, np.nan, SQUARE), FIVE),
    ],
    after=windows,
)
def not_a_number(answer: Answer) -> None:
    """A NaN or infinity under a weight that is not 0 shows in the result; one outside the window does not."""
    shows_broken_pixels(answer)


ILLEGAL = {
    "the kernel is larger than the image": call(np.ones((2, 2)), np.ones((3, 3))),
    "the kernel is taller than the image": call(np.ones((2, 5)), np.ones((3, 2))),
    "the kernel is wider than the image": call(np.ones((5, 2)), np.ones((2, 3))),
    "the kernel is larger than the padded image": call(np.ones((2, 2)), np.ones((5, 5)), padding=1),
    "the kernel is taller than the padded image": call(np.ones((2, 5)), np.ones((5, 2)), 1, 1),
    "the kernel is wider than the padded image": call(np.ones((5, 2)), np.ones((2, 5)), 1, 1),
    "the stride is 0": call(np.ones((4, 4)), ONES, stride=0),
    "the stride is negative": call(np.ones((4, 4)), ONES, stride=-1),
    "the padding is negative": call(np.ones((6, 6)), ONES, padding=-1),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), ONES),
    "a row of weights is not 2-D": call(np.ones((4, 4)), np.ones(2)),
}
ILLEGAL_PAIRS = {
    "the vertical stride is 0": call(np.ones((4, 4)), ONES, stride=(0, 1)),
    "the horizontal stride is 0": call(np.ones((4, 4)), ONES, stride=(1, 0)),
    "the vertical padding is negative": call(np.ones((6, 6)), ONES, padding=(-1, 0)),
    "the horizontal padding is negative": call(np.ones((6, 6)), ONES, padding=(0, -1)),
}


@check(
    points=1,
    why="What has no answer must not get one.",
    illegal=ILLEGAL,
    more_illegal={pairs: ILLEGAL_PAIRS},
    killers=[call(RAMP[:, :4], ONES), call(ONES, ONES)],
    after=windows,
)
def illegal(answer: Answer) -> None:
    """A kernel that does not fit, a stride below 1, a negative padding, a colour image: ValueError."""
    answer.returned()
