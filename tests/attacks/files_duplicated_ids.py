"""Attack: all cells have the same id.
Wants: cells taken for one another.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        cell["id"] = "same"
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
