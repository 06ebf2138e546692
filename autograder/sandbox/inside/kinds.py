"""The kinds of values that travel between judge and kernel, and how large they may be."""

from __future__ import annotations

import builtins
import collections
import datetime as dt
import keyword
import math
import unicodedata
from abc import ABC
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Generic

import numpy as np

from .tables import Table

MAX_HEADER = 1 << 20
MAX_DATA = 16 << 20
MAX_DEPTH = 8
MAX_AXES = 32
MAX_ITEMS = 10_000
MAX_FIELDS = 50
MAX_TEXT = 2_000  # of messages
MAX_STRING = 100_000  # of values
MAX_BITS = 900
MAX_ALIKE = 100_000  # pairs of keys with one hash
TOO_LARGE = "too large to compare"
"""How the name of what does not travel for its size ends."""

DTYPES = frozenset(
    np.dtype(name).str
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
)

DATES: dict[str, Any] = {kind.__name__: kind for kind in (dt.date, dt.datetime, dt.time)}

CONTAINERS = {kind: kind.__name__ for kind in (list, tuple, dict, set, frozenset)} | dict.fromkeys(
    (collections.Counter, collections.OrderedDict, collections.defaultdict), "dict"
)

OWN = "convgrade_exercise_"
"""How the modules of a course's own exercises are called, see `checks.exercise`."""
PLAIN = ("__main__", OWN)
TAKEN = frozenset(vars(builtins))
"""Names that Python has: written down, an instance of such a class would read as a call of `open`, say."""
HOLLOW = (object, ABC, Generic)
"""Bases that hold nothing."""


class WireError(Exception):
    """The other side broke the protocol."""


class Other:
    """A value that does not travel: only the name of its type does."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Other) and self.type_name == other.type_name

    def __hash__(self) -> int:
        return hash(self.type_name)

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


class Matrix(list[Any]):
    """The rows of an `np.matrix`: their numbers can be compared, but it is no plain array."""


class Instance:
    """An instance of a plain class: what it is called, and what it holds. As a key it is both."""

    def __init__(self, type_name: str, fields: dict[str, Any]) -> None:
        self.type_name, self.fields = type_name, fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instance) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property  # once, because a set compares it with hundreds
    def _key(self) -> Any:
        return ("instance", self.type_name, _as_key(self.fields))

    def __repr__(self) -> str:
        return f"{self.type_name}({', '.join(f'{name}={value!r}' for name, value in self.fields.items())})"


def _as_key(value: Any) -> Any:
    """Return what can be hashed and is equal for equal values, also for those that are no keys themselves."""
    match value:
        case dict():
            return ("dict", frozenset((key, _as_key(each)) for key, each in value.items()))
        case list() | tuple():
            return (type(value).__name__, *map(_as_key, value))
        case set():
            return frozenset(value)
        case np.ndarray():
            return ("array", value.shape, value.tobytes())
    return value


def is_name(node: Any) -> bool:
    """Return whether Python reads a name just so: it takes letters of other widths for the usual ones."""
    if not isinstance(node, str) or len(node) > MAX_TEXT:
        return False
    return node.isidentifier() and not keyword.iskeyword(node) and unicodedata.is_normalized("NFKC", node)


def parts(value: Any) -> Iterable[Any]:
    """Return what a value is made of: the items of a container, the fields of an instance."""
    if isinstance(value, dict):
        return (part for pair in value.items() for part in pair)
    if isinstance(value, Instance):
        return value.fields.values()
    if isinstance(value, Table):
        return [each.values for each in (*value.index, *value.columns)]
    return value if isinstance(value, list | tuple | set | frozenset) else ()


def rows_and_cells(shape: tuple[int, ...]) -> int:
    """Return what an array of this shape takes as lists: rows of nothing are lists as well."""
    return math.prod(max(1, side) for side in shape)


def layout(array: np.ndarray) -> str:
    """Return how `array` lies in memory: letters F (Fortran order), V (a view with gaps), R (read-only)."""
    if array.flags.c_contiguous:
        order = ""
    else:
        order = "F" if array.flags.f_contiguous else "V"
    return order + ("" if array.flags.writeable else "R")


def lay_out(array: np.ndarray, letters: str) -> np.ndarray:
    """Return a fresh copy of `array` in the given layout (see `layout`)."""
    if "F" in letters:
        fresh = np.array(array, order="F")
    elif "V" in letters and array.ndim and array.size:  # an empty one may have astronomic other sizes
        roomy = np.zeros((*array.shape[:-1], 2 * array.shape[-1] + 1), array.dtype)
        fresh = roomy[..., 1::2]
        fresh[...] = array
    else:
        fresh = np.array(array, order="C")
    fresh.flags.writeable = "R" not in letters
    return fresh
