"""One check: a sentence, points, fixed killer inputs, random inputs, and a bounded shrink."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.strategies import SearchStrategy

from autograder.hidden.expect import Failure
from autograder.kernel import Call, Outcome

EXAMPLES = 25
SHRINK_CALLS = 300

SETTINGS = settings(
    max_examples=EXAMPLES,
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

    def __call__(self, call: Call) -> Outcome:
        """What comes of one call."""

    def value(self) -> Any:
        """What the name stands for, when it is no function."""

    def several(self, calls: Sequence[Call]) -> list[Outcome]:
        """What comes of calls in a row, looked at after the last one."""


@dataclass(frozen=True)
class Check:
    """What the judge knows of a check before it runs."""

    id: str
    title: str
    points: float
    after: str | None
    """The check this one stands on: when that fails, this one is skipped."""


Body = Callable[[Student, Call], None]


def check(
    *,
    points: float,
    cases: SearchStrategy[Call] | None = None,
    killers: Sequence[Call] = (),
    after: str | None = None,
) -> Callable[[Body], Callable[[Student], None]]:
    """Turn `body(student, call)` into a pytest function `test(student)`.

    The killers run first; random cases follow even when a killer failed, because hypothesis may
    shrink one to something smaller than the killer. The smallest failure is the one raised.
    """

    def declare(body: Body) -> Callable[[Student], None]:
        searching = _search(body, cases) if cases is not None else None

        def run(student: Student) -> None:
            failures = []
            for attempt in (
                lambda: _first_failing(body, student, killers),
                lambda: searching and searching(student),
            ):
                try:
                    attempt()
                except Failure as failure:
                    failures.append(failure)
            if failures:
                raise min(failures, key=lambda failure: failure.size) from None

        run.__name__, run.__doc__, run.__module__ = body.__name__, body.__doc__, body.__module__
        title = " ".join(inspect.cleandoc(body.__doc__ or "").split())
        run.check = Check(body.__name__.removeprefix("test_"), title, points, after)  # type: ignore[attr-defined]
        run.searching = searching  # type: ignore[attr-defined]
        return run

    return declare


def seed(test: Any, number: int) -> None:
    """Fix the random cases of a check."""
    if test.searching is not None:
        hypothesis.seed(number)(test.searching.given)


def _first_failing(body: Body, student: Student, killers: Sequence[Call]) -> None:
    for killer in killers:
        body(student, killer)


class _search:  # noqa: N801  used as a function
    """Random cases; after the first failure only so many more calls are spent on shrinking."""

    def __init__(self, body: Body, cases: SearchStrategy[Call]) -> None:
        self.body = body
        self.given = SETTINGS(given(call=cases)(self._attempt))

    def __call__(self, student: Student) -> None:
        self.student = student
        self.failures: dict[bytes, Failure] = {}
        self.calls_left = SHRINK_CALLS
        self.given()

    def _attempt(self, call: Call) -> None:
        key = call.key()
        if key in self.failures:
            raise self.failures[key]
        if self.failures:
            self.calls_left -= 1
            if self.calls_left < 0:
                return
        try:
            self.body(self.student, call)
        except Failure as failure:
            self.failures[key] = failure
            raise
