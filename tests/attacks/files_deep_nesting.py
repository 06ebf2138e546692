"""Attack: brackets nested a hundred thousand deep.
Wants: a parser's stack.
Honest mark: 0
"""


def make(folder):
    (folder / "1_convolve2d.ipynb").write_bytes(b"[" * 100_000 + b"]" * 100_000)
