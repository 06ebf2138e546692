"""Attack: outputs of sixteen megabytes and of scripts, kept in the submission.
Wants: outputs that are not the kernel's, in the feedback.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": "<script>alert(1)</script>", "text/plain": "\u001b[2J" * 100_000},
                }
            ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
