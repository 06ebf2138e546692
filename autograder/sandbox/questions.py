"""Questions about a function, packed once: they are the same for all students who have the same inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.memory import Memory
from autograder.sandbox.call import Call
from autograder.sandbox.inside import kinds, tables, wire

_PACKED: Memory[Any, bytes] = Memory(32 << 20)  # those of the built-in exercises take some 10 MB


def packed(
    name: str,
    sequences: Sequence[Sequence[Call]],
    stubs: Sequence[str],
    at: int | None,
    *,
    takes_tables: bool,
) -> bytes:
    """Return the frame that asks for these calls. Raises CannotTravel for arguments that cannot be sent."""
    key = name, tuple(map(tuple, sequences)), tuple(stubs), at, takes_tables
    if key in _PACKED:
        return _PACKED[key]
    frame = _frame(name, sequences, stubs, at, takes_tables=takes_tables)
    if len(sequences) == 1:  # somebody's own, on the way to a smaller input
        return frame
    return _PACKED.keep(key, frame, len(frame))


def _frame(
    name: str,
    sequences: Sequence[Sequence[Call]],
    stubs: Sequence[str],
    at: int | None,
    *,
    takes_tables: bool,
) -> bytes:
    message = {
        "op": "call",
        "name": name,
        "at": at,
        "stubs": list(stubs),
        "sequences": [len(calls) for calls in sequences],
    }
    values = [
        (call.args, tuple(call.named), tuple(call.named.values())) for calls in sequences for call in calls
    ]
    if not takes_tables and tables.within(values):
        raise tables.CannotTravel(
            "students get no tables, because the course does not offer pandas; "
            "add it to c.ConvGrade.packages in nbgrader_config.py"
        )
    try:
        return wire.packed_whole(message, values)
    except kinds.WireError as fault:  # what a check asks is no fault of the student's
        raise tables.CannotTravel(f"the arguments cannot be sent: {fault}") from None
