"""Notebooks prepared in other processes: the same jobs, in order, whatever happens to the processes."""

from __future__ import annotations

import os

import pour
import pytest
from common import ROOT

from autograder.course.settings import Settings
from autograder.course.sources import read_assignment
from autograder.grading import preparing
from autograder.submission import hand_in
from autograder.submission.submission import Submission


class Deadly(Submission):
    """One that ends the process that is asked to prepare it."""

    def __reduce__(self):
        return os._exit, (1,)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    assignment, found = read_assignment(ROOT, "conv2d"), []
    for student in pour.sample_names("conv2d")[:5]:
        pour.submit(root, "conv2d", student)
        hand = hand_in.look(root / "submitted" / student / "conv2d")
        found.append(Submission(root, Settings(), assignment, student, hand))
    return found


@pytest.fixture(scope="module")
def expected(handed_in):
    return list(preparing.ready(iter(handed_in), preparing.FEW))


def test_the_jobs_are_those_of_one_process(handed_in, expected):
    assert list(preparing.ready(iter(handed_in), preparing.EACH)) == expected
    assert [each.prepared.job.student for each in expected[::3]] == [each.student for each in handed_in]


def test_a_process_that_ends_is_made_up_for(handed_in, expected):
    deadly = [*handed_in[:1], Deadly(**vars(handed_in[1])), *handed_in[2:]]
    assert list(preparing.ready(iter(deadly), preparing.EACH)) == expected
