"""Say in words what a verdict holds as plain data, as `checks.values` makes it."""

from __future__ import annotations

from typing import Any


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
        if "python" in found:
            return str(found["python"])
        if "type" in found:
            return f"a value of type {found['type']}"
        if found.get("values") is None:
            return f"an array of shape {tuple(found['shape'])}, {found['dtype']}"
        values = str(found["values"]).replace("'", "")  # NaN, infinity and complex numbers are words
        return f"{values} ({found['dtype']})"
    if isinstance(found, list):
        pair = len(found) > 1 and not any(isinstance(each, list) for each in found)
        return ", ".join(map(in_words, found)) if pair else _nested(found)
    return str(found) if found != "" else "''"


def _nested(found: Any) -> str:
    return f"[{', '.join(map(_nested, found))}]" if isinstance(found, list) else in_words(found)


def shape_in_words(found: Any) -> str:
    """Return shape and dtype of plain data that is an array; nothing for anything else."""
    if isinstance(found, dict) and "shape" in found:
        return f"{' by '.join(map(str, found['shape']))}, {found['dtype']}"
    return ""


def number_in_words(value: Any) -> str:
    """Return a cell as it is printed: six digits, and -0.0 as 0."""
    return f"{value + 0.0:.6g}" if isinstance(value, float) else str(value)
