"""Attack: a notebook of 200 MB.
Wants: the grader's memory.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    with (folder / "1_convolve2d.ipynb").open("wb") as file:
        file.truncate(200 << 20)
