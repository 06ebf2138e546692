"""Find the part of a lesson that a mistake's entry in the bank names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder import notebook

_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A cell of a lesson and the heading it stands under."""

    notebook: str
    cell: str
    heading: str


def find_place(assignment: Path, lesson: str) -> Place | None:
    """Return the cell of an assignment's folder that `lesson` ("NOTEBOOK#CELL") names; None without one."""
    name, _, wanted = lesson.partition("#")
    path = assignment / f"{name}.ipynb"
    if not path.is_file():
        return None
    heading = name
    for cell in json.loads(path.read_bytes())["cells"]:
        if cell["cell_type"] == "markdown" and (found := _HEADING.findall(notebook.source(cell))):
            heading = found[0].replace("`", "")
        if cell.get("id") == wanted:
            return Place(name, wanted, heading)
    return None
