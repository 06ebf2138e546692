"""Attack: folders nested more than a thousand deep, to paths longer than a path may be.
Wants: the stack of what walks through them.
Honest mark: 22
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(here)
