"""Frames between judge and kernel: a JSON header and raw bytes, bounded on both sides.

A value is tagged JSON: ``None``, ``bool``, ``int``, ``float``, ``str`` and lists stand for
themselves; tuples, arrays and NumPy scalars are one-key objects; anything else travels as the
name of its type only. Array data are raw bytes behind the header. Nothing is ever unpickled.

A frame is two big-endian ``uint32`` (length of header, length of data), the header, the data.
"""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MAX_HEADER = 1 << 20
MAX_DATA = 16 << 20
MAX_DEPTH = 5
MAX_ITEMS = 10_000
MAX_TEXT = 2_000
MAX_BITS = 900

DTYPES = frozenset(
    np.dtype(name).str
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
)

_LENGTHS = struct.Struct(">II")


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


def pack(message: dict[str, Any], values: list[Any] | tuple[Any, ...] = ()) -> bytes:
    """One frame: `message` is the protocol's own JSON, `values` are the student's or the test's."""
    data: list[bytes] = []
    nodes = [_encode(value, data, depth=0) for value in values]
    header = json.dumps({"message": message, "values": nodes}).encode()
    body = b"".join(data)
    if len(header) > MAX_HEADER or len(body) > MAX_DATA:
        raise WireError("the message is too large")
    return _LENGTHS.pack(len(header), len(body)) + header + body


def read(receive: Callable[[int], bytes]) -> tuple[dict[str, Any], list[Any]]:
    """The next message and its values; `receive(n)` returns exactly n bytes or raises.

    Raises WireError for anything that is not a well-formed frame.
    """
    header_size, data_size = _LENGTHS.unpack(receive(_LENGTHS.size))
    if header_size > MAX_HEADER or data_size > MAX_DATA:
        raise WireError(f"frame of {header_size} + {data_size} bytes")
    header = receive(header_size)
    data = io.BytesIO(receive(data_size))
    try:
        frame = json.loads(header)
        message = dict(frame["message"])
        return message, [_decode(node, data, depth=0) for node in list(frame["values"])]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as fault:
        raise WireError(f"malformed frame: {type(fault).__name__}") from None


def _encode(value: Any, data: list[bytes], depth: int) -> Any:
    kind = type(value)
    if value is None or kind in (bool, float):
        return value
    if kind is str:
        return value[:MAX_TEXT]
    if kind is int:
        too_long = value.bit_length() > MAX_BITS
        return {"other": "int of hundreds of digits"} if too_long else value
    if kind in (list, tuple):
        if depth >= MAX_DEPTH or len(value) > MAX_ITEMS:
            return {"other": f"{kind.__name__} too deep or too long"}
        items = [_encode(item, data, depth + 1) for item in value]
        return items if kind is list else {"tuple": items}
    if kind is np.ndarray or isinstance(value, np.generic):
        return _encode_array(value, data)
    return {"other": value.type_name if kind is Other else _type_name(kind)}


def _encode_array(value: Any, data: list[bytes]) -> dict[str, Any]:
    scalar = isinstance(value, np.generic)
    array = np.asarray(value)
    if array.dtype.str not in DTYPES:
        return {"other": f"{'NumPy scalar' if scalar else 'array'} of dtype {array.dtype.name}"}
    if array.nbytes > MAX_DATA // 2 or sum(map(len, data)) + array.nbytes > MAX_DATA:
        return {"other": f"array of shape {array.shape}, too large to compare"}
    offset = sum(map(len, data))
    data.append(np.ascontiguousarray(array).tobytes())
    node: dict[str, Any] = {"array": [array.dtype.str, list(array.shape), offset]}
    if scalar:
        node["scalar"] = True
    else:
        node["layout"] = layout(array)
    return node


def layout(array: np.ndarray) -> str:
    """How `array` lies in memory: letters F (Fortran order), V (a view with gaps), R (read-only)."""
    if array.flags.c_contiguous:
        order = ""
    else:
        order = "F" if array.flags.f_contiguous else "V"
    return order + ("" if array.flags.writeable else "R")


def lay_out(array: np.ndarray, letters: str) -> np.ndarray:
    """A fresh copy of `array` in the given layout (see `layout`)."""
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


def _decode(node: Any, data: io.BytesIO, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WireError("nested too deep")
    if node is None or isinstance(node, bool | int | float | str):
        if isinstance(node, int) and node.bit_length() > MAX_BITS:
            raise WireError("an integer of too many digits")
        return node
    if isinstance(node, list):
        if len(node) > MAX_ITEMS:
            raise WireError("a list of too many items")
        return [_decode(item, data, depth + 1) for item in node]
    if "tuple" in node:
        return tuple(_decode(list(node["tuple"]), data, depth))
    if "array" in node:
        return _decode_array(node, data)
    if "other" in node:
        return Other(str(node["other"])[:MAX_TEXT])
    raise WireError("a value without a known tag")


def _decode_array(node: dict[str, Any], data: io.BytesIO) -> Any:
    """Arrays take their data one after the other, so no byte is copied twice."""
    dtype, shape, offset = node["array"]
    if dtype not in DTYPES or not isinstance(offset, int) or not isinstance(shape, list):
        raise WireError("an array of a dtype that may not travel")
    if len(shape) > 32 or not all(type(size) is int and 0 <= size <= MAX_DATA for size in shape):
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


def _type_name(kind: type) -> str:
    module, name = str(kind.__module__), str(kind.__qualname__)
    return name if module == "builtins" else f"{module}.{name}"
