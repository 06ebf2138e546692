"""Decide which file of a folder is which notebook of the assignment, and say why.

What can be told without a guess is taken: a wrong extension, a folder in the folder, an archive. What is in a
file tells more than its name. Of several versions one counts that was worked on: the newest, and where that
does not tell, the one with the right name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path

from autograder import notebook
from autograder.course.sources import Assignment
from autograder.notebook import Notebook, attachments
from autograder.submission.candidates import MAX_MEMBERS, Candidate, candidates, in_file, is_junk
from autograder.submission.hand_in import HandIn

TIE = 2.0  # seconds between files that were copied together
MAX_NAMED = 5
_COPY = re.compile(r"[ _-]*(\(\d+\)|copy ?\(?\d*\)?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """What stands for one notebook of the assignment."""

    path: Path | None = None
    """The file that holds it; None if there is none."""
    cells: Notebook = field(default_factory=lambda: {"cells": []})
    notes: tuple[str, ...] = ()
    reason: str = ""
    """Why it cannot be read; empty if it can."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that lie beside it, when it is not at the top of the folder."""

    @cached_property
    def file(self) -> bytes:
        """Return its cells without pictures as a file, for the other notebooks to read."""
        return json.dumps(
            self.cells | {"cells": list(map(attachments.left_out, self.cells["cells"]))}
        ).encode()


def choose(
    hand: HandIn,
    contents: Mapping[Path, bytes],
    assignment: Assignment,
    given: Mapping[str, Path] | None = None,
) -> dict[str, Choice]:
    """Return what stands for each notebook; `given` are files that somebody named."""
    every = list(islice(candidates(hand, contents), MAX_MEMBERS))
    belongs = {id(each): _belongs(each, assignment) for each in every}
    chosen: dict[str, Choice] = {}
    used: set[Path] = set()
    for name in assignment.notebooks:
        named = (given or {}).get(name)
        among = [
            each for each in every if (belongs[id(each)] == name if named is None else each.path == named)
        ]
        chosen[name] = _best(name, among, assignment)
        used |= {each.path for each in among}
    rest = _rest(hand, used, every, assignment)
    mistaken = {each.stem: belongs[id(each)] for each in every if belongs[id(each)] not in ("", each.stem)}
    more = [f"the folder {hand.skipped[hand.folder]}"] if hand.folder in hand.skipped else []
    more += [f"only the first {MAX_MEMBERS} notebooks were looked at"] if len(every) == MAX_MEMBERS else []
    return {
        name: replace(choice, notes=(*choice.notes, *more))
        if choice.path
        else Choice(reason=_missing(name, hand, rest, mistaken.get(name, "")))
        for name, choice in chosen.items()
    }


def cells(path: Path, data: bytes) -> Notebook:
    """Return the notebook in a file, or the first one in an archive; one without cells if there is none."""
    found = (each.found for each in in_file(path, path.name, data, 0.0, 0) if each.found)
    return next(found, {"cells": []})


# ---------------------------------------------------------------------------------- which one it is


def _belongs(each: Candidate, assignment: Assignment) -> str:
    """Return the name of the notebook that a file is; empty for none of this assignment."""
    if each.found:
        ids = _ids(each.found)
        shared = {name: len(ids & theirs) for name, theirs in assignment.ids.items()}
        if best := _most(shared):
            return best
        if not ids.isdisjoint(assignment.elsewhere):
            return ""
        defined = {name: _defined(each.found, assignment.functions(name)) for name in assignment.notebooks}
        if best := _most(defined):
            return best
    stem = _COPY.sub("", each.stem).strip().lower()
    called = [name for name in assignment.notebooks if name.lower() in stem]
    return max(called, key=len, default="")


def _most(counts: Mapping[str, int]) -> str:
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] else ""


def _ids(nb: Notebook) -> set[str]:
    named = (notebook.grade_id(cell) for cell in nb["cells"] if isinstance(cell, dict))
    return {name for name in named if name}


def _defined(nb: Notebook, functions: Sequence[str]) -> int:
    """Return how many of the functions a notebook seems to define."""
    text = "\n".join(_texts(nb))
    return sum(bool(re.search(rf"^(def )?{name}\b *[=(]", text, re.MULTILINE)) for name in functions)


def _texts(nb: Notebook) -> set[str]:
    return {notebook.source(cell).strip() for cell in nb["cells"] if isinstance(cell, dict)} - {""}


def _best(name: str, among: Sequence[Candidate], assignment: Assignment) -> Choice:
    """Return the version that counts, with notes on where it was and on the others."""
    if not among:
        return Choice()
    readable = [each for each in among if each.found]
    if not readable:
        first = min(among, key=lambda each: (not each.is_called(name), each.inside, each.shown))
        return Choice(first.path, reason=_said(first, name))
    functions = assignment.functions(name)
    worked_on = [each for each in readable if _is_worked_on(each, assignment.notebooks[name], functions)]
    ranked = sorted(worked_on or readable, key=lambda each: -each.when)
    best = min(
        (each for each in ranked if ranked[0].when - each.when <= TIE), key=lambda each: _rank(each, name)
    )
    others = [each for each in among if each is not best and each.data != best.data]
    notes = []
    if others:
        why = _why(best, others, worked_on, name)
        notes.append(f"there were several versions ({_listed(others)}); {best.shown!r} counts because {why}")
    elif not best.is_called(name):
        notes.append(f"the notebook was found as {best.shown!r}")
    return Choice(best.path, best.found or {"cells": []}, tuple(notes), beside=best.beside)


def _is_worked_on(each: Candidate, source: Notebook, functions: Sequence[str]) -> bool:
    """Return whether any answer differs from the notebook as it was released, of which something is left."""
    found = each.found or source
    texts, given = _texts(found), {notebook.source(cell).strip() for cell in source["cells"]}
    if not (texts & given or _ids(found) & _ids(source) or _defined(found, functions)):
        return False
    answers = (notebook.source(cell).strip() for cell in source["cells"] if notebook.is_solution(cell))
    return any(answer not in texts for answer in answers)


def _rank(each: Candidate, name: str) -> tuple[int, bool, list[int]]:
    """Return what is lowest for the one that counts of versions that are equally new."""
    return each.inside, not each.is_called(name), [-number for number in _numbers(each)]


def _why(best: Candidate, others: Sequence[Candidate], worked_on: Sequence[Candidate], name: str) -> str:
    """Say why of several versions one counts."""
    readable = [each for each in others if each.found]
    rivals = [each for each in readable if each in worked_on] if worked_on else readable
    if not rivals:
        return "it was worked on" if readable else "no other can be read"
    not_all = bool(worked_on) and len(rivals) < len(others)
    if best.when - max(each.when for each in rivals) > TIE:
        return f"it is the newest{' that was worked on' if not_all else ''}"
    second = min(
        (each for each in rivals if best.when - each.when <= TIE), key=lambda each: _rank(each, name)
    )
    if second.shown == best.shown:
        how = "comes last in the archive"
    elif best.inside < second.inside:
        how = "lies in the fewest folders and archives"
    elif best.is_called(name):
        how = "has the right name"
    elif _rank(best, name) < _rank(second, name):
        how = "has the highest number"
    else:
        how = "comes first"
    return f"it {how} among the newest{' that were worked on' if not_all else ''}"


def _numbers(each: Candidate) -> list[int]:
    """Return the numbers in a name: of two copies, the later one has the higher."""
    return [int(digits) for digits in re.findall(r"\d{1,9}", each.stem)]


# ------------------------------------------------------------------------------- what is said of the rest


def _said(each: Candidate, name: str) -> str:
    return each.trouble if each.is_called(name) else f"{each.shown!r}: {each.trouble}"


def _missing(name: str, hand: HandIn, rest: Sequence[str], holds: str) -> str:
    """Say that a notebook was not handed in, and what was; `holds` is another one in the file of its name."""
    if holds:
        return f"the file {name}.ipynb holds the notebook {holds} and was graded as that one"
    for path, reason in hand.skipped.items():
        if name.lower() in path.name.lower():
            return f"{path.name!r} {reason}"
    there = f"; there was {'; '.join(rest)}" if rest else ""
    return f"{name}.ipynb was not handed in{there}"


def _rest(hand: HandIn, used: set[Path], every: Sequence[Candidate], assignment: Assignment) -> list[str]:
    """Name the files that are no notebook of this assignment."""
    said = []
    found = {path: list(inside) for path, inside in groupby(every, key=lambda each: each.path)}
    for path in (*hand.files, *hand.skipped):
        shown = path.relative_to(hand.folder) if path != hand.folder else Path(path.name)
        if path in used or is_junk(shown) or shown.name == "timestamp.txt" or path.is_dir():
            continue
        why = [
            f"which belongs to the assignment {assignment.elsewhere[known]}"
            for each in found.get(path, ())
            if each.found
            for known in sorted(_ids(each.found) & assignment.elsewhere.keys())[:1]
        ]
        why += [f"which {hand.skipped[path]}"] if path in hand.skipped else []
        why += ["which is no notebook: hand in the .ipynb file"] if path.suffix == ".py" else []
        why += [each.trouble for each in found.get(path, ()) if each.trouble]
        said.append(", ".join([repr(shown.as_posix()), *why[:1]]))
    more = [f"and {len(said) - MAX_NAMED} more"] if len(said) > MAX_NAMED else []
    return said[:MAX_NAMED] + more


def _listed(others: Sequence[Candidate]) -> str:
    names = [repr(each.shown) for each in others[:MAX_NAMED]]
    return ", ".join(names) + (", ..." if len(others) > MAX_NAMED else "")
