"""Begin an exercise of a course's own: four files that work, and the cells of its notebook."""

from __future__ import annotations

import json
import keyword
from pathlib import Path
from typing import Any

from autograder.checks.exercise import BUILT_IN, FOLDER
from autograder.course.settings import CourseError

TEMPLATES = Path(__file__).parent / "templates" / "exercise"
FILES = ("answer", "hidden_tests", "misconceptions", "right_styles")
ANSWER = {"solution": True, "grade": False, "locked": False}
TESTS = {"solution": False, "grade": True, "locked": True, "points": 4}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
TEXT = "# {name}\n\nReturn how often each word occurs in a text. Words are what spaces separate."
MORE = """
Students can write examples of it first, in a cell {name}_examples before it; the tests of that are a file
{name}_examples/hidden_tests.py with these lines (docs/own-exercises.md says what else it takes):
    from autograder.checks.examples import examples_of
    globals().update(examples_of("{name}"))"""
EXAMPLES = """# Examples
assert {name}("a b a") == {{"a": 2, "b": 1}}
### BEGIN HIDDEN TESTS
# convgrade: {name}
### END HIDDEN TESTS"""


def write(root: Path, name: str, notebook: Path | None) -> list[str]:
    """Write an exercise, and its cells into `notebook`; return what was done, and what comes next.

    Without a notebook the cells are part of what is returned. Raises CourseError for a name that is none
    or taken, and for a notebook that belongs to no assignment.
    """
    folder = root / FOLDER / name
    if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
        raise CourseError(f"{name!r} cannot be the name of a function; choose one such as word_count")
    if folder.exists():
        raise CourseError(f"{folder} is there already; choose another name, or edit its files")
    if (BUILT_IN / name).is_dir():
        raise CourseError(f"{name} is a built-in exercise; choose another name")
    if notebook and (
        notebook.suffix != ".ipynb" or notebook.resolve().parents[1] != (root / "source").resolve()
    ):
        raise CourseError(
            f"{notebook} is in no assignment; choose a name such as source/week1/1_functions.ipynb"
        )
    folder.mkdir(parents=True)
    stem = notebook.stem if notebook else "NOTEBOOK"
    for file in FILES:
        text = (TEMPLATES / f"{file}.txt").read_text()
        text = text.replace("NAME-text", _id(f"{name}-text"))
        (folder / f"{file}.py").write_text(text.replace("NAME", name).replace("NOTEBOOK", stem))
    cells = _cells(name, (folder / "answer.py").read_text())
    said = [f"Wrote {', '.join(f'{file}.py' for file in FILES)} to {folder}: an example that counts words."]
    if notebook is None:
        said.append("Put these cells into a notebook of source/ASSIGNMENT/:")
        said += [f"\n{cell['source']}" for cell in cells]
    else:
        _add(notebook, cells)
        said.append(f"Added its cells at the end of {notebook}.")
    return [*said, f"Edit all of them, then run: convgrade exercise test {name}", MORE.format(name=name)]


def _cells(name: str, answer: str) -> list[dict[str, Any]]:
    head, body = answer[answer.index("def ") :].rstrip().rsplit('"""\n', 1)
    solution = f'{head}"""\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION'
    return [
        {
            "cell_type": "markdown",
            "id": _id(f"{name}-text"),
            "metadata": {},
            "source": TEXT.format(name=name),
        },
        _code(name, solution, ANSWER),
        _code(f"test_{name}", EXAMPLES.format(name=name), TESTS),
    ]


def _id(text: str) -> str:
    return text.replace("_", "-")[:64]


def _code(grade_id: str, text: str, role: dict[str, Any]) -> dict[str, Any]:
    marked = {"schema_version": 3, "task": False, "grade_id": grade_id, **role}
    tags = {"tags": ["raises-exception"]} if role["grade"] else {}
    return {
        "cell_type": "code",
        "id": _id(grade_id),
        "metadata": {"nbgrader": marked, **tags},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def _add(path: Path, cells: list[dict[str, Any]]) -> None:
    if path.exists():
        nb = json.loads(path.read_bytes())
    else:
        nb = {"cells": [], "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    if (nb["nbformat"], nb["nbformat_minor"]) < (4, 5):
        cells = [{name: part for name, part in cell.items() if name != "id"} for cell in cells]
    nb["cells"] += cells
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(nb, indent=1) + "\n")
