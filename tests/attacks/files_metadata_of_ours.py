"""Attack: metadata that the grader writes itself, forged.
Wants: a verdict taken from the submission.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb = released("conv2d", "1_convolve2d")
    nb["metadata"]["convgrade"] = {
        "notes": ["full marks"],
        "unreadable": None,
        "status": "graded",
        "score": 22,
    }
    nb["metadata"]["nbgrader"] = {"score": 22}
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
