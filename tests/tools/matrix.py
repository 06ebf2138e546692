"""The kill matrix: which hidden check notices which wrong implementation, and which right ones pass.

    python tests/tools/matrix.py [--seeds N] [--write FILE]
    python tests/tools/matrix.py --evidence [--seeds N]

Rows are misconceptions, columns the checks of their function. ``F`` is a check that fails on its
fixed inputs, a number one that fails on random inputs alone and with how many seeds of N, ``-`` one
that is skipped because the check it stands on failed, ``.`` one that passes.

Mutants (see `mutants`) that survive are listed with the reason why they are no mistakes.

The evidence for ``RANDOM_CASES`` is how many random cases each check needs for the matrix to be
complete, and how many mistakes the random cases of all checks notice with no fixed input to help.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from local_student import (
    HIDDEN,
    LocalStudent,
    built,
    checks,
    drawn,
    fails_fixed,
    fails_random,
    is_killed,
    judged,
    notices,
    sections,
    styles,
)
from mutants import EQUIVALENT, Mutant, mutants

from autograder.checks import Check
from autograder.checks.mistakes import Misconception, bank, misconceptions_of
from autograder.course.settings import RANDOM_CASES


def survives(mutant: Mutant) -> bool:
    """Return whether no hidden check notices a mutant."""
    try:
        built(mutant.function, mutant.tree)
    except Exception:  # a mutant may raise anything
        return False
    return not notices(mutant.function, lambda: built(mutant.function, mutant.tree))


@dataclass
class Totals:
    rows: dict[str, dict[str, str]]
    killed: list[str]
    accepted: list[str]
    mutants_killed: int
    survivors: list[Mutant]

    def last_line(self) -> str:
        equivalent = sum((mutant.function, mutant.change) in EQUIVALENT for mutant in self.survivors)
        return (
            f"misconceptions killed {len(self.killed)}/{len(self.rows)}, "
            f"styles accepted {len(self.accepted)}/{len(styles())}, "
            f"mutants killed {self.mutants_killed}/{self.mutants_killed + len(self.survivors)} "
            f"({equivalent} equivalent)"
        )


def _together(rows: list[dict[str, str]]) -> dict[str, str]:
    """Return one mark for all seeds; a number says with how many of them a check fails on random inputs."""
    marks = {}
    for check in rows[0]:
        found = [row[check] for row in rows]
        random = found.count("R")
        marks[check] = str(random) if random else max(found, key=found.count)
    return marks


def lost(style: str, number: int = 0) -> dict[str, dict[str, str]]:
    """Return the marks of a style's functions that lose points; empty when it keeps them all."""
    rows = {name: judged(name, partial(built, name, code), number) for name, code in sections(style).items()}
    return {function: marks for function, marks in rows.items() if is_killed(marks)}


def totals(seeds: int = 1) -> Totals:
    """Try everything: misconceptions and styles with each seed, mutants with the first."""
    entries = [entry for entry in bank() if entry.function in HIDDEN]
    rows = {
        entry.id: [judged(entry.function, entry.fresh, number) for number in range(seeds)]
        for entry in entries
    }
    tried = [mutant for function in HIDDEN if function != "my_kernel" for mutant in mutants(function)]
    survivors = [mutant for mutant in tried if survives(mutant)]
    return Totals(
        {name: _together(found) for name, found in rows.items()},
        [name for name, found in rows.items() if all(map(is_killed, found))],
        [style for style in styles() if not any(lost(style, number) for number in range(seeds))],
        len(tried) - len(survivors),
        survivors,
    )


def table(found: Totals) -> str:
    """Return the matrix as text, its totals in the last line."""
    lines = []
    for function in HIDDEN:
        names = [check.id for check in checks(function)]
        rows = {name: marks for name, marks in found.rows.items() if name.startswith(f"{function}/")}
        width = max([len(function), *map(len, rows)])
        lines += ["", f"{function:{width}}  {'  '.join(names)}"]
        for name, marks in rows.items():
            cells = "  ".join(f"{marks[check]:^{len(check)}}" for check in names)
            lines.append(f"{name:{width}}  {cells}".rstrip())
    for mutant in found.survivors:
        why = EQUIVALENT.get((mutant.function, mutant.change), "NOT EXPLAINED")
        lines += ["", f"survivor in {mutant.function}: {mutant.change}", f"  {why}"]
    return "\n".join([*lines, "", found.last_line()]).strip() + "\n"


# ----------------------------------------------------------------------------------------- evidence


TRIED = (1, 2, 3, 6, 12, 25)


def noticed_after(check: Check, student: LocalStudent, number: int) -> int | None:
    """Return with how many random cases a check fails; None when with none of them."""
    for count, case in enumerate(drawn(check, number), start=1):
        if check.failure(student, [case]):
            return count
    return None


def _able(entry: Misconception) -> LocalStudent:
    """Return one who makes a mistake, and is asked everything, as if every check had passed."""
    student = LocalStudent(entry.function, entry.fresh())
    student.passed = checks(entry.function)
    return student


def needed(seeds: int, functions: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return by function and check the fewest random cases with which every misconception is killed.

    Only what no fixed input of any check reveals needs them; it is left to the check that needs fewest.
    """
    least = {name: {check.id: 0 for check in checks(name)} for name in functions}
    for entry in (entry for name in functions for entry in misconceptions_of(name)):
        asked = checks(entry.function)
        if any(fails_fixed(check, _able(entry)) for check in asked):
            continue
        counts = {}
        for check in asked:
            found = [
                noticed_after(check, LocalStudent(entry.function, entry.fresh()), number)
                for number in range(seeds)
            ]
            counts[check.id] = max(count or RANDOM_CASES + 1 for count in found)
        best = min(counts, key=counts.__getitem__)
        least[entry.function][best] = max(least[entry.function][best], counts[best])
    return least


def noticed_alone(random_cases: int, seeds: int, functions: Sequence[str]) -> float:
    """Return the share of misconceptions that random cases notice with the fixed inputs left out."""
    found = [
        any(
            fails_random(check, LocalStudent(name, entry.fresh()), number, random_cases)
            for check in checks(name)
        )
        for name in functions
        for entry in misconceptions_of(name)
        for number in range(seeds)
    ]
    return sum(found) / len(found)


def evidence(seeds: int) -> str:
    """Return what the number of random cases rests on, as text."""
    functions = [name for name in HIDDEN if any(check.cases is not None for check in checks(name))]
    rows = [
        (f"{function}.{check}", count)
        for function, counts in needed(seeds, functions).items()
        for check, count in counts.items()
        if count
    ]
    lines = [f"random cases needed beside the fixed inputs, by check ({seeds} seeds; all others need none)"]
    lines += [f"  {name:40} {count}" for name, count in rows]
    lines += ["", "misconceptions that random cases notice alone, without fixed inputs and illegal calls"]
    lines += [f"  {count:2} of each check  {noticed_alone(count, seeds, functions):6.1%}" for count in TRIED]
    most = max((count for _, count in rows), default=0)
    return "\n".join([*lines, "", f"needed by any check {most}, given to each {RANDOM_CASES}"]) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description="The kill matrix: misconceptions by checks.")
    options.add_argument("--seeds", type=int, default=1, help="how many students' seeds to try")
    options.add_argument("--write", type=Path, help="a file for the matrix, besides the screen")
    options.add_argument("--evidence", action="store_true", help="how many random cases are needed")
    chosen = options.parse_args()
    text = evidence(chosen.seeds) if chosen.evidence else table(totals(chosen.seeds))
    if chosen.write:
        chosen.write.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
