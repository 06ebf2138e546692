"""Attack: asks the stubs without end, small questions and costly ones.
Wants: the judge's processor time instead of its own.
Honest mark: 8
"""

# %% convolve2d
from inside import wire


def convolve2d(image, kernel, stride=1, padding=0):
    cells = dict(zip(zero_pad.__code__.co_freevars, (c.cell_contents for c in zero_pad.__closure__)))
    nested = [[[0] * 30] * 90] * 90
    question = wire.pack({"op": "ask", "name": "zero_pad"}, [((np.ones((140, 140)), 60, nested), (), ())])
    while True:
        cells["send"](question)
        wire.read(cells["receive"])
