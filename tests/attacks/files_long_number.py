"""Attack: a number of a million digits.
Wants: a conversion that takes minutes.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}")
