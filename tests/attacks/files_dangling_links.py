"""Attack: links to nowhere, to themselves, in a ring.
Wants: an error where files are looked at.
Honest mark: 22
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    os.symlink("nowhere", folder / "a")
    os.symlink("b", folder / "b")
    os.symlink(folder, folder / "c")
