"""Attack: twenty megabytes of empty lists as cells.
Wants: half a gigabyte of the grader's memory.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b'{"cells": [' + b"[]," * 6_900_000 + b"[]]}")
