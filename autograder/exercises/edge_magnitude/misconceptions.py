"""Wrong implementations of `edge_magnitude(gx, gy)`."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.checks.habits import SEVEN_DIGITS, add_habits
from autograder.checks.mistakes import Step, Table
from reference.convolution import Image, two_dimensional

HINTS, OVERFLOW = "2_normalization#magnitude-hints", "2_normalization#overflow-text"


# ----------------------------------------------------------------------- the right function


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


mistakes = Table("edge_magnitude", "2_normalization#magnitude-text", "length", _magnitude)


# ------------------------------------------------------------------------------- the length


def _inside(gx: Image, gy: Image, out: Image, after: int) -> Image:
    """Fill `out` with the lengths, but for its border, `after` rows and columns at the end."""
    rows, columns = (slice(1, max(side - after, 1)) for side in gx.shape)
    out[rows, columns] = _root(gx, gy)[rows, columns]
    return out


THRESHOLDS: dict[str, Step] = {
    "over_the_mean": np.mean,
    **{f"over_{times}_means": lambda out, times=times: times * out.mean() for times in (2, 3, 4)},
    **{f"over_{part}_percent": lambda out, part=part: part / 100 * out.max() for part in (10, 20, 30)},
    **{f"over_{grey}": lambda _, grey=grey: grey for grey in (50, 100, 127, 128, 150, 200)},
}


def _black_and_white(threshold: Step, white: float, out: Image) -> Any:
    return np.where(out > threshold(out), white, 0)


BLACK_AND_WHITE: dict[str, Any] = {
    f"{name}_as_{white}": {"finish": partial(_black_and_white, threshold, white)}
    for name, threshold in THRESHOLDS.items()
    for white in (1, 255)
}
ACROSS = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def _response(image: Image, kernel: Image) -> Any:
    return (np.lib.stride_tricks.sliding_window_view(image, (3, 3)) * kernel).sum((2, 3))


CUT_OFF: dict[str, Any] = {
    f"clipped_at_{most}": {"finish": partial(np.minimum, most)}
    for most in (1, 100, 200, 254, 256, 500, 510, 1000, 1020, 1023, 1024, 1442, 2040, 4095)
}


def _square(gx: Image, gy: Image) -> None:
    _legal(gx, gy)
    _legal(gx, gx.T)


mistakes.rows(
    "You add the absolute values; the length of an arrow is the root of the sum of squares.",
    sum_of_sizes={"length": lambda gx, gy: np.abs(gx) + np.abs(gy)},
)
mistakes.rows(
    "You leave the root out: the sum of the squares is the square of the length.",
    no_root={"length": lambda gx, gy: gx**2 + gy**2},
)
mistakes.rows(
    "You add the gradients as they are, so opposite ones cancel; square them first.",
    plain_sum={"length": lambda gx, gy: gx + gy},
    sum_then_square={"length": lambda gx, gy: np.abs(gx + gy)},
)
mistakes.rows(
    "You take the root of the gradients themselves; square them first.",
    root_of_sum={"length": lambda gx, gy: np.sqrt(gx + gy)},
    root_of_sizes={"length": lambda gx, gy: np.sqrt(np.abs(gx) + np.abs(gy))},
)
mistakes.rows(
    "You subtract one square from the other; add them.",
    difference={"length": lambda gx, gy: np.sqrt(gx**2 - gy**2)},
)
mistakes.rows(
    "You take the larger of both gradients; the other one is part of the length, too.",
    larger={"length": lambda gx, gy: np.maximum(np.abs(gx), np.abs(gy))},
)
mistakes.rows(
    "You average the two; the length is the root of the sum of both squares, divided by nothing.",
    mean={"length": lambda gx, gy: np.sqrt((gx**2 + gy**2) / 2)},
    half={"length": lambda gx, gy: _root(gx, gy) / 2},
)
mistakes.rows(
    "You average the absolute values; the length of an arrow is the root of the sum of squares.",
    half_of_sizes={"length": lambda gx, gy: (np.abs(gx) + np.abs(gy)) / 2},
)
mistakes.rows(
    "You add the absolute values and divide; the length of an arrow is the root of the sum of squares.",
    quarter_of_sizes={"length": lambda gx, gy: (np.abs(gx) + np.abs(gy)) / 4},
    sixth_of_sizes={"length": lambda gx, gy: (np.abs(gx) + np.abs(gy)) / 6},
    eighth_of_sizes={"length": lambda gx, gy: (np.abs(gx) + np.abs(gy)) / 8},
    sizes_over_the_root_of_two={"length": lambda gx, gy: (np.abs(gx) + np.abs(gy)) / np.sqrt(2)},
)
mistakes.rows(
    "`gx` and `gy` are the responses to Sobel already; don't convolve them again.",
    carries=False,
    convolved_again={"length": lambda gx, gy: _root(_response(gx, ACROSS), _response(gy, ACROSS.T))},
    convolved_again_with_a_frame={
        "length": lambda gx, gy: _root(_response(np.pad(gx, 1), ACROSS), _response(np.pad(gy, 1), ACROSS.T))
    },
    both_from_gx={"length": lambda gx, _: _root(_response(gx, ACROSS), _response(gx, ACROSS.T))},
    both_from_gx_with_a_frame={
        "length": lambda gx, _: _root(_response(np.pad(gx, 1), ACROSS), _response(np.pad(gx, 1), ACROSS.T))
    },
)
mistakes.rows(
    "You multiply the squares; add them.",
    product={"length": lambda gx, gy: np.sqrt(gx**2 * gy**2)},
)
mistakes.rows(
    "You use only one of the two images; both gradients are part of the length.",
    across_only={"length": lambda gx, _: np.abs(gx)},
    across_twice={"length": lambda gx, _: np.sqrt(gx**2 + gx**2)},
    down_only={"length": lambda _, gy: np.abs(gy)},
    down_twice={"length": lambda _, gy: np.sqrt(gy**2 + gy**2)},
)
mistakes.rows(
    "You use only one of the two images; both gradients are part of the length.",
    carries=False,
    across_as_it_is={"length": lambda gx, _: gx},
    down_as_it_is={"length": lambda _, gy: gy},
)
mistakes.rows(
    "You compute the direction of the edge; compute its strength.",
    direction={"length": lambda gx, gy: np.arctan2(gy, gx)},
)
mistakes.rows(
    "You compute one number for the whole image; each pixel has a length of its own.",
    whole_norm={"length": lambda gx, gy: float(np.sqrt((gx**2 + gy**2).sum()))},
    two_norms={"length": lambda gx, gy: float(np.hypot(np.linalg.norm(gx), np.linalg.norm(gy)))},
)
mistakes.rows(
    "You stretch the result; here, return the lengths themselves.",
    stretched={"finish": lambda out: out / (out.max() or 1) * 255},
    shares={"finish": lambda out: out / (out.max() or 1)},
    stretched_unguarded={"finish": lambda out: out / out.max() * 255},
    shares_unguarded={"finish": lambda out: out / out.max()},
    stretched_to_bytes={"finish": lambda out: (out / (out.max() or 1) * 255).astype(np.uint8)},
    stretched_from_the_smallest={
        "finish": lambda out: (out - out.min()) / (out.max() - out.min() or 1) * 255
    },
)
mistakes.rows(
    "You turn the lengths into black and white; here, return the lengths themselves.",
    carries=False,
    over_a_half={"finish": lambda out: np.where(out > out.max() / 2, 1.0, 0.0)},
    **BLACK_AND_WHITE,
)
mistakes.rows(
    "You compute the mean square; the length is the root of the sum of both squares.",
    mean_square={"length": lambda gx, gy: (gx**2 + gy**2) / 2},
)
mistakes.rows(
    "You leave out the border; every pixel has a length, and the loops run from 0 to the last one.",
    border_as_gx={"length": lambda gx, gy: _inside(gx, gy, np.array(gx), 1)},
    border_as_gx_and_one_more={"length": lambda gx, gy: _inside(gx, gy, np.array(gx), 2)},
    border_zero={"length": lambda gx, gy: _inside(gx, gy, np.zeros_like(gx), 1)},
)
mistakes.rows(
    "Your result has more than two dimensions; each pixel has one length.",
    both_sizes={"length": lambda gx, gy: np.stack([np.abs(gx), np.abs(gy)])},
    channel_last={"finish": lambda out: out[..., None]},
)
mistakes.rows(
    "A negative gradient is as strong an edge as a positive one; do not cut it off.",
    negative_cut={"numbers": lambda image: np.maximum(image.astype(float), 0)},
)
mistakes.rows(
    "Images that are taller than wide, or wider than tall, are fine; only their shapes have to agree.",
    lesson=HINTS,
    squares_only={"legal": _square},
)


# ----------------------------------------------------------------------------- number types


def _small_squares(gx: Image, gy: Image) -> Any:
    gx, gy = (image.astype(np.int8) if image.dtype == bool else image for image in (gx, gy))
    return np.sqrt((gx**2 + gy**2).astype(np.float64))


def _whole(image: Image) -> Any:
    return image.astype(np.int64) if image.dtype.kind in "biu" else image.astype(float)


mistakes.rows(
    "The lengths have to be kept as float64, neither rounded nor cut to the range of a byte.",
    integers={"finish": lambda out: out.astype(int)},
    truncated={"finish": np.trunc},
    bytes_returned={"finish": lambda out: out.astype(np.uint8)},
    rounded={"finish": np.round},
    rounded_to_two={"finish": lambda out: np.round(out, 2)},
    rounded_to_four={"finish": lambda out: np.round(out, 4)},
    clipped_to_bytes={"finish": lambda out: np.clip(out, 0, 255).astype(np.uint8)},
)
mistakes.rows(
    "You cut off lengths above 255; keep them as they are.",
    clipped={"finish": lambda out: np.clip(out, 0, 255)},
)
mistakes.rows(
    "You cut off large lengths; keep them as they are.",
    **CUT_OFF,
)
mistakes.rows(
    "You cut off lengths above 255, and fractions before that; keep both, in float64.",
    clipped_whole_numbers={
        "numbers": lambda image: np.trunc(image.astype(np.float64)),
        "finish": lambda out: np.clip(out, 0, 255),
    },
)
mistakes.rows(
    "Small integers wrap around when you calculate with them; convert to float64 first.",
    aspect="number_types",
    lesson=OVERFLOW,
    squares_wrap={"numbers": lambda image: image, "length": _small_squares},
    squares_wrap_small_root={"numbers": lambda image: image},
    products_wrap={
        "numbers": lambda image: image,
        "length": lambda gx, gy: np.sqrt((gx * gx + gy * gy).astype(float)),
    },
)
mistakes.rows(
    "Even int32 and int64 are too small for squares of large numbers; convert to float64.",
    aspect="number_types",
    lesson=OVERFLOW,
    int64={"numbers": _whole, "length": lambda gx, gy: np.sqrt((gx**2 + gy**2).astype(float))},
)
mistakes.rows(
    "You cut off the fractions of the gradients; keep them, in float64.",
    fractions_cut={"numbers": lambda image: np.trunc(image.astype(np.float64))},
)
mistakes.rows(
    "You turn the gradients into bytes first, which loses signs, fractions and large numbers; use float64.",
    lesson=OVERFLOW,
    bytes_first={
        "numbers": lambda image: np.trunc(image).astype(np.int64).astype(np.uint8).astype(np.float64)
    },
)


# ------------------------------------------------------------------ what has to be refused


def _same(measure: Step) -> Step:
    def legal(gx: Image, gy: Image) -> None:
        if measure(gx) != measure(gy):
            raise ValueError("different shapes")

    return legal


SHAPES = "Images of different shapes have to raise ValueError; compare the shapes: NumPy stretches silently."

mistakes.rows(
    SHAPES,
    aspect="illegal",
    lesson=HINTS,
    shapes_unchecked={"legal": lambda *_: None},
    rows_compared={"legal": _same(len)},
    columns_compared={"legal": _same(lambda image: image.shape[1])},
    sizes_compared={"legal": _same(np.size)},
)


@mistakes.around(SHAPES, aspect="illegal", lesson=HINTS)
def cropped(right: Step, gx: Image, gy: Image) -> Any:
    height, width = (min(sides) for sides in zip(gx.shape, gy.shape, strict=True))
    return right(gx[:height, :width], gy[:height, :width])


@mistakes.around("Your function changes an image it was given; work on a copy.", aspect="leaves_no_trace")
def squared_in_place(right: Step, gx: Image, gy: Image) -> Any:
    out = right(gx, gy)
    gx *= gx
    return out


IN_ITS_TYPE = (
    "You keep the lengths in gx's number type; whole numbers lose fractions and large lengths. Use float64."
)


@mistakes.around(IN_ITS_TYPE, aspect="number_types", lesson=OVERFLOW)
def type_of_gx(right: Step, gx: Image, gy: Image) -> Any:
    with np.errstate(all="ignore"):
        return right(gx, gy).astype(gx.dtype)


@mistakes.around(IN_ITS_TYPE, aspect="number_types", lesson=OVERFLOW)
def type_of_gx_one_by_one(right: Step, gx: Image, gy: Image) -> Any:
    out, lengths = gx.copy(), right(gx, gy)
    for place in np.ndindex(gx.shape):
        out[place] = int(lengths[place]) if gx.dtype.kind in "iu" else lengths[place]  # may be too large
    return out


@mistakes.around(IN_ITS_TYPE, aspect="number_types", lesson=OVERFLOW)
def type_of_gx_all_along(_: Step, gx: Image, gy: Image) -> Any:
    _legal(gx, gy)
    out = gx.copy()
    with np.errstate(all="ignore"):
        for place in np.ndindex(gx.shape):
            out[place] = np.sqrt(gx[place] ** 2 + gy[place] ** 2)  # NaN is no whole number
    return out


mistakes.rows(
    SEVEN_DIGITS,
    aspect="number_types",
    float32_inside={
        "numbers": lambda image: image.astype(np.float32),
        "finish": lambda out: out.astype(np.float64),
    },
)
add_habits(
    mistakes,
    result="the lengths",
    types="number_types",
    trace="leaves_no_trace",
    remembers={
        "cache_by_shape": lambda _, gx, _gy: gx.shape,
        "cache_by_gy": lambda _, _gx, gy: (gy.shape, gy.tobytes()),
    },
)
