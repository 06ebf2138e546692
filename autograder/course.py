"""A course folder: where its sources are, its settings, its secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from autograder import card, notebook
from autograder.hidden import RANDOM_CASES
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import PACKAGES, TIERS

CONFIG = "nbgrader_config.py"
SECRET = ".convgrade-secret"  # noqa: S105  the file's name, not what it holds
SECTION = "ConvGrade"


class CourseError(Exception):
    """Something about the course folder is wrong; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """The `c.ConvGrade` section of nbgrader_config.py."""

    limits: Limits = field(default_factory=Limits)
    tiers: tuple[str, ...] = tuple(tier.name for tier in TIERS)
    """Isolation tiers the course accepts, the preferred one first."""
    packages: tuple[str, ...] = PACKAGES
    """Distributions that students may import."""
    feedback: str = "full"
    """How much of a verdict the cards show, one of `card.LEVELS`."""
    random_cases: int = RANDOM_CASES
    """Random inputs of each hidden check, beside its fixed ones; never fewer than the default."""


@dataclass(frozen=True)
class Batch:
    """The part of the `c.ConvGrade` section that says where verdicts are worked out, not how."""

    jobs: int = 1
    """Judges at a time."""
    scheduler: str = ""
    """Address of a Dask scheduler whose workers judge instead of this machine."""
    store: bool = True
    """Whether verdicts are kept, so that what has not changed is not judged twice."""


def settings(section: Mapping[str, Any]) -> Settings:
    """Read a config section. Raises CourseError for a name or a value it does not know."""
    limits = {item.name for item in fields(Limits)}
    known = limits | {item.name for item in fields(Batch)} | {"tiers", "packages", "feedback", "random_cases"}
    if unknown := sorted(set(section) - known):
        raise CourseError(f"c.{SECTION}.{unknown[0]} is no setting; there are: {', '.join(sorted(known))}")
    chosen = {name: section[name] for name in section if name in limits}
    sequences = {name: tuple(section[name]) for name in ("tiers", "packages") if name in section}
    feedback = section.get("feedback", "full")
    if feedback not in card.LEVELS:
        raise CourseError(f"c.{SECTION}.feedback is {feedback!r}; it can be {', '.join(card.LEVELS)}")
    random_cases = section.get("random_cases", RANDOM_CASES)
    if type(random_cases) is not int or random_cases < RANDOM_CASES:
        raise CourseError(
            f"c.{SECTION}.random_cases is {random_cases!r}; "
            f"it has to be a whole number of at least {RANDOM_CASES}"
        )
    return Settings(limits=Limits(**chosen), **sequences, feedback=feedback, random_cases=random_cases)


def batch(section: Mapping[str, Any]) -> Batch:
    """Read a config section. Raises CourseError for fewer than one judge."""
    chosen = Batch(**{item.name: section[item.name] for item in fields(Batch) if item.name in section})
    if chosen.jobs < 1:
        raise CourseError(
            f"c.{SECTION}.jobs is {chosen.jobs}; at least one notebook has to be judged at a time"
        )
    return chosen


def load_config(root: Path) -> Mapping[str, Any]:
    """The section of the course's nbgrader_config.py; empty when it sets nothing of ours."""
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / CONFIG).is_file():
        return {}
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    return dict(config.get(SECTION, {}))


def find_root(start: Path) -> Path:
    """The course that `start` lies in. Raises CourseError when it lies in none."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise CourseError(f"no course here: neither {start} nor a folder above it holds {CONFIG}")


def find_source(root: Path, name: str, cells: list[Any]) -> tuple[str, str, Path]:
    """Assignment, notebook name and source file that a submitted notebook belongs to.

    By its file name; a renamed one by the source notebook most of whose grade ids it has.
    Raises CourseError when nothing fits.
    """
    sources = sorted((root / "source").glob("*/*.ipynb"))
    ids = {notebook.grade_id(cell) for cell in cells if isinstance(cell, dict)} - {None}

    def fit(path: Path) -> tuple[bool, int]:
        theirs = {notebook.grade_id(cell) for cell in json.loads(path.read_bytes())["cells"]}
        return path.stem == name, len(ids & theirs)

    best = max(sources, key=fit, default=None)
    if best is None or fit(best) == (False, 0):
        raise CourseError(
            f"no source notebook in {root / 'source'} is called {name}.ipynb or shares its grade ids"
        )
    return best.parent.name, best.stem, best


def earlier_functions(source: Path) -> tuple[str, ...]:
    """Functions that the notebooks before this one ask for: in order of assignment, then of notebook."""
    every = sorted(source.parent.parent.glob("*/*.ipynb"))
    cells = (cell for path in every if path < source for cell in json.loads(path.read_bytes())["cells"])
    return tuple(dict.fromkeys(name for cell in cells if (name := notebook.tested_function(cell))))


def seed(root: Path, student: str, assignment: str) -> str:
    """The seed of a student's random inputs: HMAC of the course secret (hexadecimal)."""
    message = f"{student}\0{assignment}".encode()
    return hmac.new(_secret(root), message, hashlib.sha256).hexdigest()


def _secret(root: Path) -> bytes:
    """The course secret; made on first use, readable by its owner alone."""
    path = root / SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        text = path.read_text().strip()
        if len(text) < 32:
            raise CourseError(f"{path} is too short for a secret; remove it to have a new one made") from None
        return text.encode()
    with os.fdopen(descriptor, "w") as file:
        text = secrets.token_hex(32)
        file.write(text + "\n")
    return text.encode()


def skeleton(source: Path, release: Path) -> notebook.Notebook:
    """The source notebook with its answers taken out: what stands in the release stands there.

    Raises CourseError when the release has not been made.
    """
    try:
        given = json.loads((release / source.name).read_bytes())["cells"]
    except FileNotFoundError:
        raise CourseError(
            f"{release / source.name} is missing; make it with: nbgrader generate_assignment {release.name}"
        ) from None
    texts = {notebook.grade_id(cell): notebook.source(cell) for cell in given}
    whole: notebook.Notebook = json.loads(source.read_bytes())
    cells = [
        {**cell, "source": texts.get(notebook.grade_id(cell), "")} if notebook.is_solution(cell) else cell
        for cell in whole["cells"]
    ]
    return {**whole, "cells": cells}


def side_files(source: Path) -> dict[str, bytes]:
    """Files of the course beside its notebooks, for their code to read; not the pictures of the text."""
    skipped = (".ipynb", ".pyc", ".gif", ".png")
    paths = (path for path in sorted(source.rglob("*")) if path.is_file() and path.suffix not in skipped)
    return {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}
