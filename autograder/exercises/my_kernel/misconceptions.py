"""Wrong values of `my_kernel`, an array of 3 by 3 weights of the student's own."""

# ruff: noqa: D103  the sentence of an entry says what it is

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference import KERNELS

entry = partial(mistake, lesson="3_custom_kernels#own-rules", stateful=True)

LESSON = "This kernel is one of the lesson, perhaps turned or scaled; change some weights to make it yours."
IDENTITY = "A single weight in the middle only copies the picture; let neighbours have a say, too."
SHAPE = "Three rows of three numbers are asked for; yours has another shape."


@entry("All weights are 0, so every picture becomes black; change some of them.")
def zeros() -> Any:
    return np.zeros((3, 3))


@entry("All weights are 0, so every picture becomes black; change some of them.")
def integer_zeros() -> Any:
    return np.zeros((3, 3), int)


@entry(IDENTITY)
def identity() -> Any:
    return KERNELS["identity"].array.copy()


@entry(IDENTITY)
def identity_doubled() -> Any:
    return KERNELS["identity"].array * 2


@entry(IDENTITY)
def identity_negated() -> Any:
    return -KERNELS["identity"].array


@entry(SHAPE)
def flat_list_of_nine() -> Any:
    return np.array([1.0, 2, 1, 0, 1, 0, -1, -2, -1])


@entry(SHAPE)
def five_by_five() -> Any:
    return KERNELS["gaussian_5x5"].array.copy()


@entry(SHAPE)
def two_by_two() -> Any:
    return np.array([[1.0, -1], [-1, 1]])


@entry(SHAPE)
def one_number() -> Any:
    return np.array(9.0)


@entry("Your kernel is a list of lists; make a NumPy array of it.")
def nested_list() -> Any:
    return [[0, 1, 0], [1, 2, 1], [0, 1, -1]]


@entry("There is a NaN or an infinity among your weights, perhaps from dividing by a sum of 0.")
def divided_by_nothing() -> Any:
    return np.array([[np.nan, np.inf, np.nan], [-np.inf, np.nan, np.inf], [np.nan, -np.inf, np.nan]])


@entry("There is a NaN or an infinity among your weights, perhaps from dividing by a sum of 0.")
def all_nan() -> Any:
    return np.full((3, 3), np.nan)


@entry("The weights have to be real numbers.")
def complex_weights() -> Any:
    return np.array([[0, 1j, 0], [1, 0, -1], [0, -1j, 0]])


@entry("The weights have to be real numbers.")
def words() -> Any:
    return np.array([["0", "1", "0"], ["1", "2", "1"], ["0", "1", "-1"]])


@entry(LESSON)
def sobel_x() -> Any:
    return KERNELS["sobel_x"].array.copy()


@entry(LESSON)
def sobel_x_negated() -> Any:
    return -KERNELS["sobel_x"].array


@entry(LESSON)
def sobel_y() -> Any:
    return KERNELS["sobel_y"].array.copy()


@entry(LESSON)
def sobel_y_upside_down() -> Any:
    return KERNELS["sobel_y"].array[::-1].copy()


@entry(LESSON)
def diagonal() -> Any:
    return KERNELS["diagonal"].array.copy()


@entry(LESSON)
def diagonal_mirrored() -> Any:
    return KERNELS["diagonal"].array[:, ::-1].copy()


@entry(LESSON)
def gaussian() -> Any:
    return KERNELS["gaussian_3x3"].array.copy()


@entry(LESSON)
def gaussian_times_sixteen() -> Any:
    return np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])


@entry(LESSON)
def sharpen() -> Any:
    return KERNELS["sharpen"].array.copy()


@entry(LESSON)
def emboss() -> Any:
    return KERNELS["emboss"].array.copy()


@entry(LESSON)
def emboss_turned() -> Any:
    return np.rot90(KERNELS["emboss"].array).copy()


@entry(LESSON)
def laplacian() -> Any:
    return KERNELS["laplacian"].array.copy()


@entry(LESSON)
def laplacian_negated() -> Any:
    return -KERNELS["laplacian"].array


@entry(LESSON)
def high_pass() -> Any:
    return KERNELS["high_pass"].array.copy()


@entry(LESSON)
def high_pass_by_nine() -> Any:
    return KERNELS["high_pass"].array / 9
