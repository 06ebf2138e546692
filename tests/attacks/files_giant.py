"""Attack: a notebook of 200 MB.
Wants: the grader's memory.
Honest mark: 0
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    with (folder / "1_convolve2d.ipynb").open("wb") as file:
        file.truncate(200 << 20)
