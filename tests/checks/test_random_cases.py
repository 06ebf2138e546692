"""The number of random inputs of each check, from the course's settings to what the kernel is asked."""

from __future__ import annotations

import importlib
import random

import matrix
import numpy as np
import pytest
from common import judged
from hypothesis import strategies as st
from local_student import HIDDEN, LocalStudent, checks, fails_fixed
from pour import sections

from autograder.checks import call
from autograder.checks.mistakes import misconceptions_of
from autograder.checks.shrink import drawn
from autograder.course.settings import RANDOM_CASES, CourseError, read_settings
from autograder.sandbox.kernel import Kernel


def test_the_default_is_what_the_evidence_gives():
    assert read_settings({}).random_cases == RANDOM_CASES


def test_a_course_may_ask_for_more():
    assert read_settings({"random_cases": 25}).random_cases == 25


@pytest.mark.parametrize("number", [0, RANDOM_CASES - 1, True, 7.5, "8", None])
def test_fewer_than_the_default_or_no_number_is_refused(number):
    with pytest.raises(CourseError, match=f"whole number of at least {RANDOM_CASES}"):
        read_settings({"random_cases": number})


def test_a_seed_stands_for_the_same_cases_whatever_has_been_loaded(tmp_path, monkeypatch):
    """Hypothesis draws numbers from the source of modules that it takes for the user's own."""
    cases = st.integers(0, 10_000).map(call)
    before = [drawn(cases, seed, 20) for seed in range(20)]
    (tmp_path / "own_numbers.py").write_text(f"NUMBERS = {list(range(1000, 9000, 40))}\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("own_numbers")
    assert [drawn(cases, seed, 20) for seed in range(20)] == before


def test_a_case_from_a_global_generator_is_the_same_each_time():
    cases = st.builds(lambda: call(np.random.random()))  # noqa: NPY002
    once, again = ([case.args for case in drawn.__wrapped__(cases, 1, 3)] for _ in range(2))
    assert once == again


def test_hypothesis_asks_us_to_seed_the_global_generators():
    """Unless it still knows the name that shrink.py changes, it puts them back afterwards."""
    random.seed(5)
    drawn.__wrapped__(st.just(call()), 1, 3)
    after = random.random()
    random.seed(0)
    assert after == random.random()


@pytest.mark.parametrize("number", [RANDOM_CASES, 2 * RANDOM_CASES + 1])
def test_the_judge_asks_for_as_many(best_place, monkeypatch, number):
    asked, plain = [], Kernel.sequences

    def noted(self, name, sequences, *rest, **named):
        asked.append(len(sequences))
        return plain(self, name, sequences, *rest, **named)

    monkeypatch.setattr(Kernel, "sequences", noted)
    verdict = judged(best_place, sections("conv2d", "student-01"), only="zero_pad", random_cases=number)
    assert verdict.score == verdict.max_score
    killers = [len(asked_of) for asked_of in fixed("zero_pad")]
    drawn = [check.cases is not None for check in checks("zero_pad")]
    assert asked == [count + number * some for count, some in zip(killers, drawn, strict=True)]
    assert sum(drawn) >= 3


def fixed(function):
    """The sequences of calls of each check that are always made."""
    student = LocalStudent(function, lambda *_: None)
    student.passed = checks(function)
    for check in checks(function):
        fails_fixed(check, student)
        yield student.asked.everything


@pytest.mark.slow
@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_no_misconception_needs_more_than_half_of_the_random_cases(function):
    for check, count in matrix.needed(2, [function])[function].items():
        assert 2 * count <= RANDOM_CASES, check


@pytest.mark.slow
def test_the_command_prints_the_evidence(monkeypatch, capsys):
    monkeypatch.setattr(matrix, "HIDDEN", ["gaussian_kernel"])
    monkeypatch.setattr("sys.argv", ["matrix.py", "--evidence"])
    matrix.main()
    lines = capsys.readouterr().out.splitlines()
    shares = [float(line.split()[-1].rstrip("%")) for line in lines if " of each check" in line]
    assert len(shares) == len(matrix.TRIED)
    assert 0 < shares[0] <= shares[-1] < 100
    assert lines[-1] == f"needed by any check 0, given to each {RANDOM_CASES}"


def test_a_check_that_rests_on_random_cases_alone_says_how_many_it_needs(monkeypatch):
    monkeypatch.setattr(matrix, "fails_fixed", lambda check, student: False)
    wrong = [entry for entry in misconceptions_of("zero_pad") if entry.id == "zero_pad/top-left"]
    monkeypatch.setattr(matrix, "misconceptions_of", lambda _: wrong)
    assert 1 <= sum(matrix.needed(3, ["zero_pad"])["zero_pad"].values()) <= RANDOM_CASES
