"""The benchmark of the judge measures what it says; nobody runs it often enough to notice otherwise."""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cache
from unittest.mock import patch

from common import ROOT

from autograder.checks.mistakes import bank


@cache
def benchmark():
    spec = importlib.util.spec_from_file_location("benchmark_of_the_judge", ROOT / "benchmarks" / "judge.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    with patch.dict(os.environ):
        spec.loader.exec_module(module)
    return module


def test_a_wrong_submission_is_timed_check_by_check():
    entry = next(each for each in bank() if each.function == "output_size")
    student = benchmark().Forked(entry.function, entry.fresh())
    try:
        found = benchmark()._timed(student, 0)
    finally:
        student.close()
    assert {status for status, _ in found} == {"passed", "failed"}
    assert all(seconds > 0 for _, seconds in found)


def test_a_right_submission_is_timed_by_notebook():
    smallest = min(benchmark().jobs("conv2d"), key=lambda job: len(job.notebook["cells"]))
    [(name, row)] = benchmark().right_submission([smallest], benchmark().SEEDS[:1]).items()
    assert name == smallest.name
    assert row["calls"] > 50
    assert 0 < row["judge_seconds"] < row["first_judge_seconds"]
    assert row["kernel_seconds"] > row["own_seconds"] > 0
