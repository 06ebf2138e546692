"""Hidden tests of `normalize(image)`.

What lies between the ends may be rounded either way, so one more or less is right there; only
the check of the ends asks for exactly 0 and 255.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out
from autograder.checks.compare import differing

RAMP = np.array([[-4.0, 0, 12], [1, 2.5, 3]])
FRACTIONS = np.array([[0.1, 0.2, 0.7, 0.45]])
ROUNDING = 1e-9  # of floats, which are no bytes, but that is another aspect
PICTURE = np.add.outer(np.arange(48.0) ** 2 % 31, np.arange(64.0) * 3 % 29) / 7 - 3


def stretched(answer: Answer, *, exact_ends: bool = False) -> None:
    """Ask for the reference's numbers, give or take 1, but not where exact ends are asked for."""
    __tracebackhide__ = True
    got, expected = answer.array(), answer.expected
    wrong = differing(expected, got, tolerance=1)
    if exact_ends:
        (image,) = answer.call.args
        ends = (image == image.min()) | (image == image.max())
        wrong |= ends & differing(expected, got, tolerance=ROUNDING)
    answer.has_no_difference(wrong)


@check(
    points=4.5,
    why="The formula, on floats, where nothing overflows; rounding either way is right.",
    cases=draw.contrasts(),
    killers=[
        call(np.array([[0.0, 1.0], [2.0, 4.0]])),
        call(RAMP),
        call(RAMP.T - 20),
        call(FRACTIONS),
        call(RAMP * 1000),
        call(np.array([[0.0, 6.0], [3.0, 7.0]])),
        call(PICTURE),
    ],
)
def stretch(answer: Answer) -> None:
    """The whole range of a float image becomes 0 to 255, give or take 1."""
    stretched(answer)


@check(
    points=0.5,
    why="Screens and files want bytes, and what comes next in the course counts on them.",
    cases=draw.contrasts(),
    killers=[call(RAMP), call(FRACTIONS), call(np.array([[0.0, 255.0]])), call(np.full((2, 2), 7.0))],
    after=stretch,
)
def bytes_out(answer: Answer) -> None:
    """The result is an array of bytes: its dtype is uint8."""
    answer.has_the_number_type()


@st.composite
def spans(choose: st.DrawFn) -> Call:
    """Whole numbers from 0 to an end at which a product in the wrong order is not quite 255."""
    last = choose(st.integers(1, 2000))
    return call(np.array([[0.0, choose(st.integers(0, last)), last]]) / choose(st.sampled_from([1, 3, 7])))


@check(
    points=1.5,
    why="254 instead of 255 comes from the order of multiplication and division, and is seen in no picture.",
    cases=spans(),
    killers=[call(np.array([[0.0, last / 2, last]])) for last in (25.0, 29.0, 53.0, 91.0, 106.0)]
    + [call(np.array([[0.1, 0.4, 2.3]]))]
    + [call(np.array([[0.0, last / 2, last]])) for last in (0.3, 1.2)],  # in float32 not quite 255
    after=stretch,
)
def ends(answer: Answer) -> None:
    """The smallest number becomes exactly 0, the largest exactly 255."""
    stretched(answer, exact_ends=True)


@check(
    points=0.5,
    why="100 - (-100) does not fit into int8, and real images come in such types.",
    cases=draw.contrasts(dtypes=tuple(dtype for dtype in draw.NUMBER_TYPES if dtype != "float16")),
    killers=[
        call(np.array([[-100, 100, 0, 50]], np.int8)),
        call(np.array([[-30000, 30000, 0]], np.int16)),
        call(np.array([[10, 200, 60]], np.uint8)),
        call(np.array([[False, True]])),
        call(np.array([[-(2**31), 2**31 - 1, 0, 5]], np.int32)),
        call(np.array([[65535, 0, 300]], np.uint16)),
        call(np.array([[2**40, -(2**40), 3]])),
        call(np.array([[0.25, 3, -7]], np.float32)),
        call(np.array([[3, 4_000_000_000, 70]], np.uint32)),
    ],
    after=stretch,
)
def number_types(answer: Answer) -> None:
    """Bytes, small whole numbers and Booleans are stretched without overflow."""
    stretched(answer)


@st.composite
def one_number(choose: st.DrawFn) -> Call:
    """An image of one number only."""
    pixel = draw.grid(choose, (1, 1))
    return call(np.repeat(np.repeat(pixel, choose(st.integers(1, 3)), 0), choose(st.integers(1, 4)), 1))


@check(
    points=0.5,
    why="The range of a flat image is 0, and dividing by it gives NaN, which a byte hides.",
    cases=one_number(),
    killers=[
        call(np.full((2, 3), 7.0)),
        call(np.zeros((1, 1))),
        call(np.full((2, 2), 255.0)),
        call(np.full((2, 2), 0.1)),
        call(np.full((3, 1), -78 / 7)),  # its mean is not quite the number itself
    ],
    sequence=lambda case: (case, call(FRACTIONS.T)),
    after=stretch,
)
def flat(answer: Answer) -> None:
    """A flat image becomes zeros, and no warning appears."""
    (image,), got = answer.call.args, answer.array()
    if image.min() < image.max():
        stretched(answer)
        return
    wrong = (got != 0) & differing(answer.expected, got, tolerance=ROUNDING)  # a mistake may give others
    if wrong.any() and np.isnan(got).any():
        answer.fail("A flat image becomes zeros; yours becomes NaN, which is what 0 divided by 0 gives.")
    if wrong.any():
        answer.fail("A flat image becomes zeros.", differs=wrong)
    if answer.outcome.warnings:
        message = f"The result is right, but a warning appeared: {answer.outcome.warnings[0]}"
        answer.fail(message)


def variations(case: Call) -> Sequence[Call]:
    """Calls with the same image, with its negative, and with an image that lies differently in memory."""
    (image,) = case.args
    return case, call(-image), call(lay_out(image, "FR")), call(lay_out(image, "VR")), case


@check(
    points=0.25,
    why="Working in place is the quickest way to spoil the image for the next cell.",
    cases=draw.contrasts(),
    killers=[call(RAMP)],
    more_killers={number_types: [call(np.array([[0, 255], [128, 7]], np.uint8))]},
    sequence=variations,
    after=stretch,
)
def leaves_no_trace(answer: Answer) -> None:
    """The image stays as it was, and each result is a new array that no later call changes."""
    stretched(answer)
    answer.leaves_arguments_alone()
    answer.is_a_new_array()


ILLEGAL = {
    "there is a NaN in the image": call(np.array([[1.0, np.nan], [3, 4]])),
    "there is an infinity in the image": call(np.array([[1.0, 2], [np.inf, 4]])),
    "there is a negative infinity in the image": call(np.array([[-np.inf, 2, 3]])),
    "all of the image is NaN": call(np.full((2, 2), np.nan)),
    "all of the image is infinite": call(np.full((2, 2), np.inf)),
}


@check(
    points=0.25,
    why="One NaN makes a whole picture black, without a word.",
    illegal=ILLEGAL,
    killers=[call(RAMP), call(FRACTIONS.T)],
    after=stretch,
)
def illegal(answer: Answer) -> None:
    """NaN and infinity in the image raise ValueError."""
    answer.returned()
