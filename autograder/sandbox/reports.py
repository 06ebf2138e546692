"""What a kernel reports, taken with care: an answer of a known kind, and outcomes of bounded size."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside import kinds

MAX_CELLS = 16_000  # numbers in a result that is kept; the largest right one has some 14,600
MAX_PRINTED = kinds.MAX_TEXT  # characters that a call prints and that are kept
MAX_SAID = 500  # characters of an exception's message that are kept


def expected(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer that has what its kind must have. Raises WireError."""
    has = {"ran": ("outputs", "success"), "answered": ("outcomes",), "value": (), "missing": (), "kept": ()}
    op = answer.get("op")
    if op not in has or any(key not in answer for key in has[op]):
        raise kinds.WireError("not an answer")
    return answer


def outcome(call: Call, report: dict[str, Any], value: Any, after: Any) -> Outcome:
    """Return what came of a call. Raises KeyError, TypeError, ValueError or AttributeError for no report."""
    if not isinstance(after, tuple) or len(after) != len(call.all):
        raise ValueError("other arguments than were sent")
    raised = tuple(str(name)[:100] for name in report["raised"] or ())
    line = report.get("line")
    return Outcome(
        value=_bearable(value),
        raised=raised,
        text=str(report.get("text", ""))[:MAX_SAID],
        line=line if isinstance(line, int) else None,
        warnings=tuple(str(text)[: kinds.MAX_TEXT] for text in report["warnings"][:10]),
        after=tuple(map(_argument, call.all, after)),
        given=report.get("given") is True,
        printed=str(report.get("printed", ""))[:MAX_PRINTED],
    )


def _argument(sent: Any, after: Any) -> Any:
    """Return an argument after a call, or what stands for one that takes more room than the one sent."""
    if isinstance(after, np.ndarray) and after.nbytes > getattr(sent, "nbytes", 0):
        return np.broadcast_to(np.zeros((), after.dtype), after.shape)
    most = _cells(sent)
    if not isinstance(after, np.ndarray) and _cells(after, most) > most:
        return kinds.Other(f"{type(after).__name__} of too many values")
    return after


def _bearable(value: Any) -> Any:
    """Return the value, or what stands for one too large to be right: hundreds are kept at a time."""
    if isinstance(value, np.ndarray) and value.size > MAX_CELLS:
        return np.broadcast_to(np.zeros((), value.dtype), value.shape)
    if not isinstance(value, np.ndarray) and _cells(value, MAX_CELLS) > MAX_CELLS:
        return kinds.Other(f"{type(value).__name__} of too many values")
    return value


def _cells(value: Any, most: float = math.inf) -> int:
    """Return about how much room a value takes: numbers, and eight characters for one.

    Nothing is counted beyond `most`: lists of hundreds of thousands come by the hundred.
    """
    count, left = 0, [value]
    while left and count <= most:
        each = left.pop()
        if isinstance(each, np.ndarray):
            count += int(each.size)
        elif isinstance(each, str | bytes):
            count += 1 + len(each) // 8
        else:
            count += 1
            left += kinds.parts(each)
    return count
