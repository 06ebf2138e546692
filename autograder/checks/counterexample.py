"""The input on which a check failed, as the plain data that cards, reports and verdict files share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Window:
    """How the first wrong value of a convolution comes about: the products that are added up."""

    at: list[int]
    """Row and column of the value."""
    padding: list[int]
    """Rows above and below, columns left and right."""
    stamps: bool
    """Whether the terms are stamps of a transposed convolution."""
    terms: list[list[Any]]
    """Row and column in the padded image, pixel, weight."""
    expected: Any
    got: Any


@dataclass(frozen=True)
class Stops:
    """Where the kernel's top left corner stops, rows and columns of the padded image."""

    padding: list[int]
    rows: list[int]
    columns: list[int]


@dataclass(frozen=True)
class Counterexample:
    """One call, what was expected of it and what came; arrays as `values.plain` makes them."""

    call: str
    """As a student would write it, arrays by their names."""
    arguments: dict[str, Any]
    python: str
    """The call as code to paste."""
    answered: bool = False
    """False when nothing came back: a call that never ended, or ended Python."""
    expected: Any = None
    got: Any = None
    differs: list[list[int]] = field(default_factory=list)
    """Indices of the cells that differ."""
    window: Window | None = None
    stops: Stops | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what stands in a verdict file: only what is known."""
        found: dict[str, Any] = {"call": self.call, "arguments": self.arguments, "python": self.python}
        if self.answered:
            found |= {"expected": self.expected, "got": self.got, "differs": self.differs}
        if self.window:
            found["window"] = asdict(self.window)
        if self.stops:
            found["stops"] = asdict(self.stops)
        return found

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Counterexample:
        """Return the counterexample that `to_json` turned into `data`."""
        found = dict(data) | {"answered": "got" in data}
        for name, kind in (("window", Window), ("stops", Stops)):
            if name in found:
                found[name] = kind(**found[name])
        return cls(**found)
