"""One call of the student's function, and its outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tables import closed, throughout


@dataclass(frozen=True)
class Outcome:
    """What came of one call: a value or an exception, warnings, the arguments afterwards."""

    value: Any = None
    raised: tuple[str, ...] = ()
    """Names of the exception's class and its bases, most special first; empty when none."""
    text: str = ""
    line: int | None = None
    warnings: tuple[str, ...] = ()
    after: tuple[Any, ...] = ()
    printed: str = ""
    given: bool = False
    """Whether the value is an array that lies in the memory of an argument."""


@dataclass(frozen=True, eq=False)
class Call:
    """Arguments of one call. It equals itself alone, so that what is known of it can be remembered."""

    args: tuple[Any, ...]
    named: dict[str, Any] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Any, ...]:
        """Positional arguments, then named ones."""
        return (*self.args, *self.named.values())

    def key(self) -> bytes:
        """Return what is equal for equal calls."""
        return wire.pack({"names": list(self.named)}, list(self.all))


def call(*args: Any, **named: Any) -> Call:
    """Return a call with these arguments, written as the call itself; tables become plain values."""
    return Call(throughout(closed, args), throughout(closed, named))
