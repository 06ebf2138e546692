"""Attack: files named like the course's own side files, with other contents.
Wants: to change what the tests read.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    (folder / "requirements.txt").write_text("evil")
    (folder / "figures").write_text("a file instead of a folder")
