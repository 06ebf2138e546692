"""Attack: an empty folder.
Wants: no row.
Honest mark: 0
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    pass
