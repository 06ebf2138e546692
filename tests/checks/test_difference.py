"""What counts as the same value, and how a difference is said."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from autograder.checks import difference as module
from autograder.checks.difference import difference
from autograder.sandbox.inside.kinds import Instance

NAN = math.nan
SAME = {
    "a truth of NumPy's": (True, np.bool_(True)),
    "a fraction and a whole number": (Fraction(0), 0),
    "a number that is none, as an array": (np.array(NAN), np.array(NAN)),
    "keys that are equal": ({1: "x", 0.0: [-0.0]}, {True: "x", -0.0: [0.0]}),
    "a frozen set": ({1, frozenset({2})}, frozenset({1, frozenset({2})})),
    "a set of instances": ({Instance("P", {"x": 1})}, {Instance("P", {"x": 1.0})}),
}
DIFFERENT = {
    "infinity and a number": (math.inf, 0, "expected np.inf, got 0"),
    "infinities": (math.inf, -math.inf, "expected np.inf, got -np.inf"),
    "a complex number whose size is no float": (0j, complex(1e308, 1.7e308), "expected 0j"),
    "the least of its type": (np.int8(0), np.int8(-128), "expected 0, got -128"),
    "empty shapes": (np.zeros((0, 3)), np.zeros((0, 5)), "an array of shape (0, 5)"),
    "a truth and a number": ([True], [1], "at [0], expected True"),
    "sets": ({1, 2}, {2, 3}, "1 is missing"),
    "a set of truths": ({True, 2}, {1, 2}, "True is missing"),
    "a set that is too large": ({1}, {1, 2}, "2 should not be there"),
    "another kind of key": (
        {1: 2, 3: 4},
        {"1": 2, "3": 4},
        "the key 1 is missing, and the key '1' should not",
    ),
    "a field": (Instance("P", {"x": 1}), Instance("P", {}), "the field 'x' is missing"),
    "instances of other names": ({Instance("P", {})}, {Instance("Q", {})}, "P() is missing"),
}


@pytest.mark.parametrize(("expected", "got"), SAME.values(), ids=SAME)
def test_what_counts_as_the_same(expected, got):
    assert not difference(expected, got)


@pytest.mark.parametrize(("expected", "got", "said"), DIFFERENT.values(), ids=DIFFERENT)
@pytest.mark.parametrize("rounding", [0.0, 1e-9])
def test_what_is_different_is_said(expected, got, said, rounding):
    assert said in difference(expected, got, rounding=rounding)


def test_items_of_a_set_may_be_rounded_too():
    assert difference({0.3, 1}, {0.1 + 0.2, 1}) == "0.3 is missing"
    assert not difference({0.3, 1}, {0.1 + 0.2, 1}, rounding=1e-9)
    assert difference({0.3, 1}, {0.1 + 0.2}, rounding=1e-9) == "1 is missing"


def test_an_empty_giant_is_not_unfolded():
    assert "shape (16777216, 16777216, 0)" in difference(np.zeros(1), np.zeros((1 << 24, 1 << 24, 0)))


def test_any_order_does_not_compare_each_item_with_each(monkeypatch):
    compared = []
    monkeypatch.setattr(module, "_near", lambda *each: compared.append(each) or False)
    expected = [{"n": Fraction(n), "of": {"a", n}} for n in range(200)]
    got = [{"of": {float(n), "a"}, "n": n + 0.0} for n in reversed(range(200))]
    assert not difference(expected, got, any_order=True, rounding=1e-9)
    assert len(compared) < 200
    assert difference(expected, [*got[1:], got[1]], any_order=True).endswith("is missing")
