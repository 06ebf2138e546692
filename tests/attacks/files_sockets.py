"""Attack: a socket beside a good notebook.
Wants: an error where files are copied.
Honest mark: 22
"""

import os
import socket
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    here = os.getcwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("s")
    os.chdir(here)
