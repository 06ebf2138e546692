"""Write the check of a course's own exercise: its calls, the expected results, a comparison."""

from __future__ import annotations

import datetime as dt
from typing import Any

from autograder.checks import exercise
from autograder.checks.call_text import literal
from autograder.checks.local import call_locally
from autograder.notebook import outputs
from autograder.results.replay.built_in import exception
from autograder.results.replay.calls import check_of
from autograder.results.replay.find import Failed, NoReplay
from autograder.sandbox.call import Call
from autograder.sandbox.inside.kinds import Instance, parts
from autograder.sandbox.inside.tables import Table

_COMPARE = """
def right(answer, expected, size=1.0):
    if isinstance(expected, type):  # an exception
        return isinstance(answer, expected)
    if isinstance(expected, np.ndarray):
        if ARRAY_COUNT and not isinstance(answer, np.ndarray):
            return False
        if TYPE_COUNT and getattr(answer, "dtype", None) != expected.dtype:
            return False
        answer = np.asarray(answer)
        if answer.shape != expected.shape:
            return False
        if not ARRAY_COUNT and expected.dtype.kind in "fc":  # as large as the largest number
            size = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0))
        answer, expected = answer.ravel().tolist(), expected.ravel().tolist()
        return all(right(one, other, size) for one, other in zip(answer, expected))
    if isinstance(answer, np.generic):
        answer = answer.item()
    if isinstance(expected, np.generic):
        expected = expected.item()
    if isinstance(expected, dict):
        same = isinstance(answer, dict) and answer.keys() == expected.keys()
        return same and all(right(answer[key], expected[key]) for key in expected)
    if isinstance(expected, (list, tuple)):
        if not isinstance(answer, type(expected)) or len(answer) != len(expected):
            return False
        if not ANY_ORDER:
            return all(right(one, other) for one, other in zip(answer, expected))
        rest = list(expected)
        for one in answer:
            found = [at for at, other in enumerate(rest) if right(one, other)]
            if not found:
                return False
            del rest[found[0]]
        return True
    if isinstance(expected, bool) or not isinstance(expected, (int, float, complex)):
        return type(answer) is type(expected) and answer == expected
    if isinstance(answer, bool) or not isinstance(answer, (int, float, complex, Fraction)):
        return False
    both_nan = answer != answer and expected != expected
    return both_nan or answer == expected or abs(answer - expected) <= ROUNDING * max(size, abs(expected))


def attempt(function, arguments, named):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            answer = function(*arguments, **named)
        except BaseException as fault:
            answer = fault
    return answer, [line.rstrip() for line in printed.getvalue().rstrip().split("\\n")]


wrong = 0
for arguments, named, expected, lines in CALLS:
    values = [*arguments, *named.values()]
    before = [np.array(value) if isinstance(value, np.ndarray) else None for value in values]
    answer, printed = attempt({name}, arguments, named)
    print("expected", expected, "got", repr(answer), sep="\\n")
    if (VALUE_COUNT or isinstance(expected, type)) and not right(answer, expected):
        print("This answer is wrong.")
        wrong += 1
    if lines is not None and (isinstance(answer, BaseException) or printed != lines):
        print("expected to be printed", *lines, "printed", *printed, sep="\\n")
        wrong += 1
    for now, then in zip(values, before):
        if ARGUMENTS_COUNT and then is not None and not np.array_equal(now, then):
            print("The call changed an argument.")
            wrong += 1
"""


_WHAT = ("value", "array", "type", "print", "arguments")


class _Asked:
    """Stands for an answer and writes down what a check asks of it."""

    def __init__(self) -> None:
        self.rounding, self.any_order, self.asks = 0.0, False, set[str]()

    def equals(self, *, rounding: float = 0.0, any_order: bool = False) -> None:
        self.rounding, self.any_order = rounding, any_order
        self.asks |= {"value", "array"}

    def equals_reference(self) -> None:
        self.rounding = 1e-9
        self.asks.add("value")

    def has_the_number_type(self) -> None:
        self.asks |= {"value", "type"}

    def prints(self) -> None:
        self.asks.add("print")

    def leaves_arguments_alone(self) -> None:
        self.asks.add("arguments")


def own_cases(failed: Failed, row: list[Call]) -> list[str]:
    """Return the calls with their expected results, and the comparison. Raises NoReplay.

    A check may ask anything in its own words, and calls may hold more than a program with NumPy can make.
    """
    name, asked = failed.cell.function, _Asked()
    check = check_of(name, failed.check.id)
    if check is None or not row[0].all:
        raise _without(failed, "it is about no call with arguments, or has gone from the hidden tests")
    try:
        check.body(asked)  # type: ignore[arg-type]  # it answers those questions only
    except (AttributeError, TypeError):
        raise _without(failed, "the check asks for something in words of its own") from None
    cases = []
    for call, outcome in zip(row, call_locally(exercise.right(name), row), strict=True):
        lines = [line.rstrip() for line in outcome.printed.rstrip().split("\n")]
        try:
            expected = exception(outcome) if outcome.raised else _written(outcome.value)
            named = ", ".join(f"{key!r}: {_written(value)}" for key, value in call.named.items())
            arguments = _written(call.args)
        except TypeError:
            raise _without(failed, "it needs dates, tables or objects of a class") from None
        printed = literal(lines) if "print" in asked.asks else "None"
        cases.append(
            f"    (\n        {arguments},\n        {{{named}}},\n        {expected},\n"
            f"        {printed},\n    ),"
        )
    asks = "".join(f"{what.upper()}_COUNT = {what in asked.asks}\n" for what in _WHAT)
    note = "# arguments, keyword arguments, expected result, expected lines"
    return [
        "import contextlib\nimport io\nfrom fractions import Fraction",
        f"{asks}ANY_ORDER, ROUNDING = {asked.any_order}, {asked.rounding}",
        "\n".join([note, "CALLS = [", *cases, "]"]),
        _COMPARE.replace("{name}", name),
    ]


def _written(value: Any) -> str:
    if _needs_more(value):
        raise TypeError
    return literal(value)


def _needs_more(value: Any) -> bool:
    more = isinstance(value, Instance | Table | dt.date | dt.time | dt.timedelta)
    return more or any(map(_needs_more, parts(value)))


def _without(failed: Failed, why: str) -> NoReplay:
    call = outputs.clean(failed.example.python)
    return NoReplay(
        f"{failed.name} cannot be written as a program, because {why}; --run judges it again. "
        f"The call that failed: {call}"
    )
