"""Students who share a mistake behave alike on the fixed calls, whatever random inputs they have."""

from __future__ import annotations

import numpy as np
from local_student import LocalStudent, checks

import reference
from autograder.checks.behaviour import behaviour

SUMS = checks("convolve2d")[0]


def behaves(change, number=0):
    """Behave like the reference with another end."""
    student = LocalStudent("convolve2d", lambda *args, **named: change(reference.convolve2d(*args, **named)))
    student.seed, student.random_cases = number, 6
    return behaviour(SUMS, "convolve2d", SUMS.ask(student))


def test_equal_mistakes_have_equal_digests_whatever_the_random_inputs():
    floor = behaves(lambda out: out // 2)
    assert floor
    assert behaves(lambda out: out // 2 * (1 + 1e-15) + 1e-17, 1) == floor
    assert behaves(np.ceil) != floor


def test_where_no_fixed_call_is_wrong_there_is_none():
    assert behaves(lambda out: out) == ""


def test_exceptions_count_by_their_names():
    def refuse(out):
        raise KeyError(str(out))

    def mutter(out):
        raise KeyError

    assert behaves(refuse) == behaves(mutter) != behaves(lambda out: -out)
