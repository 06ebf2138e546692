"""Attack: the notebook is called as browsers call a second download.
Wants: a row of zeros for an honest student.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "1_convolve2d (1).ipynb").write_text(json.dumps(good()))
