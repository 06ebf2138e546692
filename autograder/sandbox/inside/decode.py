"""Tagged JSON and raw bytes as values, whoever sent them: what is not well-formed raises.

All raise WireError, or what comes of taking apart other JSON than was expected: ValueError, TypeError,
KeyError, AttributeError, RecursionError, OverflowError.
"""

from __future__ import annotations

import collections
import datetime as dt
import io
import math
from fractions import Fraction
from typing import Any

import numpy as np

from .kinds import (
    DATES,
    DTYPES,
    MAX_ALIKE,
    MAX_AXES,
    MAX_BITS,
    MAX_DATA,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_ITEMS,
    MAX_STRING,
    MAX_TEXT,
    TAKEN,
    Instance,
    Matrix,
    Other,
    WireError,
    is_name,
    lay_out,
    rows_and_cells,
)
from .tables import Table


def decode(node: Any, data: io.BytesIO, depth: int = 0) -> Any:
    """Return the value of a node; its raw bytes are the next in `data`."""
    if depth > MAX_DEPTH:
        raise WireError("nested too deep")
    kind = type(node)
    if kind is list:
        return _decode_items(node, data, depth)
    if kind is int and node.bit_length() > MAX_BITS:
        raise WireError("an integer of too many digits")
    if kind is str and len(node) > MAX_STRING:
        raise WireError("a text that is too long")
    if kind is not dict:
        return node
    if "array" in node:
        return _decode_array(node, data)
    ((tag, found),) = node.items()
    return _decode_tagged(tag, found, data, depth)


def _decode_tagged(tag: str, found: Any, data: io.BytesIO, depth: int) -> Any:
    match tag:
        case "tuple":
            return tuple(_decode_items(found, data, depth))
        case "dict":
            pairs = [_decode_items(pair, data, depth) for pair in _bounded(found)]
            return dict(zip(_hashed([key for key, _ in pairs]), (each for _, each in pairs), strict=True))
        case "set":
            return set(_hashed(_decode_items(found, data, depth)))
        case "frozenset":
            return frozenset(_hashed(_decode_items(found, data, depth)))
        case "bytes":
            offset, size = found
            return _decode_bytes(offset, size, data)
        case "instance":
            return _decode_instance(found, data, depth)
        case "matrix":
            return _decode_matrix(found, data, depth)
        case "table":
            return Table.from_lists(decode(found, data, depth))
        case "other":
            return Other(str(found)[:MAX_TEXT])
    return _decode_scalar(tag, found)


def _bounded(node: Any) -> list[Any]:
    if not isinstance(node, list) or len(node) > MAX_ITEMS:
        raise WireError("no list, or one of too many items")
    return node


def _decode_items(node: Any, data: io.BytesIO, depth: int) -> list[Any]:
    return [decode(item, data, depth + 1) for item in _bounded(node)]


def _hashed(keys: list[Any]) -> list[Any]:
    """Return keys that a dictionary can hold. Raises WireError when the hashes of hundreds agree.

    Among keys with one hash each look-up compares with all others, which could keep the judge for minutes.
    A few agree by themselves: those of -1 and -2 do, and so of all points that these two make.
    """
    shared = collections.Counter(map(hash, keys)).values()
    if sum(count * (count - 1) for count in shared) > MAX_ALIKE:
        raise WireError("keys of one hash")
    return keys


def _decode_instance(node: Any, data: io.BytesIO, depth: int) -> Instance:
    name, fields = node
    if len(fields) > MAX_FIELDS or name in TAKEN:
        raise WireError("an instance of too many fields, or named like something of Python's")
    return Instance(_name(name), {_name(field): decode(each, data, depth + 1) for field, each in fields})


def _decode_matrix(node: Any, data: io.BytesIO, depth: int) -> Any:
    array = decode(node, data, depth)
    if isinstance(array, Other):  # of objects, say
        return array
    if not isinstance(array, np.ndarray) or rows_and_cells(array.shape) > MAX_ITEMS:
        raise WireError("a matrix without numbers, or with too many")
    return Matrix(array.tolist())


def _decode_bytes(offset: Any, size: Any, data: io.BytesIO) -> bytes:
    if offset != data.tell() or type(size) is not int or not 0 <= size <= MAX_DATA:
        raise WireError("bytes that are not where they should be")
    part = data.read(size)
    if len(part) != size:
        raise WireError("bytes that are not there")
    return part


def _decode_scalar(tag: str, found: Any) -> Any:
    if tag in DATES:
        return DATES[tag].fromisoformat(_text(found))
    numbers = [decode(part, io.BytesIO(), MAX_DEPTH) for part in _bounded(found)]
    if not all(isinstance(part, int | float) for part in numbers):
        raise WireError("no numbers")
    match tag:
        case "complex":
            real, imaginary = numbers
            return complex(real, imaginary)
        case "fraction":
            above, below = numbers
            if not isinstance(above, int) or not isinstance(below, int) or below < 1:
                raise WireError("no fraction")
            return Fraction(above, below)
        case "timedelta":
            days, seconds, microseconds = numbers
            return dt.timedelta(days, seconds, microseconds)
    raise WireError("a value without a known tag")


def _name(node: Any) -> str:
    if not is_name(node):
        raise WireError("no name")
    return str(node)


def _text(node: Any) -> str:
    if not isinstance(node, str) or len(node) > MAX_TEXT:
        raise WireError("no text, or one too long")
    return node


def _decode_array(node: dict[str, Any], data: io.BytesIO) -> Any:
    """Take an array's data, which lie one after the other, so that no byte is copied twice."""
    dtype, shape, offset = node["array"]
    if dtype not in DTYPES or not isinstance(offset, int) or not isinstance(shape, list):
        raise WireError("an array of a dtype that may not travel")
    if len(shape) > MAX_AXES or not all(type(size) is int and 0 <= size <= MAX_DATA for size in shape):
        raise WireError("an array of an impossible shape")
    size = math.prod(shape) * np.dtype(dtype).itemsize
    part = data.read(size) if offset == data.tell() else None
    if part is None or len(part) != size:
        raise WireError("an array that is not where its data should be")
    flat = np.frombuffer(part, np.dtype(dtype))
    if node.get("scalar"):
        if shape:
            raise WireError("a scalar with a shape")
        return flat[0]
    return lay_out(flat.reshape(shape), str(node.get("layout", "")))
