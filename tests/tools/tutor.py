"""The tutor's table: functions as strangers write them, marked by hand before the judge saw them.

    python tests/tools/tutor.py [--all] [NAME ...]

Each case of ``tests/tutor/FUNCTION.py`` has the mark a fair tutor gives, what the points are lost for,
and what the tutor says, one mistake a line. Printed are the cases in which the judge differs, and how
many marks and sentences agree. `says` maps the tutor's words to the judge's: which patterns count as
saying that.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from local_student import built, marked
from says import PATTERNS

from autograder.judge.known import AGAIN

CASES = Path(__file__).parents[1] / "tutor"
TRUE_AS_WELL = json.loads((CASES / "true_as_well.json").read_text())
"""Case and check of the judge's sentences that the tutor had not thought of, and found true."""
PLAIN = re.compile(
    rf"\w+: (The shape is (right|wrong)[^.]*\.( {re.escape(AGAIN)})?|The function raised .*|"
    r"Expected .*|In frame .*|"
    r"A flat image becomes zeros\.|(None|Only \d+) of \d+ illegal calls .*)"
    r"( Your function never uses .*)? \[None\]"
)
"""What a check says when nothing is known: the bare facts of one call, and of the code."""
SECTION = re.compile(r"^# %% (.+)$\n?", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One function with the tutor's mark."""

    function: str
    name: str
    mark: float
    loses: str
    says: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Found:
    """What the judge makes of a case."""

    case: Case
    mark: float
    lost: str
    words: str
    """Everything the card says of failed checks."""

    @property
    def agrees(self) -> bool:
        """Whether the marks are within half a point."""
        return abs(self.mark - self.case.mark) <= 0.5

    @property
    def missing(self) -> list[str]:
        """What the tutor says and the judge does not."""
        return [
            said
            for said in self.case.says
            if not any(re.search(p, self.words, re.MULTILINE) for p in PATTERNS[said])
        ]

    @property
    def beyond(self) -> list[str]:
        """What the judge says that the tutor does not, a failed check a line."""
        said = [
            line
            for line in self.words.splitlines()
            if not any(re.search(p, line) for told in self.case.says for p in PATTERNS[told])
        ]
        return [line for line in said if not PLAIN.fullmatch(line)]

    @property
    def false(self) -> list[str]:
        """What is said beyond the tutor's words, and has not been read and found true."""
        return [line for line in self.beyond if [self.case.name, line.partition(":")[0]] not in TRUE_AS_WELL]


@cache
def cases() -> tuple[Case, ...]:
    """Return the whole table."""
    found = []
    for path in sorted(CASES.glob("*.py")):
        parts = SECTION.split(path.read_text())[1:]
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            notes = dict(re.findall(r"^# (mark|loses): (.*)$", text, re.MULTILINE))
            says = tuple(re.findall(r"^# says: (.*)$", text, re.MULTILINE))
            code = re.sub(r"\A(?:# .*\n)+", lambda head: "\n" * head[0].count("\n"), text)
            found.append(Case(path.stem, name.strip(), float(notes["mark"]), notes["loses"], says, code))
    return tuple(found)


def judged(case: Case, seed: int = 0) -> Found:
    """Judge one case as the judge does, in this process."""
    with contextlib.redirect_stdout(io.StringIO()):
        results = marked(case.function, lambda: built(case.function, case.code), seed, case.code)
    failed = [result for result in results if result.status == "failed"]
    skipped = [result for result in results if result.status == "skipped"]
    lost = ", ".join(f"{each.id} {each.points:g}" for each in [*failed, *skipped]) or "nothing"
    words = "\n".join(f"{each.id}: {each.message} [{each.misconception}]" for each in failed)
    return Found(case, sum(result.earned for result in results), lost, words)


def summary(found: list[Found]) -> str:
    """Return how many marks and sentences agree."""
    said = sum(len(each.case.says) for each in found)
    given = said - sum(len(each.missing) for each in found)
    marks = sum(each.agrees for each in found)
    agreed = f"marks within half a point {marks}/{len(found)}"
    false = sum(len(each.false) for each in found)
    return f"tutor: {agreed}, sentences {given}/{said} ({given / said:.0%}), false {false}"


def main() -> None:
    options = argparse.ArgumentParser(description="Marks and sentences against a tutor's.")
    options.add_argument("names", nargs="*", help="only cases whose function or name contains one of these")
    options.add_argument("--all", action="store_true", help="print every case")
    chosen = options.parse_args()
    wanted = [
        case
        for case in cases()
        if not chosen.names or any(n in f"{case.function}/{case.name}" for n in chosen.names)
    ]
    found = [judged(case) for case in wanted]
    for each in found:
        if chosen.all or not each.agrees or each.missing or each.false:
            print(f"\n{each.case.function}/{each.case.name}: tutor {each.case.mark:g}, judge {each.mark:g}")
            print(f"  tutor: {each.case.loses}\n  judge: {each.lost}")
            print("".join(f"  not said: {said}\n" for said in each.missing), end="")
            print("".join(f"  to be read: {line}\n" for line in each.false), end="")
            print("\n".join(f"    {line}" for line in each.words.splitlines()))
    sys.stdout.write(f"\n{summary(found)}\n")


if __name__ == "__main__":
    main()
