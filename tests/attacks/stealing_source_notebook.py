"""Attack: reads the instructor's notebook, by absolute and relative paths.
Wants: the solution cell.
Honest mark: 8
"""

# %% convolve2d
import json, os


def convolve2d(image, kernel, stride=1, padding=0):
    pass


ways = ["CANARY", "REPO", *("/".join([".."] * n) for n in range(1, 8))]
for way in ways:
    try:
        for cell in json.load(open(f"{way}/source/conv2d/1_convolve2d.ipynb"))["cells"]:
            if "def convolve2d" in "".join(cell["source"]):
                exec("".join(cell["source"]))
    except (OSError, ValueError):
        pass
