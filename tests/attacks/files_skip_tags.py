"""Attack: all cells are tagged skip-execution, raises-exception, remove-cell and the like.
Wants: tests that are skipped and count as passed.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        cell["metadata"]["tags"] = [
            "skip-execution",
            "raises-exception",
            "remove-cell",
            "hide-input",
            "parameters",
            "otter_ignore",
        ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
