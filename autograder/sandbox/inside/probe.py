"""Calls a student's function for the judge and reports plainly what came of it.

Nothing here is trusted: it shares the process with the student. It only spares the judge work.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable
from itertools import islice
from opcode import opname
from types import TracebackType
from typing import Any

import numpy as np
from numpy import may_share_memory  # before a notebook can replace it

from . import kinds, tables, wire

Send = Callable[[bytes], None]
Receive = Callable[[int], bytes]
Call = tuple[tuple[Any, ...], tuple[str, ...], tuple[Any, ...]]  # positional, names, named

MAX_WARNINGS = 3
_KNOWN: dict[bytes, tuple[dict[str, Any], list[Any]]] = {}
"""The judge's answers: what has been asked is not asked again."""


def answer(
    namespace: dict[str, Any], message: dict[str, Any], calls: list[Call], send: Send, receive: Receive
) -> None:
    """Make `calls` of the function `message["name"]`, one after the other.

    `message["sequences"]` says how many calls belong together: for each sequence one frame is sent. Its
    results are packed only after its last call, so a result that a later call changes shows.
    While they run, the names in `message["stubs"]` ask the judge instead of running here.
    """
    name, left = message["name"], iter(calls)
    stubs = {stub: _stub(stub, dict(namespace), send, receive) for stub in message["stubs"]}
    for count in message["sequences"]:
        if name not in namespace:
            send(wire.pack({"op": "missing"}))
            return
        own = {stub: namespace[stub] for stub in stubs if stub in namespace}
        namespace.update(stubs)
        try:
            outcomes = [_outcome(namespace, name, *call) for call in islice(left, count)]
        finally:
            for stub in stubs:
                namespace.pop(stub, None)
            namespace.update(own)
        reports = [report for report, _ in outcomes]
        sent = [values for _, values in outcomes]
        named = [(_named(result), tuple(map(_named, args))) for result, args in sent]
        send(_packed({"op": "answered", "outcomes": reports}, sent, named))


def value(namespace: dict[str, Any], message: dict[str, Any], send: Send) -> None:
    """Send the value that a name stands for."""
    if message["name"] not in namespace:
        send(wire.pack({"op": "missing"}))
    else:
        found = namespace[message["name"]]
        send(_packed({"op": "value"}, [found], [_named(found)]))


def _packed(message: dict[str, Any], values: list[Any], named: list[Any]) -> bytes:
    """Return a frame with values; if they do not fit, with what was `named` of them."""
    try:
        return wire.pack(message, values)
    except kinds.WireError:
        return wire.pack(message, named)


def _named(value: Any) -> Any:
    """Return what stands for a value where not all fit into a frame; arrays and numbers do themselves."""
    kind = type(value)
    return (
        value
        if kind in (np.ndarray, int, float, bool)
        else kinds.Other(f"{kind.__name__}, {kinds.TOO_LARGE}")
    )


def _outcome(
    namespace: dict[str, Any],
    name: str,
    args: tuple[Any, ...],
    names: tuple[str, ...],
    named: tuple[Any, ...],
) -> tuple[dict[str, Any], tuple[Any, ...]]:
    report: dict[str, Any] = {"raised": None}
    result = None
    function = namespace[name]
    printed = _Printed()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            args, named = (
                tuple(_in_own_classes(each, namespace) for each in given) for given in (args, named)
            )
            result = function(*args, **dict(zip(names, named, strict=True)))
        except BaseException as fault:  # SystemExit and KeyboardInterrupt are the student's too
            report["raised"] = [kind.__name__ for kind in type(fault).__mro__ if kind is not object][:10]
            report["text"] = _text(fault)
            report["line"] = _line(fault)
    report["printed"] = printed.getvalue()
    report["given"] = is_given(result, (*args, *named))
    report["warnings"] = [
        f"{warning.category.__name__}: {_text(warning.message)}" for warning in caught[:MAX_WARNINGS]
    ]
    return report, (result, (*args, *named))


def is_given(result: Any, arguments: tuple[Any, ...]) -> bool:
    """Return whether an array lies in the memory of an argument."""
    if not issubclass(type(result), np.ndarray):
        return False
    arrays = [each for each in arguments if issubclass(type(each), np.ndarray)]
    return bool([each for each in arrays if may_share_memory(result, each)])  # a notebook may replace any()


class _Printed(io.StringIO):
    """What a call prints, as far as it is reported."""

    def write(self, text: str) -> int:
        """Keep the text while there is room."""
        super().write(text[: max(0, kinds.MAX_TEXT - self.tell())])
        return len(text)


def _in_own_classes(value: Any, namespace: dict[str, Any]) -> Any:
    """Return a copy, its instances of the notebook's own classes, where it has a class of that name.

    What is remembered of it by `id` meets others later, and what is done to it shows nowhere else.
    """
    if isinstance(value, kinds.Instance):
        fields = {name: _in_own_classes(each, namespace) for name, each in value.fields.items()}
        kind = namespace.get(value.type_name)
        if not isinstance(kind, type):
            return kinds.Instance(value.type_name, fields)
        made: Any = object.__new__(kind)
        for name, each in fields.items():
            object.__setattr__(made, name, each)
        return made
    if type(value) is tables.Table:
        return tables.opened(value)
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(_in_own_classes(item, namespace) for item in value)
    if type(value) is dict:
        return {
            _in_own_classes(key, namespace): _in_own_classes(each, namespace) for key, each in value.items()
        }
    return kinds.lay_out(value, kinds.layout(value)) if type(value) is np.ndarray else value


def _text(thing: object) -> str:
    try:
        return str(thing)[: kinds.MAX_TEXT]
    except BaseException:  # a __str__ of the student's may do anything
        return ""


def _line(fault: BaseException) -> int | None:
    """Return the line, counted from the top of its cell, where the function that was called raised.

    If it calls a function of another cell, which raised, it is the line that calls.
    """
    cell, line, trace = None, None, fault.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("<ipython-input-") and cell in (None, file):
            cell, line = file, trace.tb_lineno
            if isinstance(fault, UnboundLocalError) and not trace.tb_next:
                line = _line_of_the_name(trace)
        trace = trace.tb_next
    return line


def _line_of_the_name(trace: TracebackType) -> int:
    """Return the line that reads a name without a value.

    Python 3.11 counts the store before it and this read as one instruction, and tells the line of the store.
    """
    code, at = trace.tb_frame.f_code, trace.tb_lasti
    after = at + 2 if opname[code.co_code[at]] == "STORE_FAST" else at
    lines = (line for start, end, line in code.co_lines() if line and start <= after < end)
    return next(lines, trace.tb_lineno)


def _stub(name: str, namespace: dict[str, Any], send: Send, receive: Receive) -> Callable[..., Any]:
    """Return a function that asks the judge; what the judge has no answer to goes to the student's own."""

    def stub(*args: Any, **named: Any) -> Any:
        question = wire.pack({"op": "ask", "name": name}, [(args, tuple(named), tuple(named.values()))])
        if question not in _KNOWN:
            send(question)
            _KNOWN[question] = wire.read(receive)
        message, values = _KNOWN[question]
        if message["came"] == "ValueError":
            raise ValueError(message["text"])
        if message["came"] == "value":
            return _in_own_classes(values[0], namespace)
        if name not in namespace:
            raise NameError(f"name {name!r} is not defined")
        return namespace[name](*args, **named)

    stub.__name__ = name
    return stub
