"""Every text a student reads: easy to read, spoken English, as long as it says, and our own words."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from pour import as_written

from autograder import notebook as cells_of
from reference.figures import FIGURES, sliding_window
from reference.figures.cases import CASES
from reference.kernels import KERNELS

textstat = pytest.importorskip("textstat")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [(path.parent.name, path.stem) for path in sorted(ROOT.glob("source/*/*.ipynb"))]
TEXTS = [
    (f"{name}#{c['id']}", c)
    for lesson, name in NOTEBOOKS
    for c in as_written(lesson, name)
    if c["cell_type"] == "markdown"
]
HARDEST = 8.0  # the school grade of the Flesch-Kincaid formula
CITATIONS = {"references"}  # titles and names of others
# Hashes of all runs of seven words in the three documents the course comes from; `_hashes` makes them.
SEEDS = Path(__file__).parent / "seeds.sha256"
RUN = 7
TITLES = "|".join(re.escape(case.title) for case in CASES.values())
WORDS_A_MINUTE, LINES_A_MINUTE = 175, 10
MINUTES_A_REFLECTION = 3
MINUTES_OF_PRACTICE = 6
NOT_SAID = (
    "anew", "of a student's", "stands", "stand a few", "waits for a human", "on a good way", "who cannot see",
    "without your seeing", "speaks for", "take home", "by that rule", "for ever", "in the same manner",
    "habits of", "turned by", "after pythagoras", "a person reads", "make bytes of",
)  # fmt: skip


def prose(text):
    """The sentences of a text cell: no code, tables, formulas, pictures or addresses of links."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"^\*\*.*\*\*, relationship .*$", "", text, flags=re.MULTILINE)  # captions of pictures
    text = re.sub(rf"<summary>({TITLES})</summary>", "", text)
    text = re.sub(r"<summary>(.*?)</summary>", r"\1.\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    text = re.sub(r"^\|.*\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"`[^`]*`", "it", text)
    text = re.sub(r"^#+ (.*?)[.?!]?$", r"\1.", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*([*>]|\d\.)\s+", "\n", text, flags=re.MULTILINE)
    return re.sub(r"[*\[\]]", "", text).strip()


def docstring(c):
    """What the docstring and the comments of a stub say."""
    text = cells_of.source(c)
    found = re.search(r'"""(.*?)"""', text, re.DOTALL)
    comments = " ".join(re.findall(r"# (.*)", text))
    return f"{found[1] if found else ''} {comments}"


def words_of(text):
    return re.findall(r"[a-z']+", text.lower())


def _hashes(text):
    """The hash of each run of seven words."""
    words = words_of(text)
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12]: run for run in runs}


# how it reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "c"), TEXTS, ids=[cell for cell, _ in TEXTS])
def test_a_text_is_easy_to_read(cell, c):
    text = prose(cells_of.source(c))
    if c["id"] not in CITATIONS and len(words_of(text)) >= 8:
        assert textstat.flesch_kincaid_grade(text) <= HARDEST, text


def everything_students_read():
    for lesson, name in NOTEBOOKS:
        for c in as_written(lesson, name):
            yield f"{name}#{c['id']}", cells_of.source(c)
    for case in CASES.values():
        yield case.name, f"{case.title} {case.alt}"
    for kernel in KERNELS.values():
        yield kernel.name, kernel.effect
    for figure in FIGURES:
        yield figure.FILE, figure.ALT
    yield sliding_window.ANIMATION, sliding_window.ANIMATION_ALT


@pytest.mark.parametrize("words", NOT_SAID)
def test_nothing_is_said_that_nobody_says(words):
    pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
    assert [where for where, text in everything_students_read() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "term",
    ["response", "padding modes", "flip", "effective kernel size", "scatter-add", "ReLU", "channel",
     "gradient descent", "receptive field", "equivariant", "backpropagation", "flattening"],
)  # fmt: skip
def test_the_words_of_the_field_are_all_there(term):
    assert any(f"{term}" in text for _, text in everything_students_read())


# how long it takes ----------------------------------------------------------------------------------------


def minutes(lesson, name):
    """Reading, running, predicting and writing, for someone to whom all of it is new."""
    total, cells = 0.0, as_written(lesson, name)
    tested = {cells_of.grade_id(c) for c in cells}
    for c in cells:
        text = cells_of.source(c)
        ours = c["metadata"].get("nbgrader", {})
        if c["cell_type"] == "markdown":
            total += len(words_of(prose(text))) / WORDS_A_MINUTE + text.count("**Predict")
            total += MINUTES_A_REFLECTION * bool(ours.get("solution"))
        elif ours.get("solution") and f"test_{ours['grade_id']}" not in tested:
            total += MINUTES_OF_PRACTICE
        elif ours.get("grade"):
            total += 2 * ours["points"]  # two minutes of writing for each point
        elif "helper" not in c["id"]:
            total += len(text.splitlines()) / LINES_A_MINUTE
    return total


@pytest.mark.parametrize(("lesson", "name"), NOTEBOOKS)
def test_the_stated_time_is_the_measured_one(lesson, name):
    first = cells_of.source(as_written(lesson, name)[0])
    stated = int(re.search(r"\*\*Time:\*\* about (\d+) minutes", first)[1])
    assert abs(stated - minutes(lesson, name)) <= 5, minutes(lesson, name)


@pytest.mark.parametrize(("lesson", "name"), NOTEBOOKS)
def test_the_first_cell_says_what_each_task_is_worth(lesson, name):
    cells = as_written(lesson, name)
    table = dict(re.findall(r"^\| (.*?) \| (\d+) \|$", cells_of.source(cells[0]), re.MULTILINE))
    worth = {row.split("`")[1]: int(points) for row, points in table.items() if "`" in row}
    reflections = sum(int(points) for row, points in table.items() if "`" not in row)
    graded = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade")]
    points = {c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]["nbgrader"]["points"] for c in graded}
    assert f"That is {sum(points.values())} points in all." in cells_of.source(cells[0])
    assert worth == {id_[5:]: n for id_, n in points.items() if id_.startswith("test_")}
    assert reflections == sum(n for id_, n in points.items() if id_.startswith("reflect_"))


@pytest.mark.parametrize("lesson", sorted({lesson for lesson, _ in NOTEBOOKS}))
def test_the_first_notebook_says_what_the_lesson_is_worth_and_how_long_it_takes(lesson):
    titles = [cells_of.source(as_written(lesson, name)[0]) for each, name in NOTEBOOKS if each == lesson]
    points, minutes = re.search(r"are worth (\d+) points and take about (\d+) minutes", titles[0]).groups()
    rows = re.findall(r"\| (\d+) \|$", "\n".join(titles), re.MULTILINE)
    assert int(points) == sum(map(int, rows))
    assert int(minutes) == sum(int(re.search(r"Time:\*\* about (\d+)", text)[1]) for text in titles)


# whose words they are -------------------------------------------------------------------------------------


def test_no_seven_words_in_a_row_are_taken_from_the_documents_the_course_comes_from():
    seeds = set(SEEDS.read_text().split())
    assert len(seeds) > 2000
    taken = {}
    for lesson, name in NOTEBOOKS:
        for c in json.loads((ROOT / "source" / lesson / f"{name}.ipynb").read_bytes())["cells"]:
            if c["id"] in CITATIONS:
                continue
            text = cells_of.source(c) if c["cell_type"] == "markdown" else docstring(c)
            text = re.sub(r"```.*?```|\]\([^)]*\)", "]", text, flags=re.DOTALL)
            taken |= {run: f"{name}#{c['id']}" for key, run in _hashes(text).items() if key in seeds}
    for where, text in everything_students_read():
        if "#" not in where:
            taken |= {run: where for key, run in _hashes(text).items() if key in seeds}
    assert taken == {}
