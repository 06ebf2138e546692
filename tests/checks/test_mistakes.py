"""The bank as data: rows of tables, combinations of two, and what later checks may be judged against."""

import numpy as np
import pytest
from local_student import HIDDEN, checks

import reference
from autograder.checks.compare import alike
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Table, bank, combined, misconceptions_of
from autograder.checks.values import is_empty

IMAGE = np.arange(20.0).reshape(4, 5) - 7
KERNEL = np.array([[1.0, 2], [3, 5]])
BYTES = np.array([[200, 255, 100], [255, 200, 50], [0, 250, 255]], np.uint8)


def entry(identity):
    return next(each for each in bank() if each.id == identity)


def idle(value):
    return lambda *_args, **_named: value


def raising(*_args, **_named):
    raise ValueError("todo")


def first_argument(*args, **_named):
    return args[0]


def like_the_first(fill):
    return lambda *args, **_named: np.full(np.shape(args[0]), fill)


IDLE = {
    "nothing": idle(None),
    "zero": idle(0),
    "one": idle(1),
    "a pair of zeros": idle((0, 0)),
    "an empty list": idle([]),
    "an empty array": idle(np.zeros((0, 0))),
    "zeros": idle(np.zeros((3, 3))),
    "ones": idle(np.ones((3, 3))),
    "the first argument": first_argument,
    "zeros as large": like_the_first(0.0),
    "ones as large": like_the_first(1.0),
    "black": lambda *args, **_named: np.zeros(np.shape(args[0]), np.uint8),
    "an exception": raising,
}


def answers(function, calls):
    return [(found.raised[:1], found.value) for found in call_locally(function, calls)]


def answer_alike(one, other):
    return all(a[0] == b[0] and alike(a[1], b[1]) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_whoever_does_nothing_makes_no_mistake_that_carries(function):
    stood_on = {basis for check in checks(function) for basis in check.after} or set(checks(function))
    for check in stood_on:
        calls = [call for case in check.killers for call in check.sequence(case)]
        told = {name: answers(doing, calls) for name, doing in IDLE.items()}
        for each in misconceptions_of(function):
            if each.carries is True:
                found = answers(each.fresh(), calls)
                if all(raised or is_empty(value) for raised, value in found):
                    continue  # where nothing of the task shows, no points are given for it
                assert [name for name in told if answer_alike(told[name], found)] == [], (check.id, each.id)


def test_values_and_what_remembers_do_not_carry():
    assert not any(each.carries for each in misconceptions_of("my_kernel"))
    for name in ("returns-nothing", "cache-by-shapes", "accumulated", "first-image", "float-size"):
        assert not entry(f"convolve2d/{name}").carries
    assert entry("convolve2d/mean").carries


def test_most_entries_are_parts_of_a_skeleton():
    rows = [each for each in bank() if each.skeleton]
    assert len(rows) > 0.9 * len([each for each in bank() if each.function != "my_kernel"])
    assert all(each.parts for each in rows)


def test_a_row_names_parts_that_its_skeleton_has():
    for each in bank():
        if each.skeleton:
            assert set(each.parts) <= {*each.skeleton.__kwdefaults__, "whole"}, each.id


def test_two_mistakes_are_made_at_once():
    both = combined([entry("convolve2d/flipped"), entry("convolve2d/mean")])
    right = reference.convolve2d(IMAGE, KERNEL[::-1, ::-1], 2, 1) / KERNEL.size
    assert np.allclose(both(IMAGE, KERNEL, 2, 1), right)


def test_a_habit_goes_around_another_mistake():
    both = combined([entry("convolve2d/flipped"), entry("convolve2d/returns-list")])
    assert both(IMAGE, KERNEL) == reference.convolve2d(IMAGE, KERNEL[::-1, ::-1]).tolist()


def test_products_wrap_in_any_other_mistake():
    both = combined([entry("convolve2d/products-wrap"), entry("convolve2d/flipped")])
    kernel = np.array([[2, 1], [0, 3]], np.uint8)
    wrapped = [[(BYTES[y : y + 2, x : x + 2] * kernel[::-1, ::-1]).sum() for x in range(2)] for y in range(2)]
    assert both(BYTES, kernel).tolist() == wrapped


def test_one_part_cannot_be_wrong_in_two_ways():
    assert combined([entry("convolve2d/flipped"), entry("convolve2d/rows-flipped")]) is None
    assert combined([entry("convolve2d/asserts"), entry("convolve2d/returns-list")]) is None


def test_other_skeletons_and_what_is_written_out_do_not_combine():
    assert combined([entry("convolve2d/mean"), entry("zero_pad/edge")]) is None
    written = entry("convolve2d/window-thinned")
    assert written.skeleton is None
    assert combined([written, entry("convolve2d/mean")]) is None
    assert combined([written, written]) is None


def test_what_remembers_begins_anew_each_time():
    memory, mean = entry("convolve2d/cache-by-sizes"), entry("convolve2d/mean")
    for fresh in (memory.fresh, lambda: combined([memory, mean])):
        one, other = fresh(), fresh()
        first = one(IMAGE, KERNEL)
        assert (one(IMAGE + 1, KERNEL) == first).all()
        assert (other(IMAGE + 1, KERNEL) != first).all()


def test_a_table_without_a_skeleton_has_no_rows():
    with pytest.raises(TypeError, match="no skeleton"):
        Table("nowhere", "lesson#cell", "aspect").rows("It is wrong.", wrong={"part": None})


def test_a_value_is_a_copy_each_time():
    fresh = entry("my_kernel/zeros").fresh
    fresh()[...] = 1
    assert not fresh().any()
