"""What `convgrade check` prints of a check that failed, from the plain data of a verdict."""

from __future__ import annotations

import pytest

from autograder.judge.summary import summary

GRID = {"shape": [1, 2], "dtype": "float64", "values": [["nan", 1.0]]}
ONE = {"shape": [1, 1], "dtype": "int64", "values": [[1]]}


def printed(function, **example):
    failed = {"status": "failed", "title": "It is right.", "message": "It is not.", "counterexample": example}
    cell = {"function": function, "score": 0, "max_score": 2, "status": "graded", "message": ""}
    heads = {"assignment": "conv2d", "notebook": "1", "student": "student-01", "score": 0, "max_score": 2}
    verdict = heads | {"notes": [], "cells": [cell | {"checks": [failed]}]}
    return [line.strip() for line in summary(verdict).splitlines()[4:]]


@pytest.mark.parametrize(
    ("function", "lines"),
    [
        (
            "normalize",
            [
                "called normalize(image)",
                "image = [[1]] (int64)",
                "expected [[1]] (int64), got [[nan, 1.0]] (float64)",
            ],
        ),
        (
            "normalize_examples",
            [
                "your example is normalize(image)",
                "image = [[1]] (int64)",
                "right is [[1]] (int64), you wrote [[nan, 1.0]] (float64)",
            ],
        ),
    ],
)
def test_what_a_student_wrote_as_an_example_is_no_call_of_theirs(function, lines):
    assert (
        printed(function, call="normalize(image)", arguments={"image": ONE}, expected=ONE, got=GRID) == lines
    )


def test_a_value_is_not_called():
    assert printed("my_kernel", call="my_kernel", arguments={}, expected=None, got=GRID) == [
        "your my_kernel is [[nan, 1.0]] (float64)"
    ]
