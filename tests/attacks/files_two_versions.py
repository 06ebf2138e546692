"""Attack: an empty notebook and later a good copy of it.
Wants: a choice nobody can predict.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(released("conv2d", "1_convolve2d")))
    (folder / "1_convolve2d-Copy1.ipynb").write_text(json.dumps(good()))
