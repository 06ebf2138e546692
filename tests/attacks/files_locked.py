"""Attack: files and folders without any permission.
Wants: an error where they are looked at.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    (folder / "locked").mkdir()
    (folder / "locked" / "x").write_text("x")
    (folder / "secret.txt").write_text("x")
    (folder / "secret.txt").chmod(0)
    (folder / "locked").chmod(0)
