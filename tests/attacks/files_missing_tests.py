"""Attack: all test cells are deleted.
Wants: points nobody takes away.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"] = [
        c
        for c in nb["cells"]
        if not c["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("test_")
    ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
