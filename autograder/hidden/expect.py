"""Expectations: compare what came with what is right, and say the first difference in words.

In this order, stopping at the first cause: an exception, the kind of value, its shape, its
dtype, its values. All arguments but the student, the call and its outcome are keyword-only.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

import reference
from autograder.hidden import window
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.wire import Other

if TYPE_CHECKING:
    from autograder.hidden.check import Student

RELATIVE = 1e-9
SHOWN = 64  # arrays of more cells are described by their shape alone


class Failure(AssertionError):
    """A student's function is wrong on one input; everything a reader needs to see it."""

    def __init__(
        self,
        message: str,
        student: Student,
        call: Call,
        *,
        expected: Any = None,
        outcome: Outcome | None = None,
        differs: np.ndarray | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.call = message, call
        self.outcome = outcome or Outcome()
        self.size = sum(1 + np.size(argument) for argument in call.all if not isinstance(argument, str))
        self.counterexample = shown(student.name, call) | {
            "expected": plain(expected),
            "got": _got(self.outcome),
            "differs": [] if differs is None else np.argwhere(differs).tolist(),
        }
        if isinstance(expected, np.ndarray) and isinstance(self.outcome.value, np.ndarray):
            self.counterexample |= _slid(student.name, call, expected, self.outcome.value, differs)

    def cell_status(self) -> str | None:
        """What this failure makes of the whole cell, when that is more than a wrong answer."""
        if "NotImplementedError" in self.outcome.raised:
            return "unanswered"
        if "MemoryError" in self.outcome.raised:
            return "memory"
        return "raised" if self.outcome.raised else None


def same(
    student: Student,
    call: Call,
    outcome: Outcome,
    *,
    scale: Callable[[Call], float] | None = None,
) -> np.ndarray:
    """The student's array is the reference's: shape, float64, values; returns it.

    `scale` gives the size of the terms that were summed, of which rounding may cost 1e-9.
    """
    __tracebackhide__ = True
    expected = right(student.name, call)
    got = array(student, call, outcome, expected=expected)
    if got.dtype != expected.dtype:
        message = f"The dtype is wrong: expected {expected.dtype}, got {got.dtype}. The shape is right."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    tolerance = RELATIVE * scale(call) if scale else 0.0
    wrong = differing(expected, got, tolerance=tolerance)
    if wrong.any():
        raise Failure(
            f"The shape is right; {where(wrong)}.",
            student,
            call,
            expected=expected,
            outcome=outcome,
            differs=wrong,
        )
    return got


def array(student: Student, call: Call, outcome: Outcome, *, expected: np.ndarray) -> np.ndarray:
    """The outcome is an array of the expected shape; returns it."""
    __tracebackhide__ = True
    no_exception(student, call, outcome, expected=expected)
    got = outcome.value
    if got is None:
        message = "The function returned None: does it end with `return`?"
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    if not isinstance(got, np.ndarray):
        message = f"Expected a NumPy array, got {kind(got)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    if got.shape != expected.shape:
        message = f"The shape is wrong: expected {expected.shape}, got {got.shape}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    return got


def whole_number(student: Student, call: Call, outcome: Outcome) -> None:
    """The student's answer is the reference's whole number."""
    __tracebackhide__ = True
    expected = right(student.name, call)
    no_exception(student, call, outcome, expected=expected)
    got = outcome.value
    if isinstance(got, bool | np.bool_) or not isinstance(got, int | np.integer):
        message = f"Expected a whole number (int), got {kind(got)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    if got != expected:
        message = f"Expected {expected}, got {got}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)


def two_whole_numbers(student: Student, call: Call, outcome: Outcome) -> None:
    """The student's answer is the reference's pair of whole numbers, as tuple or list."""
    __tracebackhide__ = True
    expected = right(student.name, call)
    no_exception(student, call, outcome, expected=expected)
    got = outcome.value
    whole = isinstance(got, tuple | list) and all(
        isinstance(part, int | np.integer) and not isinstance(part, bool) for part in got
    )
    if not whole or len(got) != 2:
        message = f"Expected a pair of whole numbers (before, after), got {kind(got)}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)
    if tuple(got) != expected:
        message = f"Expected {expected}, got {tuple(map(int, got))}."
        raise Failure(message, student, call, expected=expected, outcome=outcome)


def refused(student: Student, illegal: Mapping[str, Call], outcomes: Sequence[Outcome]) -> None:
    """Every call in `illegal`, keyed by what is wrong with it, gets a ValueError."""
    __tracebackhide__ = True
    for (because, call), outcome in zip(illegal.items(), outcomes, strict=True):
        message = f"Expected a ValueError, because {because}; "
        if not outcome.raised:
            message += "the function returned a result instead."
        elif "ValueError" in outcome.raised:
            continue
        else:
            message += f"got {outcome.raised[0]}: {outcome.text}"
        raise Failure(message, student, call, expected="ValueError", outcome=outcome)


def untouched(student: Student, call: Call, outcome: Outcome) -> None:
    """The arguments are afterwards what they were before."""
    __tracebackhide__ = True
    names = list(_bound(student.name, call))
    for name, before, after in zip(names, call.all, outcome.after, strict=False):
        if not isinstance(before, np.ndarray):
            continue
        if not isinstance(after, np.ndarray) or after.shape != before.shape or differing(before, after).any():
            message = f"The call changed its argument `{name}`; work on a copy."
            raise Failure(message, student, call, expected=before, outcome=Outcome(value=after))


def no_exception(student: Student, call: Call, outcome: Outcome, *, expected: Any = None) -> None:
    """The call returned."""
    __tracebackhide__ = True
    if outcome.raised:
        at = f" (line {outcome.line} of your cell)" if outcome.line else ""
        message = f"The function raised {outcome.raised[0]}{at}: {outcome.text}"
        raise Failure(message, student, call, expected=expected, outcome=outcome)


def terms(call: Call) -> float:
    """The size of what is summed: the largest |pixel| times the sum of |weights|, wherever they meet."""
    image, kernel = (
        np.nan_to_num(np.abs(array.astype(float)), posinf=0, neginf=0) for array in call.args[:2]
    )
    return float(image.max() * kernel.sum())


def right(name: str, call: Call) -> Any:
    """What the reference answers."""
    return getattr(reference, name)(*call.args, **call.named)


def differing(expected: np.ndarray, got: np.ndarray, *, tolerance: float = 0.0) -> np.ndarray:
    """Where two arrays of one shape differ; NaN equals NaN, infinities equal themselves."""
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(got.astype(np.float64) - expected.astype(np.float64)) <= tolerance
        wrong: np.ndarray = ~(near | (got == expected) | (np.isnan(got) & np.isnan(expected)))
    return wrong


def where(wrong: np.ndarray) -> str:
    """In words: how many values differ, and whether they share a row, a column or the border."""
    count, size = int(wrong.sum()), wrong.size
    if count == size:
        return "all values differ" if size > 1 else "the value differs"
    text = f"{count} of {size} values {'differs' if count == 1 else 'differ'}"
    if wrong.ndim != 2:
        return text
    if count == 1:
        return f"{text}, the one at {np.argwhere(wrong)[0].tolist()}"
    inner = wrong.copy()
    inner[[0, -1], :] = inner[:, [0, -1]] = False
    rows, columns = np.flatnonzero(wrong.any(axis=1)), np.flatnonzero(wrong.any(axis=0))
    height, width = wrong.shape
    if len(rows) == 1 and height > 1:
        return f"{text}, all in {_place('row', rows[0], height)}"
    if len(columns) == 1 and width > 1:
        return f"{text}, all in {_place('column', columns[0], width)}"
    if not inner.any() and min(height, width) > 2:
        return f"{text}, all on the border"
    return text


def _place(line: str, index: int, count: int) -> str:
    if index == 0:
        return f"the first {line}"
    return f"the last {line}" if index == count - 1 else f"{line} {index}"


def kind(value: Any) -> str:
    """What sort of thing a value is, for a reader."""
    if isinstance(value, Other):
        return f"a value of type {value.type_name}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"{value!r}"[:80] + f" (of type {type(value).__name__})"


def shown(name: str, call: Call) -> dict[str, Any]:
    """The call in full, for a card: as code, and its arguments as plain data."""
    return {
        "call": call_text(name, call),
        "arguments": {parameter: plain(value) for parameter, value in _bound(name, call).items()},
        "python": call_text(name, call, literal=True),
    }


def _slid(
    name: str, call: Call, expected: np.ndarray, got: np.ndarray, differs: np.ndarray | None
) -> dict[str, Any]:
    """Of a convolution: where the kernel stops if the shape is wrong, else the first wrong value's sum."""
    if name not in (*window.WINDOWS, *window.STAMPS):
        return {}
    padding = list(window.padding(name, call))
    if differs is None:
        stops = window.stops(name, call, expected.shape) if got.shape != expected.shape else None
        return {"stops": {"padding": padding, "rows": stops[0], "columns": stops[1]}} if stops else {}
    row, column = np.argwhere(differs)[0].tolist()
    terms = window.terms(name, call, (row, column))
    return {
        "window": {
            "at": [row, column],
            "padding": padding,
            "stamps": name in window.STAMPS,
            "terms": [[term.row, term.column, _finite(term.pixel), _finite(term.weight)] for term in terms],
            "expected": plain(expected[row, column]),
            "got": plain(got[row, column]),
        }
    }


def call_text(name: str, call: Call, *, literal: bool = False) -> str:
    """The call as a student would write it, arrays by their names or as code to paste."""
    bound = _bound(name, call)
    if not bound:
        return name  # a value, not a call
    shown = []
    for position, (parameter, value) in enumerate(bound.items()):
        text = parameter if isinstance(value, np.ndarray) and not literal else _literal(value)
        shown.append(text if position < len(call.args) else f"{parameter}={text}")
    return f"{name}({', '.join(shown)})"


def _literal(value: Any) -> str:
    if isinstance(value, np.ndarray):
        numbers = re.sub(r"\b(nan|inf)\b", r"np.\1", str(value.tolist()))
        plain_type = value.dtype == np.array(value.tolist()).dtype
        return f"np.array({numbers})" if plain_type else f"np.array({numbers}, np.{value.dtype.name})"
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({value.item()!r})"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_literal, value)) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def _bound(name: str, call: Call) -> dict[str, Any]:
    if not call.all:
        return {}
    parameters = list(inspect.signature(getattr(reference, name)).parameters)
    return {**dict(zip(parameters, call.args, strict=False)), **call.named}


def _got(outcome: Outcome) -> Any:
    if outcome.raised:
        return {"raised": outcome.raised[0], "text": outcome.text[:500]}
    return plain(outcome.value)


def plain(value: Any) -> Any:
    """JSON of a value: arrays with shape and dtype, their cells as nested lists while they are few."""
    if isinstance(value, np.ndarray):
        few = math.prod(max(1, length) for length in value.shape) <= SHOWN  # empty ones can be huge, too
        cells = value.tolist() if few else None
        return {"shape": list(value.shape), "dtype": value.dtype.name, "values": _finite(cells)}
    if isinstance(value, np.generic):
        return _finite(value.item())
    if isinstance(value, Other):
        return {"type": value.type_name}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value[:SHOWN]]
    return _finite(value)


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity: they travel as words."""
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, complex) or (isinstance(value, float) and not np.isfinite(value)):
        return str(value)
    return value
