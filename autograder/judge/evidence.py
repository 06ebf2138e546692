"""Which of a check's calls tell about the mistake behind it, and can be asked again of the whole bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import starmap

from autograder.checks import Answer, Call, Check
from autograder.checks.answer import NoStandard, reference_answer
from autograder.checks.check import Answered, Asked
from autograder.checks.compare import alike_in_value
from autograder.checks.counterexample import Counterexample
from autograder.checks.diagnose import explains, is_right
from autograder.checks.failure import Failure
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, Mistakes, combined
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


def noticed(check: Check, function: str, asked: Iterable[Answered], mistakes: Mistakes) -> Iterator[Call]:
    """Yield the calls for which a check fails if somebody makes these mistakes alone."""
    for calls, _ in asked:
        if wrong := combined(mistakes):
            for call, outcome in zip(calls, call_locally(wrong, calls), strict=True):
                if fault(check, Answer(function, call, outcome)):
                    yield call


def said_of(check: Check, failure: Failure, mistakes: Mistakes) -> str:
    """Return what is said of mistakes, first of those that the example shows."""

    def hidden(entry: Misconception) -> bool:
        return not any(noticed(check, failure.function, [((failure.call,), ())], (entry,)))

    rows = sorted(mistakes, key=hidden) if len(mistakes) > 1 else mistakes
    return " ".join(dict.fromkeys(entry.sentence for entry in rows))


def other_examples(failure: Failure, named: Mistakes) -> Iterator[Counterexample]:
    """Yield a student's other wrong examples, beside those that the mistakes in the first explain."""
    for other in failure.others:
        shown = other.counterexample
        if shown and not (named and explains(named, [((other.call,), (other.outcome,))])):
            yield shown


def off(wrong: Iterable[Answer]) -> list[Answer]:
    """Return the answers whose values are not those that earlier mistakes explain; none without such."""
    found = []
    for answer in wrong:
        with suppress(NoStandard):
            carried = answer.standard is not reference_answer and not answer.outcome.raised
            if carried and not alike_in_value(answer.expected, answer.value):
                found.append(answer)
    return found


def example(
    check: Check, failure: Failure, asked: Asked, wrong: Sequence[Answer], *, named: Mistakes
) -> Failure:
    """Return a failure if it shows the mistakes that are named, else the smallest that does.

    It has to be one of those that are `wrong`, beside the mistakes that are known from other checks.
    """

    def shown(rows: Iterable[Answered]) -> set[int]:
        return {id(call) for call in noticed(check, failure.function, rows, named)}

    if not (wrong and failure.expected_a_value):
        return failure
    own = replace(wrong[0], call=failure.call, outcome=failure.outcome)
    is_wrong = any(answer.call is failure.call for answer in wrong)
    if is_wrong and fault(check, own) and (not named or shown([((failure.call,), ())])):
        return failure
    calls = shown(asked.sequences) if named else {id(answer.call) for answer in wrong}
    others = [replace(answer, standard=reference_answer) for answer in wrong if id(answer.call) in calls]
    found = (fault(check, answer) for answer in others)
    return min(filter(None, found), key=lambda each: each.size, default=failure)


def _size(answered: Answered) -> int:
    """Return how much work it is to answer the calls again: the cells of all arguments."""
    return sum(getattr(argument, "size", 1) for call in answered[0] for argument in call.all)
