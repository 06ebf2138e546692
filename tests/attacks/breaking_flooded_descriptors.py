"""Attack: junk without end on every descriptor.
Wants: a judge that reads for ever.
Honest mark: 8
"""

# %% convolve2d
import os

junk = b"\xff" * 65536


def convolve2d(image, kernel, stride=1, padding=0):
    while True:
        for descriptor in range(3, 16):
            try:
                os.write(descriptor, junk)
            except OSError:
                pass
