"""Write the check of an exercise of the lessons: its calls, the expected results, a comparison."""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any

import numpy as np

import reference
from autograder.checks.broken_pixels import where_broken_pixels_meet
from autograder.checks.call_text import literal
from autograder.checks.compare import differing
from autograder.checks.counterexample import Counterexample
from autograder.checks.local import call_locally
from autograder.checks.values import numbers
from autograder.notebook.words import is_grid
from autograder.results.replay.calls import asks
from autograder.results.replay.find import Failed
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside.kinds import layout

_LAID_OUT = """
def laid_out(array, letters):
    # F: column-major; V: a view of every other number of a wider array; R: read-only
    if "F" in letters:
        array = np.asfortranarray(array)
    if "V" in letters:
        wider = np.zeros((*array.shape[:-1], 2 * array.shape[-1] + 1), array.dtype)
        wider[..., 1::2] = array
        array = wider[..., 1::2]
    array.flags.writeable = "R" not in letters
    return array
"""

_COMPARE = """
def right(answer, expected, tolerance):
    if expected is None:  # rounding alone decides
        return True
    if isinstance(expected, type):  # an exception
        return isinstance(answer, expected)
    if isinstance(expected, list):
        same = isinstance(answer, list) and len(answer) == len(expected)
        return same and all(right(one, other, tolerance) for one, other in zip(answer, expected))
    if isinstance(expected, np.ndarray):
        if TYPE_COUNTS and not (isinstance(answer, np.ndarray) and answer.dtype == expected.dtype):
            return False
        try:
            answer = np.asarray(answer)
            numbers = answer.astype(float)
        except (TypeError, ValueError):
            return False
        if answer.shape != expected.shape:
            return False
        if answer.dtype.kind == "f" and expected.dtype.kind == "f":  # short floats round more
            tolerance = tolerance * max(1, 64 * float(np.finfo(answer.dtype).eps) / 1e-9)
        with np.errstate(all="ignore"):
            near = np.abs(numbers - expected.astype(float)) <= tolerance
            broken = ~np.isfinite(numbers) & ~np.isfinite(expected)
            return bool((near | broken | (answer == expected) | np.isinf(tolerance)).all())
    if isinstance(expected, tuple):
        same = isinstance(answer, (tuple, list)) and len(answer) == len(expected)
        return same and all(right(one, other, tolerance) for one, other in zip(answer, expected))
    return isinstance(answer, (int, np.integer)) and not isinstance(answer, bool) and answer == expected


def attempt(function, arguments, named):
    try:
        return function(*arguments, **named)
    except BaseException as fault:
        return fault


def look(function):
    calls = [[*arguments, *named.values()] for arguments, named, _, _ in CALLS]
    before = [[np.array(value) for value in values] for values in calls]
    answers = [attempt(function, arguments, named) for arguments, named, _, _ in CALLS]
    wrong = 0
    for answer, (_, _, expected, tolerance), values, old in zip(answers, CALLS, calls, before):
        print("expected", expected, "got", repr(answer), sep="\\n")
        if not right(answer, expected, tolerance):
            print("This answer is wrong.")
            wrong += 1
        if NEW_COUNTS and any(np.may_share_memory(answer, value) for value in values):
            print("This answer is the array that was given.")
            wrong += 1
        for now, then in zip(values, old):
            if not np.array_equal(now, then, equal_nan=then.dtype.kind == "f"):
                print("The call changed an argument.")
                wrong += 1
    return wrong
"""

_RUN = """
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    wrong = look({name})
"""

_WARNED = """
for warning in warned:  # the result is right, but there must be no warning
    print("warning:", warning.message)
    wrong += 1
"""

_VALUE = """
def described(value):
    return repr([type(value), np.asarray(value).dtype, np.asarray(value).tolist()])


JUDGED = {judged}  # the value that was wrong; the reason is at the top
print("{name} =", {name}, sep="\\n")
wrong = {same}
"""


def built_in_cases(failed: Failed, row: list[Call]) -> list[str]:
    """Return the calls with their expected results, and the comparison; for a value only that."""
    name, example = failed.cell.function, failed.example
    if not row[0].all:
        return [_judged_value(failed)]
    cases, any_layout = [], False
    for call, outcome in zip(row, call_locally(getattr(reference, name), row), strict=True):
        expected = exception(outcome) if outcome.raised else literal(_firm(name, call, outcome.value))
        arguments = "".join(f"\n            {_placed(value)}," for value in call.args)
        named = "".join(f"\n            {key!r}: {_placed(value)}," for key, value in call.named.items())
        any_layout |= any(isinstance(value, np.ndarray) and layout(value) for value in call.all)
        cases.append(
            f"    (\n        ({arguments}\n        ),\n        {{{named}}},\n"
            f"        {expected},\n        {literal(_tolerance(failed, call, outcome.value))},\n    ),"
        )
    about_types = name == "transition_frames" or asks(name, failed.check.id, "has_the_number_type")
    note = "# arguments, keyword arguments, expected result, tolerance for rounding"
    parts = [_LAID_OUT] if any_layout else []
    parts += [
        f"NEW_COUNTS = {asks(name, failed.check.id, 'is_a_new_array')}  # whether it has to be a new one",
        f"TYPE_COUNTS = {about_types}  # whether the result has to be an array of the right number type",
    ]
    parts += ["\n".join([note, "CALLS = [", *cases, "]"]), _COMPARE, _RUN.format(name=name)]
    only_warned = example.answered and example.got == example.expected
    return [*parts, _WARNED] if only_warned else parts


def _placed(value: Any) -> str:
    """Return a literal, in the memory layout that the check used."""
    letters = layout(value) if isinstance(value, np.ndarray) else ""
    return f"laid_out({literal(value)}, {letters!r})" if letters else literal(value)


def exception(outcome: Outcome) -> str:
    """Return the name of what was raised, or of the first of its bases that every Python has."""
    return next(kind for kind in outcome.raised if isinstance(getattr(builtins, kind, None), type))


def _firm(name: str, call: Call, value: Any) -> Any:
    """Return the value, with None for the frames of a list that depend on rounding."""
    if not isinstance(value, list):
        return value
    nudged = [part * (1 + 1e-12) if isinstance(part, np.ndarray) else part for part in call.args]
    other = call_locally(getattr(reference, name), [replace(call, args=tuple(nudged))])[0].value
    return [
        None if differing(one, two, tolerance=1).any() else one for one, two in zip(value, other, strict=True)
    ]


def _tolerance(failed: Failed, call: Call, expected: Any) -> Any:
    """Return how far a right result may be off: one grey level, or 1e-9 of the largest number involved.

    Return an array if the check rejected a difference of one grey level somewhere: 0 there, 1 elsewhere.
    """
    parts = expected if isinstance(expected, list) else [expected]
    if isinstance(parts[0], np.ndarray) and parts[0].dtype == np.uint8:
        return _exact_where_off_by_one(failed.example, parts[0]) if len(parts) == 1 else 1.0
    arrays = [
        np.abs(np.asarray(value, float)) for value in (*call.all, *parts) if isinstance(value, np.ndarray)
    ]
    rounding = 1e-9 * max(
        (float(array[np.isfinite(array)].max(initial=0.0)) for array in arrays), default=0.0
    )
    if failed.check.id != "not_a_number" or not isinstance(expected, np.ndarray):
        return rounding
    _, may = where_broken_pixels_meet(failed.cell.function, call)  # either is right under a weight of 0
    return np.where(may, np.inf, rounding)


def _exact_where_off_by_one(example: Counterexample, expected: np.ndarray) -> Any:
    got: Any = example.got
    places = [tuple(at) for at in example.differs]
    if not places or not is_grid(got) or got["shape"] != list(expected.shape):
        return 1.0
    allowed = np.ones(expected.shape)
    for y, x in places:
        allowed[y, x] = float(abs(int(expected[y, x]) - got["values"][y][x]) > 1)
    return 1.0 if allowed.all() else allowed


def _judged_value(failed: Failed) -> str:
    """Return the comparison for a name that holds a value: is it still the one that was wrong?"""
    name, got = failed.cell.function, failed.example.got
    same = f"int(described({name}) == described(JUDGED))"
    if not isinstance(got, dict):
        judged = literal(numbers(got))
    elif got.get("values") is not None:
        judged = literal(np.array(numbers(got["values"]), got["dtype"]))
    elif "shape" in got:
        judged, same = literal(tuple(got["shape"])), f"int(np.shape({name}) == JUDGED)"
    elif "type" in got:
        judged, same = literal(got["type"]), f"int(type({name}).__name__ in JUDGED)"
    else:  # a name that is still None is said to have raised
        judged = "None"
    return _VALUE.format(name=name, judged=judged, same=same)
