"""Whether a verdict depends on the seed: every style, misconception and case of the tutor, with many seeds.

    python tests/tools/seeds.py [--seeds N] [--every N] [NAME ...]

Everybody is judged twice: on the fixed inputs alone, and on these and the random inputs of all N seeds
at once, every answer taken as evidence for the mistake behind it. Who gets the same points both times
gets them with each of the seeds: what passes on all inputs passes on some, what fails on the fixed ones
always fails, and a mistake that all the evidence leaves is one that less evidence leaves. What is
compared is which checks are paid, errors carried forward among them. Failures are not made smaller
here: that changes what the card shows, and no verdict. Printed are the ones whose verdicts differ.

Left out are mistakes that remember earlier calls: what they answer depends on all that was asked before.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from unittest.mock import patch

import local_student
import tutor
from local_student import HIDDEN, built, marked, sections, seed_of, styles

from autograder.checks import Call, Check, shrink
from autograder.checks.mistakes import Misconception, misconceptions_of
from autograder.course.settings import RANDOM_CASES
from autograder.judge.verdict import CheckResult


@dataclass(frozen=True)
class Subject:
    """One simulated student."""

    name: str
    function: str
    fresh: Callable[[], Any]
    code: str = ""

    def results(self) -> dict[str, CheckResult]:
        """Return what became of each check."""
        with contextlib.redirect_stdout(io.StringIO()):
            results = marked(self.function, self.fresh, code=self.code)
        return {result.id: result for result in results}


def subjects() -> Iterator[Subject]:
    """Return everybody: right styles, misconceptions, the tutor's cases."""
    for style in styles():
        for function, code in sections(style).items():
            yield Subject(f"{function}/{style}", function, partial(built, function, code), code)
    for function in HIDDEN:
        for entry in misconceptions_of(function):
            if not remembers(entry):
                yield Subject(entry.id, function, entry.fresh)
    for case in tutor.cases():
        fresh = partial(built, case.function, case.code)
        yield Subject(f"{case.function}/{case.name}", case.function, fresh, case.code)


def remembers(entry: Misconception) -> bool:
    """Return whether what it answers depends on the calls before."""
    return entry.aspect == "leaves_no_trace" or entry.id.rpartition("/")[2].startswith(
        ("accumulated", "cache-")
    )


@cache
def union(check: Check, seeds: int) -> list[Call]:
    """Return the random inputs of a check for all seeds, each of them once."""
    if check.cases is None:
        return []
    each = (shrink.drawn(check.cases, seed_of(check, seed), RANDOM_CASES) for seed in range(seeds))
    return list({call.key(): call for calls in each for call in calls}.values())


def differing(subject: Subject, seeds: int) -> list[str]:
    """Return the checks that are paid on the fixed inputs alone or on all of the seeds, but not on both."""
    with patch.object(Check, "drawn", lambda *_: []):
        fixed = subject.results()
    lost = {result.id for result in fixed.values() if result.status != "passed" or result.message}
    settled = lost if len(lost) == 1 else ()  # nothing else depends on what is made of this one

    def inputs(check: Check, _: object) -> list[Call]:
        return [] if check.id in settled else union(check, seeds)

    with (
        patch.object(Check, "drawn", inputs),
        patch.object(local_student, "SECONDS", seeds * local_student.SECONDS),
    ):
        every = subject.results()
    return [name for name in fixed if fixed[name].earned != every[name].earned]


def main() -> None:
    options = argparse.ArgumentParser(description="Whether a verdict depends on the seed.")
    options.add_argument("names", nargs="*", help="only those whose name contains one of these")
    options.add_argument("--seeds", type=int, default=30, help="how many students' seeds to try")
    options.add_argument("--every", type=int, default=1, help="one subject in so many")
    chosen = options.parse_args()
    tried = [
        subject
        for subject in subjects()
        if not chosen.names or any(name in subject.name for name in chosen.names)
    ][:: chosen.every]
    differ = 0
    with patch.object(shrink, "smallest", lambda *_: None):
        for subject in tried:
            if found := differing(subject, chosen.seeds):
                differ += 1
                print(f"{subject.name}: {', '.join(found)}", flush=True)
    print(
        f"seeds: {chosen.seeds}, students: {len(tried)}, verdicts that differ: {differ} "
        f"({time.process_time():.0f} s of processor time)"
    )
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
