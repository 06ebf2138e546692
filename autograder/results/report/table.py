"""The class as a table with one row per student."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.results import spreadsheet
from autograder.results.report.entries import Entry, judged_cells
from autograder.results.report.groups import unexplained


def rows(entries: Sequence[Entry]) -> list[list[str]]:
    """Return a row per student with a column per function; no cell can turn into a formula."""
    worth: dict[str, float] = {}
    for _, cell in judged_cells(entries):
        worth.setdefault(cell.function, cell.max_score)
    head = [
        *("student", "last name", "first name", "points from hidden tests", "of"),
        *("score", "late penalty", "max score", "cells to grade by hand"),
        *(f"{function} (of {points:g})" for function, points in worth.items()),
        *("misconceptions", "other failures", "remarks"),
    ]
    result = [list(map(spreadsheet.safe, head))]
    whole = max((entry.worth for entry in entries), default=0.0)
    for entry in entries:
        cells = [cell for verdict in entry.verdicts for cell in verdict.cells]
        points = {cell.function: cell.score for cell in cells if cell.status != "grader_error"}
        named = sorted(
            {check.misconception for cell in cells for check in cell.checks if check.misconception}
        )
        unnamed = sorted({f"{cell.function}.{check}" for cell in cells for check, _ in unexplained(cell)})
        mark = entry.mark
        book = (
            [mark.score, mark.penalty, mark.max_score, float(mark.open)] if mark else [None, None, None, None]
        )
        row = [
            *(entry.student, mark.last_name if mark else "", mark.first_name if mark else ""),
            *(entry.score, whole, *book),
            *(points.get(function) for function in worth),
            *("; ".join(named), "; ".join(unnamed)),
            "; ".join(f"{notebook}: {text}" if notebook else text for notebook, text in entry.remarks),
        ]
        result.append(list(map(spreadsheet.safe, row)))
    return result
