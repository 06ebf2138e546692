"""The hidden tests: ordinary pytest and hypothesis files, one for each function, never released.

`check` declares a check and its points, `strategies` draws the inputs, `expect` compares and
words the failure. The docstring of a check is the sentence the student reads.
"""
