"""An argument that makes no difference is named, if the answers show that of it alone."""

from __future__ import annotations

import numpy as np

import reference
from autograder.checks import call
from autograder.checks.local import call_locally
from autograder.checks.never_read import never_read

IMAGE = np.arange(16.0).reshape(4, 4) ** 2 % 11 - 5
SIZES = [call(IMAGE, 1), call(IMAGE, 2), call(IMAGE, 3), call(-IMAGE, 2)]
STRIDES = [call(IMAGE, 1), call(IMAGE, 1, 2), call(IMAGE, 1, stride=3)]


def said(function, wrong, calls):
    found = never_read(function, [([each], call_locally(wrong, [each])) for each in calls])
    return found.sentence if found else None


def test_what_makes_no_difference_is_named():
    assert "whatever `size` is" in said("max_pool2d", lambda image, _: image[:2, :2], SIZES)
    assert "whatever `size` is" in said("max_pool2d", lambda image, _: image.tolist(), SIZES)
    assert "whatever `stride` is" in said("max_pool2d", lambda image, _size, stride=1: image + 1, STRIDES)
    axes = [call(9, 2, padding=padding) for padding in range(3)]
    assert "whatever `padding` is" in said("output_size", lambda n, k, **_: n - k + 1, axes)


def test_what_makes_one_is_not():
    assert said("max_pool2d", reference.max_pool2d, [*SIZES, *STRIDES]) is None
    assert said("max_pool2d", lambda image, size: image[:size], SIZES) is None
    assert said("max_pool2d", lambda image, size: image if size < 3 else image[1:], SIZES) is None


def test_two_answers_alike_may_be_alike_by_chance():
    assert said("max_pool2d", lambda image, _: image, SIZES[:2]) is None
    assert said("max_pool2d", lambda image, _: image, [SIZES[0], SIZES[0], SIZES[1]]) is None


def test_where_the_right_answers_are_alike_nothing_is_told():
    flat = np.ones((1, 1))
    assert said("max_pool2d", lambda *_: flat + 1, [call(flat, 1, stride) for stride in (1, 2, 3)]) is None


def test_no_answer_is_none_that_is_always_the_same():
    def refusing(*_):
        raise TypeError("no")

    for wrong in (
        refusing,
        lambda *_: None,
        lambda *_: np.zeros((0, 2)),
        lambda *_: "max",
        lambda *_: [["a"]],
    ):
        assert said("max_pool2d", wrong, SIZES) is None


def test_nothing_is_told_of_nothing():
    assert never_read("max_pool2d", []) is None
