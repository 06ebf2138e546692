"""Hidden tests of `zero_pad(image, padding)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw, lay_out

SMALL = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
SQUARE = SMALL[:, 1:]


@check(
    points=2,
    why="The frame itself; everything else is about variations of it.",
    cases=draw.pictures(paddings=st.integers(1, 5)),
    killers=[
        call(np.array([[7.0]]), 1),
        call(SMALL, 1),
        call(SQUARE, 1),
        call(SMALL, 2),
        call(SMALL.T * 1.3 - 3, 1),
        call(SMALL, 11),
    ],
)
def frame(answer: Answer) -> None:
    """One number: as many zeros on all four sides, the image in the middle."""
    answer.equals_reference()


@check(
    points=1,
    why="Rows first, columns second is an agreement that the whole course keeps.",
    cases=draw.pictures(paddings=draw.pair(0, 4)),
    killers=[
        call(SMALL, (1, 0)),
        call(SMALL, (0, 1)),
        call(SMALL, (2, 1)),
        call(SMALL, (3, 7)),
        call(SQUARE, (1, 2)),
        call(np.array([[7.0]]), (1, 0)),
    ],
    after=frame,
)
def pairs(answer: Answer) -> None:
    """A pair: rows above and below first, columns left and right second."""
    answer.equals_reference()


def in_any_memory(case: Call) -> Sequence[Call]:
    """The same image lying differently in memory, read-only, and once more."""
    image, padding = case.args
    variants = image, lay_out(image, "FR"), lay_out(image, "V"), image[::-1].copy(), image
    return [call(variant, padding) for variant in variants]


@check(
    points=0.25,
    why="A function that returns its own input, or the same buffer twice, shares it with its caller.",
    cases=draw.pictures(paddings=st.integers(0, 2)),
    killers=[call(np.array([[7.0]]), 0), call(SMALL / 7, 0), call(SMALL.T, 1), call(SQUARE, 1)],
    sequence=in_any_memory,
    after=frame,
)
def leaves_no_trace(answer: Answer) -> None:
    """The input stays as it was, and every call returns a new array, with padding 0 as well."""
    answer.equals_reference()
    answer.leaves_arguments_alone()
    answer.is_a_new_array()


def of_every_type(image: np.ndarray, padding: int) -> list[Call]:
    """Calls with the image in whole numbers, bytes, Booleans and short floats."""
    whole = np.minimum(np.abs(image * 10), 127)
    variants = [whole.astype(kind) for kind in draw.NUMBER_TYPES if kind != "bool"]
    return [call(variant, padding) for variant in [*variants, image > 0]]


@check(
    points=0.25,
    why="Bytes that stay bytes overflow later.",
    cases=draw.pictures(paddings=st.integers(1, 3), dtypes=draw.NUMBER_TYPES),
    killers=[*of_every_type(SQUARE / 7, 1), *of_every_type(SMALL.T, 2), call(SMALL / 7, 1)],
    more_killers={leaves_no_trace: of_every_type(SMALL.T, 0)},
    after=frame,
)
def number_types(answer: Answer) -> None:
    """Whatever number type the image has, the result is float64."""
    answer.equals_reference()
    answer.has_the_number_type()


ILLEGAL = {
    "the padding is negative": call(SMALL, -1),
    "a colour image is not 2-D": call(np.ones((4, 4, 3)), 1),
    "a row of pixels is not 2-D": call(np.ones(4), 1),
}
ILLEGAL_PAIRS = {
    "the vertical padding is negative": call(SMALL, (-1, 1)),
    "the horizontal padding is negative": call(SMALL, (1, -1)),
}


@check(
    points=0.5,
    why="A negative padding would cut the image silently.",
    illegal=ILLEGAL,
    more_illegal={pairs: ILLEGAL_PAIRS},
    killers=[call(SMALL, 2), call(SQUARE, 1)],
    after=frame,
)
def illegal(answer: Answer) -> None:
    """A negative padding, and an image that is not 2-D, raise ValueError."""
    answer.returned()
