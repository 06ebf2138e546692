"""Attack: warnings without end, whose categories and texts misbehave.
Wants: an error where warnings are collected.
Honest mark: 8
"""

# %% convolve2d
import warnings


class Rude(UserWarning):
    def __str__(self):
        return "\x1b[2J" + "w" * 1000000


def convolve2d(image, kernel, stride=1, padding=0):
    for number in range(1000):
        warnings.warn(Rude(str(number)))
    return np.zeros((1, 1))
