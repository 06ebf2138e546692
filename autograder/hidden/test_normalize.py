"""Hidden tests of `normalize(image)`.

What lies between the ends may be rounded either way, so one more or less is right there; only
the check of the ends asks for exactly 0 and 255.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.expect import Failure
from autograder.hidden.strategies import contrasts, grid
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out

RAMP = np.array([[-4.0, 0, 12], [1, 2.5, 3]])
FRACTIONS = np.array([[0.1, 0.2, 0.7, 0.45]])


def stretched(student: Student, call: Call, outcome: Outcome, *, ends: bool = False) -> None:
    """The student's picture is the reference's, give or take 1 (but not where `ends` are asked for)."""
    __tracebackhide__ = True
    expected = expect.right(student.name, call)
    got = expect.array(student, call, outcome, expected=expected)
    if got.dtype != np.uint8:
        message = f"The dtype is wrong: expected uint8, got {got.dtype}. The shape is right."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    wrong = expect.differing(expected, got, tolerance=1)
    if ends:
        (image,) = call.args
        wrong |= ((image == image.min()) | (image == image.max())) & (expected != got)
    if wrong.any():
        message = f"The shape is right; {expect.where(wrong)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome, differs=wrong)


@check(
    points=2,
    cases=contrasts(),
    killers=[
        Call((np.array([[0.0, 1.0], [2.0, 4.0]]),)),
        Call((RAMP,)),
        Call((RAMP.T - 20,)),
        Call((FRACTIONS,)),
        Call((RAMP * 1000,)),
        Call((np.array([[0.0, 6.0], [3.0, 7.0]]),)),
    ],
)
def test_stretch(student: Student, call: Call, outcome: Outcome) -> None:
    """The whole range of a float image becomes 0 to 255 as uint8, give or take 1."""
    stretched(student, call, outcome)


@st.composite
def spans(draw: st.DrawFn) -> Call:
    """Whole numbers from 0 to an end at which a product in the wrong order is not quite 255."""
    last = draw(st.integers(1, 2000))
    return Call((np.array([[0.0, draw(st.integers(0, last)), last]]) / draw(st.sampled_from([1, 3, 7])),))


@check(
    points=1,
    cases=spans(),
    killers=[Call((np.array([[0.0, last / 2, last]]),)) for last in (25.0, 29.0, 53.0, 91.0, 106.0)]
    + [Call((np.array([[0.1, 0.4, 2.3]]),))],
    after="stretch",
)
def test_ends(student: Student, call: Call, outcome: Outcome) -> None:
    """The smallest number becomes exactly 0, the largest exactly 255."""
    stretched(student, call, outcome, ends=True)


@check(
    points=2,
    cases=contrasts(dtypes=("uint8", "int8", "int16", "bool", "float32", "uint16", "int32", "int64")),
    killers=[
        Call((np.array([[-100, 100, 0, 50]], np.int8),)),
        Call((np.array([[-30000, 30000, 0]], np.int16),)),
        Call((np.array([[10, 200, 60]], np.uint8),)),
        Call((np.array([[False, True]]),)),
        Call((np.array([[-(2**31), 2**31 - 1, 0, 5]], np.int32),)),
        Call((np.array([[65535, 0, 300]], np.uint16),)),
        Call((np.array([[2**40, -(2**40), 3]]),)),
        Call((np.array([[0.25, 3, -7]], np.float32),)),
    ],
    after="stretch",
)
def test_number_types(student: Student, call: Call, outcome: Outcome) -> None:
    """Bytes, small whole numbers and truth values are stretched without overflow."""
    stretched(student, call, outcome)


@st.composite
def flat(draw: st.DrawFn) -> Call:
    """An image of one number only."""
    pixel = grid(draw, (1, 1))
    return Call((np.repeat(np.repeat(pixel, draw(st.integers(1, 3)), 0), draw(st.integers(1, 4)), 1),))


@check(
    points=1,
    cases=flat(),
    killers=[
        Call((np.full((2, 3), 7.0),)),
        Call((np.zeros((1, 1)),)),
        Call((np.full((2, 2), 255, np.uint8),)),
        Call((np.full((2, 2), 0.1),)),
    ],
    series=lambda call: (call, Call((FRACTIONS.T,))),
    after="stretch",
)
def test_flat(student: Student, call: Call, outcome: Outcome) -> None:
    """A flat image becomes zeros, and no warning appears."""
    stretched(student, call, outcome)
    (image,), got = call.args, outcome.value
    if image.min() < image.max():
        return
    if got.any():
        expected = expect.right(student.name, call)
        message = "A flat image becomes zeros."
        raise Failure(message, student, call, expected=expected, outcome=outcome, differs=got != 0)
    if outcome.warnings:
        message = f"The result is right, but a warning appeared: {outcome.warnings[0]}"
        raise Failure(message, student, call, expected=got, outcome=outcome)


def variations(call: Call) -> Sequence[Call]:
    """Calls with the same image, with its negative, and with an image that lies otherwise in memory."""
    (image,) = call.args
    return call, Call((-image,)), Call((lay_out(image, "FR"),)), Call((lay_out(image, "VR"),)), call


@check(points=1, cases=contrasts(), killers=[Call((RAMP,))], series=variations, after="stretch")
def test_leaves_no_trace(student: Student, call: Call, outcome: Outcome) -> None:
    """The image stays as it was, and a later call does not change an earlier result."""
    stretched(student, call, outcome)
    expect.untouched(student, call, outcome)


ILLEGAL = {
    "there is a NaN in the image": Call((np.array([[1.0, np.nan], [3, 4]]),)),
    "there is an infinity in the image": Call((np.array([[1.0, 2], [np.inf, 4]]),)),
    "there is a negative infinity in the image": Call((np.array([[-np.inf, 2, 3]]),)),
    "all of the image is NaN": Call((np.full((2, 2), np.nan),)),
    "all of the image is infinite": Call((np.full((2, 2), np.inf),)),
}


@check(points=1, illegal=ILLEGAL, killers=[Call((RAMP,)), Call((FRACTIONS.T,))], after="stretch")
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """NaN and infinity raise ValueError, other images do not."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
