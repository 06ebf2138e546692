"""The verdict on one notebook, as data; what `convgrade check --json` prints.

Nothing in it depends on the clock, so the same submission gives the same verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from autograder.checks.counterexample import Counterexample
from autograder.judge.job import Job


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
    counterexample: Counterexample | None = None
    behaviour: str = ""
    """Of a function that failed: equal for those who share a mistake, see `checks.behaviour`."""
    others: tuple[Counterexample, ...] = ()
    """Further examples of the student's that are wrong in a way of their own."""

    def given(self, titles: Sequence[str]) -> CheckResult:
        """Return it passed, for mistakes that are charged in the checks of these titles."""
        message = f"Right, given the mistake{'s' if titles[1:] else ''} in: {' '.join(titles)}"
        return replace(self, status="passed", earned=self.points, message=message)

    def to_json(self) -> dict[str, Any]:
        """Return the check as it stands in a verdict file; what only some failures have may be missing."""
        found = vars(self) | {
            "counterexample": self.counterexample and self.counterexample.to_json(),
            "others": [example.to_json() for example in self.others],
        }
        return {name: value for name, value in found.items() if value or name not in ("behaviour", "others")}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CheckResult:
        """Return the check that `to_json` turned into `data`."""
        example = data["counterexample"]
        others = tuple(map(Counterexample.from_json, data.get("others", ())))
        if not (example or others):
            return _shared(**data)
        return cls(
            **data
            | {"others": others, "counterexample": Counterexample.from_json(example) if example else None}
        )


_shared = lru_cache(maxsize=1 << 12, typed=True)(CheckResult)
"""Return a check without a counterexample: one object for the whole class, which has thousands of them."""


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

    def to_json(self) -> dict[str, Any]:
        """Return the cell as it stands in a verdict file."""
        return vars(self) | {"checks": [check.to_json() for check in self.checks]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CellVerdict:
        """Return the cell that `to_json` turned into `data`."""
        return cls(**data | {"checks": tuple(map(CheckResult.from_json, data["checks"]))})


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
        """Return the object that `convgrade check --json` prints."""
        return vars(self) | {"cells": [cell.to_json() for cell in self.cells]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Verdict:
        """Return the verdict that `to_json` turned into `data`."""
        cells = tuple(map(CellVerdict.from_json, data["cells"]))
        return cls(**data | {"notes": tuple(data["notes"]), "cells": cells})


def summed_up(
    job: Job,
    cells: Sequence[CellVerdict],
    *,
    sandbox: str,
    status: str = "",
    notes: tuple[str, ...] | None = None,
) -> Verdict:
    """Return the verdict on a job's notebook: status and sums from those of its cells."""
    trouble = any(cell.status == "grader_error" for cell in cells)
    return Verdict(
        assignment=job.assignment,
        notebook=job.name,
        student=job.student,
        status=status or ("grader_error" if trouble else "graded"),
        score=sum(cell.score for cell in cells),
        max_score=sum(cell.max_score for cell in cells),
        sandbox=sandbox,
        seed=job.seed,
        notes=job.notes if notes is None else notes,
        cells=tuple(cells),
    )
