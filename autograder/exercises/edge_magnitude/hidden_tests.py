"""Hidden tests of `edge_magnitude(gx, gy)`."""

from collections.abc import Sequence

import numpy as np

from autograder.checks import Answer, Call, call, check, draw, lay_out

THREE, FOUR = np.array([[3.0, 0.0, -5.0]]), np.array([[4.0, -2.0, 12.0]])
PICTURE = np.add.outer(np.arange(48.0) ** 2 % 31, np.arange(64.0) * 3 % 29) / 7 - 3
LARGE = np.array([[200.0, 0.5, 700], [-90, 4000, 60], [1200, -40000, 2], [3, 300, 0]])
SQUARE = call(PICTURE[:2, :2], PICTURE[1:3, :2])


def largest_sum(case: Call) -> float:
    """Return the size of what is added up."""
    return float(sum(np.abs(array.astype(np.float64)).max() for array in case.args))


@check(
    points=4,
    why="The square root of the sum of the squares, at each pixel.",
    cases=draw.arrows(),
    killers=[
        call(np.array([[3.0]]), np.array([[4.0]])),
        call(THREE, FOUR),
        SQUARE,
        call(FOUR.T, THREE.T),
        call(THREE, -THREE),
        call(PICTURE[:6, :7], PICTURE[:6, :7] - 1),
        call(np.array([[-210.0], [3]]), np.array([[200.0], [-4]])),  # more than a byte holds
        call(LARGE, LARGE[::-1]),
        call(PICTURE, PICTURE[::-1] - 1),
    ],
)
def length(answer: Answer) -> None:
    """The result is the length of the arrow (gx, gy) at each pixel, of float images."""
    answer.equals_reference(rounding=largest_sum)


@check(
    points=0.5,
    why="Squares overflow sooner than sums: 16 squared is 0 in a byte.",
    cases=draw.arrows(dtypes=draw.NUMBER_TYPES),
    killers=[
        call(np.array([[100, -100]], np.int8), np.array([[100, 3]], np.int8)),
        call(np.array([[200, 3]], np.uint8), np.array([[100, 4]], np.uint8)),
        call(np.array([[30000]], np.int16), np.array([[-30000]], np.int16)),
        call(np.array([[4_000_000_000, 3]]), np.array([[-3_000_000_000, 4]])),
        call(np.array([[-60000, 3]], np.int32), np.array([[50000, 2]], np.int32)),
        call(np.array([[65535, 3]], np.uint16), np.array([[256, 4]], np.uint16)),
        call(np.array([[True, True]]), np.array([[True, False]])),
        call(np.array([[0.1, 3]], np.float32), np.array([[0.7, 4]], np.float32)),
        call(np.array([[300, 3]], np.float16), np.array([[400, 4]], np.float16)),
        call(np.array([[4_000_000_000, 3]], np.uint32), np.array([[3_000_000_000, 4]], np.uint32)),
        call(THREE, FOUR / 7),
        call(np.array([[60000.0, 3]]), np.array([[50000.0, 4]])),
        call(np.array([[6e8, 3]]), np.array([[8e8, 4]])),  # large numbers are no matter of the type alone
    ],
    after=length,
)
def number_types(answer: Answer) -> None:
    """Whole numbers, large ones too, are computed in float64, without overflow."""
    answer.equals_reference(rounding=largest_sum)
    answer.has_the_number_type()


def variations(case: Call) -> Sequence[Call]:
    """Calls with the same arrays, with another gx, and with arrays that lie differently in memory."""
    gx, gy = case.args
    return (
        case,
        call(gx + 1, gy),
        call(lay_out(gx, "FR"), lay_out(gy, "R")),
        call(lay_out(gx, "VR"), lay_out(gy, "V")),
        case,
    )


@check(
    points=0.25,
    why="`gx *= gx` saves a line and changes the feature map.",
    cases=draw.arrows(),
    killers=[call(THREE, FOUR), SQUARE],
    sequence=variations,
    after=length,
)
def leaves_no_trace(answer: Answer) -> None:
    """The arguments stay as they were, and a later call does not change an earlier result."""
    answer.equals_reference(rounding=largest_sum)
    answer.leaves_arguments_alone()


ILLEGAL = {
    "gx has more rows than gy": call(np.ones((3, 2)), np.ones((2, 2))),
    "gy is a single row, gx is not": call(np.ones((3, 2)), np.ones((1, 2))),
    "gx is a column, gy a row": call(np.ones((2, 1)), np.ones((1, 2))),
    "gx is a single column, gy is not": call(np.ones((2, 1)), np.ones((2, 2))),
    "gx is a single number, gy is not": call(np.ones((1, 1)), np.ones((2, 2))),
}


@check(
    points=0.25,
    why="NumPy would stretch a row over the other image and say nothing.",
    illegal=ILLEGAL,
    killers=[call(THREE, FOUR), call(FOUR.T, THREE.T), SQUARE],
    after=length,
)
def illegal(answer: Answer) -> None:
    """Two images of different shapes raise ValueError."""
    answer.returned()
