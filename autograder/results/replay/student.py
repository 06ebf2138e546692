"""Extract the student's function and everything it uses from the notebooks."""

from __future__ import annotations

import ast
import contextlib
import json
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import notebook
from autograder.notebook import Cell
from autograder.results import verdict_files
from autograder.results.replay.find import Failed, NoReplay


@dataclass(frozen=True)
class _Statement:
    """One statement at the top level of a cell."""

    text: str
    binds: frozenset[str]
    uses: frozenset[str]


def student_code(root: Path, failed: Failed) -> str:
    """Return the student's function and everything it uses, from the autograded notebooks. Raises NoReplay.

    Take only statements that define a name in use, so no prints, plots and experiments. Look for functions
    that the notebook loads from earlier notebooks in those notebooks.
    """
    verdict, function = failed.verdict, failed.cell.function
    here = (
        verdict_files.autograded_folder(root, verdict.assignment, verdict.student)
        / f"{verdict.notebook}.ipynb"
    )
    if not here.is_file():
        raise NoReplay(f"the autograded notebook {here.relative_to(root)} is missing; grade it again")
    earlier = [path for path in sorted(here.parent.parent.glob("*/*.ipynb")) if path < here]
    own = [list(_statements(path, only_theirs=True)) for path in earlier]
    own.append(list(_statements(here, until="" if failed.is_late else failed.cell.grade_id)))
    wanted, taken, missing = [function], set[tuple[int, int]](), {"np"}
    while wanted:
        name = wanted.pop()
        if name in missing:
            continue
        missing.add(name)
        for place in reversed(range(len(own))):
            binding = [(place, index) for index, each in enumerate(own[place]) if name in each.binds]
            if binding:
                taken.update(binding)
                wanted += [used for place, index in binding for used in own[place][index].uses]
                break
    return "\n\n\n".join(own[place][index].text for place, index in sorted(taken))


def _statements(path: Path, *, until: str = "", only_theirs: bool = False) -> Iterator[_Statement]:
    """Yield the statements of a notebook's cells except tests, up to the cell with the id `until`."""
    for cell in json.loads(path.read_bytes())["cells"]:
        if until and notebook.grade_id(cell) == until:
            return
        theirs = notebook.is_solution(cell) or str(cell.get("id", "")).startswith("own-")
        if cell["cell_type"] == "code" and not notebook.is_autograded(cell) and (theirs or not only_theirs):
            yield from _of_cell(cell)


def _of_cell(cell: Cell) -> Iterator[_Statement]:
    text = re.sub(r"(?m)^[%!].*$", "", notebook.source(cell))  # IPython's own commands
    try:
        body, lines = ast.parse(text).body, notebook.lines(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in body:
        first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
        whole = "\n".join(lines[first - 1 : node.end_lineno])
        alone = ast.unparse(node)
        with contextlib.suppress(SyntaxError, ValueError):
            if ast.dump(ast.parse(whole)) != ast.dump(ast.parse(alone)):
                whole = alone  # two statements in one line
            table = symtable.symtable(whole, "cell", "exec")
            yield _Statement(whole, notebook.bound_names(whole) | _changed(node), _used(table))


def _changed(node: ast.stmt) -> frozenset[str]:
    """Return names that are assigned to in part, as in `kernel[1, 1] = 2`."""
    found = set()
    for target in getattr(node, "targets", [getattr(node, "target", None)]):
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value  # noqa: PLW2901  down to the name
        if isinstance(target, ast.Name):
            found.add(target.id)
    return frozenset(found)


def _used(table: symtable.SymbolTable) -> frozenset[str]:
    """Return the names a statement takes from the notebook, including those used inside functions."""
    outside = table.get_type() == "module"
    found = {
        name.get_name()
        for name in table.get_symbols()
        if name.is_referenced() and (outside or name.is_global())
    }
    return frozenset(found.union(*map(_used, table.get_children())))
