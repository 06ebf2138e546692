"""Attack: sleeps for ever, in the function and in a cell of its own.
Wants: to wait without using processor time.
Honest mark: 8
"""

# %% own
import time

time.sleep(100000)

# %% convolve2d
import time


def convolve2d(image, kernel, stride=1, padding=0):
    time.sleep(100000)
