"""CSV that a spreadsheet opens as it is meant: what people wrote stays text, never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.notebook import outputs

# What spreadsheets take for the beginning of a formula, East Asian forms included; see
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = (*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may compute the text instead of showing it."""
    return text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)


def safe(value: str | float | None) -> str:
    """A cell: numbers as they are; text in one line, with an apostrophe before what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return number(value)
    text = " ".join(outputs.clean(value).split("\n"))
    return f"'{text}" if is_formula(value) or is_formula(text) else text


def number(value: float) -> str:
    """A mark without the noise of binary fractions, with a point."""
    return f"{round(value, 4):.15g}"


def write(path: Path, rows: Iterable[Sequence[str]], *, mark: bool = False) -> None:
    """Write rows of cells; `mark` puts the byte order mark in front that Excel knows UTF-8 by."""
    with path.open("w", newline="", encoding="utf-8-sig" if mark else "utf-8") as file:
        csv.writer(file).writerows(rows)
