"""The fifteen relationships of arXiv:1603.07285 by counting, and the table of cases by them."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from oracles import positions

from reference import RELATIONSHIPS, conv_transpose2d, convolve2d, dilated_size
from reference.figures.cases import CASES
from reference.relationships import Axis

FIFTEEN = range(1, 16)
TRANSPOSED = range(8, 15)
SEVEN = [
    "no_padding_no_strides",
    "arbitrary_padding_no_strides",
    "same_padding_no_strides",
    "full_padding_no_strides",
    "no_padding_strides",
    "padding_strides",
    "padding_strides_odd",
]
NUMERICAL = ["no_padding_no_strides", "padding_strides", "average_pooling", "max_pooling"]


def every_axis():
    """Walk along every small axis: (axis, size that was counted) of convolution and way back."""
    for i, k, s, p, d in itertools.product(range(1, 11), range(1, 6), range(1, 5), range(5), range(1, 4)):
        span = dilated_size(k, d)
        if span <= i + 2 * p:
            counted = positions(i, span, s, p)
            yield range(1, 16), Axis(i, k, s, p, d), counted
            if d == 1:
                yield TRANSPOSED, Axis(counted, k, s, p, a=(i + 2 * p - k) % s), i


def test_every_relationship_gives_the_size_that_counting_gives():
    checked, wrong = Counter(), []
    for numbers, axis, counted in every_axis():
        for number in numbers:
            relationship = RELATIONSHIPS[number]
            if (number in TRANSPOSED) is (numbers is TRANSPOSED) and relationship.holds(axis):
                checked[number] += 1
                if relationship.size(axis) != counted:
                    wrong.append((number, axis, counted))
    assert not wrong
    assert sorted(checked) == list(FIFTEEN)
    assert min(checked.values()) >= 15
    assert checked[6] + checked[14] + checked[15] >= 3_000


def test_there_are_fifteen_each_with_words_and_a_formula():
    assert list(RELATIONSHIPS) == list(FIFTEEN)
    for number, relationship in RELATIONSHIPS.items():
        assert relationship.formula.startswith("o' = " if number in TRANSPOSED else "o = ")
        assert relationship.title[0].isupper()


def test_the_way_back_is_a_convolution_of_the_stretched_input_with_the_turned_kernel():
    """Zeros between the pixels, k - p - 1 around them and a more at the end (relationships 8 to 14)."""
    rng, compared = np.random.default_rng(31), 0
    for n, k, s, p in itertools.product(range(1, 6), range(1, 6), range(1, 5), range(5)):
        for a in range(s):
            if p > k - 1 or not RELATIONSHIPS[14].holds(Axis(n, k, s, p, a=a)):
                continue
            image, kernel = rng.integers(-9, 10, (n, n + 1)), rng.integers(-9, 10, (k, k))
            stretched = np.zeros((s * (n - 1) + 1, s * n + 1))
            stretched[::s, ::s] = image
            border = k - p - 1, k - p - 1 + a
            expected = convolve2d(np.pad(stretched, (border, border)), kernel[::-1, ::-1])
            np.testing.assert_array_equal(conv_transpose2d(image, kernel, s, p, a), expected, strict=True)
            compared += 1
    assert compared > 500


# the table of cases ---------------------------------------------------------------------------------------


def test_the_table_begins_with_the_fifteen_animations_and_the_four_with_numbers():
    assert list(CASES)[:15] == [*SEVEN, *(f"{name}_transposed" for name in SEVEN), "dilation"]
    assert list(CASES)[15:19] == [f"numerical_{name}" for name in NUMERICAL]
    assert all(name == case.name for name, case in CASES.items())


def test_eight_cases_are_named_after_the_page_that_shows_them():
    shown = {name: case for name, case in CASES.items() if case.page}
    assert len(shown) == 8
    for name, case in shown.items():
        way_back = ", transposed" if name.endswith("_transposed") else ""
        assert case.page == f"padding = {case.padding}, stride = {case.stride}{way_back}"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_is_one_of_its_relationship(case):
    relationship = RELATIONSHIPS[case.relationship]
    assert (case.relationship in TRANSPOSED) is case.transposed
    assert (case.relationship == 7) is case.pooling
    for axis, size in zip(case.axes, case.output.shape, strict=True):
        assert relationship.holds(axis)
        assert relationship.size(axis) == size


def test_each_relationship_has_a_case():
    assert {case.relationship for case in CASES.values()} == set(FIFTEEN)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith("_stretched")])
def test_a_stretched_case_shows_the_same_call_as_its_stamped_one(name):
    stretched, stamped = CASES[name], CASES[name.replace("_stretched", "_transposed")]
    np.testing.assert_array_equal(stretched.output, stamped.output)
    assert (stretched.view, stamped.view) == ("stretched", "stamp")


def test_some_cases_are_square_in_nothing_not_even_in_the_output():
    for name in ("non_square", "non_square_transposed", "non_square_dilation"):
        case = CASES[name]
        for shape in (case.image.shape, case.weights.shape, case.output.shape):
            assert shape[0] != shape[1]


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if not case.flat], ids=lambda case: case.name
)
def test_no_flip_or_turn_of_the_image_or_kernel_goes_unnoticed(case):
    arrays = [case.image] if case.pooling else [case.image, case.weights]
    for array in arrays:
        flips = [array[::-1], array[:, ::-1], array[::-1, ::-1]]
        turns = [flip.T for flip in (array, *flips)]
        assert not any(np.array_equal(array, other) for other in flips + turns)
