"""Hidden tests of `transition_frames(image, kernel, steps)`.

The student's `convolve2d` and `normalize` are not judged again here: correct ones answer.
"""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from autograder.checks import Answer, Call, call, check, draw
from autograder.checks.compare import differing, where
from autograder.checks.values import kind_in_words
from reference import convolve2d

BUILDS_ON = ("output_size", "zero_pad", "convolve2d", "normalize")

SLOPE = np.arange(20.0).reshape(4, 5) ** 2 - 50
ROUGH = np.array([[3.0, 0, 7, -2, 1], [-5, 8, 0, 4, -1], [2, -6, 1, 9, 0], [0, 4, -3, 5, -7]])
LARGE = np.arange(132.0).reshape(12, 11) ** 2 % 37 - 9  # room for filtering what is filtered already
SHARPEN = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])
LEAN = np.array([[-2.0, -1, 0], [-1, 1, 3], [0, 1, 4]])
FLAT = 1e-9  # of the range: such a frame is flat but for rounding, which `normalize` would blow up

SQUARE = st.just((3, 3))
ODD = st.tuples(st.sampled_from([1, 3, 5]), st.sampled_from([1, 3, 5]))


def frames(answer: Answer, *, which: Sequence[int] | None = None) -> None:
    """Ask for the reference's list of frames; only `which`, if given, are looked at."""
    __tracebackhide__ = True
    answer.returned()
    got, count = answer.value, len(answer.expected)
    if got is None:
        answer.fail("The function returned None: does it end with `return` in every case?")
    if not isinstance(got, list):
        answer.fail(f"Expected a list of frames, got {kind_in_words(got)}.")
    if len(got) != count:
        answer.fail(f"Expected {count} frames, got {len(got)}.")
    for index in range(count) if which is None else which:
        _frame(answer, index % count, count)


def _frame(answer: Answer, index: int, count: int) -> None:
    __tracebackhide__ = True
    right, got = answer.expected[index], answer.value[index]
    number = f"frame {index + 1} of {count}"
    if not isinstance(got, np.ndarray):
        answer.fail(f"Expected a NumPy array as {number}, got {kind_in_words(got)}.")
    if got.shape != right.shape:
        answer.fail(f"The shape of {number} is wrong: expected {right.shape}, got {got.shape}.")
    if got.dtype != np.uint8:
        answer.fail(f"The dtype of {number} is wrong: expected uint8, got {got.dtype}.")
    wrong = differing(right, got, tolerance=1)
    if wrong.any() and not _flat(answer.call, index / (count - 1)):
        answer.fail(f"In {number}, {where(wrong)}.")


def _flat(call: Call, share: float) -> bool:
    image, kernel, _ = call.args
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    result = convolve2d(image, (1 - share) * identity + share * kernel)
    size = np.abs(image).max() * (np.abs(kernel).sum() + 1)
    return bool(result.max() - result.min() <= FLAT * size)


@check(
    points=2,
    why="Both ends of the transition; t has to run from 0 to 1 inclusive.",
    cases=draw.transitions(sides=SQUARE),
    killers=[
        call(SLOPE, LEAN, 2),
        call(SLOPE, SHARPEN, 3),
        call(SLOPE.T, LEAN, 5),
        call(ROUGH, LEAN, 3),
        call(ROUGH, LEAN / 7, 2),
        call(LARGE, LEAN, 2),
        call(LARGE, SHARPEN, 3),
    ],
)
def ends(answer: Answer) -> None:
    """There are `steps` frames; the first is the plain image, the last the full effect."""
    frames(answer, which=(0, -1))


@check(
    points=2.5,
    why="Mixing kernels, not pictures, and from the original each time, not from the frame before.",
    cases=draw.transitions(sides=SQUARE),
    killers=[
        call(SLOPE, LEAN, 3),
        call(SLOPE, SHARPEN, 4),
        call(SLOPE.T, LEAN, 6),
        call(ROUGH, LEAN, 4),
    ],
    after=ends,
)
def between(answer: Answer) -> None:
    """Each frame between is the original image under its mixture, in even steps."""
    frames(answer)


@check(
    points=1,
    why="Where the centre of a kernel lies, when it is not 3 by 3.",
    cases=draw.transitions(sides=ODD),
    killers=[
        call(SLOPE, np.array([[1.0, 0, -2]]), 3),
        call(SLOPE, np.array([[1.0], [3], [-2]]), 3),
        call(ROUGH, np.array([[-2.0, 3, 1]]), 4),
        call(SLOPE, np.arange(15.0).reshape(3, 5) - 4, 2),
        call(np.vstack([SLOPE, SLOPE + 3]), np.arange(25.0).reshape(5, 5) % 7 - 2, 3),
        call(LARGE, np.arange(15.0).reshape(3, 5) % 7 - 2, 2),
    ],
    after=ends,
)
def sizes(answer: Answer) -> None:
    """Kernels of any odd sides, also wider than tall; the identity has its 1 in the centre."""
    frames(answer)


def variations(case: Call) -> Sequence[Call]:
    """The case, one with another kernel, one with another image, and the first again."""
    image, kernel, steps = case.args
    others = call(image, kernel[::-1] + 1, steps), call(image[::-1], kernel, steps)
    return case, *others, case


@check(
    points=0.5,
    why="The kernel is mixed many times, so a change in place grows.",
    cases=draw.transitions(sides=SQUARE),
    killers=[call(ROUGH, LEAN, 3), call(LARGE, LEAN, 2)],
    sequence=variations,
    after=ends,
)
def leaves_no_trace(answer: Answer) -> None:
    """Image and kernel stay as they were, and a later call does not change an earlier result."""
    frames(answer, which=(0, -1))
    answer.leaves_arguments_alone()


ILLEGAL = {
    "1 step is not enough": call(SLOPE, LEAN, 1),
    "0 steps are not enough": call(SLOPE, LEAN, 0),
    "a negative number of steps is not enough": call(SLOPE, LEAN, -2),
}


@check(
    points=1,
    why="One step cannot have a first and a last frame.",
    illegal=ILLEGAL,
    killers=[call(LARGE, LEAN, 2), call(LARGE, LEAN, 3)],
    after=ends,
)
def illegal(answer: Answer) -> None:
    """Fewer than 2 steps raise ValueError."""
    answer.returned()
