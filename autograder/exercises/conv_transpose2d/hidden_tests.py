"""Hidden tests of `conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0)`."""

from collections.abc import Sequence

import numpy as np

from autograder.checks import Answer, Call, call, check, draw, lay_out, shows_broken_pixels, terms

BUILDS_ON = (
    *("output_size", "zero_pad", "convolve2d"),
    *("pad_amounts", "convolve2d_dilated", "transposed_output_size"),
)

SMALL = np.array([[1.0, 2], [3, 4]])
RAMP = np.arange(12.0).reshape(3, 4) - 4
SQUARE = RAMP[:, :3]
PICTURE = np.add.outer(np.arange(20.0) ** 2 % 31, np.arange(24.0) * 3 % 29) - 20
ONES, BLUR = np.ones((2, 2)), np.outer([1.0, 2, 1], [1.0, 2, 1])
ENDS_IN_ZEROS = np.outer([1.0, 2, 0], [3.0, 5, 0])  # a padding of 1 cuts only zeros off at the end


@check(
    points=2,
    why="The idea: every pixel stamps the kernel, overlaps add up.",
    cases=draw.stamps(square=True),
    killers=[
        call(np.array([[3.0]]), np.array([[2.0]])),
        call(np.array([[2.0]]), BLUR),
        call(SMALL, ONES),
        call(SMALL * 3 - 5, ONES),
        call(SMALL, BLUR),
        call(SMALL * 90, BLUR / 7),
        call(SMALL / 7, ONES),
        call(PICTURE[:, :20], BLUR),
    ],
)
def stamps(answer: Answer) -> None:
    """Every pixel stamps the kernel, and where stamps overlap they add up (stride 1)."""
    answer.equals_reference(rounding=terms)


@check(
    points=1.5,
    why="Cut off, not put around.",
    cases=draw.stamps(square=True, padding=3),
    killers=[
        call(SMALL, BLUR, padding=1),
        call(SQUARE, BLUR, padding=1),
        call(SQUARE, np.ones((1, 1)), padding=1),
        call(SQUARE, np.ones((4, 4)), padding=2),
        call(SMALL, np.ones((6, 6)), padding=3),
        call(SQUARE, ONES, padding=1),
    ],
    after=stamps,
)
def padding(answer: Answer) -> None:
    """Padding cuts rows and columns off, on all four sides."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="Height and width exchanged go unnoticed on squares.",
    cases=draw.stamps(),
    killers=[
        call(RAMP, np.ones((1, 2))),
        call(RAMP.T, ONES),
        call(RAMP, np.ones((3, 1))),
        call(PICTURE, BLUR),
    ],
    more_killers={padding: [call(RAMP, np.ones((3, 2)), padding=1)]},
    after=stamps,
)
def rectangles(answer: Answer) -> None:
    """Images and kernels that are taller than wide, or wider than tall."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="Written as a convolution of a stretched image, the kernel has to be turned; stamped, it has not.",
    cases=draw.stamps(square=True, oriented=True),
    killers=[call(np.array([[1.0]]), SMALL), call(SMALL, np.array([[1.0, 2], [0, 0]]))],
    more_killers={padding: [call(SMALL, SMALL, padding=1)]},
    after=stamps,
)
def orientation(answer: Answer) -> None:
    """The stamp is the kernel as it is written: not flipped, not rotated, not transposed."""
    answer.equals_reference(rounding=terms)


@check(
    points=1.5,
    why="The stamps lie apart, which is what the operation is used for.",
    cases=draw.stamps(square=True, stride=4),
    killers=[
        call(SMALL, ONES, stride=2),
        call(SMALL, BLUR, 2),
        call(SMALL, np.ones((1, 1)), 3),
        call(SQUARE, BLUR, 7),
        call(SQUARE, np.ones((4, 4)), 2),
    ],
    more_killers={padding: [call(SQUARE, BLUR, 2, 1)]},
    after=stamps,
)
def stride(answer: Answer) -> None:
    """With a stride, the stamps are further apart."""
    answer.equals_reference(rounding=terms)


@check(
    points=2,
    why="The rows below and on the right hold what the stamps left there, not always zeros.",
    cases=draw.stamps(square=True, stride=4, output_padding=True),
    killers=[
        call(SMALL, ONES, stride=2, output_padding=1),
        call(SMALL, BLUR, 2, 0, 1),
        call(SMALL, BLUR, stride=3, output_padding=2),
        call(SQUARE, np.ones((5, 5)), stride=4, output_padding=3),
    ],
    more_killers={padding: [call(SQUARE, ENDS_IN_ZEROS, 3, 1, 2)]},
    after=stride,
)
def output_padding(answer: Answer) -> None:
    """Output padding adds rows below and columns on the right."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="What output padding adds comes before the padding is cut off.",
    cases=draw.stamps(square=True, stride=3, output_padding=True, padding=2),
    killers=[
        call(SMALL, BLUR, 2, 1, 1),
        call(SQUARE, BLUR, 2, 1),
        call(SMALL, np.ones((1, 1)), 2, 1, 1),
        call(SQUARE, BLUR, 3, 1, 2),
        call(SMALL[:1, :1], ONES, 2, 1, 1),
    ],
    after=(stride, padding, output_padding),
)
def together(answer: Answer) -> None:
    """Stride, padding and output padding work together."""
    answer.equals_reference(rounding=terms)


@check(
    points=1,
    why="Down first, across second, here as well.",
    cases=draw.stamps(square=True, stride=3, pairs=True) | draw.stamps(square=True, padding=2, pairs=True),
    killers=[
        call(SMALL, ONES, stride=(1, 2)),
        call(SQUARE, BLUR, stride=(2, 1)),
        call(SMALL, BLUR, padding=(0, 1)),
        call(SQUARE, BLUR, padding=(1, 0)),
        call(SMALL, BLUR, stride=3, output_padding=(0, 2)),
        call(SMALL, BLUR, stride=2, padding=1, output_padding=(1, 0)),
    ],
    after=(rectangles, stride, padding),
)
def pairs(answer: Answer) -> None:
    """Stride, padding and output padding may be pairs: down first, across second."""
    answer.equals_reference(rounding=terms)


BRIGHT = np.array([[200, 255], [255, 100]], np.uint8)
DEEP = np.array([[100, -120], [127, -128]], np.int16)


@check(
    points=0.5,
    why="Stamps add up, so bytes overflow even sooner.",
    cases=draw.stamps(square=True, dtypes=draw.NUMBER_TYPES),
    killers=[
        call(BRIGHT, np.full((2, 2), 2, np.uint8)),
        call(BRIGHT / 7, np.full((2, 2), 0.3)),
        call(BRIGHT * 300.0, np.full((2, 2), 0.3)),
        call(DEEP, np.full((2, 2), 300, np.int16)),
        call(DEEP.astype(np.int8), np.ones((2, 2), bool)),
        call(DEEP > 0, np.full((2, 2), 0.1, np.float32)),
        call(DEEP.astype(np.uint16), np.full((2, 2), 300, np.uint16)),
        call(DEEP.astype(np.int64), np.full((2, 2), 0.1, np.float32)),
        call(BRIGHT.astype(np.uint32) << 23, np.full((2, 2), 9, np.uint32)),
        call(BRIGHT.astype(np.int32) << 22, np.full((2, 2), 9, np.int32)),
        call(BRIGHT.astype(np.float16), np.full((2, 2), 200, np.float16)),
        call(DEEP, np.full((2, 2), 0.3)),
    ],
    after=stamps,
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
    cases=draw.stamps(square=True),
    killers=[call(SMALL, BLUR), call(SQUARE, ONES)],
    sequence=variations,
    after=stamps,
)
def leaves_no_trace(answer: Answer) -> None:
    """The arguments stay as they were, and a later call does not change an earlier result."""
    answer.equals_reference(rounding=terms)
    answer.leaves_arguments_alone()


HOLE = np.array([[1.0, np.nan], [3, 4]])
CROSS = np.array([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])


@check(
    points=0.5,
    why="A broken pixel must be seen wherever its stamp lies, and nowhere else.",
    killers=[
        call(HOLE, ONES),
        call(HOLE, CROSS),
        call(np.array([[np.inf, 1], [1, 1]]), CROSS),
        call(np.where(SQUARE == 1, np.nan, SQUARE), BLUR),
    ],
    after=stamps,
)
def not_a_number(answer: Answer) -> None:
    """A NaN or infinity shows wherever its stamp puts a weight that is not 0, and nowhere else."""
    shows_broken_pixels(answer)


ILLEGAL = {
    "the output padding is as large as the stride": call(SMALL, BLUR, 2, 0, 2),
    "with stride 1 no output padding is possible": call(SMALL, BLUR, output_padding=1),
    "the output padding is negative": call(SMALL, BLUR, 2, output_padding=-1),
    "the padding cuts everything off": call(SMALL, ONES, padding=2),
    "the padding leaves no row": call(np.ones((2, 4)), np.ones((1, 1)), padding=1),
    "the padding leaves no column": call(np.ones((4, 2)), np.ones((1, 1)), padding=1),
    "the stride is 0": call(SMALL, ONES, stride=0),
    "the stride is negative": call(SMALL, ONES, stride=-1),
    "the padding is negative": call(SMALL, ONES, padding=-1),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), ONES),
    "a row of weights is not 2-D": call(SMALL, np.ones(2)),
}
ILLEGAL_PAIRS = {
    "the vertical output padding is as large as its stride": call(SMALL, BLUR, (1, 2), output_padding=(1, 0)),
    "the horizontal output padding is as large as its stride": call(SMALL, BLUR, (3, 2), 0, (2, 2)),
    "the padding cuts all rows off": call(np.ones((2, 4)), np.ones((1, 1)), 1, (1, 0)),
    "the padding cuts all columns off": call(np.ones((4, 2)), np.ones((1, 1)), 1, (0, 1)),
    "the vertical stride is negative": call(SMALL, ONES, stride=(-1, 1)),
    "the vertical padding is negative": call(SMALL, ONES, padding=(-1, 0)),
    "the horizontal padding is negative": call(SMALL, ONES, padding=(0, -1)),
}


@check(
    points=0.5,
    why="What has no answer must not get one.",
    illegal=ILLEGAL,
    more_illegal={pairs: ILLEGAL_PAIRS},
    killers=[call(SMALL, BLUR), call(SMALL, ONES)],
    after=stamps,
)
def illegal(answer: Answer) -> None:
    """A wrong stride, padding or output padding, an empty result, a colour image: ValueError."""
    answer.returned()
