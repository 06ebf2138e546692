"""Write the class report as one self-contained HTML page.

Its only script sorts and filters rows and is allowed by its hash. Everything students wrote is cleaned
and escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, median

from autograder.checks.counterexample import Counterexample
from autograder.course.lesson import find_place
from autograder.notebook.words import in_words
from autograder.results import pages, spreadsheet
from autograder.results.report.entries import Entry, gather
from autograder.results.report.groups import clusters, costliest, misconceptions, not_loaded, rates
from autograder.results.report.table import rows

PAGE = Path(__file__).parent / "templates" / "report"
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
    page.write_text(render(assignment, entries, root / "source" / assignment), encoding="utf-8")
    spreadsheet.write(table, rows(entries), mark=True)
    return page, table, [*(reason for entry in entries for reason in entry.broken), *not_loaded(entries)]


def render(assignment: str, entries: Sequence[Entry], source: Path) -> str:
    """Return the page; the same class always gives the same page. `source` is the assignment's folder."""
    whole = max((entry.worth for entry in entries), default=0.0)
    scores = [entry.score for entry in entries if entry.verdicts]
    final = [entry.mark for entry in entries if entry.complete and entry.mark and entry.mark.max_score]
    named, others = misconceptions(entries), clusters(entries)
    by_share = sorted(rates(entries), key=lambda rate: rate.share)
    values = {
        "assignment": assignment,
        "entries": entries,
        "whole": whole,
        "worth": max((entry.mark.max_score for entry in entries if entry.mark), default=0.0),
        "mean": fmean(scores) if scores else 0.0,
        "median": median(scores) if scores else 0.0,
        "points": histogram(score / whole for score in scores) if whole else [],
        "final": histogram(mark.score / mark.max_score for mark in final),
        "open": [entry for entry in entries if entry.mark and entry.mark.open],
        "unjudged": [
            verdict for entry in entries for verdict in entry.verdicts if verdict.status == "grader_error"
        ],
        "teach": [(group, find_place(source, group.lesson)) for group in costliest([*named, *others])],
        "rates": [rate for rate in by_share if not rate.is_an_aspect],
        "aspects": [rate for rate in by_share if rate.is_an_aspect and rate.failed],
        "misconceptions": named,
        "clusters": others,
        "links": {entry.student: next(iter(entry.pages.values()), "") for entry in entries},
        "brief": lambda found: in_words(found)[:300],
        "called": _called,
    }
    return pages.render(PAGE, values)


def _called(example: Counterexample) -> str:
    """Return the call of a counterexample, with its arrays written out if that is short."""
    return example.python if len(example.python) < 300 else example.call
