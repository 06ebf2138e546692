"""Attack: cells that are numbers, texts, nothing, lists.
Wants: a reader that takes them for cells.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(
        b'{"nbformat": 4, "metadata": 7, "cells": [1, null, "x", [], {}, {"cell_type": []}, {"cell_type": "code", "source": 5}, {"cell_type": "code", "source": [1], "metadata": []}]}'
    )
