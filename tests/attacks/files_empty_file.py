"""Attack: an empty file.
Wants: a reader that expects something.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b"")
