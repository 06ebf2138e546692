"""Hidden tests of `output_size(n, k, stride=1, padding=0)`."""

import numpy as np

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import axes
from autograder.sandbox.call import Call, Outcome


@check(
    points=1,
    cases=axes(),
    killers=[Call((5, 3)), Call((1, 1)), Call((4, 4)), Call((np.int64(9), np.int64(2)))],
)
def test_positions(student: Student, call: Call, outcome: Outcome) -> None:
    """Stride 1, no padding: counts the places where the kernel fits."""
    expect.whole_number(student, call, outcome)


@check(
    points=1,
    cases=axes(padding=True),
    killers=[Call((5, 3), {"padding": 1}), Call((2, 4, 1, 1))],
    after="positions",
)
def test_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Padding adds zeros on both sides of the axis."""
    expect.whole_number(student, call, outcome)


@check(
    points=1,
    cases=axes(stride=True, padding=True) | axes(stride=True),
    killers=[Call((7, 3), {"stride": 2}), Call((6, 3), {"stride": 2}), Call((8, 3, 3)), Call((6, 3, 2, 1))],
    after="positions",
)
def test_stride(student: Student, call: Call, outcome: Outcome) -> None:
    """A stride skips places, and a last step that would leave the image is not taken."""
    expect.whole_number(student, call, outcome)


ILLEGAL = {
    "the kernel is longer than the axis": Call((2, 3)),
    "the kernel is longer than the padded axis": Call((2, 5, 1, 1)),
    "the stride is 0": Call((5, 3, 0)),
    "the stride is negative": Call((5, 3), {"stride": -1}),
    "the padding is negative": Call((5, 1), {"padding": -1}),
    "the axis has no pixel": Call((0, 1, 1, 1)),
    "the kernel has no cell": Call((5, 0)),
}


@check(
    points=1,
    illegal=ILLEGAL,
    killers=[Call((6, 3, 2, 1)), Call((1, 1)), Call((2, 4, 3, 1))],
    after="positions",
)
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """Sizes, strides and paddings that make no sense raise ValueError, all others do not."""
    expect.no_exception(student, call, outcome)
