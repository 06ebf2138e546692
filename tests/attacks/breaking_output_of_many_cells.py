"""Attack: two thousand cells that each print as much as one cell may.
Wants: a notebook of hundreds of megabytes, every cell within its limits.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def make(folder):
    nb = pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))
    loud = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "print('x' * 100000)",
    }
    nb["cells"] = nb["cells"] + [dict(loud, id=f"loud-{number}") for number in range(1900)]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
