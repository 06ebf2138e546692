"""Attack: the notebook is a folder.
Wants: a reader that opens it.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").mkdir()
