"""Attack: bytes that are no text in any encoding.
Wants: a decoding error.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(bytes(range(256)) * 100)
