"""Rebuild a submission on the source notebook: tests from the source, solutions from the student.

The source decides which cells exist, their order, ids, points and metadata. The student decides the
contents of solution cells, ordinary cells and cells they added. Every repair leaves a note. Outputs of
the submission are dropped.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from autograder import notebook
from autograder.notebook import Cell, Notebook, outputs, pictures

MAX_BYTES = 20 << 20
MAX_CELLS = 2_000
MAX_PARTS = 500_000
MAX_SOURCE = 200_000


class Unreadable(Exception):
    """The file is not a readable notebook; the message says what is wrong."""


@dataclass(frozen=True)
class Restored:
    """A notebook ready to be judged, and notes about what had to be repaired."""

    notebook: Notebook
    notes: tuple[str, ...]


def parse(data: bytes) -> Notebook:
    """Parse a submitted file into a notebook. Raises Unreadable if it is broken or beyond the limits."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"the file has {len(data) >> 20} MB, {MAX_BYTES >> 20} are allowed")
    if data.count(b"[") + data.count(b"{") > MAX_PARTS or data.count(b",") > 4 * MAX_PARTS:
        raise Unreadable(f"the file has more than {MAX_PARTS} parts")  # each takes memory many times its size
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"the file is not JSON ({fault})"[:300]) from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise Unreadable(
            "the file holds no list of cells (notebooks older than version 4 have to be converted)"
        )
    if len(found["cells"]) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(found['cells'])} cells, {MAX_CELLS} are allowed")
    return found


def restore(source: Notebook, submitted: Notebook) -> Restored:
    """Rebuild `submitted` on the skeleton of `source`. Never raises, whatever the cells look like."""
    notes: list[str] = []
    theirs = [cell for cell in map(_sane, submitted["cells"]) if cell is not None]
    if len(theirs) < len(submitted["cells"]):
        notes.append(f"{len(submitted['cells']) - len(theirs)} cells could not be read and were left out")
    known = {notebook.grade_id(cell) for cell in source["cells"]} - {None}
    matched = _match(source["cells"], theirs, known, notes)
    own_after = _own_cells(theirs, matched, known)
    cells = [_plain(cell) for cell in own_after.get(None, [])]
    for index, cell in enumerate(source["cells"]):
        counterpart = theirs[matched[index]] if index in matched else None
        cells.append(_rebuilt(cell, counterpart, notes))
        cells += [_plain(own) for own in own_after.get(index, [])]
    _number(cells)
    return Restored({**source, "cells": cells}, tuple(dict.fromkeys(notes)))


def _sane(cell: Any) -> Cell | None:
    """Return the cell with valid text and metadata; None if it cannot be used."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    text = cell.get("source", "")
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        return None
    text = pictures.linked(text)
    if len(text) > MAX_SOURCE:
        return None
    metadata = cell.get("metadata")
    return {
        "cell_type": cell["cell_type"],
        "id": cell.get("id") if isinstance(cell.get("id"), str) else None,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": text.encode("utf-8", "replace").decode(),
    }


def _match(
    source: list[Cell], theirs: list[Cell], known: set[str | None], notes: list[str]
) -> dict[int, int]:
    """Map the index of each source cell to the index of the student's counterpart.

    Match by grade_id first (of duplicates, the first one the student changed), then by cell id. A
    solution cell that lost both is found by the function it defines.
    """
    by_grade_id = _positions(notebook.grade_id(cell) for cell in theirs)
    by_id = _positions(cell["id"] for cell in theirs)
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for index, cell in enumerate(source):
        name = notebook.grade_id(cell)
        candidates = by_grade_id.get(name, []) if name else []
        if len(candidates) > 1:
            notes.append(
                f"the cell {name!r} was there {len(candidates)} times; the first one that was changed counts"
            )
            changed = [i for i in candidates if theirs[i]["source"].strip() != notebook.source(cell).strip()]
            candidates = changed if notebook.is_solution(cell) and changed else candidates
        candidates = candidates or [
            i for i in by_id.get(cell.get("id"), []) if notebook.grade_id(theirs[i]) not in known
        ]
        if free := [i for i in candidates if i not in taken]:
            matched[index] = free[0]
            taken.update(by_grade_id.get(name, []) if name else [], [free[0]])
    for index, cell in enumerate(source):
        name = notebook.grade_id(cell)
        if index in matched or not notebook.is_solution(cell) or cell["cell_type"] != "code":
            continue
        defining = [i for i, own in enumerate(theirs) if i not in taken and _defines(own, name or "")]
        if defining:
            notes.append(f"the cell {name!r} had lost its id; it was found by what it defines")
            matched[index] = defining[-1]
            taken.add(defining[-1])
    return matched


def _own_cells(
    theirs: list[Cell], matched: dict[int, int], known: set[str | None]
) -> dict[int | None, list[Cell]]:
    """Return the cells a student added, by the index of the source cell they follow (None: first)."""
    owner = {theirs_index: index for index, theirs_index in matched.items()}
    own: dict[int | None, list[Cell]] = {}
    last: int | None = None
    for position, cell in enumerate(theirs):
        if position in owner:
            last = owner[position] if last is None else max(last, owner[position])
        elif notebook.grade_id(cell) not in known:
            own.setdefault(last, []).append(cell)
    return own


def _rebuilt(cell: Cell, counterpart: Cell | None, notes: list[str]) -> Cell:
    """Return the source cell, with the student's text if students may write it."""
    name = notebook.grade_id(cell)
    result = {**cell, "source": notebook.source(cell)}
    if counterpart is None:
        if name and notebook.is_solution(cell):
            notes.append(f"the cell {name!r} was missing; it counts as unanswered")
            result["source"] = ""
        elif name:
            notes.append(f"the cell {name!r} was missing; it was put back")
        return _cleared(result)
    if notebook.is_solution(cell) or name is None:
        result["source"] = _text(counterpart["source"], like=result)
        if counterpart["cell_type"] != cell["cell_type"]:
            became = counterpart["cell_type"]
            notes.append(f"the cell {name or cell.get('id')!r} had become {became}; it was turned back")
    elif counterpart["source"].strip() not in (
        result["source"].strip(),
        notebook.without_hidden_block(result["source"]).strip(),
    ):
        notes.append(f"the cell {name!r} had been changed; it was restored")
    if _differs(cell, counterpart):
        which = name or cell.get("id")
        notes.append(f"the settings of the cell {which!r} had been changed; they were restored")
    return _cleared(result)


def _differs(cell: Cell, counterpart: Cell) -> bool:
    """Return whether a student changed nbgrader's metadata or the tags of a cell."""
    ours, given = notebook.grader_metadata(cell), notebook.grader_metadata(counterpart)
    keys = ("grade", "grade_id", "locked", "points", "solution", "task")
    changed = bool(ours) and any(ours.get(key) != given.get(key) for key in keys)
    return changed or counterpart["metadata"].get("tags", []) != cell.get("metadata", {}).get("tags", [])


def _cleared(cell: Cell) -> Cell:
    """Return the cell without outputs; an autograded cell holds an error until it is judged."""
    if cell["cell_type"] != "code":
        return cell
    held = [outputs.not_judged()] if notebook.is_autograded(cell) else []
    return {**cell, "outputs": held, "execution_count": None}


def _plain(cell: Cell) -> Cell:
    """Return a cell the student added, without metadata that a grader might act on."""
    kind = "code" if cell["cell_type"] == "code" else "markdown"  # a raw cell would reach pages as HTML
    like = {"cell_type": kind, "source": ""}
    return _cleared({"cell_type": kind, "metadata": {}, "source": _text(cell["source"], like=like)})


def _text(given: str, like: Cell) -> str:
    """Return the student's text for a cell; Markdown that differs from the course's is made harmless."""
    if like["cell_type"] == "code" or given == like["source"]:
        return given
    return outputs.clean_markdown(given)


def _number(cells: list[Cell]) -> None:
    """Give the cells a student added unique ids, the same ones every time."""
    taken = {cell.get("id") for cell in cells}
    fresh = (f"own-{number}" for number in range(1, MAX_CELLS * 3))
    for cell in cells:
        if not cell.get("id"):
            cell["id"] = next(name for name in fresh if name not in taken)


def _positions(keys: Iterable[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for position, key in enumerate(keys):
        if isinstance(key, str):
            found.setdefault(key, []).append(position)
    return found


def _defines(cell: Cell, name: str) -> bool:
    """Return whether the cell defines `name` at its top level."""
    if name not in cell["source"]:
        return False
    try:
        body = ast.parse(cell["source"]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for statement in body:
        if isinstance(statement, ast.FunctionDef) and statement.name == name:
            return True
        if isinstance(statement, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in statement.targets
        ):
            return True
    return False
