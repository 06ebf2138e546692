"""Attack: the notebook is called as browsers call a second download.
Wants: a row of zeros for an honest student.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d (1).ipynb").write_text(json.dumps(good()))
