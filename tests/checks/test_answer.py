"""How hidden tests compare, word the first difference, and search for a small failing input."""

from __future__ import annotations

import numpy as np
import pytest
from autograder.course.settings import RANDOM_CASES
from autograder.hidden import check as checks
from autograder.hidden.check import SHRINK_CALLS, check, seed
from autograder.checks.compare import where
from autograder.checks.failure import Failure
from autograder.checks.draw import axes, pictures
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import reference
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import Other

IMAGE = np.array([[1.0, 2.0], [3.0, 4.0]])
RIGHT = reference.zero_pad(IMAGE, 1)


class Student:
    """Answers calls in this process, and remembers them."""

    def __init__(self, answer, name="zero_pad"):
        self.name, self.answer, self.calls, self.asked = name, answer, [], []

    def __call__(self, call):
        self.calls.append(call)
        outcome = self.answer(call)
        return outcome if isinstance(outcome, Outcome) else Outcome(value=outcome, after=call.all)

    def series(self, series):
        self.asked.append(len(series))
        return [[self(call) for call in calls] for calls in series]


def right(name="zero_pad"):
    return Student(lambda call: getattr(reference, name)(*call.args, **call.named), name)


def message(value, call=None, compare=expect.same, name="zero_pad"):
    """What a student reads who answers `value`."""
    outcome = value if isinstance(value, Outcome) else Outcome(value=value)
    with pytest.raises(Failure) as caught:
        compare(Student(lambda _: outcome, name), call or Call((IMAGE, 1)), outcome)
    return caught.value.message


def marked(*cells, shape=(4, 5)):
    wrong = np.zeros(shape, bool)
    for cell in cells:
        wrong[cell] = True
    return wrong


# ------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (marked(slice(None)), "all values differ"),
        (marked(0, shape=(1, 1)), "the value differs"),
        (marked((1, 2)), "1 of 20 values differs, the one at [1, 2]"),
        (marked(0), "5 of 20 values differ, all in the first row"),
        (marked(3), "5 of 20 values differ, all in the last row"),
        (marked((2, 1), (2, 3)), "2 of 20 values differ, all in row 2"),
        (marked((slice(None), 0)), "4 of 20 values differ, all in the first column"),
        (marked((1, 4), (2, 4)), "2 of 20 values differ, all in the last column"),
        (marked((slice(None), 3)), "4 of 20 values differ, all in column 3"),
        (marked(0, 3, (slice(None), 0)), "12 of 20 values differ, all on the border"),
        (marked((0, 0), (3, 4)), "2 of 20 values differ, all on the border"),
        (marked((0, 0), (1, 1)), "2 of 20 values differ"),
        (marked((0, 1), (0, 2), shape=(1, 5)), "2 of 5 values differ"),
        (marked((1, 0), (2, 0), shape=(5, 1)), "2 of 5 values differ"),
        (marked((0, 0), (1, 1), shape=(2, 5)), "2 of 10 values differ"),
        (marked(1, shape=(3,)), "1 of 3 values differs"),
    ],
)
def test_where_values_differ_is_said_in_words(wrong, words):
    assert where(wrong) == words


@given(hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)).filter(np.any))
def test_what_is_said_of_where_values_differ_is_true(wrong):
    before, text = wrong.copy(), where(wrong)
    assert (wrong == before).all()
    rows, columns = np.nonzero(wrong)
    height, width = wrong.shape
    assert text.startswith(("all", "the value")) == wrong.all()
    if not wrong.all():
        assert text.startswith(f"{len(rows)} of {wrong.size} ")
    if "first row" in text:
        assert (rows == 0).all()
    if "last row" in text:
        assert (rows == height - 1).all()
    if "first column" in text:
        assert (columns == 0).all()
    if "last column" in text:
        assert (columns == width - 1).all()
    if "border" in text:
        assert ((rows % (height - 1) == 0) | (columns % (width - 1) == 0)).all()


# --------------------------------------------------------------------------- the order of comparison


def test_what_is_right_passes():
    student, call = right(), Call((IMAGE, 1))
    assert (expect.same(student, call, student(call)) == RIGHT).all()


def test_an_exception_comes_before_everything():
    said = message(Outcome(raised=("TypeError", "Exception"), text="no", line=3))
    assert said == "The function raised TypeError (line 3 of your cell): no"


def test_none_asks_for_the_return():
    assert "does it end with `return`" in message(None)


@pytest.mark.parametrize("value", [3, "text", RIGHT.tolist(), Other("numpy.matrix"), np.float64(1)], ids=str)
def test_what_is_no_array_is_named(value):
    assert message(value).startswith("Expected a NumPy array, got ")


def test_a_type_that_does_not_travel_is_named():
    assert "numpy.matrix" in message(Other("numpy.matrix"))


def test_the_shape_comes_before_the_dtype_and_the_values():
    assert message(IMAGE.astype(int)) == "The shape is wrong: expected (4, 4), got (2, 2)."


def test_the_dtype_comes_before_the_values():
    said = message(RIGHT.astype(np.float32) + 1)
    assert said == "The dtype is wrong: expected float64, got float32. The shape is right."


def test_the_values_come_last():
    wrong = RIGHT.copy()
    wrong[3, 3] = 9
    assert message(wrong) == "The shape is right; 1 of 16 values differs, the one at [3, 3]."


def test_a_failure_shows_the_call_and_both_arrays_and_where_they_differ():
    wrong = RIGHT.copy()
    wrong[0, 1] = np.nan
    with pytest.raises(Failure) as caught:
        expect.same(right(), Call((IMAGE,), {"padding": (1, 1)}), Outcome(value=wrong))
    found = caught.value.counterexample
    assert found["call"] == "zero_pad(image, padding=(1, 1))"
    assert found["arguments"]["image"]["values"] == IMAGE.tolist()
    assert found["expected"]["values"] == RIGHT.tolist()
    assert found["got"]["values"][0] == [0.0, "nan", 0.0, 0.0]
    assert found["differs"] == [[0, 1]]


def test_rounding_is_allowed_by_the_size_of_the_terms_only():
    near = RIGHT + 5e-10
    expect.same(right(), Call((IMAGE, 1)), Outcome(value=near), scale=lambda _: 1.0)
    assert "differ" in message(near)
    assert "differ" in message(RIGHT + 5e-9, compare=lambda *a: expect.same(*a, scale=lambda _: 1.0))


specials = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 1.0, -1.0])


@given(hnp.arrays(float, 4, elements=specials), hnp.arrays(float, 4, elements=specials))
def test_nan_equals_nan_and_infinities_equal_themselves(one, other):
    expected = [not (a == b or (np.isnan(a) and np.isnan(b))) for a, b in zip(one, other, strict=True)]
    assert expect.differing(one, other).tolist() == expected
    assert expect.differing(one, other, tolerance=1e-9).tolist() == expected


@pytest.mark.parametrize("value", [True, np.True_, 3.0, np.float64(3), "3", None, np.array(3)], ids=repr)
def test_what_is_no_whole_number_is_refused(value):
    said = message(value, Call((5, 3)), expect.whole_number, "output_size")
    assert said.startswith("Expected a whole number (int), got ")


def test_whole_numbers_may_be_numpys_and_have_to_be_right():
    expect.whole_number(right("output_size"), Call((5, 3)), Outcome(value=np.int16(3)))
    assert message(4, Call((5, 3)), expect.whole_number, "output_size") == "Expected 3, got 4."


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(value=1), "the function returned a result instead"),
        (Outcome(raised=("IndexError", "Exception"), text="oh"), "got IndexError: oh"),
    ],
)
def test_an_illegal_call_that_gets_no_value_error_is_worded(outcome, words):
    calls = {"it is odd": Call((IMAGE, -1))}
    said = message(outcome, compare=lambda student, _, it: expect.refused(student, calls, [it]))
    assert said.startswith("Expected a ValueError, because it is odd; ")
    assert words in said


def test_a_subclass_of_value_error_is_a_value_error():
    raised = Outcome(raised=("Mine", "ValueError", "Exception"), text="x")
    expect.refused(right(), {"it is odd": Call((IMAGE, -1))}, [raised])


@pytest.mark.parametrize("after", [IMAGE + 1, IMAGE[:1], None, Other("gone")], ids=repr)
def test_a_changed_argument_is_named(after):
    outcome = Outcome(value=RIGHT, after=(after, 1))
    with pytest.raises(Failure, match="changed its argument `image`"):
        expect.untouched(right(), Call((IMAGE, 1)), outcome)


def test_an_unchanged_argument_passes():
    image = np.array([[np.nan, 1.0]])
    expect.untouched(right(), Call((image, 1)), Outcome(after=(image.copy(), 1)))


# ---------------------------------------------------------------------------------------- the search


def declared(answer, *, cases=None, killers=(), name="output_size"):
    """A check that compares whole numbers, and a student of it."""

    def test_it(student, call, outcome):
        """Counts."""
        expect.whole_number(student, call, outcome)

    return check(points=1, cases=cases, killers=killers)(test_it), Student(answer, name)


def honest(call):
    return reference.output_size(*call.args, **call.named)


def drawn(number):
    test, student = declared(honest, cases=axes(stride=True, padding=True))
    seed(test, number)
    test(student)
    return [call.key() for call in student.calls]


@pytest.mark.parametrize("number", [0, 1, 2**64, 2**256 - 1])
def test_the_same_seed_draws_the_same_cases(number):
    first = drawn(number)
    assert len(first) == RANDOM_CASES
    assert drawn(number) == first


def test_different_seeds_draw_different_cases():
    drawings = [tuple(drawn(number)) for number in (0, 1, 2, 2**200, 2**200 + 1)]
    assert len(set(drawings)) == len(drawings)


def test_a_check_seeded_again_repeats_itself():
    test, student = declared(honest, cases=axes())
    for _ in range(2):
        seed(test, 7)
        test(student)
    half = len(student.calls) // 2
    assert [c.key() for c in student.calls[:half]] == [c.key() for c in student.calls[half:]]


def failure_of(test, student):
    with pytest.raises(Failure) as caught:
        test(student)
    return caught.value


def test_the_same_seed_finds_the_same_failure():
    found = []
    for _ in range(2):
        test, student = declared(lambda call: honest(call) + (call.args[0] > 7), cases=axes())
        seed(test, 11)
        failure = failure_of(test, student)
        found.append((failure.message, failure.counterexample, len(student.calls)))
    assert found[0] == found[1]


def test_killers_run_first_and_in_order():
    killers = [Call((9, 2)), Call((8, 3)), Call((7, 1))]
    test, student = declared(honest, cases=axes(), killers=killers)
    test(student)
    assert student.calls[:3] == killers
    assert len(student.calls) == 3 + RANDOM_CASES


def test_a_failing_killer_does_not_end_the_search():
    killers = [Call((9, 2)), Call((8, 3))]
    test, student = declared(lambda _: -1, cases=axes(), killers=killers)
    failure_of(test, student)
    assert len(student.calls) > len(killers) + RANDOM_CASES


def test_a_student_who_is_right_is_asked_once_for_everything():
    killers, illegal = [Call((9, 2)), Call((8, 3))], {"the kernel is too long": Call((2, 3))}
    test, student = declared(honest, cases=axes(), killers=killers)
    test(student)
    assert student.asked == [len(killers) + RANDOM_CASES]

    def body(student, call, outcome):
        """Refuses."""
        expect.whole_number(student, call, outcome)

    refusal = Outcome(raised=("ValueError", "Exception"))
    student = Student(lambda call: refusal if call.args[0] < call.args[1] else honest(call), "output_size")
    check(points=1, killers=killers, illegal=illegal)(body)(student)
    assert student.asked == [1 + len(killers)]
    with pytest.raises(Failure, match="because the kernel is too long"):
        check(points=1, killers=killers, illegal=illegal)(body)(Student(honest_or_one, "output_size"))


def honest_or_one(call):
    return honest(call) if call.args[0] >= call.args[1] else 1


def test_every_call_of_a_series_is_judged_and_a_series_is_asked_as_one():
    judged = []

    def body(student, call, outcome):
        """Judges."""
        judged.append((call, outcome.value))

    killers = [Call((1,)), Call((2,))]
    test = check(points=1, killers=killers, series=lambda call: (call, Call((9,)), call))(body)
    student = Student(lambda call: call.args[0] * 10)
    test(student)
    assert [call.args[0] for call, _ in judged] == [1, 9, 1, 2, 9, 2]
    assert all(value == call.args[0] * 10 for call, value in judged)
    assert student.asked == [2]


def test_a_check_without_calls_judges_the_value():
    def body(student, call, outcome):
        """Has a value."""
        if outcome.value != 5:
            raise Failure("not 5", student, call, outcome=outcome)

    test, student = check(points=1)(body), Student(None)
    student.value = lambda: 5
    test(student)
    student.value = lambda: 6
    with pytest.raises(Failure, match="not 5"):
        test(student)


@pytest.mark.parametrize("count", [1, 2, 25])
def test_the_number_of_random_cases_can_be_chosen(count):
    test, student = declared(honest, cases=axes(stride=True, padding=True))
    seed(test, 3, count)
    test(student)
    assert len(student.calls) == count


def test_a_failure_that_does_not_come_again_still_counts():
    killed = []

    def once(call):
        killed.append(call)
        return honest(call) + (len(killed) == RANDOM_CASES)

    test, student = declared(once, cases=axes())
    assert "Expected" in failure_of(test, student).message


def test_the_smallest_failure_is_the_one_reported():
    killer = Call((np.ones((5, 5)), 1))

    def body(student, call, outcome):
        """Pads."""
        expect.same(student, call, outcome)

    test = check(points=1, cases=pictures(paddings=st.integers(0, 2)), killers=[killer])(body)
    failure = failure_of(test, Student(lambda _: None))
    assert failure.counterexample["arguments"]["image"]["shape"] == [1, 1]


def test_a_killer_alone_can_fail_a_check():
    test, student = declared(lambda call: honest(call) + (call.args[0] == 99), killers=[Call((99, 2))])
    assert failure_of(test, student).counterexample["call"] == "output_size(99, 2)"


def test_a_failure_shrinks_to_something_small():
    test, student = declared(lambda call: honest(call) + (call.args[0] > 7), cases=axes())
    seed(test, 3)
    assert failure_of(test, student).counterexample["call"] == "output_size(8, 1)"


@pytest.mark.parametrize("budget", [0, 1, 7, SHRINK_CALLS])
@pytest.mark.parametrize("number", range(4))
def test_shrinking_stays_within_its_budget(monkeypatch, budget, number):
    monkeypatch.setattr(checks, "SHRINK_CALLS", budget)

    def body(student, call, outcome):
        """Pads."""
        expect.same(student, call, outcome)

    cases = pictures(paddings=st.integers(0, 9))

    def wrong(call):
        return call.args[0].sum() % 7 > 1

    student = Student(lambda call: None if wrong(call) else right()(call))
    test = check(points=1, cases=cases)(body)
    seed(test, number, 25)
    failure = failure_of(test, student)
    assert "None" in failure.message
    searched = student.calls[25:]
    before = next(index for index, call in enumerate(searched) if wrong(call))
    assert before < 25
    assert len(searched) - before - 1 <= budget


def test_a_student_who_answers_at_random_fails_and_nothing_else_happens():
    rng = np.random.default_rng(0)
    for number in range(5):
        test, student = declared(lambda _: int(rng.integers(9)), cases=axes())
        seed(test, number)
        failure_of(test, student)


def test_a_check_keeps_name_title_and_basis():
    def test_windows(student, call, outcome):
        """Every window,
        one by one.
        """

    found = check(points=2, after="frame")(test_windows)
    assert (found.__name__, found.check.id, found.check.title) == (
        "test_windows",
        "windows",
        "Every window, one by one.",
    )
    assert (found.check.points, found.check.after) == (2, "frame")
    seed(found, 1)


# ----------------------------------------------------------------------------------- calls in words


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (Call((5, 3)), "output_size(5, 3)"),
        (Call((5, 3), {"stride": 2}), "output_size(5, 3, stride=2)"),
        (Call((np.int64(5), 3, 1)), "output_size(np.int64(5), 3, 1)"),
        (Call(((1,), [2, 3])), "output_size((1,), [2, 3])"),
        (Call(()), "output_size"),
    ],
)
def test_a_call_is_shown_as_a_student_would_write_it(call, text):
    assert expect.call_text("output_size", call) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.nan, "nan"),
        (np.float32(-np.inf), "-inf"),
        (1j, "1j"),
        (np.array([[1, 2]], np.int8), {"shape": [1, 2], "dtype": "int8", "values": [[1, 2]]}),
        (np.zeros((9, 9)), {"shape": [9, 9], "dtype": "float64", "values": None}),
        (Other("x"), {"type": "x"}),
        ((1, [None]), [1, [None]]),
    ],
    ids=repr,
)
def test_values_become_plain_json(value, shown):
    assert expect.plain(value) == shown


@given(st.sampled_from(["float64", "uint8", "int64", "bool", "float32"]), st.integers(0, 10_000))
def test_the_line_of_python_is_the_call(dtype, number):
    rng = np.random.default_rng(number)
    image = (rng.normal(size=(2, 3)) * 9).astype(dtype)
    if dtype == "float64":
        image[0, 0], image[1, 1], image[1, 2] = np.nan, np.inf, -np.inf
    call = Call((image, np.ones((1, 2))), {"stride": (2, 1), "padding": [1, 0]})
    seen = {}
    line = expect.call_text("convolve2d", call, literal=True)
    eval(line, {"np": np, "convolve2d": lambda *args, **named: seen.update(args=args, named=named)})
    assert np.array_equal(seen["args"][0], image, equal_nan=dtype.startswith("float"))
    assert seen["args"][0].dtype == image.dtype
    assert seen["named"] == call.named
