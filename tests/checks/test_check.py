"""How a check asks, and how it searches for a small failing input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

import reference
from autograder.checks import shrink
from autograder.checks.check import check
from autograder.checks.draw import axes, pictures
from autograder.checks.failure import Failure
from autograder.checks.shrink import SHRINK_CALLS
from autograder.course.settings import RANDOM_CASES
from autograder.sandbox.call import Outcome, call


class Student:
    """Answers calls in this process, and remembers them."""

    def __init__(self, answer, name="output_size", *, seed=0, random_cases=RANDOM_CASES):
        self.name, self.answer, self.seed, self.random_cases = name, answer, seed, random_cases
        self.calls, self.sizes = [], []
        self.passed, self.asked = (), None

    def outcomes(self, sequences):
        self.sizes.append(len(sequences))
        return [[self._outcome(each) for each in calls] for calls in sequences]

    def _outcome(self, asked):
        self.calls.append(asked)
        found = self.answer(asked)
        return found if isinstance(found, Outcome) else Outcome(value=found, after=asked.all)


def counts(answer):
    """Counts."""
    answer.equals_whole_number()


def pads(answer):
    """Pads."""
    answer.equals_reference()


def declared(body=counts, **others):
    """A check of one point."""
    return check(points=1, why="A reason.", **others)(body)


def honest(asked):
    return reference.output_size(*asked.args, **asked.named)


def honest_or_one(asked):
    return honest(asked) if asked.args[0] >= asked.args[1] else 1


def failure_of(found, student):
    with pytest.raises(Failure) as caught:
        found.run(student)
    return caught.value


# --------------------------------------------------------------------------------- what is drawn


def drawn(seed):
    student = Student(honest, seed=seed)
    declared(cases=axes(stride=True, padding=True)).run(student)
    return [each.key() for each in student.calls]


@pytest.mark.parametrize("seed", [0, 1, 2**64, 2**256 - 1])
def test_the_same_seed_draws_the_same_cases(seed):
    first = drawn(seed)
    assert len(first) == RANDOM_CASES
    assert drawn(seed) == first


def test_different_seeds_draw_different_cases():
    drawings = [tuple(drawn(seed)) for seed in (0, 1, 2, 2**200, 2**200 + 1)]
    assert len(set(drawings)) == len(drawings)


def test_a_check_run_again_with_the_same_seed_repeats_itself():
    found, student = declared(cases=axes()), Student(honest, seed=7)
    for _ in range(2):
        found.run(student)
    half = len(student.calls) // 2
    assert [c.key() for c in student.calls[:half]] == [c.key() for c in student.calls[half:]]


def test_what_one_student_is_asked_does_not_depend_on_who_was_asked_before():
    found = declared(cases=axes(stride=True))
    alone = [each.key() for each in found.drawn(Student(honest, seed=7))]
    found.run(Student(honest, seed=8, random_cases=25))
    assert [each.key() for each in found.drawn(Student(honest, seed=7))] == alone


@pytest.mark.parametrize("count", [1, 2, 25])
def test_the_number_of_random_cases_can_be_chosen(count):
    student = Student(honest, seed=3, random_cases=count)
    declared(cases=axes(stride=True, padding=True)).run(student)
    assert len(student.calls) == count


def test_with_no_random_cases_the_killers_are_asked_alone():
    killers = [call(9, 2), call(8, 3)]
    student = Student(honest, random_cases=0)
    declared(cases=axes(), killers=killers).run(student)
    assert student.calls == killers


# ------------------------------------------------------------------------------- what is asked, and how


def test_killers_run_first_and_in_order():
    killers = [call(9, 2), call(8, 3), call(7, 1)]
    student = Student(honest)
    declared(cases=axes(), killers=killers).run(student)
    assert student.calls[:3] == killers
    assert len(student.calls) == 3 + RANDOM_CASES


def test_a_student_who_is_right_is_asked_once_for_everything():
    killers, illegal = [call(9, 2), call(8, 3)], {"the kernel is too long": call(2, 3)}
    student = Student(honest)
    declared(cases=axes(), killers=killers).run(student)
    assert student.sizes == [len(killers) + RANDOM_CASES]
    refusal = Outcome(raised=("ValueError", "Exception"))
    student = Student(lambda asked: refusal if asked.args[0] < asked.args[1] else honest(asked))
    declared(killers=killers, illegal=illegal).run(student)
    assert student.sizes == [1 + len(killers)]
    with pytest.raises(Failure, match="because the kernel is too long"):
        declared(killers=killers, illegal=illegal).run(Student(honest_or_one))


def test_every_call_of_a_sequence_is_judged_and_a_sequence_is_asked_as_one():
    judged = []

    def judges(answer):
        """Judges."""
        judged.append((answer.call, answer.value))

    killers = [call(1), call(2)]
    student = Student(lambda asked: asked.args[0] * 10)
    declared(judges, killers=killers, sequence=lambda case: (case, call(9), case)).run(student)
    assert [asked.args[0] for asked, _ in judged] == [1, 9, 1, 2, 9, 2]
    assert all(value == asked.args[0] * 10 for asked, value in judged)
    assert student.sizes == [2]


def test_a_check_without_calls_judges_the_value():
    def has_a_value(answer):
        """Has a value."""
        if answer.value != 5:
            answer.fail("not 5", expected=None)

    found, student = declared(has_a_value), Student(None)
    student.value = lambda: 5
    found.run(student)
    student.value = lambda: 6
    with pytest.raises(Failure, match="not 5"):
        found.run(student)


def test_a_check_keeps_name_title_points_reason_and_basis():
    def windows(answer):
        """Every window,
        one by one.
        """

    frame = declared()
    found = check(points=2, why="The idea.", after=frame)(windows)
    assert (found.id, found.title) == ("windows", "Every window, one by one.")
    assert (found.points, found.why, found.after) == (2, "The idea.", (frame,))
    assert found.drawn(Student(None, seed=1)) == ()


# ---------------------------------------------------------------------------------------- the search


def test_the_same_seed_finds_the_same_failure():
    found = []
    for _ in range(2):
        student = Student(lambda asked: honest(asked) + (asked.args[0] > 7), seed=11)
        failure = failure_of(declared(cases=axes()), student)
        found.append((failure.message, failure.counterexample, len(student.calls)))
    assert found[0] == found[1]


def test_a_failing_killer_does_not_end_the_search():
    found = declared(pads, cases=pictures(paddings=st.integers(0, 2)), killers=[call(np.ones((9, 9)), 1)])
    student = Student(lambda _: None, "zero_pad")
    failure_of(found, student)
    assert len(student.calls) > 1 + RANDOM_CASES


def test_a_killer_as_small_as_any_random_case_is_shown_without_a_search():
    student = Student(lambda _: -1)
    failure = failure_of(declared(cases=axes(), killers=[call(9, 2), call(8, 3)]), student)
    assert failure.counterexample.call == "output_size(9, 2)"
    assert len(student.calls) == 2 + RANDOM_CASES


def test_each_illegal_call_is_made_in_a_sequence_of_its_own():
    illegal = {"a": call(1, 2), "b": call(1, 3)}
    student = Student(honest_or_one)
    said = failure_of(declared(illegal=illegal, killers=[call(9, 2)]), student).message
    assert student.sizes == [3]
    assert list(student.asked.illegal) == ["a", "b"]
    assert said == "None of 2 illegal calls raised ValueError. Missing: a (a result); b (a result)."


def test_what_needs_another_ability_is_asked_only_of_those_who_have_it():
    pairs = declared(killers=[call(3, 1)])
    found = declared(
        illegal={"a": call(1, 2)},
        more_illegal={pairs: {"b": call(1, 3)}},
        killers=[call(9, 2)],
        more_killers={pairs: [call(9, 3)]},
        after=(pairs,),
    )
    refusal = Outcome(raised=("ValueError", "Exception"))
    student = Student(lambda asked: refusal if asked.args[0] < asked.args[1] else honest(asked))
    found.run(student)
    assert [asked.args for asked in student.calls] == [(1, 2), (9, 2)]
    student.calls, student.passed = [], (pairs,)
    found.run(student)
    assert [asked.args for asked in student.calls] == [(1, 2), (1, 3), (9, 2), (9, 3)]


def test_a_failure_that_does_not_come_again_still_counts():
    killed = []

    def once(asked):
        killed.append(asked)
        return honest(asked) + (len(killed) == RANDOM_CASES)

    assert "Expected" in failure_of(declared(cases=axes()), Student(once)).message


def test_the_smallest_failure_is_the_one_reported():
    killer = call(np.ones((5, 5)), 1)
    found = declared(pads, cases=pictures(paddings=st.integers(0, 2)), killers=[killer])
    failure = failure_of(found, Student(lambda _: None, "zero_pad"))
    assert failure.counterexample.arguments["image"]["shape"] == [1, 1]


def test_a_killer_alone_can_fail_a_check():
    student = Student(lambda asked: honest(asked) + (asked.args[0] == 99))
    failure = failure_of(declared(killers=[call(99, 2)]), student)
    assert failure.counterexample.call == "output_size(99, 2)"


def test_a_failure_shrinks_to_something_small():
    student = Student(lambda asked: honest(asked) + (asked.args[0] > 7), seed=3)
    assert failure_of(declared(cases=axes()), student).counterexample.call == "output_size(8, 1)"


@pytest.mark.parametrize("budget", [0, 1, 7, SHRINK_CALLS])
@pytest.mark.parametrize("seed", range(4))
def test_shrinking_stays_within_its_budget(monkeypatch, budget, seed):
    monkeypatch.setattr(shrink, "SHRINK_CALLS", budget)

    def wrong(asked):
        return asked.args[0].sum() % 7 > 1

    def sometimes(asked):
        return None if wrong(asked) else reference.zero_pad(*asked.args)

    student = Student(sometimes, "zero_pad", seed=seed, random_cases=25)
    failure = failure_of(declared(pads, cases=pictures(paddings=st.integers(0, 9))), student)
    assert "None" in failure.message
    searched = student.calls[25:]
    before = next(index for index, each in enumerate(searched) if wrong(each))
    assert before < 25
    assert len(searched) - before - 1 <= budget


def test_a_student_who_answers_at_random_fails_and_nothing_else_happens():
    rng = np.random.default_rng(0)
    for seed in range(5):
        failure_of(declared(cases=axes()), Student(lambda _: int(rng.integers(9)), seed=seed))
