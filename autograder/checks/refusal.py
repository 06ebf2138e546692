"""Illegal calls: which of them were refused with a ValueError, and which were not."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.checks import exercise
from autograder.checks.answer import Standard, reference_answer
from autograder.checks.failure import Failure, Raises
from autograder.sandbox.call import Call, Outcome

Illegal = Mapping[str, tuple[Call, Outcome]]


def failure(function: str, illegal: Illegal, standard: Standard = reference_answer) -> Failure | None:
    """Return what is said of illegal calls that got no ValueError: all of them, not only the first.

    What is no mistake by the `standard` need not be refused.
    """
    not_refused = {
        because: (call, outcome)
        for because, (call, outcome) in illegal.items()
        if expected(function, call) not in outcome.raised
    }
    accepted = {
        because: (call, outcome)
        for because, (call, outcome) in not_refused.items()
        if standard is reference_answer or _refuses(standard, function, call)
    }
    if not accepted:
        return None
    illegal = {name: each for name, each in illegal.items() if name in accepted or name not in not_refused}
    call, outcome = next(iter(accepted.values()))
    if len(accepted) == 1:
        (because,) = accepted
        wanted = expected(function, call)
        article = "an" if wanted[0] in "AEIOU" else "a"
        message = f"Expected {article} {wanted}, because {because}; {_what_came(outcome)}."
    else:
        kinds = sorted({expected(function, each) for each, _ in illegal.values()})
        listed = "; ".join(
            f"{because} ({_briefly(found)}{f', not {expected(function, each)}' if kinds[1:] else ''})"
            for because, (each, found) in accepted.items()
        )
        which = "none" if len(accepted) == len(illegal) else f"{len(illegal) - len(accepted)}"
        what = "what they have to" if kinds[1:] else kinds[0]
        message = f"{which} of {len(illegal)} illegal calls raised {what}. Missing: {listed}."
        message = f"N{message[1:]}" if which == "none" else f"Only {message}"
    return Failure(message, function, call, outcome, expected=Raises(expected(function, call)))


def expected(function: str, call: Call) -> str:
    """Return the name of the exception that the right answer to an illegal call raises."""
    if not exercise.is_own(function):
        return "ValueError"
    try:
        reference_answer(function, call)
    except Exception as refused:  # a course's own answer may refuse in any way
        return type(refused).__name__
    return "ValueError"


def _refuses(standard: Standard, function: str, call: Call) -> bool:
    try:
        standard(function, call)
    except Exception:  # a mistake may refuse in any way
        return True
    return False


def _what_came(outcome: Outcome) -> str:
    if outcome.raised:
        return f"got {outcome.raised[0]}: {outcome.text}" if outcome.text else f"got {outcome.raised[0]}"
    return "the function returned a result instead"


def _briefly(outcome: Outcome) -> str:
    return outcome.raised[0] if outcome.raised else "a result"
