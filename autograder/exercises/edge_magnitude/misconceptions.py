"""Wrong implementations of `edge_magnitude(gx, gy)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, two_dimensional

Step = Callable[..., Any]
entry = partial(mistake, lesson="2_normalization#magnitude-text")
hint = partial(mistake, lesson="2_normalization#magnitude-hints")
bytes_entry = partial(mistake, lesson="2_normalization#overflow-text")

SHAPES = "Images of different shapes have to raise ValueError; compare both sides, NumPy stretches silently."
WRAP = "Squares of small integers wrap around; convert to float64 before you compute."
FLOAT64 = "The result has to be float64 and is neither rounded nor cut to the range of a byte."
ONE = "You use one of the two images only; both gradients belong into the length."
BUFFER = (
    "Your result depends on other calls: start each call from a new array, remember nothing between calls."
)


def _legal(gx: Image, gy: Image) -> None:
    if gx.shape != gy.shape:
        raise ValueError("different shapes")


def _root(gx: Image, gy: Image) -> Any:
    return np.sqrt(gx**2 + gy**2)


def _magnitude(
    gx: Image,
    gy: Image,
    *,
    legal: Step = _legal,
    numbers: Step = lambda image: image.astype(np.float64),
    length: Step = _root,
    finish: Step = lambda out: out,
) -> Any:
    gx, gy = two_dimensional("gx", gx), two_dimensional("gy", gy)
    legal(gx, gy)
    with np.errstate(all="ignore"):
        return finish(length(numbers(gx), numbers(gy)))


@entry("You add the sizes of both gradients; the length of an arrow is the root of the sum of squares.")
def sum_of_sizes(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.abs(gx) + np.abs(gy))


@entry("You leave the root out: the sum of the squares is the square of the length.")
def no_root(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: gx**2 + gy**2)


@entry("You add the gradients as they are, so opposite ones cancel; square them first.")
def plain_sum(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: gx + gy)


@entry("You add the gradients as they are, so opposite ones cancel; square them first.")
def sum_then_square(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.abs(gx + gy))


@entry("You take the root of the gradients themselves; square them first.")
def root_of_sum(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.sqrt(gx + gy))


@entry("You take the root of the gradients themselves; square them first.")
def root_of_sizes(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.sqrt(np.abs(gx) + np.abs(gy)))


@entry("You subtract one square from the other; both have to be added.")
def difference(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.sqrt(gx**2 - gy**2))


@entry("You take the larger of both gradients; the other one belongs into the length as well.")
def larger(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.maximum(np.abs(gx), np.abs(gy)))


@entry("You average the two; the length is the root of the sum, divided by nothing.")
def mean(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.sqrt((gx**2 + gy**2) / 2))


@entry("You average the two; the length is the root of the sum, divided by nothing.")
def half(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: _root(gx, gy) / 2)


@entry("You multiply the squares; both have to be added.")
def product(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.sqrt(gx**2 * gy**2))


@entry(ONE)
def across_only(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, _: np.abs(gx))


@entry(ONE)
def across_twice(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, _: np.sqrt(gx**2 + gx**2))


@entry(ONE)
def down_twice(*args: Any) -> Any:
    return _magnitude(*args, length=lambda _, gy: np.sqrt(gy**2 + gy**2))


@entry("You compute the direction of the edge; its strength is asked for.")
def direction(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: np.arctan2(gy, gx))


@entry("You compute one number for the whole image; each pixel has a length of its own.")
def whole_norm(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: float(np.sqrt((gx**2 + gy**2).sum())))


@entry("You compute one number for the whole image; each pixel has a length of its own.")
def two_norms(*args: Any) -> Any:
    return _magnitude(*args, length=lambda gx, gy: float(np.hypot(np.linalg.norm(gx), np.linalg.norm(gy))))


@entry("You stretch the result; here the lengths themselves are asked for.")
def stretched(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: out / (out.max() or 1) * 255)


@entry("You stretch the result; here the lengths themselves are asked for.")
def shares(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: out / (out.max() or 1))


@entry(FLOAT64)
def clipped(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: np.clip(out, 0, 255))


@entry(FLOAT64)
def bytes_returned(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: out.astype(np.uint8))


@entry(FLOAT64)
def rounded(*args: Any) -> Any:
    return _magnitude(*args, finish=np.round)


@entry(FLOAT64)
def float32(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: out.astype(np.float32))


@entry(FLOAT64)
def integers(*args: Any) -> Any:
    return _magnitude(*args, finish=lambda out: out.astype(int))


@bytes_entry(WRAP)
def squares_wrap(*args: Any) -> Any:
    def length(gx: Image, gy: Image) -> Any:
        gx, gy = (image.astype(np.int8) if image.dtype == bool else image for image in (gx, gy))
        return np.sqrt((gx**2 + gy**2).astype(np.float64))

    return _magnitude(*args, numbers=lambda image: image, length=length)


@bytes_entry(WRAP)
def squares_wrap_small_root(*args: Any) -> Any:
    return _magnitude(*args, numbers=lambda image: image)


@bytes_entry(WRAP)
def products_wrap(*args: Any) -> Any:
    return _magnitude(
        *args, numbers=lambda image: image, length=lambda gx, gy: np.sqrt((gx * gx + gy * gy).astype(float))
    )


@bytes_entry("Even int32 and int64 are too small for squares of large numbers; convert to float64.")
def int64(*args: Any) -> Any:
    def numbers(image: Image) -> Any:
        return image.astype(np.int64) if image.dtype.kind in "biu" else image.astype(float)

    return _magnitude(*args, numbers=numbers, length=lambda gx, gy: np.sqrt((gx**2 + gy**2).astype(float)))


@bytes_entry(
    "You make bytes of the gradients first; signs, fractions and large numbers are lost, use float64."
)
def bytes_first(*args: Any) -> Any:
    def numbers(image: Image) -> Any:
        return np.trunc(image).astype(np.int64).astype(np.uint8).astype(np.float64)

    return _magnitude(*args, numbers=numbers)


@entry("A negative gradient is as strong an edge as a positive one; do not cut it off.")
def negative_cut(*args: Any) -> Any:
    return _magnitude(*args, numbers=lambda image: np.maximum(image.astype(float), 0))


@hint(SHAPES)
def shapes_unchecked(*args: Any) -> Any:
    return _magnitude(*args, legal=lambda *_: None)


@hint(SHAPES)
def rows_compared(gx: Image, gy: Image) -> Any:
    def legal(gx: Image, gy: Image) -> None:
        if len(gx) != len(gy):
            raise ValueError("different heights")

    return _magnitude(gx, gy, legal=legal)


@hint(SHAPES)
def columns_compared(gx: Image, gy: Image) -> Any:
    def legal(gx: Image, gy: Image) -> None:
        if gx.shape[1] != gy.shape[1]:
            raise ValueError("different widths")

    return _magnitude(gx, gy, legal=legal)


@hint(SHAPES)
def sizes_compared(gx: Image, gy: Image) -> Any:
    def legal(gx: Image, gy: Image) -> None:
        if gx.size != gy.size:
            raise ValueError("different sizes")

    return _magnitude(gx, gy, legal=legal)


@hint(SHAPES)
def cropped(gx: Image, gy: Image) -> Any:
    height, width = (min(sides) for sides in zip(gx.shape, gy.shape, strict=True))
    return _magnitude(gx[:height, :width], gy[:height, :width])


@hint("You do refuse different shapes, but with another exception than the ValueError asked for.")
def asserts(gx: Image, gy: Image) -> Any:
    if gx.shape != gy.shape:
        raise AssertionError
    return _magnitude(gx, gy)


@hint("Images that are higher than wide, or wider than high, are fine; only their shapes have to agree.")
def squares_only(gx: Image, gy: Image) -> Any:
    if gx.shape[0] != gx.shape[1]:
        raise ValueError("squares, please")
    return _magnitude(gx, gy)


@entry("You return lists; a NumPy array is asked for.")
def returns_list(*args: Any) -> Any:
    return _magnitude(*args).tolist()


@entry("You compute the lengths but do not hand them back: end with `return`.")
def returns_nothing(*args: Any) -> Any:
    _magnitude(*args)


@entry("Your function changes an image it was given; work on a copy.")
def squared_in_place(gx: Image, gy: Image) -> Any:
    out = _magnitude(gx, gy)
    gx *= gx
    return out


@entry(
    BUFFER,
    stateful=True,
)
def reused_buffer() -> Any:
    buffers: dict[Any, Any] = {}

    def wrong(gx: Image, gy: Image) -> Any:
        out = _magnitude(gx, gy)
        buffer = buffers.setdefault(out.shape, out)
        buffer[...] = out
        return buffer

    return wrong


@entry(BUFFER, stateful=True)
def cache_by_shape() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(gx: Image, gy: Image) -> Any:
        out = _magnitude(gx, gy)
        return seen.setdefault(gx.shape, out).copy()

    return wrong


@entry(BUFFER, stateful=True)
def cache_by_gy() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(gx: Image, gy: Image) -> Any:
        out = _magnitude(gx, gy)
        return seen.setdefault((gy.shape, gy.tobytes()), out).copy()

    return wrong
