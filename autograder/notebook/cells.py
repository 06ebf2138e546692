"""What each cell of an nbgrader notebook is for. Cells are plain dictionaries, as in the file."""

from __future__ import annotations

import re
import symtable
from functools import lru_cache
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

# The hidden block of a test cell is this one line: it names the cell's hidden tests.
_HIDDEN = re.compile(r"^# convgrade: ([A-Za-z_]\w*)$", re.MULTILINE)
_BLOCK = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.DOTALL)

_MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)


def grader_metadata(cell: Cell) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell; empty if it has none."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str | None:
    """Return the id by which nbgrader knows the cell; None if it has none."""
    found = grader_metadata(cell).get("grade_id")
    return found if isinstance(found, str) else None


def is_solution(cell: Cell) -> bool:
    """Return whether students write this cell."""
    return bool(grader_metadata(cell).get("solution"))


def is_autograded(cell: Cell) -> bool:
    """Return whether the cell's points come from hidden tests."""
    return bool(grader_metadata(cell).get("grade")) and not is_solution(cell) and cell["cell_type"] == "code"


def tested_function(cell: Cell) -> str | None:
    """Return the name of the function (or value) that this cell's hidden tests check; None without any."""
    found = _HIDDEN.search(source(cell))
    return found.group(1) if found else None


def is_plain(nb: Notebook) -> bool:
    """Return whether no cell names hidden tests, so that asserts give the points, as nbgrader has it."""
    return not any(is_autograded(cell) and tested_function(cell) for cell in nb["cells"])


def without_hidden_block(text: str) -> str:
    """Return the source of a test cell as students see it."""
    return _BLOCK.sub("", text).rstrip("\n")


def bare(nb: Notebook) -> Notebook:
    """Return the notebook without the checksums and fingerprints that grading leaves in its metadata."""

    def kept(cell: Cell) -> Cell:
        ours = grader_metadata(cell)
        if "checksum" not in ours:
            return cell
        ours = {name: value for name, value in ours.items() if name != "checksum"}
        return {**cell, "metadata": cell["metadata"] | {"nbgrader": ours}}

    metadata = {name: value for name, value in nb["metadata"].items() if name != "convgrade"}
    return {**nb, "metadata": metadata, "cells": [kept(cell) for cell in nb["cells"]]}


def points(cell: Cell) -> float:
    """Return what the cell is worth."""
    return float(grader_metadata(cell).get("points", 0))


def source(cell: Cell) -> str:
    """Return the cell's text; a file may store it as a list of lines."""
    text = cell.get("source", "")
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def lines(text: str) -> list[str]:
    """Return the lines of code as Python counts them: form feeds and other line ends of Unicode are none."""
    return re.split(r"\r\n|\r|\n", text)


def solution_source(nb: Notebook, name: str) -> str:
    """Return what a student wrote into the solution cell called `name`; nothing when there is none."""
    return next((source(cell) for cell in nb["cells"] if is_solution(cell) and grade_id(cell) == name), "")


def defining_source(nb: Notebook, name: str, until: int | None = None) -> str:
    """Return the text of the last cell above the cell `until` that binds `name`, or of its solution cell."""
    for cell in reversed(nb["cells"][:until]):
        text = source(cell)
        if (
            cell["cell_type"] == "code"
            and not is_autograded(cell)
            and name in text
            and name in bound_names(text)
        ):
            return text
    return solution_source(nb, name)


def is_python(text: str) -> bool:
    """Return whether a cell's text is Python on its own, IPython's own lines aside."""
    return _table(text) is not None


@lru_cache(maxsize=256)  # the course's own cells come with every submission
def bound_names(text: str) -> frozenset[str]:
    """Return the names that a cell binds at its top level; none when it is not Python."""
    table = _table(text)
    if table is None:
        return frozenset()
    return frozenset(
        each.get_name() for each in table.get_symbols() if each.is_assigned() or each.is_imported()
    )


def _table(text: str) -> symtable.SymbolTable | None:
    """Return a cell's names; None when it is not Python, even without the lines that only IPython knows."""
    for each in (text, _MAGIC.sub(r"\1pass", text)):
        try:
            return symtable.symtable(each, "cell", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None
