"""Hidden tests of `my_kernel`, which is a value and no function."""

import numpy as np

from autograder.hidden import expect
from autograder.hidden.check import Student, check
from autograder.hidden.expect import Failure
from autograder.sandbox.call import Call, Outcome
from reference import KERNELS

LESSON = {name: kernel.array for name, kernel in KERNELS.items() if kernel.array.shape == (3, 3)}
NEARLY = 1e-9


def weights(student: Student, call: Call, outcome: Outcome) -> np.ndarray:
    """The student's kernel as float64, its largest weight 1 or -1."""
    __tracebackhide__ = True
    got = outcome.value
    if got is None:
        stub = Outcome(raised=("NotImplementedError",), text="this cell is still a TODO")
        raise Failure("`my_kernel` is still None.", student, call, outcome=stub)
    if not isinstance(got, np.ndarray):
        raise Failure(f"Expected a NumPy array, got {expect.kind(got)}.", student, call, outcome=outcome)
    if got.shape != (3, 3):
        message = f"The shape is wrong: expected (3, 3), got {got.shape}."
        raise Failure(message, student, call, outcome=outcome)
    if got.dtype.kind not in "biuf":
        message = f"The dtype is wrong: expected real numbers, got {got.dtype}."
        raise Failure(message, student, call, outcome=outcome)
    values: np.ndarray = got.astype(np.float64)
    wrong = ~np.isfinite(values)
    if wrong.any():
        message = "There is a NaN or an infinity among the weights."
        raise Failure(message, student, call, outcome=outcome, differs=wrong)
    if not values.any():
        raise Failure("All weights are 0: every picture becomes black.", student, call, outcome=outcome)
    values /= np.abs(values).max()
    if alike(values, LESSON["identity"]):
        message = "This is the identity or a multiple of it: it only copies the picture."
        raise Failure(message, student, call, outcome=outcome)
    return values


def alike(values: np.ndarray, lesson: np.ndarray) -> bool:
    """Whether one kernel is a multiple of the other."""
    product = abs((values * lesson).sum())
    return bool(product >= np.linalg.norm(values) * np.linalg.norm(lesson) * (1 - NEARLY))


@check(points=1)
def test_kernel(student: Student, call: Call, outcome: Outcome) -> None:
    """`my_kernel` is an array of 3 by 3 finite real numbers that does something to a picture."""
    weights(student, call, outcome)


@check(points=2, after="kernel")
def test_own(student: Student, call: Call, outcome: Outcome) -> None:
    """`my_kernel` is no kernel of the lesson, nor a multiple of one, nor one flipped or turned."""
    values = weights(student, call, outcome)
    for name, lesson in LESSON.items():
        for seen in (lesson, lesson.T):
            if any(alike(values, np.rot90(seen, turns)) for turns in range(4)):
                message = (
                    f"This is `{name}` of the lesson, or a multiple, flip or turn of it; change some weights."
                )
                raise Failure(message, student, call, outcome=outcome)
