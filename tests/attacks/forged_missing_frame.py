"""Attack: the kernel says that the function is missing, in the middle of a check.
Wants: a check that is neither passed nor failed.
Honest mark: 8
"""

# %% convolve2d
import os
from inside import wire


def convolve2d(image, kernel, stride=1, padding=0):
    for descriptor in range(3, 16):
        try:
            os.write(descriptor, wire.pack({"op": "missing"}))
        except OSError:
            pass
    os._exit(0)
