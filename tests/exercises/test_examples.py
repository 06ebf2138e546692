"""Students' examples: what sets of different quality earn, and that nothing else comes of odd ones."""

from __future__ import annotations

import importlib
import io
import re
from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from common import QUICK, ROOT, blank
from hypothesis import given, settings
from hypothesis import strategies as st
from local_student import marked
from pour import pour, released, sample_names, sections

import reference
from autograder.checks import call
from autograder.checks.call_text import parsed
from autograder.checks.example_list import MOST, Example, Subject
from autograder.checks.examples import LEAST
from autograder.checks.mistakes import misconceptions_of
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.results.report.entries import Entry
from autograder.results.report.page import render
from autograder.sandbox.inside import wire
from autograder.submission.restore import restore

PLACES = {"convolve2d": "conv2d", "normalize": "conv2d", "conv_transpose2d": "conv_arithmetic"}
SQUARE, ONES, ROW = np.array([[1, 2], [3, 4]]), np.ones((2, 2)), np.array([[1, 2, 3]])


def exemplar(function):
    space = {"np": np}
    exec(sections(PLACES[function], "student-01")[f"{function}_examples"], space)
    return space[f"{function}_examples"]


def hidden(function):
    return importlib.import_module(f"autograder.exercises.{function}_examples.hidden_tests")


def subject(function):
    return Subject(function, "ends" if function == "normalize" else "", hidden(function).LESSON)


def results(function, examples):
    return {each.id: each for each in marked(f"{function}_examples", lambda: examples)}


def mark(function, examples):
    return sum(each.earned for each in results(function, examples).values())


def lesson(function):
    """The lesson's own examples, with right results."""
    return [(each.args, each.named, answer(function, each)) for each in hidden(function).LESSON]


def answer(function, each):
    return getattr(reference, function)(*each.args, **each.named)


def guessed(function, seed):
    """Random arrays, whose results are random as well."""
    draw = np.random.default_rng(seed)
    inputs = 1 if function == "normalize" else 2
    return [(tuple(draw.random((3, 3)) for _ in range(inputs)), draw.random((3, 3))) for _ in range(9)]


def wrong_in_one(function):
    """The exemplar's examples and a wrong one."""
    inputs = (ROW,) if function == "normalize" else (ROW, ONES[:1])
    return [*exemplar(function), (inputs, [[9, 9]])]


QUALITIES = {  # of every function: points of 2
    "nothing": (lambda _: [], 0),
    "no list": (lambda _: {"image": SQUARE}, 0),
    "no example": (lambda _: ["stride", 2, None, (), ((), ())], 0),
    "copied from the lesson": (lesson, 0),
    "random arrays": (lambda function: guessed(function, 1), 0),
    "the exemplar's": (exemplar, 2),
    "the exemplar's, twice": (lambda function: exemplar(function) * 2, 2),
    "one is wrong": (wrong_in_one, 1.5),
}
SETS = {
    "convolve2d": [
        (0.625, "only ones", [((np.ones((n, n)), ONES), np.full((n - 1, n - 1), 4)) for n in (2, 3, 4)]),
        (0.625, "one good example", [((SQUARE, [[0, -1], [0.5, 0]]), [[-0.5]])]),
        (
            1.25,
            "no stride, no padding, nothing refused",
            [
                ((SQUARE, [[0, 1], [0, 0]]), [[2]]),
                ((SQUARE, [[0, -1], [0.5, 0]]), [[-0.5]]),
                ((SQUARE, [[1, 2]]), [[5], [11]]),
            ],
        ),
        (
            1.5,
            "no fractions, no rounding, no pairs, nothing refused",
            [
                ((SQUARE, [[1, 2]]), [[5], [11]]),
                (([[9]], SQUARE), {"padding": 1}, [[36, 27], [18, 9]]),
                (([[1, 2, 3, 4]], [[2]]), {"stride": 3}, [[2, 8]]),
                ((ROW, [[1, 0, -1]]), [[-2]]),
            ],
        ),
    ],
    "normalize": [
        (0.625, "only flat ones", [((np.full((1, n), n),), np.zeros((1, n))) for n in (1, 2, 4)]),
        (0.375, "one good example", [(([[0, 51, 255]],), [[0, 51, 255]])]),
        (1.25, "only ends", [(([[a, b]],), [[0, 255]]) for a, b in ((1, 2), (-3, 3), (-3, -1))]),
        (
            1.5,
            "no overflow, no second row, a shape too plain",
            [
                (([[0, 51, 255]],), [[0, 51, 255]]),
                (([[-5, 5]],), [[0, 255]]),
                (([[3.0, 3]],), [[0, 0]]),
                (([[0, np.inf]],), "ValueError"),
            ],
        ),
    ],
    "conv_transpose2d": [
        (0.75, "one pixel of 1", [(([[1]], np.ones((n, 1))), np.ones((n, 1))) for n in (1, 2, 3)]),
        (0.375, "one good example", [(([[1]], SQUARE), SQUARE)]),
        (
            1.125,
            "no argument by name",
            [
                (([[1, 2]], [[1, 3]]), [[1, 5, 6]]),
                (([[1]], SQUARE), SQUARE),
                (([[2]], [[0.25]]), [[0.5]]),
            ],
        ),
        (
            1.25,
            "no padding",
            [
                (([[2]], SQUARE), [[2, 4], [6, 8]]),
                (([[1, 1]], [[1, 1]]), [[1, 2, 1]]),
                (([[1, 1]], [[1, 1, 1]]), {"stride": (1, 2)}, [[1, 1, 2, 1, 1]]),
            ],
        ),
    ],
}


@pytest.mark.parametrize("function", PLACES)
@pytest.mark.parametrize("quality", QUALITIES)
def test_a_set_earns_what_a_teacher_would_give(function, quality):
    made, points = QUALITIES[quality]
    assert mark(function, made(function)) == points


@pytest.mark.parametrize(
    ("function", "points", "examples"),
    [
        pytest.param(name, points, rows, id=f"{name}: {what}")
        for name in SETS
        for points, what, rows in SETS[name]
    ],
)
def test_a_set_that_is_neither_good_nor_bad_earns_its_part(function, points, examples):
    assert mark(function, examples) == points


SYMMETRIC = {  # examples that tell apart what mostly goes wrong together
    "convolve2d": call(np.zeros((1, 1)), np.ones((1, 1)), padding=1),
    "normalize": call(np.array([[-5.0, 5]])),
    "conv_transpose2d": call(np.ones((1, 1)), np.ones((3, 3)), padding=1),
}


@pytest.mark.parametrize("function", PLACES)
def test_each_aspect_is_noticed_by_other_examples(function):
    about, names = subject(function), hidden(function).ASPECTS
    pool = about.read(exemplar(function))[0]
    for each in vars(importlib.import_module(f"autograder.exercises.{function}.hidden_tests")).values():
        pool += [Example(one, "") for one in getattr(each, "killers", ())]
    pool.append(Example(SYMMETRIC[function], ""))
    bank = {entry.id.partition("/")[2]: entry for entry in misconceptions_of(function)}
    noticed = {
        name: {n for n, example in enumerate(pool) if about.notices(bank[name], example)} for name in names
    }
    assert len(names) == 12
    assert [pair for pair in permutations(names, 2) if noticed[pair[0]] == noticed[pair[1]]] == []


def test_what_is_missing_is_named_by_its_aspect_and_never_by_code():
    found = results("convolve2d", SETS["convolve2d"][0][2])
    missed = found["notices_flipped"]
    assert missed.title == "An example catches a kernel that is rotated by 180 degrees."
    assert missed.message == "No example of yours does."
    assert missed.counterexample is None


def test_a_wrong_example_is_shown_with_the_right_result_and_the_mistake_behind_it():
    mistaken = results("convolve2d", [(([[1, 2, 9], [3, 7, 4]], [[2, 5], [0, 3]]), [[32, 49]])])["valid"]
    assert mistaken.misconception == "convolve2d/flipped"
    assert mistaken.message.startswith("Example 1 is not right. The shape is right; ")
    assert "rotated by 180 degrees" in mistaken.message
    assert (mistaken.counterexample.expected["values"], mistaken.counterexample.got["values"]) == (
        [[33, 61]],
        [[32, 49]],
    )
    assert parsed(mistaken.counterexample.python).args[0].tolist() == [[1, 2, 9], [3, 7, 4]]


GIANT = np.zeros((0, 1 << 20))
ODD = {
    "`image` is no array": (("image", SQUARE), [[1]]),
    "the function takes no such arguments": ((SQUARE, ONES), {"padding": 0.5}, [[1]]),
    "arguments of `convolve2d`: too many": ((1, 2, 3, 4, 5), [[1]]),
    "unexpected keyword argument 'steps'": ((SQUARE, ONES), {"steps": 1}, [[1]]),
    "this call has no result: it raises valueerror": ((SQUARE, np.ones((3, 3))), [[1]]),
    'write "valueerror" for it': ((SQUARE, np.ones((3, 3))), ValueError),
    "it raises valueerror.": ((SQUARE, np.ones((3, 3))), "Exception"),
    "its result is missing": ((SQUARE, ONES), None),
    "expected a numpy array, got 'valueerror'": ((SQUARE, ONES), "ValueError"),
    "numbers; 100 at most can be looked at": ((np.ones((11, 10)), ONES), [[1]]),
    "more than the 100 numbers": ((SQUARE, ONES), {"padding": 6}, [[1]]),
    "an example is a pair": 3,
}
LARGE = [
    ((SQUARE, ONES), {"padding": 10**9}, [[1]]),
    ((SQUARE, ONES), {"padding": np.int64(10**9)}, [[1]]),
    ((SQUARE, ONES), {"padding": float("inf")}, [[1]]),
    ((GIANT, ONES), [[1]]),
    ((SQUARE, ONES), GIANT),
    ((SQUARE, [[1] * 200, [1]]), [[1]]),
    ((SQUARE, [[1, 2], [3]]), [[1]]),
    ((SQUARE, ONES), "x" * 5_000),
    ((SQUARE, ONES), {"stride": 1 << 800}, [[1]]),
]


@pytest.mark.parametrize("said", ODD)
def test_what_is_wrong_with_an_example_is_said(said):
    message = results("convolve2d", [ODD[said]])["valid"].message
    assert message.startswith(f"Example 1 is {'too large' if ' 100 ' in said else 'not right'}. ")
    assert said in message.lower().replace("\n", " "), message


@pytest.mark.parametrize("expected", [[0, 127, 255], "ValueError"])
def test_a_forgotten_comma_is_not_taken_for_a_call_that_is_refused(expected):
    message = results("normalize", [([[0, 2, 4]], expected)])["valid"].message
    assert "`image` has to have 2 dimensions, and has 1. A single argument needs a comma after it" in message


@pytest.mark.parametrize("function", ["convolve2d", "conv_transpose2d"])
@pytest.mark.parametrize("example", LARGE)
def test_what_is_too_large_is_refused_before_anything_is_computed(function, example, monkeypatch):
    monkeypatch.setattr("autograder.checks.example_list.call_locally", None)
    found = results(function, [example])["valid"]
    assert found.status == "failed"
    assert found.message.startswith(("Example 1 is too large. ", "Example 1 is not right. `"))


@pytest.mark.parametrize("vast", [np.ones((0, 10**9)), np.ones((10**9, 0), np.uint8)])
@pytest.mark.parametrize("place", ["image", "result"])
def test_an_array_that_does_not_travel_is_too_large_and_the_other_examples_count(vast, place):
    odd = ((vast, ONES), [[1]]) if place == "image" else ((SQUARE, ONES), vast)
    good = ((np.array([[5000, 5001]]), [[1, 1]]), [[10001]])
    _, [written] = wire.read(io.BytesIO(wire.pack({}, [[odd, good]])).read)
    (right, (wrong,)) = Subject("convolve2d", "", ()).read(written)
    assert len(right) == 1
    assert (
        wrong.message
        == f"Example 1 is too large. It holds this: array of shape {vast.shape}, too large to compare."
    )


def test_a_result_may_hold_any_number():
    large = ((np.array([[5000, 5001]]), [[1, 1]]), [[10001]])
    assert results("convolve2d", [large])["valid"].message.startswith("Examples of your own: 1.")


def test_there_may_not_be_more_examples_than_somebody_writes():
    rows = [((np.array([[n]]), [[2]]), [[2 * n]]) for n in range(MOST + 1)]
    assert results("convolve2d", rows[:LEAST])["valid"].status == "passed"
    assert results("convolve2d", rows[:MOST])["valid"].status == "passed"
    assert mark("convolve2d", rows) == 0


ARRAYS = (SQUARE, ONES, ROW, np.zeros((2, 0)), np.float32(2), ROW * 1j, np.array(["a"]), np.ones(2))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.sampled_from(["x", "ValueError"])
    | st.sampled_from(ARRAYS),
    lambda inner: st.lists(inner, max_size=3)
    | st.tuples(inner, inner)
    | st.dictionaries(st.sampled_from(["stride", "padding", "", 3]), inner, max_size=2),
    max_leaves=6,
)  # fmt: skip
odd_calls = st.tuples(
    st.lists(plain, max_size=3), st.dictionaries(st.text(max_size=3), plain, max_size=1), plain
)


@pytest.mark.parametrize("function", PLACES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(examples=st.lists(plain | odd_calls, max_size=4) | plain)
def test_no_plain_data_upsets_the_judge(function, examples):
    assert {each.status for each in results(function, examples).values()} <= {"passed", "failed"}


def test_a_class_of_200_is_told_which_aspects_it_does_not_think_of():
    names = sample_names("conv2d")
    texts = [sections("conv2d", name).get("convolve2d_examples", "") for name in names]
    lists = [written(text, "convolve2d_examples") for text in texts]
    handed_in = [marked("convolve2d_examples", lambda given=given: given) if given else () for given in lists]
    students = [f"student-{number:03}" for number in range(200)]
    entries = [entry_of(student, handed_in[number % len(names)]) for number, student in enumerate(students)]
    wrote = sum(bool(lists[number % len(names)]) for number in range(200))
    page = render("conv2d", entries, ROOT / "source" / "conv2d")
    part = page.partition("<h2>Aspects the class does not think of</h2>")[2].partition("<h2>")[0]
    said = re.findall(r"</b>: (.+?)\. Missed by (\d+) of (\d+) who wrote examples", part)
    told = hidden("convolve2d").ASPECTS.items()
    aspects = {f"notices_{name.replace('-', '_')}": what for name, what in told}
    missed = Counter(
        aspects[check.id]
        for number in range(200)
        for check in handed_in[number % len(names)]
        if check.id in aspects and check.status == "failed"
    )
    assert {what: (int(count), int(of)) for what, count, of in said} == {
        what: (count, wrote) for what, count in missed.items()
    }
    assert 0 < wrote < 200
    assert [int(count) for _, count, _ in said] == sorted(missed.values(), reverse=True)


def written(text, name):
    space = {"np": np}
    exec(text, space)
    return space.get(name)


def entry_of(student, checks):
    """What the report knows about a student whose list of examples came to this."""
    status = "graded" if checks else "unanswered"
    cell = CellVerdict("test_examples", "convolve2d_examples", 0, 2, status, tuple(checks))
    return Entry(student, (Verdict("conv2d", "n", student, "graded", 0, 2, "s", "", (), (cell,)),), None, {})


def test_a_submission_from_before_the_examples_loses_nothing_else(best_place):
    handed_in = pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-01"))
    before = [cell for cell in handed_in["cells"] if "examples" not in str(cell.get("id"))]
    assert len(before) < len(handed_in["cells"])
    restored = restore(blank("conv2d", "1_convolve2d"), {**handed_in, "cells": before})
    assert "the cell 'convolve2d_examples' was missing; it counts as unanswered" in restored.notes
    job = Job(
        "conv2d", "1_convolve2d", "student-01", "5eed" * 16, restored.notebook, restored.notes, limits=QUICK
    )
    _, verdict = judge(job, best_place)
    assert verdict.status == "graded"
    assert {cell.function: (cell.status, cell.max_score - cell.score) for cell in verdict.cells} == {
        "output_size": ("graded", 0),
        "zero_pad": ("graded", 0),
        "convolve2d": ("graded", 0),
        "convolve2d_examples": ("unanswered", 2),
    }
    assert verdict.notes == restored.notes
