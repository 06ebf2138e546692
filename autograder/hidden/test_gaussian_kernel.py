"""Hidden tests of `gaussian_kernel(size)`."""

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.sandbox.call import Call, Outcome


def weights(_: Call) -> float:
    """The weights add up to 1."""
    return 1e-3  # so that 1e-12 may be missing from each of them


@check(points=2, killers=[Call((3,)), Call((5,))])
def test_weights(student: Student, call: Call, outcome: Outcome) -> None:
    """The 3 by 3 and the 5 by 5 blur: weights from Pascal's triangle that add up to 1."""
    expect.same(student, call, outcome, scale=weights)


@check(
    points=1,
    cases=st.integers(0, 7).map(lambda half: Call((2 * half + 1,))),
    killers=[Call((1,)), Call((7,)), Call((np.int64(9),)), Call((21,))],
    series=lambda call: (call, Call((3,)), call),
    after="weights",
)
def test_sizes(student: Student, call: Call, outcome: Outcome) -> None:
    """Every odd size has its blur, and each call returns a new array."""
    expect.same(student, call, outcome, scale=weights)


ILLEGAL = {
    "a size of 4 is even": Call((4,)),
    "a size of 2 is even": Call((2,)),
    "a size of 0 has no cell": Call((0,)),
    "a size of -3 is negative": Call((-3,)),
    "a size of 2.5 is no whole number": Call((2.5,)),
}


@check(points=1, illegal=ILLEGAL, killers=[Call((3,)), Call((1,))], after="weights")
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """A size that is no odd, positive whole number raises ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
