"""Questions to the judge: those of an honest solution are answered, those that cost it are not."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.helpers import MOST, TooCostly, helper_answer, work
from autograder.sandbox.call import call

PICTURE, BLUR = np.ones((48, 64)), np.ones((3, 3))
HONEST = {
    "a picture": ("convolve2d", call(PICTURE, BLUR, 1, 7)),
    "a picture and a large stride": ("convolve2d", call(PICTURE, BLUR, stride=11)),
    "lists": ("convolve2d", call(PICTURE.tolist(), BLUR.tolist())),
    "NumPy's numbers": ("zero_pad", call(PICTURE, (np.int64(3), np.uint8(2)))),
    "a stamp": ("conv_transpose2d", call(PICTURE[:9, :9], BLUR, 5, 2)),
    "a large axis": ("output_size", call(10**30, 3)),
    "a blur": ("gaussian_kernel", call(121)),
    "a word": ("pad_amounts", call("same", 5)),
}


@pytest.mark.parametrize(("function", "asked"), HONEST.values(), ids=HONEST)
def test_what_an_honest_solution_asks_is_answered(function, asked):
    assert helper_answer(function, asked) is not None


@pytest.mark.parametrize("wrong", [call(PICTURE, -1), call(np.ones(3), 1), call(PICTURE, (1, -1))])
def test_what_is_illegal_is_refused_as_ever(wrong):
    with pytest.raises(ValueError, match=r"padding|2-D"):
        helper_answer("zero_pad", wrong)


COSTLY = {
    "a blur of a million": ("gaussian_kernel", call(999_999)),
    "a blur of thousands": ("gaussian_kernel", call(np.int64(5_001))),
    "a frame around an array": ("zero_pad", call(PICTURE, 100_000)),
    "a frame around a list": ("zero_pad", call([[1]], 100_000)),
    "a frame of one side": ("zero_pad", call([[1]], (0, 10_000_000))),
    "a kernel of half the picture": ("convolve2d", call(np.ones((200, 200)), np.ones((100, 100)))),
    "lists of thousands": ("convolve2d", call([[1] * 300] * 300, [[1] * 150] * 150)),
    "padding that makes room": ("convolve2d", call([[1]], BLUR, 1, 5_000)),
    "a wide dilation": ("convolve2d_dilated", call(np.ones((50, 50)), BLUR, 1, 1_000_000, 900_000)),
    "stamps far apart": ("conv_transpose2d", call(BLUR, BLUR, 100_000)),
    "an empty sheet": ("conv_transpose2d", call(BLUR, BLUR, 9_000, 0, 8_999)),
    "thousands of frames": ("transition_frames", call(PICTURE, BLUR, 100_000)),
    "a padding that is no number": ("zero_pad", call(PICTURE, float("nan"))),
    "a padding of complex": ("zero_pad", call(PICTURE, 1j)),
    "a list that grows as an array": ("normalize", call([["x" * 2000], [""] * 9_999])),
    "arrays in a list": ("normalize", call([PICTURE] * 1000)),
}


@pytest.mark.parametrize(("function", "asked"), COSTLY.values(), ids=COSTLY)
def test_what_costs_the_judge_is_left_to_the_student(function, asked):
    with pytest.raises(TooCostly):
        helper_answer(function, asked)


def test_the_bound_counts_multiplications():
    assert work("convolve2d", call(PICTURE, BLUR)) >= 46 * 62 * 9
    assert work("convolve2d", call(PICTURE, BLUR, 7)) <= MOST / 100
    assert work("conv_transpose2d", call(PICTURE, BLUR, 7)) > work("conv_transpose2d", call(PICTURE, BLUR))
