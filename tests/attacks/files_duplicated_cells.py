"""Attack: every cell is there three times.
Wants: a batch that stops at duplicated ids.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"] += [dict(cell) for cell in nb["cells"]] * 2
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
