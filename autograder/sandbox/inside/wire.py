"""Frames between judge and kernel: a JSON header and raw bytes, bounded on both sides.

A value is tagged JSON: ``None``, ``bool``, ``int``, ``float``, ``str`` and lists stand for
themselves; tuples, dictionaries, sets, bytes, dates, other numbers and arrays are one-key objects. An
instance of a plain class, made in a notebook or an exercise, is the name of its type and its fields;
a table of pandas is its names, dtypes and values (see `tables`); anything else is the name of its type
only. Bytes and array data are raw bytes behind the header. Nothing is ever unpickled.

A frame is two big-endian ``uint32`` (length of header, length of data), the header, the data.
"""

from __future__ import annotations

import collections
import datetime as dt
import io
import json
import math
import struct
from abc import ABC
from collections.abc import Callable, Iterable
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any, Generic

import numpy as np

from .tables import MAX_COLUMNS, CannotTravel, Table, closed

MAX_HEADER = 1 << 20
MAX_DATA = 16 << 20
MAX_DEPTH = 8
MAX_ITEMS = 10_000
MAX_FIELDS = 50
MAX_TEXT = 2_000  # of messages
MAX_STRING = 100_000  # of values
MAX_BITS = 900
MAX_ALIKE = 100_000  # pairs of keys with one hash

DTYPES = frozenset(
    np.dtype(name).str
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
)

DATES: dict[str, Any] = {kind.__name__: kind for kind in (dt.date, dt.datetime, dt.time)}

CONTAINERS = {kind: kind.__name__ for kind in (list, tuple, dict, set, frozenset)} | dict.fromkeys(
    (collections.Counter, collections.OrderedDict, collections.defaultdict), "dict"
)

OWN = "convgrade_exercise_"
"""How the modules of a course's own exercises are called, see `checks.exercise`."""
PLAIN = ("__main__", OWN)
HOLLOW = (object, ABC, Generic)
"""Bases that hold nothing."""

LOST = b'{"other": '
Frame = tuple[bytes, bytes]
"""Header and data."""
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


class Instance:
    """An instance of a plain class: what it is called, and what it holds. As a key it is both."""

    def __init__(self, type_name: str, fields: dict[str, Any]) -> None:
        self.type_name, self.fields = type_name, fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instance) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property  # once, because a set compares it with hundreds
    def _key(self) -> Any:
        return ("instance", self.type_name, _as_key(self.fields))

    def __repr__(self) -> str:
        return f"{self.type_name}({', '.join(f'{name}={value!r}' for name, value in self.fields.items())})"


def _as_key(value: Any) -> Any:
    """Return what can be hashed and is equal for equal values, also for those that are no keys themselves."""
    match value:
        case dict():
            return ("dict", frozenset((key, _as_key(each)) for key, each in value.items()))
        case list() | tuple():
            return (type(value).__name__, *map(_as_key, value))
        case set():
            return frozenset(value)
        case np.ndarray():
            return ("array", value.shape, value.tobytes())
    return value


def travelled(value: Any) -> Any:
    """Return a value as it is after a journey. Raises CannotTravel, with the reason."""
    try:
        return read(io.BytesIO(packed_whole({}, [value])).read)[1][0]
    except WireError as fault:
        raise CannotTravel(str(fault)) from None


def packed_whole(message: dict[str, Any], values: list[Any]) -> bytes:
    """Return a frame in which all of the values travel. Raises CannotTravel, and WireError as `pack` does."""
    frame = pack(message, values)
    size, _ = _LENGTHS.unpack_from(frame)
    _, _, lost = frame[_LENGTHS.size : _LENGTHS.size + size].partition(LOST)  # no text holds such quotes
    if lost:
        type_name, _ = json.JSONDecoder().raw_decode(lost.decode())
        raise CannotTravel(f"a value of type {type_name} cannot be sent or compared")
    return frame


def parts(value: Any) -> Iterable[Any]:
    """Return what a value is made of: the items of a container, the fields of an instance."""
    if isinstance(value, dict):
        return (part for pair in value.items() for part in pair)
    if isinstance(value, Instance):
        return value.fields.values()
    if isinstance(value, Table):
        return [each.values for each in (*value.index, *value.columns)]
    return value if isinstance(value, list | tuple | set | frozenset) else ()


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
    return opened(*received(receive))


def received(receive: Callable[[int], bytes]) -> Frame:
    """The next frame as it came; see `read`."""
    header_size, data_size = _LENGTHS.unpack(receive(_LENGTHS.size))
    if header_size > MAX_HEADER or data_size > MAX_DATA:
        raise WireError(f"frame of {header_size} + {data_size} bytes")
    return receive(header_size), receive(data_size)


def opened(header: bytes, body: bytes) -> tuple[dict[str, Any], list[Any]]:
    """What a frame holds; see `read`."""
    data = io.BytesIO(body)
    try:
        frame = json.loads(header)
        message = dict(frame["message"])
        return message, [_decode(node, data, depth=0) for node in list(frame["values"])]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as fault:
        raise WireError(f"malformed frame: {type(fault).__name__}") from None


def _encode(value: Any, data: list[bytes], depth: int) -> Any:
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
        return {"dict": [[_encode(part, data, depth + 1) for part in pair] for pair in pairs]}
    items = [_encode(item, data, depth + 1) for item in value]
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
    named = all(
        isinstance(each, str) and each.isidentifier() and len(each) <= MAX_TEXT for each in (name, *fields)
    )
    if depth >= MAX_DEPTH or len(fields) > MAX_FIELDS or not named:
        return {"other": f"{name} too deep, of too many fields, or of fields without names"}
    pairs = [[str(field), _encode(each, data, depth + 1)] for field, each in fields.items()]
    return {"instance": [name, pairs]}


def _encode_rest(value: Any, data: list[bytes], depth: int) -> Any:
    """Return the node of what pandas makes, and of what does not travel."""
    kind = type(value)
    if kind is Other:
        return {"other": value.type_name}
    if kind is Table:
        return _encode_table(value, data, depth)
    try:
        plain = closed(value)
    except CannotTravel as reason:
        return {"other": str(reason)}
    return {"other": _type_name(kind)} if plain is value else _encode(plain, data, depth)


def _encode_table(value: Table, data: list[bytes], depth: int) -> dict[str, Any]:
    if depth + 3 >= MAX_DEPTH or value.rows > MAX_ITEMS or len(value.columns) > MAX_COLUMNS:
        return {"other": f"{value.kind} too deep, too long or too wide"}
    return {"table": _encode(value.to_lists(), data, depth)}


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
            name, fields = found
            if len(fields) > MAX_FIELDS:
                raise WireError("an instance of too many fields")
            held = {_name(field): _decode(each, data, depth + 1) for field, each in fields}
            return Instance(_name(name), held)
        case "table":
            return Table.from_lists(_decode(found, data, depth))
        case "other":
            return Other(str(found)[:MAX_TEXT])
    return _decode_scalar(tag, found)


def _bounded(node: Any) -> list[Any]:
    if not isinstance(node, list) or len(node) > MAX_ITEMS:
        raise WireError("no list, or one of too many items")
    return node


def _decode_items(node: Any, data: io.BytesIO, depth: int) -> list[Any]:
    return [_decode(item, data, depth + 1) for item in _bounded(node)]


def _hashed(keys: list[Any]) -> list[Any]:
    """Return keys that a dictionary can hold. Raises WireError when the hashes of hundreds agree.

    Among keys with one hash each look-up compares with all others, which could keep the judge for minutes.
    A few agree by themselves: those of -1 and -2 do, and so of all points that these two make.
    """
    shared = collections.Counter(map(hash, keys)).values()
    if sum(count * (count - 1) for count in shared) > MAX_ALIKE:
        raise WireError("keys of one hash")
    return keys


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
    numbers = [_decode(part, io.BytesIO(), MAX_DEPTH) for part in _bounded(found)]
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
    if not _text(node).isidentifier():
        raise WireError("no name")
    return str(node)


def _text(node: Any) -> str:
    if not isinstance(node, str) or len(node) > MAX_TEXT:
        raise WireError("no text, or one too long")
    return node


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
