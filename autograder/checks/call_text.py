"""Calls and values as Python, and back, without ever running a word of it."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import numpy as np

import reference
from autograder.sandbox.call import Call


def bound_arguments(function: str, call: Call) -> dict[str, Any]:
    """Return the call's arguments by the names of the reference's parameters."""
    if not call.all:
        return {}
    parameters = list(inspect.signature(getattr(reference, function)).parameters)
    return {**dict(zip(parameters, call.args, strict=False)), **call.named}


def call_text(function: str, call: Call) -> str:
    """Return the call as a student would write it, arrays by their names."""
    return _written(function, call, arrays_by_name=True)


def as_python(function: str, call: Call) -> str:
    """Return the call as code to paste, which needs `np` alone."""
    return _written(function, call, arrays_by_name=False)


def literal(value: Any) -> str:
    """Return Python that makes the value again, its number type kept; it needs `np` alone.

    Raises TypeError for a value that no call may hold, so that nothing but literals is ever written.
    """
    if isinstance(value, np.ndarray):
        if not value.size:
            return f"np.zeros({value.shape}, np.{value.dtype.name})"
        cells = value.tolist()
        plain_type = value.dtype == np.array(cells).dtype
        return (
            f"np.array({literal(cells)})"
            if plain_type
            else f"np.array({literal(cells)}, np.{value.dtype.name})"
        )
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({literal(value.item())})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else f"{'-' if value < 0 else ''}np.inf"
    if isinstance(value, complex) and not np.isfinite(value):
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if value is None or type(value) in (bool, int, float, complex, str):
        return repr(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot be written down")


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


def _value(node: ast.expr) -> Any:  # noqa: C901  a case for each form that `literal` writes
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
