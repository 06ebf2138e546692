"""Decide which file of a folder is which notebook of the assignment, and say why.

What can be told without a guess is taken: a wrong extension, a folder in the folder, an archive. What is in a
file tells more than its name. Of several versions one counts that was worked on: the newest, and where that
does not tell, the one with the right name.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path, PurePosixPath

from autograder import notebook
from autograder.course.sources import Assignment
from autograder.notebook import Notebook, attachments
from autograder.submission.hand_in import HandIn
from autograder.submission.reading import BROKEN_ARCHIVE, MAX_BYTES, MAX_FILE, Unreadable, parse

OTHER_EXTENSIONS = ("", ".json", ".txt")
OF_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")  # archives, too
BESIDE = (".py", ".txt", ".csv", ".json")  # what a notebook in an archive may need
MAX_MEMBERS = 500
MAX_UNPACKED = 200 << 20
TIE = 2.0  # seconds between files that were copied together
MAX_NAMED = 5
_COPY = re.compile(r"[ _-]*(\(\d+\)|copy ?\(?\d*\)?)$", re.IGNORECASE)
_JUNK = (".ipynb_checkpoints", "__MACOSX")


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


@dataclass(frozen=True)
class _Candidate:
    path: Path
    shown: str
    """Where it is, for people to read."""
    data: bytes
    when: float
    inside: int
    """0 at the top of the folder, 1 in a folder, 2 in an archive."""
    found: Notebook | None
    trouble: str
    beside: Mapping[str, bytes]

    @property
    def stem(self) -> str:
        name = PurePosixPath(self.shown).name
        at = name.lower().find(".ipynb")
        return name[:at] if at >= 0 else PurePosixPath(name).stem

    def is_called(self, name: str) -> bool:
        return self.inside == 0 and self.shown == f"{name}.ipynb"


def choose(
    hand: HandIn,
    contents: Mapping[Path, bytes],
    assignment: Assignment,
    given: Mapping[str, Path] | None = None,
) -> dict[str, Choice]:
    """Return what stands for each notebook; `given` are files that somebody named."""
    every = list(islice(_candidates(hand, contents), MAX_MEMBERS))
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
    found = (each.found for each in _in_file(path, path.name, data, 0.0, 0) if each.found)
    return next(found, {"cells": []})


# ------------------------------------------------------------------------------------ what may be one


def _candidates(hand: HandIn, contents: Mapping[Path, bytes]) -> Iterator[_Candidate]:
    for path, data in contents.items():
        shown = path.relative_to(hand.folder)
        if not _is_junk(shown):
            yield from _in_file(path, shown.as_posix(), data, path.lstat().st_mtime, len(shown.parts) > 1)


def _in_file(path: Path, shown: str, data: bytes, when: float, inside: int) -> Iterator[_Candidate]:
    """Yield the notebooks in a file: itself, or those in it if it is an archive."""
    suffix = PurePosixPath(shown).suffix.lower()
    if data[:4] == b"PK\x03\x04" and suffix not in OF_OFFICE:
        yield from _unpacked(path, shown, data, when)
        return
    named = ".ipynb" in PurePosixPath(shown).name.lower()
    if not named and (suffix not in OTHER_EXTENSIONS or b'"cells"' not in data.replace(b"\0", b"")):
        return
    found, trouble = _read(data)
    if named or found:
        yield _Candidate(path, shown, data, when, inside, found, trouble, {})


def _read(data: bytes) -> tuple[Notebook | None, str]:
    try:
        return parse(data), ""
    except Unreadable as reason:
        return None, str(reason)


def _unpacked(path: Path, shown: str, data: bytes, when: float) -> Iterator[_Candidate]:
    """Yield the notebooks in an archive; if it cannot be read, it stands for itself."""
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.infolist()[:MAX_MEMBERS]:
                name = member.filename.replace("\\", "/").lstrip("/")
                if member.is_dir() or ".." in name.split("/") or _is_junk(PurePosixPath(name)):
                    continue
                with packed.open(member) as file:
                    files[name] = file.read(min(MAX_FILE + 1, left))
                left -= len(files[name])
    except BROKEN_ARCHIVE as fault:
        trouble = f"the archive cannot be unpacked ({fault})"[:300]
        yield _Candidate(path, shown, data, when, 2, None, trouble, {})
    needed = {name: text for name, text in files.items() if name.endswith(BESIDE) and len(text) <= MAX_BYTES}
    for name, inner in files.items():
        if ".ipynb" in PurePosixPath(name).name.lower():
            here = len(name) - len(PurePosixPath(name).name)
            beside = {other[here:]: text for other, text in needed.items() if other[:here] == name[:here]}
            found, trouble = _read(inner)
            yield _Candidate(path, f"{shown}/{name}", inner, when, 2, found, trouble, beside)


def _is_junk(path: PurePosixPath | Path) -> bool:
    return bool(set(_JUNK) & set(path.parts)) or path.name.startswith("._")


# ---------------------------------------------------------------------------------- which one it is


def _belongs(each: _Candidate, assignment: Assignment) -> str:
    """Return the name of the notebook that a file is; empty for none of this assignment."""
    if each.found:
        ids = _ids(each.found)
        shared = {name: len(ids & theirs) for name, theirs in assignment.ids.items()}
        if best := _most(shared):
            return best
        if not ids.isdisjoint(assignment.elsewhere):
            return ""
        text = "\n".join(notebook.source(cell) for cell in each.found["cells"] if isinstance(cell, dict))
        defined = {
            name: sum(
                bool(re.search(rf"^(def )?{function}\b *[=(]", text, re.MULTILINE))
                for function in assignment.functions(name)
            )
            for name in assignment.notebooks
        }
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


def _best(name: str, among: Sequence[_Candidate], assignment: Assignment) -> Choice:
    """Return the version that counts, with notes on where it was and on the others."""
    if not among:
        return Choice()
    readable = [each for each in among if each.found]
    if not readable:
        first = min(among, key=lambda each: (not each.is_called(name), each.inside, each.shown))
        return Choice(first.path, reason=_said(first, name))
    worked_on = [each for each in readable if _is_worked_on(each, assignment.notebooks[name])]
    newest = max(each.when for each in worked_on or readable)
    tied = [each for each in worked_on or readable if newest - each.when <= TIE]
    best = min(tied, key=lambda each: (each.inside, not each.is_called(name), [-n for n in _numbers(each)]))
    others = [each for each in among if each is not best and each.data != best.data]
    notes = []
    if others:
        if best.when - max(each.when for each in others) > TIE and best in worked_on:
            why = "is the newest"
        elif worked_on and len(worked_on) < len(readable):
            why = "was worked on"
        else:
            why = "was taken"
        notes.append(
            f"there were several versions ({_listed(others)}); {best.shown!r} counts because it {why}"
        )
    elif not best.is_called(name):
        notes.append(f"the notebook was found as {best.shown!r}")
    return Choice(best.path, best.found or {"cells": []}, tuple(notes), beside=best.beside)


def _is_worked_on(each: _Candidate, source: Notebook) -> bool:
    """Return whether any answer differs from the notebook as it was released."""
    texts = {
        notebook.source(cell).strip() for cell in (each.found or source)["cells"] if isinstance(cell, dict)
    }
    answers = (notebook.source(cell).strip() for cell in source["cells"] if notebook.is_solution(cell))
    return any(answer not in texts for answer in answers)


def _numbers(each: _Candidate) -> list[int]:
    """Return the numbers in a name: of two copies, the later one has the higher."""
    return [int(digits) for digits in re.findall(r"\d{1,9}", each.stem)]


# ------------------------------------------------------------------------------- what is said of the rest


def _said(each: _Candidate, name: str) -> str:
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


def _rest(hand: HandIn, used: set[Path], every: Sequence[_Candidate], assignment: Assignment) -> list[str]:
    """Name the files that are no notebook of this assignment."""
    said = []
    found = {path: list(inside) for path, inside in groupby(every, key=lambda each: each.path)}
    for path in (*hand.files, *hand.skipped):
        shown = path.relative_to(hand.folder) if path != hand.folder else Path(path.name)
        if path in used or _is_junk(shown) or shown.name == "timestamp.txt" or path.is_dir():
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


def _listed(others: Sequence[_Candidate]) -> str:
    names = [repr(each.shown) for each in others[:MAX_NAMED]]
    return ", ".join(names) + (", ..." if len(others) > MAX_NAMED else "")
