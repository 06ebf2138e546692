"""Attack: the notebook, the timestamp and a file are named pipes.
Wants: a reader that waits for ever.
Honest mark: 0
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    for name in ("1_convolve2d.ipynb", "timestamp.txt", "data.txt"):
        os.mkfifo(folder / name)
