"""Attack: ids that are numbers, lists, texts of a megabyte or hold tags.
Wants: an id used as a key, a name or a page.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    nb = good()
    for number, cell in enumerate(nb["cells"]):
        cell["id"] = (
            [number, "<script>", "x" * 1_000_000, None, ["a"]][number % 5] if number < 10 else f"z{number}"
        )
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
