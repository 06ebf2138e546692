"""Attack: the last value of a cell is a score far above the maximum, infinite or not a number.
Wants: nbgrader's partial credit from an output of the student's.
Honest mark: 8
"""

# %% own
999.0


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    return float("inf")


float("nan")
