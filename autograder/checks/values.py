"""Values that student functions take and return: as plain data for a file, and as words for a reader."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.notebook.outputs import clean
from autograder.sandbox.inside.wire import Other

SHOWN = 64  # arrays of more cells are described by their shape alone
LONGEST = 200  # characters of a word or a type's name


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
    if isinstance(value, list | tuple):
        return [plain(item) for item in value[:SHOWN]]
    return _shown(value) if isinstance(value, str) else finite(value)


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
    if not isinstance(value, list | tuple):
        return None
    try:
        found = np.array(value)
    except ValueError:  # rows of different lengths
        return None
    return found if found.dtype.kind in "biufc" else None


def is_grid(found: Any) -> bool:
    """Return whether plain data is a 2-D array whose cells are there."""
    return (
        isinstance(found, dict)
        and found.get("values") is not None
        and len(found["shape"]) == 2
        and 0 not in found["shape"]
    )


def in_words(found: Any) -> str:
    """Return plain data as a reader would call it."""
    if isinstance(found, dict):
        if "raised" in found:
            return f"{found['raised']}: {found['text']}"
        if "type" in found:
            return f"a value of type {found['type']}"
        if found.get("values") is None:
            return f"an array of shape {tuple(found['shape'])}, {found['dtype']}"
        return f"{found['values']} ({found['dtype']})"
    if isinstance(found, list):
        return ", ".join(map(in_words, found))
    return str(found)


def shape_in_words(found: Any) -> str:
    """Return shape and dtype of plain data that is an array; nothing for anything else."""
    if isinstance(found, dict) and "shape" in found:
        return f"{' by '.join(map(str, found['shape']))}, {found['dtype']}"
    return ""


def number_in_words(value: Any) -> str:
    """Return a cell as it is printed: six digits, and -0.0 as 0."""
    return f"{value + 0.0:.6g}" if isinstance(value, float) else str(value)


def kind_in_words(value: Any) -> str:
    """Return what sort of thing a value is, for a reader."""
    if isinstance(value, Other):
        return f"a value of type {_shown(value.type_name)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"{value!r}"[:80] + f" (of type {type(value).__name__})"
