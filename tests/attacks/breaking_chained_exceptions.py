"""Attack: raises exceptions that cause themselves, have endless notes and a place in a file that cannot be.
Wants: a traceback that takes for ever, or that the grader cannot print.
Honest mark: 8
"""


# %% own
try:
    raise SyntaxError("x", (b"name", 2**70, -5, "x" * 10**7, 2**70, -1))
except SyntaxError as found:
    odd = found
raise odd
# %% convolve2d
try:
    raise SyntaxError("x", (b"name", 2**70, -5, "x" * 10**7, 2**70, -1))
except SyntaxError as found:
    odd = found


def convolve2d(image, kernel, stride=1, padding=0):
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__context__ = second, first
    first.__notes__ = ["note"] * 100_000
    group = ExceptionGroup("g", [first, odd])
    for _ in range(200):
        group = ExceptionGroup("g", [group, second, odd])
    odd.__cause__ = group
    raise odd from odd
