"""Calls and values as Python, and back, without ever running a word of it."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from autograder.checks import exercise, tables
from autograder.checks.values import literal
from autograder.sandbox.call import Call
from autograder.sandbox.inside.kinds import DATES

__all__ = ["as_python", "bound_arguments", "call_text", "literal", "parsed", "signature"]


def bound_arguments(function: str, call: Call) -> dict[str, Any]:
    """Return the call's arguments by the names of the reference's parameters."""
    if not call.all:
        return {}
    return {**dict(zip(signature(function).parameters, call.args, strict=False)), **call.named}


def signature(function: str) -> inspect.Signature:
    """Return the parameters of the right function of this name."""
    return _signature(exercise.right(function))


_signature = cache(inspect.signature)


def call_text(function: str, call: Call) -> str:
    """Return the call as a student would write it, arrays by their names."""
    return _written(function, call, arrays_by_name=True)


def as_python(function: str, call: Call) -> str:
    """Return the call as code to paste, which needs `np` alone."""
    return _written(function, call, arrays_by_name=False)


def parsed(text: str) -> Call:
    """Return the call that `as_python` wrote. Raises ValueError; runs nothing of the text."""
    try:
        match ast.parse(text, mode="eval").body:
            case ast.Name():
                return Call(())
            case ast.Call(func=ast.Name(), args=args, keywords=keywords):
                named = {str(keyword.arg): _value(keyword.value) for keyword in keywords}
                return Call(tuple(map(_value, args)), named)
    except (SyntaxError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError(f"no call: {fault}") from None
    raise ValueError("no call")


def _written(function: str, call: Call, *, arrays_by_name: bool) -> str:
    bound = bound_arguments(function, call)
    if not bound:
        return function  # a value, not a call
    shown = []
    for position, (parameter, value) in enumerate(bound.items()):
        text = parameter if isinstance(value, np.ndarray) and arrays_by_name else literal(value)
        shown.append(text if position < len(call.args) else f"{parameter}={text}")
    return f"{function}({', '.join(shown)})"


def _value(node: ast.expr) -> Any:  # noqa: C901, PLR0912  a case for each form that `literal` writes
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=ast.Constant(value=complex() as imaginary)):
            return _value(left) + imaginary
        case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=complex() as imaginary)):
            return _value(left) - imaginary
        case ast.List(elts=items):
            return [_value(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item) for item in items)
        case ast.Dict(keys=keys, values=values) if None not in keys:
            return {_value(key): _value(each) for key, each in zip(keys, values, strict=True) if key}
        case ast.Set(elts=items):
            return {_value(item) for item in items}
        case ast.Call(func=ast.Name(id="set"), args=[]):
            return set()
        case ast.Call(func=ast.Name(id="frozenset"), args=[items]):
            return frozenset(_value(items))
        case ast.Call(func=ast.Name(id="Fraction"), args=[above, below]):
            return Fraction(_value(above), _value(below))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime"), attr="timedelta"), args=parts):
            return dt.timedelta(*map(_value, parts))
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id="datetime"), attr=kind), attr="fromisoformat"
            ),
            args=[ast.Constant(value=str() as text)],
        ) if kind in DATES:
            return DATES[kind].fromisoformat(text)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="pd"), attr=kind), args=args, keywords=keywords):
            return _table(kind, args, keywords)
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="pd"), attr="MultiIndex"), attr=maker),
            args=args,
            keywords=keywords,
        ):
            return _table(f"MultiIndex.{maker}", args, keywords)
        case ast.Attribute(value=ast.Name(id="np"), attr="nan" | "inf" as name):
            return float(name)
        case ast.Call(func=ast.Name(id="complex"), args=[real, imaginary]):
            return complex(_value(real), _value(imaginary))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="array"), args=[items]):
            return np.array(_value(items))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="np"), attr="array" | "zeros" as maker),
            args=[items, ast.Attribute(attr=dtype)],
        ):
            made: np.ndarray = getattr(np, maker)(_value(items), np.dtype(dtype))
            return made
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=dtype), args=[number]):
            return np.dtype(dtype.rstrip("_")).type(_value(number))
    raise ValueError(ast.dump(node))


def _table(kind: str, args: list[ast.expr], keywords: list[ast.keyword]) -> Any:
    named = {str(keyword.arg): _value(keyword.value) for keyword in keywords}
    return tables.read(kind, list(map(_value, args)), named)
