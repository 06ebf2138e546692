"""Attack: files named like the course's own side files, with other contents.
Wants: to change what the tests read.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    (folder / "requirements.txt").write_text("evil")
    (folder / "figures").write_text("a file instead of a folder")
