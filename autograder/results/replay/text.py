"""Values as text: side by side for a reader, and as Python that makes them again."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any

import numpy as np

from autograder.notebook import outputs
from autograder.sandbox.inside.wire import layout


def side_by_side(example: dict[str, Any]) -> list[str]:
    """Call, expected answer and the student's, for a reader; the differing cells are marked."""
    lines = [f"Called {example.get('call', '')}"]
    if "expected" not in example:
        return [*lines, "No answer came."]
    marked = {tuple(at) for at in example.get("differs", [])}
    left, right = (_lines(example[key], marked) for key in ("expected", "got"))
    width = max(len("expected"), *map(len, left)) + 4
    rows = [f"{one:{width}}{other}" for one, other in zip_longest(left, right, fillvalue="")]
    return [*lines, f"{'expected':{width}}got", *rows]


def _lines(value: Any, marked: set[tuple[int, ...]]) -> list[str]:
    if is_grid(value):
        cells = [
            [f"{_short(cell)}{'≠' if (y, x) in marked else ''}" for x, cell in enumerate(row)]
            for y, row in enumerate(value["values"])
        ]
        width = max(len(cell) for row in cells for cell in row)
        about = f"{' by '.join(map(str, value['shape']))}, {value['dtype']}"
        return [about, *(" ".join(f"{cell:>{width}}" for cell in row) for row in cells)]
    if isinstance(value, list) and value and all(map(is_grid, value)):
        return [line for part in value for line in _lines(part, marked)]
    return outputs.clean(_words(value)).splitlines()[:5] or [""]


def _words(value: Any) -> str:
    if isinstance(value, dict) and "raised" in value:
        return f"{value['raised']}: {value['text']}"
    if isinstance(value, dict) and "type" in value:
        return f"a value of type {value['type']}"
    if isinstance(value, dict):
        return f"an array of shape {tuple(value['shape'])}, {value['dtype']}: {value['values']}"
    return str(value)[:200]


def _short(cell: Any) -> str:
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def is_grid(value: Any) -> bool:
    """Whether a value of a verdict is a 2-D array whose cells are there."""
    return (
        isinstance(value, dict)
        and bool(value.get("values"))
        and len(value["shape"]) == 2
        and value["shape"][1] > 0
    )


def literal(value: Any) -> str:
    """A value as Python that needs `np` alone, its number type kept."""
    if isinstance(value, np.ndarray):
        whole = f"np.array({numbers(value.tolist())}, {value.dtype.name!r})"
        return whole if value.size else f"np.zeros({value.shape}, {value.dtype.name!r})"
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({numbers(value.item())})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return numbers(value)


def numbers(value: Any) -> str:
    """As `repr`; what JSON keeps as words (`nan`, `inf`) or as complex becomes numbers again."""
    return re.sub(r"'?\b(nan|inf)\b'?", r"np.\1", repr(value).replace("'-inf'", "-inf"))


def placed(value: Any) -> str:
    """A literal that lies in memory as the check's own array did."""
    letters = layout(value) if isinstance(value, np.ndarray) else ""
    return f"laid_out({literal(value)}, {letters!r})" if letters else literal(value)
