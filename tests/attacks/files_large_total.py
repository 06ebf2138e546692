"""Attack: a good notebook beside nine files of six megabytes each.
Wants: the grader's memory, by files that are each allowed.
Honest mark: 22
"""

import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    for number in range(9):
        (folder / f"data-{number}.bin").write_bytes(bytes(6 << 20))
