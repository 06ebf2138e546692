"""The settings of a course: the `c.ConvGrade` section of its nbgrader_config.py."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import PACKAGES, TIERS

CONFIG = "nbgrader_config.py"
SECTION = "ConvGrade"
RANDOM_CASES = 6  # twice as many as pay off; see `tests/tools/matrix.py --evidence`
LEVELS = ("full", "hint", "score")
CPU_MAX = Path("/sys/fs/cgroup/cpu.max")  # microseconds of processor time in so many; cgroup v2
_PART = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})", re.ASCII)


def cores() -> int:
    """Return how many cores this process may use: those it is bound to, at most its container's."""
    bound = len(os.sched_getaffinity(0))
    try:
        quota, period = CPU_MAX.read_text().split()
    except (OSError, ValueError):
        return bound
    return bound if quota == "max" else min(bound, -(-int(quota) // int(period)))


class CourseError(Exception):
    """Something is wrong with the course folder or its settings; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """The part of the `c.ConvGrade` section that can change a verdict or what students see of it."""

    limits: Limits = field(default_factory=Limits)
    tiers: tuple[str, ...] = tuple(tier.name for tier in TIERS)
    """Names of the isolation tiers to use, the preferred one first."""
    packages: tuple[str, ...] = PACKAGES
    """Names of the distributions that students may import; those that every lesson needs come first."""
    feedback: str = "full"
    """How much of a verdict the feedback cards show; one of LEVELS."""
    early_feedback: str = ""
    """The same before the student's deadline; empty for no difference."""
    random_cases: int = RANDOM_CASES
    """Random inputs per hidden check, in addition to its fixed ones; at least the default."""


@dataclass(frozen=True)
class Batch:
    """The part of the `c.ConvGrade` section that says where judging happens; it changes no verdict."""

    jobs: int = field(default_factory=cores)
    """Notebooks judged at the same time; by default one for each core."""
    scheduler: str = ""
    """Address of a Dask scheduler whose workers judge instead of this machine; empty for none."""
    store: bool = True
    """Whether to keep verdicts, so that unchanged submissions are not judged twice."""
    part: str = ""
    """Which part of the students to grade, such as "2/3"; empty for all."""

    def includes(self, student: str) -> bool:
        """Return whether a student is in the part, which never depends on who else is there."""
        number, parts = map(int, (self.part or "1/1").split("/"))
        return zlib.crc32(student.encode("utf-8", "surrogateescape")) % parts == number - 1


@dataclass(frozen=True)
class Pages:
    """The part of the `c.ConvGrade` section for feedback pages, besides the cards; it changes no verdict."""

    model_answers: bool = False
    """Whether a model answer follows each answer that is graded by hand."""


@dataclass(frozen=True)
class Watch:
    """The part of the `c.ConvGrade` section for `convgrade watch`; it changes no verdict."""

    hand_ins_a_day: int = 0
    """How many hand-ins of a student are graded at once on one day (UTC); 0 for all."""
    watch_delay: float = 0.0
    """Seconds from a hand-in to its grading."""


def read_settings(section: Mapping[str, Any]) -> Settings:
    """Read a config section into Settings. Raises CourseError for an unknown name or a wrong value."""
    limits = {item.name for item in fields(Limits)}
    elsewhere = {item.name for kind in (Batch, Pages, Watch) for item in fields(kind)}
    known = limits | elsewhere | {"tiers", "packages", "feedback", "early_feedback", "random_cases"}
    if unknown := sorted(set(section) - known):
        raise CourseError(f"c.{SECTION}.{unknown[0]} is not a setting; these are: {', '.join(sorted(known))}")
    chosen = {name: section[name] for name in section if name in limits}
    sequences = {name: _names(section, name) for name in ("tiers", "packages") if name in section}
    if "packages" in sequences:
        sequences["packages"] = tuple(dict.fromkeys((*PACKAGES, *sequences["packages"])))
    feedback = section.get("feedback", "full")
    if feedback not in LEVELS:
        raise CourseError(f"c.{SECTION}.feedback is {feedback!r}; it must be one of {', '.join(LEVELS)}")
    early = section.get("early_feedback", "")
    if early not in ("", *LEVELS):
        raise CourseError(f"c.{SECTION}.early_feedback is {early!r}; it must be one of {', '.join(LEVELS)}")
    random_cases = section.get("random_cases", RANDOM_CASES)
    if type(random_cases) is not int or random_cases < RANDOM_CASES:
        raise CourseError(
            f"c.{SECTION}.random_cases is {random_cases!r}; "
            f"it must be a whole number of at least {RANDOM_CASES}"
        )
    return Settings(
        limits=Limits(**chosen),
        **sequences,
        feedback=feedback,
        early_feedback=early,
        random_cases=random_cases,
    )


def _names(section: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = section[name]
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        raise CourseError(f"c.{SECTION}.{name} is {found!r}; it must be a list of names")
    return tuple(found)


def read_batch(section: Mapping[str, Any]) -> Batch:
    """Read a config section into Batch. Raises CourseError if `jobs` is less than 1 or `part` is none."""
    chosen = Batch(**{item.name: section[item.name] for item in fields(Batch) if item.name in section})
    if chosen.jobs < 1:
        raise CourseError(f"c.{SECTION}.jobs is {chosen.jobs}; it must be at least 1")
    if chosen.part and not ((found := _PART.fullmatch(str(chosen.part))) and int(found[1]) <= int(found[2])):
        raise CourseError(f"{chosen.part!r} is no part of a class; write 2/3 for the second of three parts")
    return chosen


def read_pages(section: Mapping[str, Any]) -> Pages:
    """Read a config section into Pages. Raises CourseError unless `model_answers` is True or False."""
    chosen = Pages(**{item.name: section[item.name] for item in fields(Pages) if item.name in section})
    if type(chosen.model_answers) is not bool:
        raise CourseError(f"c.{SECTION}.model_answers is {chosen.model_answers!r}; it must be True or False")
    return chosen


def read_watch(section: Mapping[str, Any]) -> Watch:
    """Read a config section into Watch. Raises CourseError if a number is negative or no number."""
    chosen = Watch(**{item.name: section[item.name] for item in fields(Watch) if item.name in section})
    for item in fields(Watch):
        value = getattr(chosen, item.name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise CourseError(f"c.{SECTION}.{item.name} is {value!r}; it must be a number of at least 0")
    return chosen


def load_config(root: Path) -> Mapping[str, Any]:
    """Return the `c.ConvGrade` section of the course's nbgrader_config.py; empty if there is none."""
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / CONFIG).is_file():
        return {}
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    return dict(config.get(SECTION, {}))
