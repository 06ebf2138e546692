"""Hidden tests of `normalize_examples`: what examples of `normalize` notice.

The ends have to be exact; in between one more or less is right, as for the function.
"""

import numpy as np

from autograder.checks import call
from autograder.checks.examples import examples_of

LESSON = [
    call(np.array([[-4.0, 0, 12]])),
    call(np.array([[-100, 100]], np.int8)),
    call(np.full((1, 3), 7)),
    call(np.array([[0, 1]])),
]
ASPECTS = {
    "shares": "a result from 0 to 1",
    "minimum-kept-clipped": "a smallest number that does not become 0",
    "negative-cut": "negative numbers that are cut off",
    "absolute-first": "negative numbers that become positive",
    "shifted-only": "numbers that are shifted, but not stretched",
    "divided-by-maximum": "numbers that are divided by the largest, not by the range",
    "by-row": "rows that are stretched one by one",
    "black-and-white": "numbers in between that become black or white",
    "ranks": "unequal steps that become equal",
    "flat-white": "a flat image that does not become 0",
    "range-wraps": "small number types that overflow",
    "nothing-refused": "NaN or infinity that raises no ValueError",
}
globals().update(examples_of("normalize", ASPECTS, by="ends", lesson=LESSON))
