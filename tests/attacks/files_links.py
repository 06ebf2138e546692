"""Attack: the notebook and the files beside it are links to the machine's files.
Wants: what they point to, in the feedback.
Honest mark: 0
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    os.symlink("CANARY/submitted/other/conv2d/1_convolve2d.ipynb", folder / "1_convolve2d.ipynb")
    os.symlink("/etc/passwd", folder / "data.txt")
    os.symlink("/", folder / "root")
