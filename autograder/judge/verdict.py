"""The verdict on one notebook, as data; what `convgrade check --json` prints.

Nothing in it depends on the clock, so the same submission gives the same verdict.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class CheckResult:
    """One check of one function."""

    id: str
    title: str
    points: float
    earned: float
    status: str
    """"passed", "failed", "skipped" or "grader_error"."""
    message: str = ""
    misconception: str | None = None
    counterexample: dict[str, Any] | None = None


@dataclass(frozen=True)
class CellVerdict:
    """One autograded cell and the function it grades."""

    grade_id: str
    function: str
    score: float
    max_score: float
    status: str
    """"graded", "unanswered", "raised", "timeout", "memory", "crashed" or "grader_error"."""
    checks: tuple[CheckResult, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class Verdict:
    """One notebook of one student."""

    assignment: str
    notebook: str
    student: str
    status: str
    """"graded", "unreadable" or "grader_error"."""
    score: float
    max_score: float
    sandbox: str
    seed: str
    notes: tuple[str, ...] = ()
    cells: tuple[CellVerdict, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object `convgrade check --json` prints."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Verdict:
        """The verdict that `to_json` turned into `data`."""
        cells = tuple(
            CellVerdict(**{**cell, "checks": tuple(CheckResult(**check) for check in cell["checks"])})
            for cell in data["cells"]
        )
        return cls(**{**data, "notes": tuple(data["notes"]), "cells": cells})


def graded(cells: tuple[CellVerdict, ...]) -> dict[str, Any]:
    """Status and sums of a notebook from those of its cells."""
    trouble = any(cell.status == "grader_error" for cell in cells)
    return {
        "status": "grader_error" if trouble else "graded",
        "score": sum(cell.score for cell in cells),
        "max_score": sum(cell.max_score for cell in cells),
        "cells": cells,
    }
