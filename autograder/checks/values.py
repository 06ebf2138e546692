"""Values that student functions take and return: as plain data for a file, and as Python."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checks import tables
from autograder.notebook.outputs import clean
from autograder.sandbox.inside.kinds import Instance, Matrix, Other, parts
from autograder.sandbox.inside.tables import Table

SHOWN = 64  # arrays of more cells are described by their shape alone
LONGEST = 200  # characters of a word or a type's name
LONGEST_SHOWN = 1_000  # of a value written as Python
GENERAL = (dict, set, frozenset, bytes, Fraction, dt.date, dt.time, dt.timedelta, Instance, Table)


def plain(value: Any) -> Any:
    """Return JSON of a value: arrays with shape and dtype, their cells as nested lists while they are few."""
    if isinstance(value, np.ndarray):
        few = math.prod(max(1, length) for length in value.shape) <= SHOWN  # empty ones can be huge, too
        cells = value.tolist() if few else None
        return {"shape": list(value.shape), "dtype": value.dtype.name, "values": finite(cells)}
    if isinstance(value, np.generic):
        return finite(value.item())
    if isinstance(value, Other):
        return {"type": _shown(value.type_name)}
    if isinstance(value, GENERAL):
        return _general(value)
    if isinstance(value, list | tuple):
        if _is_general(value):
            return _general(value)
        return [plain(item) for item in value[:SHOWN]]
    if value is None or isinstance(value, int | float | complex):
        return finite(value)
    return _shown(value) if isinstance(value, str) else {"type": _shown(type(value).__name__)}


def literal(value: Any) -> str:
    """Return Python that makes the value again, its number type kept; it needs `np` alone, tables `pd`.

    Raises TypeError for a value that no call may hold, so that nothing but literals is ever written.
    """
    if isinstance(value, np.ndarray):
        if not value.size:
            return f"np.zeros({value.shape}, np.{value.dtype.name})"
        cells = value.tolist()
        plain_type = value.dtype == np.array(cells).dtype
        return (
            f"np.array({literal(cells)})"
            if plain_type
            else f"np.array({literal(cells)}, np.{value.dtype.name})"
        )
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({literal(value.item())})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else f"{'-' if value < 0 else ''}np.inf"
    if isinstance(value, complex) and not np.isfinite(value):
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return repr(value)
    return _literal_of_general(value)


def _literal_of_general(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(key)}: {literal(each)}' for key, each in value.items())}}}"
    if isinstance(value, set | frozenset):
        items = f"{{{', '.join(sorted(map(literal, value)))}}}" if value else "set()"
        return f"frozenset({items})" if isinstance(value, frozenset) else items
    if isinstance(value, Fraction):
        return f"Fraction({value.numerator}, {value.denominator})"
    if isinstance(value, dt.timedelta):
        return f"datetime.timedelta({value.days}, {value.seconds}, {value.microseconds})"
    if isinstance(value, dt.date | dt.time):
        return f"datetime.{type(value).__name__}.fromisoformat({value.isoformat()!r})"
    if isinstance(value, Instance):
        fields = ", ".join(f"{name}={literal(each)}" for name, each in value.fields.items())
        return f"{value.type_name}({fields})"
    if isinstance(value, Table):
        return tables.written(value, literal)
    raise TypeError(f"a value of type {type(value).__name__} cannot be written down")


def _is_general(value: Any) -> bool:
    return isinstance(value, GENERAL) or any(map(_is_general, parts(value)))


def _general(value: Any) -> dict[str, str]:
    """Return a value that is no number, text or list, as Python would write it."""
    try:
        text = literal(value)
    except TypeError:
        text = f"a value of type {type(value).__name__}"
    return {"python": clean(text)[:LONGEST_SHOWN]}


def _shown(text: str) -> str:
    return clean(text)[:LONGEST]


def finite(value: Any) -> Any:
    """Return numbers that JSON has; NaN, infinity and complex numbers travel as words."""
    if isinstance(value, list):
        return [finite(item) for item in value]
    if isinstance(value, complex) or (isinstance(value, float) and not np.isfinite(value)):
        return str(value)
    return value


def numbers(found: Any) -> Any:
    """Return the numbers that `finite` turned into words; other words stay."""
    if isinstance(found, list):
        return [numbers(item) for item in found]
    if not isinstance(found, str):
        return found
    try:
        number = complex(found)
    except ValueError:
        return found
    return number if "j" in found else number.real


def as_array(value: Any) -> np.ndarray | None:
    """Return numbers as an array: an array as it is, or even nested lists; None for anything else."""
    if isinstance(value, np.ndarray):
        return value
    if not isinstance(value, list | tuple) or _holds_words(value):
        return None
    try:
        found = np.array(value)
    except ValueError:  # rows of different lengths
        return None
    return found if found.dtype.kind in "biufc" else None


def is_empty(value: Any) -> bool:
    """Return whether a value is an array, or nested lists, of no numbers."""
    found = as_array(value)
    return found is not None and not found.size


def _holds_words(value: Any) -> bool:
    """Return whether a word is among numbers: in an array each would take the room of the longest."""
    return isinstance(value, str | bytes) or (
        isinstance(value, list | tuple) and any(map(_holds_words, value))
    )


def kind_in_words(value: Any) -> str:
    """Return what sort of thing a value is, for a reader."""
    if isinstance(value, Other):
        return f"a value of type {_shown(value.type_name)}"
    if isinstance(value, Instance):
        return f"a value of type {_shown(value.type_name)}"
    if isinstance(value, Matrix):
        return "an `np.matrix`"
    if isinstance(value, Table):
        return tables.in_words(value)
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"{value!r}"[:80] + f" (of type {type(value).__name__})"
