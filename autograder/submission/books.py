"""What is known while cells are matched: which are taken, and what the student has written in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from autograder import notebook
from autograder.notebook import Cell
from autograder.submission.written import adds_code, defines, is_one_text, remarks

ALIKE = 0.5
"""Share of a source cell's lines that a cell has to contain to be taken for it."""


@dataclass
class Match:
    """Which of the student's cells stands for which source cell."""

    counterpart: dict[int, int] = field(default_factory=dict)
    """By the index of the source cell, the index of the student's."""
    joined: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """By the index of the source cell, all cells whose texts together are its text, if there are several."""
    dropped: set[int] = field(default_factory=set)
    """Cells of the student's without a word of their own: copies, or parts of a joined text."""
    remarks: dict[int, str] = field(default_factory=dict)
    """By the index of the source cell, what dropped cells said beside the code they were released with."""
    late: dict[str, None] = field(default_factory=dict)
    """Answers that were below their tests, so that they count as they are at the end."""
    lost: set[int] = field(default_factory=set)
    """Source cells whose counterpart had lost its settings, or never had any."""
    notes: list[str] = field(default_factory=list)


class Books:
    """The cells of both notebooks, and which of them belong together so far."""

    def __init__(self, source: Sequence[Cell], theirs: Sequence[Cell]) -> None:
        self._source, self._theirs = source, theirs
        self._names = [notebook.grade_id(cell) for cell in source]
        self._tests: dict[str | None, int] = {}
        for index in reversed(range(len(source))):
            if notebook.is_autograded(source[index]):
                self._tests[notebook.tested_function(source[index])] = index
        self._texts = [cell["source"].strip() for cell in theirs]
        self._lines = [_lines(text) for text in self._texts]
        self._taken: set[int] = set()
        self._found = Match()
        self._by_name: dict[str | None, list[int]] = {}
        for position, cell in enumerate(theirs):
            self._by_name.setdefault(notebook.grade_id(cell), []).append(position)
        claimed = {at for name in self._names if name for at in self._by_name.get(name, ())}
        self._nobodys = [at for at in range(len(theirs)) if at not in claimed]

    # ------------------------------------------------------------------------------------ what is what

    def _written(self, index: int, found: Sequence[int]) -> list[int]:
        """Return the cells that hold something of the student's, each text once.

        Code that adds none to what was there is nothing, unless it is a part of what adds some.
        """
        original, name = notebook.source(self._source[index]), self._names[index] or ""
        kept: dict[str, int] = {original.strip(): -1, "": -1}
        for position in found:
            kept.setdefault(self._texts[position], position)
        written = [position for position in kept.values() if position >= 0]
        if self._source[index]["cell_type"] != "code":
            return written
        added = {at for at in written if adds_code(self._theirs[at]["source"], original)}
        return [at for at in written if at in added or (added and not self._defines(at, name))]

    def _belong_together(self, index: int, parts: Sequence[int]) -> bool:
        """Return whether parts are one text: words always are, code is when a part alone does not run."""
        is_code = self._source[index]["cell_type"] == "code"
        return not is_code or is_one_text([self._theirs[position]["source"] for position in parts])

    def _defining(self, index: int, among: Sequence[int]) -> int | None:
        """Return the cell whose definition is there at the test: the last above it, or else the last."""
        name, test = self._names[index] or "", self._test_of(index)
        defining = [position for position in among if self._defines(position, name)]
        above = [position for position in defining if test is None or position < test]
        return next(reversed(above or defining), None)

    def _defines(self, position: int, name: str) -> bool:
        return defines(self._theirs[position]["source"], name)

    def _test_of(self, index: int) -> int | None:
        """Return where the student has the test of an answer, if it is there."""
        test = self._tests.get(self._names[index])
        return None if test is None else self._found.counterpart.get(test)

    def _alike(self, index: int, exactly: Callable[[int], bool] | None = None) -> list[int]:
        """Return the free cell that holds most of a source cell's lines, if it holds enough of them."""
        wanted = _lines(notebook.without_hidden_block(notebook.source(self._source[index])))
        size = sum(wanted.values())
        shares = {
            at: (exactly is not None and exactly(at), sum((wanted & self._lines[at]).values()) / size)
            for at in self._free()
            if size
        }
        best = max(shares, key=lambda at: (shares[at], -at), default=None)
        return [best] if best is not None and shares[best][1] >= ALIKE else []

    # ----------------------------------------------------------------------------------------- the books

    def _free(self) -> list[int]:
        """Return the cells that are nobody's yet and claim to be nobody's."""
        gone = self._taken | self._found.dropped
        return [position for position in self._nobodys if position not in gone]

    def _by_text(self) -> dict[str, list[int]]:
        """Return the free cells by what is in them."""
        found: dict[str, list[int]] = {}
        for position in self._free():
            found.setdefault(self._texts[position], []).append(position)
        return found

    def _take(self, index: int, position: int) -> None:
        self._found.counterpart[index] = position
        self._found.dropped.discard(position)
        self._taken.add(position)

    def _drop(self, positions: Sequence[int] | set[int]) -> None:
        self._found.dropped.update(set(positions) - set(self._found.counterpart.values()))

    def _leave(self, index: int, positions: set[int]) -> None:
        """Drop cells that stand for an answer and hold no code for it; keep what is said in them."""
        gone = sorted(positions - set(self._found.counterpart.values()))
        self._drop(gone)
        original = notebook.source(self._source[index])
        idle = (text for at in gone if not adds_code(text := self._theirs[at]["source"], original))
        said = [remarks(text, original) for text in idle]
        if self._source[index]["cell_type"] == "code" and any(said):
            self._found.remarks[index] = "\n".join(filter(None, [self._found.remarks.get(index), *said]))

    def _note(self, text: str) -> None:
        self._found.notes.append(text)


@lru_cache(maxsize=512)  # most are the lesson's
def _lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip())
