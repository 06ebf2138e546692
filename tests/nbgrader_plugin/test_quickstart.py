"""nbgrader's own course, graded beside ours: cell by cell what stock nbgrader makes of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import commands
import pytest
from common import ROOT
from nbgrader.api import Gradebook

from autograder.notebook import source as text

BIN = Path(sys.executable).parent
SQUARES = "def squares(n):\n    {}return [i ** 2 for i in range(1, n + 1)]"
CHECKED = SQUARES.format('if n < 1:\n        raise ValueError("n must be positive")\n    ')
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
CLASS = {
    "student-01": {
        "squares": CHECKED,
        "sum_of_squares": SUM,
        "sum_of_squares_equation": "$\\sum i^2$",
        "sum_of_squares_application": "print('pyramids')",
        "part-a": "It is recursive.",
    },
    "student-02": {"squares": SQUARES.format(""), "sum_of_squares": "def sum_of_squares(n):\n    return 385"},
    "student-03": {
        "squares": SQUARES.format("import sys; print('hm', file=sys.stderr)\n    "),
        "sum_of_squares": "def sum_of_squares(n)\n    return",
        "part-b": "Negative numbers.",
    },
}
PARTIAL = """# Partial credit
### BEGIN HIDDEN TESTS
assert callable(squares)
### END HIDDEN TESTS
0.25 * (squares(1) == [1])"""


def run_plain(root, *command):
    """Run nbgrader in a process that has not loaded convgrade."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [BIN / "nbgrader", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def run(root, *command):
    done = commands.run(root, *command)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout + done.stderr


def hand_in(root, student, texts):
    folder = root / "submitted" / student / "ps1"
    shutil.copytree(root / "release" / "ps1", folder)
    for path in folder.glob("*.ipynb"):
        nb = json.loads(path.read_bytes())
        for cell in nb["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in texts:
                cell["source"] = texts[name]
        path.write_text(json.dumps(nb))


def grades(root):
    """Points and whether a human has to look, of every cell of every student."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "course") as book:
        return {
            (student, nb.name, grade.name): (grade.auto_score, grade.needs_manual_grade, grade.max_score)
            for student in CLASS
            for nb in book.find_submission("ps1", student).notebooks
            for grade in nb.grades
        }


def notebooks(root):
    return {
        (path.parts[-3], path.stem): json.loads(path.read_bytes())
        for path in sorted((root / "autograded").glob("*/ps1/*.ipynb"))
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A folder with nbgrader's own course, in which a test may give part of its points."""
    base = tmp_path_factory.mktemp("quickstart")
    run(base, "nbgrader", "quickstart", "course")
    source = base / "course" / "source" / "ps1" / "problem1.ipynb"
    nb = json.loads(source.read_bytes())
    test = next(c for c in nb["cells"] if "squares_invalid" in str(c["metadata"].get("nbgrader")))
    partial = json.loads(json.dumps(test))
    partial["metadata"]["nbgrader"]["grade_id"], partial["source"] = "partly", PARTIAL
    nb["cells"].insert(nb["cells"].index(test) + 1, partial)
    source.write_text(json.dumps(nb))
    return base


@pytest.fixture(scope="module")
def ours(base):
    """The course graded by ours, which two lines have added to it."""
    root = base / "ours"
    shutil.copytree(base / "course", root)
    run(root, "convgrade", "init", "--here")
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / "conv2d", root / part / "conv2d")
    run(root, "nbgrader", "generate_assignment", "ps1")
    for student, texts in CLASS.items():
        hand_in(root, student, texts)
    assert "6 notebooks of 3 students recorded" in run(root, "convgrade", "grade", "ps1")
    return root


@pytest.fixture(scope="module")
def courses(base, ours):
    """The course graded by stock nbgrader, and by ours."""
    root = base / "stock"
    shutil.copytree(base / "course", root)
    run_plain(root, "generate_assignment", "ps1")
    for student, texts in CLASS.items():
        hand_in(root, student, texts)
    run_plain(root, "autograde", "ps1")
    return root, ours


@pytest.mark.slow
def test_what_is_released_is_the_same(courses):
    stock, ours = (
        {
            p.name: p.read_text()
            for p in (r / "release" / "ps1").glob("*")
            if p.is_file() and p.suffix == ".ipynb"
        }
        for r in courses
    )
    assert stock == ours


@pytest.mark.slow
def test_every_cell_has_the_points_of_stock_nbgrader(courses):
    stock, ours = map(grades, courses)
    assert ours == stock


def test_asserts_give_all_the_points_none_or_the_part_that_they_say(ours):
    assert {score for score, _, _ in grades(ours).values()} >= {0, 0.25, 1, None}


@pytest.mark.slow
def test_graded_notebooks_have_the_same_cells_and_format(courses):
    stock, ours = map(notebooks, courses)
    assert stock.keys() == ours.keys()
    for name, nb in ours.items():
        assert (nb["nbformat"], nb["nbformat_minor"]) == (
            stock[name]["nbformat"],
            stock[name]["nbformat_minor"],
        )
        assert list(map(text, nb["cells"])) == list(map(text, stock[name]["cells"]))
        assert not [cell for cell in nb["cells"] if "id" in cell]
        for cell, theirs in zip(nb["cells"], stock[name]["cells"], strict=True):
            marked = dict(theirs["metadata"].get("nbgrader", {}))
            marked.pop("cell_type", None)  # which only a released notebook says
            assert cell["metadata"].get("nbgrader", {}) == marked


def test_students_code_runs_in_the_sandbox(ours):
    verdicts = (ours / "autograded").glob("*/ps1/problem1.verdict.json")
    assert {json.loads(path.read_bytes())["sandbox"] for path in verdicts} <= {"landlock", "bubblewrap"}


def test_feedback_and_report_are_written(ours):
    run(ours, "nbgrader", "generate_feedback", "ps1")
    assert len(list((ours / "feedback").glob("*/ps1/*.html"))) == 6
    assert "ps1.html" in run(ours, "convgrade", "report", "ps1")
    assert "Nothing new to grade" in run(ours, "convgrade", "grade", "ps1")
