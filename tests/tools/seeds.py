"""Whether a verdict depends on the seed: every style, misconception and case of the tutor, with many seeds.

    python tests/tools/seeds.py [--seeds N] [--every N] [NAME ...]

What is compared is which checks are paid, errors carried forward among them. Failures are not made
smaller here: that changes what the card shows, and no verdict. Printed are the ones whose verdicts differ.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import tutor
from local_student import HIDDEN, built, marked, sections, styles

from autograder.checks import search
from autograder.checks.mistakes import misconceptions_of


@dataclass(frozen=True)
class Subject:
    """One simulated student."""

    name: str
    function: str
    fresh: Callable[[], Any]
    code: str = ""

    def paid(self, seed: int) -> tuple[str, ...]:
        """The checks that give points with this seed."""
        with contextlib.redirect_stdout(io.StringIO()):
            results = marked(self.function, self.fresh, seed, self.code)
        return tuple(result.id for result in results if result.earned)


def subjects() -> Iterator[Subject]:
    """Everybody: right styles, misconceptions, the tutor's cases."""
    for style in styles():
        for function, code in sections(style).items():
            yield Subject(f"{function}/{style}", function, partial(built, function, code), code)
    for function in HIDDEN:
        for entry in misconceptions_of(function):
            yield Subject(entry.id, function, entry.fresh)
    for case in tutor.cases():
        fresh = partial(built, case.function, case.code)
        yield Subject(f"{case.function}/{case.name}", case.function, fresh, case.code)


def differing(subject: Subject, seeds: int) -> str:
    """The verdicts of one student by seed, as text; empty when they are all the same."""
    found = [subject.paid(seed) for seed in range(seeds)]
    usual = max(found, key=found.count)
    others = [
        f"  seed {seed}: {', '.join(sorted(set(paid) ^ set(usual)))}"
        for seed, paid in enumerate(found)
        if paid != usual
    ]
    return "\n".join([subject.name, *others]) if others else ""


def main() -> None:
    options = argparse.ArgumentParser(description="Whether a verdict depends on the seed.")
    options.add_argument("names", nargs="*", help="only those whose name contains one of these")
    options.add_argument("--seeds", type=int, default=30, help="how many students' seeds to try")
    options.add_argument("--every", type=int, default=1, help="one subject in so many")
    chosen = options.parse_args()
    search.smallest = lambda *_: None
    tried = [
        subject
        for subject in subjects()
        if not chosen.names or any(name in subject.name for name in chosen.names)
    ][:: chosen.every]
    differ = 0
    for subject in tried:
        if text := differing(subject, chosen.seeds):
            differ += 1
            print(text, flush=True)
    print(
        f"seeds: {chosen.seeds}, students: {len(tried)}, verdicts that differ: {differ} "
        f"({time.process_time():.0f} s of processor time)"
    )
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
