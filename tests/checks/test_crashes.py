"""Crashes of beginners, made by Python itself, and the sentence that explains each."""

from __future__ import annotations

import numpy as np
import pytest
from local_student import built, marked

from autograder.checks.crashes import explained, refusal, sticks_out
from autograder.checks.failure import Failure
from autograder.sandbox.call import Outcome, call

CRASHES = {
    "np.zeros(3, 4)": "`np.zeros` and `np.ones` take the shape as one pair: `np.zeros((height, width))`.",
    "import skimage.filters": (
        "`skimage` is not available when your notebook is graded, only NumPy (as `np`) and Pillow "
        "(as `PIL`) are; do without it."
    ),
    "h, w = (1, 2, 3)": "You unpack into 2 names, but there are more parts.",
    "h, w, c = np.ones((2, 2)).shape": (
        "You unpack into 3 names, but there are 2 parts; a 2-D array has only a height and a width."
    ),
    "zero_pads(3)": (
        "`zero_pads` has no value at this place: is it misspelt, or defined in a cell that failed?"
    ),
    "(lambda image, kernel: 0)(1, 2, stride=2)": (
        "The parameter `stride` has another name in your function; keep the names of the task."
    ),
    "(lambda image, stride: 0)(1)": (
        "A parameter has no default value: 'stride' may be left out by whoever calls it."
    ),
    "(lambda image, kernel: 0)(1, 2, 3)": (
        "Your function takes fewer parameters than the task says; keep all of them."
    ),
    "np.ones((2, 2)).shape()": "A shape isn't a function: write `image.shape` without brackets after it.",
    "x = 3; x[0]": (
        "You take a part of something that is a single number; is it a plain number where you expect a pair?"
    ),
    "h, w = 3": "You unpack a single number; is it a plain number where you expect a pair?",
    "[y for y in 5]": (
        "You use a single number like a list: a loop needs `range(...)`, and a pair may be a plain number."
    ),
    "range(4 / 2)": "A size or an index has become a fraction; divide whole numbers with `//`.",
    "np.ones((2, 2)) * np.ones((3, 3))": ("Two arrays of the shapes (2,2) and (3,3) do not fit together."),
    "np.pad(np.ones((2, 2)), -1)": (
        "`np.pad` only adds, so it takes no negative numbers; to take rows or columns off, cut a slice."
    ),
    "np.ones((2, 2))[2, 0]": "Index 2 does not exist on axis 0, which has 2 places; indices start at 0.",
    "1 if np.ones(2) else 0": (
        "A condition looks at a whole array; say `.any()` or `.all()`, or compare single numbers."
    ),
    "x = None; x + 1": (
        "Something is None here; a function without `return`, or `None` as a start, gives that."
    ),
    "(1, 2) - 1": "You compute with a pair as if it were one number; take its two halves apart first.",
    "(1, 2) < 1": "You compare a pair with one number; take its two halves apart first.",
    "1 // 0": "Something is divided by 0.",
    "np.ones((2, 2)).sum(axis=2)": "There is no axis 2; images here are 2-D.",
    "[[1]].shape": "A value of type list has no `shape`; is it an array where you expect one?",
}


def raised(code):
    with pytest.raises(Exception) as caught:  # noqa: PT011  the commonest crashes of beginners
        exec(code, {"np": np})
    return type(caught.value).__name__, str(caught.value)


@pytest.mark.parametrize("code", CRASHES)
def test_a_crash_of_beginners_is_explained(code):
    assert explained(*raised(code)) == CRASHES[code]


@pytest.mark.parametrize("code", ["raise ValueError('todo')", "assert False, 'no'", "raise KeyError(3)"])
def test_what_somebody_raised_on_purpose_is_not_explained(code):
    assert explained(*raised(code)) == ""


def test_the_same_words_of_another_exception_are_not_explained():
    assert explained("RuntimeError", "too many values to unpack (expected 2)") == ""


SMALLER = {"(2, 3), (3, 3)": True, "(3, 3), (2, 3)": True, "(4, 3), (3, 3)": False, "(4, 2), (3, 3)": False}


@pytest.mark.parametrize("shapes", SMALLER)
def test_a_window_that_sticks_out_is_smaller_than_the_kernel(shapes):
    one, other = eval(shapes)
    _, text = raised(f"np.ones({one}) * np.ones({other})")
    assert bool(sticks_out(text, (3, 3))) == SMALLER[shapes]
    assert not sticks_out(text, ())


def test_the_explanation_stands_behind_the_message():
    code = "def zero_pad(image, padding):\n    out = np.zeros(image.shape[0], image.shape[1])\n    return out"
    frame = marked("zero_pad", lambda: built("zero_pad", code), code=code)[0]
    assert frame.message.startswith("The function raised TypeError")
    assert frame.message.endswith(CRASHES["np.zeros(3, 4)"])
    assert frame.misconception is None


@pytest.mark.parametrize(
    ("line", "refuses"),
    [
        ("raise ValueError('one row is not enough')", True),
        ("if padding < 1: raise TypeError", True),
        ("assert image.ndim == 3, image.shape", True),
        ("raise NotImplementedError()", False),
        ("image.reshape(-1, 7)", False),
    ],
)
def test_a_legal_call_that_the_code_itself_refuses_is_said_to_be_legal(line, refuses):
    outcome = Outcome(raised=("ValueError", "Exception"), text="no", line=2)
    failure = Failure("The function raised ValueError", "zero_pad", call(np.ones((2, 2)), 1), outcome)
    code = ["def zero_pad(image, padding):", f"    {line}"]
    assert refusal(failure, code) == (f"Your line: `{line}`. It refuses a legal call." if refuses else "")
    assert refusal(failure, code[:1]) == ""
