"""Hidden tests of `convolve2d_examples`: what examples of `convolve2d` notice.

Each aspect has an example that notices it and few others, see tests/exercises/test_examples.py.
"""

import numpy as np

from autograder.checks import call
from autograder.checks.examples import examples_of

IMAGE, KERNEL = np.arange(1, 10).reshape(3, 3), np.array([[2, -1], [1, 3]])
LESSON = [
    call(IMAGE, KERNEL),
    call(np.ones((3, 5)), np.ones((2, 2))),
    call(IMAGE, KERNEL, stride=2),
    call(IMAGE, KERNEL, stride=(1, 2)),
    call(IMAGE, np.ones((3, 1))),
    call(np.array([[1, 2, 3]]), np.ones((1, 2))),
]
ASPECTS = {
    "flipped": "a kernel that is rotated by 180 degrees",
    "kernel-transposed": "a kernel whose rows have become columns",
    "square-output": "a result that is always square",
    "mean": "an average in place of the sum",
    "negative-cut": "negative numbers that are cut off",
    "truncated": "fractions that are cut off",
    "stride-ignored": "a stride that is ignored",
    "ceil": "a step beyond the edge: a size that is rounded up",
    "padding-ignored": "padding that is ignored",
    "padding-edge": "padding with copies of the border in place of zeros",
    "strides-exchanged": "a pair whose halves are exchanged",
    "fit-gives-nothing": "a kernel that does not fit and raises no ValueError",
}
globals().update(examples_of("convolve2d", ASPECTS, lesson=LESSON))
