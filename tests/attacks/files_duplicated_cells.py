"""Attack: every cell is there three times.
Wants: a batch that stops at duplicated ids.
Honest mark: 22
"""

import json

from pour import pour, released, sections


def good():
    return pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01") | {"convolve2d_examples": "convolve2d_examples = []"})


def make(folder):
    nb = good()
    nb["cells"] += [dict(cell) for cell in nb["cells"]] * 2
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
