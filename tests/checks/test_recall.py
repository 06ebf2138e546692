"""Answers of the bank are remembered, within bounds, and never change what is answered."""

from dataclasses import replace

import numpy as np

from autograder.checks.mistakes import misconceptions_of
from autograder.checks.recall import Recall, question
from autograder.sandbox.call import Call

IMAGE, KERNEL = np.arange(20.0).reshape(4, 5), np.array([[1.0, 2], [3, 5]])
CALLS = [Call((IMAGE, KERNEL)), Call((IMAGE, KERNEL), {"stride": 2})]


def entry(name):
    return next(each for each in misconceptions_of("convolve2d") if each.id == f"convolve2d/{name}")


def counted(original):
    """The same mistake, and how often its function was made."""
    made = []
    return replace(original, fresh=lambda: made.append(1) or original.fresh()), made


def test_the_same_question_is_answered_once():
    mistake, made = counted(entry("mean"))
    recall = Recall()
    answers = [recall.answers((mistake,), CALLS, question(CALLS)) for _ in range(3)]
    assert len(made) == 1
    assert np.array_equal(answers[2][0].value, mistake.fresh()(IMAGE, KERNEL))
    assert np.array_equal(answers[2][1].value, mistake.fresh()(IMAGE, KERNEL, stride=2))


def test_other_calls_are_another_question():
    variants = [
        CALLS[:1],
        CALLS,
        [Call((IMAGE, KERNEL), {"padding": 2})],
        [Call((IMAGE.astype(int), KERNEL))],
        [Call((np.asfortranarray(IMAGE), KERNEL))],
        [Call((IMAGE + 1, KERNEL))],
    ]
    assert len({question(calls) for calls in variants}) == len(variants)


def test_what_was_asked_longest_ago_is_forgotten_first():
    mistake, made = counted(entry("mean"))
    many = [[Call((IMAGE + shift, KERNEL))] for shift in range(10)]
    recall = Recall(most=5_000)
    for calls in [*many, many[-1]]:
        recall.answers((mistake,), calls, question(calls))
    assert len(made) == len(many)
    recall.answers((mistake,), many[0], question(many[0]))
    assert len(made) == len(many) + 1


def test_mistakes_that_exclude_each_other_have_no_answer():
    both = (entry("mean"), entry("kernel-transposed"))
    assert Recall().answers(both, CALLS, question(CALLS)) is None


def test_arguments_that_were_changed_are_remembered_as_they_became():
    for name in ("image-scaled-in-place", "mean"):
        (outcome,) = Recall().answers((entry(name),), CALLS[:1], question(CALLS[:1]))
        assert np.array_equal(outcome.after[0], IMAGE) == (name == "mean")
        assert np.array_equal(IMAGE, np.arange(20.0).reshape(4, 5))
