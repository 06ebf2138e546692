"""Attack: all cells have the same id.
Wants: cells taken for one another.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        cell["id"] = "same"
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
