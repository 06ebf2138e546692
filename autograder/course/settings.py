"""What the `c.ConvGrade` section of a course's nbgrader_config.py says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import PACKAGES, TIERS

CONFIG = "nbgrader_config.py"
SECTION = "ConvGrade"
RANDOM_CASES = 6  # twice the 3 beyond which they notice little more: `tests/tools/matrix.py --evidence`
LEVELS = ("full", "hint", "score")


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
    """How much of a verdict the cards show, one of LEVELS."""
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


def read_settings(section: Mapping[str, Any]) -> Settings:
    """Read a config section. Raises CourseError for a name or a value it does not know."""
    limits = {item.name for item in fields(Limits)}
    known = limits | {item.name for item in fields(Batch)} | {"tiers", "packages", "feedback", "random_cases"}
    if unknown := sorted(set(section) - known):
        raise CourseError(f"c.{SECTION}.{unknown[0]} is no setting; there are: {', '.join(sorted(known))}")
    chosen = {name: section[name] for name in section if name in limits}
    sequences = {name: tuple(section[name]) for name in ("tiers", "packages") if name in section}
    feedback = section.get("feedback", "full")
    if feedback not in LEVELS:
        raise CourseError(f"c.{SECTION}.feedback is {feedback!r}; it can be {', '.join(LEVELS)}")
    random_cases = section.get("random_cases", RANDOM_CASES)
    if type(random_cases) is not int or random_cases < RANDOM_CASES:
        raise CourseError(
            f"c.{SECTION}.random_cases is {random_cases!r}; "
            f"it has to be a whole number of at least {RANDOM_CASES}"
        )
    return Settings(limits=Limits(**chosen), **sequences, feedback=feedback, random_cases=random_cases)


def read_batch(section: Mapping[str, Any]) -> Batch:
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
