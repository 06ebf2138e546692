"""The source notebooks of a course, as the instructor wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.course.settings import CONFIG, CourseError


def find_root(start: Path) -> Path:
    """Return the course folder that contains `start`. Raises CourseError if there is none."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise CourseError(f"not a course folder: neither {start} nor a folder above it contains {CONFIG}")


def find_source(root: Path, name: str, cells: list[Any]) -> tuple[str, str, Path]:
    """Return the assignment, the notebook name and the source file that a submitted notebook belongs to.

    Match by file name first, then by the number of shared grade ids, which finds renamed notebooks.
    Raises CourseError if nothing matches.
    """
    sources = sorted((root / "source").glob("*/*.ipynb"))
    ids = {notebook.grade_id(cell) for cell in cells if isinstance(cell, dict)} - {None}

    def fit(path: Path) -> tuple[bool, int]:
        theirs = {notebook.grade_id(cell) for cell in json.loads(path.read_bytes())["cells"]}
        return path.stem == name, len(ids & theirs)

    best = max(sources, key=fit, default=None)
    if best is None or fit(best) == (False, 0):
        raise CourseError(
            f"no source notebook in {root / 'source'} is named {name}.ipynb or shares its grade ids"
        )
    return best.parent.name, best.stem, best


def earlier_functions(source: Path) -> tuple[str, ...]:
    """Return the functions of all earlier notebooks, in the order of assignments and notebooks."""
    every = sorted(source.parent.parent.glob("*/*.ipynb"))
    cells = (cell for path in every if path < source for cell in json.loads(path.read_bytes())["cells"])
    return _tested(cells)


def _tested(cells: Iterable[notebook.Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(notebook.tested_function, cells))))


def skeleton(source: Path, release: Path) -> notebook.Notebook:
    """Return the source notebook with the released version of its solution cells, so without answers.

    Raises CourseError if the release has not been made.
    """
    try:
        given = json.loads((release / source.name).read_bytes())["cells"]
    except FileNotFoundError:
        raise CourseError(
            f"{release / source.name} is missing; create it with: nbgrader generate_assignment {release.name}"
        ) from None
    texts = {notebook.grade_id(cell): notebook.source(cell) for cell in given}
    whole: notebook.Notebook = json.loads(source.read_bytes())
    cells = [
        {
            **cell,
            "source": texts.get(notebook.grade_id(cell), "")
            if notebook.is_solution(cell)
            else notebook.source(cell),  # as one text, which many ask for
        }
        for cell in whole["cells"]
    ]
    return {**whole, "cells": cells}


def side_files(source: Path) -> dict[str, bytes]:
    """Return the files next to a course's notebooks that their code may read, so no PNG and GIF pictures.

    Maps relative paths to contents. An empty file stands for the pictures of a folder, because a notebook
    may ask whether the folder is there.
    """
    paths = [path.relative_to(source) for path in sorted(source.rglob("*")) if path.is_file()]
    pictures = [path for path in paths if path.suffix in (".gif", ".png")]
    files = {
        path: (source / path).read_bytes()
        for path in paths
        if path.suffix not in (".ipynb", ".pyc") and path not in pictures
    }
    files |= {path.with_name(".pictures"): b"" for path in pictures}
    return {path.as_posix(): content for path, content in files.items()}


def own_exercises(root: Path) -> str:
    """Return the folder of a course's own exercises; an empty text if it has none."""
    folder = (root / "exercises").resolve()
    return str(folder) if folder.is_dir() else ""


@dataclass(frozen=True)
class Assignment:
    """An assignment as its submissions are rebuilt on it; read once for all of them."""

    name: str
    notebooks: dict[str, notebook.Notebook]
    """The source notebooks without their answers (see `skeleton`), sorted by name."""
    earlier: dict[str, tuple[str, ...]]
    """For each notebook, the functions judged before it."""
    side_files: dict[str, bytes]
    exercises: str = ""
    """The folder of the course's own exercises; empty if it has none."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """The names of other assignments, by the grade ids that only they have."""

    @cached_property
    def texts(self) -> dict[str, str]:
        """The source notebooks as JSON."""
        return {name: json.dumps(nb) for name, nb in self.notebooks.items()}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The grade ids in each notebook."""
        named = {name: map(notebook.grade_id, nb["cells"]) for name, nb in self.notebooks.items()}
        return {name: set(filter(None, found)) for name, found in named.items()}

    @cached_property
    def _functions(self) -> dict[str, tuple[str, ...]]:
        return {name: _tested(nb["cells"]) for name, nb in self.notebooks.items()}

    def functions(self, name: str) -> tuple[str, ...]:
        """Return the functions that a notebook's hidden tests check."""
        return self._functions[name]


def read_assignment(root: Path, name: str, wanted: str = "*") -> Assignment:
    """Read an assignment of a course, or only the notebooks whose names match the pattern `wanted`.

    Raises CourseError if its release has not been made.
    """
    source, release = root / "source" / name, root / "release" / name
    paths = sorted(source.glob(f"{wanted}.ipynb"))
    return Assignment(
        name=name,
        notebooks={path.stem: skeleton(path, release) for path in paths},
        earlier={path.stem: earlier_functions(path) for path in paths},
        side_files=side_files(source),
        exercises=own_exercises(root),
        elsewhere=_elsewhere(source),
    )


def _elsewhere(source: Path) -> dict[str, str]:
    """Return the names of the other assignments of a course, by their grade ids."""
    return {
        name: path.parent.name
        for path in sorted(source.parent.glob("*/*.ipynb"))
        if path.parent != source
        for cell in json.loads(path.read_bytes())["cells"]
        if (name := notebook.grade_id(cell))
    }
