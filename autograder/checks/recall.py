"""What the mistakes of the bank answer, remembered: most questions are the same for every student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks.local import call_locally
from autograder.checks.mistakes import Mistakes, combined
from autograder.memory import Memory
from autograder.sandbox.call import Call, Outcome

Key = tuple[Mistakes, bytes]

MOST_BYTES = 32 << 20
BYTES_OF_AN_ENTRY = 500  # beside the outcomes
BYTES_OF_AN_OUTCOME = 500  # beside the cells of its arrays


class Recall:
    """The answers to the latest questions, as many as `most` bytes hold."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._answers: Memory[Key, list[Outcome] | None] = Memory(most)

    def answers(self, mistakes: Mistakes, calls: Sequence[Call], question: bytes) -> list[Outcome] | None:
        """Return what somebody answers to calls in a row who makes these mistakes and remembers nothing.

        None when they cannot be made together. `question` is the key of the calls, see `question`.
        """
        key = (mistakes, question)
        if key in self._answers:
            return self._answers[key]
        wrong = combined(mistakes)
        found = list(map(_slim, calls, call_locally(wrong, calls))) if wrong else None
        return self._answers.keep(key, found, _bytes(found))


def question(calls: Sequence[Call]) -> bytes:
    """Return a key, equal for equal calls in a row."""
    return b"".join(call.key() for call in calls)


def _slim(call: Call, outcome: Outcome) -> Outcome:
    """Return an outcome without texts, and with the call's own arguments where they stayed as they were."""
    after = tuple(
        old if _is_copy(old, new) else new for old, new in zip(call.all, outcome.after, strict=True)
    )
    return Outcome(value=outcome.value, raised=outcome.raised, warnings=outcome.warnings, after=after)


def _is_copy(one: Any, other: Any) -> bool:
    if not (isinstance(one, np.ndarray) and isinstance(other, np.ndarray)):
        return one is other
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def _bytes(outcomes: list[Outcome] | None) -> int:
    cells = sum(each.value.nbytes for each in outcomes or () if isinstance(each.value, np.ndarray))
    return BYTES_OF_AN_ENTRY + BYTES_OF_AN_OUTCOME * len(outcomes or ()) + cells
