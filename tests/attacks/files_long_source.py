"""Attack: a cell of fifteen megabytes, and texts of wide letters.
Wants: the memory of every step that copies them.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    nb["cells"].append(
        {
            "id": "m",
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": "x" * 15_000_000,
        }
    )
    nb["cells"] += [
        {"id": f"w{n}", "cell_type": "markdown", "metadata": {}, "source": "\U0001f600" * 19_000}
        for n in range(20)
    ]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
