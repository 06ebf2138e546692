"""Attack: a file where the course keeps a folder, a folder where it keeps a file.
Wants: an error where files are put together.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    (folder / "requirements.txt").mkdir()
    (folder / "requirements.txt" / "x").write_text("x")
