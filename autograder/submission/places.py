"""Find the functions that are defined in other cells than their own, or below their tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder import notebook
from autograder.judge.job import BELOW
from autograder.notebook import Cell
from autograder.submission.written import adds_code, defines, remarks


@dataclass(frozen=True)
class Places:
    """Where the functions are that are tested."""

    late: tuple[str, ...]
    """Those that only cells below their tests define."""
    again: tuple[str, ...]
    """Those that cells above and below their tests define, not in the same words."""


def places(source: Sequence[Cell], cells: list[Cell], notes: list[str]) -> Places:
    """Return where the functions of a restored notebook are defined, with notes on what is unusual.

    A cell that was left as it was gives way in `cells`, if another one above the test defines its function.
    """
    given = {notebook.source(cell).strip() for cell in source}
    released = {notebook.grade_id(cell): notebook.source(cell) for cell in source}
    late, again = [], []
    for test, name in _tests(cells):
        binding = [at for at in range(len(cells)) if cells[at]["cell_type"] == "code"]
        binding = [at for at in binding if defines(cells[at]["source"], name)]
        theirs = [at for at in binding if _is_theirs(cells[at], released, given)]
        above = [at for at in theirs if at < test]
        if not theirs and any(_is_written_out(cell, name, given) for cell in cells):
            notes.append(f"the code of {name!r} is in a text cell, so it was not run; a code cell runs")
        if theirs and not above and theirs[-1] == binding[-1]:
            late.append(name)
            notes.append(BELOW.format(name))
        last = max((at for at in binding if at < test), default=test)
        if above and last not in above and notebook.grade_id(cells[last]) == name:
            cells[last] = {**cells[last], "source": remarks(cells[last]["source"], released[name])}
            notes.append(f"the cell {name!r} holds no code of yours; what another cell defines counts")
        if above and any(cells[at]["source"] != cells[above[-1]]["source"] for at in theirs if at > test):
            again.append(name)
    return Places(tuple(late), tuple(again))


def _tests(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """Yield where each function is tested first."""
    seen = set()
    for at, cell in enumerate(cells):
        name = notebook.tested_function(cell) if notebook.is_autograded(cell) else None
        if name and name not in seen:
            seen.add(name)
            yield at, name


def _is_written_out(cell: Cell, name: str, given: set[str]) -> bool:
    """Return whether a text cell of the student's holds the code of a function."""
    text = cell["source"]
    return (
        cell["cell_type"] != "code"
        and text.strip() not in given
        and re.search(rf"^\s*def {name}\(", text, re.MULTILINE) is not None
    )


def _is_theirs(cell: Cell, released: dict[str | None, str], given: set[str]) -> bool:
    """Return whether a student wrote what a cell does."""
    if notebook.is_solution(cell):
        return adds_code(cell["source"], released[notebook.grade_id(cell)])
    return cell["source"].strip() not in given
