"""What is true of wrong answers without knowing the mistake: said plainly, when it holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checks.answer import Answer
from autograder.checks.values import as_array
from autograder.sandbox.call import Call

NEAR = 1e-6


@dataclass(frozen=True)
class Pair:
    """One wrong answer as arrays."""

    call: Call
    expected: np.ndarray
    got: np.ndarray


def fact(answers: Sequence[Answer]) -> str:
    """Return one true sentence about the wrong answers of a check; nothing when none is known."""
    if not answers:
        return ""
    if any(answer.outcome.raised for answer in answers):
        return _only_plain_numbers(answers)
    found = [
        Pair(answer.call, answer.expected, got) for answer in answers if (got := _numbers(answer)) is not None
    ]
    if len(found) < len(answers):
        return ""
    return _about_types(found) or _first(found, SHAPES) or _first(found, VALUES)


def _numbers(answer: Answer) -> np.ndarray | None:
    got = as_array(answer.value)
    known = isinstance(answer.expected, np.ndarray) and answer.expected.ndim == 2
    return got if known and got is not None and got.ndim == 2 and got.dtype.kind in "biuf" else None


def _only_plain_numbers(answers: Sequence[Answer]) -> str:
    """Say that pairs do not work, when every call with a pair ended in an exception."""
    with_pairs = [any(isinstance(value, tuple) for value in answer.call.all) for answer in answers]
    if all(with_pairs) and all(answer.outcome.raised for answer in answers):
        return "Your function takes plain numbers only; a pair has to work as well."
    return ""


def _about_types(found: Sequence[Pair]) -> str:
    """Say for which number types of the image the values are wrong."""
    images = [pair.call.args[0] for pair in found]
    types = sorted({image.dtype.name if isinstance(image, np.ndarray) else "float64" for image in images})
    if "float64" in types or any(pair.got.shape != pair.expected.shape for pair in found):
        return ""
    listed = " and ".join([", ".join(types[:-1]), types[-1]] if types[1:] else types)
    return f"The values are wrong for images of {listed}: convert to float64 before you compute."


Fact = tuple[Callable[[Pair], bool], str]


def _first(found: Sequence[Pair], facts: Sequence[Fact]) -> str:
    telling = [pair for pair in found if pair.expected.size > 1 or pair.got.shape != pair.expected.shape]
    if not telling:
        return ""
    holding = (sentence for holds, sentence in facts if all(map(holds, found)) and any(map(holds, telling)))
    return next(holding, "") or _scaled(found)


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays are equal but for rounding, and hold something besides zeros."""
    if one.shape != other.shape or not one.size:
        return False
    one, other = one.astype(float), other.astype(float)
    scale = np.abs(other[np.isfinite(other)]).max(initial=0.0)
    return bool(scale > 0 and np.allclose(one, other, rtol=0, atol=NEAR * scale, equal_nan=True))


def _without_last(rows: int, columns: int) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        height, width = pair.expected.shape
        return _equal(pair.got, pair.expected[: height - rows, : width - columns])

    return holds


def _too_many(rows: int, columns: int) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        height, width = pair.expected.shape
        grown = pair.got.shape == (height + rows, width + columns)
        return bool(grown and _equal(pair.got[:height, :width], pair.expected))

    return holds


def _of_the_images_size(pair: Pair) -> bool:
    return bool(pair.got.shape == np.shape(pair.call.args[0]) != pair.expected.shape)


def _changed(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        return _equal(pair.got, change(pair.expected)) and not _equal(pair.got, pair.expected)

    return holds


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
        return _equal(pair.got[rows, columns], pair.expected[back])

    return holds


def _border_left_zero(pair: Pair) -> bool:
    if pair.got.shape != pair.expected.shape or min(pair.got.shape) < 3:
        return False
    rim = pair.got.copy()
    rim[1:-1, 1:-1] = 0
    return not rim.any() and _equal(pair.got[1:-1, 1:-1], pair.expected[1:-1, 1:-1])


def _all_zero(pair: Pair) -> bool:
    return pair.got.shape == pair.expected.shape and not pair.got.any() and bool(pair.expected.any())


def _scaled(found: Sequence[Pair]) -> str:
    """Say that every value is the right one times one factor, the same in all answers."""
    factors = []
    for pair in found:
        if pair.got.shape != pair.expected.shape:
            return ""
        expected, got = pair.expected.astype(float).ravel(), pair.got.astype(float).ravel()
        index = int(np.argmax(np.abs(np.nan_to_num(expected, posinf=0, neginf=0))))
        if not expected[index]:
            return ""
        factors.append(got[index] / expected[index])
        if not _equal(got[None], factors[-1] * expected[None]):
            return ""
    factor = factors[0]
    if len(found) < 2 or not np.allclose(factors, factor, rtol=NEAR) or abs(factor - 1) < NEAR:
        return ""
    return f"Every value is {factor:.4g} times what it should be."


SHAPES: tuple[Fact, ...] = (
    (_without_last(1, 1), "The last row and the last column are missing."),
    (_without_last(1, 0), "The last row is missing."),
    (_without_last(0, 1), "The last column is missing."),
    (_too_many(1, 1), "There is one row and one column too many."),
    (_too_many(1, 0), "There is one row too many."),
    (_too_many(0, 1), "There is one column too many."),
    (lambda pair: _equal(pair.got, pair.expected.T) and pair.got.shape != pair.expected.shape,
     "The result is the right one with rows and columns exchanged."),
    (_of_the_images_size, "Your result has the size of the image."),
)  # fmt: skip
VALUES: tuple[Fact, ...] = (
    (_all_zero, "Your result is 0 everywhere."),
    (_changed(lambda right: right[::-1, ::-1]), "The result is the right one turned by 180 degrees."),
    (_changed(lambda right: right[::-1]), "The result is the right one upside down."),
    (_changed(lambda right: right[:, ::-1]), "The result is the right one mirrored left to right."),
    (_changed(lambda right: right.T), "The result is the right one with rows and columns exchanged."),
    (_changed(lambda right: -right), "Every value has the wrong sign."),
    (_changed(np.abs), "The values are right, but negative ones have lost their sign."),
    (_changed(lambda right: np.maximum(right, 0)), "The values are right, but negative ones have become 0."),
    (_changed(lambda right: np.clip(right, 0, 255)), "The values are right, but cut off at 0 and 255."),
    (_changed(np.round), "The values are right, but rounded to whole numbers."),
    (_changed(np.trunc), "The values are right, but their fractions are cut off."),
    (_border_left_zero, "The values are right inside, but the border is left at 0."),
    (_shifted(1, 1), "Everything is shifted by one: down and to the right."),
    (_shifted(-1, -1), "Everything is shifted by one: up and to the left."),
    (_shifted(1, 0), "Everything is shifted down by one row."),
    (_shifted(-1, 0), "Everything is shifted up by one row."),
    (_shifted(0, 1), "Everything is shifted to the right by one column."),
    (_shifted(0, -1), "Everything is shifted to the left by one column."),
)
