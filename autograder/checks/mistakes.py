"""The bank of wrong implementations: mutation suite, diagnosis and documentation in one.

A misconception is code that makes one typical mistake and is right otherwise, the sentence that
helps whoever made it, and the cell of the lesson that explains it. They lie in `misconceptions.py`
of each exercise's folder, in tables.

Most mistakes are one wrong part of a right function. The right function is the table's skeleton: it
takes each of its parts as a keyword argument. A row names the parts it replaces. The part `whole`,
which every skeleton has, is a function that takes the function with all the other parts in place and
returns the wrong one. So two mistakes in different parts can be made at once, see `combined`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from autograder.checks import exercise

Function = Callable[..., Any]
Step = Callable[..., Any]
"""A part of a skeleton that is a function."""
Parts = Mapping[str, Any]

WHOLE = "whole"

Carries = bool | tuple[str, ...]
"""Whether later checks may be judged against a mistake, or the ids of those that may."""


@dataclass(frozen=True)
class Misconception:
    """One mistake, as code and as a sentence."""

    id: str
    function: str
    sentence: str
    lesson: str
    """Notebook and cell id that explain it, such as "1_convolve2d#correlation"."""
    aspect: str
    """The id of the check it should cost points in."""
    carries: Carries
    """None of them when it does nothing of the task, some when it does a part."""
    fresh: Callable[[], Any]
    """Return the wrong function (or value), with no memory of earlier calls."""
    skeleton: Function | None = None
    """The right function whose parts it replaces; None when it is written out."""
    parts: Parts = field(default_factory=dict, compare=False)

    def carries_to(self, check: str) -> bool:
        """Return whether the check of this id may be judged against it."""
        return self.carries if isinstance(self.carries, bool) else check in self.carries

    def __hash__(self) -> int:
        """Return the hash of the id: it is asked for at every answer that is remembered."""
        return hash(self.id)


Mistakes = tuple[Misconception, ...]
"""One mistake, or several that are made together."""

_ENTERED: dict[str, list[Misconception]] = {}


@dataclass(frozen=True)
class Table:
    """The mistakes about one function, and what most of them have in common."""

    function: str
    lesson: str
    aspect: str
    skeleton: Function | None = None

    def rows(
        self, sentence: str, *, aspect: str = "", lesson: str = "", carries: Carries = True, **rows: Parts
    ) -> None:
        """Enter mistakes that share a sentence, each by its name and the parts it replaces."""
        for name, parts in rows.items():
            self.row(name, sentence, parts, aspect=aspect, lesson=lesson, carries=carries)

    def row(
        self,
        name: str,
        sentence: str,
        parts: Parts,
        *,
        aspect: str = "",
        lesson: str = "",
        carries: Carries = True,
    ) -> None:
        """Enter one mistake by the parts it replaces."""
        if self.skeleton is None:
            raise TypeError(f"{self.function} has no skeleton whose parts could be replaced")
        fresh = partial(_built, self.skeleton, parts)
        self._enter(name, sentence, aspect, lesson, carries, fresh=fresh, parts=parts)

    def around(
        self, sentence: str, *, aspect: str = "", lesson: str = "", carries: Carries = True
    ) -> Callable[[Function], Function]:
        """Enter the decorated function, which takes the right one before the arguments of the call."""

        def enter(wrong: Function) -> Function:
            parts = {WHOLE: lambda right: partial(wrong, right)}
            self.row(wrong.__name__, sentence, parts, aspect=aspect, lesson=lesson, carries=carries)
            return wrong

        return enter

    def written(
        self, sentence: str, *, aspect: str = "", lesson: str = "", carries: Carries = True
    ) -> Callable[[Function], Function]:
        """Enter the decorated function, which is written out and shares no parts with others."""

        def enter(wrong: Function) -> Function:
            self._enter(wrong.__name__, sentence, aspect, lesson, carries, fresh=lambda: wrong)
            return wrong

        return enter

    def values(self, sentence: str, *, aspect: str = "", **rows: Any) -> None:
        """Enter wrong values, for a name that is no function."""
        for name, value in rows.items():
            self._enter(name, sentence, aspect, "", False, fresh=partial(_value, value))

    def _enter(
        self,
        name: str,
        sentence: str,
        aspect: str,
        lesson: str,
        carries: Carries,
        *,
        fresh: Callable[[], Any],
        parts: Parts | None = None,
    ) -> None:
        entry = Misconception(
            f"{self.function}/{name.replace('_', '-')}",
            self.function,
            sentence,
            lesson or self.lesson,
            aspect or self.aspect,
            carries,
            fresh,
            self.skeleton if parts else None,
            parts or {},
        )
        _ENTERED.setdefault(self.function, []).append(entry)


def combined(entries: Sequence[Misconception], *, nested: bool = False) -> Function | None:
    """Return a function that makes all these mistakes, with no memory of earlier calls.

    None when two of them replace the same part, or they are not parts of one skeleton. `nested` allows
    several around the whole function, the first outside.
    """
    if len(entries) == 1:
        alone: Function = entries[0].fresh()
        return alone
    skeleton, parts = entries[0].skeleton, dict[str, Any]()
    for entry in entries:
        shared = parts.keys() & entry.parts.keys()
        if entry.skeleton is not skeleton or shared - ({WHOLE} if nested else set()):
            return None
        around = {WHOLE: _nested(parts[WHOLE], entry.parts[WHOLE])} if shared else {}
        parts |= {**entry.parts, **around}
    return _built(skeleton, parts) if skeleton else None


def _nested(outer: Function, inner: Function) -> Function:
    return lambda right: outer(inner(right))


def _built(skeleton: Function, parts: Parts) -> Function:
    inner = {name: part for name, part in parts.items() if name != WHOLE}
    function: Function = partial(skeleton, **inner)
    return parts[WHOLE](function) if WHOLE in parts else function


def _value(value: Any) -> Any:
    return value.copy() if hasattr(value, "copy") else value


def misconceptions_of(function: str) -> tuple[Misconception, ...]:
    """Return the misconceptions about one function, in the order they are written down.

    What a course adds to those of a built-in exercise comes last.
    """
    found = _in_folder(exercise.folder(function), function)
    added = exercise.additions(function)
    return (*found, *_in_folder(added, function)) if added else found


def loaded(function: str) -> tuple[tuple[Misconception, ...], str]:
    """Return the misconceptions about one function and an empty text, or none and why they do not load."""
    try:
        return misconceptions_of(function), ""
    except Exception as fault:
        file = (exercise.additions(function) or exercise.folder(function)) / "misconceptions.py"
        return (), f"{file} does not load: {exercise.in_words(fault)}"


@cache
def _in_folder(folder: Path, function: str) -> tuple[Misconception, ...]:
    if not (folder / "misconceptions.py").is_file():
        return ()
    entered, own = _ENTERED.setdefault(function, []), folder.parent != exercise.BUILT_IN
    before = len(entered) if own else 0  # a built-in one may have the same name
    exercise.module(function, "misconceptions", folder)
    found = tuple(entered[before:])
    if own:
        del entered[before:]
    return found


@cache
def bank() -> tuple[Misconception, ...]:
    """Return all misconceptions about the built-in exercises, those of one function together."""
    folders = sorted(path.parent for path in exercise.BUILT_IN.glob("*/misconceptions.py"))
    return tuple(entry for folder in folders for entry in _in_folder(folder, folder.name))
