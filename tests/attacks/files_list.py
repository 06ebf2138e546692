"""Attack: JSON, but a list.
Wants: an attribute of something that has none.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b"[1, 2, 3]")
