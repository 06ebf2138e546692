"""Attack: a file beside the notebook is another name of the gradebook.
Wants: the gradebook, or a change of it.
Honest mark: 22
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    os.link("CANARY/gradebook.db", folder / "gradebook.db")
