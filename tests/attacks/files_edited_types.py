"""Attack: test cells have become markdown, solutions raw cells.
Wants: cells that nobody runs.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] == "code":
            cell["cell_type"] = "markdown" if name.startswith("test_") else cell["cell_type"]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
