"""What is known about a failed check, and what later checks may be judged against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from autograder.checks import Check
from autograder.checks.check import Answered, Asked
from autograder.checks.diagnose import explains, standard
from autograder.checks.facts import Fact
from autograder.checks.mistakes import Mistakes
from autograder.judge.carried import is_right_by

AGAIN = "Nothing new: the mistakes named in other checks explain this, too."


@dataclass(frozen=True)
class Known:
    """What is known about a failed check."""

    sentence: str
    mistakes: Sequence[Mistakes] = ()
    """Alternatives, all said in the same words."""
    fact: Fact | None = None
    """What is true of the answers besides, or when no mistake has a name."""

    def alternatives(self, check: Check) -> list[Mistakes | Fact]:
        """Return what a later check may be judged against."""
        carried = [each for each in self.mistakes if all(entry.carries_to(check.id) for entry in each)]
        if self.mistakes and not carried:
            return []
        says_how = self.fact and any((self.fact.change, self.fact.mend, self.fact.covers))
        return [*carried, *([self.fact] if self.fact and says_how else [])]

    def left_by(self, answered: Sequence[Answered]) -> Known:
        """Return the same with only those alternatives that contradict none of these answers."""
        return replace(self, mistakes=[each for each in self.mistakes if explains(each, answered)])

    def is_about(self, check: Check) -> bool:
        """Return whether it is this check that charges for the mistake."""
        about = {entry.aspect for mistakes in self.mistakes for entry in mistakes}
        return about == {check.id}

    def repeats(self, others: Iterable[Known]) -> bool:
        """Return whether others say all that is said of the mistakes here."""
        here, there = (
            {entry.sentence for each in all_of_them for mistakes in each.mistakes for entry in mistakes}
            for all_of_them in ([self], others)
        )
        return bool(here) and here <= there

    @property
    def id(self) -> str | None:
        """Of the misconception."""
        return self.mistakes[0][0].id if self.mistakes else None


def again(check: Check, function: str, asked: Asked | None, before: Iterable[Known]) -> Known | None:
    """Return that mistakes which are known give these answers, too, if they do."""
    named = dict.fromkeys(entry for each in before if each.mistakes for entry in each.mistakes[0])
    right = standard(tuple(named)) if named and asked else None
    return Known(AGAIN) if right and asked and is_right_by(check, function, asked, right) else None


def within(asked: Asked, known: Iterable[Known]) -> Asked:
    """Return the answers to the calls that the function is known to work for, if there are any."""
    limits = [each.fact.covers for each in known if each.fact and each.fact.covers]

    def covered(answered: Answered) -> bool:
        return all(limit(call) for limit in limits for call in answered[0])

    fixed = list(filter(covered, asked.sequences[: asked.fixed]))
    kept = [*fixed, *filter(covered, asked.sequences[asked.fixed :])]
    return replace(asked, sequences=kept, fixed=len(fixed)) if kept else asked
