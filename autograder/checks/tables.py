"""Tables of pandas compared, and written as Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from autograder.sandbox.inside.tables import Column, Table

NATURAL = {bool: "bool", int: "int64", float: "float64", str: "str"}
"""The dtypes that pandas chooses by itself for a list of such values."""

Compare = Callable[[Any, Any, str], str]


def in_words(table: Table) -> str:
    """Return what sort of table it is."""
    size = f"{table.rows} rows" + (f" and {len(table.columns)} columns" if table.kind == "DataFrame" else "")
    return f"a {table.kind} of {size}"


def difference(expected: Table, got: Table, compare: Compare, *, any_order: bool) -> str:
    """Return how one table differs from another, dtypes apart; nothing if it does not.

    In any order columns and rows may have theirs, and an index that only counts the rows does not matter.
    """
    if expected.kind != got.kind:
        return f"expected {in_words(expected)}, got {in_words(got)}"
    if said := next(_names(expected, got, any_order=any_order), ""):
        return said
    if expected.rows != got.rows:
        return f"expected {expected.rows} rows, got {got.rows}"
    if any_order:
        return compare(_records(expected, expected), _records(got, expected), "")
    return next(filter(None, _values(expected, got, compare)), "")


def other_dtypes(expected: Table, got: Table) -> str:
    """Return which column has another dtype; units of time are no difference."""
    theirs = {each.name: each.dtype for each in got.columns}
    for each in expected.columns:
        if _unitless(each.dtype) != _unitless(dtype := theirs[each.name]):
            where = f"the column {each.name!r}" if expected.kind == "DataFrame" else "the Series"
            return f"{where} has the dtype {dtype}; expected {each.dtype}"
    return ""


def _names(expected: Table, got: Table, *, any_order: bool) -> Iterator[str]:
    (columns, theirs), (index, their_index) = (
        ([each.name for each in part] for part in pair)
        for pair in ((expected.columns, got.columns), (expected.index, got.index))
    )
    if expected.kind == "Series" and columns != theirs:
        yield f"expected a Series named {columns[0]!r}, got the name {theirs[0]!r}"
    yield from (f"the column {name!r} is missing" for name in columns if name not in theirs)
    yield from (f"the column {name!r} should not be there" for name in theirs if name not in columns)
    if columns != theirs and not any_order:
        yield f"expected the columns in the order {columns}, got {theirs}"
    if index != their_index and not (any_order and expected.is_numbered):
        yield f"expected {_index_in_words(index)}, got {_index_in_words(their_index)}"


def _index_in_words(names: list[Any]) -> str:
    if names == [None]:
        return "an index without a name"
    return f"an index named {', '.join(map(repr, names))}"


def _values(expected: Table, got: Table, compare: Compare) -> Iterator[str]:
    for here, there in zip(expected.index, got.index, strict=True):
        yield compare(here.values, there.values, "the index")
    for here, there in zip(expected.columns, got.columns, strict=True):
        yield compare(here.values, there.values, repr(here.name) if expected.kind == "DataFrame" else "")


def _records(table: Table, like: Table) -> list[dict[Any, Any]]:
    """Return the rows as dictionaries, with the index where that of `like` does not only count them."""
    index = [] if like.is_numbered else table.index
    parts = {("index", n): each.values for n, each in enumerate(index)}
    parts |= {each.name: each.values for each in table.columns}
    return [dict(zip(parts, row, strict=True)) for row in zip(*parts.values(), strict=True)]


def _unitless(dtype: str) -> str:
    return dtype.partition("[")[0]


# ------------------------------------------------------------------------------------- as Python


def written(table: Table, literal: Callable[[Any], str]) -> str:
    """Return Python that makes the table with `pd`; `read` takes it back."""
    index = "" if table.is_numbered else f", index={_index(table.index, literal)}"
    if table.kind == "DataFrame":
        cells = ", ".join(f"{literal(each.name)}: {_cells(each, literal)}" for each in table.columns)
        return f"pd.DataFrame({{{cells}}}{index})"
    (only,) = table.columns
    name = "" if only.name is None else f", name={literal(only.name)}"
    return f"pd.Series({_cells(only, literal)}{index}{name})"


def _cells(column: Column, literal: Callable[[Any], str]) -> str:
    cells = literal(column.values)
    return cells if _natural(column.values) == column.dtype else f"pd.array({cells}, {column.dtype!r})"


def _index(index: list[Column], literal: Callable[[Any], str]) -> str:
    if len(index) == 1:
        name = "" if index[0].name is None else f", name={literal(index[0].name)}"
        return f"pd.Index({_cells(index[0], literal)}{name})"
    levels = ", ".join(_cells(each, literal) for each in index)
    return f"pd.MultiIndex.from_arrays([{levels}], names={literal([each.name for each in index])})"


def _natural(values: list[Any]) -> str:
    kinds = set(map(type, values))
    return NATURAL.get(kinds.pop(), "") if len(kinds) == 1 else ""


def read(name: str, args: list[Any], named: dict[str, Any]) -> Any:
    """Return what a call of `pd.NAME` in `written` stands for. Raises ValueError or TypeError."""
    match name, args:
        case "array", [list() as values, str() as dtype]:
            return Column(None, dtype, values)
        case "Index", [cells]:
            return [_column(named.get("name"), cells)]
        case "MultiIndex.from_arrays", [list() as levels]:
            return [_column(*pair) for pair in zip(named["names"], levels, strict=True)]
        case "DataFrame", [dict() as cells]:
            columns = [_column(*pair) for pair in cells.items()]
        case "Series", [cells]:
            columns = [_column(named.get("name"), cells)]
        case _:
            raise ValueError(f"pd.{name} makes no table")
    rows = len(columns[0].values) if columns else 0
    index = named.get("index") or [Column(None, "int64", list(range(rows)))]
    return Table.from_lists(Table(name, index, columns).to_lists())


def _column(name: Any, cells: Any) -> Column:
    if isinstance(cells, Column):
        return Column(name, cells.dtype, cells.values)
    return Column(name, _natural(cells), cells)
