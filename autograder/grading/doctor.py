"""What this machine offers for grading: versions, isolation, and who could read the answers."""

from __future__ import annotations

import os
import platform
import pwd
import stat
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.course import begin
from autograder.course.seeds import SECRET
from autograder.course.settings import CourseError
from autograder.course.sources import find_root
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import TIERS
from autograder.sandbox.trial import trouble

DISTRIBUTIONS = ("nbgrader", "numpy", "pillow", "pytest", "hypothesis", "ipython")
INSTALLED = Path(__file__).parents[1]
ANSWERS = (INSTALLED / "exercises", INSTALLED.parent / "reference")
OF_A_COURSE = (
    *("source", "exercises", SECRET, "gradebook.db", "roster.csv", "downloaded", "submitted", "autograded"),
    *("feedback", "reports", "answers", ".convgrade-store"),
)
FIRST_PERSON, NOBODY = 1000, 65534  # user ids of people, as Linux distributions give them


def examine(start: Path) -> tuple[list[str], bool]:
    """Return what this machine offers, line by line, and whether a sandbox works.

    Files that others can read are looked for in the course that contains `start`, if there is one.
    """
    lines = list(_versions())
    if other := _untested():
        lines.append(f"not as tested: {', '.join(other)}")
        tested = begin.material() / "constraints.txt"
        lines.append(f"  for the tested versions: pip install -c {tested} convgrade")
    tiers = _isolation()
    lines += [f"isolation, {name}: {trouble or 'works'}" for name, trouble in tiers.items()]
    try:
        course = find_root(start)
    except CourseError:
        course = None
    lines += [
        f"warning: every user of this machine can read {path}; to close it: chmod -R go-rwx {path}"
        for path in exposed(course)
    ]
    works = not all(tiers.values())
    if not works:
        lines.append("No sandbox works on this machine, so nothing will be graded.")
    return lines, works


def _versions() -> Iterator[str]:
    """Say which versions are here, one a line."""
    yield f"convgrade {version('convgrade')}, Python {platform.python_version()}, Linux {platform.release()}"
    for name in DISTRIBUTIONS:
        yield f"  {name} {version(name)}"


def _untested() -> list[str]:
    """Return what is installed in another version than the one that is tested."""
    found = []
    for line in (begin.material() / "constraints.txt").read_text().splitlines():
        name, _, tested = line.partition("#")[0].strip().partition("==")
        try:
            here = version(name)
        except (PackageNotFoundError, ValueError):
            continue
        if here != tested:
            found.append(f"{name} {here} (tested: {tested})")
    return found


def _isolation() -> dict[str, str | None]:
    """Return what is wrong with each tier, None for one that was seen to work."""
    found: dict[str, str | None] = {}
    for tier in TIERS:
        with Sandbox(tier) as place:
            found[tier.name] = tier.missing() or trouble(place)
    return found


def exposed(course: Path | None) -> list[Path]:
    """Return what has answers, marks or secrets in it and can be read by every user of this machine.

    Return nothing where nobody else has an account.
    """
    if not _others():
        return []
    paths = [*ANSWERS, *((course / name for name in OF_A_COURSE) if course else ())]
    return [path for path in paths if path.exists() and _open_to_all(path.resolve())]


def _others() -> list[str]:
    """Return the names of other people with an account that can be logged into."""
    return [
        user.pw_name
        for user in pwd.getpwall()
        if FIRST_PERSON <= user.pw_uid < NOBODY
        and user.pw_uid != os.geteuid()
        and not user.pw_shell.endswith(("nologin", "false"))
    ]


def _open_to_all(path: Path) -> bool:
    """Return whether everybody may go down to `path` and read it."""
    readable = path.stat().st_mode & stat.S_IROTH
    return bool(readable) and all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
