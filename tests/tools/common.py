"""What several test modules share."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pour import pour, released

from autograder.checks.example_list import SUFFIX
from autograder.course.sources import skeleton
from autograder.grading.start import JUDGE
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import TIERS, landlock
from autograder.submission.restore import restore

ROOT = Path(__file__).parents[2]
SLOW = float(os.environ.get("CONVGRADE_SLOW", "1"))
"""How many times slower than a processor this one is, when it is emulated."""
QUICK = Limits(call_seconds=0.5 * SLOW, cell_seconds=0.8 * SLOW, waiting_factor=3)
TIERS = {tier.name: tier for tier in TIERS}
OLDER = {f"landlock-{newest}": landlock(newest) for newest in (1, 2, 4, 6)}
"""The tier of Landlock as older kernels have it, its rights cut down."""
HERE = Path(__file__).parent
PLACES = {name: (name, JUDGE) for name in TIERS}
"""Where the attacks are tried: a tier, and the command that starts a judge."""
if "CONVGRADE_EVERYWHERE" in os.environ:
    older = {name: ("landlock", (sys.executable, f"{HERE}/older.py", name.split("-")[1])) for name in OLDER}
    PLACES = older | {"container": ("landlock", (sys.executable, f"{HERE}/container.py", *JUDGE))}


def source(assignment: str, notebook: str) -> dict[str, Any]:
    """Return a source notebook."""
    return json.loads((ROOT / "source" / assignment / f"{notebook}.ipynb").read_bytes())


def blank(assignment: str, notebook: str) -> dict[str, Any]:
    """Return a source notebook with its answers taken out, as the judge restores submissions on it."""
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
    """Return the verdict on the released notebook with `texts` in its solution cells."""
    restored = restore(blank(assignment, notebook), pour(released(assignment, notebook), texts))
    job = Job(assignment, notebook, "student", "5eed" * 16, restored.notebook, restored.notes, limits=QUICK)
    return judge(replace(job, **changes), place)[1]


def cell(verdict: Verdict, function: str) -> CellVerdict:
    """Return the verdict on one function."""
    return next(cell for cell in verdict.cells if cell.function == function)


def not_passed(verdict: Verdict) -> dict[str, set[str]]:
    """Return the checks that cost points, by function; without full marks and without lists of examples."""
    lost = {
        cell.function: {c.id for c in cell.checks if c.status != "passed"}
        for cell in verdict.cells
        if not cell.function.endswith(SUFFIX)
    }
    return {function: checks for function, checks in lost.items() if checks}


def printed(kernel: Kernel, source: str) -> str:
    """Return what a cell prints, and the message of the exception that ends it."""
    outputs, _, _ = kernel.run(source)
    return "".join(o.get("text", "") + o.get("evalue", "") for o in outputs)


def refused(kernel: Kernel, source: str) -> bool:
    """Return whether running `source` ends in an exception."""
    _, _, success = kernel.run(source)
    return not success


def alive(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
