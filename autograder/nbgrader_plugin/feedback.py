"""Feedback pages without scripts and without network access: what matters first, then the notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nh3
from bs4 import BeautifulSoup
from jinja2 import pass_context
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades

from autograder import notebook
from autograder.checks import exercise
from autograder.checks.mistakes import loaded
from autograder.course.model_answers import model_answers
from autograder.course.settings import SECTION, read_pages, read_settings
from autograder.course.sources import own_exercises
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.listing import init_notebooks
from autograder.nbgrader_plugin.overview import overview
from autograder.nbgrader_plugin.timestamps import timestamp
from autograder.results import pages, verdict_files

GenerateFeedback.init_notebooks = init_notebooks
TEMPLATES = Path(__file__).parent / "templates"
NO_WORDS = "no description"
_MOVING = re.compile(r"(figures/[\w-]+)\.gif")
_ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {"*": {"class", "id"}, "pre": {"tabindex"}}


class Grades(GetGrades):
    """nbgrader's marks in the metadata of cells, and whether they are still to be graded by hand."""

    def _get_score(self, cell: Any, resources: Any) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML of the cells, with all pictures embedded, in our own page."""

    parent: Any
    _graded: Any
    _told: frozenset[str] = frozenset()
    """What has been said once already."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return a self-contained page in which nothing a student wrote can run or load anything."""
        self.embed_images = True
        self.template_name, self.raw_template = "basic", (TEMPLATES / "cells.html").read_text()
        directory, ids = self.parent.coursedir, resources["nbgrader"]
        exercise.look_in(own_exercises(Path(directory.root)))
        directory.get_existing_timestamp = timestamp
        folder = Path(directory.format_path(directory.source_directory, ".", ids["assignment"]))
        source = folder / f"{ids['notebook']}.ipynb"
        resources["metadata"]["path"] = str(folder)  # where the pictures are
        section = self.config.get(SECTION, {})
        if read_pages(section).model_answers:
            _show_model_answers(nb, source)
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = _MOVING.sub(lambda found: _still(folder, found), cell.source)
        cells, resources = super().from_notebook_node(nb, resources=resources, **kwargs)
        cells = re.sub(r"<script\b[^>]*>.*?</script>", "", cells, flags=re.DOTALL | re.IGNORECASE)
        ids = resources["nbgrader"]  # with nbgrader's sums
        level = nb.metadata.get("convgrade", {}).get("feedback", read_settings(section).feedback)
        verdict = _verdict(directory, ids)
        self._tell_what_does_not_load(verdict)
        values = overview(self._graded, ids, source, verdict, feedback=level)
        values |= {"cells": Markup(cells), "comment2html": comment2html}  # noqa: S704  cleaned, as above
        return pages.render(TEMPLATES / "feedback", values, inline_styles=True), resources

    def _tell_what_does_not_load(self, verdict: Verdict | None) -> None:
        """Warn, once, of misconceptions whose sentences the pages have to do without."""
        found = {loaded(cell.function)[1] for cell in verdict.cells} if verdict else set()
        for why in sorted(found - self._told - {""}):
            self.log.warning("%s; the pages are written without its sentences", why)
        self._told |= found

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Keep the notebook as it is shown, with the marks of `Grades`."""
        self._graded, resources = super()._preprocess(nb, resources)
        return self._graded, resources

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Yield nbconvert's filters and one for comments."""
        yield from super().default_filters()
        yield "comment2html", comment2html

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Render Markdown and keep only words, tables, links and pictures."""
        return _clean(super().markdown2html(context, source))


def comment2html(comment: str) -> Markup:
    """Render a marker's comment as Markdown, its HTML as text."""
    rendered = MarkdownWithMath(renderer=IPythonRenderer(escape=True)).render(comment)
    return Markup(_clean(rendered))  # noqa: S704


def _clean(html: str) -> str:
    """Return HTML with nothing but words, tables, links and pictures, which all can read."""
    if "<img" in html or "<pre" in html:
        soup = BeautifulSoup(html, features="html.parser")
        for picture in soup.select("img:not([alt])"):
            picture["alt"] = NO_WORDS
        for wide in soup.select("pre"):
            wide["tabindex"] = "0"  # scrolled without a mouse, too
        html = str(soup)
    return nh3.clean(
        html,
        attributes=_ATTRIBUTES,
        url_schemes={"data", "http", "https", "mailto"},
        attribute_filter=_link,
    )


def _verdict(directory: Any, ids: Any) -> Verdict | None:
    """Return the verdict on a student's notebook; None if there is none that can be read."""
    root = Path(directory.format_path(directory.autograded_directory, ids["student"], ids["assignment"]))
    try:
        return verdict_files.read_verdict(root / f"{ids['notebook']}{verdict_files.SUFFIX}")
    except verdict_files.BrokenVerdict:
        return None


def _show_model_answers(nb: Any, source: Path) -> None:
    """Put the model answer below each answer that is graded by hand."""
    answers = {each.grade_id: each.answer for each in model_answers(source)}
    for cell in nb.cells:
        if answer := answers.get(notebook.grade_id(cell) or ""):
            cell.source += f"\n\n---\n\n**Model answer.** {answer}"


def _link(tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value; None for links to data URLs, which are allowed in pictures only."""
    return None if (tag, attribute) == ("a", "href") and value.lower().startswith("data:") else value


def _still(source: Path, found: re.Match[str]) -> str:
    """Return the still picture for an animation if there is one, to keep the pages of a class small."""
    still = f"{found[1]}.png"
    return still if (source / still).is_file() else found[0]
