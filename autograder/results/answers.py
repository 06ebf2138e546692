"""Write the page with the model answers of an assignment, to give to students after the deadline."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from markupsafe import Markup
from nbconvert.filters import markdown2html

from autograder.course.model_answers import of_assignment
from autograder.course.settings import CourseError
from autograder.results import pages
from autograder.results.marks import due_date

FOLDER = "answers"
_PAGE = pages.TEMPLATES / "answers"


def write(root: Path, assignment: str, *, now: datetime | None = None, early: bool = False) -> Path:
    """Write answers/ASSIGNMENT.html and return its path.

    Raises CourseError if the assignment has no model answers, or if its deadline in the gradebook is
    still to come, unless `early`.
    """
    found = of_assignment(root, assignment)
    due = due_date(root, assignment)
    if due and not early and (now or datetime.now(UTC)) < due:
        raise CourseError(
            f"{assignment} is due on {due:%Y-%m-%d at %H:%M} UTC; "
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
