"""The judge against a tutor who marked strangers' functions by hand, before the judge saw them."""

from __future__ import annotations

from functools import cache

import pytest
import tutor
from local_student import HIDDEN

SENTENCES = 254  # of 267: this number only ever rises


judged = cache(tutor.judged)


def found():
    return [judged(case) for case in tutor.cases()]


def test_the_table_is_large_and_has_most_functions():
    assert len(tutor.cases()) >= 60
    assert {case.function for case in tutor.cases()} == set(HIDDEN) - {"my_kernel"}
    names = [(case.function, case.name) for case in tutor.cases()]
    assert len(set(names)) == len(names)


def test_everything_the_tutor_says_has_words_of_the_judge():
    assert {said for case in tutor.cases() for said in case.says} <= set(tutor.PATTERNS)


@pytest.mark.slow
def test_all_marks_agree_within_half_a_point():
    assert [each.case.name for each in found() if not each.agrees] == []


@pytest.mark.slow
def test_nothing_is_said_that_the_tutor_would_call_false():
    assert [(each.case.name, each.false) for each in found() if each.false] == []


@pytest.mark.slow
def test_the_tutors_sentences_are_given_as_often_as_ever():
    given = sum(len(each.case.says) - len(each.missing) for each in found())
    assert given >= SENTENCES, tutor.summary(found())


@pytest.mark.parametrize(
    "case", [case for case in tutor.cases() if case.loses == "nothing"], ids=lambda case: case.name
)
def test_what_the_tutor_gives_full_marks_has_full_marks(case):
    assert judged(case).lost == "nothing"
