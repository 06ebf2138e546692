"""Attack: the notebook has a name of the student's own, with letters of a shell.
Wants: a row of zeros, or a shell.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "my homework $(touch x) ; é.ipynb").write_text(json.dumps(good()))
