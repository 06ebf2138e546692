"""One check: a sentence, points, fixed killer inputs, random inputs, and a bounded shrink."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from autograder.checks import refusal
from autograder.checks.answer import REMEMBERED, Answer, NoStandard, NotCovered, Standard, reference_answer
from autograder.checks.failure import Failure
from autograder.checks.values import is_empty
from autograder.sandbox.call import Call, Outcome

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Answered = tuple[Sequence[Call], Sequence[Outcome]]
"""Calls made in a row, and what came of them."""


def declared(hidden_tests: Any) -> tuple[str, ...]:
    """Return the earlier functions that an exercise builds on: `BUILDS_ON` in its module of hidden tests."""
    return tuple(getattr(hidden_tests, "BUILDS_ON", ()))


@dataclass(frozen=True)
class Asked:
    """All that a check asked of one student, and what came."""

    illegal: Mapping[str, tuple[Call, Outcome]]
    """By what is wrong with the call."""
    sequences: Sequence[Answered]
    fixed: int
    """How many of the sequences, the first ones, are the same for everybody."""

    @property
    def everything(self) -> list[Answered]:
        """Every sequence, illegal calls among them."""
        return [*self.sequences, *(((call,), (outcome,)) for call, outcome in self.illegal.values())]


class Student(Protocol):
    """One student's function, wherever it runs, and the random inputs that are this student's."""

    name: str
    seed: int
    """Of the check that runs."""
    random_cases: int
    """How many random cases each check draws."""
    passed: Collection[Check]
    """The checks that have passed so far."""
    asked: Asked | None
    """Written by the check that ran last."""

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
    after: tuple[Check, ...]
    """The checks this one stands on: when one of them fails for an unknown reason, this one is skipped."""
    killers: Sequence[Call]
    cases: SearchStrategy[Call] | None
    illegal: Mapping[str, Call]
    """Calls that have to raise ValueError, by what is wrong with them."""
    more_illegal: Mapping[Check, Mapping[str, Call]]
    """The same, asked only of those who passed the check they are listed under."""
    more_killers: Mapping[Check, Sequence[Call]]
    """Killers that need another ability as well, asked only of those who passed the check about it."""
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

    @property
    def is_about_a_value(self) -> bool:
        """Whether nothing is called."""
        return not self.killers and self.cases is None and not self.illegal

    def run(self, student: Student) -> None:
        """Ask for everything at once, and raise the smallest Failure there is.

        When a random case fails, hypothesis looks for a smaller one.
        """
        if self.is_about_a_value:
            self.body(Answer(student.name, Call(()), Outcome(value=student.value())))
            return
        student.asked = self.ask(student)
        failure = self.first_failure(student.name, student.asked)
        if failure is None:
            return
        if self.cases is not None and failure.call in _calls(student.asked.sequences[student.asked.fixed :]):
            failure = self._smaller(student, self.cases) or failure
        raise failure

    def ask(self, student: Student) -> Asked:
        """Make all the calls of this check: illegal ones, killers, random cases."""
        illegal = dict(self.illegal)
        for basis, more in self.more_illegal.items():
            illegal |= more if basis in student.passed else {}
        killers = list(self.killers)
        for basis, others in self.more_killers.items():
            killers += others if basis in student.passed else ()
        fixed = [_row(self, case) for case in killers]
        random = [_row(self, case) for case in self.drawn(student)]
        alone = [(call,) for call in illegal.values()]
        outcomes = student.outcomes([*alone, *fixed, *random])
        refused = (outcome for (outcome,) in outcomes[: len(alone)])
        return Asked(
            dict(zip(illegal, zip(illegal.values(), refused, strict=True), strict=True)),
            list(zip([*fixed, *random], outcomes[len(alone) :], strict=True)),
            len(fixed),
        )

    def first_failure(
        self, function: str, asked: Asked, standard: Standard = reference_answer
    ) -> Failure | None:
        """Return the smallest of the first failures among illegal, fixed and random calls."""
        if failure := refusal.failure(function, asked.illegal, standard):
            return failure
        parts = asked.sequences[: asked.fixed], asked.sequences[asked.fixed :]
        failures = [found for part in parts if (found := self._first(function, part, standard))]
        return min(failures, key=lambda failure: failure.size, default=None)

    def drawn(self, student: Student) -> Sequence[Call]:
        """Return the random cases of this student."""
        if self.cases is None or not student.random_cases:
            return ()
        from autograder.checks import shrink

        return shrink.drawn(self.cases, student.seed, student.random_cases)

    def failure(self, student: Student, cases: Sequence[Call]) -> Failure | None:
        """Ask for `cases` alone and return the first failure."""
        calls = [self.sequence(case) for case in cases]
        answered = list(zip(calls, student.outcomes(calls), strict=True))
        return self._first(student.name, answered, reference_answer)

    def _smaller(self, student: Student, cases: SearchStrategy[Call]) -> Failure | None:
        from autograder.checks import shrink

        def fails(case: Call) -> Failure | None:
            return self.failure(student, [case])

        return shrink.smallest(cases, student.seed, student.random_cases, fails)

    def _first(self, function: str, answered: Sequence[Answered], standard: Standard) -> Failure | None:
        for calls, outcomes in answered:
            for call, outcome in zip(calls, outcomes, strict=True):
                try:
                    self.body(Answer(function, call, outcome, standard))
                except Failure as failure:
                    return failure
                except NotCovered:
                    continue
                except NoStandard as nothing:
                    # where the mistake has no answer, none may come, or an array of nothing
                    if not outcome.raised and not is_empty(outcome.value):
                        return Failure(str(nothing), function, call, outcome)
        return None


@lru_cache(maxsize=REMEMBERED)
def _row(check: Check, case: Call) -> Sequence[Call]:
    """Return the calls of a case, the same ones for every student, so that what is known of them is kept."""
    return check.sequence(case)


def _calls(answered: Sequence[Answered]) -> list[Call]:
    return [call for calls, _ in answered for call in calls]


def check(
    *,
    points: float,
    why: str,
    after: Check | tuple[Check, ...] = (),
    killers: Sequence[Call] = (),
    cases: SearchStrategy[Call] | None = None,
    illegal: Mapping[str, Call] | None = None,
    more_illegal: Mapping[Check, Mapping[str, Call]] | None = None,
    more_killers: Mapping[Check, Sequence[Call]] | None = None,
    sequence: Callable[[Call], Sequence[Call]] = alone,
) -> Callable[[Body], Check]:
    """Turn a function that looks at one `Answer` into a check, which pytest collects.

    Killers and random cases are asked for together; the body looks at each answer. A check without
    killers, cases and illegal calls is about a value: its body looks at that.
    """

    def declare(body: Body) -> Check:
        return Check(
            body=body,
            points=points,
            why=why,
            after=after if isinstance(after, tuple) else (after,),
            killers=killers,
            cases=cases,
            illegal=illegal or {},
            more_illegal=more_illegal or {},
            more_killers=more_killers or {},
            sequence=sequence,
        )

    return declare
