"""One answer of the student's function, and the questions a check may ask of it.

Each question stops at the first cause: an exception, the kind of value, its shape, its values. The
number type is a question of its own, which only the check about number types asks. All raise
`Failure`, whose message is what the student reads.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NoReturn

import numpy as np

from autograder.checks import exercise, tables
from autograder.checks.call_text import bound_arguments
from autograder.checks.compare import alike, alike_in_value, differing, epsilon, is_single, where
from autograder.checks.difference import difference
from autograder.checks.failure import Failure
from autograder.checks.local import call_locally, copied
from autograder.checks.values import as_array, kind_in_words
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.tables import Table, closed, throughout
from autograder.sandbox.inside.wire import travelled

RELATIVE = 1e-9
EPSILONS = 64  # roundings of the number type that came, which a sum of a few dozen terms may cost
EXPECTED: Any = object()  # stands for what was expected where a failure shows it
REMEMBERED = 8192  # calls of checks; those of the built-in exercises are some 5000, and small

Standard = Callable[[str, Call], Any]
"""What is right: the reference's answer, or that of a mistake whose price has been paid."""


class NoStandard(Exception):
    """A mistake has no answer to a call, only an exception."""


class NoSubstance(NoStandard):
    """A mistake answers a call with an array of nothing, in which nothing of the task shows."""


class NotCovered(NoStandard):
    """A call is of a kind that the student's function is known not to work for."""


def reference_answer(function: str, call: Call) -> Any:
    """Return what the reference answers; None for a name that is a value, to which there is no answer.

    The answers of the built-in exercises are remembered, and their arrays read-only.
    """
    found = exercise.right(function)
    return _remembered(found, call) if exercise.is_built_in(found) else fresh_answer(found, call)


@lru_cache(maxsize=REMEMBERED)
def _remembered(found: Any, call: Call) -> Any:
    answer = fresh_answer(found, call)
    for array in answer if isinstance(answer, list) else [answer]:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return answer


def fresh_answer(found: Any, call: Call) -> Any:
    """Return what the right function answers now; None for what is no function."""
    if not found:
        return None
    silence = contextlib.redirect_stdout(io.StringIO())  # what it prints is asked for by `prints` alone
    with silence, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nor is an overflow for those who grade to read
        args, named = map(copied, call.args), {name: copied(value) for name, value in call.named.items()}
        value = found(*args, **named)  # which may work in place, and the call is asked of others too
    return throughout(closed, value)


@dataclass(frozen=True)
class Answer:
    """What a function answered to one call."""

    function: str
    call: Call
    outcome: Outcome
    standard: Standard = reference_answer

    @property
    def value(self) -> Any:
        """What was returned; None after an exception."""
        return self.outcome.value

    @cached_property
    def expected(self) -> Any:
        """What is right."""
        return self.standard(self.function, self.call)

    def fail(
        self,
        message: str,
        *,
        expected: Any = EXPECTED,
        outcome: Outcome | None = None,
        differs: np.ndarray | None = None,
    ) -> NoReturn:
        """Raise a Failure with this message, about this call."""
        raise Failure(
            message,
            self.function,
            self.call,
            outcome or self.outcome,
            expected=self.expected if expected is EXPECTED else expected,
            differs=differs,
        )

    def equals_reference(self, *, rounding: Callable[[Call], float] | None = None) -> None:
        """Ask for the expected values, in any number type, as an array or as nested lists.

        `rounding` gives the size of the terms that were summed, of which rounding may cost 1e-9, or as
        much as the number type deserves that came.
        """
        __tracebackhide__ = True
        got = self.array()
        if not np.array_equal(self.expected, got):  # most are equal, to the last bit
            self.has_no_difference(differing(self.expected, got, tolerance=self.tolerance(got, rounding)))

    def has_no_difference(self, wrong: np.ndarray) -> None:
        """Ask that no cell of `wrong`, a mask of the result's shape, is true."""
        __tracebackhide__ = True
        if wrong.any():
            self.fail(f"The shape is right; {where(wrong)}.", differs=wrong)

    def array(self) -> np.ndarray:
        """Ask for numbers in the expected shape, and return them as an array."""
        __tracebackhide__ = True
        expected = self.expected  # first, because a mistake may have no answer either
        self.returned()
        if self.value is None:
            self.fail("The function returned None: does it end with `return` in every case?")
        got = as_array(self.value)
        if got is None:
            self.fail(f"Expected a NumPy array, got {kind_in_words(self.value)}.")
        if got.shape != expected.shape:
            self.fail(f"The shape is wrong: expected {expected.shape}, got {got.shape}.")
        return got

    def has_the_number_type(self) -> None:
        """Ask for an array of the expected dtype, or a table with those; what it holds is asked elsewhere."""
        __tracebackhide__ = True
        self.returned()
        if isinstance(table := self.expected, Table):
            self.equals()  # names first
            if said := tables.other_dtypes(table, self.value):
                self.fail(f"The values are right, but {said}.")
            return
        right = reference_answer(self.function, self.call)  # a mistake about the values excuses no other type
        if _is_whole(self.value) and _is_whole(self.expected) and right.dtype.kind == "f":
            return  # fractions that are cut off are paid for; bytes lose more
        if not isinstance(self.value, np.ndarray):
            said = f"expected a NumPy array, got {_kind(self.value)}."
        elif self.value.dtype != right.dtype:
            said = f"the dtype is {self.value.dtype}; expected {right.dtype}."
        elif self._was_single():
            self.fail("The values have only the seven digits of float32; use float64 from the start.")
        else:
            return
        values_too = alike_in_value(right, self.value)
        self.fail(f"The values are right, but {said}" if values_too else said[0].upper() + said[1:])

    def equals(self, *, rounding: float = 0.0, any_order: bool = False) -> None:
        """Ask for the expected value, whatever it is made of: dictionaries, lists, texts, dates, tables.

        Numbers may differ by `rounding`, relative to the expected one; with `any_order` lists, tuples and
        tables may have theirs. Raises CannotTravel when the expected value cannot be compared.
        """
        __tracebackhide__ = True
        expected = travelled(self.expected)
        self.returned()
        if self.value is None and expected is not None:
            self.fail("The function returned None: does it end with `return` in every case?")
        if said := difference(expected, self.value, rounding=rounding, any_order=any_order):
            self.fail(f"{said[0].upper()}{said[1:]}.", expected=expected)

    def prints(self) -> None:
        """Ask for the text that the right answer prints; spaces at the ends of lines do not count."""
        __tracebackhide__ = True
        self.returned()
        (right,) = call_locally(exercise.right(self.function), [self.call])
        wanted, got = (_lines(each.printed) for each in (right, self.outcome))
        if wanted != got:
            at = next(
                (n for n, pair in enumerate(zip(wanted, got, strict=False)) if len(set(pair)) > 1), None
            )
            if at is None:
                said = f"Expected {len(wanted)} printed lines, got {len(got)}."
            else:
                said = f"Expected line {at + 1} of what is printed to be {wanted[at]!r}, got {got[at]!r}."
            self.fail(said, expected=right.printed, outcome=Outcome(value=self.outcome.printed))

    def equals_whole_number(self, *, of_any_type: bool = False) -> None:
        """Ask for the expected whole number; `of_any_type` takes 3.0 for 3."""
        __tracebackhide__ = True
        self.returned()
        got = self.value
        if of_any_type and isinstance(got, float | np.floating) and float(got).is_integer():
            got = int(got)
        if isinstance(got, bool | np.bool_) or not isinstance(got, int | np.integer):
            self.fail(f"Expected a whole number (int), got {kind_in_words(got)}.")
        if got != self.expected:
            self.fail(f"Expected {self.expected}, got {got}.")

    def equals_pair(self) -> None:
        """Ask for the expected pair of whole numbers, as tuple or list."""
        __tracebackhide__ = True
        self.returned()
        got, expected = self.value, self.expected
        if not isinstance(expected, tuple) and alike(expected, got):  # by the standard of a mistake
            return
        whole = isinstance(got, tuple | list) and all(
            type(n) is int or isinstance(n, np.integer) for n in got
        )
        if not whole or len(got) != 2:
            self.fail(f"Expected a pair of whole numbers (before, after), got {kind_in_words(got)}.")
        if tuple(got) != expected:
            self.fail(f"Expected {expected}, got {tuple(map(int, got))}.")

    def _was_single(self) -> bool:
        """Return whether the values lack digits since they were computed in float32, as nothing given is."""
        given = [value for value in self.call.all if isinstance(value, np.ndarray)]
        if not is_single(self.value) or any(array.dtype in (np.float16, np.float32) for array in given):
            return False
        largest = float(np.abs(self.expected[np.isfinite(self.expected)]).max(initial=0.0))
        return bool(differing(self.expected, self.value, tolerance=RELATIVE * largest).any())

    def returned(self) -> None:
        """Ask that the call raised no exception."""
        __tracebackhide__ = True
        if self.outcome.raised:
            at = f" (line {self.outcome.line} of your cell)" if self.outcome.line else ""
            self.fail(f"The function raised {self.outcome.raised[0]}{at}: {self.outcome.text}".rstrip(": "))

    def leaves_arguments_alone(self) -> None:
        """Ask that what the function was given, such as an array or a list, is the same after the call."""
        __tracebackhide__ = True
        names = list(bound_arguments(self.function, self.call))
        for name, before, after in zip(names, self.call.all, self.outcome.after, strict=False):
            if _changed(before, after):
                self.fail(
                    f"The call changed its argument `{name}`; work on a copy.",
                    expected=before,
                    outcome=Outcome(value=after),
                )

    def is_a_new_array(self) -> None:
        """Ask that the array that came is none of the arguments, and no part of one."""
        __tracebackhide__ = True
        if self.outcome.given:
            self.fail("You return the array that you were given; return a new one.")

    def tolerance(self, got: np.ndarray, rounding: Callable[[Call], float] | None = None) -> float:
        """Return what rounding may cost each value of `got`; see `equals_reference`.

        Whoever takes a weight of float32 as it is computes as well as float32 can.
        """
        given = (value for value in self.call.all if isinstance(value, np.ndarray))
        types = [array.dtype for array in given if array.dtype.kind in "fc"]
        rounded = max([epsilon(got), *(float(np.finfo(each).eps) for each in types)])
        largest = float(np.abs(self.expected[np.isfinite(self.expected)]).max(initial=0.0))
        return max(RELATIVE, EPSILONS * rounded) * max(largest, rounding(self.call) if rounding else 0.0)


def _is_whole(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.dtype != np.uint8


def _changed(before: Any, after: Any) -> bool:
    if not isinstance(before, np.ndarray):
        return not alike(before, closed(after) if isinstance(before, Table) else after)
    same_shape = isinstance(after, np.ndarray) and after.shape == before.shape
    return not same_shape or bool(differing(before, after).any())


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _kind(value: Any) -> str:
    return "nested lists" if type(value) in (list, tuple) else kind_in_words(value)


@lru_cache(maxsize=REMEMBERED)
def terms(call: Call) -> float:
    """Return the size of what is summed: the largest |pixel| times the sum of |weights|."""
    image, kernel = (
        np.nan_to_num(np.abs(array.astype(float)), posinf=0, neginf=0) for array in call.args[:2]
    )
    return float(image.max() * kernel.sum())
