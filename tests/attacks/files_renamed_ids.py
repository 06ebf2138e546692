"""Attack: the grade ids are renamed.
Wants: tests that are not found and count as passed.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        ours = cell["metadata"].get("nbgrader", {})
        if "grade_id" in ours:
            ours["grade_id"] = "mine_" + ours["grade_id"]
        cell["id"] = "x" + cell["id"]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
