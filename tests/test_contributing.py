"""The walk in CONTRIBUTING.md, word for word: its files are written, its commands are run, it works."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from attacks.corpus import Attack
from common import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text()
WALK = TEXT.split("## A new exercise in an hour", 1)[1].split("\n## ", 1)[0]
BLOCK = re.compile(r"^(?:(Add to )?`([\w./-]+)`\n\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = (
    "autograder",
    "reference",
    "source",
    "release",
    "tests",
    "nbgrader_config.py",
    "pyproject.toml",
    "README.md",
)
UNUSED = shutil.ignore_patterns("__pycache__", "figures", "attacks", "browser")
WRONG = [
    (
        "student-02",
        5,
        "number_types",
        None,  # values that are right need no name: the message says all
        "; expected float64.",
    ),
    (
        "student-03",
        4,
        "median",
        "median_filter/averaged",
        "You average the window; sort its pixels and take the one in the middle.",
    ),
]


def environment(root):
    """As after `source .venv/bin/activate` in `root`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return kept | {"PATH": path, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}


def run(root, command):
    """Run a line of the walk in a shell; what it printed."""
    # the shell's own assignment of PYTHONPATH is meant to come on top of where the course is installed
    line = command.replace("PYTHONPATH=tests/tools", f"PYTHONPATH=tests/tools:{root}")
    done = subprocess.run(
        ["bash", "-c", line], cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def write(root, path, kind, text, *, add):
    """Apply one block to the file named above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if kind == "diff":
        file.write_text(patched(file.read_text(), text))
    elif add:
        file.write_text(f"{file.read_text().rstrip()}\n\n\n{text}")
    else:
        assert not file.exists(), f"{path} is there already"
        file.write_text(text)


def patched(text, diff):
    """`text` with hunks applied that are found by their lines, each of which must be unique."""
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        assert text.count(old) == 1, f"not there, or not once:\n{old}"
        text = text.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))
    return text


@pytest.fixture(scope="module")
def walked():
    """A copy of the repository after the walk, and what each command printed."""
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        root, printed = Path(folder), {}
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, root / part, ignore=UNUSED)
            else:
                shutil.copy(ROOT / part, root)
        for add, path, kind, text in BLOCK.findall(WALK):
            if path:
                write(root, path, kind, text, add=bool(add))
            else:
                printed |= {line: run(root, line) for line in text.splitlines()}
        yield root, printed


def handed_in(root, student):
    """The verdict on a sample of the class, and its feedback page."""
    verdict = json.loads((root / f"autograded/{student}/filters/1_median.verdict.json").read_bytes())
    return verdict, (root / f"feedback/{student}/filters/1_median.html").read_text()


def test_the_walk_says_the_marks_that_the_class_gets():
    assert " and ".join(f"{student} has {score}" for student, score, *_ in WRONG) in TEXT


def test_the_walk_has_blocks_and_commands():
    kinds = [kind for _, _, kind, _ in BLOCK.findall(WALK)]
    assert kinds.count("python") >= 9
    assert kinds.count("sh") == 4
    assert all(path or kind == "sh" for _, path, kind, _ in BLOCK.findall(WALK))


@pytest.mark.slow
def test_the_exemplar_has_full_marks_and_the_release_none(walked):
    root, printed = walked
    for kind, said in (("source", "6 of 6 (graded)"), ("release", "0 of 6 (unanswered)")):
        assert f"  median_filter: {said}\n" in printed[f"convgrade check {kind}/filters/1_median.ipynb"]
    released = (root / "release/filters/1_median.ipynb").read_text()
    assert "still a TODO" in released
    for secret in ("np.median", "convgrade: ", "HIDDEN", "For the marker"):
        assert secret not in released


@pytest.mark.slow
def test_the_exemplar_of_the_class_has_full_marks(walked):
    assert handed_in(walked[0], "student-01")[0]["score"] == 6


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG, ids=[student for student, *_ in WRONG])
def test_a_wrong_implementation_loses_points_and_is_told_why(walked, wrong):
    student, score, failed, mistake, sentence = wrong
    verdict, page = handed_in(walked[0], student)
    checks = {check["id"]: check for check in verdict["cells"][0]["checks"]}
    assert verdict["score"] == score
    assert [each for each, check in checks.items() if check["status"] == "failed"] == [failed]
    assert checks[failed]["misconception"] == mistake
    assert checks[failed]["message"].endswith(sentence)
    assert [html.escape(other, quote=False) in page for *_, other in WRONG] == [
        other == sentence for *_, other in WRONG
    ]


@pytest.mark.slow
def test_the_kill_matrix_was_tried(walked):
    said = next(text for line, text in walked[1].items() if "test_misconceptions.py" in line)
    found = re.search(r"^(\d+) passed", said, re.MULTILINE)
    assert found, said
    assert int(found[1]) > 50


@pytest.mark.slow
def test_what_the_walk_adds_is_clean(walked):
    root, _ = walked
    added = [path for add, path, kind, _ in BLOCK.findall(WALK) if kind == "python" and not add]
    kept = [
        path for path in added if (root / path).exists() and "samples" not in path and "right" not in path
    ]
    assert len(kept) == 4
    for command in ("ruff check", "ruff format --check", "mypy"):
        run(root, f"{command} {' '.join(kept)}")


@pytest.mark.slow
def test_the_attack_in_the_text_gets_its_honest_mark(walked, tmp_path):
    section = TEXT.split("## An attack", 1)[1].split("\n## ", 1)[0]
    (path := tmp_path / "forged_equal.py").write_text(BLOCK.search(section)[4])
    Attack(path).hand_in(tmp_path / "handed-in", tmp_path)
    said = run(walked[0], f"convgrade check {tmp_path}/handed-in/1_convolve2d.ipynb --json")
    verdict = json.loads(said)
    assert verdict["score"] == Attack(path).honest == 8


def test_every_file_and_target_that_is_named_is_there():
    for name in re.findall(r"\]\((?!#|http)([^)]+)\)", TEXT):
        assert (ROOT / name).exists(), name
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:`|^ {4})make ([a-z-]+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
