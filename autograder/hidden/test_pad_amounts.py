"""Hidden tests of `pad_amounts(mode, k, dilation=1)`."""

from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import pads
from autograder.sandbox.call import Call, Outcome

EVEN, ODD = st.integers(1, 8).map(lambda n: 2 * n), st.integers(1, 8).map(lambda n: 2 * n + 1)


@check(
    points=1,
    cases=pads(modes=("full",), kernels=st.integers(2, 15)),
    killers=[Call(("full", 3)), Call(("full", 2)), Call(("full", 7)), Call(("full", 1))],
    series=lambda call: (call, Call(("valid", *call.args[1:]))),
)
def test_full(student: Student, call: Call, outcome: Outcome) -> None:
    """'full': the kernel meets the image with one cell at least; 'valid': no zeros at all."""
    expect.two_whole_numbers(student, call, outcome)


@check(
    points=1,
    cases=pads(modes=("same",), kernels=ODD),
    killers=[Call(("same", 3)), Call(("same", 5))],
)
def test_same(student: Student, call: Call, outcome: Outcome) -> None:
    """'same' with an odd kernel: as many zeros on both sides, and the size stays."""
    expect.two_whole_numbers(student, call, outcome)


@check(
    points=1,
    cases=pads(modes=("same",), kernels=EVEN),
    killers=[Call(("same", 2)), Call(("same", 4))],
    after="same",
)
def test_same_even(student: Student, call: Call, outcome: Outcome) -> None:
    """'same' with an even kernel: the zero too many stands at the end."""
    expect.two_whole_numbers(student, call, outcome)


@check(
    points=1,
    cases=pads(modes=("same", "full"), kernels=st.integers(2, 6), dilation=4),
    killers=[
        Call(("full", 3, 2)),
        Call(("full", 3, 3)),
        Call(("same", 3), {"dilation": 3}),
        Call(("same", 2), {"dilation": 3}),
    ],
)
def test_dilation(student: Student, call: Call, outcome: Outcome) -> None:
    """With dilation the kernel is as wide as its cells are spread."""
    expect.two_whole_numbers(student, call, outcome)


ILLEGAL = {
    "there is no such mode": Call(("half", 3)),
    "a mode is a word": Call((1, 3)),
    "the kernel has no cell": Call(("same", 0)),
    "the dilation is 0": Call(("full", 3, 0)),
    "the dilation is negative": Call(("valid", 3), {"dilation": -1}),
}


@check(points=1, illegal=ILLEGAL, killers=[Call(("full", 4)), Call(("same", 5, 1)), Call(("full", 2, 3))])
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """An unknown mode, a kernel without cells and a dilation below 1 raise ValueError."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
