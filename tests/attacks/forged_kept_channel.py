"""Attack: takes the way to the judge from the frames of a function that may ask, and asks in another.
Wants: answers that an exercise does not build on: its own, a later function's, an earlier one's.
Honest mark: 15
Notebook: conv_arithmetic/1_dilation
"""

# %% max_pool2d
import sys


def max_pool2d(image, size, stride=1):
    frame = sys._getframe()
    while "receive" not in frame.f_locals:
        frame = frame.f_back
    send, receive, pack = frame.f_locals["send"], frame.f_locals["receive"], frame.f_globals["wire"].pack
    frame.f_locals["message"]["stubs"] += ["max_pool2d", "convolve2d", "conv_transpose2d"]
    for name in ("output_size", "convolve2d", "max_pool2d"):
        asked = (image, size, stride) if name == "max_pool2d" else (image, np.ones((1, 1)), stride)
        asked = (5, 3) if name == "output_size" else asked
        send(pack({"op": "ask", "name": name, "stubs": [name]}, [(asked, (), ())]))
        message, values = frame.f_globals["wire"].read(receive)
    return values[0]
