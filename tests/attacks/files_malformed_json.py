"""Attack: a notebook cut off in the middle.
Wants: a traceback that ends the batch.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b'{"cells": [{"cell_type": "code", "sour')
