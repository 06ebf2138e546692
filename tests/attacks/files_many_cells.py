"""Attack: five thousand cells.
Wants: a notebook that takes for ever.
Honest mark: 0
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"] += [
        {
            "id": f"m{n}",
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": "x = 1",
        }
        for n in range(5000)
    ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
