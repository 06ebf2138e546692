"""Attack: terminal escapes in a word that is returned, and in the name of a returned object's type.
Wants: the instructor's terminal, by way of what came.
Honest mark: 0
"""

# %% own
nasty = "\x1b[2J\x1b]0;title\x07\x1b]52;c;cm0gLXJm\x07\x9b31m\u202egnp"


# %% output_size
def output_size(n, k, stride=1, padding=0):
    return nasty


# %% zero_pad
def zero_pad(image, padding):
    return [nasty, (nasty,)]


# %% convolve2d
def convolve2d(image, kernel, stride=1, padding=0):
    kind = type("x", (), {})
    kind.__qualname__ = kind.__module__ = nasty * 50
    return kind()
