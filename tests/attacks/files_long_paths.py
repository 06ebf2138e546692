"""Attack: folders of two hundred letters, nested just below the longest path, a file beyond it.
Wants: an error where the file is looked at.
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
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
        open("f" * 200, "w").close()
    os.chdir(here)
