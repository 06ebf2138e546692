"""Attack: exit, quit, SystemExit, a syntax error and input() in cells of their own.
Wants: the rest of the notebook not run, and passed.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for number, text in enumerate(
        (
            "exit()",
            "quit",
            "raise SystemExit(0)",
            "def (",
            "input()",
            "get_ipython().ask_exit()",
            "import os; os._exit(0)",
        )
    ):
        nb["cells"].insert(
            1,
            {
                "id": f"m{number}",
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": text,
            },
        )
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
