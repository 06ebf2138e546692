"""Write CSV files that are safe to open in a spreadsheet: text never turns into a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.notebook import outputs

# Characters that start a formula in a spreadsheet, full-width forms included; see
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = (*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet might evaluate the text instead of showing it."""
    return text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)


def safe(value: str | float | None) -> str:
    """Return a cell: a number, or text on one line; an apostrophe disarms what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return number(value)
    text = " ".join(outputs.clean(value).split("\n"))
    return f"'{text}" if is_formula(value) or is_formula(text) else text


def number(value: float) -> str:
    """Format a mark with a decimal point and without rounding noise."""
    return f"{round(value, 4):.15g}"


def write(path: Path, rows: Iterable[Sequence[str]], *, mark: bool = False) -> None:
    """Write rows of cells as CSV; `mark` adds the byte order mark by which Excel recognises UTF-8."""
    with path.open("w", newline="", encoding="utf-8-sig" if mark else "utf-8") as file:
        csv.writer(file).writerows(rows)
