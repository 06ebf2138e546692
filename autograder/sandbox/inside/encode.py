"""Values as tagged JSON and raw bytes, see `wire`; the other way goes `decode`."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from fractions import Fraction
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any

import numpy as np

from .kinds import (
    CONTAINERS,
    DATES,
    DTYPES,
    HOLLOW,
    MAX_AXES,
    MAX_BITS,
    MAX_DATA,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_ITEMS,
    MAX_STRING,
    PLAIN,
    TAKEN,
    TOO_LARGE,
    Instance,
    Matrix,
    Other,
    is_name,
    layout,
    rows_and_cells,
)
from .tables import MAX_COLUMNS, CannotTravel, Table, closed

MATRIX = np.matrix  # as it is before a notebook may call something else so


def encode(value: Any, data: list[bytes], depth: int = 0) -> Any:
    """Return the node of a value, whatever it is; its raw bytes go into `data`."""
    kind = type(value)
    if value is None or kind in (bool, float):
        return value
    if kind in (str, np.str_):
        too_long = len(value) > MAX_STRING
        return {"other": f"str of {len(value)} characters, too long"} if too_long else str(value)
    if kind is np.ndarray or issubclass(kind, np.generic):
        return _encode_array(value, data)
    if kind is int:
        return {"other": "int of hundreds of digits"} if value.bit_length() > MAX_BITS else value
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):  # a named tuple
        value, kind = tuple(tuple.__iter__(value)), tuple
    if kind in CONTAINERS:
        return _encode_container(value, data, depth)
    if kind in (bytes, bytearray):
        return _encode_bytes(bytes(value), data)
    if (node := _encode_scalar(value)) is not None:
        return node
    if kind is Instance or _is_plain(kind):
        return _encode_instance(value, data, depth)
    return _encode_rest(value, data, depth)


def _encode_container(value: Any, data: list[bytes], depth: int) -> Any:
    name = CONTAINERS[type(value)]
    if depth >= MAX_DEPTH or len(value) > MAX_ITEMS:
        return {"other": f"{name} too deep or too long"}
    if name == "dict":
        pairs = value.items()
        return {"dict": [[encode(part, data, depth + 1) for part in pair] for pair in pairs]}
    items = [encode(item, data, depth + 1) for item in value]
    return items if name == "list" else {name: items}


def _encode_bytes(value: bytes, data: list[bytes]) -> dict[str, Any]:
    offset = sum(map(len, data))
    if offset + len(value) > MAX_DATA:
        return {"other": f"{len(value)} bytes, too many"}
    data.append(value)
    return {"bytes": [offset, len(value)]}


def _encode_scalar(value: Any) -> dict[str, Any] | None:
    """Return the node of a number or a date that JSON has no word for; None for anything else."""
    kind = type(value)
    if kind is complex:
        return {"complex": [value.real, value.imag]}
    if kind is Fraction and max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_BITS:
        return {"fraction": [value.numerator, value.denominator]}
    if kind in DATES.values():
        return {kind.__name__: value.isoformat()}
    if kind is dt.timedelta:
        return {"timedelta": [value.days, value.seconds, value.microseconds]}
    return None


def _encode_instance(value: Any, data: list[bytes], depth: int) -> dict[str, Any]:
    if isinstance(value, Instance):
        name, fields = value.type_name, value.fields
    else:
        name, fields = type(value).__name__, _fields(value)
    named = name not in TAKEN and all(map(is_name, (name, *fields)))
    if depth >= MAX_DEPTH or len(fields) > MAX_FIELDS or not named:
        return {"other": f"{name} too deep, of too many fields, or of names that it cannot have"}
    pairs = [[str(field), encode(each, data, depth + 1)] for field, each in fields.items()]
    return {"instance": [name, pairs]}


def _encode_rest(value: Any, data: list[bytes], depth: int) -> Any:
    """Return the node of a matrix, of what pandas makes, and of what does not travel."""
    kind = type(value)
    if kind is MATRIX or kind is Matrix:
        return _encode_matrix(np.asarray(value), data)
    if kind is Other:
        return {"other": value.type_name}
    if kind is Table:
        return _encode_table(value, data, depth)
    try:
        plain = closed(value)
    except CannotTravel as reason:
        return {"other": str(reason)}
    return {"other": _type_name(kind)} if plain is value else encode(plain, data, depth)


def _encode_matrix(array: Any, data: list[bytes]) -> dict[str, Any]:
    too_large = {"other": f"numpy.matrix of shape {array.shape}, {TOO_LARGE}"}
    return too_large if rows_and_cells(array.shape) > MAX_ITEMS else {"matrix": _encode_array(array, data)}


def _encode_table(value: Table, data: list[bytes], depth: int) -> dict[str, Any]:
    if depth + 3 >= MAX_DEPTH or value.rows > MAX_ITEMS or len(value.columns) > MAX_COLUMNS:
        return {"other": f"{value.kind} too deep, too long or too wide"}
    return {"table": encode(value.to_lists(), data, depth)}


def _fields(value: Any) -> dict[str, Any]:
    """Return what an instance holds in slots and in its dictionary, whatever its class says of attributes."""
    held: dict[str, Any] = {}
    for kind in reversed(type(value).__mro__):
        for name, each in vars(kind).items():
            if isinstance(each, MemberDescriptorType):
                with suppress(AttributeError):  # an empty slot
                    held[name] = each.__get__(value)
            elif name == "__dict__" and isinstance(each, GetSetDescriptorType):
                held |= each.__get__(value)
    return held


def _is_plain(kind: type) -> bool:
    """Return whether a class and all it is made of come from a notebook or a course's own exercise."""
    made_of = [base for base in kind.__mro__ if base not in HOLLOW]
    foreign = [base for base in made_of if not str(base.__module__).startswith(PLAIN)]
    return bool(made_of) and not foreign  # without all(), which a notebook may have replaced


def _encode_array(value: Any, data: list[bytes]) -> dict[str, Any]:
    scalar = isinstance(value, np.generic)
    array = np.asarray(value)
    if array.dtype.str not in DTYPES:
        return {"other": f"{'NumPy scalar' if scalar else 'array'} of dtype {array.dtype.name}"}
    empty_but_vast = array.ndim > MAX_AXES or max(array.shape, default=0) > MAX_DATA
    if empty_but_vast or array.nbytes > MAX_DATA // 2 or sum(map(len, data)) + array.nbytes > MAX_DATA:
        return {"other": f"array of shape {array.shape}, {TOO_LARGE}"}
    offset = sum(map(len, data))
    data.append(np.ascontiguousarray(array).tobytes())
    node: dict[str, Any] = {"array": [array.dtype.str, list(array.shape), offset]}
    if scalar:
        node["scalar"] = True
    else:
        node["layout"] = layout(array)
    return node


def _type_name(kind: type) -> str:
    module, name = str(kind.__module__), str(kind.__qualname__)
    return name if module == "builtins" else f"{module}.{name}"
