"""What is true of wrong answers without knowing the mistake: said plainly, when it holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

import numpy as np

from autograder.checks.answer import Answer
from autograder.checks.check import Answered
from autograder.checks.compare import alike_in_value
from autograder.checks.values import as_array
from autograder.sandbox.call import Call

NEAR = 1e-6


Change = Callable[[np.ndarray], np.ndarray]
"""Of a right answer to a wrong one."""
Mend = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Of what came and what is right to the part of what came that can be compared."""


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


def fact(answers: Sequence[Answer], rows: Sequence[Answered] = ()) -> Fact | None:
    """Return what is true of all the wrong answers of a check; None when nothing is known.

    `rows` are all its calls, as they were made one after the other before anybody looked.
    """
    found = [
        Pair(answer.call, answer.expected, got) for answer in answers if (got := _numbers(answer)) is not None
    ]
    whole = bool(found) and len(found) == len(answers)
    known = (
        _only_plain_numbers(answers)
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
    if any(_equal(pair.got, pair.expected) for pair in found):
        return None  # what is wrong here is not in the values
    return (
        _first(found, SHAPES)
        or _framed(found)
        or _first(found, VALUES)
        or _scaled(found)
        or _first(found, LAST)
    )


def limit(answers: Sequence[Answer], right: Sequence[Call]) -> Fact | None:
    """Return the kind of call that a function is limited to, if it divides right answers from wrong ones.

    `right` are the calls whose answers are not among the wrong ones. What is right but for what is around
    it counts as right.
    """
    for said, mend in (("", None), *MENDS):
        fitting = [mend is not None and _mends(answer, mend) for answer in answers]
        if mend and not any(fitting):
            continue
        good = [
            *right,
            *(answer.call for answer, fits in zip(answers, fitting, strict=True) if fits),
        ]
        wrong = [answer.call for answer, fits in zip(answers, fitting, strict=True) if not fits]
        for sentence, covers in LIMITS:
            if (
                len(good) > 1
                and all(covers(call) for call in good if _tells(call))
                and any(_tells(call) and covers(call) for call in good)
                and (covers is not _larger_than_one or _are_about_one_by_one(wrong))
                and wrong
                and not any(map(covers, wrong))
            ):
                return Fact(f"{said} {sentence}".strip(), mend=mend, covers=covers)
    return None


def _are_about_one_by_one(wrong: Sequence[Call]) -> bool:
    return any(_sides(call) == [1, 1] for call in wrong) and all(len(call.all) == 2 for call in wrong)


def _tells(call: Call) -> bool:
    """Return whether a right answer to a call is more than an accident of its one pixel."""
    return all(value.size > 1 for value in call.args[:1] if isinstance(value, np.ndarray))


def _mends(answer: Answer, mend: Mend) -> bool:
    got = _numbers(answer)
    larger = got is not None and got.shape != answer.expected.shape
    return bool(larger and got is not None and _equal(mend(got, answer.expected), answer.expected))


def _sides(call: Call) -> list[int]:
    """The sides of the kernel, the second argument of a convolution."""
    arrays = [value for value in call.args if isinstance(value, np.ndarray)]
    return list(arrays[1].shape) if len(arrays) > 1 else []


def _larger_than_one(call: Call) -> bool:
    return min(_sides(call), default=0) > 1


def _square_image(call: Call) -> bool:
    return any(len(set(np.shape(value))) == 1 for value in call.args[:1])


def _square_kernel(call: Call) -> bool:
    return len(set(_sides(call))) == 1


def _squares(call: Call) -> bool:
    return _square_image(call) and _square_kernel(call)


def _axes(call: Call) -> list[tuple[int, int, int]]:
    """The sizes of image and kernel and the padding, axis by axis; none of a call that has no such thing."""
    given = dict(zip(("image", "kernel", "stride", "padding"), call.args, strict=False)) | call.named
    sides = [getattr(value, "shape", (value,)) for value in map(given.get, ("image", "kernel"))]
    padding = given.get("padding", 0)
    paddings = padding if isinstance(padding, tuple) else (padding, padding)
    axes = list(zip(*sides, paddings, strict=False))
    return axes if all(isinstance(each, int) for axis in axes for each in axis) else []


def _leaves_room(call: Call) -> bool:
    """Return whether the kernel is smaller than the padded image, or axis, in every direction."""
    axes = _axes(call)
    return bool(axes) and all(n + 2 * p > k for n, k, p in axes)


def _no_larger(call: Call) -> bool:
    axes = _axes(call)
    return bool(axes) and all(n >= k for n, k, _ in axes)


LIMITS: tuple[tuple[str, Covers], ...] = (
    ("Your function works for kernels of 3 by 3 only; take the sizes from `kernel.shape`.",
     lambda call: _sides(call) == [3, 3]),
    ("Your function works for kernels with odd sides only; even ones have to work, too.",
     lambda call: bool(_sides(call)) and all(side % 2 for side in _sides(call))),
    ("Your function works for kernels with odd sides from 3 on only; 1 by 1 and even ones have to work, too.",
     lambda call: bool(_sides(call)) and all(side % 2 and side > 1 for side in _sides(call))),
    ("Your function does not work for kernels of 1 by 1; every kernel that fits has to work.",
     _larger_than_one),
    ("Your function works for square images only.", _square_image),
    ("Your function works for square kernels only.", _square_kernel),
    ("Your function works for square images and kernels only.", _squares),
    ("Your function refuses a kernel exactly as large as the image, which still fits once.", _leaves_room),
    ("Your function refuses a kernel larger than the image, which has an answer here.", _no_larger),
)  # fmt: skip


def _numbers(answer: Answer) -> np.ndarray | None:
    got = as_array(answer.value)
    known = isinstance(answer.expected, np.ndarray) and answer.expected.ndim == 2
    return got if known and got is not None and got.ndim == 2 and got.dtype.kind in "biuf" else None


def _with_a_pair(answer: Answer) -> bool:
    return any(isinstance(value, tuple) for value in answer.call.all)


def _only_plain_numbers(answers: Sequence[Answer]) -> Fact | None:
    """Say that pairs do not work, when all that went wrong had a pair, and one was no number to Python."""
    if not answers or not all(map(_with_a_pair, answers)):
        return None
    raised = [answer.outcome for answer in answers if answer.outcome.raised]
    if len(raised) == len(answers) or any("tuple" in outcome.text for outcome in raised):
        return Fact("Your function takes plain numbers only; pairs have to work, too.")
    return None


def _halves_exchanged(answers: Sequence[Answer]) -> Fact | None:
    """Say that a pair is read the wrong way round, when that explains every answer."""
    if not answers or not all(map(_with_a_pair, answers)):
        return None
    for answer in answers:
        got = _numbers(answer)
        try:
            other = answer.standard(answer.function, _turned_round(answer.call))
        except Exception:  # turned round it may be illegal
            return None
        if got is None or not _equal(got, other):
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
    types = sorted({_image_type(answer.call) for answer in answers})
    if (
        not types
        or "float64" not in map(_image_type, right)
        or "float64" in types
        or all(_shape_is_wrong(answer) for answer in answers)
    ):
        return None
    if any(alike_in_value(answer.expected, answer.value) for answer in answers):
        return None  # only the number type of the result is wrong
    listed = " and ".join([", ".join(types[:-1]), types[-1]] if types[1:] else types)
    return Fact(f"The values are wrong for images of {listed}: convert to float64 before you compute.")


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


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays are equal but for rounding, and hold something besides zeros."""
    if one.shape != other.shape:
        return False
    if not one.size:
        return True
    one, other = one.astype(float), other.astype(float)
    scale = np.abs(other[np.isfinite(other)]).max(initial=0.0)
    return bool(scale > 0 and np.allclose(one, other, rtol=0, atol=NEAR * scale, equal_nan=True))


def _too_many(rows: int, columns: int) -> Callable[[Pair], bool]:
    def holds(pair: Pair) -> bool:
        height, width = pair.expected.shape
        grown = pair.got.shape == (height + rows, width + columns)
        return bool(grown and _equal(pair.got[:height, :width], pair.expected))

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


def unframed(got: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the part of `got`, as large as `expected`, that is equal to it and has zeros alone around it.

    What has no such part comes back as it is.
    """
    if any(large < small for large, small in zip(got.shape, expected.shape, strict=True)):
        return got
    # only parts that hold everything that is not zero: student arrays may be huge
    starts = []
    for axis, size in enumerate(expected.shape):
        filled = np.flatnonzero(got.any(axis=1 - axis))
        first, last = (filled[0], filled[-1]) if filled.size else (0, 0)
        starts.append(range(max(last - size + 1, 0), min(first, got.shape[axis] - size) + 1))
    for top, left in product(*starts):
        part = got[top : top + expected.shape[0], left : left + expected.shape[1]]
        if np.allclose(part, expected, rtol=NEAR, atol=NEAR, equal_nan=True):
            return part
    return got


def inside(got: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the middle of `got`, as large as `expected`, if it is equal to it.

    The middle may lie half a pixel up or down, left or right. What has no such part comes back as it is.
    """
    more = [large - small for large, small in zip(got.shape, expected.shape, strict=True)]
    if min(more) < 0:
        return got
    for top, left in product(*({extra // 2, (extra + 1) // 2} for extra in more)):
        part = got[top : top + expected.shape[0], left : left + expected.shape[1]]
        if np.allclose(part, expected, rtol=NEAR, atol=NEAR, equal_nan=True):
            return part
    return got


MENDS: tuple[tuple[str, Mend], ...] = (
    ("The right values are there, but with rows and columns of zeros around them.", unframed),
    (
        "The right values are there, but around them are those of windows that hang over the edge.",
        inside,
    ),
)


def _of_the_images_size(pair: Pair) -> bool:
    return bool(pair.got.shape == np.shape(pair.call.args[0]) != pair.expected.shape)


def _changed(change: Change, sentence: str) -> Row:
    """Return the fact that `change` makes the wrong answers of the right ones."""

    def holds(pair: Pair) -> bool:
        return _equal(pair.got, change(pair.expected)) and not _equal(pair.got, pair.expected)

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
        if not _equal(got[None], factors[-1] * expected[None]):
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
