"""Where the kernel lies for one output value: held against the reference, which is asked pixel by pixel."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reference
from autograder.checks import window
from autograder.checks.answer import reference_answer as right
from autograder.checks.counterexample import Stops
from autograder.checks.draw import WHOLE, both, grid, pair, stamps, windows
from autograder.checks.failure import Failure
from autograder.checks.values import SHOWN
from autograder.judge import card
from autograder.judge.verdict import CellVerdict, CheckResult
from autograder.sandbox.call import Call, Outcome


def one_or_pair(least, most):
    """A number, or a pair of numbers that differ."""
    return st.integers(least, most) | pair(least, most)


PAIRS = {"strides": one_or_pair(1, 3), "paddings": one_or_pair(0, 2)}
CALLS = {
    "convolve2d": windows(oriented=True, **PAIRS),
    "convolve2d_dilated": windows(oriented=True, dilations=one_or_pair(1, 3), **PAIRS),
    "conv_transpose2d": stamps(oriented=True, stride=3, padding=2)
    | stamps(oriented=True, stride=3, padding=2, pairs=True)
    | stamps(oriented=True, stride=3, output_padding=True, pairs=True),
}


@st.composite
def legal(draw, names=tuple(CALLS)):
    """A function, a call of it, and a place in its result."""
    name = draw(st.sampled_from(names))
    call = draw(CALLS[name])
    height, width = right(name, call).shape
    return name, call, (draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1)))


@settings(deadline=None)
@given(legal())
def test_the_products_add_up_to_the_value_of_the_reference(case):
    name, call, at = case
    found = window.terms(name, call, at)
    size = sum(abs(term.pixel * term.weight) for term in found)
    assert sum(term.pixel * term.weight for term in found) == pytest.approx(
        right(name, call)[at], abs=1e-9 * max(size, 1)
    )


@settings(deadline=None)
@given(legal())
def test_each_pixel_counts_as_the_reference_counts_it(case):
    name, call, at = case
    image, kernel = call.args
    top, left = window.padding(name, call)
    weights = np.zeros(image.shape)
    for term in window.terms(name, call, at):
        row, column = term.row - top, term.column - left
        if 0 <= row < image.shape[0] and 0 <= column < image.shape[1]:
            assert term.pixel == image[row, column]
            weights[row, column] += term.weight
        else:
            assert term.pixel == 0
            assert 0 <= term.row < image.shape[0] + 2 * top
            assert 0 <= term.column < image.shape[1] + 2 * left
    for place in np.ndindex(image.shape):
        alone = np.zeros(image.shape)
        alone[place] = 1
        assert right(name, Call((alone, kernel), call.named))[at] == weights[place]


def test_arguments_count_by_place_as_by_name():
    image, kernel = np.arange(12.0).reshape(3, 4), np.ones((2, 2))
    for name, named in (("convolve2d", {}), ("convolve2d_dilated", {"dilation": (1, 2)})):
        by_place = Call((image, kernel, (1, 2), [0, 1], *named.values()))
        by_name = Call((image, kernel), {"stride": (1, 2), "padding": [0, 1], **named})
        assert window.terms(name, by_place, (1, 1)) == window.terms(name, by_name, (1, 1))
        assert window.padding(name, by_place) == (0, 1)


def test_an_infinity_is_multiplied_by_zero_weights_too():
    call = Call((np.array([[np.inf, 1.0]]), np.array([[0.0, 1.0]])))
    assert np.isnan(sum(term.pixel * term.weight for term in window.terms("convolve2d", call, (0, 0))))
    assert np.isnan(right("convolve2d", call)[0, 0])


def test_a_value_that_no_stamp_reaches_has_no_products():
    call = Call((np.ones((1, 1)), np.ones((1, 1)), 2, 0, 1))
    assert window.terms("conv_transpose2d", call, (1, 1)) == []
    assert right("conv_transpose2d", call)[1, 1] == 0


@settings(deadline=None)
@given(legal(("convolve2d", "convolve2d_dilated")))
def test_the_kernel_stops_where_the_reference_lays_it(case):
    name, call, _ = case
    image, kernel = call.args
    expected = right(name, call)
    rows, columns = window.stops(name, call, expected.shape)
    padded = reference.zero_pad(image, window.padding(name, call))
    dh, dw = both(call.named.get("dilation", 1))
    height, width = dh * (kernel.shape[0] - 1) + 1, dw * (kernel.shape[1] - 1) + 1
    sums = [[(padded[y : y + height : dh, x : x + width : dw] * kernel).sum() for x in columns] for y in rows]
    assert np.allclose(sums, expected, rtol=0, atol=1e-9 * max(1, np.abs(expected).max()))
    sh, sw = both(call.named["stride"])
    assert rows[-1] + sh + height > padded.shape[0]
    assert columns[-1] + sw + width > padded.shape[1]


def test_no_window_is_slid_by_other_functions():
    assert window.stops("conv_transpose2d", Call((np.ones((1, 1)), np.ones((1, 1)))), (1, 1)) is None


# ---------------------------------------------------------------------------------- on the card


def failing(name, call, got):
    """The card and the counterexample of a wrong answer."""
    expected = right(name, call)
    differs = (got != expected) if got.shape == expected.shape else None
    found = Failure("Wrong.", name, call, Outcome(value=got), expected=expected, differs=differs)
    check = CheckResult("id", "Title.", 1.0, 0.0, "failed", found.message, None, found.counterexample)
    text = card.render(CellVerdict("test", name, 0.0, 1.0, "graded", (check,)))
    return text.replace(card.TIMES, "x"), found.counterexample


@st.composite
def whole_and_wrong(draw):
    """A call with whole numbers, and an answer that is wrong in places."""
    name, call, at = draw(legal())
    image, kernel = (grid(draw, array.shape, WHOLE) for array in call.args)
    call = Call((image, kernel), call.named)
    got = right(name, call).copy()
    got[at] += 1
    for other in draw(st.lists(st.integers(0, got.size - 1), max_size=3)):
        got.flat[other] += 2
    return name, call, got


@settings(deadline=None)
@given(whole_and_wrong())
def test_the_products_shown_add_up_to_the_expected_value(case):
    name, call, got = case
    text, shown = failing(name, call, got)
    expected = right(name, call)
    first = tuple(np.argwhere(got != expected)[0].tolist())
    assert shown.window.at == list(first)
    line = re.search(r"added up[^:]*: (.*?) = <b>(.*?)</b>\. Your function gives (.*?) there", text)
    if line is None:
        shown_products = [term for term in shown.window.terms if 0 not in term[2:]]
        assert len(shown_products) > card.MAX_TERMS or not shown_products
        return
    factors = re.findall(r"\(?(-?[\d.]+)\)? x \(?(-?[\d.]+)\)?", line[1])
    assert len(factors) == line[1].count(" + ") + 1
    assert sum(float(pixel) * float(weight) for pixel, weight in factors) == expected[first]
    assert float(line[2]) == expected[first]
    assert float(line[3]) == got[first]


@settings(deadline=None)
@given(whole_and_wrong())
def test_the_pixels_in_brackets_are_those_that_are_multiplied(case):
    name, call, got = case
    assume(call.args[0].size <= SHOWN)
    text, shown = failing(name, call, got)
    where = shown.window
    if len(where.terms) == 0:
        assert "is reached by no stamp" in text
        return
    image = text[text.index("<b>image") : text.index("<b>kernel")]
    lines = image.split("<tr>")[2:]
    rows = [re.findall(r"<td class=[^>]*>(.*?)</td>", row) for row in lines]
    marked = [[y, x] for y, row in enumerate(rows) for x, number in enumerate(row) if number.startswith("[")]
    assert marked == sorted([y, x] for y, x, _, _ in where.terms)
    padding = tuple(where.padding)
    drawn = [[float(re.match(r"\[?([-\d.]+)", number)[1]) for number in row] for row in rows]
    assert (np.array(drawn) == reference.zero_pad(call.args[0], padding)).all()
    frame = np.array(
        [["cg-zero" in kinds for kinds in re.findall("<td class=([^>]*)>", row)] for row in lines]
    )
    assert (frame == (reference.zero_pad(np.ones(call.args[0].shape), padding) == 0)).all()
    assert ("image with its padding" in text) == any(padding)


IMAGE = np.arange(16.0).reshape(4, 4)


@pytest.mark.parametrize(
    ("name", "call", "words"),
    [
        ("convolve2d", Call((IMAGE, np.ones((2, 2)))), "the window at rows 0-1, columns 1-2 of the image."),
        (
            "convolve2d",
            Call((IMAGE, np.ones((2, 2)), 2)),
            "the window at rows 0-1, columns 2-3 of the image.",
        ),
        ("convolve2d", Call((IMAGE, np.ones((1, 1)))), "the window at row 0, column 1 of the image."),
        (
            "convolve2d",
            Call((IMAGE, np.ones((3, 1)), 1, (1, 0))),
            "the window at rows 0-2, column 1 of the image with its padding.",
        ),
        (
            "convolve2d_dilated",
            Call((IMAGE, np.ones((2, 2))), {"dilation": (3, 2)}),
            "the window at rows 0, 3, columns 1, 3 of the image.",
        ),
        (
            "conv_transpose2d",
            Call((IMAGE, np.ones((2, 2)))),
            "adds up the stamps of the pixels at row 0, columns 0-1 of the image.",
        ),
        (
            "conv_transpose2d",
            Call((IMAGE, np.ones((2, 2)), 2)),
            "comes from the stamp of the pixel at row 0, column 0 of the image.",
        ),
    ],
)
def test_the_window_is_said_in_words(name, call, words):
    got = right(name, call).copy()
    got[0, 1] += 1
    text, _ = failing(name, call, got)
    said = re.search(r"The first differing value, row 0, column 1, [^<]*?\.", text)
    assert said[0].endswith(words)


def test_a_wrong_shape_is_explained_by_the_places_of_the_kernel():
    call = Call((np.ones((3, 4)), np.ones((2, 2)), 2, (1, 0)))
    text, shown = failing("convolve2d", call, np.ones((3, 3)))
    assert shown.stops == Stops(padding=[1, 0], rows=[0, 2], columns=[0, 2])
    assert "stops at rows 0, 2, columns 0, 2 of the image with its padding, so the result is 2 by 2" in text
    assert shown.window is None


def test_an_image_too_large_to_be_drawn_is_still_told_in_words():
    call = Call((np.ones((9, 9)), np.ones((2, 2)), 1, 1))
    got = right("convolve2d", call).copy()
    got[4, 4] += 1
    text, _ = failing("convolve2d", call, got)
    assert "the window at rows 4-5, columns 4-5 of the image with its padding." in text
    assert "1 x 1 + 1 x 1 + 1 x 1 + 1 x 1 = <b>4</b>" in text
    assert "[Brackets]" not in text


def test_padding_too_wide_to_be_drawn_is_not_drawn_and_marks_nothing():
    call = Call((np.ones((8, 8)), np.ones((2, 2)), 1, 3))
    got = right("convolve2d", call).copy()
    got[4, 4] += 1
    text, _ = failing("convolve2d", call, got)
    assert "[Brackets]" not in text
    assert not re.search(r">\[\d", text[text.index("<b>image") : text.index("<b>kernel")])


def test_many_products_are_told_without_those_that_are_zero():
    image = np.zeros((4, 4))
    image[1, 2] = 7
    call = Call((image, np.ones((4, 4))))
    text, _ = failing("convolve2d", call, np.zeros((1, 1)))
    assert "added up, zeros left out: 7 x 1 = <b>7</b>. Your function gives 0 there." in text
