"""One check: a sentence, points, fixed killer inputs, random inputs, and a bounded shrink."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from autograder.checks.answer import Answer
from autograder.checks.failure import Failure
from autograder.sandbox.call import Call, Outcome

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


class Student(Protocol):
    """One student's function, wherever it runs, and the random inputs that are this student's."""

    name: str
    seed: int
    """Of the check that runs."""
    random_cases: int
    """How many random cases each check draws."""

    def outcomes(self, sequences: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """Make sequences of calls; the results of each are looked at after its last call."""

    def value(self) -> Any:
        """Return what the name stands for, when it is no function."""


Body = Callable[[Answer], None]


def alone(case: Call) -> Sequence[Call]:
    """Return the sequence of a check that makes one call and looks at its result."""
    return (case,)


@dataclass(frozen=True, eq=False)
class Check:
    """One aspect of a function: what it is worth, how it is asked for, and why."""

    body: Body
    points: float
    why: str
    """For teachers; students read the body's docstring."""
    after: Check | None
    """The check this one stands on: when that fails, this one is skipped."""
    killers: Sequence[Call]
    cases: SearchStrategy[Call] | None
    illegal: Mapping[str, Call]
    """Calls that have to raise ValueError, by what is wrong with them."""
    sequence: Callable[[Call], Sequence[Call]]
    """Make of a case the calls that are made in a row before their results are looked at."""

    @property
    def id(self) -> str:
        """The name of the body."""
        return self.body.__name__

    @property
    def title(self) -> str:
        """The sentence the student reads."""
        return " ".join(inspect.cleandoc(self.body.__doc__ or "").split())

    def run(self, student: Student) -> None:
        """Ask for everything at once, and raise the smallest Failure there is.

        When a random case fails, hypothesis looks for a smaller one.
        """
        if not (self.killers or self.illegal) and self.cases is None:
            self.body(Answer(student.name, Call(()), Outcome(value=student.value())))
            return
        drawn = self.drawn(student)
        forbidden = [tuple(self.illegal.values())] if self.illegal else []
        fixed, random = ([self.sequence(case) for case in cases] for cases in (self.killers, drawn))
        answered = student.outcomes([*forbidden, *fixed, *random])
        if self.illegal:
            refusals = answered.pop(0)
            for (because, call), outcome in zip(self.illegal.items(), refusals, strict=True):
                Answer(student.name, call, outcome).refuses(because)
        fixed_failure = self._first(student, fixed, answered[: len(fixed)])
        random_failure = self._first(student, random, answered[len(fixed) :])
        if random_failure and self.cases is not None:
            random_failure = self._smaller(student, self.cases) or random_failure
        failures = [failure for failure in (fixed_failure, random_failure) if failure]
        if failures:
            raise min(failures, key=lambda failure: failure.size)

    def drawn(self, student: Student) -> list[Call]:
        """Return the random cases of this student."""
        if self.cases is None or not student.random_cases:
            return []
        from autograder.checks import search

        return search.drawn(self.cases, student.seed, student.random_cases)

    def failure(self, student: Student, cases: Sequence[Call]) -> Failure | None:
        """Ask for `cases` alone and return the first failure."""
        asked = [self.sequence(case) for case in cases]
        return self._first(student, asked, student.outcomes(asked))

    def _smaller(self, student: Student, cases: SearchStrategy[Call]) -> Failure | None:
        from autograder.checks import search

        def fails(case: Call) -> Failure | None:
            return self.failure(student, [case])

        return search.smallest(cases, student.seed, student.random_cases, fails)

    def _first(
        self, student: Student, asked: Sequence[Sequence[Call]], answered: Sequence[Sequence[Outcome]]
    ) -> Failure | None:
        for calls, outcomes in zip(asked, answered, strict=True):
            for call, outcome in zip(calls, outcomes, strict=True):
                try:
                    self.body(Answer(student.name, call, outcome))
                except Failure as failure:
                    return failure
        return None


def check(
    *,
    points: float,
    why: str,
    after: Check | None = None,
    killers: Sequence[Call] = (),
    cases: SearchStrategy[Call] | None = None,
    illegal: Mapping[str, Call] | None = None,
    sequence: Callable[[Call], Sequence[Call]] = alone,
) -> Callable[[Body], Check]:
    """Turn a function that looks at one `Answer` into a check, which pytest collects.

    Killers and random cases are asked for together; the body looks at each answer. A check without
    killers, cases and illegal calls is about a value: its body looks at that.
    """

    def declare(body: Body) -> Check:
        return Check(body, points, why, after, killers, cases, illegal or {}, sequence)

    return declare
