"""Hidden tests of `zero_pad(image, padding)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out

SMALL = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@check(
    points=1,
    why="The frame itself; everything else is about variations of it.",
    cases=draw.pictures(paddings=st.integers(1, 3)),
    killers=[call(np.array([[7.0]]), 1), call(SMALL, 1), call(SMALL, 2), call(SMALL.T / 7, 1)],
)
def frame(answer: Answer) -> None:
    """One number: as many zeros on all four sides, the image in the middle."""
    answer.equals_reference()


@check(
    points=1,
    why="Rows first, columns second is an agreement that the whole course keeps.",
    cases=draw.pictures(paddings=st.tuples(st.integers(0, 3), st.integers(0, 3))),
    killers=[call(SMALL, (1, 0)), call(SMALL, (0, 1)), call(SMALL, [2, 1]), call(SMALL, (0, 0))],
    after=frame,
)
def pair(answer: Answer) -> None:
    """A pair: rows above and below first, columns left and right second."""
    answer.equals_reference()


def variations(case: Call) -> Sequence[Call]:
    """The image in other number types, and lying otherwise in memory; each of them twice."""
    image, padding = case.args
    variants = (
        (image * 10).astype(np.int16),
        np.abs(image).astype(np.uint8),
        image > 0,
        lay_out(image, "FR"),
        lay_out(image, "V"),
    )
    return [call(variant, padding) for variant in variants for _ in range(2)]


@check(
    points=1,
    why="Bytes that stay bytes overflow later, and a function that returns its own input shares it.",
    cases=draw.pictures(paddings=st.integers(0, 2)),
    killers=[call(SMALL / 7, 0), call(SMALL.T, 1)],
    sequence=variations,
    after=frame,
)
def copy(answer: Answer) -> None:
    """Any number type becomes float64, the input stays as it was, padding 0 gives a copy."""
    answer.equals_reference()
    answer.leaves_arguments_alone()


ILLEGAL = {
    "the padding is negative": call(SMALL, -1),
    "the vertical padding is negative": call(SMALL, (-1, 1)),
    "the horizontal padding is negative": call(SMALL, (1, -1)),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), 1),
    "a row of pixels is not 2-D": call(np.ones(4), 1),
}


@check(
    points=1,
    why="A negative padding would cut the image silently.",
    illegal=ILLEGAL,
    killers=[call(SMALL, 2), call(SMALL, (0, 1))],
    after=frame,
)
def illegal(answer: Answer) -> None:
    """A negative padding, and an image that is not 2-D, raise ValueError."""
    answer.returned()
