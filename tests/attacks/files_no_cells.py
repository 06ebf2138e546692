"""Attack: a notebook without cells.
Wants: no row.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
    )
