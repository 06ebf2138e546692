"""The feedback card under a test cell: what was checked, what failed, on which small input."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2

from autograder import notebook
from autograder.checks.counterexample import Stops, Window
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.notebook import outputs
from autograder.notebook.words import in_words, is_grid, number_in_words, shape_in_words

SIGNS = {"passed": "✓ passed", "failed": "✗ failed", "skipped": "- not tried", "grader_error": "? not judged"}
TIMES = "\N{MULTIPLICATION SIGN}"
MAX_TERMS = 9  # products written out: a kernel of 3 by 3
MAX_PADDED = 144  # cells of an image drawn with its padding
MAX_GRIDS = 6  # arrays of a list that are drawn
_NAMES = re.compile(r"`([^`\n]+)`")


def attach(nb: notebook.Notebook, result: Verdict, *, feedback: str = "full") -> notebook.Notebook:
    """Return the notebook with a score and a card as the output of each autograded cell.

    nbgrader reads the score from the text of that output. The line that names the hidden tests is removed.
    `feedback` is one of `settings.LEVELS`: "full", "hint" (messages without the failing call) or "score"
    (only titles and points). A cell that could not be judged gets an error output, so that it cannot
    give points before it is graded by hand.
    """
    by_id = {cell.grade_id: shown(cell, feedback) for cell in result.cells}
    if notebook.is_plain(nb):
        cells = [_as_it_ran(cell, by_id.get(notebook.grade_id(cell) or "")) for cell in nb["cells"]]
        return {**nb, "cells": cells}
    return {
        **nb,
        "cells": [
            _with_card(cell, by_id.get(notebook.grade_id(cell) or ""))
            if notebook.is_autograded(cell)
            else cell
            for cell in nb["cells"]
        ],
    }


def _as_it_ran(cell: notebook.Cell, judged: CellVerdict | None) -> notebook.Cell:
    """Return a cell of a notebook without hidden tests: what it has left says its points, if it ran."""
    if not notebook.is_autograded(cell) or (judged and judged.status != "grader_error"):
        return cell
    return {**cell, "outputs": [outputs.not_judged(judged.message) if judged else outputs.not_judged()]}


def _with_card(cell: notebook.Cell, judged: CellVerdict | None) -> notebook.Cell:
    source = notebook.without_hidden_block(notebook.source(cell))
    return {**cell, "source": source, "outputs": _outputs(judged), "execution_count": None}


def shown(cell: CellVerdict, feedback: str) -> CellVerdict:
    """Return the part of a verdict that students see at this feedback level."""
    if feedback == "full":
        return cell
    checks = (replace(check, counterexample=None) for check in cell.checks)
    if feedback == "score":  # failures of the grader are shown at every level
        checks = (check if check.status == "grader_error" else replace(check, message="") for check in checks)
    return replace(cell, checks=tuple(checks))


def _outputs(cell: CellVerdict | None) -> list[outputs.Output]:
    if cell is None:
        return [outputs.not_judged()]
    shown = {"text/html": render(cell), "text/plain": repr(float(cell.score))}
    if cell.status == "grader_error":
        card = {"output_type": "display_data", "data": shown | {"text/plain": cell.message}, "metadata": {}}
        return [card, outputs.not_judged(cell.message)]
    return [{"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": None}]


def render(cell: CellVerdict) -> str:
    """Return the card as HTML, with everything the student wrote escaped."""
    return _TEMPLATE.render(cell=cell, signs=SIGNS)


def _words(found: Any) -> str:
    """Describe a value that is no small 2-D array."""
    return (
        "too large to print"
        if isinstance(found, dict) and "values" in found and found["values"] is None
        else in_words(found)
    )


def _is_grids(value: Any) -> bool:
    return isinstance(value, list) and 0 < len(value) <= MAX_GRIDS and all(map(is_grid, value))


def _parts(text: str) -> list[str]:
    """Cut text at `names` between backticks: words, a name, words, ..."""
    return _NAMES.split(text)


def _drawn(image: Any, window: Window | Stops | None) -> dict[str, Any]:
    """Return the image as it is drawn: with its padding and the places of the window, while small."""
    if not window or not is_grid(image):
        return {"value": image, "places": [], "padding": None}
    places = [term[:2] for term in window.terms] if isinstance(window, Window) else []
    vertical, horizontal = window.padding
    if not (vertical or horizontal):
        return {"value": image, "places": places, "padding": None}
    height, width = image["shape"][0] + 2 * vertical, image["shape"][1] + 2 * horizontal
    if height * width > MAX_PADDED:
        return {"value": image, "places": [], "padding": None}
    empty = [[0] * width] * vertical
    rows = [[0] * horizontal + row + [0] * horizontal for row in image["values"]]
    value = image | {"shape": [height, width], "values": [*empty, *rows, *empty]}
    return {"value": value, "places": places, "padding": [vertical, horizontal]}


def _where(window: Window) -> str:
    """Say which pixels the first differing value belongs to."""
    y, x = window.at
    first = f"The first differing value, row {y}, column {x},"
    if not window.terms:
        return f"{first} is reached by no stamp, so it is 0."
    rows, columns = (sorted({term[axis] for term in window.terms}) for axis in (0, 1))
    pixels = f"{_span('row', rows)}, {_span('column', columns)} of the image"
    if window.stamps:
        several = len(rows) * len(columns) > 1
        stamps = "adds up the stamps of the pixels" if several else "comes from the stamp of the pixel"
        return f"{first} {stamps} at {pixels}."
    return f"{first} belongs to the window at {pixels}{_padding(window)}."


def _stops(window: Stops) -> str:
    """Say where the kernel stops."""
    rows, columns = window.rows, window.columns
    return (
        f"The top left corner of the kernel stops at {_span('row', rows)}, {_span('column', columns)} of the "
        f"image{_padding(window)}, so the result is {len(rows)} by {len(columns)}: with one more step the "
        "kernel would not lie inside any more."
    )


def _padding(window: Window | Stops) -> str:
    return " with its padding" if any(window.padding) else ""


def _span(line: str, indices: list[int]) -> str:
    """Name rows or columns: row 3, rows 1-4, rows 0, 2, 4."""
    if len(indices) == 1:
        return f"{line} {indices[0]}"
    together = indices[-1] - indices[0] == len(indices) - 1
    listed = f"{indices[0]}-{indices[-1]}" if together else ", ".join(map(str, indices))
    return f"{line}s {listed}"


def _products(window: Window) -> str:
    """Write out the products that are added up, while they are few; of many those that are not 0."""
    products = [term[2:] for term in window.terms]
    if len(products) > MAX_TERMS:
        products = [pair for pair in products if 0 not in pair or any(isinstance(each, str) for each in pair)]
    if not 0 < len(products) <= MAX_TERMS:
        return ""
    left_out = ", zeros left out" if len(products) < len(window.terms) else ""
    added = " + ".join(f"{_factor(pixel)} {TIMES} {_factor(weight)}" for pixel, weight in products)
    return f"Pixel {TIMES} weight, added up{left_out}: {added}"


def _factor(value: Any) -> str:
    text = number_in_words(value)
    return f"({text})" if text.startswith("-") else text


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
)
_ENVIRONMENT.filters |= {
    "number": number_in_words,
    "words": lambda value: outputs.clean(_words(value)),
    "shape": shape_in_words,
    "drawn": _drawn,
    "where": _where,
    "stops": _stops,
    "parts": _parts,
    "products": _products,
    "points": lambda value: f"{value:.4g}",
}
_ENVIRONMENT.tests |= {"grid": is_grid, "grids": _is_grids}
_TEMPLATE = _ENVIRONMENT.get_template("card.html")
