"""One check: a sentence, points, fixed killer inputs, random inputs, and a bounded shrink."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.strategies import SearchStrategy

from autograder.hidden import RANDOM_CASES
from autograder.hidden.expect import Failure, refused
from autograder.sandbox.call import Call, Outcome

SHRINK_CALLS = 300

SETTINGS = settings(
    max_examples=RANDOM_CASES,
    phases=[Phase.generate, Phase.shrink],
    database=None,
    deadline=None,
    derandomize=False,  # the seed is the student's own, set by the judge
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
)


class Student(Protocol):
    """One student's function, wherever it runs."""

    name: str

    def series(self, series: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """What comes of each series of calls, looked at after the last call of the series."""

    def value(self) -> Any:
        """What the name stands for, when it is no function."""


@dataclass(frozen=True)
class Check:
    """What the judge knows of a check before it runs."""

    id: str
    title: str
    points: float
    after: str | None
    """The check this one stands on: when that fails, this one is skipped."""


Body = Callable[[Student, Call, Outcome], None]
Series = Callable[[Call], Sequence[Call]]


def alone(call: Call) -> Sequence[Call]:
    """The series of a check that makes one call and looks at its result."""
    return (call,)


def check(
    *,
    points: float,
    cases: SearchStrategy[Call] | None = None,
    killers: Sequence[Call] = (),
    illegal: Mapping[str, Call] | None = None,
    series: Series = alone,
    after: str | None = None,
) -> Callable[[Body], Callable[[Student], None]]:
    """Turn `body(student, call, outcome)` into a pytest function `test(student)`.

    Killers and random cases are asked for together. `series` makes of a case the calls that are
    made in a row before their results are looked at; the body judges each of them. Calls that are
    `illegal`, keyed by what is wrong with them, have to raise ValueError. When a random case fails,
    hypothesis looks for a smaller one; the smallest failure is the one raised. A check that calls
    nothing is about a value.
    """

    def declare(body: Body) -> Callable[[Student], None]:
        asking = _Asking(body, series)
        searching = _Search(asking, cases) if cases is not None else None

        def run(student: Student) -> None:
            if not killers and not searching and not illegal:
                body(student, Call(()), Outcome(value=student.value()))
                return
            drawn = searching.drawn() if searching else []
            fixed, random = asking.asked(killers), asking.asked(drawn)
            forbidden = [tuple(illegal.values())] if illegal else []
            answered = student.series([*forbidden, *fixed, *random])
            if illegal:
                refused(student, illegal, answered.pop(0))
            fixed_failure = asking.first(student, fixed, answered[: len(fixed)])
            random_failure = asking.first(student, random, answered[len(fixed) :])
            if searching and random_failure:
                random_failure = searching(student) or random_failure
            failures = [failure for failure in (fixed_failure, random_failure) if failure]
            if failures:
                raise min(failures, key=lambda failure: failure.size)

        run.__name__, run.__doc__, run.__module__ = body.__name__, body.__doc__, body.__module__
        title = " ".join(inspect.cleandoc(body.__doc__ or "").split())
        run.check = Check(body.__name__.removeprefix("test_"), title, points, after)  # type: ignore[attr-defined]
        run.searching = searching  # type: ignore[attr-defined]
        run.series = series  # type: ignore[attr-defined]
        return run

    return declare


def seed(test: Any, number: int, random_cases: int = RANDOM_CASES) -> None:
    """Fix the random cases of a check, and how many there are."""
    if test.searching is not None:
        test.searching.settle(number, random_cases)


class _Asking:
    """How a check asks, and how it looks at the answers."""

    def __init__(self, body: Body, series: Series) -> None:
        self._body, self._series = body, series

    def asked(self, cases: Sequence[Call]) -> list[Sequence[Call]]:
        """The series of calls that cases make."""
        return [self._series(case) for case in cases]

    def first(
        self, student: Student, asked: Sequence[Sequence[Call]], answered: Sequence[Sequence[Outcome]]
    ) -> Failure | None:
        """The first failure among the answers."""
        for calls, outcomes in zip(asked, answered, strict=True):
            for call, outcome in zip(calls, outcomes, strict=True):
                try:
                    self._body(student, call, outcome)
                except Failure as failure:
                    return failure
        return None

    def failure(self, student: Student, cases: Sequence[Call]) -> Failure | None:
        """Ask for `cases` alone; the first failure."""
        asked = self.asked(cases)
        return self.first(student, asked, student.series(asked))


class _Search:
    """Random cases; after the first failure only so many more calls are spent on shrinking."""

    def __init__(self, asking: _Asking, cases: SearchStrategy[Call]) -> None:
        self.asking, self._cases = asking, cases
        self._given = self._made(RANDOM_CASES)

    def settle(self, number: int, random_cases: int) -> None:
        """The seed of the cases, and their number."""
        self._given = hypothesis.seed(number)(self._made(random_cases))

    def drawn(self) -> list[Call]:
        """The random cases: the same as those a search begins with, for one seed."""
        drawn: list[Call] = []
        self._attempt = drawn.append
        self._given()
        return drawn

    def __call__(self, student: Student) -> Failure | None:
        """The smallest failure that is found; none when the student now answers otherwise."""
        failures: dict[bytes, Failure | None] = {}
        calls_left = SHRINK_CALLS

        def attempt(case: Call) -> None:
            nonlocal calls_left
            key = case.key()
            if key not in failures:
                if any(failures.values()):
                    calls_left -= 1
                    if calls_left < 0:
                        return
                failures[key] = self.asking.failure(student, [case])
            if failure := failures[key]:
                raise failure

        self._attempt = attempt
        try:
            self._given()
        except Failure as failure:
            return failure
        return None

    def _made(self, random_cases: int) -> Callable[[], None]:
        @settings(SETTINGS, max_examples=random_cases)
        @given(call=self._cases)
        def attempt(call: Call) -> None:
            self._attempt(call)

        made: Callable[[], None] = attempt
        return made
