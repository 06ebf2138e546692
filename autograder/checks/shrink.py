"""Random cases, shrunk to the smallest of them that fails: hypothesis, held within bounds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import SearchStrategy

from autograder.checks.failure import Failure
from autograder.sandbox.call import Call

# Hypothesis also draws numbers that it finds in the source of the modules loaded so far, unless they lie in
# site-packages. A seed must not stand for other inputs because of that, and reading them takes long.
providers.is_local_module_file = lambda _: False  # type: ignore[attr-defined, assignment]


@contextmanager
def _seeded() -> Iterator[None]:
    """Let a case that draws from a global generator be the same each time."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002
    yield


# Hypothesis does so, too, and puts the generators back after each case, which takes a quarter of drawing it.
hypothesis.core.deterministic_PRNG = _seeded  # type: ignore[attr-defined, assignment]

SHRINK_CALLS = 300
"""How many more cases are tried after the first failure."""

SETTINGS = settings(
    phases=[Phase.generate, Phase.shrink],
    database=None,
    deadline=None,
    derandomize=False,  # the seed is the student's own, set by the judge
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
)


@lru_cache(maxsize=1024)  # a judge draws each set of cases once
def drawn(cases: SearchStrategy[Call], seed: int, count: int) -> tuple[Call, ...]:
    """Return the first `count` cases that hypothesis draws with this seed."""
    found: list[Call] = []
    _go_through(cases, seed, count, found.append)
    return tuple(found)


def smallest(
    cases: SearchStrategy[Call], seed: int, count: int, fails: Callable[[Call], Failure | None]
) -> Failure | None:
    """Return the failure of the smallest case that `fails`; None when none fails any more.

    The cases begin with those that `drawn` returns for the same seed and count.
    """
    failures: dict[bytes, Failure | None] = {}
    calls_left = SHRINK_CALLS

    def attempt(case: Call) -> None:
        nonlocal calls_left
        key = case.key()
        if key not in failures:
            if any(failures.values()):
                calls_left -= 1
                if calls_left < 0:  # hypothesis takes what passes for no improvement, and stops
                    return
            failures[key] = fails(case)
        if failure := failures[key]:
            raise failure

    try:
        _go_through(cases, seed, count, attempt)
    except Failure as failure:
        return failure
    return None


def _go_through(cases: SearchStrategy[Call], seed: int, count: int, attempt: Callable[[Call], None]) -> None:
    @hypothesis.seed(seed)
    @settings(SETTINGS, max_examples=count)
    @given(call=cases)
    def every(call: Call) -> None:
        attempt(call)

    every()
