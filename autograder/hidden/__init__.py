"""The hidden tests: ordinary pytest and hypothesis files, one for each function, never released.

`check` declares a check and its points, `strategies` draws the inputs, `expect` compares and
words the failure. The docstring of a check is the sentence the student reads.
"""

RANDOM_CASES = 6  # twice the 3 beyond which they notice little more: `tests/matrix.py --evidence`
