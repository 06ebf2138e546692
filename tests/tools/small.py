"""A course with one short notebook, for tests about many submissions and not about the lesson."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from commands import run
from common import QUICK, ROOT, source
from pour import pour

ASSIGNMENT, NAME = "conv2d", "1_convolve2d"
LAST = "test_output_size"
SECRET = "a secret of the tests, the same in each of their courses"
ANSWERS = (  # of output_size: right, wrong in several ways, raising, missing
    """def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding - k) // stride + 1""",
    "def output_size(n, k, stride=1, padding=0):\n    return (n + 2 * padding - k) // stride + 1",
    "def output_size(n, k, stride=1, padding=0):\n    return -(-(n + 2 * padding - k) // stride) + 1",
    "def output_size(n, k, stride=1, padding=0):\n    return n - k + 1",
    "def output_size(n, k, stride=1, padding=0):\n    raise TypeError('not yet')",
    "def output_size(n, k):",
    None,
)


def lay_out(root: Path, config: str = "", cells: list[dict[str, Any]] | None = None) -> Path:
    """Make a course: the first lesson up to its first test cell, or only `cells`, and its gradebook."""
    whole = source(ASSIGNMENT, NAME)
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in whole["cells"]]
    folder = root / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    kept = cells or whole["cells"][: ids.index(LAST) + 1]
    (folder / f"{NAME}.ipynb").write_text(json.dumps(whole | {"cells": kept}))
    settings = [
        f"c.ConvGrade.{name} = {getattr(QUICK, name)}"
        for name in ("call_seconds", "cell_seconds", "waiting_factor")
    ]
    settings.append("c.ConvGrade.jobs = 1  # a second judge takes longer to start than to judge these")
    text = (ROOT / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text("\n".join([text, *settings, config, ""]))
    (root / ".convgrade-secret").write_text(SECRET)
    done = run(root, "nbgrader", "generate_assignment", ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    return root


def hand_in(root: Path, students: int) -> list[str]:
    """Hand in submissions of so many students, with the answers in turn."""
    names = [f"student-{number:03}" for number in range(1, students + 1)]
    for number, name in enumerate(names):
        hand_in_one(root, name, ANSWERS[number % len(ANSWERS)])
    return names


def hand_in_one(root: Path, student: str, answer: str | None) -> None:
    """Hand in for one student, in place of an earlier one; None leaves the cell as it was released."""
    released = json.loads((root / "release" / ASSIGNMENT / f"{NAME}.ipynb").read_bytes())
    notebook = pour(released, {} if answer is None else {"output_size": answer})
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start nbgrader or convgrade in a course folder, as the leader of its processes."""
    programs = {
        "nbgrader": ["-m", "nbgrader"],
        "convgrade": ["-c", "from autograder.cli import main; main()"],
    }
    return subprocess.Popen(
        [sys.executable, *programs[arguments[0]], *arguments[1:]],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"COLUMNS": "100"},
    )


def copied(root: Path, to: Path) -> Path:
    """Copy a course."""
    shutil.copytree(root, to, symlinks=True)
    return to


def marks(url: str) -> list[tuple[object, ...]]:
    """Return everything about marks and comments in a gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(url) as book:
        grades = [
            (g.student.id, g.notebook.name, g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
            for each in book.assignment_submissions(ASSIGNMENT)
            for notebook in each.notebooks
            for g in notebook.grades
        ]
        comments = [
            (c.student.id if c.student else "", c.notebook.name, c.name, c.auto_comment, c.manual_comment)
            for each in book.assignment_submissions(ASSIGNMENT)
            for notebook in each.notebooks
            for c in notebook.comments
        ]
    return sorted(grades, key=str) + sorted(comments, key=str)


def files(root: Path) -> dict[str, bytes]:
    """Return everything that grading leaves in `autograded/`."""
    base = root / "autograded"
    return {str(path.relative_to(base)): path.read_bytes() for path in base.rglob("*") if path.is_file()}


def state(root: Path) -> tuple[object, ...]:
    """Return the gradebook and the autograded files of a course."""
    return marks(f"sqlite:///{root}/gradebook.db"), files(root)
