"""Attack: cells that name hidden tests themselves, easier ones, many times.
Wants: one function judged for all points.
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
        if cell["cell_type"] == "code":
            cell["source"] = (
                "### BEGIN HIDDEN TESTS\n# convgrade: output_size\n### END HIDDEN TESTS\n"
                + "".join(cell["source"])
            )
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
