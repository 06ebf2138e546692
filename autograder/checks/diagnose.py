"""Which single misconception gives the answers a student's function gave?

A name is given only when exactly one sentence is left: every wrong implementation that carries
another one differs from the student's function on at least one call. Otherwise nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checks.compare import alike
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, misconceptions_of
from autograder.sandbox.call import Call, Outcome

Evidence = Sequence[tuple[Sequence[Call], Sequence[Outcome]]]
"""Sequences of calls and what came of them; the one that failed first."""


def diagnose(function: str, evidence: Evidence) -> Misconception | None:
    """Return the misconception whose answers equal the student's on all of `evidence`, if it is one alone."""
    fitting = list(misconceptions_of(function))
    for calls, outcomes in evidence:
        fitting = [entry for entry in fitting if _answers_alike(entry, calls, outcomes)]
        if not fitting:
            return None
    return _only(fitting)


def diagnose_value(function: str, value: Any) -> Misconception | None:
    """Return the misconception that is this value, for a name that is no function."""
    return _only([entry for entry in misconceptions_of(function) if alike(entry.fresh(), value)])


def _only(fitting: Sequence[Misconception]) -> Misconception | None:
    return fitting[0] if len({entry.sentence for entry in fitting}) == 1 else None


def _answers_alike(entry: Misconception, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> bool:
    answers = call_locally(entry.fresh(), calls)
    return all(
        answer.raised[:1] == outcome.raised[:1]
        and alike(answer.value, outcome.value)
        and all(map(alike, answer.after, outcome.after))
        for answer, outcome in zip(answers, outcomes, strict=True)
    )
