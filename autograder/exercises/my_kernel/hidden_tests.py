"""Hidden tests of `my_kernel`, which is a value and no function."""

import itertools

import numpy as np

from autograder.checks import Answer, check
from autograder.checks.values import kind_in_words
from autograder.sandbox.call import Outcome
from reference import KERNELS

LESSON = {name: kernel.array for name, kernel in KERNELS.items() if kernel.array.shape == (3, 3)}
NEARLY = 1e-9


def weights(answer: Answer) -> np.ndarray:
    """Ask for a kernel, and return it as float64, its largest weight 1 or -1."""
    __tracebackhide__ = True
    got = answer.value
    if got is None:
        stub = Outcome(raised=("NotImplementedError",), text="this cell is still a TODO")
        answer.fail("`my_kernel` is still None.", outcome=stub)
    if not isinstance(got, np.ndarray):
        answer.fail(f"Expected a NumPy array, got {kind_in_words(got)}.")
    if got.shape != (3, 3):
        answer.fail(f"The shape is wrong: expected (3, 3), got {got.shape}.")
    if got.dtype.kind not in "biuf":
        answer.fail(f"The dtype is wrong: expected real numbers, got {got.dtype}.")
    values: np.ndarray = got.astype(np.float64)
    wrong = ~np.isfinite(values)
    if wrong.any():
        answer.fail("There is a NaN or an infinity among the weights.", differs=wrong)
    if not values.any():
        answer.fail("All weights are 0: every picture becomes black.")
    values /= np.abs(values).max()
    if alike(values, LESSON["identity"]):
        answer.fail("This is the identity or a multiple of it: it only copies the picture.")
    return values


def alike(values: np.ndarray, lesson: np.ndarray) -> bool:
    """Whether one kernel is a multiple of the other."""
    product = abs((values * lesson).sum())
    return bool(product >= np.linalg.norm(values) * np.linalg.norm(lesson) * (1 - NEARLY))


@check(
    points=1,
    why="The exercise is to choose nine numbers, so any nine that change a picture count.",
)
def kernel(answer: Answer) -> None:
    """`my_kernel` is an array of 3 by 3 finite real numbers that does something to a picture."""
    weights(answer)


@check(
    points=2,
    why=(
        "Copying a kernel of the lesson, negated or turned, is no choice; two points because this is "
        "the exercise."
    ),
    after=kernel,
)
def own(answer: Answer) -> None:
    """`my_kernel` isn't a kernel of the lesson, nor a multiple of one, nor one flipped or rotated."""
    values = weights(answer)
    ways = itertools.product((False, True), range(4), LESSON.items())  # the kernel as it is comes first
    for flipped, turns, (name, lesson) in ways:
        if alike(values, np.rot90(lesson.T if flipped else lesson, turns)):
            answer.fail(
                f"This is `{name}` of the lesson, or a multiple, flip or turn of it; change some weights."
            )
