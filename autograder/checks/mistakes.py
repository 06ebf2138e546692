"""The bank of wrong implementations: mutation suite, diagnosis and documentation in one.

A misconception is code that makes one typical mistake and is right otherwise, the sentence that
helps whoever made it, and the cell of the lesson that explains it. They lie in `misconceptions.py`
of each exercise's folder, an entry a mistake.
"""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

Function = Callable[..., Any]

EXERCISES = "autograder.exercises"


@dataclass(frozen=True)
class Misconception:
    """One mistake, as code and as a sentence."""

    id: str
    function: str
    sentence: str
    lesson: str
    """Notebook and cell id that explain it, such as "1_convolve2d#correlation"."""
    fresh: Callable[[], Any]
    """Return the wrong function (or value), with no memory of earlier calls."""
    parts: Mapping[str, Any] = field(default_factory=dict)
    skeleton: Function | None = None
    carries: bool = True
    aspect: str = ""


_ENTERED: dict[str, list[Misconception]] = {}


def mistake(sentence: str, *, lesson: str, stateful: bool = False) -> Callable[[Function], Function]:
    """Enter the decorated function into the bank, under its own name, for the exercise of its folder.

    A `stateful` one is a function without parameters that makes the wrong function each time; a value
    (`my_kernel`) is entered that way, too.
    """

    def enter(wrong: Function) -> Function:
        function = wrong.__module__.split(".")[-2]
        fresh = wrong if stateful else lambda: wrong
        name = wrong.__name__.replace("_", "-")
        entry = Misconception(f"{function}/{name}", function, sentence, lesson, fresh)
        _ENTERED.setdefault(function, []).append(entry)
        return wrong

    return enter


@cache
def misconceptions_of(function: str) -> tuple[Misconception, ...]:
    """Return the misconceptions about one function, in the order they are written down."""
    if importlib.util.find_spec(f"{EXERCISES}.{function}") is None:
        return ()
    importlib.import_module(f"{EXERCISES}.{function}.misconceptions")
    return tuple(_ENTERED.get(function, ()))


@cache
def bank() -> tuple[Misconception, ...]:
    """Return all misconceptions, those of one function together."""
    folders = sorted(info.name for info in pkgutil.iter_modules(importlib.import_module(EXERCISES).__path__))
    return tuple(entry for function in folders for entry in misconceptions_of(function))


def combined(entries: Sequence[Misconception]) -> Function | None:
    """Return the function that makes all these mistakes at once; None when they replace the same part."""
    if len(entries) == 1:
        found: Function = entries[0].fresh()
        return found
    parts: dict[str, Any] = {}
    for entry in entries:
        if (
            entry.skeleton is None
            or entry.skeleton is not entries[0].skeleton
            or parts.keys() & entry.parts.keys()
        ):
            return None
        parts |= entry.parts
    return partial(entries[0].skeleton, **parts)  # type: ignore[arg-type]
