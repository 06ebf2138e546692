"""Reconstruct the calls a check made, from the verdict and the check itself."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks import Check, exercise
from autograder.checks.call_text import as_python, parsed
from autograder.checks.local_student import LocalStudent
from autograder.course.seeds import check_seed
from autograder.notebook import outputs
from autograder.results.replay.find import Failed, NoReplay
from autograder.sandbox.call import Call
from autograder.sandbox.inside.kinds import lay_out


def calls(failed: Failed, code: str = "") -> list[Call]:
    """Return the sequence of calls in which the check failed, usually a single one. Raises NoReplay.

    The verdict contains only the call that went wrong. The check itself says which calls it makes before
    and after that one, and with which memory layouts. If the student's `code` keeps state between calls,
    everything the check asked earlier comes first; if it looks at memory, other layouts are added at the end.
    """
    name, example = failed.cell.function, failed.example
    try:
        call = parsed(example.python)
    except ValueError:
        found = outputs.clean(example.python)[:200]
        raise NoReplay(f"the verdict's call cannot be read: {found}") from None
    check = check_of(name, failed.check.id)
    if not call.all or check is None:
        return [call]
    asked = _asked(failed, check)
    refused = example.expected == "ValueError"
    candidates = [[call]] if refused else [*asked, list(check.sequence(call)), [call]]
    row = next(row for row in candidates if example.python in (as_python(name, each) for each in row))
    if _looks_at_memory(code):
        row = [*row, *(replace(call, args=tuple(_laid(value, way) for value in call.args)) for way in "FV")]
    return [*(each for earlier in asked for each in earlier), *row] if _remembers(code) else row


def check_of(function: str, wanted: str) -> Check | None:
    """Return the check named `wanted`; None if it no longer exists."""
    module = exercise.module(function, "hidden_tests")
    found = getattr(module, wanted, None)
    return found if isinstance(found, Check) else None


def asks(function: str, wanted: str, question: str) -> bool:
    """Return whether the check named `wanted` asks a question of an answer, such as "is_a_new_array"."""
    check = check_of(function, wanted)
    return check is not None and question in check.body.__code__.co_names


def _asked(failed: Failed, check: Check) -> list[list[Call]]:
    """Return the sequences of calls that the check makes for this student, in order."""
    name, of_student = failed.cell.function, failed.verdict.seed
    number = check_seed(of_student, f"{name}.{check.id}") if of_student else 0
    passed = [basis for basis in check.more_illegal if basis.id in failed.passed]
    asked = check.ask(LocalStudent(name, exercise.right(name), number, failed.random_cases, passed))
    return [[call] for call, _ in asked.illegal.values()] + [list(row) for row, _ in asked.sequences]


def _laid(value: Any, way: str) -> Any:
    return lay_out(value, way) if isinstance(value, np.ndarray) else value


def _looks_at_memory(code: str) -> bool:
    return re.search(r"strides|order\s*=|tobytes|\.data\b|memoryview", code) is not None


def _remembers(code: str) -> bool:
    """Return whether code may keep state between calls: in outer names, default values or decorators."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (
            node.decorator_list or not all(isinstance(d, ast.Constant) for d in node.args.defaults)
        ):
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.Global):
            return True
    return any(not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom) for node in tree.body)
