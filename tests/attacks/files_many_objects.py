"""Attack: twenty megabytes of small objects in the metadata.
Wants: half a gigabyte of the grader's memory.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(
        b'{"cells": [], "metadata": [' + b'{"a":1},' * 2_500_000 + b"1]}"
    )
