"""What only works on a student's own machine costs a line, not the cell: imports, magics and commands.

Students write such lines out of habit, often on top of a cell that everything else builds on.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

NAME = "__not_offered__"
"""How the code of a cell finds `Missing`."""

OF_PYTHON = {"capture", "debug", "prun", "time", "timeit"}
"""Magics that run a student's Python: what it raises is the student's."""
INSTALLERS = {"conda", "mamba", "micromamba", "pip", "uv"}


class Missing:
    """Stands for what could not be imported.

    At the top level of a cell it lets itself be used, because what is set up there (a style of plots, a
    folder in the cloud, a decorator for speed) is seldom needed. In a function, using it raises.
    """

    def __init__(self, fault: ImportError) -> None:
        self.__dict__["_fault"] = fault

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by Python itself, to see what kind of thing this is
            raise AttributeError(name)
        return self._used()

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Return a function that is to be decorated as it is."""
        decorated = len(args) == 1 and not named and isinstance(args[0], FunctionType)
        return self._used(args[0] if decorated else self)

    def __getitem__(self, key: Any) -> Any:
        return self._used()

    def __setattr__(self, name: str, value: Any) -> None:
        self._used()

    def __setitem__(self, key: Any, value: Any) -> None:
        self._used()

    def __enter__(self) -> Any:
        return self._used()

    def __exit__(self, *_: object) -> None:
        """Do nothing: nothing was opened."""

    def __iter__(self) -> Iterator[Any]:
        raise self._refusal()

    def __repr__(self) -> str:
        return f"[not available: {self.__dict__['_fault']}]"

    def _used(self, result: Any = None) -> Any:
        """Return `result`, by default this, to the top level of a cell; raise everywhere else."""
        if sys._getframe(2).f_code.co_name != "<module>":  # noqa: SLF001  who asks decides
            raise self._refusal()
        return self if result is None else result

    def _refusal(self) -> ImportError:
        fault: ImportError = self.__dict__["_fault"]
        return type(fault)(*fault.args, name=fault.name)


class Imports(ast.NodeTransformer):
    """Lets a cell go on after an import that fails, unless it sees to that itself."""

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """Try each module on its own, so that one does not take another with it."""
        each = (ast.copy_location(ast.Import([alias]), node) for alias in node.names)
        return [
            _tried(alone, [(alone.names[0].asname or alone.names[0].name).split(".")[0]]) for alone in each
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        """Try it; `from __future__` has to stay on top."""
        if node.module == "__future__":
            return node
        return _tried(node, [alias.asname or alias.name for alias in node.names if alias.name != "*"])

    def visit_Try(self, node: ast.Try) -> ast.Try:
        """Leave alone what is tried already."""
        return node

    def visit_With(self, node: ast.With) -> ast.With:
        """Leave alone what may be suppressed."""
        return node


def _tried(node: ast.stmt, names: list[str]) -> ast.stmt:
    """Return the import in a `try` that binds `names` to `Missing` if it fails."""
    lines = [f"{name} = {NAME}(fault)" for name in names] or [f"{NAME}(fault)"]
    code = "try:\n    pass\nexcept ImportError as fault:\n" + "".join(f"    {line}\n" for line in lines)
    whole = ast.parse(code.replace("fault", "__fault__")).body[0]
    assert isinstance(whole, ast.Try)
    for part in ast.walk(whole):
        ast.copy_location(part, node)
    whole.body = [node]
    return whole


def offer(shell: Any, left_out: Callable[[str], None]) -> None:
    """Let the cells of a shell go on after imports that fail; tell `left_out` the module."""

    def missing(fault: ImportError) -> Missing:
        left_out(fault.name or "")
        return Missing(fault)

    setattr(builtins, NAME, missing)
    shell.ast_transformers.append(Imports())
