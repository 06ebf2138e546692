"""Attack: every result is an array of eight megabytes.
Wants: hundreds of them kept while the smallest failing input is looked for.
Honest mark: 8
"""

# %% convolve2d
big = np.random.default_rng(0).random((1000, 1000))


def convolve2d(image, kernel, stride=1, padding=0):
    return big
