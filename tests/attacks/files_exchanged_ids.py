"""Attack: the grade ids of tests and solutions are exchanged; nothing is implemented.
Wants: a solution judged by a test that is the student's.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb = released("conv2d", "1_convolve2d")
    swap = {"test_" + name: name for name in ("output_size", "zero_pad", "convolve2d")}
    swap |= {name: test for test, name in swap.items()}
    for cell in nb["cells"]:
        ours = cell["metadata"].get("nbgrader", {})
        if ours.get("grade_id") in swap:
            ours["grade_id"] = swap[ours["grade_id"]]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
