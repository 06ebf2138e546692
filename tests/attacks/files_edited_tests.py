"""Attack: the test cells hold a score, and the outputs of it; nothing is implemented.
Wants: full marks from a cell of the student's.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb = released("conv2d", "1_convolve2d")
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("test_"):
            cell["source"] = "14.0"
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "14.0"},
                    "metadata": {},
                    "execution_count": 1,
                }
            ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
