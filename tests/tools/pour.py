"""Sample submissions, kept as code by grade_id and poured into the released notebooks.

A sample is a file of sections ``# %% grade_id``; ``# %% grade_id = student-01`` takes the section
of another sample, and ``# %% own`` is a cell of the student's own, put before the first solution.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from autograder.notebook import pictures

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"
SECTION = re.compile(r"^# %% (\w+)(?: = ([\w-]+))?$\n?", re.MULTILINE)


def sample_names(assignment: str) -> list[str]:
    """Return the sample students of an assignment."""
    return sorted(path.stem for path in (SAMPLES / assignment).glob("*.py"))


def sections(assignment: str, name: str) -> dict[str, str]:
    """Return the text of one sample by grade_id."""
    parts = SECTION.split((SAMPLES / assignment / f"{name}.py").read_text())[1:]
    found = {}
    for grade_id, other, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found[grade_id] = sections(assignment, other)[grade_id] if other else text.strip("\n")
    return found


def without_examples(assignment: str, name: str) -> dict[str, str]:
    """Return a sample that writes no examples of functions: the first notebook is worth 22 points to it."""
    return sections(assignment, name) | {"convolve2d_examples": "convolve2d_examples = []"}


def description(assignment: str, name: str) -> str:
    """Return the first line of a sample: what it is a sample of."""
    return (SAMPLES / assignment / f"{name}.py").read_text().split('"""')[1].strip()


def pour(released: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Return the released notebook with `texts` in its solution cells."""
    cells = []
    for cell in released["cells"]:
        ours = cell["metadata"].get("nbgrader", {})
        if "own" in texts and ours.get("solution") and not any(c.get("id") == "own" for c in cells):
            own = {"id": "own", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
            cells.append(own | {"source": texts["own"]})
        wanted = texts.get(ours.get("grade_id", "")) if ours.get("solution") else None
        cells.append(cell if wanted is None else {**cell, "source": wanted})
    return {**released, "cells": cells}


def released(assignment: str, notebook: str) -> dict[str, Any]:
    """Return a notebook as students get it."""
    return json.loads((ROOT / "release" / assignment / f"{notebook}.ipynb").read_bytes())


def as_written(assignment: str, notebook: str) -> list[dict[str, Any]]:
    """Return the cells of a released notebook, with links in place of the pictures they carry."""
    cells = released(assignment, notebook)["cells"]
    return [{**cell, "source": pictures.linked("".join(cell["source"]))} for cell in cells]


def notebooks(assignment: str) -> list[str]:
    """Return the names of the notebooks of an assignment."""
    return sorted(path.stem for path in (ROOT / "source" / assignment).glob("*.ipynb"))


def submit(
    course: Path, assignment: str, name: str, student: str = "", *, names: list[str] | None = None
) -> None:
    """Put a sample into the course's `submitted` folder, under its own name if no other is given.

    `names` are the notebooks it hands in, all if left out.
    """
    folder = course / "submitted" / (student or name) / assignment
    folder.mkdir(parents=True, exist_ok=True)
    texts = sections(assignment, name)
    for notebook in names or notebooks(assignment):
        poured = pour(released(assignment, notebook), texts)
        (folder / f"{notebook}.ipynb").write_text(json.dumps(poured))


def main(course: str, assignment: str, count: str, *left_out: str) -> None:
    """Submit a class of samples in turn: `pour.py COURSE ASSIGNMENT COUNT [SAMPLE LEFT OUT ...]`."""
    names = [name for name in sample_names(assignment) if name not in left_out]
    for number in range(int(count)):
        submit(Path(course), assignment, names[number % len(names)], f"student-{number + 1:04}")


if __name__ == "__main__":
    main(*sys.argv[1:])
