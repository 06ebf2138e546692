"""Attack: names with dashes, shell letters, newlines, tags, formulas, bidi marks, and names that are no text.
Wants: a shell, a page or a table that takes them for something else.
Honest mark: 22
"""

import os
import json

from pour import pour, released, without_examples


def good():
    return pour(released("conv2d", "1_convolve2d"), without_examples("conv2d", "student-01"))


def make(folder):
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(good()))
    for name in (
        "-rf",
        "--help",
        "$(touch x)",
        "a;b|c&d",
        "a\nb",
        "<script>alert(1)<",
        "=1+1",
        "\u202etxt.exe",
        "'\"",
        "*",
        "[a-z]",
        "%s{0}",
        "~",
        "x" * 255,
    ):
        (folder / name).write_text("x")
    (folder / os.fsdecode(b"\xff\xfe")).write_text("x")
