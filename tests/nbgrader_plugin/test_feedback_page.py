"""Feedback pages: what a student wants first stands first, and nothing in it acts."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup
from common import ROOT
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, Configurable

from autograder.checks import exercise
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.nbgrader_plugin.feedback import FeedbackExporter

NAME, FUNCTION, QUESTION = "1_convolve2d", "convolve2d", "reflect_smaller"
FLIPPED = "Your kernel is rotated by 180 degrees; use it exactly as it is written."
EVIL = "</li></ul><script>alert(1)</script><img src=x onerror=alert(2)>\u202e"
CHECKS = (
    CheckResult("as_written", "The kernel is used as it is written.", 2, 0, "failed", f"All. {FLIPPED}",
                "convolve2d/flipped"),
    CheckResult("pairs", "Pairs work.", 1, 0, "failed", f"The function raised {EVIL}. Look at line 3."),
    CheckResult("later", "Later.", 1, 0, "skipped", "Not tried, because this failed: Pairs work."),
    CheckResult("first", "Sums are right.", 10, 10, "passed"),
)  # fmt: skip
CELL = CellVerdict("test_convolve2d", FUNCTION, 10, 14, "graded", CHECKS)
VERDICT = Verdict(
    "conv2d", NAME, "student-01", "graded", 10, 14, "landlock", "5eed", (f"a cell was {EVIL}",), (CELL,)
)


def graded(role, name, **more):
    return {"nbgrader": {"grade_id": name, "grade": True, "solution": role == "question", **more}}


def notebook(comment="**Well** seen.", source="My answer."):
    """As it comes from the gradebook: two cells of the lesson, a test cell, a question."""
    v4 = nbformat.v4
    tests = v4.new_code_cell("assert 1", metadata=graded("tests", "test_convolve2d", score=10, points=14))
    tests.outputs = [v4.new_output("execute_result", {"text/html": '<div class="cg">card</div>'})]
    marks = {"score": 0, "points": 2, "waiting": True, "comment": comment}
    picture = v4.new_code_cell("show()")
    picture.outputs = [v4.new_output("display_data", {"image/png": "aGk=", "text/plain": "x"})]
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("## Flipped?\n<details><summary>Hint 1</summary>\n\nTurn it.\n\n</details>"),
            v4.new_markdown_cell("<img src='data:image/png;base64,aGk='>", id="flip-after"),
            picture,
            tests,
            v4.new_markdown_cell(source, metadata=graded("question", QUESTION, **marks)),
        ]
    )


@pytest.fixture
def shown(tmp_path, caplog):
    """The page of a notebook; nothing is logged about it."""
    shutil.copytree(ROOT / "source" / "conv2d", tmp_path / "source" / "conv2d")
    folder = tmp_path / "autograded" / "student-01" / "conv2d"
    folder.mkdir(parents=True)

    def show(nb, verdict=VERDICT, logged=(), **settings):
        if verdict:
            (folder / f"{NAME}.verdict.json").write_text(json.dumps(verdict.to_json()))

        class Parent(Configurable):
            coursedir = CourseDirectory(root=str(tmp_path))

        exporter = FeedbackExporter(config=Config({"ConvGrade": settings}))
        exporter.parent = Parent()
        ids = {"student": "student-01", "assignment": "conv2d", "notebook": NAME}
        ids |= {"score": 10.0, "max_score": 16.0, "late_penalty": 1.5}
        resources = {"nbgrader": ids, "metadata": {"name": NAME}}
        page, _ = exporter.from_notebook_node(nb, resources=resources)
        if logged:  # once, and not for the next student
            exporter.from_notebook_node(notebook(), resources=resources)
        assert caplog.messages == list(logged)
        return BeautifulSoup(page, "html.parser")

    show.root = tmp_path / "source" / "conv2d"
    return show


def words(element):
    return " ".join(element.get_text().split())


def test_code_in_a_question_is_code_wherever_the_question_is_named(shown):
    path = shown.root / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("**Why is the result smaller", "**Why is `n` smaller"))
    page = shown(notebook())
    named = page.select(".functions > li > a")[1], page.select_one(".comments a")
    assert [words(each.code) for each in named] == ["n", "n"]


def test_points_failures_comments_and_notes_come_before_the_notebook(shown):
    page = shown(notebook())
    assert words(page.h1) == f"{NAME}: 10 of 16 points"
    assert "1 answer is not graded yet and counts as 0 until then" in words(page.main)
    assert "1.5 points are deducted" in words(page.main)
    lines = page.select(".functions > li")
    assert words(lines[0]).startswith("convolve2d 10 of 14 ")
    assert words(lines[1]) == (
        "Why is the result smaller than the image, and what does padding change about that? not graded yet"
    )
    first, second, untried = lines[0].select("li")
    assert FLIPPED in words(first)
    assert "All." not in words(first)  # one sentence
    assert words(second).endswith("The function raised </li></ul><script>alert(1)</script>"
                                  "<img src=x onerror=alert(2)>.")  # fmt: skip
    assert words(untried).startswith("1 check was not tried")
    assert [words(each) for each in page.select("h2")][:3] == [
        "Comments",
        "About what you handed in",
        "Your notebook",
    ]
    assert page.find("ul", class_="comments").strong.text == "Well"


def test_a_page_is_written_without_the_sentences_that_do_not_load(shown, tmp_path):
    file = tmp_path / "exercises" / FUNCTION / "misconceptions.py"
    file.parent.mkdir(parents=True)
    file.write_text("def wrong(:\n")
    why = f"{file} does not load: SyntaxError: invalid syntax (misconceptions.py, line 1)"
    try:
        page = shown(notebook(), logged=[f"{why}; the pages are written without its sentences"])
    finally:
        exercise.look_in("")
    assert "The kernel is used as it is written. All." in words(page.select_one(".functions li"))


def test_every_link_leads_to_its_card_or_to_the_cell_that_explains(shown):
    page = shown(notebook())
    targets = {link["href"] for link in page.select(".functions a, .comments a, .worth a")}
    assert targets == {
        "#card-test_convolve2d",
        f"#graded-{QUESTION}",
        "#cell-id=flip-after",
        "#top",
    }
    for target in targets:
        assert page.find(id=target.removeprefix("#")), target
    assert page.find(id="card-test_convolve2d").select(".cg")


def test_a_cell_of_the_lesson_that_was_deleted_is_not_linked_to(shown):
    nb = notebook()
    del nb.cells[1]
    assert not shown(nb).select('a[href^="#cell-id"]')


def test_words_of_students_and_html_of_markers_are_inert(shown):
    page = shown(notebook(comment=f"See {EVIL} [x](javascript:alert(3)) <b>bold</b>", source=EVIL))
    assert not page.select("script, iframe, form, [onerror], [onclick], a[href^=javascript], b b")
    comment = page.find("ul", class_="comments")
    assert "<b>bold</b>" in words(comment)
    assert "<img src=x onerror=alert(2)>" in words(comment)
    assert not comment.select("img")
    assert "\u202e" not in words(page.find("ul", class_="functions")) + words(
        page.find(id="convgrade-notes").find_next("ul")
    )


def test_hints_are_closed_pictures_have_words_and_phones_are_thought_of(shown):
    page = shown(notebook())
    assert words(page.find("details").summary) == "Hint 1"
    assert not page.select("details[open]")
    pictures = page.select("img")
    assert [picture["alt"] for picture in pictures] == ["no description", "picture made by this cell"]
    assert page.find("meta", attrs={"name": "viewport"})
    assert "prefers-color-scheme:dark" in page.style.string


@pytest.mark.parametrize(
    ("level", "told"), [("full", True), ("hint", True), ("score", False)], ids=["full", "hint", "score"]
)
def test_the_top_tells_no_more_than_the_cards(shown, level, told):
    lines = words(shown(notebook(), feedback=level).find("ul", class_="functions"))
    assert "The kernel is used as it is written." in lines
    assert (FLIPPED in lines) == told
    assert ("The function raised" in lines) == told


def test_what_was_left_out_is_said_once(shown):
    unanswered = replace(VERDICT, cells=(replace(CELL, status="unanswered", score=0),))
    line = shown(notebook(), unanswered).select(".functions > li")[0]
    assert words(line) == "convolve2d 10 of 14 Its cell has no answer."


def test_without_a_verdict_the_marks_are_there(shown):
    lines = shown(notebook(), verdict=None).select(".functions > li")
    assert words(lines[0]) == "test_convolve2d 10 of 14"
    assert not re.findall("failed", words(lines[0]))
