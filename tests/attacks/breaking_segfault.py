"""Attack: reads address 0.
Wants: a core dump and a grader that gives up.
Honest mark: 8
"""

# %% convolve2d
import ctypes


def convolve2d(image, kernel, stride=1, padding=0):
    return ctypes.string_at(0)
