"""Model answers: with the source, out of the release, to students when the course says so."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import nbformat
import pytest
from common import ROOT
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, Configurable

from autograder.course.model_answers import model_answers
from autograder.course.settings import CourseError, read_pages
from autograder.nbgrader_plugin.feedback import FeedbackExporter
from autograder.results import answers

NOTEBOOKS = sorted(ROOT.glob("source/*/*.ipynb"))
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    """A course with one lesson and no gradebook yet."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / "conv2d", tmp_path / "source" / "conv2d")
    return tmp_path


def due(root, assignment, when):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "convgrade") as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=when)


def test_an_extension_counts_as_a_deadline(root):
    due(root, "conv2d", NOW - timedelta(days=1))
    (root / "extensions.csv").write_text("student,assignment,until\nstudent-01,conv2d,2027-01-16 08:00\n")
    with pytest.raises(
        CourseError, match=r"student-01 may hand in conv2d until 2027-01-16 at 08:00 UTC; .* --early"
    ):
        answers.write(root, "conv2d", now=NOW)
    assert answers.write(root, "conv2d", now=NOW + timedelta(days=1)).is_file()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_question_has_a_model_answer_that_is_not_released(path):
    questions = [
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in json.loads(path.read_bytes())["cells"]
        if cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader")
    ]
    found = model_answers(path)
    assert [each.grade_id for each in found] == questions
    release = (ROOT / "release" / path.parent.name / path.name).read_text()
    for each in found:
        assert "?" in each.question
        assert "marker" not in each.question + each.answer
        assert 30 <= len(each.answer.split()) <= 100
        assert json.dumps(each.answer)[1:-1] not in release
        assert "Model answer" not in release


def test_the_page_holds_each_question_and_its_answer(root):
    page = answers.write(root, "conv2d", now=NOW)
    assert page == root / "answers" / "conv2d.html"
    text = page.read_text()
    assert text.count("<section>") == 4
    assert "Why is the result smaller than the image" in text
    assert "3 by 3 kernel gives 48 by 60 again" in text
    assert "For the marker" not in text


def test_nothing_is_written_before_the_deadline_unless_asked_for(root):
    due(root, "conv2d", (NOW + timedelta(minutes=1)).replace(tzinfo=None))
    with pytest.raises(CourseError, match=r"is due on 2027-01-15 at 12:01 UTC; .* add --early"):
        answers.write(root, "conv2d", now=NOW)
    assert not (root / "answers").exists()
    assert answers.write(root, "conv2d", now=NOW, early=True).is_file()


@pytest.mark.parametrize("when", [None, NOW.replace(tzinfo=None)])
def test_without_a_deadline_or_after_it_the_page_is_written(root, when):
    due(root, "conv2d", when)
    assert answers.write(root, "conv2d", now=NOW).is_file()


def test_an_assignment_without_model_answers_says_how_to_write_them(root):
    with pytest.raises(CourseError, match=r"no assignment filters"):
        answers.write(root, "filters")
    (root / "source" / "filters").mkdir()
    with pytest.raises(CourseError, match=r"write them into the solutions of its questions"):
        answers.write(root, "filters")


@pytest.mark.parametrize("shown", [False, True])
def test_feedback_pages_show_model_answers_when_the_course_says_so(root, shown):
    class Parent(Configurable):
        coursedir = CourseDirectory(root=str(root))
        log = SimpleNamespace(warning=print)

    cell = nbformat.v4.new_markdown_cell("My answer.", metadata={"nbgrader": {"grade_id": "reflect_smaller"}})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    config = Config({"ConvGrade": {"model_answers": shown}})
    exporter = FeedbackExporter(config=config)
    exporter.parent = Parent()
    graded = {"student": "student-01", "assignment": "conv2d", "notebook": "1_convolve2d"}
    resources = {"nbgrader": graded, "metadata": {"name": "x"}}
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    assert "My answer." in page
    assert ("Model answer." in page) == shown
    assert "For the marker" not in page


@pytest.mark.parametrize("wrong", ["yes", 1, None])
def test_the_setting_is_true_or_false(wrong):
    with pytest.raises(CourseError, match=r"model_answers is .*; it must be True or False"):
        read_pages({"model_answers": wrong})
