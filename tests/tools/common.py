"""What several test modules share."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pour import pour, released

from autograder.course.sources import skeleton
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import TIERS
from autograder.submission.restore import restore

ROOT = Path(__file__).parents[2]
QUICK = Limits(call_seconds=0.5, cell_seconds=0.8, waiting_factor=3)
TIERS = {tier.name: tier for tier in TIERS}


def source(assignment: str, notebook: str) -> dict[str, Any]:
    """A source notebook."""
    return json.loads((ROOT / "source" / assignment / f"{notebook}.ipynb").read_bytes())


def blank(assignment: str, notebook: str) -> dict[str, Any]:
    """A source notebook with its answers taken out, as the judge restores submissions on it."""
    path = ROOT / "source" / assignment / f"{notebook}.ipynb"
    return skeleton(path, ROOT / "release" / assignment)


def judged(
    place: Sandbox,
    texts: dict[str, str],
    *,
    assignment: str = "conv2d",
    notebook: str = "1_convolve2d",
    **changes: Any,
) -> Verdict:
    """The verdict on the released notebook with `texts` in its solution cells."""
    restored = restore(blank(assignment, notebook), pour(released(assignment, notebook), texts))
    job = Job(assignment, notebook, "student", "5eed" * 16, restored.notebook, restored.notes, limits=QUICK)
    return judge(replace(job, **changes), place)[1]


def cell(verdict: Verdict, function: str) -> CellVerdict:
    """The verdict on one function."""
    return next(cell for cell in verdict.cells if cell.function == function)


def not_passed(verdict: Verdict) -> dict[str, set[str]]:
    """The checks that cost points, by function; functions with full marks are left out."""
    lost = {cell.function: {c.id for c in cell.checks if c.status != "passed"} for cell in verdict.cells}
    return {function: checks for function, checks in lost.items() if checks}
