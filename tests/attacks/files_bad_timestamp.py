"""Attack: a timestamp that is no date, of a megabyte.
Wants: an error, or a penalty of years.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    (folder / "timestamp.txt").write_text("yesterday" * 100_000)
