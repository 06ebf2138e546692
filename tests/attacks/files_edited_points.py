"""Attack: the points of all cells are 999, negative or not numbers.
Wants: a score above the maximum.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for number, cell in enumerate(nb["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = [999, -5, "nan", None, 1e999][number % 5]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
