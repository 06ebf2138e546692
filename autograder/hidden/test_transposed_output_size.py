"""Hidden tests of `transposed_output_size(n, k, stride=1, padding=0, output_padding=0)`."""

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.strategies import transposed_axes
from autograder.sandbox.call import Call, Outcome


@check(points=1, cases=transposed_axes(), killers=[Call((1, 1)), Call((2, 3)), Call((4, 4)), Call((5, 1))])
def test_stamps(student: Student, call: Call, outcome: Outcome) -> None:
    """Stride 1: the last stamp begins at the last pixel and is as long as the kernel."""
    expect.whole_number(student, call, outcome)


@check(
    points=1,
    cases=transposed_axes(stride=True),
    killers=[Call((2, 3, 2)), Call((3, 2), {"stride": 3}), Call((1, 2, 4)), Call((4, 3, 3))],
    after="stamps",
)
def test_stride(student: Student, call: Call, outcome: Outcome) -> None:
    """With a stride the stamps lie further apart."""
    expect.whole_number(student, call, outcome)


@check(
    points=1,
    cases=transposed_axes(stride=True, padding=True) | transposed_axes(padding=True),
    killers=[Call((3, 3, 1, 1)), Call((3, 3), {"stride": 2, "padding": 1}), Call((4, 4, 2, 2))],
    after="stamps",
)
def test_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Padding takes pixels away, on both sides."""
    expect.whole_number(student, call, outcome)


@check(
    points=1,
    cases=transposed_axes(output=True) | transposed_axes(output=True, padding=True),
    killers=[Call((3, 3, 2, 1, 1)), Call((2, 2), {"stride": 3, "output_padding": 2})],
    after="stride",
)
def test_output_padding(student: Student, call: Call, outcome: Outcome) -> None:
    """Output padding adds pixels at the end, once."""
    expect.whole_number(student, call, outcome)


ILLEGAL = {
    "the output padding is as large as the stride": Call((3, 3, 2, 0, 2)),
    "with stride 1 no output padding is possible": Call((3, 3), {"output_padding": 1}),
    "the output padding is negative": Call((3, 3, 2), {"output_padding": -1}),
    "the padding cuts everything off": Call((1, 2, 1, 1)),
    "the padding cuts off more than there is": Call((2, 3, 1, 3)),
    "the stride is 0": Call((3, 3, 0)),
    "the padding is negative": Call((3, 3, 1, -1)),
    "there is no pixel": Call((0, 3)),
    "the kernel has no cell": Call((3, 0)),
}


@check(
    points=1,
    illegal=ILLEGAL,
    killers=[Call((3, 3, 2, 1, 1)), Call((1, 3, 1, 1)), Call((2, 1, 3, 0, 2))],
    after="stamps",
)
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """What makes no sense, and an empty result, raise ValueError."""
    expect.no_exception(student, call, outcome)
