"""Show a counterexample as text: the call, then expected and actual result side by side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from autograder.checks.counterexample import Counterexample
from autograder.notebook import outputs
from autograder.notebook.words import in_words, is_grid, number_in_words, shape_in_words


def side_by_side(example: Counterexample) -> list[str]:
    """Return lines with the call and the expected and actual result; cells that differ are marked."""
    lines = [f"Called {example.call}"]
    if not example.answered:
        return [*lines, "There was no result."]
    marked = {tuple(at) for at in example.differs}
    left, right = (_lines(value, marked) for value in (example.expected, example.got))
    width = max(len("expected"), *map(len, left)) + 4
    rows = [f"{one:{width}}{other}" for one, other in zip_longest(left, right, fillvalue="")]
    return [*lines, f"{'expected':{width}}got", *rows]


def comments(lines: Iterable[str]) -> str:
    """Return Python comments; nothing a student wrote can break out of them."""
    return "\n".join(f"# {' '.join(outputs.clean(line).splitlines())}".rstrip() for line in lines)


def _lines(value: Any, marked: set[tuple[int, ...]]) -> list[str]:
    if is_grid(value):
        cells = [
            [f"{number_in_words(cell)}{'≠' if (y, x) in marked else ''}" for x, cell in enumerate(row)]
            for y, row in enumerate(value["values"])
        ]
        width = max(len(cell) for row in cells for cell in row)
        return [shape_in_words(value), *(" ".join(f"{cell:>{width}}" for cell in row) for row in cells)]
    if isinstance(value, list) and value and all(map(is_grid, value)):
        return [line for part in value for line in _lines(part, marked)]
    return outputs.clean(in_words(value)).splitlines()[:5] or [""]
