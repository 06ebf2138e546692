"""Illegal calls: which of them were refused with a ValueError, and which were not."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.checks.failure import Failure
from autograder.sandbox.call import Call, Outcome


def failure(function: str, illegal: Mapping[str, tuple[Call, Outcome]]) -> Failure | None:
    """Return what is said of illegal calls that got no ValueError: all of them, not only the first."""
    accepted = {because: found for because, found in illegal.items() if "ValueError" not in found[1].raised}
    if not accepted:
        return None
    call, outcome = next(iter(accepted.values()))
    if len(accepted) == 1:
        (because,) = accepted
        message = f"Expected a ValueError, because {because}; {_what_came(outcome)}."
    else:
        listed = "; ".join(f"{because} ({_briefly(found)})" for because, (_, found) in accepted.items())
        every = "any" if len(accepted) == len(illegal) else f"{len(accepted)} of {len(illegal)}"
        message = f"Expected a ValueError, but it did not come for {every} illegal calls: {listed}."
    return Failure(message, function, call, outcome, expected="ValueError")


def _what_came(outcome: Outcome) -> str:
    if outcome.raised:
        return f"got {outcome.raised[0]}: {outcome.text}"
    return "the function returned a result instead"


def _briefly(outcome: Outcome) -> str:
    return outcome.raised[0] if outcome.raised else "a result"
