"""Attack: a good notebook beside three thousand files.
Wants: a folder that takes for ever to look through.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    for number in range(3000):
        (folder / f"z-{number}.txt").write_text("x")
