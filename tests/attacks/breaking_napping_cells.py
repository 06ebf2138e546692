"""Attack: hundreds of cells that each wait just below the limit.
Wants: hours for one notebook.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def make(folder):
    nb = pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))
    nap = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "import time; time.sleep(2)",
    }
    nb["cells"] = nb["cells"] + [dict(nap, id=f"nap-{number}") for number in range(300)]
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
