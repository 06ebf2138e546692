"""What in a solution cell is the student's, beside the cell as it was released: code, or only remarks."""

from __future__ import annotations

import ast
from functools import lru_cache

from autograder import notebook


def adds_code(text: str, original: str) -> bool:
    """Return whether a text holds code that the original does not.

    Comments and strings that stand alone are none, nor are parts of the original or a line of it twice.
    """
    return bool(_code(text) - _code(original)) and _tree(text) != _tree(original)


def remarks(text: str, original: str) -> str:
    """Return what a text without code of its own says beside the original, as lines of comments."""
    known, code = {line.strip() for line in original.splitlines()}, _code(original) | {""}
    said = []
    for line in map(str.strip, text.splitlines()):
        before, sign, comment = line.partition("#")
        if line in known or (not sign and before in code):
            continue
        said.append(f"#{comment}" if before.strip() in code else f"# {line}")
    return "\n".join(said)


def is_one_text(parts: list[str]) -> bool:
    """Return whether several parts are Python together, but not each of them alone."""
    several = len(parts) > 1
    return several and notebook.is_python("\n".join(parts)) and not all(map(notebook.is_python, parts))


def defines(text: str, name: str) -> bool:
    """Return whether a cell with this text defines a name."""
    return name in text and name in notebook.bound_names(text)


def _code(text: str) -> set[str]:
    """Return a cell's lines without their comments."""
    return {line.partition("#")[0].strip() for line in text.splitlines()} - {""}


@lru_cache(maxsize=256)
def _tree(text: str) -> str | None:
    """Return what Python makes of a text, without strings that stand alone or a statement that is repeated.

    None if it is not Python.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            said = [each for each in body if not _is_string(each)]
            node.body = [one for one, last in zip(said, [None, *said], strict=False) if not _same(one, last)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def _same(one: ast.AST, other: ast.AST | None) -> bool:
    return type(one) is type(other) and ast.dump(one) == ast.dump(other)


def _is_string(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
