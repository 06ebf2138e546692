"""Attack: marks that turn the direction of writing, invisible letters, lone surrogates, non-characters.
Wants: a report that reads otherwise than it is.
Honest mark: 8
"""

# %% own
print("\u202e22/22 dessap\u202c \u2066x\u2069 \u200e\u200f\u061c \u2067 \u202a \ufeff \ud800 \ufffe")


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    raise ValueError("\u202edessap\u202c \u2067\u200f\u061c \ud83d")
