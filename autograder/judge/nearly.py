"""Mistakes of the bank that give what came only nearly, or inside of something else that is known."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.checks import Check
from autograder.checks.answer import reference_answer
from autograder.checks.check import Asked
from autograder.checks.diagnose import standard
from autograder.checks.facts import Fact
from autograder.checks.mistakes import Mistakes, misconceptions_of
from autograder.judge.carried import changed, gives_nearly, is_right_by, keeps_the_size


def near(check: Check, name: str, asked: Asked, known: Mistakes) -> list[Mistakes]:
    """Return the mistakes about a check's aspect that give what came as nearly as the check asks."""
    found: list[Mistakes] = []
    base = standard(known) if known else reference_answer
    for entry in misconceptions_of(name):
        here = entry.aspect == check.id and entry.carries_to(check.id) and entry not in known
        right = standard((*known, entry)) if here else None
        if base and right and gives_nearly(check, name, asked, base, right):
            found.append((entry,))
    return _in_the_same_words(found)


def inside(check: Check, name: str, asked: Asked, facts: Sequence[Fact]) -> list[Mistakes]:
    """Return the mistakes about a check's aspect that show inside of what is known to be around.

    Those that change the size are left out: what is around would hide it.
    """
    (first, *_) = asked.sequences[0][0]
    around = next((each for each in facts if each.mend), None)
    if not around:
        return []
    limits = [around.covers] if around.covers else []
    found: list[Mistakes] = []
    for entry in misconceptions_of(name):
        wrong = standard((entry,)) if entry.aspect == check.id and entry.carries_to(check.id) else None
        if wrong is None:
            continue
        right = changed(wrong, [], limits)
        if keeps_the_size(name, wrong, first) and is_right_by(check, name, asked, right, around.mend):
            found.append((entry,))
    return _in_the_same_words(found)


def _in_the_same_words(found: list[Mistakes]) -> list[Mistakes]:
    return found if len({mistakes[0].sentence for mistakes in found}) == 1 else []
