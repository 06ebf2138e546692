"""Attack: every result is a plain list of two hundred thousand numbers.
Wants: hundreds of them kept while the smallest failing input is looked for.
Honest mark: 8
"""

# %% convolve2d
big = [[0.5] * 2000] * 80


def convolve2d(image, kernel, stride=1, padding=0):
    return big
