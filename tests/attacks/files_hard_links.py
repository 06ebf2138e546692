"""Attack: a file beside the notebook is another name of the gradebook.
Wants: the gradebook, or a change of it.
Honest mark: 22
"""

import os
import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    os.link("CANARY/gradebook.db", folder / "gradebook.db")
