"""The points of a notebook without hidden tests: its test cells ran, and what they left decides.

These are nbgrader's own rules (`nbgrader.utils.determine_grade`), which write the same into the gradebook.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder import notebook
from autograder.judge.job import Job
from autograder.judge.unjudged import unjudged
from autograder.judge.verdict import CellVerdict
from autograder.notebook import Cell
from autograder.notebook.outputs import Output

LANGUAGE = "python"


def runs_here(job: Job) -> bool:
    """Return whether a notebook is one for Python, which is all that a sandbox runs."""
    spec = job.notebook.get("metadata", {}).get("kernelspec", {})
    return str(spec.get("language") or LANGUAGE).lower() == LANGUAGE


def by_asserts(job: Job, cell: Cell, outputs: Sequence[Output]) -> CellVerdict:
    """Return the verdict on a test cell that ran: an error costs all points, a number is partial credit."""
    if not runs_here(job):
        return unjudged(cell, "its notebook is not in Python, and the sandbox runs nothing else")
    worth = earned = notebook.points(cell)
    said = ""
    for output in outputs:
        match output["output_type"]:
            case "error":
                earned, said = 0.0, f"{output['ename']}: {output['evalue']}"
                break
            case "stream" if output["name"] == "stderr":
                earned, said = 0.0, output["text"]
                break
            case "execute_result":
                earned = _partial(output["data"]["text/plain"], worth)
                break
    if earned > worth:
        return unjudged(cell, f"its result, {earned:g}, is more than the {worth:g} points it is worth")
    name = notebook.grade_id(cell) or ""
    return CellVerdict(name, name, earned, worth, "graded", message=said)


def _partial(text: str, worth: float) -> float:
    try:
        points = float(text)
    except ValueError:
        return worth
    return points if points >= 0 else worth
