"""What a function makes of the calls that everybody's function gets: equal for those who share a mistake."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from autograder.checks.check import Asked, Check
from autograder.checks.values import plain
from autograder.sandbox.call import Outcome

NOTHING = 1e-12
"""A number below it is the 0 of somebody who adds in another order."""


def behaviour(check: Check, function: str, asked: Asked) -> str:
    """Return a digest of the answers to the fixed calls of a check; empty if none of them is wrong.

    Random calls differ between students, and so does what they shrink to.
    """
    fixed = replace(asked, illegal={}, sequences=asked.sequences[: asked.fixed])
    try:
        if check.first_failure(function, fixed) is None:
            return ""
    except Exception:  # an answer may be of a kind the check never meets
        return ""
    answers = [_answer(outcome) for _, outcomes in fixed.sequences for outcome in outcomes]
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


def rounded(value: Any) -> Any:
    """Round the numbers of plain data to nine digits, so that the order of additions does not matter."""
    if isinstance(value, float):
        return float(f"{value:.9g}") if abs(value) > NOTHING else 0.0
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {
            key: rounded(item) for key, item in value.items() if key != "text"
        }  # names of exceptions only
    return value


def _answer(outcome: Outcome) -> Any:
    if outcome.raised:
        return outcome.raised[0]
    return [rounded(plain(outcome.value)), outcome.printed, [rounded(plain(each)) for each in outcome.after]]
