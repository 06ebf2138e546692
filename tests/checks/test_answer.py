"""How hidden tests compare what came with what is right, and word the first difference."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import reference
from autograder.checks import refusal
from autograder.checks.answer import Answer, reference_answer
from autograder.checks.compare import alike_in_value, differing, where
from autograder.checks.failure import Failure
from autograder.notebook.words import in_words
from autograder.sandbox.call import Outcome, call
from autograder.sandbox.inside.kinds import Other

IMAGE = np.array([[1.0, 2.0], [3.0, 4.0]])
RIGHT = reference.zero_pad(IMAGE, 1)
PAD, SIZE = call(IMAGE, 1), call(5, 3)


def test_complex_numbers_are_alike_in_both_their_parts():
    one = np.array([1 + 1j, 2.0])
    assert alike_in_value(one, one.copy())
    assert not alike_in_value(one, one.real)
    assert not alike_in_value(one.real, one)


def test_what_the_reference_warns_of_is_not_said(recwarn):
    reference_answer("convolve2d", call(np.full((1, 2), 1e308), np.full((1, 2), 1e308)))
    assert not recwarn.list


def answered(value, asked=PAD, name="zero_pad"):
    """The answer of a student who returns `value`."""
    return Answer(name, asked, value if isinstance(value, Outcome) else Outcome(value=value))


def message(value, question=Answer.equals_reference, asked=PAD, name="zero_pad"):
    """What a student reads who answers `value`."""
    with pytest.raises(Failure) as caught:
        question(answered(value, asked, name))
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
        (marked(0, 3, (slice(None), 0)), "12 of 20 values differ"),
        (marked(0, 3, (slice(None), [0, -1])), "14 of 20 values differ, all on the border"),
        (marked((0, 0), (3, 4)), "2 of 20 values differ"),
        (marked(0, (slice(None), 0)), "8 of 20 values differ"),
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
    answered(RIGHT).equals_reference()
    assert (answered(RIGHT).array() == RIGHT).all()


def test_an_exception_comes_before_everything():
    said = message(Outcome(raised=("TypeError", "Exception"), text="no", line=3))
    assert said == "The function raised TypeError (line 3 of your cell): no"


def test_none_asks_for_the_return():
    assert "does it end with `return`" in message(None)


@pytest.mark.parametrize(
    "value", [3, "text", ["text"], [[1.0], [1.0, 2.0]], Other("numpy.matrix"), np.float64(1)], ids=str
)
def test_what_is_no_array_is_named(value):
    assert message(value).startswith("Expected a NumPy array, got ")


def test_a_type_that_does_not_travel_is_named():
    assert "numpy.matrix" in message(Other("numpy.matrix"))


@pytest.mark.parametrize(
    "value",
    [
        *(RIGHT.astype(kind) for kind in ("uint8", "int64", "float16", "float32", "complex128")),
        *(RIGHT.tolist(), tuple(map(tuple, RIGHT.tolist())), [[np.float64(x) for x in row] for row in RIGHT]),
    ],
    ids=lambda value: str(getattr(value, "dtype", type(value).__name__)),
)
def test_right_values_pass_in_any_number_type_and_as_lists(value):
    answered(value).equals_reference()


@pytest.mark.parametrize("value", [(RIGHT + 1).astype(np.float32), (RIGHT + 1).tolist()], ids=["f4", "list"])
def test_wrong_values_fail_in_any_number_type(value):
    assert message(value) == "The shape is right; all values differ."


def test_a_number_type_is_given_the_rounding_it_deserves_and_no_more():
    third = call(IMAGE / 3, 1)
    expected = reference.zero_pad(IMAGE / 3, 1)
    answered(expected.astype(np.float32), third).equals_reference()
    said = message(expected * (1 + 1e-7), asked=third)
    assert said == "The shape is right; 4 of 16 values differ."


def test_float32_that_comes_as_float64_is_a_matter_of_the_number_type():
    third = call(IMAGE / 3, 1)
    single = reference.zero_pad(IMAGE / 3, 1).astype(np.float32).astype(float)
    answered(single, third).equals_reference()
    said = message(single, Answer.has_the_number_type, asked=third)
    assert said == "The values have only the seven digits of float32; use float64 from the start."
    given = call((IMAGE / 3).astype(np.float32), 1)
    answered(reference.zero_pad(given.args[0], 1), given).has_the_number_type()


def test_the_number_type_is_a_question_of_its_own():
    answered(RIGHT).has_the_number_type()
    said = message(RIGHT.astype(np.float32), Answer.has_the_number_type)
    assert said == "The values are right, but the dtype is float32; expected float64."
    said = message(RIGHT.tolist(), Answer.has_the_number_type)
    assert said == "The values are right, but expected a NumPy array, got nested lists."


def test_the_shape_comes_before_the_values():
    assert message(IMAGE.astype(int)) == "The shape is wrong: expected (4, 4), got (2, 2)."


def test_the_values_come_last():
    wrong = RIGHT.copy()
    wrong[3, 3] = 9
    assert message(wrong) == "The shape is right; 1 of 16 values differs, the one at [3, 3]."


def test_a_failure_shows_the_call_and_both_arrays_and_where_they_differ():
    wrong = RIGHT.copy()
    wrong[0, 1] = np.nan
    with pytest.raises(Failure) as caught:
        answered(wrong, call(IMAGE, padding=(1, 1))).equals_reference()
    found = caught.value.counterexample
    assert found.call == "zero_pad(image, padding=(1, 1))"
    assert found.arguments["image"]["values"] == IMAGE.tolist()
    assert found.expected["values"] == RIGHT.tolist()
    assert found.got["values"][0] == [0.0, "nan", 0.0, 0.0]
    assert found.differs == [[0, 1]]


def test_rounding_is_allowed_by_the_size_of_the_terms_only():
    def rounded(answer):
        answer.equals_reference(rounding=lambda _: 100.0)

    near = RIGHT + 5e-8
    rounded(answered(near))
    assert "differ" in message(near)
    assert "differ" in message(RIGHT + 5e-7, rounded)


specials = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 1.0, -1.0])


@given(hnp.arrays(float, 4, elements=specials), hnp.arrays(float, 4, elements=specials))
def test_nan_equals_nan_and_infinities_equal_themselves(one, other):
    expected = [not (a == b or (np.isnan(a) and np.isnan(b))) for a, b in zip(one, other, strict=True)]
    assert differing(one, other).tolist() == expected
    assert differing(one, other, tolerance=1e-9).tolist() == expected


@pytest.mark.parametrize("value", [True, np.True_, 3.0, np.float64(3), "3", None, np.array(3)], ids=repr)
def test_what_is_no_whole_number_is_refused(value):
    said = message(value, Answer.equals_whole_number, SIZE, "output_size")
    assert said.startswith("Expected a whole number (int), got ")


def test_whole_numbers_may_be_numpys_and_have_to_be_right():
    answered(np.int16(3), SIZE, "output_size").equals_whole_number()
    assert message(4, Answer.equals_whole_number, SIZE, "output_size") == "Expected 3, got 4."


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(value=1), "the function returned a result instead"),
        (Outcome(raised=("IndexError", "Exception"), text="oh"), "got IndexError: oh"),
    ],
)
def test_an_illegal_call_that_gets_no_value_error_is_worded(outcome, words):
    said = refusal.failure("zero_pad", {"it is odd": (call(IMAGE, -1), outcome)}).message
    assert said.startswith("Expected a ValueError, because it is odd; ")
    assert words in said


def test_a_subclass_of_value_error_is_a_value_error():
    raised = Outcome(raised=("Mine", "ValueError", "Exception"), text="x")
    assert refusal.failure("zero_pad", {"it is odd": (call(IMAGE, -1), raised)}) is None


def test_all_illegal_calls_that_were_not_refused_are_listed():
    refused = Outcome(raised=("ValueError", "Exception"))
    came = {"a": Outcome(value=1), "b": Outcome(raised=("IndexError", "Exception")), "c": refused}
    illegal = {because: (call(IMAGE, -1), outcome) for because, outcome in came.items()}
    said = refusal.failure("zero_pad", illegal).message
    assert said == "Only 1 of 3 illegal calls raised ValueError. Missing: a (a result); b (IndexError)."
    del illegal["c"]
    said = refusal.failure("zero_pad", illegal).message
    assert said == "None of 2 illegal calls raised ValueError. Missing: a (a result); b (IndexError)."


def test_what_a_known_mistake_makes_legal_counts_neither_way():
    def standard(_, call):
        if call.args[1] < -1:
            raise ValueError
        return IMAGE

    came = {"a": -2, "b": -3, "made legal": -1}
    illegal = {because: (call(IMAGE, padding), Outcome(value=1)) for because, padding in came.items()}
    illegal["c"] = call(IMAGE, -4), Outcome(raised=("ValueError", "Exception"))
    said = refusal.failure("zero_pad", illegal, standard).message
    assert said == "Only 1 of 3 illegal calls raised ValueError. Missing: a (a result); b (a result)."


def test_exceptions_of_several_kinds_are_told_apart(monkeypatch):
    monkeypatch.setattr(refusal, "expected", lambda _, call: call.args[0])
    came = Outcome(raised=("ValueError",))
    illegal = {because: (call(kind), came) for because, kind in (("a", "TypeError"), ("b", "KeyError"))}
    said = refusal.failure("f", illegal).message
    assert said.startswith("None of 2 illegal calls raised what they have to. Missing: ")
    assert said.endswith("a (ValueError, not TypeError); b (ValueError, not KeyError).")


def test_what_the_known_mistake_accepts_need_not_be_refused():
    illegal = {"it is negative": (call(IMAGE, -1), Outcome(value=IMAGE))}
    assert refusal.failure("zero_pad", illegal, lambda *_: IMAGE) is None
    assert refusal.failure("zero_pad", illegal, reference_answer) is not None


@pytest.mark.parametrize("after", [IMAGE + 1, IMAGE[:1], None, Other("gone")], ids=repr)
def test_a_changed_argument_is_named(after):
    with pytest.raises(Failure, match="changed its argument `image`"):
        answered(Outcome(value=RIGHT, after=(after, 1))).leaves_arguments_alone()


@pytest.mark.parametrize("before", [[3, 1], {"a": [1]}, {1, 2}], ids=repr)
def test_a_changed_list_is_named_as_an_array_is(before):
    with pytest.raises(Failure, match="changed its argument `image`"):
        answered(Outcome(after=(type(before)(), 1)), call(before, 1)).leaves_arguments_alone()


@pytest.mark.parametrize("before", [np.array([[np.nan, 1.0]]), [3, 1], {"a": [1]}, "text"], ids=repr)
def test_an_unchanged_argument_passes(before):
    answered(Outcome(after=(copy.deepcopy(before), 1)), call(before, 1)).leaves_arguments_alone()


def test_the_array_that_was_given_is_not_a_new_one():
    said = message(Outcome(value=IMAGE, given=True), Answer.is_a_new_array)
    assert said == "You return the array that you were given; return a new one."
    answered(IMAGE).is_a_new_array()


@pytest.mark.parametrize("got", [(1.0, 2.0), ["1.0", "2.0"]], ids=repr)
def test_values_that_only_their_types_tell_apart_are_shown_as_code(got):
    shown = Failure("", "zero_pad", call(IMAGE, 1), Outcome(value=got), expected=[1.0, 2.0]).counterexample
    assert (in_words(shown.expected), in_words(shown.got)) == ("[1.0, 2.0]", repr(got))


def test_an_empty_text_is_seen():
    assert in_words("") == "''"


# --------------------------------------------------------------------------- what is remembered


def test_the_reference_is_asked_once_for_each_call_and_nobody_can_change_its_answer():
    asked = call(np.arange(6.0).reshape(2, 3), 1)
    first = reference_answer("zero_pad", asked)
    assert reference_answer("zero_pad", asked) is first
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        reference_answer("transition_frames", call(np.eye(4), np.ones((3, 3)), 2))[0][0, 0] = 1


def test_an_equal_call_with_other_pixels_later_is_another_call():
    image = np.arange(6.0).reshape(2, 3)
    before = reference_answer("zero_pad", call(image, 1))
    assert reference_answer("zero_pad", call(image + 1, 1))[1, 1] == before[1, 1] + 1
