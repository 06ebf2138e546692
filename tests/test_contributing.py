"""The walk in CONTRIBUTING.md, word for word: its files are written, its commands are run, it works."""

from __future__ import annotations

import html
import json
import os
import re
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
NAMED = ("student-04", "student-05")  # whose mistake the walk enters


def run(folder, command):
    """Run a line of the walk in a shell, as after `source .venv/bin/activate`; what it printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=kept | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def write(root, path, text, *, add):
    """Write a block to the file named above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{file.read_text().rstrip()}\n\n\n{text}" if add else text)


@pytest.fixture(scope="module")
def walked():
    """The course after the walk, and what each command printed the first and the last time."""
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        root, printed = Path(folder), {}
        for add, path, _, text in BLOCK.findall(WALK):
            if path:
                write(root, path, text, add=bool(add))
                continue
            for line in text.splitlines():
                if line.startswith("cd "):
                    root /= line.removeprefix("cd ")
                else:
                    printed.setdefault(line, []).append(run(root, line))
        yield root, printed


def handed_in(root, student):
    """Return the verdict on a sample of the class, and its feedback page."""
    verdict = json.loads((root / f"autograded/{student}/filters/1_median.verdict.json").read_bytes())
    return verdict, (root / f"feedback/{student}/filters/1_median.html").read_text()


def test_the_walk_says_the_marks_that_the_class_gets():
    assert " and ".join(f"{student} has {score}" for student, score, *_ in WRONG) in TEXT


def test_the_walk_has_blocks_and_commands():
    kinds = [kind for _, _, kind, _ in BLOCK.findall(WALK)]
    assert kinds.count("python") == 9
    assert kinds.count("sh") == 6
    assert all(path or kind == "sh" for _, path, kind, _ in BLOCK.findall(WALK))


@pytest.mark.slow
def test_the_exemplar_has_full_marks_and_the_release_none(walked):
    root, printed = walked
    for kind, said in (("source", "6 of 6 (graded)"), ("release", "0 of 6 (unanswered)")):
        assert f"  median_filter: {said}\n" in printed[f"convgrade check {kind}/filters/1_median.ipynb"][0]
    released = (root / "release/filters/1_median.ipynb").read_text()
    assert "still a TODO" in released
    for secret in ("np.median", "convgrade: ", "HIDDEN", "For the marker"):
        assert secret not in released


@pytest.mark.slow
def test_the_exemplar_of_the_class_has_full_marks(walked):
    assert handed_in(walked[0], "student-01")[0]["score"] == 8


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG, ids=[student for student, *_ in WRONG])
def test_a_wrong_implementation_loses_points_and_is_told_why(walked, wrong):
    student, score, failed, mistake, sentence = wrong
    verdict, page = handed_in(walked[0], student)
    checks = {check["id"]: check for check in verdict["cells"][1]["checks"]}
    assert verdict["score"] == score
    assert [each for each, check in checks.items() if check["status"] == "failed"] == [failed]
    assert checks[failed]["misconception"] == mistake
    assert checks[failed]["message"].endswith(sentence)
    assert [html.escape(other, quote=False) in page for *_, other in WRONG] == [
        other == sentence for *_, other in WRONG
    ]


@pytest.mark.slow
def test_the_tests_of_the_walk_are_tried(walked):
    _, printed = walked
    said = [text for line, told in printed.items() if "exercise test" in line for text in told]
    assert len(said) == 3
    assert all("nothing wrong gets through" in text for text in said)
    assert "5 right and 20 wrong implementations" in said[0]


@pytest.mark.slow
def test_a_mistake_that_nothing_explained_is_proposed_and_then_named(walked):
    root, printed = walked
    ((before, after), (proposal,)) = (printed[f"convgrade {what} filters"] for what in ("grade", "mistakes"))
    assert "mean 42%" in before
    assert "mean 62%" in after
    assert f"2 students, the same wrong results for the same calls: {', '.join(NAMED)}." in proposal
    assert "window.min()" in proposal
    for student in NAMED:
        verdict, page = handed_in(root, student)
        assert verdict["score"] == 4
        assert "You keep the smallest pixel" in page


@pytest.mark.slow
def test_what_the_walk_adds_is_formatted(walked):
    run(
        walked[0],
        f"ruff format --check --config {ROOT / 'pyproject.toml'} exercises/median_filter* hand_in.py",
    )


@pytest.mark.slow
def test_the_attack_in_the_text_gets_its_honest_mark(course, tmp_path):
    section = TEXT.split("## An attack", 1)[1].split("\n## ", 1)[0]
    (path := tmp_path / "forged_equal.py").write_text(BLOCK.search(section)[4])
    Attack(path).hand_in(tmp_path / "handed-in", tmp_path)
    said = run(course, f"convgrade check {tmp_path}/handed-in/1_convolve2d.ipynb --json")
    verdict = json.loads(said)
    assert verdict["score"] == Attack(path).honest == 8


def test_every_file_and_target_that_is_named_is_there():
    for name in re.findall(r"\]\((?!#|http)([^)]+)\)", TEXT):
        assert (ROOT / name).exists(), name
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:`|^ {4})make ([a-z-]+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
