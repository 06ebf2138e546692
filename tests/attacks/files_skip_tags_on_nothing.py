"""Attack: an empty notebook, all cells tagged skip-execution.
Wants: tests that are skipped and count as passed.
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
        cell["metadata"]["tags"] = ["skip-execution"]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
