"""Attack: the cell of convolve2d is deleted.
Wants: a test without anything to test.
Honest mark: 8
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"] = [
        c for c in nb["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") != "convolve2d"
    ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
