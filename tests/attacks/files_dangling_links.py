"""Attack: links to nowhere, to themselves, in a ring.
Wants: an error where files are looked at.
Honest mark: 22
"""

import os
import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    os.symlink("nowhere", folder / "a")
    os.symlink("b", folder / "b")
    os.symlink(folder, folder / "c")
