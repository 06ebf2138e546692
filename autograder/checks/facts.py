"""What is true of wrong answers without knowing the mistake: said plainly, when it holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, permutations
from typing import Any

import numpy as np

from autograder.checks.answer import Answer, reference_answer
from autograder.checks.call_text import bound_arguments
from autograder.checks.check import Answered
from autograder.checks.compare import alike_in_value
from autograder.checks.framed import MENDS, NEAR, Mend, equal
from autograder.checks.values import as_array, is_empty
from autograder.sandbox.call import Call

Change = Callable[[np.ndarray], np.ndarray]
"""Of a right answer to a wrong one."""
Covers = Callable[[Call], bool]


@dataclass(frozen=True)
class Fact:
    """One true sentence about wrong answers, and what makes them of the right ones, where that is known."""

    sentence: str
    change: Change | None = None
    mend: Mend | None = None
    """What finds the right answer inside the wrong one, where that is possible."""
    covers: Covers | None = None
    """The calls for which the answers are right, when they are right for a kind of call only."""


@dataclass(frozen=True)
class Pair:
    """One wrong answer as arrays."""

    call: Call
    expected: np.ndarray
    got: np.ndarray
    as_large: bool
    """Whether what is expected has the right size; beside a mistake that is known it may not."""


def fact(answers: Sequence[Answer], rows: Sequence[Answered] = ()) -> Fact | None:
    """Return what is true of all the wrong answers of a check; None when nothing is known.

    `rows` are all its calls, as they were made one after the other before anybody looked.
    """
    found = [
        Pair(answer.call, answer.expected, got, _as_large(answer))
        for answer in answers
        if (got := numbers(answer)) is not None
    ]
    whole = bool(found) and len(found) == len(answers)
    known = (
        _only_plainnumbers(answers, rows)
        or _halves_exchanged(answers)
        or _wrong_types(answers, rows)
        or (_about_arrays(found) if whole else None)
    )
    if known or not (whole and any(_remembers(answers, row) for row in rows)):
        return known
    return Fact("One call depends on another: start from a new array every time, and keep nothing.")


def _remembers(answers: Sequence[Answer], row: Answered) -> bool:
    """Return whether a wrong answer is the right one of another call, or a call has two answers."""
    wrong = {id(answer.call) for answer in answers}
    for (one, its), (other, others) in permutations(zip(*row, strict=True), 2):
        equal = alike_in_value(its.value, others.value)
        if equal and id(one) in wrong and id(other) not in wrong:
            return True
        if one is other and not equal:
            return True
    return False


def _about_arrays(found: Sequence[Pair]) -> Fact | None:
    if any(equal(pair.got, pair.expected) for pair in found):
        return None  # what is wrong here is not in the values
    sizes = all(pair.as_large for pair in found)
    return (
        (_first(found, SHAPES) or _framed(found) if sizes else None)
        or _first(found, VALUES)
        or _scaled(found)
        or (_first(found, LAST) if sizes else None)
    )


def numbers(answer: Answer) -> np.ndarray | None:
    """Return a wrong answer as a table of numbers; None when it, or the right one, is something else."""
    got = np.zeros((0, 0)) if is_empty(answer.value) else as_array(answer.value)
    known = isinstance(answer.expected, np.ndarray) and answer.expected.ndim == 2
    return got if known and got is not None and got.ndim == 2 and got.dtype.kind in "biuf" else None


def _as_large(answer: Answer) -> bool:
    return bool(answer.expected.shape == reference_answer(answer.function, answer.call).shape)


def _pairs(function: str, call: Call) -> dict[str, None]:
    """Return the names of the arguments that are pairs."""
    return {name: None for name, value in bound_arguments(function, call).items() if isinstance(value, tuple)}


def _only_plainnumbers(answers: Sequence[Answer], rows: Sequence[Answered]) -> Fact | None:
    """Say that pairs do not work, when all that went wrong had a pair, and one was no number to Python."""
    wrong = {id(answer.call): _pairs(answer.function, answer.call) for answer in answers}
    raised = [answer.outcome for answer in answers if answer.outcome.raised]
    if not raised or not all(wrong.values()):
        return None
    if len(raised) < len(answers) and not any("tuple" in outcome.text for outcome in raised):
        return None
    right = [call for calls, _ in rows for call in calls if id(call) not in wrong]
    works = {name for call in right for name in _pairs(answers[0].function, call)}
    doubted = [[name for name in names if name not in works] for names in wrong.values()]
    fails = [f"`{name}`" for name in dict.fromkeys(chain(*wrong.values())) if [name] in doubted]
    said = f"For {' and '.join(fails)} your function takes plain numbers only; pairs have to work, too."
    return Fact(said) if fails else None


def _halves_exchanged(answers: Sequence[Answer]) -> Fact | None:
    """Say that a pair is read the wrong way round, when that explains every answer."""
    if not answers or not all(_pairs(answer.function, answer.call) for answer in answers):
        return None
    for answer in answers:
        got = numbers(answer)
        try:
            other = answer.standard(answer.function, _turned_round(answer.call))
        except Exception:  # turned round it may be illegal
            return None
        if got is None or not equal(got, other):
            return None
    return Fact("The two halves of a pair are swapped: it is (vertical, horizontal), down first.")


def _turned_round(call: Call) -> Call:
    def turned(value: Any) -> Any:
        return value[::-1] if isinstance(value, tuple) else value

    return Call(tuple(map(turned, call.args)), {name: turned(value) for name, value in call.named.items()})


def _wrong_types(answers: Sequence[Answer], rows: Sequence[Answered]) -> Fact | None:
    """Say for which number types of the image the values are wrong, when float64 is right."""
    wrong = {id(answer.call) for answer in answers}
    right = [call for calls, _ in rows for call in calls if id(call) not in wrong]
    # of the others only the number type of the result is wrong
    off = [answer for answer in answers if not alike_in_value(answer.expected, answer.value)]
    types = sorted({_image_type(answer.call) for answer in off})
    tells = types and "float64" not in types and "float64" in map(_image_type, right)
    if not tells or all(map(_shape_is_wrong, off)):
        return None
    if types == ["bool"]:
        return Fact("The values are wrong for Boolean images, where True counts as 1 and False as 0.")
    listed = " and ".join([", ".join(types[:-1]), types[-1]] if types[1:] else types)
    return Fact(
        f"The values are wrong for images of types such as {listed}: convert to float64 before you compute."
    )


def _image_type(call: Call) -> str:
    image = call.args[0] if call.args else None
    return image.dtype.name if isinstance(image, np.ndarray) else "float64"


def _shape_is_wrong(answer: Answer) -> bool:
    got = as_array(answer.value)
    return got is None or got.shape != np.shape(answer.expected)


Holds = Callable[[Pair], bool]
Row = tuple[Holds, str, Change | None]


def _first(found: Sequence[Pair], rows: Sequence[Row]) -> Fact | None:
    telling = [pair for pair in found if pair.expected.size > 1 or pair.got.shape != pair.expected.shape]
    if not telling:
        return None
    for holds, sentence, change in rows:
        if all(map(holds, found)) and any(map(holds, telling)):
            return Fact(sentence, change)
    return None


def _too_many(rows: int, columns: int) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        height, width = pair.expected.shape
        grown = pair.got.shape == (height + rows, width + columns)
        return bool(grown and equal(pair.got[:height, :width], pair.expected))

    return holds


def _framed(found: Sequence[Pair]) -> Fact | None:
    """Say that the right values lie inside a larger array."""
    if not all(pair.got.size > pair.expected.size for pair in found):
        return None
    if not any(pair.expected.any() and pair.expected.size > 1 for pair in found):
        return None
    for sentence, mend in MENDS:
        parts = [mend(pair.got, pair.expected) for pair in found]
        if all(part.shape == pair.expected.shape for part, pair in zip(parts, found, strict=True)):
            return Fact(sentence, mend=mend)
    return None


def _of_the_images_size(pair: Pair) -> bool:
    return bool(pair.got.shape == np.shape(pair.call.args[0]) != pair.expected.shape)


def _changed(change: Change, sentence: str) -> Row:
    """Return the fact that `change` makes the wrong answers of the right ones."""

    def holds(pair: Pair) -> bool:
        return equal(pair.got, change(pair.expected)) and not equal(pair.got, pair.expected)

    return holds, sentence, change


def _shifted(down: int, across: int) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        if pair.got.shape != pair.expected.shape or min(pair.got.shape) < 3:
            return False
        height, width = pair.got.shape
        rows, columns = (
            slice(max(down, 0), height + min(down, 0)),
            slice(max(across, 0), width + min(across, 0)),
        )
        back = slice(max(-down, 0), height - max(down, 0)), slice(max(-across, 0), width - max(across, 0))
        return equal(pair.got[rows, columns], pair.expected[back])

    return holds


def _border_left_zero(pair: Pair) -> bool:
    if pair.got.shape != pair.expected.shape or min(pair.got.shape) < 3:
        return False
    rim = pair.got.copy()
    rim[1:-1, 1:-1] = 0
    return not rim.any() and equal(pair.got[1:-1, 1:-1], pair.expected[1:-1, 1:-1])


def _all_zero(pair: Pair) -> bool:
    return pair.got.shape == pair.expected.shape and not pair.got.any() and bool(pair.expected.any())


def _scaled(found: Sequence[Pair]) -> Fact | None:
    """Say that every value is the right one times one factor, the same in all answers."""
    factors = []
    for pair in found:
        if pair.got.shape != pair.expected.shape:
            return None
        expected, got = pair.expected.astype(float).ravel(), pair.got.astype(float).ravel()
        index = int(np.argmax(np.abs(np.nan_to_num(expected, posinf=0, neginf=0))))
        if not expected[index]:
            return None
        factors.append(got[index] / expected[index])
        if not equal(got[None], factors[-1] * expected[None]):
            return None
    factor = factors[0]
    if len(found) < 2 or not np.allclose(factors, factor, rtol=NEAR) or abs(factor - 1) < NEAR:
        return None
    return Fact(f"Every value is {factor:.4g} times what it should be.", lambda right: right * factor)


SHAPES: tuple[Row, ...] = (
    _changed(lambda right: right[:-1, :-1], "The last row and the last column are missing."),
    _changed(lambda right: right[:-1], "The last row is missing."),
    _changed(lambda right: right[:, :-1], "The last column is missing."),
    (_too_many(1, 1), "There is one row and one column too many.", None),
    (_too_many(1, 0), "There is one row too many.", None),
    (_too_many(0, 1), "There is one column too many.", None),
    _changed(lambda right: right.T, "The result is the right one with rows and columns swapped."),
)
LAST: tuple[Row, ...] = ((_of_the_images_size, "Your result has the size of the image.", None),)
VALUES: tuple[Row, ...] = (
    (_all_zero, "Your result is 0 everywhere.", None),
    _changed(lambda right: right[::-1, ::-1], "The result is the right one rotated by 180 degrees."),
    _changed(lambda right: right[::-1], "The result is the right one upside down."),
    _changed(lambda right: right[:, ::-1], "The result is the right one mirrored left to right."),
    _changed(lambda right: -right, "Every value has the wrong sign."),
    _changed(np.abs, "The values are right, but negative ones have lost their sign."),
    _changed(lambda right: np.maximum(right, 0), "The values are right, but negative ones have become 0."),
    _changed(lambda right: np.clip(right, 0, 255), "The values are right, but cut off at 0 and 255."),
    _changed(np.round, "The values are right, but rounded to whole numbers."),
    _changed(np.trunc, "The values are right, but their fractions are cut off."),
    (_border_left_zero, "The values are right inside, but the border is left at 0.", None),
    (_shifted(1, 1), "Everything is shifted by one: down and to the right.", None),
    (_shifted(-1, -1), "Everything is shifted by one: up and to the left.", None),
    (_shifted(1, 0), "Everything is shifted down by one row.", None),
    (_shifted(-1, 0), "Everything is shifted up by one row.", None),
    (_shifted(0, 1), "Everything is shifted to the right by one column.", None),
    (_shifted(0, -1), "Everything is shifted to the left by one column.", None),
)
