"""Attack: NaN, Infinity and lone surrogates where the format has none.
Wants: a reader or a writer that trips.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(
        b'{"nbformat": NaN, "metadata": {"x": Infinity}, "cells": [{"cell_type": "code", "source": "\\ud800", "metadata": {}}]}'
    )
