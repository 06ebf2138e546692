"""No verdict depends on the seed: what random inputs find, fixed ones find as well."""

from __future__ import annotations

from functools import partial

import matrix
import pytest
import seeds
import tutor
from local_student import HIDDEN, built, judged, marked, sections, styles

from autograder.checks.mistakes import misconceptions_of

pytestmark = pytest.mark.slow  # with one seed, other modules here judge all of this

SEEDS = 3
TUTORED = tutor.cases()[::4]  # every seed takes as long as the whole test of the tutor's table


def check_by_check(function, fresh, number, code=""):
    return [(result.id, result.earned) for result in marked(function, fresh, number, code)]


@pytest.mark.parametrize("function", HIDDEN)
def test_no_misconception_changes_its_marks(function):
    for entry in misconceptions_of(function):
        if seeds.remembers(entry):
            continue
        found = [judged(function, entry.fresh, number) for number in range(SEEDS)]
        rows = [{check: mark in "FR" for check, mark in marks.items()} for marks in found]
        assert rows[1:] == rows[:-1], entry.id


@pytest.mark.parametrize("style", styles())
def test_no_right_style_loses_a_point_with_any_seed(style):
    assert set(sections(style)) <= set(HIDDEN)
    assert not any(matrix.lost(style, number) for number in range(1, SEEDS))


@pytest.mark.parametrize("case", TUTORED, ids=lambda case: f"{case.function}/{case.name}")
def test_no_case_of_the_tutor_changes_its_marks(case):
    fresh = partial(built, case.function, case.code)
    found = [check_by_check(case.function, fresh, number, case.code) for number in range(SEEDS)]
    assert found[1:] == found[:-1]
