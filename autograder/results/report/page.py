"""Write the class report as one self-contained HTML page.

Its only script sorts and filters rows and is allowed by its hash. Everything students wrote is cleaned
and escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

import jinja2
from markupsafe import Markup

from autograder.checks.counterexample import Counterexample
from autograder.checks.values import in_words
from autograder.notebook import outputs
from autograder.results import spreadsheet
from autograder.results.report.entries import Entry, gather
from autograder.results.report.groups import clusters, misconceptions, rates
from autograder.results.report.table import rows

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"
BINS = 10


def histogram(shares: Iterable[float]) -> list[int]:
    """Return how many shares (0 to 1) are in each tenth; 1 counts for the last."""
    counts = [0] * BINS
    for share in shares:
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return counts


def write(root: Path, assignment: str) -> tuple[Path, Path, list[str]]:
    """Write the page and the table; return their paths and what needs the instructor's attention.

    Raises CourseError.
    """
    entries = gather(root, assignment)
    folder = root / "reports"
    folder.mkdir(exist_ok=True)
    page, table = folder / f"{assignment}.html", folder / f"{assignment}.csv"
    page.write_text(render(assignment, entries), encoding="utf-8")
    spreadsheet.write(table, rows(entries), mark=True)
    return page, table, [reason for entry in entries for reason in entry.broken]


def render(assignment: str, entries: Sequence[Entry]) -> str:
    """Return the page; the same class always gives the same page."""
    whole = max((entry.worth for entry in entries), default=0.0)
    script, style = ((TEMPLATES / name).read_text() for name in ("report.js", "report.css"))
    scores = [entry.score for entry in entries if entry.verdicts]
    final = [entry.mark for entry in entries if entry.mark and not entry.mark.open and entry.mark.max_score]
    return _TEMPLATE.render(
        assignment=assignment,
        policy=POLICY.format(script=_hash(script), style=_hash(style)),
        script=Markup(script),  # noqa: S704  part of this package
        style=Markup(style),  # noqa: S704
        entries=entries,
        whole=whole,
        worth=max((entry.mark.max_score for entry in entries if entry.mark), default=0.0),
        mean=fmean(scores) if scores else 0.0,
        median=median(scores) if scores else 0.0,
        points=histogram(score / whole for score in scores) if whole else [],
        final=histogram(mark.score / mark.max_score for mark in final),
        open=[entry for entry in entries if entry.mark and entry.mark.open],
        unjudged=[
            verdict for entry in entries for verdict in entry.verdicts if verdict.status == "grader_error"
        ],
        rates=rates(entries),
        misconceptions=misconceptions(entries),
        clusters=clusters(entries),
        links={entry.student: next(iter(entry.pages.values()), "") for entry in entries},
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _finalize(value: Any) -> Any:
    """Clean all text before it is printed, except for `Markup`, which never contains a student's words."""
    return outputs.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _called(example: Counterexample) -> str:
    """Return the call of a counterexample, with its arrays written out if that is short."""
    return example.python if len(example.python) < 300 else example.call


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
)
_ENVIRONMENT.filters.update(
    number=spreadsheet.number, brief=lambda found: in_words(found)[:300], called=_called
)
_TEMPLATE = _ENVIRONMENT.get_template("report.html")
