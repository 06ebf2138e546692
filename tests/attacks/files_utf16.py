"""Attack: JSON in UTF-16 with a byte order mark.
Wants: a reader that guesses the encoding wrong.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes('{"cells": []}'.encode("utf-16"))
