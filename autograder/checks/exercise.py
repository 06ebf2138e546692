"""Where an exercise lies: in the course's own folder, or among the built-in ones.

A folder named after the function holds `hidden_tests.py` and, if one wants, `misconceptions.py` and
`right_styles.py`. The right answer is the function of that name in `answer.py`; the answers of the built-in
exercises are in `reference`. A course's own exercise takes the place of a built-in one of the same name;
a folder with no hidden tests but with `misconceptions.py` adds to those of the built-in one.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

import reference
from autograder.sandbox.inside.kinds import OWN

BUILT_IN = Path(__file__).parent.parent / "exercises"
PACKAGE = "autograder.exercises"
FOLDER = "exercises"
"""Of a course."""
_own: list[Path] = []


def look_in(folder: str) -> None:
    """Find exercises in this folder first; an empty text means the built-in ones only."""
    _own[:] = [Path(folder).resolve()] if folder else []


def folder(name: str) -> Path:
    """Return the folder of an exercise, which may not be there."""
    own = (each / name for each in _own)
    return next((each for each in own if (each / "hidden_tests.py").is_file()), BUILT_IN / name)


def is_own(name: str) -> bool:
    """Return whether an exercise is the course's own."""
    return folder(name).parent != BUILT_IN


def additions(name: str) -> Path | None:
    """Return the folder in which a course adds mistakes to a built-in exercise; None if it does not."""
    own = (each / name for each in _own if not is_own(name))
    return next((each for each in own if (each / "misconceptions.py").is_file()), None)


def module(name: str, part: str, here: Path | None = None) -> ModuleType:
    """Return a module of an exercise, such as its `hidden_tests`. Raises what importing it raises."""
    here = here or folder(name)
    if here.parent == BUILT_IN:
        return importlib.import_module(f"{PACKAGE}.{name}.{part}")
    package = f"{OWN}{hashlib.sha256(str(here).encode()).hexdigest()[:16]}_{name}"
    if package not in sys.modules:  # so that `from .answer import ...` works beside no `__init__.py`
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = [str(here)]
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # which a change may not show in at once
    try:
        return importlib.import_module(f"{package}.{part}")
    finally:
        sys.dont_write_bytecode = writes


def in_words(fault: BaseException) -> str:
    """Return what code of an exercise raised, and in which line of which of its files."""
    said = f"{type(fault).__name__}: {fault}"
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [each for each in frames if Path(each.filename).parent.parent in (*_own, BUILT_IN)]
    if not lines or isinstance(fault, SyntaxError):  # which names its line itself
        return said
    return f"{said} ({Path(lines[-1].filename).name}, line {lines[-1].lineno})"


def is_built_in(answer: Any) -> bool:
    """Return whether a right answer is the reference's, which never changes while a judge runs."""
    return str(getattr(answer, "__module__", "")).startswith(f"{reference.__name__}.")


def right(name: str) -> Any:
    """Return the right answer: a function, or a value; None if there is none."""
    if _own and (folder(name) / "answer.py").is_file():
        return getattr(module(name, "answer"), name, None)
    return getattr(reference, name, None)
