"""Hidden tests of `conv_transpose2d_examples`: what examples of `conv_transpose2d` notice."""

import numpy as np

from autograder.checks import call
from autograder.checks.examples import examples_of

IMAGE, KERNEL = np.array([[1, 2], [3, 4]]), np.array([[2, -1], [1, 3]])
LESSON = [
    call(IMAGE, KERNEL),
    call(IMAGE, KERNEL, stride=2),
    call(IMAGE, KERNEL, padding=1),
    call(IMAGE, np.ones((3, 3)), 2, 1, 1),
    call(np.array([[1, 2]]), np.ones((1, 2))),
]
ASPECTS = {
    "overwritten": "stamps that overwrite one another",
    "turned": "a stamp that is rotated by 180 degrees",
    "transposed": "a stamp whose rows have become columns",
    "forward": "an ordinary convolution",
    "rounded": "fractions that are rounded",
    "stride-ignored": "a stride that is ignored",
    "padding-ignored": "padding that is ignored",
    "cut-at-the-end": "a border that is cut off on two sides only",
    "output-padding-ignored": "output padding that is ignored",
    "extended-after-the-cut": "output padding that is always zeros",
    "strides-exchanged": "a pair whose halves are exchanged",
    "output-padding-up-to-stride": "an output padding as large as the stride that raises no ValueError",
}
globals().update(examples_of("conv_transpose2d", ASPECTS, lesson=LESSON))
