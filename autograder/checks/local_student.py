"""A student whose function is ordinary code that is called in this process, without a sandbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from autograder.checks.check import Asked, Check
from autograder.checks.local import call_locally
from autograder.sandbox.call import Call, Outcome


class LocalStudent:
    """Answers as `answer` does, and holds what a check asked."""

    def __init__(
        self,
        name: str,
        answer: Any,
        seed: int = 0,
        random_cases: int = 0,
        passed: Collection[Check] = (),
    ) -> None:
        self.name, self.answer, self.passed = name, answer, passed
        self.seed, self.random_cases = seed, random_cases
        self.asked: Asked | None = None

    def value(self) -> Any:
        """Return what the name stands for."""
        return self.answer

    def outcomes(self, sequences: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """Make sequences of calls."""
        return [call_locally(self.answer, calls) for calls in sequences]
