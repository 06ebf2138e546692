"""Mistakes that have nothing to do with the task, and come back in every exercise.

Each is made of a right function: forgetting to return, keeping a buffer, handing back a list. An
exercise enters all that can occur in it by one call of `add_habits`.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checks.mistakes import Function, Table
from reference.convolution import pair

OTHER = "You reject illegal calls, but with a different exception; raise ValueError."
REMEMBERED = "Your result depends on earlier calls; every call has to start from scratch."
ORDER = "You read the memory in C order; for an array in Fortran order, use indices or its own strides."
LISTS = "You return lists; return a NumPy array."
UNCHECKED = "You don't check the arguments yet; raise ValueError for each illegal call that the text names."
SEVEN_DIGITS = "You compute in float32, which has only about seven digits; use float64 from the start."
FLOAT32 = "The result has to be float64; float32 has only about seven digits."


def add_habits(
    table: Table,
    *,
    result: str,
    trace: str = "",
    types: str = "",
    arrays: bool = True,
    float64: bool = True,
    accumulates: str = "accumulated",
    remembers: Mapping[str, Callable[..., Any]] | None = None,
    changes: Sequence[str] = (),
) -> None:
    """Enter the habits of an exercise whose answer is called `result`.

    `trace` and `types` are the checks of its memory and arguments, and of its number type; without them
    the answer is no array. The check `illegal` asks for its exceptions. `remembers` gives the keys of
    caches that are too short, made of the result and the arguments; `changes` names the arguments, first
    to last.
    """
    table.rows(
        f"Nothing comes back: compute {result} and end with `return`.",
        carries=False,
        returns_nothing={"whole": returns_nothing},
    )
    table.rows(
        OTHER,
        aspect="illegal",
        asserts={"whole": raising(AssertionError)},
        type_error={"whole": raising(TypeError)},
        plain_exception={"whole": raising(Exception)},
    )
    memories = {name: remembering(key) for name, key in (remembers or {}).items()}
    if trace and arrays:
        memories["reused_buffer"] = reusing_a_buffer
        table.row(accumulates, REMEMBERED, {"whole": adding_up_calls}, carries=False)
    for name, memory in memories.items():
        table.row(name, REMEMBERED, {"whole": memory}, aspect=trace, carries=False)
    for position, name in enumerate(changes):
        sentence = f"Your function changes the {name} it was given; work on a copy."
        table.row(f"{name}_changed", sentence, {"whole": clearing(position)}, aspect=trace)
    if types:
        table.rows(
            LISTS,
            aspect=types,
            returns_list={"whole": lists},
            returns_list_of_numbers={"whole": lists_of_numbers},
            returns_list_of_rows={"whole": lists_of_rows},
        )
    if types and float64:
        table.rows(FLOAT32, aspect=types, float32={"whole": single})


def add_pair(table: Table, argument: str, part: str, *, lesson: str = "") -> None:
    """Enter that the halves of a pair are exchanged, or one is used twice, in a part that returns them."""
    kinds = "one number or a pair (vertical, horizontal)"
    sentence = f"A {argument} may be {kinds}; use each half for its own axis."
    for name, change in (
        (f"{argument}s_exchanged", lambda down, across: (across, down)),
        (f"vertical_{argument}_twice", lambda down, _: (down, down)),
        (f"horizontal_{argument}_twice", lambda _, across: (across, across)),
    ):
        table.row(name, sentence, {part: change}, aspect="pairs", lesson=lesson)


def returns_nothing(right: Function) -> Function:
    """Make a function that computes, and returns None."""

    def wrong(*args: Any, **named: Any) -> None:
        right(*args, **named)

    return wrong


def raising(kind: type[Exception]) -> Callable[[Function], Function]:
    """Make functions that raise `kind` where a ValueError is asked for."""

    def made(right: Function) -> Function:
        def wrong(*args: Any, **named: Any) -> Any:
            try:
                return right(*args, **named)
            except ValueError as fault:
                raise kind from fault

        return wrong

    return made


def remembering(key: Callable[..., Any]) -> Callable[[Function], Function]:
    """Make functions that answer as before when `key` of result and arguments is as before."""

    def made(right: Function) -> Function:
        seen: dict[Any, Any] = {}

        def wrong(*args: Any, **named: Any) -> Any:
            out = right(*args, **named)
            return copy.copy(seen.setdefault(key(out, *args, **named), out))

        return wrong

    return made


def reusing_a_buffer(right: Function) -> Function:
    """Make a function that returns the same array for each result of one shape."""
    buffers: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = right(*args, **named)
        buffer: Any = buffers.setdefault(out.shape, out)
        buffer[...] = out
        return buffer

    return wrong


def adding_up_calls(right: Function) -> Function:
    """Make a function that adds to what is left of earlier calls."""
    sheets: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = right(*args, **named)
        sheets[out.shape] = sheets[out.shape] + out if out.shape in sheets else out
        return sheets[out.shape].copy()

    return wrong


def lists(right: Function) -> Function:
    """Make a function that returns a nested list of Python's numbers."""
    return lambda *args, **named: right(*args, **named).tolist()


def lists_of_numbers(right: Function) -> Function:
    """Make a function that returns a nested list of NumPy's numbers, as loops that append do."""
    return lambda *args, **named: [list(row) for row in right(*args, **named)]


def lists_of_rows(right: Function) -> Function:
    """Make a function that returns a list of arrays."""
    return lambda *args, **named: list(right(*args, **named))


def single(right: Function) -> Function:
    """Make a function that returns float32."""

    def wrong(*args: Any, **named: Any) -> Any:
        with np.errstate(all="ignore"):
            return right(*args, **named).astype(np.float32)

    return wrong


def of_a_single_image(right: Function) -> Function:
    """Make a function that rounds its first argument to float32."""

    def wrong(image: Any, *args: Any, **named: Any) -> Any:
        return right(np.asarray(image, np.float32).astype(np.float64), *args, **named)

    return wrong


def clearing(position: int) -> Callable[[Function], Function]:
    """Make functions that multiply the argument in this place by 0 when they are done."""

    def made(right: Function) -> Function:
        def wrong(*args: Any, **named: Any) -> Any:
            out = right(*args, **named)
            argument = args[position]
            argument *= 0
            return out

        return wrong

    return made


def in_memory_order(image: Any) -> Any:
    """Return an image as it looks when its memory is read in C order."""
    return image.ravel(order="K").reshape(image.shape)


def halves(value: Any) -> tuple[int, int]:
    """Unpack a number or a pair, legal or not."""
    return pair("value", value, least=-sys.maxsize)


def number_only(value: Any) -> tuple[int, int]:
    """Unpack a number, and fail as arithmetic does on a pair."""
    if isinstance(value, tuple | list):
        raise TypeError("unsupported operand type(s) for //: 'int' and 'tuple'")
    return halves(value)


def number_asked_for(value: Any) -> tuple[int, int]:
    """Unpack a number, and refuse a pair."""
    if isinstance(value, tuple | list):
        raise ValueError("a whole number, please")  # noqa: TRY004  as students do
    return halves(value)


def anything(*_: Any) -> None:
    """Look at no argument."""


def as_it_is(_: str, array: Any) -> Any:
    """Look at no dimension."""
    return np.asarray(array)
