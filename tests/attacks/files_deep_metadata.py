"""Attack: metadata nested nine hundred deep, within what a parser takes.
Wants: the stack of a later step.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(
        b'{"cells": [{"cell_type": "code", "source": "", "metadata": '
        + b'{"a":' * 900
        + b"1"
        + b"}" * 900
        + b"}]}"
    )
