"""The kind of call that a function is limited to, when its answers to other calls are wrong."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks import exercise
from autograder.checks.answer import Answer
from autograder.checks.facts import Covers, Fact, numbers
from autograder.checks.framed import MENDS, Mend, equal
from autograder.sandbox.call import Call


def limit(answers: Sequence[Answer], right: Sequence[Call]) -> Fact | None:
    """Return the kind of call that a function is limited to, if it divides right answers from wrong ones.

    `right` are the calls whose answers are not among the wrong ones. What is right but for what is around
    it counts as right.
    """
    for said, mend in (("", None), *MENDS) if answers else ():
        fitting = [mend is not None and _mends(answer, mend) for answer in answers]
        if mend and not any(fitting):
            continue
        good = [
            *right,
            *(answer.call for answer, fits in zip(answers, fitting, strict=True) if fits),
        ]
        missed = [answer for answer, fits in zip(answers, fitting, strict=True) if not fits]
        wrong = [answer.call for answer in missed]
        for sentence, covers in _limits(answers[0].function):
            if (
                len(good) > 1
                and all(covers(call) for call in good if _tells(call))
                and any(_tells(call) and covers(call) for call in good)
                and (covers is not _larger_than_one or _are_about_one_by_one(wrong))
                and (covers is not _square_image or any(map(_has_no_such_shape, missed)))
                and wrong
                and not any(map(covers, wrong))
            ):
                padded = covers is _leaves_room and any(map(_has_a_frame, wrong))
                words = sentence.replace("the image", "the padded image") if padded else sentence
                return Fact(f"{said} {words}".strip(), mend=mend, covers=covers)
    return None


def _are_about_one_by_one(wrong: Sequence[Call]) -> bool:
    return any(_sides(call) == [1, 1] for call in wrong) and all(len(call.all) == 2 for call in wrong)


def _tells(call: Call) -> bool:
    """Return whether a right answer to a call is more than an accident of its one pixel."""
    return all(value.size > 1 for value in call.args[:1] if isinstance(value, np.ndarray))


def _mends(answer: Answer, mend: Mend) -> bool:
    got = numbers(answer)
    larger = got is not None and got.shape != answer.expected.shape
    return bool(larger and got is not None and equal(mend(got, answer.expected), answer.expected))


def _has_no_such_shape(answer: Answer) -> bool:
    """Return whether an answer is none, or of another shape: only then the image's shape is the trouble."""
    got = numbers(answer)
    return bool(answer.outcome.raised) or got is None or got.shape != np.shape(answer.expected)


def _sides(call: Call) -> list[int]:
    """Return the sides of the kernel, the second argument of a convolution."""
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


def _axes(call: Call, other: str = "padding") -> list[tuple[int, int, int]]:
    """Return the sizes of image and kernel, as far as it is spread, and another argument, axis by axis.

    None where there is no such.
    """
    given = dict(zip(("image", "kernel", "stride", "padding"), call.args, strict=False)) | call.named
    image, kernel = (getattr(given.get(name), "shape", given.get(name)) for name in ("image", "kernel"))
    each = (image, kernel, given.get(other, int(other == "stride")), given.get("dilation", 1))
    axes = list(zip(*map(_both, each), strict=False))
    if not all(isinstance(number, int) for axis in axes for number in axis):
        return []
    return [(n, (k - 1) * dilation + 1, value) for n, k, value, dilation in axes]


def _both(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value, value)


def _leaves_room(call: Call) -> bool:
    """Return whether the kernel is smaller than the padded image, or axis, in every direction."""
    axes = _axes(call)
    return bool(axes) and all(n + 2 * p > k for n, k, p in axes)


def _has_a_frame(call: Call) -> bool:
    return any(p for *_, p in _axes(call))


def _no_larger(call: Call) -> bool:
    axes = _axes(call)
    return bool(axes) and all(n >= k for n, k, _ in axes)


def _cut_no_deeper(call: Call) -> bool:
    """Return whether the padding cuts off less than the kernel is long, in every direction."""
    axes = _axes(call)
    return bool(axes) and all(p < k for _, k, p in axes)


def _stamps_without_gaps(call: Call) -> bool:
    axes = _axes(call, "stride")
    return bool(axes) and all(s <= k for _, k, s in axes)


def _leaves_stamps(call: Call) -> bool:
    """Return whether the padding leaves something of the stamps, output padding or not."""
    both = zip(_axes(call), _axes(call, "stride"), strict=True)
    return bool(_axes(call)) and all((n - 1) * s + k > 2 * p for (n, k, p), (_, _, s) in both)


def _leaves_nothing_over(call: Call) -> bool:
    """Return whether the last step ends exactly at the edge, along every axis."""
    both = zip(_axes(call), _axes(call, "stride"), strict=True)
    return all(s > 0 and (n + 2 * p - k) % s == 0 for (n, k, p), (_, _, s) in both)


SQUARE_IMAGES = ("Your function works for square images only.", _square_image)
LIMITS: tuple[tuple[str, Covers], ...] = (
    ("Your function works for kernels of 3 by 3 only; take the sizes from `kernel.shape`.",
     lambda call: _sides(call) == [3, 3]),
    ("Your function works for kernels with odd sides only; even ones have to work, too.",
     lambda call: bool(_sides(call)) and all(side % 2 for side in _sides(call))),
    ("Your function works for kernels with odd sides from 3 on only; 1 by 1 and even ones have to work, too.",
     lambda call: bool(_sides(call)) and all(side % 2 and side > 1 for side in _sides(call))),
    ("Your function does not work for kernels of 1 by 1; every kernel that fits has to work.",
     _larger_than_one),
    SQUARE_IMAGES,
    ("Your function works for square kernels only.", _square_kernel),
    ("Your function works for square images and kernels only.", _squares),
)  # fmt: skip
LIMITS_OF_SIZE: tuple[tuple[str, Covers], ...] = (
    ("Your function fails for a {} exactly as large as the image, which still fits once.", _leaves_room),
    ("Your function fails for a {} larger than the image, which has an answer here.", _no_larger),
)
DEEP_PADDING = (
    "A padding above k - 1 has to work, too. "
    "If you pad by k - 1 - padding, pad by k - 1 instead and cut afterwards."
)
LIMITS_OF_STAMPS: tuple[tuple[str, Covers], ...] = (
    (DEEP_PADDING, _cut_no_deeper),
    ("A stride larger than the kernel has to work, too: it leaves zeros between the stamps.",
     _stamps_without_gaps),
    ("What `output_padding` adds may be all that the padding leaves; it counts, too.", _leaves_stamps),
)  # fmt: skip
EVEN_STEPS = (
    "Your function works only where the last step ends exactly at the edge; what is left over is not used.",
    _leaves_nothing_over,
)
LAID_ON = {"kernel": "kernel", "k": "kernel", "size": "window"}
"""What lies on the image, by the name of a function's second parameter."""


def _limits(function: str) -> list[tuple[str, Covers]]:
    names = [*inspect.signature(exercise.right(function)).parameters]
    second = [*names, "", ""][1]
    laid_on = "dilated kernel" if "dilation" in names[2:] else LAID_ON.get(second, "")
    sized = LIMITS_OF_SIZE if laid_on else ()
    stamps = second == "kernel" and "output_padding" in names
    steps = [EVEN_STEPS] if "stride" in names and not {"dilation", "output_padding"} & {*names} else []
    limits = LIMITS if second == "kernel" else (SQUARE_IMAGES,)
    worded = [(sentence.format(laid_on), covers) for sentence, covers in sized]
    return [*limits, *steps, *worded, *(LIMITS_OF_STAMPS if stamps else ())]
