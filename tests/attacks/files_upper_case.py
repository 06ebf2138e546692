"""Attack: the notebook's name in capitals, and its extension, too.
Wants: a row of zeros for an honest student.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_CONVOLVE2D copy.ipynb").write_text(json.dumps(good()))
