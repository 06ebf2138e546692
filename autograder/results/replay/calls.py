"""The calls a check made, from its verdict and the check itself."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

import reference
from autograder.course.seeds import check_seed
from autograder.hidden import expect
from autograder.hidden.check import seed
from autograder.misconceptions.diagnose import local
from autograder.notebook import outputs
from autograder.results.replay.find import Failed, NoReplay
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import lay_out


class _Recorder:
    """A student who is right, and remembers what was asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: list[list[Call]] = []

    def value(self) -> Any:
        return None

    def series(self, asked: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        self.seen += map(list, asked)
        return [local(getattr(reference, self.name), row) for row in asked]


def calls(failed: Failed, code: str = "") -> list[Call]:
    """The calls in a row in which the check failed; mostly one. Raises NoReplay.

    The verdict has the one call that went wrong. The check itself tells which calls it makes before and
    after that, and how their arrays lie in memory. Where the student's `code` keeps something between
    calls, all that the check asked before comes first; where it looks at memory, other layouts come last.
    """
    name, example = failed.cell.function, failed.check.counterexample or {}
    call = parsed(example["python"])
    test = getattr(importlib.import_module(f"autograder.hidden.test_{name}"), f"test_{failed.check.id}", None)
    if not call.all or test is None:
        return [call]
    asked = _asked(failed, test)
    candidates = (
        [*asked, list(test.series(call)), [call]] if example.get("expected") != "ValueError" else [[call]]
    )
    row = next(row for row in candidates if example["python"] in (_text(name, each) for each in row))
    if _looks_at_memory(code):
        row = [*row, *(replace(call, args=tuple(_laid(value, way) for value in call.args)) for way in "FV")]
    return [*(each for earlier in asked for each in earlier), *row] if _remembers(code) else row


def _asked(failed: Failed, test: Any) -> list[list[Call]]:
    """What the check asks of this student, in its order, until something is wrong."""
    name, of_student = failed.cell.function, failed.verdict.seed
    number = check_seed(of_student, f"{name}.{failed.check.id}") if of_student else 0
    seed(test, number, failed.random_cases)
    recorder = _Recorder(name)
    test(recorder)
    return recorder.seen


def _text(name: str, call: Call) -> str:
    return expect.call_text(name, call, literal=True)


def _laid(value: Any, way: str) -> Any:
    return lay_out(value, way) if isinstance(value, np.ndarray) else value


def _looks_at_memory(code: str) -> bool:
    return re.search(r"strides|order\s*=|tobytes|\.data\b|memoryview", code) is not None


def _remembers(code: str) -> bool:
    """Whether something may last from one call to the next: in names outside, defaults, decorators."""
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


def parsed(text: str) -> Call:
    """The call that `expect.call_text` wrote. Raises NoReplay; runs nothing of the text."""
    try:
        match ast.parse(text, mode="eval").body:
            case ast.Name():
                return Call(())
            case ast.Call(func=ast.Name(), args=args, keywords=keywords):
                named = {str(keyword.arg): _value(keyword.value) for keyword in keywords}
                return Call(tuple(map(_value, args)), named)
    except (SyntaxError, ValueError, TypeError, AttributeError):
        pass  # said below, as for what is no call
    raise NoReplay(f"the verdict's call cannot be read: {outputs.clean(text)[:200]}")


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.List(elts=items):
            return [_value(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item) for item in items)
        case ast.Attribute(value=ast.Name(id="np"), attr="nan" | "inf" as name):
            return float(name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="array"), args=[items]):
            return np.array(_value(items))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="np"), attr="array"), args=[items, ast.Attribute(attr=dtype)]
        ):
            return np.array(_value(items), np.dtype(dtype))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=dtype), args=[number]):
            return np.dtype(dtype).type(_value(number))
    raise ValueError(ast.dump(node))
