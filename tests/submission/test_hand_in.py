"""Submissions that are broken or hostile as files, through real nbgrader: each has its row."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import shutil

import commands
import pytest
from nbgrader.api import Gradebook
from pour import notebooks, pour, released, sections

from autograder.submission import hand_in
from autograder.submission.reading import Unreadable

ASSIGNMENT = "conv2d"
FIRST = notebooks(ASSIGNMENT)[0]
EXEMPLAR = sections(ASSIGNMENT, "student-01")
WORTH = 4
"""Points of the first graded cell, with which the notebook ends here."""


def run(course, *arguments):
    return commands.run(course, "nbgrader", *arguments)


def cut(nb):
    """A notebook up to its first graded cell."""
    graded = [cell["metadata"].get("nbgrader", {}).get("grade", False) for cell in nb["cells"]]
    return nb | {"cells": nb["cells"][: graded.index(True) + 1]}


def right():
    """A right submission of the first notebook."""
    return pour(cut(released(ASSIGNMENT, FIRST)), EXEMPLAR)


def good(folder, file=f"{FIRST}.ipynb"):
    (folder / file).write_text(json.dumps(right()))


def write(text):
    return lambda folder: (folder / f"{FIRST}.ipynb").write_bytes(text)


def edited(change):
    def make(folder):
        nb = right()
        change(nb)
        (folder / f"{FIRST}.ipynb").write_text(json.dumps(nb))

    return make


def pipes(folder):
    for name in (f"{FIRST}.ipynb", "timestamp.txt", "data.txt"):
        os.mkfifo(folder / name)


def links(folder):
    os.symlink("/etc/passwd", folder / f"{FIRST}.ipynb")
    os.symlink("/etc/passwd", folder / "data.txt")
    os.symlink("/", folder / "root")


def giant(folder):
    with (folder / f"{FIRST}.ipynb").open("wb") as file:
        file.truncate(200 << 20)


ACTIVE = (
    "page.htm",
    "page.HTML",
    "page.xhtml",
    "page.svg",
    "page.xml",
    "page.mht",
    "page.js",
    "page.pdf",
    "page",
)


def shadows(folder):
    good(folder)
    for name in (
        "numpy.py",
        "conftest.py",
        "inside.py",
        "sitecustomize.py",
        f"{FIRST}.html",
        f"{FIRST}.verdict.json",
        *ACTIVE,
        "figures/edges.png",
        "notes.txt",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("raise SystemExit('shadowed')")


def nested(folder):
    good(folder)
    for name in ("requirements.txt", "figures"):
        (folder / name).mkdir()
        (folder / name / "x").write_text("a folder where the course has a file, or one of the same name")


BROKEN = {
    "nothing-at-all": lambda folder: None,
    "a-full-folder": lambda folder: (
        (folder / f"{FIRST}.ipynb").mkdir(),
        (folder / f"{FIRST}.ipynb" / "x").write_text("x"),
    ),
    "not-json": write(b"{ not json"),
    "not-text": write(b"\xff\xfe\x00"),
    "empty-file": write(b""),
    "a-list": write(b"[]"),
    "version-3": write(json.dumps({"nbformat": 3, "worksheets": []}).encode()),
    "no-cells": write(json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()),
    "odd-cells": write(json.dumps({"cells": [1, None, {"cell_type": []}], "metadata": 7}).encode()),
    "deep": write(b"[" * 200_000),
    "pipes": pipes,
    "links": links,
    "giant": giant,
    "a-folder": lambda folder: (folder / f"{FIRST}.ipynb").mkdir(),
    "other-name": lambda folder: (folder / "holiday.ipynb").write_text("{}"),
}
MANY = hand_in.MAX_ENTRIES + 100
SOUND = {
    "browser-name": lambda folder: good(folder, file=f"{FIRST} (1).ipynb"),
    "upper-case": lambda folder: good(folder, file=f"{FIRST.upper()} copy.ipynb"),
    "own-name": lambda folder: good(folder, file="my homework $(touch x) ; é.ipynb"),
    "shadows": shadows,
    "nested": nested,
    "many": lambda folder: (good(folder), [(folder / f"{n}.txt").touch() for n in range(MANY)]),
    "duplicated": edited(lambda nb: nb["cells"].extend([dict(cell) for cell in nb["cells"]])),
    "skip-tag": edited(lambda nb: [cell["metadata"].update(tags=["skip-execution"]) for cell in nb["cells"]]),
    "kernelspec": edited(lambda nb: nb["metadata"].update(kernelspec={"name": "evil", "display_name": "x"})),
    "points": edited(lambda nb: [c["metadata"].get("nbgrader", {}).update(points=99) for c in nb["cells"]]),
    "no-ids": edited(lambda nb: [cell.update(metadata={}) for cell in nb["cells"]]),
    "bad-timestamp": lambda folder: (good(folder), (folder / "timestamp.txt").write_text("yesterday")),
}


@pytest.fixture(scope="module")
def graded(course):
    """One batch of all of them."""
    root = course.parent / "hand-in"
    shutil.copytree(
        course,
        root,
        ignore=shutil.ignore_patterns("release", "submitted", "autograded", "feedback", "gradebook.db"),
    )
    for path in root.glob(f"source/{ASSIGNMENT}/*.ipynb"):
        if path.stem == FIRST:
            path.write_text(json.dumps(cut(json.loads(path.read_bytes()))))
        else:
            path.unlink()
    assert run(root, "generate_assignment", ASSIGNMENT).returncode == 0
    for name, make in {**BROKEN, **SOUND}.items():
        folder = root / "submitted" / name / ASSIGNMENT
        folder.mkdir(parents=True)
        make(folder)
    (root / "submitted" / "two\nlines" / ASSIGNMENT).mkdir(parents=True)
    done = run(root, "autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    assert run(root, "generate_feedback", ASSIGNMENT).returncode == 0
    assert run(root, "export").returncode == 0
    return root


def verdict(root, name):
    return json.loads((root / "autograded" / name / ASSIGNMENT / f"{FIRST}.verdict.json").read_text())


@pytest.mark.parametrize("name", [*BROKEN, *SOUND])
def test_each_has_a_row_a_verdict_and_pages(graded, name):
    with (graded / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows[name]["raw_score"]) == verdict(graded, name)["score"]
    pages = {path.stem for path in (graded / "feedback" / name / ASSIGNMENT).glob("*.html")}
    assert pages == {FIRST}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_notebook_earns_nothing_and_says_why(graded, name):
    found = verdict(graded, name)
    assert found["score"] == 0
    assert found["max_score"] == WORTH
    if name not in ("no-cells", "odd-cells"):
        assert found["status"] == "unreadable"
        assert re.search("^the notebook could not be read|was not handed in", found["notes"][0])


@pytest.mark.parametrize("name", SOUND)
def test_what_can_be_repaired_has_full_marks(graded, name):
    assert verdict(graded, name)["score"] == WORTH


def test_nothing_of_the_machine_is_copied_for_a_link(graded):
    copied = [path for path in (graded / "autograded").rglob("*") if path.name in ("data.txt", "root")]
    assert copied == []
    page = (graded / "feedback" / "links" / ASSIGNMENT / f"{FIRST}.html").read_text()
    assert "root:x:0" not in page


def test_a_page_of_the_students_does_not_stand_in_for_the_feedback(graded):
    assert "shadowed" not in (graded / "feedback" / "shadows" / ASSIGNMENT / f"{FIRST}.html").read_text()


def test_only_what_a_browser_does_not_run_goes_where_formgrader_serves_it(graded):
    beside = {path.name for path in (graded / "autograded" / "shadows" / ASSIGNMENT).iterdir()}
    assert {"notes.txt", "numpy.py", f"{FIRST}.ipynb"} <= beside
    assert not beside & set(ACTIVE)
    assert all((graded / "submitted" / "shadows" / ASSIGNMENT / name).is_file() for name in ACTIVE)


@pytest.mark.parametrize("name", ["shadows", "nested"])
def test_the_lessons_pictures_stay_the_lessons(graded, name):
    figures = graded / "autograded" / name / ASSIGNMENT / "figures"
    assert figures.is_symlink()
    assert figures.resolve() == (graded / "source" / ASSIGNMENT / "figures").resolve()


def test_feedback_pages_hold_no_script_and_forbid_all_requests(graded):
    for page in (graded / "feedback").rglob("*.html"):
        text = page.read_text()
        assert "<script" not in text.lower()
        assert "default-src 'none'" in html.unescape(text.split("<body")[0])


def test_a_page_that_is_written_again_shows_the_comments_of_now(graded):
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as book:
        comments = book.find_submission_notebook(FIRST, ASSIGNMENT, "upper-case").comments
        comments[0].manual_comment = "Seen by a marker."
        book.db.commit()
    assert run(graded, "generate_feedback", ASSIGNMENT, "--student", "upper-case").returncode == 0
    assert "Seen by a marker." in (graded / "feedback/upper-case" / ASSIGNMENT / f"{FIRST}.html").read_text()


def test_of_too_many_files_the_first_are_taken_and_it_is_said(graded):
    assert len(list((graded / "autograded/many" / ASSIGNMENT).iterdir())) < MANY
    assert "holds more than" in verdict(graded, "many")["notes"][0]


def test_an_unchanged_submission_is_skipped_a_changed_one_is_graded_again(graded):
    again = run(graded, "autograde", ASSIGNMENT)
    assert again.stderr.count("Skipping existing assignment") == len(BROKEN) + len(SOUND)
    assert f"submitted/two\\nlines/{ASSIGNMENT}': rename it" in again.stderr
    good(graded / "submitted" / "not-json" / ASSIGNMENT)
    run(graded, "autograde", ASSIGNMENT)
    assert verdict(graded, "not-json")["score"] == WORTH


def test_a_half_made_folder_is_graded_again(graded):
    folder = graded / "autograded" / "upper-case" / ASSIGNMENT
    (folder / f"{FIRST}.verdict.json").unlink()
    done = run(graded, "autograde", ASSIGNMENT, "--student", "upper-case")
    assert done.returncode == 0
    assert verdict(graded, "upper-case")["score"] == WORTH


def test_reading_never_follows_waits_or_swallows(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    os.symlink("/etc/passwd", tmp_path / "link")
    (tmp_path / "big").write_bytes(b"x" * 11)
    for name, word in (
        ("pipe", "regular"),
        ("link", "opened"),
        ("big", "allowed"),
        ("none", "opened"),
        (".", "regular"),
    ):
        with pytest.raises(Unreadable, match=word):
            hand_in.read_file(tmp_path / name, limit=10)


def test_a_folder_of_too_many_files_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(hand_in, "MAX_ENTRIES", 5)
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "z.ipynb").write_text("x")
    (tmp_path / "folder/z.ipynb").write_text("x")
    hand = hand_in.look(tmp_path)
    assert [path.name for path in hand.files] == ["z.ipynb", "0.txt", "1.txt", "2.txt"]
    assert hand.skipped == {tmp_path: "holds more than 5 files and folders; the others do not count"}
