"""Rebuild a submission on the source notebook: tests from the source, solutions from the student.

The source decides which cells exist, their order, ids, points and metadata. The student decides the
contents of solution cells, ordinary cells and cells they added. Every repair leaves a note. Outputs of
the submission are dropped.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import Any

from autograder import notebook
from autograder.notebook import Cell, Notebook, attachments, markdown, outputs
from autograder.submission.books import Match
from autograder.submission.match import match
from autograder.submission.places import places
from autograder.submission.reading import MAX_CELLS

MAX_SOURCE = 200_000
MAX_RENDERED = 100_000  # characters by the student, of Markdown and of code; the rest is shown as written
SLOW_CODE = re.compile(r"\s{200}|[\w.]{1000}")  # IPython's colours take time in the square of such runs
LONG = "a very long text is shown as it was written, without headings, lists and formulas"
ELSEWHERE = "*This cell was missing. The answer may be in another text cell.*"
PLAIN = {"magics_language": "text"}
"""Metadata of a cell by which nbconvert shows it without colours."""


@dataclass(frozen=True)
class Restored:
    """A notebook ready to be judged, and notes about what had to be repaired."""

    notebook: Notebook
    notes: tuple[str, ...]
    late: tuple[str, ...] = ()
    """Functions that are defined below their tests: they count as they are at the end of the notebook."""
    again: tuple[str, ...] = ()
    """Functions that are defined above their tests and once more below."""


def restore(source: Notebook, submitted: Notebook) -> Restored:
    """Rebuild `submitted` on the skeleton of `source`. Never raises, whatever the cells look like."""
    theirs = [cell for cell in map(_sane, submitted["cells"]) if cell is not None]
    found = match(source["cells"], theirs)
    notes = []
    if lost := len(submitted["cells"]) - len(theirs):
        notes.append(f"{lost} cells could not be read and were left out")
    notes += found.notes
    own_after = _own_cells(theirs, found)
    cells = [_plain(cell) for cell in own_after.get(None, [])]
    for index, cell in enumerate(source["cells"]):
        counterpart = _counterpart(theirs, found, index)
        if counterpart is None and notebook.grade_id(cell):
            cells.append(_missing(cell, theirs, found, notes))
        else:
            said = found.remarks.get(index)
            cells += [_plain({"cell_type": "code", "source": said})] if said else []
            cells += _rebuilt(cell, counterpart, notes, lost=index in found.lost)
        cells += [_plain(own) for own in own_after.get(index, [])]
    place = places(source["cells"], cells, notes)
    _number(cells)
    cells = _quick_to_render(source["cells"], cells, notes)
    if (source.get("nbformat", 4), source.get("nbformat_minor", 5)) < (4, 5):  # cells had no ids before
        cells = [{name: part for name, part in cell.items() if name != "id"} for cell in cells]
    late = tuple(dict.fromkeys((*found.late, *place.late)))
    return Restored({**source, "cells": cells}, tuple(dict.fromkeys(notes)), late, place.again)


def _sane(cell: Any) -> Cell | None:
    """Return the cell with valid text and metadata; None if it cannot be used."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    text = cell.get("source", "")
    if isinstance(text, list):
        with contextlib.suppress(TypeError):
            text = "".join(text)
    if not isinstance(text, str):
        return None
    shown = attachments.of_cell(cell)
    if cell["cell_type"] != "code":
        text, inline = attachments.without_data(text)
        shown |= inline
    if len(text) > MAX_SOURCE:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    metadata = cell.get("metadata")
    return {
        "attachments": shown,
        "cell_type": cell["cell_type"],
        "id": cell.get("id") if isinstance(cell.get("id"), str) else None,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": text.encode("utf-8", "replace").decode(),
    }


def _own_cells(theirs: list[Cell], found: Match) -> dict[int | None, list[Cell]]:
    """Return the cells a student added, by the index of the source cell they follow (None: first)."""
    owner = {theirs_index: index for index, theirs_index in found.counterpart.items()}
    own: dict[int | None, list[Cell]] = {}
    last: int | None = None
    for position, cell in enumerate(theirs):
        if position in owner:
            last = owner[position] if last is None else max(last, owner[position])
        elif position not in found.dropped:
            own.setdefault(last, []).append(cell)
    return own


def _counterpart(theirs: list[Cell], found: Match, index: int) -> Cell | None:
    """Return what stands for a source cell, parts put together; None if there is nothing."""
    if index not in found.counterpart:
        return None
    first = theirs[found.counterpart[index]]
    parts = [theirs[position] for position in found.joined.get(index, ())]
    if not parts:
        return first
    between = "\n" if first["cell_type"] == "code" else "\n\n"
    pictures = {name: data for part in parts for name, data in part["attachments"].items()}
    return {**first, "source": between.join(part["source"] for part in parts), "attachments": pictures}


def _missing(cell: Cell, theirs: list[Cell], found: Match, notes: list[str]) -> Cell:
    """Return a graded cell that the student does not have."""
    name, text = notebook.grade_id(cell) or "", notebook.source(cell)
    if cell["cell_type"] != "code" and notebook.is_solution(cell) and _has_texts_of_its_own(theirs, found):
        notes.append(
            f"the cell {name!r} was missing; a marker will look for your answer in your other text cells"
        )
        return {**cell, "source": ELSEWHERE}
    if not notebook.is_solution(cell):
        notes.append(f"the cell {name!r} was missing; it was put back")
        return _cleared({**cell, "source": text})
    if any(name in notebook.bound_names(own["source"]) for own in theirs if name in own["source"]):
        notes.append(f"the cell {name!r} was missing; what another cell defines counts")
    else:
        notes.append(f"the cell {name!r} was missing; it counts as unanswered")
    # nbgrader gives a question as it was released 0 points by itself
    question = "" if cell["cell_type"] == "code" or "### BEGIN SOLUTION" in text else text
    return _cleared({**cell, "source": question})


def _has_texts_of_its_own(theirs: list[Cell], found: Match) -> bool:
    """Return whether the student added a text cell that is not empty."""
    texts = (at for at, cell in enumerate(theirs) if cell["cell_type"] != "code" and cell["source"].strip())
    return any(at not in found.counterpart.values() and at not in found.dropped for at in texts)


def _rebuilt(cell: Cell, counterpart: Cell | None, notes: list[str], *, lost: bool) -> list[Cell]:
    """Return the source cell, with the student's text if students may write it.

    What a student wrote into a locked cell comes before it, in a cell of its own.
    """
    name = notebook.grade_id(cell)
    result, kept = {**cell, "source": notebook.source(cell)}, []
    if counterpart is None:
        return [_cleared(result)]
    shown = notebook.without_hidden_block(result["source"])
    if notebook.is_solution(cell) or name is None:
        result |= _text(counterpart, like=result)
        if counterpart["cell_type"] != cell["cell_type"]:
            became = counterpart["cell_type"]
            notes.append(f"the cell {name or cell.get('id')!r} had become {became}; it was turned back")
    elif _adds(counterpart["source"], result["source"]):
        notes.append(
            f"the cell {name!r} is locked and was restored; what you wrote into it is in a cell above"
        )
        kept = [_plain(counterpart)]
    elif counterpart["source"].strip() not in (result["source"].strip(), shown.strip()):
        notes.append(f"the cell {name!r} had been changed; it was restored")
    if not lost and _differs(cell, counterpart):
        which = name or cell.get("id")
        notes.append(f"the settings of the cell {which!r} had been changed; they were restored")
    return [*kept, _cleared(result)]


def _adds(text: str, original: str) -> bool:
    """Return whether a text holds a line that the original does not."""
    known = {line.strip() for line in original.splitlines()}
    return any(line.strip() and line.strip() not in known for line in text.splitlines())


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
    return _cleared({"cell_type": kind, "metadata": {}, **_text(cell, like=like)})


def _text(given: Cell, like: Cell) -> Cell:
    """Return the student's text for a cell; Markdown that differs from the course's is made harmless."""
    text = given["source"]
    if like["cell_type"] == "code" or text.strip() == like["source"].strip():
        return {"source": text}
    text, shown = attachments.kept(text, given["attachments"])
    return {"source": text, "attachments": shown} if shown else {"source": text}


def _quick_to_render(source: list[Cell], cells: list[Cell], notes: list[str]) -> list[Cell]:
    """Return the cells, of the student's text only so much as pages can be made of in seconds."""
    given = {notebook.source(cell) for cell in source}
    room, quick = {"markdown": MAX_RENDERED, "code": MAX_RENDERED}, []
    for cell in cells:
        kind, text = cell["cell_type"], cell["source"]
        if kind in room and text not in given and (kind == "code" or markdown.as_code(text) != text):
            room[kind] -= len(text)
            if room[kind] < 0 or len(text) > markdown.LONGEST or (kind == "code" and SLOW_CODE.search(text)):
                notes += [] if kind == "code" else [LONG]
                cell = _without_rendering(cell)  # noqa: PLW2901
        quick.append(cell)
    return quick


def _without_rendering(cell: Cell) -> Cell:
    if cell["cell_type"] == "code":
        return {**cell, "metadata": {**cell["metadata"], **PLAIN}}
    return {**cell, "source": markdown.as_code(cell["source"])}


def _number(cells: list[Cell]) -> None:
    """Give the cells a student added unique ids, the same ones every time."""
    taken = {cell.get("id") for cell in cells}
    fresh = (f"own-{number}" for number in range(1, MAX_CELLS * 3))
    for cell in cells:
        if not cell.get("id"):
            cell["id"] = next(name for name in fresh if name not in taken)
