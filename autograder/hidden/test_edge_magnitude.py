"""Hidden tests of `edge_magnitude(gx, gy)`."""

from collections.abc import Sequence

import numpy as np

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import arrows
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

THREE, FOUR = np.array([[3.0, 0.0, -5.0]]), np.array([[4.0, -2.0, 12.0]])


def length(call: Call) -> float:
    """The size of what is added up."""
    return float(sum(np.abs(array.astype(np.float64)).max() for array in call.args))


@check(
    points=2,
    cases=arrows(),
    killers=[
        Call((np.array([[3.0]]), np.array([[4.0]]))),
        Call((THREE, FOUR)),
        Call((FOUR.T, THREE.T)),
        Call((THREE, -THREE)),
    ],
)
def test_length(student: Student, call: Call, outcome: Outcome) -> None:
    """The result is the length of the arrow (gx, gy) at each pixel, as float64."""
    expect.same(student, call, outcome, scale=length)


@check(
    points=1,
    cases=arrows(dtypes=("uint8", "int8", "int16", "int32", "uint16", "float32", "int64", "bool")),
    killers=[
        Call((np.array([[100, -100]], np.int8), np.array([[100, 3]], np.int8))),
        Call((np.array([[200, 3]], np.uint8), np.array([[100, 4]], np.uint8))),
        Call((np.array([[30000]], np.int16), np.array([[-30000]], np.int16))),
        Call((np.array([[4_000_000_000, 3]]), np.array([[-3_000_000_000, 4]]))),
        Call((np.array([[-60000, 3]], np.int32), np.array([[50000, 2]], np.int32))),
        Call((np.array([[65535, 3]], np.uint16), np.array([[256, 4]], np.uint16))),
        Call((np.array([[True, True]]), np.array([[True, False]]))),
        Call((np.array([[0.1, 3]], np.float32), np.array([[0.7, 4]], np.float32))),
    ],
    after="length",
)
def test_number_types(student: Student, call: Call, outcome: Outcome) -> None:
    """Whole numbers, also large ones, are computed in float64, without overflow."""
    expect.same(student, call, outcome, scale=length)


def variations(call: Call) -> Sequence[Call]:
    """Calls with the same arrays, with another gx, and with arrays that lie otherwise in memory."""
    gx, gy = call.args
    return (
        call,
        Call((gx + 1, gy)),
        Call((lay_out(gx, "FR"), lay_out(gy, "R"))),
        Call((lay_out(gx, "VR"), lay_out(gy, "V"))),
        call,
    )


@check(points=1, cases=arrows(), killers=[Call((THREE, FOUR))], series=variations, after="length")
def test_leaves_no_trace(student: Student, call: Call, outcome: Outcome) -> None:
    """The arguments stay as they were, and a later call does not change an earlier result."""
    expect.same(student, call, outcome, scale=length)
    expect.untouched(student, call, outcome)


ILLEGAL = {
    "gx has more rows than gy": Call((np.ones((3, 2)), np.ones((2, 2)))),
    "gy is a single row, gx is not": Call((np.ones((3, 2)), np.ones((1, 2)))),
    "gx is a column, gy a row": Call((np.ones((2, 1)), np.ones((1, 2)))),
    "gx is a single column, gy is not": Call((np.ones((2, 1)), np.ones((2, 2)))),
    "gx is a single number, gy is not": Call((np.ones((1, 1)), np.ones((2, 2)))),
}


@check(points=1, illegal=ILLEGAL, killers=[Call((THREE, FOUR)), Call((FOUR.T, THREE.T))], after="length")
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """Two images of different shapes raise ValueError, two of one shape do not."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
