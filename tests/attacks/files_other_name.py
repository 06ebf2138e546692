"""Attack: the notebook has a name of the student's own, with letters of a shell.
Wants: a row of zeros, or a shell.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "my homework $(touch x) ; é.ipynb").write_text(json.dumps(good()))
