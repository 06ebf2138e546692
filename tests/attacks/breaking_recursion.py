"""Attack: recursion without a limit, in Python and in C.
Wants: a stack overflow.
Honest mark: 8
"""

# %% convolve2d
import sys


def convolve2d(image, kernel, stride=1, padding=0):
    sys.setrecursionlimit(1 << 30)
    nested = []
    for _ in range(1000000):
        nested = [nested]
    repr(nested)
    return convolve2d(image, kernel)
