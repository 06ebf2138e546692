"""A list of examples that a student wrote, read: which are right, which wrong, and what they notice.

An example is `(arguments, result)` or `(arguments, {name: argument}, result)`; the result of a call that has
to be refused is the name of the exception, as text. Only plain data comes here. A right implementation says
whether an example is right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checks import exercise, patience
from autograder.checks.answer import Answer
from autograder.checks.call_text import bound_arguments, signature
from autograder.checks.check import Body, Check
from autograder.checks.failure import Failure, Raises
from autograder.checks.helpers import work
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception
from autograder.checks.values import as_array, kind_in_words
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.kinds import TOO_LARGE, Other, parts
from autograder.sandbox.inside.wire import pack

SUFFIX = "_examples"
"""What follows the function's name in that of an exercise about its examples."""
MOST = 20  # examples
COMMA = " A single argument needs a comma after it: `(({},), result)`."
CELLS = 100  # numbers or texts in the arguments and in the result of an example worked out by hand
WORDS = 1_000  # characters
LARGEST = 10_000  # whole number outside of arrays
MOST_WORK = 50_000  # multiplications, where they can be told beforehand
ANY_ERROR = ("Exception", "BaseException")
"""What every exception is: as the name of an expected one it says nothing."""
SECONDS = 1.0  # of processor time, for all examples of a list
NO_CALLS = ("TypeError", "AttributeError")
"""What a right implementation raises for what is no call of it."""


@dataclass(frozen=True)
class Example:
    """One right example."""

    call: Call
    refused: str
    """The exception that is expected; empty if the call returns."""


Reading = tuple[list[Example], list[Failure]]
"""The right examples of a list, and what is wrong with the others."""


@dataclass(frozen=True)
class Subject:
    """A function that examples are about."""

    function: str
    by: str
    """The check whose body compares a result with the right one; by default the first."""
    lesson: Sequence[Call]
    """Calls that the notebook shows: they are nobody's own examples."""
    _last: list[tuple[Any, Reading]] = field(default_factory=list, init=False)
    """The list that was read last, and what it says."""

    @property
    def module(self) -> ModuleType:
        """The hidden tests of the function."""
        return exercise.module(self.function, "hidden_tests")

    @property
    def body(self) -> Body:
        """What compares a result with the right one."""
        found = checks_of(self.module)
        return found[self.by].body if self.by else next(iter(found.values())).body

    def read(self, value: Any) -> Reading:
        """Return what `value` says. Raises Failure for what is no list.

        A student's list is read once: every check asks about the same one.
        """
        if not self._last or self._last[0][0] is not value:
            self._last[:] = [(value, self._read(value))]
        return self._last[0][1]

    def _read(self, value: Any) -> Reading:
        if not isinstance(value, list | tuple):
            raise self._odd(f"Expected a list of examples, got {kind_in_words(value)}.", value)
        if not value:
            raise Said("There is no example yet.", self.function, ("NotImplementedError",))
        if len(value) > MOST:
            raise self._odd(f"There are {len(value)} examples; {MOST} at most can be looked at.", value[:1])
        right, wrong = dict[bytes, Example](), list[Failure]()
        known = {self._key(call) for call in self.lesson}
        number = 0
        try:
            with patience.within(SECONDS):
                for number, item in enumerate(value, 1):
                    try:
                        example = self._example(item)
                    except Failure as failure:
                        what = "too large" if isinstance(failure, TooLarge) else "not right"
                        failure.message = f"Example {number} is {what}. {failure.message}"
                        wrong.append(failure)
                    else:
                        right[self._key(example.call)] = example
        except patience.TooLong:
            said = f"Working out example {number} takes the right answer too long; choose smaller numbers."
            raise Said(said, self.function) from None
        if len(wrong) > 1:
            wrong[0].message = f"{wrong[0].message} It is the first of {len(wrong)} to change."
            wrong[0].others = wrong[1:]
        return [example for key, example in right.items() if key not in known], wrong

    def is_noticed(self, entry: Misconception, examples: Sequence[Example]) -> bool:
        """Return whether an example notices a wrong implementation, which does not always end."""
        try:
            with patience.within(SECONDS):
                return any(self.notices(entry, example) for example in examples)
        except patience.TooLong:
            return False

    def notices(self, entry: Misconception, example: Example) -> bool:
        """Return whether a wrong implementation goes wrong on a right example."""
        (outcome,) = call_locally(entry.fresh(), [example.call])
        if example.refused or outcome.raised:
            return example.refused not in outcome.raised
        try:
            self.body(Answer(self.function, example.call, outcome))
        except Exception:  # what came may be of a kind the check never meets
            return True
        return False

    def _example(self, item: Any) -> Example:
        call, expected = self._taken_apart(item)
        (right,) = call_locally(exercise.right(self.function), [call])
        if right.raised and right.raised[0] in NO_CALLS:
            raise self._odd(f"The function takes no such arguments: {right.text}", item)
        if right.raised and (said := self._unlike(call)):
            raise self._odd(said, item)
        if isinstance(expected, str) and expected in right.raised and expected not in ANY_ERROR:
            return Example(call, expected)
        got = expected
        if right.raised or isinstance(right.value, np.ndarray):
            got = _as_grid(expected)
        outcome = Outcome(value=got)
        if right.raised:
            said = f'This call has no result: it raises {right.raised[0]}. Write "{right.raised[0]}" for it.'
            raise Failure(said, self.function, call, outcome, expected=Raises(right.raised[0]))
        if _cells(right.value) > CELLS:
            said = f"Its result has more than the {CELLS} numbers that one works out by hand."
            raise self._odd(said, item, TooLarge)
        if got is None and right.value is not None:
            raise Failure(
                "Its result is missing: it says None.", self.function, call, outcome, expected=right.value
            )
        self.body(Answer(self.function, call, outcome))
        return Example(call, "")

    def _unlike(self, call: Call) -> str:
        """Say which array has dimensions that the function is never asked for; nothing if none has."""
        for name, value in bound_arguments(self.function, call).items():
            known = _dimensions(self.module, self.function).get(name, frozenset())
            if isinstance(value, np.ndarray) and len(known) == 1 and value.ndim not in known:
                only = len(signature(self.function).parameters) == 1
                comma = COMMA.format(name) if only else ""
                return f"`{name}` has to have {min(known)} dimensions, and has {value.ndim}.{comma}"
        return ""

    def _taken_apart(self, item: Any) -> tuple[Call, Any]:
        """Return call and expected result. Raises Failure for what is no example, or too large for one."""
        match item:
            case [list() | tuple() as args, expected]:
                named: dict[Any, Any] = {}
            case [list() | tuple() as args, dict() as named, expected]:
                pass
            case _:
                said = "An example is a pair: the arguments in brackets, and the result. Named arguments go"
                raise self._odd(f"{said} between the two, as in `{{'name': 2}}`.", item)
        parameters = signature(self.function)
        try:
            bound = parameters.bind(*args, **{str(name): each for name, each in named.items()})
        except TypeError as fault:
            one = len(parameters.parameters) == 1 and len(args) > 1
            hint = COMMA.format(next(iter(parameters.parameters))) if one else ""
            said = f"These are not the arguments of `{self.function}`: {fault}.{hint}"
            raise self._odd(said, item) from None
        for each in (*bound.arguments.values(), expected):
            if isinstance(each, Other) and each.type_name.endswith(TOO_LARGE):
                raise self._odd(f"It holds this: {each.type_name}.", item, TooLarge)
        for name in bound.arguments.keys() & _dimensions(self.module, self.function).keys():
            if (found := as_array(bound.arguments[name])) is None:
                raise self._odd(f"`{name}` is no array: {kind_in_words(bound.arguments[name])}.", item)
            bound.arguments[name] = found
        call = Call(bound.args, bound.kwargs)
        if (most := max(sum(map(_cells, call.all)), _cells(expected))) > CELLS:
            raise self._odd(f"It has {most} numbers; {CELLS} at most can be looked at.", item, TooLarge)
        small = _is_short(expected) and all(_is_short(value) and _is_small(value) for value in call.all)
        if not small or (not exercise.is_own(self.function) and work(self.function, call) > MOST_WORK):
            said = "It is more than one works out by hand; choose smaller numbers."
            raise self._odd(said, item, TooLarge)
        return call, expected

    def _odd(self, message: str, item: Any, kind: type[Failure] = Failure) -> Failure:
        return kind(message, f"{self.function}{SUFFIX}", Call(()), Outcome(value=item))

    def _key(self, call: Call) -> bytes:
        """Return what is equal for calls that say the same, whatever their number types are."""
        bound = signature(self.function).bind(*call.args, **call.named)
        bound.apply_defaults()
        plain = (
            value.astype(float) if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else value
            for value in bound.arguments.values()
        )
        return pack({}, list(plain))


class TooLarge(Failure):
    """An example that may be right, but nobody has worked it out by hand."""


class Said(Failure):
    """A failure that shows no call: its message is all there is."""

    counterexample = None  # type: ignore[assignment]

    def __init__(self, message: str, function: str, raised: tuple[str, ...] = ()) -> None:
        super().__init__(message, f"{function}{SUFFIX}", Call(()), Outcome(raised=raised))


def checks_of(module: ModuleType) -> dict[str, Check]:
    """Return the checks of a module of hidden tests, by their names."""
    return {found.id: found for found in vars(module).values() if isinstance(found, Check)}


@cache
def _dimensions(module: ModuleType, function: str) -> dict[str, frozenset[int]]:
    """Return the parameters that take arrays, as far as the function's own checks say, and their dimensions.

    Those of calls that are refused count as well, because an example may be of one.
    """
    checks = checks_of(module).values()
    taken = [bound_arguments(function, call) for each in checks for call in each.killers]
    refused = [bound_arguments(function, call) for each in checks for call in each.illegal.values()]
    names = {name for given in taken for name, value in given.items() if isinstance(value, np.ndarray)}
    values = {name: [given.get(name) for given in (*taken, *refused)] for name in names}
    return {
        name: frozenset(value.ndim for value in every if isinstance(value, np.ndarray))
        for name, every in values.items()
    }


def _as_grid(value: Any) -> Any:
    found = as_array(value)
    return value if found is None else found


def _cells(value: Any) -> int:
    """Return how much there is to read: empty arrays may have astronomic other sizes."""
    if isinstance(value, np.ndarray):
        return math.prod(max(1, side) for side in value.shape)
    return max(1, sum(_cells(part) for part in parts(value)))


def _is_short(value: Any) -> bool:
    """Return whether texts are no longer than somebody reads."""
    if isinstance(value, str | bytes):
        return len(value) <= WORDS
    return all(map(_is_short, parts(value)))


def _is_small(value: Any) -> bool:
    """Return whether whole numbers outside of arrays ask for no giant result, as a padding may."""
    if isinstance(value, int | np.integer) and abs(int(value)) > LARGEST:
        return False
    return all(map(_is_small, parts(value)))
