"""The feedback card under a test cell: what was checked, what failed, on which small input."""

from __future__ import annotations

from typing import Any

import jinja2

from autograder import notebook, outputs
from autograder.verdict import CellVerdict, Verdict

SIGNS = {"passed": "✓ passed", "failed": "✗ failed", "skipped": "- not tried", "grader_error": "? not judged"}
UNJUDGED = "This cell has not been judged."


def attach(nb: notebook.Notebook, result: Verdict) -> notebook.Notebook:
    """The notebook with score and card as the output of each autograded cell.

    nbgrader reads the score off the text of that output. The line that names the hidden tests goes.
    A cell that could not be judged gets an error output, so that nothing short of the recorder's
    mark for a human can turn it into points.
    """
    by_id = {cell.grade_id: cell for cell in result.cells}
    return {
        **nb,
        "cells": [
            _with_card(cell, by_id.get(notebook.grade_id(cell) or ""))
            if notebook.is_autograded(cell)
            else cell
            for cell in nb["cells"]
        ],
    }


def _with_card(cell: notebook.Cell, judged: CellVerdict | None) -> notebook.Cell:
    source = notebook.without_hidden_block(notebook.source(cell))
    return {**cell, "source": source, "outputs": _outputs(judged), "execution_count": None}


def _outputs(cell: CellVerdict | None) -> list[outputs.Output]:
    if cell is None:
        return [outputs.failed("NotJudged", UNJUDGED)]
    shown = {"text/html": render(cell), "text/plain": repr(float(cell.score))}
    if cell.status == "grader_error":
        card = {"output_type": "display_data", "data": shown | {"text/plain": cell.message}, "metadata": {}}
        return [card, outputs.failed("NotJudged", cell.message or UNJUDGED)]
    return [{"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": None}]


def render(cell: CellVerdict) -> str:
    """The card as HTML; every word of a student's is escaped."""
    return _TEMPLATE.render(cell=cell, signs=SIGNS)


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def _words(value: Any) -> str:
    """A value that is no small 2-D array, in words."""
    if isinstance(value, dict):
        if "raised" in value:
            return f"{value['raised']}: {value['text']}"
        if "type" in value:
            return f"a value of type {value['type']}"
        if value.get("values") is not None:
            return str(value["values"])
        return "too large to print"
    return "None" if value is None else str(value)


def _is_grid(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("values") is not None
        and len(value["shape"]) == 2
        and 0 not in value["shape"]
    )


def _shape(value: Any) -> str:
    if isinstance(value, dict) and "shape" in value:
        return f", {' by '.join(map(str, value['shape']))}, {value['dtype']}"
    return ""


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("autograder"), autoescape=True, trim_blocks=True
)
_ENVIRONMENT.filters |= {
    "number": _number,
    "words": lambda value: outputs.clean(_words(value)),
    "shape": _shape,
    "points": lambda value: f"{value:.4g}",
}
_ENVIRONMENT.tests["grid"] = _is_grid
_TEMPLATE = _ENVIRONMENT.get_template("card.html")
