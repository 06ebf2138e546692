"""Which of a check's calls tell about the mistake behind it, and can be asked again of the whole bank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import starmap

from autograder.checks import Answer, Call, Check
from autograder.checks.check import Answered, Asked
from autograder.checks.diagnose import is_right
from autograder.checks.failure import Failure
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Mistakes, combined
from autograder.sandbox.call import Outcome

SMALL = 400  # cells of a sequence that every mistake in the bank is asked


def telling(asked: Asked, some: Sequence[Answered]) -> list[Answered]:
    """Return what is quick to ask again of every mistake in the bank.

    What everybody is asked comes first, the quickest first: its answers are remembered.
    """
    own = {id(each) for each in asked.sequences[asked.fixed :]}
    quick = [each for each in some if _size(each) <= SMALL]
    return sorted(quick, key=lambda each: (id(each) in own, _size(each)))


def vouched(function: str, asked: Asked) -> list[Answered]:
    """Return what was answered or refused rightly; a check may pass that looks at no value."""

    def right(call: Call, outcome: Outcome) -> bool:
        return bool(outcome.raised) or is_right(function, call, outcome)

    return [each for each in asked.everything if all(starmap(right, zip(*each, strict=True)))]


def fault(check: Check, answer: Answer) -> Failure | None:
    """Return what a check has against an answer, by the answer's standard."""
    try:
        check.body(answer)
    except Failure as failure:
        return failure
    except Exception:  # a mistake's answer may be of a kind the check never meets
        return None
    return None


def fails_for(
    check: Check, function: str, asked: Sequence[Answered], wrong: Collection[int], mistakes: Mistakes
) -> bool:
    """Return whether a check fails, too, for somebody who makes these mistakes alone.

    It has to fail for one of the calls whose ids are `wrong`: where the student's answers are.
    """
    for calls, _ in asked:
        if (made := combined(mistakes)) and any(id(call) in wrong for call in calls):
            for call, outcome in zip(calls, call_locally(made, calls), strict=True):
                if id(call) in wrong and fault(check, Answer(function, call, outcome)):
                    return True
    return False


def _size(answered: Answered) -> int:
    """Return how much work it is to answer the calls again: the cells of all arguments."""
    return sum(getattr(argument, "size", 1) for call in answered[0] for argument in call.all)
