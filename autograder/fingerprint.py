"""What decided a verdict, as short digests: when none of them has changed, neither has the verdict."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder import notebook
from autograder.course import Settings
from autograder.job import Job

ROOT = Path(__file__).parent.parent
DISTRIBUTIONS = ("convgrade", "hypothesis", "ipython", "numpy", "pillow", "pytest")
BESIDE_THE_JUDGE = (  # modules and folders that order, show or pass on verdicts and decide nothing
    *("batch", "cli", "grade", "graded", "lms", "marks"),
    *("nbgrader_plugin", "replay", "report", "scratch", "sheet", "store"),
)

WHY = {
    "submission": "the submission has changed",
    "source": "the source notebook or a file beside it has changed",
    "tests": "the hidden tests, the reference or the judge have changed",
    "settings": "the limits or other settings have changed",
    "versions": "Python or a package has another version",
    "seed": "the course secret has changed",
}
"""What a difference in each part of a fingerprint means, the most telling first."""


def parts(job: Job, settings: Settings, *, submission: str, source: str) -> dict[str, str]:
    """The fingerprint of a verdict; `submission` and `source` are digests of files."""
    functions = (notebook.tested_function(cell) for cell in job.notebook["cells"])
    chosen = [asdict(job.limits), job.feedback, job.only, job.earlier, job.random_cases]
    chosen += [settings.packages, settings.tiers]
    return {
        "submission": submission,
        "source": source,
        "tests": _code(tuple(sorted({name for name in functions if name}))),
        "settings": digest(json.dumps(chosen, sort_keys=True)),
        "versions": _versions(),
        "seed": digest(job.seed),
    }


def key(fingerprint: dict[str, str], line: bytes) -> str:
    """The name a verdict is stored under: its fingerprint and the job as it goes to the judge."""
    return digest(json.dumps(fingerprint, sort_keys=True), line)


def digest(*texts: str | bytes) -> str:
    """SHA-256 of the texts one after the other, hexadecimal."""
    total = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What has changed from one fingerprint to another, in words."""
    return [words for part, words in WHY.items() if old.get(part) != new.get(part)]


@cache
def _code(functions: tuple[str, ...]) -> str:
    """Of all code that decides verdicts on these functions."""
    here = Path(__file__).parent
    named = {f"test_{name}" for name in functions} | set(functions)
    paths = [
        path
        for path in sorted(
            [*here.rglob("*.py"), *here.glob("templates/card.html"), *ROOT.glob("reference/*.py")]
        )
        if not {path.stem, path.parent.name} & set(BESIDE_THE_JUDGE)
        and (not _of_one_function(path) or path.stem in named)
    ]
    return digest(*(part for path in paths for part in (path.name, path.read_bytes())))


def _of_one_function(path: Path) -> bool:
    """Whether a file concerns one function only: its hidden tests or its misconceptions."""
    if path.parent.name == "hidden":
        return path.stem.startswith("test_")
    return path.parent.name == "misconceptions" and path.stem not in ("__init__", "bank", "diagnose")


def installation() -> str:
    """Of the judge as it is installed here, whatever the function."""
    every = tuple(
        sorted(path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("hidden/test_*.py"))
    )
    return digest(_code(every), _versions())


@cache
def _versions() -> str:
    return digest(platform.python_version(), *(f"{name} {version(name)}" for name in DISTRIBUTIONS))
