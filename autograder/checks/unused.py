"""Parameters that a function never reads, told from its code alone."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.checks.call_text import bound_arguments, signature
from autograder.sandbox.call import Call

BY_NAME = {"locals", "vars", "eval", "exec", "globals"}
"""What may read a parameter without writing its name."""


def never_used(function: str, call: Call, code: Sequence[str]) -> str:
    """Say which arguments of a call the code never looks at, those left out aside; nothing if it may."""
    if not call.all:  # nothing was called
        return ""
    defaults = signature(function).parameters
    given = {
        name
        for name, value in bound_arguments(function, call).items()
        if name in defaults and value is not defaults[name].default
    }
    unread = [f"`{name}`" for name in _unread(function, code) if name in given]
    return f"Your function never uses {' and '.join(unread)}." if unread else ""


def _unread(function: str, code: Sequence[str]) -> list[str]:
    try:
        tree = ast.parse("\n".join(code))
    except (SyntaxError, ValueError):  # a magic, say
        return []
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function]
    if len(defined) != 1 or defined[0].decorator_list:
        return []
    nodes = [inner for statement in defined[0].body for inner in ast.walk(statement)]
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    names |= {
        node.target.id
        for node in nodes
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    own = [parameter.arg for parameter in [*defined[0].args.posonlyargs, *defined[0].args.args]]
    return [name for name in own if name not in names] if not names & BY_NAME else []
