"""Feedback pages without scripts and without network access."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
import nh3
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback

from autograder import notebook
from autograder.course.model_answers import model_answers
from autograder.course.settings import SECTION, read_pages
from autograder.nbgrader_plugin.listing import init_notebooks
from autograder.nbgrader_plugin.timestamps import timestamp
from autograder.notebook import outputs
from autograder.results import verdict_files

GenerateFeedback.init_notebooks = init_notebooks
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
_MOVING = re.compile(r"(figures/[\w-]+)\.gif")


_CONTAINER = re.compile(r'<div\b[^>]*\bid="notebook-container"[^>]*>')
_NOTES = jinja2.Environment(autoescape=True).from_string(
    """<div class="panel panel-default" id="convgrade-notes">
<div class="panel-heading"><b>About what you handed in</b></div>
<ul>{% for note in notes %}<li>{{ note }}</li>{% endfor %}</ul></div>"""
)
_ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {"*": {"class", "id"}}


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML pages without scripts and network access, with all pictures embedded."""

    parent: Any

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return a self-contained page in which nothing a student wrote can run or load anything."""
        self.embed_images = True
        directory = self.parent.coursedir
        directory.get_existing_timestamp = timestamp
        source = directory.format_path(directory.source_directory, ".", resources["nbgrader"]["assignment"])
        resources["metadata"]["path"] = source  # where the pictures are
        if read_pages(self.config.get(SECTION, {})).model_answers:
            _show_model_answers(nb, Path(source, f"{resources['nbgrader']['notebook']}.ipynb"))
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = _MOVING.sub(lambda found: _still(Path(source), found), cell.source)
        notes = _notes(directory, resources["nbgrader"])
        page, resources = super().from_notebook_node(nb, resources=resources, **kwargs)
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        fitting = "<style>.rendered_html img, .output_area img { max-width: 100%; height: auto }</style>"
        page = re.sub(r"<script\b[^>]*>.*?</script>", "", page, flags=re.DOTALL | re.IGNORECASE)
        page = page.replace("<head>", f"<head>\n{policy}", 1).replace("</head>", f"{fitting}</head>", 1)
        return _CONTAINER.sub(lambda start: start[0] + notes, page, count=1), resources

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Render Markdown and keep only words, tables, links and pictures."""
        return nh3.clean(
            super().markdown2html(context, source),
            attributes=_ATTRIBUTES,
            url_schemes={"data", "http", "https", "mailto"},
            attribute_filter=_link,
        )


def _notes(directory: Any, ids: Any) -> str:
    """Return what a student should know about the file that was graded, as HTML, or nothing."""
    root = Path(directory.format_path(directory.autograded_directory, ids["student"], ids["assignment"]))
    path = root / f"{ids['notebook']}{verdict_files.SUFFIX}"
    try:
        notes = verdict_files.read_verdict(path).notes
    except verdict_files.BrokenVerdict:
        return ""
    return _NOTES.render(notes=[outputs.clean(note) for note in notes]) if notes else ""


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
