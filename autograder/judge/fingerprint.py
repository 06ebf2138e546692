"""Hashes of everything that decides a verdict: if none of them has changed, neither has the verdict."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from autograder.course.settings import Settings
from autograder.course.sources import Assignment

Fingerprint = dict[str, str]

AUTOGRADER = Path(__file__).parent.parent
DISTRIBUTIONS = ("convgrade", "hypothesis", "ipython", "numpy", "pillow", "pytest")
DECIDING = ("memory", "notebook", "course", "submission", "checks", "sandbox", "judge")
"""Parts of `autograder/` whose code decides verdicts; the others only pass verdicts on."""
STYLES = "right_styles.py"  # no verdict depends on them
OF_AN_EXERCISE = ("hidden_tests.py", "misconceptions.py")

WHY = {
    "submission": "the submission has changed",
    "source": "the source notebook or a file beside it has changed",
    "tests": "the hidden tests, the reference or the judge have changed",
    "feedback": "how much feedback says has changed",
    "settings": "the limits or other settings have changed",
    "versions": "the version of Python or a package has changed",
    "seed": "the course secret has changed",
}
"""What a difference in each part of a fingerprint means, the most telling one first."""


def fingerprint(
    settings: Settings, assignment: Assignment, name: str, *, submission: str, seed: str
) -> Fingerprint:
    """Return the fingerprint of the verdict on one notebook; `submission` is the digest of its folder."""
    beside = assignment.side_files
    return {
        "submission": submission,
        "source": _source(
            assignment.texts[name], *(part for file in sorted(beside) for part in (file, beside[file]))
        ),
        "tests": _tests(assignment, name),
        "feedback": settings.feedback,
        "settings": _settings(settings, assignment.earlier[name]),
        "versions": _versions(),
        "seed": digest(seed),
    }


def key(found: Fingerprint, line: bytes) -> str:
    """Return the key of a stored verdict: a hash of its fingerprint and of the job as sent to the judge."""
    return digest(json.dumps(found, sort_keys=True), line)


def digest(*texts: str | bytes) -> str:
    """Return the SHA-256 hash of all texts, in hexadecimal."""
    total = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def differences(old: Fingerprint, new: Fingerprint) -> list[str]:
    """Return what changed between two fingerprints, in words."""
    return [words for part, words in WHY.items() if old.get(part) != new.get(part)]


def installation() -> str:
    """Return a hash of everything installed here that decides verdicts, for comparing machines."""
    functions = sorted(path.parent.name for path in AUTOGRADER.glob("exercises/*/hidden_tests.py"))
    return digest(_code(tuple(functions)), _versions())


@lru_cache  # the same for the whole class, as are the settings
def _source(*texts: str | bytes) -> str:
    return digest(*texts)


@lru_cache
def _settings(settings: Settings, earlier: tuple[str, ...]) -> str:
    chosen = [asdict(replace(settings, feedback="", early_feedback="")), earlier]
    return digest(json.dumps(chosen, sort_keys=True))


def _tests(assignment: Assignment, name: str) -> str:
    """Return a hash of all code that decides verdicts on a notebook, a course's own exercises included."""
    own = own_exercises(assignment, name)
    return digest(_code(assignment.functions(name)), *(part for each in own.items() for part in each))


def own_exercises(assignment: Assignment, name: str) -> dict[str, str]:
    """Return hashes of the course's own exercises that a notebook concerns, by their names."""
    if not assignment.exercises:
        return {}
    concerned = dict.fromkeys((*assignment.functions(name), *assignment.earlier[name]))
    return {each: of_exercise(assignment.exercises, each) for each in concerned}


def of_exercise(folder: str, name: str) -> str:
    """Return a hash of an exercise in a course's folder, which need not be there."""
    found = sorted(Path(folder, name).rglob("*"))
    counted = [path for path in found if path.is_file() and path.suffix != ".pyc" and path.name != STYLES]
    return digest(*(part for path in counted for part in (str(path.relative_to(folder)), path.read_bytes())))


@cache
def _code(functions: tuple[str, ...]) -> str:
    """Return a hash of all code that decides verdicts on these functions."""
    paths = [AUTOGRADER / f"{part}.py" for part in DECIDING]
    paths += [path for part in DECIDING for path in (AUTOGRADER / part).rglob("*")]
    paths += [AUTOGRADER / "exercises" / name / file for name in functions for file in OF_AN_EXERCISE]
    paths += AUTOGRADER.parent.glob("reference/*.py")
    counted = sorted(path for path in paths if path.suffix != ".pyc" and path.is_file())
    return digest(
        *(part for path in counted for part in (str(path.relative_to(AUTOGRADER.parent)), path.read_bytes()))
    )


@cache
def _versions() -> str:
    return digest(platform.python_version(), *(f"{name} {version(name)}" for name in DISTRIBUTIONS))
