"""Write the page with the model answers of an assignment, to give to students after the deadline."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from markupsafe import Markup
from nbconvert.filters import markdown2html

from autograder.course import extensions
from autograder.course.model_answers import of_assignment
from autograder.course.settings import CourseError
from autograder.results import pages
from autograder.results.marks import due_date

FOLDER = "answers"
_PAGE = pages.TEMPLATES / "answers"


def write(root: Path, assignment: str, *, now: datetime | None = None, early: bool = False) -> Path:
    """Write answers/ASSIGNMENT.html and return its path.

    Raises CourseError if the assignment has no model answers, or if its deadline in the gradebook, or one in
    extensions.csv, is still to come, unless `early`.
    """
    found = of_assignment(root, assignment)
    deadlines = {
        f"{student} may hand in {assignment} until": until
        for (student, name), until in extensions.read(root).items()
        if name == assignment
    }
    if due := due_date(root, assignment):
        deadlines[f"{assignment} is due on"] = due
    said, last = max(deadlines.items(), key=lambda each: each[1], default=("", None))
    if last and not early and (now or datetime.now(UTC)) < last:
        raise CourseError(
            f"{said} {last.astimezone(UTC):%Y-%m-%d at %H:%M} UTC; "
            "to write its model answers before that, add --early"
        )
    chapters = [(name, list(group)) for name, group in groupby(found, key=lambda each: each.notebook)]
    page = root / FOLDER / f"{assignment}.html"
    page.parent.mkdir(exist_ok=True)
    values = {"assignment": assignment, "chapters": chapters, "markdown": _markdown}
    page.write_text(pages.render(_PAGE, values, inline_styles=True), encoding="utf-8")
    return page


def _markdown(text: str) -> Markup:
    return Markup(markdown2html(text))  # noqa: S704  the course's own text
