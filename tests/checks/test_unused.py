"""Parameters that a function never reads."""

from __future__ import annotations

import numpy as np
import pytest
from local_student import marked_code

from autograder.checks.unused import never_used
from autograder.sandbox.call import call

IMAGE = np.ones((3, 3))
CALL = call(IMAGE, IMAGE, stride=2, padding=0)  # a padding of 0 is as good as none
BODIES = {
    "return image * kernel": "Your function never uses `stride`.",
    "return image": "Your function never uses `kernel` and `stride`.",
    "stride = 1; kernel = image; return image * kernel": "Your function never uses `stride`.",
    "return image * kernel * stride": "",
    "stride += 1; return image * kernel": "",
    "return [stride for _ in image * kernel]": "",
    "return helper(**locals())": "",
    "return eval('image * kernel[::stride]')": "",
}


@pytest.mark.parametrize("body", BODIES)
def test_what_a_function_never_reads_is_said_if_the_call_gives_it(body):
    code = f"def convolve2d(image, kernel, stride=1, padding=0):\n    {body}"
    assert never_used("convolve2d", CALL, code.splitlines()) == BODIES[body]


@pytest.mark.parametrize(
    "code",
    [
        "convolve2d = lambda image, kernel, stride=1, padding=0: image",
        "@counted\ndef convolve2d(image, kernel, stride=1, padding=0):\n    return image",
        "def convolve2d(*given, **more):\n    return 0",
        "def convolve2d(a, b, c=1, d=0):\n    return a",
        "%time\ndef convolve2d(image, kernel, stride=1, padding=0):\n    return image",
        "",
    ],
)
def test_where_the_code_does_not_tell_nothing_is_said(code):
    assert never_used("convolve2d", CALL, code.splitlines()) == ""


def test_it_stands_behind_what_is_wrong_unless_the_mistake_has_a_name():
    code = "def convolve2d(image, kernel, stride=1, padding=0):\n    return np.zeros((2, 2)) + kernel.sum()"
    unnamed = marked_code("convolve2d", code)["windows"]
    assert (unnamed.misconception, unnamed.message[-34:]) == (None, " Your function never uses `image`.")
    ignored = "def zero_pad(image, padding):\n    return np.pad(np.asarray(image, float), 1)"
    named = marked_code("zero_pad", ignored)["frame"]
    assert named.misconception
    assert "never uses" not in named.message
