"""Functions that take pairs only: plain numbers are asked once more as pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.checks import Answer
from autograder.checks.call_text import bound_arguments, signature
from autograder.checks.check import Asked, Student
from autograder.sandbox.call import Call, Outcome

SENTENCE = "Your function takes pairs only; plain numbers have to work, too."
NO_PAIR = re.compile(
    r"cannot unpack non-iterable (int|float) object|'int' object is not (subscriptable|iterable)"
    r"|object of type 'int' has no len\(\)|argument of type 'int' is not iterable"
)
"""What Python says of a number where a pair is expected."""


class AsPairs:
    """A student who is asked with pairs in place of plain numbers."""

    def __init__(self, student: Student) -> None:
        self._student = student
        self.name, self.seed, self.random_cases = student.name, student.seed, student.random_cases
        self.passed = student.passed
        self.asked: Asked | None = None

    def value(self) -> Any:
        """Return what the name stands for."""
        return self._student.value()

    def outcomes(self, sequences: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """Make sequences of calls, and report them as if numbers had been given."""
        as_pairs = [[_as_pairs(self.name, call) for call in calls] for calls in sequences]
        return [
            [
                replace(outcome, after=_after(call, outcome.after))
                for call, outcome in zip(calls, outcomes, strict=True)
            ]
            for calls, outcomes in zip(sequences, self._student.outcomes(as_pairs), strict=True)
        ]


def expects_pairs(function: str, wrong: Sequence[Answer], asked: Asked) -> bool:
    """Return whether every call that went wrong ended at a number that is no pair."""
    illegal = [outcome for _, outcome in asked.illegal.values() if "ValueError" not in outcome.raised]
    went_wrong = [*(answer.outcome for answer in wrong), *illegal]
    number_as_pair = (
        outcome.raised[:1] == ("TypeError",) and NO_PAIR.search(outcome.text) for outcome in went_wrong
    )
    return bool(went_wrong) and all(number_as_pair) and bool(_pairs_of(function))


def _pairs_of(function: str) -> list[str]:
    """Return the parameters that may be pairs."""
    parameters = signature(function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.annotation == "Pair"]


def _as_pairs(function: str, call: Call) -> Call:
    """Return a call with pairs, those that were left out among them, in the order of the call itself."""
    names, given = _pairs_of(function), bound_arguments(function, call)
    left_out = {name: signature(function).parameters[name].default for name in names if name not in given}
    args = [_pair(value) if name in names else value for name, value in zip(given, call.args, strict=False)]
    named = {name: _pair(value) if name in names else value for name, value in call.named.items()}
    return Call(tuple(args), named | {name: _pair(value) for name, value in left_out.items()})


def _pair(value: Any) -> Any:
    return (value, value) if isinstance(value, int) else value


def _after(call: Call, after: Sequence[Any]) -> tuple[Any, ...]:
    """Return the arguments after a call, numbers where pairs had been made of them."""
    return tuple(
        before if isinstance(before, int) else value for before, value in zip(call.all, after, strict=False)
    )
