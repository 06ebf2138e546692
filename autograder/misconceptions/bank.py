"""The bank of wrong implementations: mutation suite, diagnosis and documentation in one.

A misconception is code that makes one typical mistake and is right otherwise, the sentence that
helps whoever made it, and the cell of the lesson that explains it. Each function has a module of
its own here, with an entry per mistake.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """One mistake, as code and as a sentence."""

    id: str
    function: str
    sentence: str
    lesson: str
    """Notebook and cell id that explain it, such as "1_convolve2d#correlation"."""
    fresh: Callable[[], Any]
    """The wrong function (or value), with no memory of earlier calls."""


_BANK: list[Misconception] = []


def mistake(sentence: str, *, lesson: str, stateful: bool = False) -> Callable[[Function], Function]:
    """Enter the decorated function into the bank, under its own name, for the function of its module.

    A `stateful` one is a function without parameters that makes the wrong function anew; a value
    (`my_kernel`) is entered that way, too.
    """

    def enter(wrong: Function) -> Function:
        function = wrong.__module__.rpartition(".")[2]
        fresh = wrong if stateful else lambda: wrong
        name = wrong.__name__.replace("_", "-")
        _BANK.append(Misconception(f"{function}/{name}", function, sentence, lesson, fresh))
        return wrong

    return enter


@cache
def bank() -> tuple[Misconception, ...]:
    """All misconceptions, those of one function together, in the order they are written down."""
    package = importlib.import_module("autograder.misconceptions")
    for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"autograder.misconceptions.{module}")
    return tuple(_BANK)


def of(function: str) -> list[Misconception]:
    """The misconceptions about one function."""
    return [entry for entry in bank() if entry.function == function]
