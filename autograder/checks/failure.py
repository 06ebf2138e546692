"""A check that failed: the message a student reads, and the call that shows it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from autograder.checks.call_text import as_python, bound_arguments, call_text
from autograder.checks.counterexample import Counterexample, Stops, Window
from autograder.checks.values import finite, literal, plain
from autograder.checks.window import STAMPS, WINDOWS, padding, stops, terms
from autograder.notebook.outputs import clean
from autograder.notebook.words import in_words
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.kinds import parts

LONGEST_CODE = 500  # characters


class Raises(str):
    """The name of an exception that was expected, in place of a value."""

    __slots__ = ()


class Failure(AssertionError):
    """A student's function is wrong on one input; everything a reader needs to see it."""

    def __init__(
        self,
        message: str,
        function: str,
        call: Call,
        outcome: Outcome,
        *,
        expected: Any = None,
        differs: np.ndarray | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.function, self.call, self.outcome = message, function, call, outcome
        self._expected, self._differs = expected, differs
        self.others: list[Failure] = []  # of a list of examples, what else is wrong

    @property
    def expected_a_value(self) -> bool:
        """Whether the call should have returned; an illegal one should not."""
        return not isinstance(self._expected, Raises)

    @property
    def size(self) -> int:
        """How much there is to read: the cells of all arguments, and one more for each."""
        return sum(1 + _cells(argument) for argument in self.call.all)

    @cached_property
    def counterexample(self) -> Counterexample:
        """The call, what was expected, and what came."""
        differs = [] if self._differs is None else np.argwhere(self._differs).tolist()
        window, stopping = self._slid()
        got = _got(self.outcome)
        expected = str(self._expected) if isinstance(self._expected, Raises) else plain(self._expected)
        if self.expected_a_value and not self.outcome.raised and in_words(expected) == in_words(got):
            expected, got = _as_code(self._expected, expected), _as_code(self.outcome.value, got)
        return unanswered(
            self.function,
            self.call,
            answered=True,
            expected=expected,
            got=got,
            differs=differs,
            window=window,
            stops=stopping,
        )

    def cell_status(self) -> str | None:
        """Return what this failure makes of the whole cell, when that is more than a wrong answer."""
        if "NotImplementedError" in self.outcome.raised:
            return "unanswered"
        if "MemoryError" in self.outcome.raised:
            return "memory"
        return "raised" if self.outcome.raised else None

    def _slid(self) -> tuple[Window | None, Stops | None]:
        """Return a convolution's first wrong sum, or where the kernel stops if the shape is wrong."""
        expected, got = self._expected, self.outcome.value
        arrays = isinstance(expected, np.ndarray) and isinstance(got, np.ndarray)
        if not arrays or self.function not in (*WINDOWS, *STAMPS):
            return None, None
        around = list(padding(self.function, self.call))
        if self._differs is None:
            found = stops(self.function, self.call, expected.shape) if got.shape != expected.shape else None
            return None, Stops(around, *found) if found else None
        row, column = np.argwhere(self._differs)[0].tolist()
        products = terms(self.function, self.call, (row, column))
        return (
            Window(
                at=[row, column],
                padding=around,
                stamps=self.function in STAMPS,
                terms=[[t.row, t.column, finite(t.pixel), finite(t.weight)] for t in products],
                expected=plain(expected[row, column]),
                got=plain(got[row, column]),
            ),
            None,
        )


def unanswered(function: str, call: Call, **found: Any) -> Counterexample:
    """Return a call for a card, as code and as plain data; no answer is known but what is `found`."""
    arguments = bound_arguments(function, call)
    return Counterexample(
        call=call_text(function, call),
        arguments={name: plain(value) for name, value in arguments.items()},
        python=as_python(function, call),
        **found,
    )


def _cells(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    inside = list(parts(value))
    return sum(map(_cells, inside)) if inside else len(value) if isinstance(value, str | bytes) else 1


def _as_code(value: Any, shown: Any) -> Any:
    """Return a value as Python writes it, so that a list is no tuple and a text no number."""
    try:
        text = literal(value)
    except TypeError:
        return shown
    return shown if isinstance(value, np.ndarray) or len(text) > LONGEST_CODE else {"python": text}


def _got(outcome: Outcome) -> Any:
    if outcome.raised:
        return {"raised": clean(outcome.raised[0]), "text": clean(outcome.text)[:500]}
    return plain(outcome.value)
