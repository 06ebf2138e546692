"""What is said of wrong answers where no mistake is known: only what is true of all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import reference
from autograder.checks import Answer, call
from autograder.checks.answer import reference_answer
from autograder.checks.facts import fact
from autograder.checks.framed import inside
from autograder.checks.works_only_for import limit
from autograder.sandbox.call import Outcome

IMAGES = [np.arange(30.0).reshape(5, 6) ** 2 % 17 - 8, np.arange(42.0).reshape(7, 6) ** 2 % 19 - 3]
KERNEL = np.array([[1.0, -2], [3, -5.5]])
CALLS = [call(image, KERNEL) for image in IMAGES]
PAIRS = [call(image, KERNEL, stride=pair) for image in IMAGES for pair in ((1, 2), (3, 1))]
RAISED = Outcome(raised=("TypeError", "Exception"), text="no")


def of(change, calls=CALLS):
    """Wrong answers, made of the right ones."""
    return [
        Answer("convolve2d", each, Outcome(value=change(reference.convolve2d(*each.args, **each.named))))
        for each in calls
    ]


def said(change, calls=CALLS):
    found = fact(of(change, calls))
    return found.sentence if found else None


def moved(right, down, across):
    """The right values at places further down and across; zeros come after."""
    out = np.zeros_like(right)
    height, width = right.shape
    out[max(down, 0) : height + min(down, 0), max(across, 0) : width + min(across, 0)] = right[
        max(-down, 0) : height - max(down, 0), max(-across, 0) : width - max(across, 0)
    ]
    return out


def rim(right):
    out = np.zeros_like(right)
    out[1:-1, 1:-1] = right[1:-1, 1:-1]
    return out


SENTENCES = {
    "The last row and the last column are missing.": lambda right: right[:-1, :-1],
    "The last row is missing.": lambda right: right[:-1],
    "The last column is missing.": lambda right: right[:, :-1],
    "There is one row and one column too many.": lambda right: np.pad(right, ((0, 1), (0, 1))),
    "There is one row too many.": lambda right: np.pad(right, ((0, 1), (0, 0))),
    "There is one column too many.": lambda right: np.pad(right, ((0, 0), (0, 1))),
    "The result is the right one with rows and columns swapped.": np.transpose,
    "Your result is 0 everywhere.": np.zeros_like,
    "The result is the right one rotated by 180 degrees.": lambda right: right[::-1, ::-1],
    "The result is the right one upside down.": np.flipud,
    "The result is the right one mirrored left to right.": np.fliplr,
    "Every value has the wrong sign.": np.negative,
    "The values are right, but negative ones have lost their sign.": np.abs,
    "The values are right, but negative ones have become 0.": lambda right: np.maximum(right, 0),
    "The values are right, but rounded to whole numbers.": np.round,
    "The values are right, but their fractions are cut off.": np.trunc,
    "The values are right inside, but the border is left at 0.": rim,
    "Everything is shifted by one: down and to the right.": lambda right: moved(right, 1, 1),
    "Everything is shifted by one: up and to the left.": lambda right: moved(right, -1, -1),
    "Everything is shifted down by one row.": lambda right: moved(right, 1, 0),
    "Everything is shifted up by one row.": lambda right: moved(right, -1, 0),
    "Everything is shifted to the right by one column.": lambda right: moved(right, 0, 1),
    "Everything is shifted to the left by one column.": lambda right: moved(right, 0, -1),
    "Every value is 0.25 times what it should be.": lambda right: right / 4,
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_true_of_all_answers_is_said(sentence):
    assert said(SENTENCES[sentence]) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_true_of_one_answer_only_is_not_said(sentence):
    answers = of(SENTENCES[sentence], CALLS[:1]) + of(lambda right: right + right.T.max() * 3, CALLS[1:])
    found = fact(answers)
    assert found is None or found.sentence != sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_is_not_said_when_one_number_is_different(sentence):
    def nearly(right):
        out = np.array(SENTENCES[sentence](right), float)
        out[out.shape[0] // 2, out.shape[1] // 2] += 1
        return out

    assert said(nearly) != sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_known_change_makes_the_answers_of_the_right_ones(sentence):
    answers = of(SENTENCES[sentence])
    change = fact(answers).change
    for answer in answers if change else ():
        assert np.allclose(change(answer.expected), answer.value)


def test_a_fact_holds_for_answers_in_any_type():
    assert said(lambda right: right[::-1, ::-1].astype(np.float32)) == (
        "The result is the right one rotated by 180 degrees."
    )
    assert said(lambda right: right[::-1, ::-1].tolist()) == (
        "The result is the right one rotated by 180 degrees."
    )


def test_nothing_is_said_of_what_is_symmetric_everywhere():
    flat = [call(np.ones((4, 4)), np.ones((2, 2)))]
    assert said(lambda right: right + 1, flat) is None
    assert said(lambda right: right[::-1, ::-1] + 1, flat) is None


def test_one_answer_is_not_enough_for_a_factor_and_two_factors_are_none():
    assert said(lambda right: right / 4, CALLS[:1]) is None
    assert fact([*of(lambda right: right / 4, CALLS[:1]), *of(lambda right: right / 2, CALLS[1:])]) is None


def test_a_result_of_one_number_tells_no_turn():
    single = [call(np.array([[3.0]]), np.array([[2.0]]))]
    assert said(lambda right: right + 1, single) is None


def test_what_changed_an_argument_only_is_no_wrong_value():
    assert said(lambda right: right) is None


def same_size(answer_of, calls):
    """Answers of a function that lays the kernel on where it hangs over the edge, too."""
    return [Answer("convolve2d", each, Outcome(value=answer_of(*each.args))) for each in calls]


def hanging(image, kernel):
    before, after = [side // 2 for side in kernel.shape], [(side - 1) // 2 for side in kernel.shape]
    return (
        reference.convolve2d(np.pad(image + 9, list(zip(before, after, strict=True))), kernel)
        - 9 * kernel.sum()
    )


def test_right_values_inside_a_larger_answer_are_found_and_carried_forward():
    found = fact(same_size(hanging, CALLS))
    assert "with more rows or columns around them than there should be" in found.sentence
    for answer in same_size(hanging, CALLS):
        assert np.allclose(found.mend(answer.value, answer.expected), answer.expected)


def test_a_larger_answer_without_the_right_values_is_left_as_it_is():
    (answer, *_) = same_size(hanging, CALLS)
    assert inside(answer.value + 1, answer.expected).shape == answer.value.shape
    assert inside(answer.expected[:1], answer.expected).shape == answer.expected[:1].shape


def test_a_function_for_odd_kernels_is_known_though_its_answers_are_too_large():
    odd = [
        call(image, np.outer(range(1, side + 1), [2.0, 1, 3][:side])) for image in IMAGES for side in (3, 1)
    ]
    even = [Answer("convolve2d", each, RAISED) for each in CALLS]
    one_by_one = [call(np.array([[2.0]]), np.array([[3.0, 1]])[:, :1])]
    found = limit([*same_size(hanging, odd[::2]), *even], [*odd[1::2], *one_by_one])
    assert found.sentence.endswith("kernels with odd sides only; even ones have to work, too.")
    assert found.mend is inside
    assert found.covers(odd[0])
    assert not found.covers(CALLS[0])


def test_no_limit_is_said_that_a_right_answer_contradicts():
    odd = [call(image, np.ones((3, 3))) for image in IMAGES]
    assert limit([Answer("convolve2d", CALLS[0], RAISED)], [*odd, CALLS[1]]) is None


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ([(4, 4, 2, 2), (4, 4, 3, 1)], [(4, 5, 2, 2)], "square images only"),
        ([(4, 4, 2, 2), (4, 5, 2, 2)], [(4, 4, 3, 1)], "square kernels only"),
        ([(4, 4, 2, 2), (5, 5, 3, 3)], [(4, 5, 2, 2), (4, 4, 3, 1)], "square images and kernels only"),
    ],
)
def test_what_has_to_be_square_is_told_apart(right, wrong, sentence):
    def shaped(height, width, *kernel):
        return call(np.arange(1.0, height * width + 1).reshape(height, width), np.ones(kernel))

    answers = [Answer("convolve2d", shaped(*sides), RAISED) for sides in wrong]
    found = limit(answers, [shaped(*sides) for sides in right])
    assert sentence in found.sentence


def test_of_values_that_are_right_but_for_their_type_nothing_is_said():
    """Zeros around a padded image are no border that was left out."""
    framed = call(np.array([[7.0]]), 1)
    answer = Answer("zero_pad", framed, Outcome(value=np.pad(np.array([[7]]), 1)))
    assert fact([answer]) is None


def test_a_kernel_as_large_as_the_padded_image_is_a_limit_of_its_own():
    """Asked with a frame around it, and of an axis alone, as `output_size` is."""
    small, large = call(np.ones((4, 4)), KERNEL), call(np.ones((2, 2)), np.ones((4, 4)), padding=1)
    found = limit([Answer("convolve2d", large, RAISED)], [small, *CALLS])
    assert found.sentence.startswith("Your function fails for a kernel exactly as large as the padded image")
    right = [call(np.ones((2, 2)), KERNEL), call(np.ones((2, 2)), np.ones((3, 3)), padding=1)]
    assert limit([Answer("convolve2d", large, RAISED)], [small, *right]) is None
    found = limit([Answer("output_size", call(4, 4), RAISED)], [call(5, 3), call(640, 11)])
    assert found.covers(call(4, 4, 1, 1))
    assert not found.covers(call(2, 4, padding=1))


def test_a_kernel_larger_than_the_image_is_a_limit_where_it_has_an_answer():
    stamps = Answer("transposed_output_size", call(2, 3), RAISED)
    found = limit([stamps], [call(4, 4), call(5, 1)])
    assert found.sentence.startswith("Your function fails for a kernel larger than the image")
    assert limit([stamps], [call(4, 4), call(1, 5)]) is None


def test_a_spread_kernel_is_as_large_as_what_it_covers():
    small, large, larger = (call(np.ones((4, 4)), KERNEL, 1, 2, dilation=gap) for gap in (3, 4, 5))
    wrong = [Answer("convolve2d_dilated", large, RAISED)]
    right = [small, call(np.ones((5, 5)), KERNEL)]
    assert limit(wrong, right).sentence.startswith(
        "Your function fails for a dilated kernel larger than the image"
    )
    assert limit(wrong, [*right, larger]) is None


TWO_CELLS, SIX_CELLS, ONE_PIXEL = np.ones((2, 2)), np.ones((6, 6)), np.ones((1, 1))
OF_STAMPS = {
    "A padding above k - 1": (call(np.ones((5, 5)), TWO_CELLS, 1, 2), call(np.ones((5, 5)), TWO_CELLS, 1, 1)),
    "A stride larger than the kernel": (call(TWO_CELLS, TWO_CELLS, 3), call(TWO_CELLS, TWO_CELLS, 2)),
    "What `output_padding` adds": (
        call(ONE_PIXEL, SIX_CELLS, 5, 3, output_padding=4),
        call(TWO_CELLS, SIX_CELLS, 5, 3, output_padding=4),
    ),
}


@pytest.mark.parametrize(("words", "calls"), OF_STAMPS.items(), ids=OF_STAMPS)
def test_what_a_transposed_convolution_is_limited_to(words, calls):
    wrong, works = calls
    right = [works, call(np.ones((4, 3)), works.args[1])]
    answers = [Answer("conv_transpose2d", wrong, RAISED)]
    assert limit(answers, right).sentence.startswith(words)


def test_what_lies_on_the_image_has_its_name_and_a_frame_does_not_lie_on_it():
    wide, fits = call(np.ones((4, 2)), 2), [call(np.ones((4, 4)), 2), call(np.ones((5, 4)), 3)]
    assert "a window exactly as large" in limit([Answer("max_pool2d", wide, RAISED)], fits).sentence
    assert limit([Answer("zero_pad", wide, RAISED)], fits) is None


def test_only_plain_numbers_work():
    raised = [Answer("convolve2d", each, RAISED) for each in PAIRS]
    said = fact(raised).sentence
    assert said == "For `stride` your function takes plain numbers only; pairs have to work, too."


def test_the_size_is_no_fact_beside_a_mistake_in_the_size():
    def shorter(function, each):
        return reference_answer(function, each)[:-1]

    assert fact([replace(answer, standard=shorter) for answer in of(lambda right: right)]) is None


def test_that_only_plain_numbers_work_is_not_said_when_a_plain_number_fails_or_a_pair_returns():
    plain = [Answer("convolve2d", each, RAISED) for each in CALLS]
    pairs = [Answer("convolve2d", each, RAISED) for each in PAIRS]
    for answers in (plain, [*pairs, *plain], [*pairs, *of(lambda right: right + 1, PAIRS[:1])]):
        found = fact(answers)
        assert found is None or "plain numbers" not in found.sentence


def exchanged(right_call):
    return reference.convolve2d(*right_call.args, right_call.named["stride"][::-1])


def test_exchanged_halves_of_a_pair_are_said():
    answers = [Answer("convolve2d", each, Outcome(value=exchanged(each))) for each in PAIRS]
    assert "swapped" in fact(answers).sentence
    answers[0] = of(lambda right: right + 1, PAIRS[:1])[0]
    found = fact(answers)
    assert found is None or "swapped" not in found.sentence


def types_said(change, calls, right=None):
    """What is said of wrong answers to `calls` when those to `right` were right."""
    answers = of(change, calls)
    others = of(lambda value: value, typed("float64") if right is None else right)
    row = [*answers, *others]
    found = fact(answers, [([each.call for each in row], [each.outcome for each in row])])
    return found.sentence if found else None


def typed(*names):
    kernel = np.full((2, 2), 3, np.uint8)
    return [call(np.arange(1, 13).reshape(3, 4).astype(name), kernel) for name in names]


def test_the_number_types_whose_values_are_wrong_are_listed():
    listed = (
        "The values are wrong for images of types such as int8, uint16 and uint8: "
        "convert to float64 before you compute."
    )
    assert types_said(lambda right: right - 256, typed("uint8", "int8", "uint16")) == listed


def test_number_types_are_not_said_when_float64_is_wrong_too_or_the_shape_is():
    for change, calls, right in (
        (lambda right: right - 256, typed("uint8", "float64"), ()),
        (lambda right: right - 256, typed("uint8", "int8"), ()),  # float64 was not asked
        (lambda right: np.zeros((9, 9)), typed("uint8", "int8"), typed("float64")),
    ):
        assert "The values are wrong for images of" not in (types_said(change, calls, right) or "")


def in_a_row(change):
    """Three calls made before anybody looked, the first of them twice: the wrong answers, the row."""
    first = call(IMAGES[0], KERNEL)
    calls = [first, call(IMAGES[0] + 1, KERNEL), first]
    right = [reference.convolve2d(*each.args) for each in calls]
    got = change(right)
    answers = [
        Answer("convolve2d", each, Outcome(value=value)) for each, value in zip(calls, got, strict=True)
    ]
    wrong = [
        answer for answer, value in zip(answers, right, strict=True) if not np.allclose(answer.value, value)
    ]
    return wrong, [(calls, [answer.outcome for answer in answers])]


@pytest.mark.parametrize(
    "change",
    [
        lambda right: [right[-1]] * 3,  # one buffer for all
        lambda right: [right[0]] * 3,  # a result that is kept
        lambda right: list(np.cumsum(right, axis=0)),  # a buffer that is never emptied
    ],
    ids=["buffer", "cache", "sum"],
)
def test_a_function_that_remembers_is_told_that_its_calls_depend_on_each_other(change):
    assert fact(*in_a_row(change)).sentence.startswith("One call depends on another")


def test_values_that_are_wrong_by_themselves_do_not_depend_on_other_calls():
    wrong, rows = in_a_row(
        lambda right: [each + np.arange(each.size).reshape(each.shape) ** 2 for each in right]
    )
    assert len(wrong) == 3
    assert fact(wrong, rows) is None


def test_nothing_is_known_of_no_answers():
    assert fact([]) is None
