"""Attack: grade, solution, locked, task and schema_version say the opposite.
Wants: tests that are not tests; a batch that stops.
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
        for key in ("grade", "solution", "locked", "task"):
            ours[key] = not ours.get(key)
        ours["schema_version"] = 99
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
