"""Frames between judge and kernel: a JSON header and raw bytes, bounded on both sides.

A value is tagged JSON: ``None``, ``bool``, ``int``, ``float``, ``str`` and lists stand for
themselves; tuples, dictionaries, sets, bytes, dates, other numbers, arrays and what is an `np.matrix`
are one-key objects. An instance of a plain class, made in a notebook or an exercise, is the name of
its type and its fields; a table of pandas is its names, dtypes and values (see `tables`); anything
else is the name of its type only. Bytes and array data are raw bytes behind the header. Nothing is
ever unpickled.

A frame is two big-endian ``uint32`` (length of header, length of data), the header, the data.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from typing import Any

from .decode import decode
from .encode import encode
from .kinds import MAX_DATA, MAX_HEADER, WireError
from .tables import CannotTravel

LOST = b'{"other": '
Frame = tuple[bytes, bytes]
"""Header and data."""
_LENGTHS = struct.Struct(">II")


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


def pack(message: dict[str, Any], values: list[Any] | tuple[Any, ...] = ()) -> bytes:
    """Return a frame: `message` is the protocol's own JSON, `values` are the student's or the test's."""
    data: list[bytes] = []
    nodes = [encode(value, data) for value in values]
    header = json.dumps({"message": message, "values": nodes}).encode()
    body = b"".join(data)
    if len(header) > MAX_HEADER or len(body) > MAX_DATA:
        raise WireError("the message is too large")
    return _LENGTHS.pack(len(header), len(body)) + header + body


def read(receive: Callable[[int], bytes]) -> tuple[dict[str, Any], list[Any]]:
    """Return the next message and its values; `receive(n)` returns exactly n bytes or raises.

    Raises WireError for anything that is not a well-formed frame.
    """
    return opened(*received(receive))


def received(receive: Callable[[int], bytes]) -> Frame:
    """Return the next frame as it came; see `read`."""
    header_size, data_size = _LENGTHS.unpack(receive(_LENGTHS.size))
    if header_size > MAX_HEADER or data_size > MAX_DATA:
        raise WireError(f"frame of {header_size} + {data_size} bytes")
    return receive(header_size), receive(data_size)


def opened(header: bytes, body: bytes) -> tuple[dict[str, Any], list[Any]]:
    """Return what a frame holds; see `read`."""
    data = io.BytesIO(body)
    try:
        frame = json.loads(header.decode())  # of bytes it would guess the encoding
        message = dict(frame["message"])
        return message, [decode(node, data) for node in list(frame["values"])]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as fault:
        raise WireError(f"malformed frame: {type(fault).__name__}") from None
