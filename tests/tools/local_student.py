"""Simulated students, whose functions run in this process, and what the hidden tests make of them."""

from __future__ import annotations

import ast
import hmac
import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import reference
from autograder.checks import Call, Check
from autograder.checks.check import Student
from autograder.checks.example_list import SUFFIX
from autograder.checks.failure import Failure
from autograder.checks.local_student import LocalStudent
from autograder.checks.patience import TooLong, within
from autograder.course.settings import RANDOM_CASES
from autograder.judge.marking import Marking
from autograder.judge.verdict import CheckResult

EXERCISES = Path(__file__).parents[2] / "autograder" / "exercises"
HIDDEN = sorted(
    path.parent.name
    for path in EXERCISES.glob("*/hidden_tests.py")
    if not path.parent.name.endswith(SUFFIX)  # lists, which are tried in test_examples.py
)
EARLIER = (
    *("output_size", "zero_pad", "convolve2d", "normalize", "edge_magnitude", "gaussian_kernel"),
    *("transition_frames", "pad_amounts", "convolve2d_dilated", "max_pool2d", "transposed_output_size"),
)
SECONDS = 2.0  # of processor time, for one check
SECTION = re.compile(r"^# %% (\w+).*$\n?", re.MULTILINE)


@cache
def checks(function: str) -> tuple[Check, ...]:
    """Return the hidden tests of a function, in the order they are written down."""
    module = importlib.import_module(f"autograder.exercises.{function}.hidden_tests")
    return tuple(found for found in vars(module).values() if isinstance(found, Check))


def seed_of(check: Check, number: int) -> int:
    """Return the seed for a student's number, as the judge makes it."""
    return int.from_bytes(hmac.digest(b"%d" % number, check.id.encode(), "sha256"))


def fails_fixed(check: Check, student: LocalStudent) -> bool:
    """Return whether a fixed input of a check reveals the student."""
    student.random_cases = 0
    return failed(check, student) is not None


def failed(check: Check, student: Student) -> Failure | None:
    """Return what a check says of a student."""
    try:
        check.run(student)
    except Failure as failure:
        return failure
    return None


@cache
def drawn(check: Check, number: int, random_cases: int = RANDOM_CASES) -> tuple[Call, ...]:
    """Return the random inputs of a check for one seed: the same for every student, so drawn once."""
    return tuple(check.drawn(LocalStudent("", None, seed_of(check, number), random_cases)))


def fails_random(
    check: Check, student: LocalStudent, number: int, random_cases: int = RANDOM_CASES
) -> Failure | None:
    """Return the first failure on random inputs alone, for one seed."""
    return check.failure(student, drawn(check, number, random_cases))


def judged(function: str, fresh: Callable[[], Any], number: int | None = 0) -> dict[str, str]:
    """Return for each check: ``F`` or ``R`` fails on fixed or random inputs, ``-`` skipped, ``.`` passes.

    Without a number there are no random inputs.
    """
    marks: dict[str, str] = {}
    passed: set[Check] = set()
    for check in checks(function):
        if not passed.issuperset(check.after):
            marks[check.id] = "-"
            continue
        student = LocalStudent(function, fresh())
        student.passed = passed
        if fails_fixed(check, student):
            marks[check.id] = "F"
        elif number is None:
            marks[check.id] = "."
        else:
            marks[check.id] = "R" if fails_random(check, LocalStudent(function, fresh()), number) else "."
        passed |= {check} if marks[check.id] == "." else set()
    return marks


def marked(
    function: str, fresh: Callable[[], Any], number: int = 0, code: str = ""
) -> tuple[CheckResult, ...]:
    """Return what the judge's own marking makes of a student, for one seed: points, mistakes, sentences."""
    student = LocalStudent(function, None, random_cases=RANDOM_CASES)
    blanks = {
        check: CheckResult(check.id, check.title, check.points, 0.0, "failed") for check in checks(function)
    }

    def run(check: Check, asked: Student) -> BaseException | None:
        student.answer, asked.seed = fresh(), seed_of(check, number)
        with within(SECONDS):
            try:
                return failed(check, asked)
            except TooLong as endless:
                return endless

    return Marking(student, blanks, run, code.splitlines()).results(_too_long)


def marked_code(function: str, code: str) -> dict[str, CheckResult]:
    """Return what became of each check, by its id, for a student who wrote this code."""
    return {each.id: each for each in marked(function, lambda: built(function, code), code=code)}


def _too_long(blank: CheckResult, raised: BaseException) -> CheckResult:
    assert isinstance(raised, TooLong), raised
    return replace(blank, message="The call did not finish.")


def is_killed(marks: dict[str, str]) -> bool:
    """Return whether some check fails."""
    return set(marks.values()) != {"."}


def notices(function: str, fresh: Callable[[], Any]) -> bool:
    """Return whether any check fails, the cheap ones first."""
    for check in checks(function):
        student = LocalStudent(function, fresh())
        student.passed = checks(function)
        if fails_fixed(check, student):
            return True
    return any(fails_random(check, LocalStudent(function, fresh()), 0) for check in checks(function))


@cache
def _styles() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in EXERCISES.glob("*/right_styles.py"):
        parts = SECTION.split(path.read_text())[1:]
        for style, code in zip(parts[::2], parts[1::2], strict=True):
            found.setdefault(style, {})[path.parent.name] = code
    return found


def styles() -> list[str]:
    """Return the names of all right styles."""
    return sorted(_styles())


def sections(style: str) -> dict[str, str]:
    """Return the code of one style by function."""
    return _styles()[style]


def built(function: str, code: Any) -> Any:
    """Return what `code` makes of the name, with the earlier functions right."""
    space: dict[str, Any] = {"np": np, **{name: getattr(reference, name) for name in EARLIER}}
    space.pop(function, None)
    exec(compile(code, function, "exec") if isinstance(code, str | ast.AST) else code, space)
    return space[function]
