"""Tables of pandas as plain values, and back. Nothing here imports pandas before there is a table to make.

A table is the names, dtypes and values of its columns, and those of its index. Missing values are None
(NaN in columns of floats), dates and time spans are texts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

DTYPES = re.compile(
    r"bool|u?int\d+|float\d+|complex\d+|str|string|object|boolean|U?Int\d+|Float\d+|(datetime|timedelta)64\[\w+\]"
)
"""Time zones, categories and the like are not among them: they are more than their values."""
KINDS = ("DataFrame", "Series")
MAX_COLUMNS = 1_000


class CannotTravel(Exception):
    """A value of an exercise cannot be sent as it is; the message says why."""


@dataclass(frozen=True)
class Column:
    """A column of a table, or of its index."""

    name: Any
    dtype: str
    values: list[Any]


@dataclass(frozen=True)
class Table:
    """A DataFrame, or a Series, which has one column."""

    kind: str
    index: list[Column]
    columns: list[Column]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.index[0].values)

    @property
    def is_numbered(self) -> bool:
        """Whether the index only counts the rows."""
        first = self.index[0]
        if any(type(each) is not int for each in first.values):  # arrays can't be compared with numbers
            return False
        return len(self.index) == 1 and first.name is None and first.values == list(range(self.rows))

    def to_lists(self) -> list[Any]:
        """Return what `from_lists` makes the table of."""
        parts = (
            [[each.name, each.dtype, each.values] for each in part] for part in (self.index, self.columns)
        )
        return [self.kind, *parts]

    @classmethod
    def from_lists(cls, found: Any) -> Table:
        """Return a table. Raises ValueError or TypeError for what is none, whoever wrote it."""
        kind, *parts = found
        index, columns = ([Column(*each) for each in part] for part in parts)
        for each in (*index, *columns):
            hash(each.name)
            if not isinstance(each.dtype, str) or not DTYPES.fullmatch(each.dtype):
                raise ValueError("a column of an unknown dtype")
            if not isinstance(each.values, list) or len(each.values) != len(index[0].values):
                raise ValueError("a column of another length")
        if kind not in KINDS or not index or max(len(index), len(columns)) > MAX_COLUMNS:
            raise ValueError("no table, or one of too many columns")
        if len({each.name for each in columns}) < len(columns):
            raise ValueError("two columns of one name")
        if kind == "Series" and len(columns) != 1:
            raise ValueError("no series")
        return cls(kind, index, columns)


def closed(value: Any) -> Any:
    """Return a value of pandas as plain values; anything else as it is. Raises CannotTravel."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not str(type(value).__module__).startswith("pandas"):
        return value
    if value is pandas.NA or value is pandas.NaT:
        return None
    match type(value):
        case pandas.Timestamp:
            return value.to_pydatetime(warn=False)
        case pandas.Timedelta:
            return value.to_pytimedelta()
        case pandas.Series:
            return Table("Series", _levels(value.index), [_column(value.name, value)])
        case pandas.DataFrame if not value.columns.is_unique:
            raise CannotTravel("DataFrame with two columns of one name")
        case pandas.DataFrame:
            return Table("DataFrame", _levels(value.index), [_column(name, value[name]) for name in value])
    return value


def _levels(index: Any) -> list[Column]:
    return [_column(name, index.get_level_values(n)) for n, name in enumerate(index.names)]


def _column(name: Any, held: Any) -> Column:
    dtype = str(held.dtype)
    if not DTYPES.fullmatch(dtype):
        raise CannotTravel(f"table with a column of dtype {dtype}")
    values = held.tolist()
    if dtype.startswith("float"):
        return Column(name, dtype, values)
    is_time = dtype.startswith(("datetime64", "timedelta64"))
    return Column(
        name, dtype, [None if _is_missing(each) else str(each) if is_time else each for each in values]
    )


def _is_missing(value: Any) -> bool:
    return closed(value) is None or (isinstance(value, float) and value != value)  # noqa: PLR0124  NaN


def opened(value: Any) -> Any:
    """Return a table as pandas has it; anything else as it is."""
    if type(value) is not Table:
        return value
    import pandas as pd

    levels = [pd.Series(each.values, dtype=each.dtype) for each in value.index]
    names = [each.name for each in value.index]
    if value.is_numbered:
        index = pd.RangeIndex(value.rows)
    elif len(levels) == 1:
        index = pd.Index(levels[0], name=names[0])
    else:
        index = pd.MultiIndex.from_arrays(levels, names=names)
    made = {
        each.name: pd.Series(each.values, index=index, dtype=each.dtype, name=each.name)
        for each in value.columns
    }
    return next(iter(made.values())) if value.kind == "Series" else pd.DataFrame(made, index=index)


def throughout(change: Callable[[Any], Any], value: Any) -> Any:
    """Return a value with a change made to whatever it holds in lists, tuples and dictionaries."""
    if type(value) in (list, tuple):
        return type(value)(throughout(change, each) for each in value)
    if type(value) is dict:
        return {key: throughout(change, each) for key, each in value.items()}
    return change(value)


def within(value: Any) -> bool:
    """Return whether a value is a table or holds one in lists, tuples and dictionaries."""
    if type(value) in (list, tuple):
        return any(map(within, value))
    return any(map(within, value.values())) if type(value) is dict else type(value) is Table
