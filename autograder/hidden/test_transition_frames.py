"""Hidden tests of `transition_frames(image, kernel, steps)`.

The student's `convolve2d` and `normalize` are not judged again here: correct ones answer.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.expect import Failure
from autograder.hidden.strategies import transitions
from autograder.sandbox.call import Call, Outcome
from reference import convolve2d

SLOPE = np.arange(20.0).reshape(4, 5) ** 2 - 50
ROUGH = np.array([[3.0, 0, 7, -2, 1], [-5, 8, 0, 4, -1], [2, -6, 1, 9, 0], [0, 4, -3, 5, -7]])
SHARPEN = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])
LEAN = np.array([[-2.0, -1, 0], [-1, 1, 3], [0, 1, 4]])
FLAT = 1e-9  # of the range: such a frame is flat but for rounding, which `normalize` would blow up

SQUARE = st.just((3, 3))
ODD = st.tuples(st.sampled_from([1, 3, 5]), st.sampled_from([1, 3, 5]))


def frames(student: Student, call: Call, outcome: Outcome, *, which: Sequence[int] | None = None) -> None:
    """The student's list is the reference's; of its frames only `which`, if given, are looked at."""
    __tracebackhide__ = True
    expected = expect.right(student.name, call)
    expect.no_exception(student, call, outcome, expected=expected)
    got = outcome.value
    if not isinstance(got, list):
        message = "The function returned None: does it end with `return`?"
        message = message if got is None else f"Expected a list of frames, got {expect.kind(got)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    if len(got) != len(expected):
        message = f"Expected {len(expected)} frames, got {len(got)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    for index in range(len(expected)) if which is None else which:
        _frame(student, call, index % len(expected), expected, outcome)


def _frame(student: Student, call: Call, index: int, expected: list[np.ndarray], outcome: Outcome) -> None:
    __tracebackhide__ = True
    right, got = expected[index], outcome.value[index]
    number = f"frame {index + 1} of {len(expected)}"
    if not isinstance(got, np.ndarray):
        message = f"Expected a NumPy array as {number}, got {expect.kind(got)}."
    elif got.shape != right.shape:
        message = f"The shape of {number} is wrong: expected {right.shape}, got {got.shape}."
    elif got.dtype != np.uint8:
        message = f"The dtype of {number} is wrong: expected uint8, got {got.dtype}."
    else:
        wrong = expect.differing(right, got, tolerance=1)
        if not wrong.any() or _flat(call, index / (len(expected) - 1)):
            return
        message = f"In {number} {expect.where(wrong)}."
    raise Failure(message, student, call, expected=expected, outcome=outcome)


def _flat(call: Call, share: float) -> bool:
    image, kernel, _ = call.args
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    result = convolve2d(image, (1 - share) * identity + share * kernel)
    size = np.abs(image).max() * (np.abs(kernel).sum() + 1)
    return bool(result.max() - result.min() <= FLAT * size)


@check(
    points=2,
    cases=transitions(sides=SQUARE),
    killers=[
        Call((SLOPE, LEAN, 2)),
        Call((SLOPE, SHARPEN, 3)),
        Call((SLOPE.T, LEAN, 5)),
        Call((ROUGH, LEAN, 3)),
    ],
)
def test_ends(student: Student, call: Call, outcome: Outcome) -> None:
    """There are `steps` frames; the first is the plain image, the last the full effect."""
    frames(student, call, outcome, which=(0, -1))


@check(
    points=2,
    cases=transitions(sides=SQUARE),
    killers=[
        Call((SLOPE, LEAN, 3)),
        Call((SLOPE, SHARPEN, 4)),
        Call((SLOPE.T, LEAN, 6)),
        Call((ROUGH, LEAN, 4)),
    ],
    after="ends",
)
def test_between(student: Student, call: Call, outcome: Outcome) -> None:
    """Each frame between is the original image under its mixture, in even steps."""
    frames(student, call, outcome)


@check(
    points=1,
    cases=transitions(sides=ODD),
    killers=[
        Call((SLOPE, np.array([[1.0, 0, -2]]), 3)),
        Call((SLOPE, np.array([[1.0], [3], [-2]]), 3)),
        Call((ROUGH, np.array([[-2.0, 3, 1]]), 4)),
        Call((SLOPE, np.arange(15.0).reshape(3, 5) - 4, 2)),
        Call((np.vstack([SLOPE, SLOPE + 3]), np.arange(25.0).reshape(5, 5) % 7 - 2, 3)),
    ],
    after="ends",
)
def test_sizes(student: Student, call: Call, outcome: Outcome) -> None:
    """Kernels of any odd sides, also wider than high; the identity has its 1 in the centre."""
    frames(student, call, outcome)


def variations(call: Call) -> Sequence[Call]:
    """The call, one with another kernel, one with another image, and the first again."""
    image, kernel, steps = call.args
    others = Call((image, kernel[::-1] + 1, steps)), Call((image[::-1], kernel, steps))
    return call, *others, call


@check(
    points=1,
    cases=transitions(sides=SQUARE),
    killers=[Call((ROUGH, LEAN, 3))],
    series=variations,
    after="ends",
)
def test_leaves_no_trace(student: Student, call: Call, outcome: Outcome) -> None:
    """Image and kernel stay as they were, and a later call does not change an earlier result."""
    frames(student, call, outcome, which=(0, -1))
    expect.untouched(student, call, outcome)


ILLEGAL = {
    "1 step is not enough": Call((SLOPE, LEAN, 1)),
    "0 steps are not enough": Call((SLOPE, LEAN, 0)),
    "a negative number of steps is not enough": Call((SLOPE, LEAN, -2)),
}


@check(points=1, illegal=ILLEGAL, killers=[Call((SLOPE, LEAN, 2)), Call((SLOPE, LEAN, 3))], after="ends")
def test_illegal(student: Student, call: Call, outcome: Outcome) -> None:
    """Fewer than 2 steps raise ValueError, 2 and more do not."""
    expect.no_exception(student, call, outcome, expected=expect.right(student.name, call))
