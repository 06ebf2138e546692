"""Find the student's counterpart of each source cell: by its role, its text and its order.

Ids alone do not tell: editors drop and replace them, JupyterLab's *Split Cell* and copying double them. So a
cell with a grade id is matched by that id if it has one, by what it defines or asks if not, and the text
decides which of several counts. Ordinary cells are matched by their text; their ids come last.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder import notebook
from autograder.judge.job import BELOW
from autograder.notebook import Cell
from autograder.submission.books import Books, Match
from autograder.submission.written import defines


def match(source: Sequence[Cell], theirs: Sequence[Cell]) -> Match:
    """Match the student's cells with those of the source notebook."""
    return _Matching(source, theirs).done()


class _Matching(Books):
    def done(self) -> Match:
        """Match tests first, whose places decide about answers, then answers, then all other cells."""
        named = [index for index, name in enumerate(self._names) if name]
        answers = [index for index in named if notebook.is_solution(self._source[index])]
        for index in sorted(set(named) - set(answers)):
            self._locked(index)
        for index in answers:
            self._answer(index)
        self._ordinary([index for index, name in enumerate(self._names) if not name])
        for index in answers:
            self._between(index)
            self._put_together(index)
            self._answered_elsewhere(index)
        return self._found

    # ---------------------------------------------------------------------------- one cell at a time

    def _locked(self, index: int) -> None:
        """Match a cell that students should not change."""
        shown = notebook.without_hidden_block(notebook.source(self._source[index])).strip()
        found = self._by_name.get(self._names[index], [])
        if not found:
            found = self._alike(index, lambda position: self._texts[position] == shown)
        if not found:
            return
        same = [position for position in found if self._texts[position] == shown]
        self._take(index, (same or found)[0])
        if len(found) > 1:
            self._note(f"the cell {self._names[index]!r} was there {len(found)} times; once is enough")
            self._drop(same)

    def _answer(self, index: int) -> None:
        """Match a cell that students write: of several, whatever was written counts."""
        name = self._names[index] or ""
        found = self._by_name.get(name, [])
        if not found:
            found = self._lost(index, name)
            if found and self._theirs[found[0]]["id"] != self._source[index].get("id"):
                self._found.lost.add(index)
                self._note(f"the cell {name!r} had lost its id; it was found by what is in it")
        written = self._written(index, found)
        if len(found) > 1:
            several = (
                "all that was written counts, in its order" if len(written) > 1 else "what was written counts"
            )
            self._note(f"the cell {name!r} was there {len(found)} times; {several}")
        if len(written) > 1 and self._belong_together(index, written):
            self._found.joined[index] = tuple(written)
            self._drop(written[1:])
            self._take(index, written[0])
        elif written:
            chosen = self._defining(index, written) or written[-1]
            self._take(index, chosen)
            self._see_order(index, chosen)
        elif found:
            self._take(index, found[0])
        self._leave(index, set(found) - set(written))

    def _between(self, index: int) -> None:
        """Match answers that nothing but their places tell: as many cells between the same neighbours."""
        matched = self._found.counterpart
        run = [index]
        while run[-1] + 1 < len(self._source) and run[-1] + 1 not in matched:
            run.append(run[-1] + 1)
        above, below = matched.get(index - 1), matched.get(run[-1] + 1)
        answers = all(notebook.is_solution(self._source[each]) for each in run)
        if index in matched or above is None or below is None or not answers:
            return
        free = [at for at in self._free() if above < at < below]
        kinds = [self._source[each]["cell_type"] for each in run]
        if [self._theirs[at]["cell_type"] for at in free] != kinds:
            return
        for each, at in zip(run, free, strict=True):
            self._found.lost.add(each)
            self._note(f"the cell {self._names[each]!r} had lost its id; it was found by its place")
            self._take(each, at)

    def _put_together(self, index: int) -> None:
        """Join a function that was split and lost its ids: all between its neighbours, if it is one text."""
        matched = self._found.counterpart
        above = matched.get(index - 1)
        below = next((matched[each] for each in range(index + 1, len(self._source)) if each in matched), None)
        if above is None or below is None or index in self._found.joined:
            return
        if self._source[index]["cell_type"] != "code":
            return
        parts = [at for at in sorted({*self._free(), matched.get(index, above)}) if above < at < below]
        whole = "\n".join(self._theirs[at]["source"] for at in parts)
        if not self._belong_together(index, parts) or not defines(whole, self._names[index] or ""):
            return
        self._note(f"the cell {self._names[index]!r} was in {len(parts)} parts; they were put together")
        self._found.lost.add(index)
        self._found.joined[index] = tuple(parts)
        self._drop(parts[1:])
        self._take(index, parts[0])

    def _answered_elsewhere(self, index: int) -> None:
        """Let a cell of the student's own stand for an answer that was left as it was, or defines nothing."""
        cell, name = self._source[index], self._names[index] or ""
        at = self._found.counterpart.get(index)
        written = at is not None and bool(self._written(index, [at]))
        if cell["cell_type"] != "code":
            if not written and index not in self._found.joined:
                self._continued(index, at)
            return
        chosen, test = self._defining(index, self._written(index, self._free())), self._test_of(index)
        if chosen is None or index in self._found.joined or written:
            return
        if test is None or chosen < test:
            self._note(f"the cell {name!r} holds no code of yours; a cell of your own that defines it counts")
            self._found.lost.add(index)
            self._take(index, chosen)
            self._leave(index, set() if at is None else {at})

    def _continued(self, index: int, at: int | None) -> None:
        """Take the cells below a question that was left as it was for its answer."""
        if at is None:
            return
        below = []
        for position in range(at + 1, len(self._theirs)):
            if position not in self._free() or self._theirs[position]["cell_type"] == "code":
                break
            below.append(position)
        if any(self._texts[position] for position in below):
            self._note(
                f"the answer to {self._names[index]!r} was in a cell of its own; it was put to its question"
            )
            self._found.joined[index] = (at, *below)
            self._drop(below)

    def _ordinary(self, indices: list[int]) -> None:
        """Match the cells that nobody has to change: by the same text, a similar one, the id."""
        texts = {index: notebook.source(self._source[index]).strip() for index in indices}
        last, positions = -1, self._by_text()
        for index in indices:
            same = [at for at in positions.get(texts[index], ()) if at not in self._taken]
            if same:
                kind = [
                    at for at in same if self._theirs[at]["cell_type"] == self._source[index]["cell_type"]
                ]
                later = [at for at in kind or same if at > last]
                last = (later or kind or same)[0]
                self._take(index, last)
        for index in indices:
            if index not in self._found.counterpart and (similar := self._alike(index)):
                self._take(index, similar[0])
        for index in indices:
            if index not in self._found.counterpart:
                name = self._source[index].get("id")
                if same := [at for at in self._free() if name and self._theirs[at]["id"] == name]:
                    self._take(index, same[0])

    def _lost(self, index: int, name: str) -> list[int]:
        """Return the cells that stand for an answer without its grade id."""
        cell = self._source[index]
        free = self._free()
        same = [at for at in free if cell.get("id") and self._theirs[at]["id"] == cell["id"]]
        if cell["cell_type"] == "code":
            chosen = self._defining(index, [at for at in same if self._defines(at, name)] or free)
            return [chosen] if chosen is not None else same[:1] or self._alike(index)
        return self._alike(index) or same[:1]

    def _see_order(self, index: int, chosen: int) -> None:
        """Note an answer that stands below its test."""
        name, test = self._names[index] or "", self._test_of(index)
        if test is not None and chosen > test and self._defines(chosen, name):
            self._note(BELOW.format(name))
            self._found.late[name] = None
