"""Hidden tests of `zero_pad(image, padding)`."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import pictures
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

SMALL = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@check(
    points=1,
    cases=pictures(paddings=st.integers(1, 3)),
    killers=[Call((np.array([[7.0]]), 1)), Call((SMALL, 1)), Call((SMALL, 2)), Call((SMALL.T / 7, 1))],
)
def test_frame(student: Student, call: Call, outcome: Outcome) -> None:
    """One number: as many zeros on all four sides, the image in the middle."""
    expect.same(student, call, outcome)


@check(
    points=1,
    cases=pictures(paddings=st.tuples(st.integers(0, 3), st.integers(0, 3))),
    killers=[Call((SMALL, (1, 0))), Call((SMALL, (0, 1))), Call((SMALL, [2, 1])), Call((SMALL, (0, 0)))],
    after="frame",
)
def test_pair(student: Student, call: Call, outcome: Outcome) -> None:
    """A pair: rows above and below first, columns left and right second."""
    expect.same(student, call, outcome)


def variations(call: Call) -> Sequence[Call]:
    """The image in other number types, and lying otherwise in memory; each of them twice."""
    image, padding = call.args
    variants = (
        (image * 10).astype(np.int16),
        np.abs(image).astype(np.uint8),
        image > 0,
        lay_out(image, "FR"),
        lay_out(image, "V"),
    )
    return [Call((variant, padding)) for variant in variants for _ in range(2)]


@check(
    points=1,
    cases=pictures(paddings=st.integers(0, 2)),
    killers=[Call((SMALL / 7, 0)), Call((SMALL.T, 1))],
    series=variations,
    after="frame",
)
def test_copy(student: Student, call: Call, outcome: Outcome) -> None:
    """Any number type becomes float64, the input stays as it was, padding 0 gives a copy."""
    expect.same(student, call, outcome)
    expect.untouched(student, call, outcome)


ILLEGAL = {
    "the padding is negative": Call((SMALL, -1)),
    "the vertical padding is negative": Call((SMALL, (-1, 1))),
    "the horizontal padding is negative": Call((SMALL, (1, -1))),
    "a colour image is not 2-D": Call((np.ones((4, 4, 3)), 1)),
    "a row of pixels is not 2-D": Call((np.ones(4), 1)),
}


@check(points=1, illegal=ILLEGAL, killers=[Call((SMALL, 2)), Call((SMALL, (0, 1)))], after="frame")
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """A negative padding, and an image that is not 2-D, raise ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
