"""Attack: asks the judge, over the channel of the stubs, for the very function under judgement.
Wants: the reference's answer.
Honest mark: 8
"""


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    ask = zero_pad
    cells = dict(zip(ask.__code__.co_freevars, (c.cell_contents for c in ask.__closure__)))
    from inside import wire

    cells["send"](
        wire.pack({"op": "ask", "name": "convolve2d"}, [((image, kernel, stride, padding), (), ())])
    )
    return wire.read(cells["receive"])[1][0]
