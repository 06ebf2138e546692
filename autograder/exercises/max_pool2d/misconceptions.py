"""Wrong implementations of `max_pool2d(image, size, stride=1)`."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.habits import (
    UNCHECKED,
    add_habits,
    anything,
    as_it_is,
    halves,
    number_asked_for,
    number_only,
)
from autograder.checks.mistakes import Step, Table
from reference.convolution import Image, two_dimensional

# ----------------------------------------------------------------------- the right function


def _legal(sizes: Any, strides: Any) -> None:
    if min(*sizes, *strides) < 1:
        raise ValueError("at least 1")


def _fits(n: int, k: int) -> None:
    if k > n:
        raise ValueError("the window does not fit")


def _pool(
    image: Image,
    size: Any,
    stride: Any = 1,
    *,
    flat: Step = two_dimensional,
    size_pair: Step = halves,
    stride_pair: Step = halves,
    legal: Step = _legal,
    fits: Step = _fits,
    pixels: Step = lambda image: image.astype(np.float64),
    cut: Step = lambda image, _: image,
    count: Step = lambda n, k, s: (n - k) // s + 1,
    corner: Step = lambda at, s: at * s,
    take: Step = np.max,
    finish: Step = lambda out, _: out,
) -> Any:
    image = flat("image", image)
    sizes, strides = size_pair(size), stride_pair(stride)
    legal(sizes, strides)
    for axis in zip(image.shape, sizes, strict=True):
        fits(*axis)
    whole = cut(pixels(image), sizes)
    out = np.zeros(tuple(map(count, whole.shape, sizes, strides)))
    for place in np.ndindex(*out.shape):
        top, left = map(corner, place, strides)
        out[place] = take(whole[top : top + sizes[0], left : left + sizes[1]])
    return finish(out, image)


mistakes = Table("max_pool2d", "1_dilation#max-pool-text", "windows", _pool)


# ------------------------------------------------------------------- what is kept of a window

mistakes.rows(
    "You average the window; max pooling keeps its largest number.",
    averaged={"take": np.mean},
)
mistakes.rows(
    "You add up the window; max pooling keeps only its largest number.",
    added_up={"take": np.sum},
)
mistakes.rows(
    "You keep the smallest number of each window; keep the largest.",
    smallest={"take": np.min},
)
mistakes.rows(
    "A window below zero gives 0: begin the search with a pixel of the window, and cut nothing off.",
    begins_at_zero={"take": lambda window: max(0.0, window.max())},
    negatives_cut={"finish": lambda out, _: np.maximum(out, 0)},
)
mistakes.rows(
    "A window below -1 gives -1: begin the search with a pixel of the window.",
    begins_at_minus_one={"take": lambda window: max(-1.0, window.max())},
)
mistakes.rows(
    "You keep a number from further down in each window; keep its largest one.",
    median={"take": np.median},
    second_largest={"take": lambda window: np.sort(window, axis=None)[-2:][0]},
)
mistakes.rows(
    "You take absolute values first; the largest number of a window may be negative.",
    absolute={"take": lambda window: np.abs(window).max()},
    largest_in_size={"take": lambda window: window.ravel()[np.abs(window).argmax()]},
)
mistakes.rows(
    "You keep the pixel in the corner of the window; look at all of its pixels.",
    carries=False,  # together with a window that sticks out, it is the image itself
    corner_kept={"take": lambda window: window[0, 0]},
    last_kept={"take": lambda window: window[-1, -1]},
)
mistakes.rows(
    "You look at one row or column of the window only; look at all of its pixels.",
    first_row={"take": lambda window: window[0].max()},
    first_column={"take": lambda window: window[:, 0].max()},
    last_row={"take": lambda window: window[-1].max()},
    last_column={"take": lambda window: window[:, -1].max()},
    diagonal={"take": lambda window: np.diagonal(window).max()},
)
mistakes.rows(
    "You leave out the last row and column of each window; a slice `a:b` ends before `b`.",
    window_too_small={"take": lambda window: (window[:-1, :-1] if window.size > 1 else window).max()},
    large_window_too_small={
        "take": lambda window: (window[:-1, :-1] if min(window.shape) > 1 else window).max()
    },
)
mistakes.rows(
    "You turn the pixels into whole numbers, which cuts off their fractions; use float64.",
    fractions_cut={"pixels": lambda image: np.trunc(image.astype(np.float64))},
    rounded={"finish": lambda out, _: np.round(out)},
)
mistakes.rows(
    "You return one number for the whole image; each window has a largest number of its own.",
    one_number={"finish": lambda out, _: np.full((1, 1), out.max())},
)


# ------------------------------------------------------------------------- where windows begin


@mistakes.around("Your windows are as far apart as they are large; they are `stride` apart, so 1 here.")
def stride_is_size(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    right(image, size, stride)
    return right(image, size, size)


@mistakes.around("Your windows are as far apart as they are large; they are `stride` apart, so 1 here.")
def stride_is_size_by_default(right: Step, image: Image, size: Any, stride: Any = None) -> Any:
    return right(image, size, size if stride is None else stride)


@mistakes.around("Your windows are as far apart as they are large; they are `stride` apart, so 1 here.")
def stride_is_size_for_one(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    return right(image, size, size if stride == 1 else stride)


mistakes.rows(
    "The result has fewer numbers than the image: the window has to stay inside it.",
    one_for_each_pixel={"count": lambda n, _k, s: -(-n // s)},
    same_size={"cut": lambda image, sizes: np.pad(image, [(k // 2, (k - 1) // 2) for k in sizes])},
)
mistakes.rows(
    "The last row and column of your result are missing: the first position counts, too.",
    one_too_few={"count": lambda n, k, s: max(0, (n - k) // s)},
    one_too_few_in_steps={"count": lambda n, k, s: max(0, -((k - n) // s))},
)
mistakes.rows(
    "Rows and columns are swapped: the row index y comes first, in the image and in the output.",
    transposed={"finish": lambda out, _: out.T},
)
mistakes.rows(
    "The result is upside down or mirrored; the first window is at the top left.",
    upside_down={"finish": lambda out, _: out[::-1]},
    mirrored={"finish": lambda out, _: out[:, ::-1]},
)
mistakes.rows(
    "Your code is right for square images only; rows and columns each have their own number.",
    aspect="rectangles",
    square_of_shorter_side={"cut": lambda image, _: image[: min(image.shape), : min(image.shape)]},
)


@mistakes.around("You leave the stride out: the window moves by `stride` pixels each time.", aspect="stride")
def stride_ignored(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    right(image, size, stride)
    return right(image, size)


mistakes.rows(
    "Your output has the right size, but its windows move by 1: output pixel y looks at row y * stride.",
    aspect="stride",
    window_not_moved={"corner": lambda at, _: at},
)
mistakes.rows(
    "A last step that would leave the image is not taken, so the division has to be rounded down.",
    aspect="stride",
    rounded_up={"count": lambda n, k, s: -(-(n - k) // s) + 1},
)
mistakes.rows(
    "The + 1 is the first position, which costs no step: add it after the division, not before.",
    aspect="stride",
    one_added_early={"count": lambda n, k, s: max(1, (n - k + 1) // s)},
)
mistakes.rows(
    "The stride divides the distance the window can travel, not the whole axis: subtract the size first.",
    aspect="stride",
    axis_divided={"count": lambda n, k, s: max(1, n // s - k + 1)},
)


# ------------------------------------------------------------------------------------- pairs

mistakes.rows(
    "Size and stride may also be pairs (vertical, horizontal): unpack each of them first.",
    aspect="pairs",
    no_pairs={"size_pair": number_only, "stride_pair": number_only},
    pairs_refused={"size_pair": number_asked_for, "stride_pair": number_asked_for},
)
mistakes.rows(
    "A size may be one number or a pair (vertical, horizontal); use each half for its own axis.",
    aspect="pairs",
    size_first_half={"size_pair": lambda size: (halves(size)[0],) * 2},
    size_second_half={"size_pair": lambda size: (halves(size)[1],) * 2},
    size_halves_swapped={"size_pair": lambda size: halves(size)[::-1]},
    size_no_pair={"size_pair": number_only},
)
mistakes.rows(
    "A stride may be one number or a pair (vertical, horizontal); use each half for its own axis.",
    aspect="pairs",
    stride_first_half={"stride_pair": lambda stride: (halves(stride)[0],) * 2},
    stride_second_half={"stride_pair": lambda stride: (halves(stride)[1],) * 2},
    stride_halves_swapped={"stride_pair": lambda stride: halves(stride)[::-1]},
    stride_no_pair={"stride_pair": number_only},
)


# ------------------------------------------------------------------------- types and exceptions

mistakes.rows(
    "The result has to be float64, not the image's number type.",
    aspect="number_types",
    type_kept={"finish": lambda out, image: out.astype(image.dtype)},
)

NOTHING = {"flat": as_it_is, "legal": anything, "fits": anything}
mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked=NOTHING | {"count": lambda n, k, s: max(0, (n - k) // (s or 1) + 1)},
)
mistakes.rows(
    "A window that is larger than the image fits nowhere: raise ValueError.",
    aspect="illegal",
    fit_unchecked={"fits": anything, "count": lambda n, k, s: max(0, (n - k) // s + 1)},
    fit_of_rows_only={
        "fits": anything,
        "count": lambda n, k, s: max(1, (n - k) // s + 1),
    },
)
mistakes.rows(
    "A size or a stride below 1 has to raise ValueError.",
    aspect="illegal",
    taken_as_one={
        "size_pair": lambda size: tuple(max(1, half) for half in halves(size)),
        "stride_pair": lambda stride: tuple(max(1, half) for half in halves(stride)),
    },
    stride_taken_as_one={"stride_pair": lambda stride: tuple(max(1, half) for half in halves(stride))},
)
mistakes.rows(
    "A window exactly as large as the image still fits once; don't reject it.",
    exact_fit_refused={"fits": lambda n, k: _fits(n, k + 1)},
)


@mistakes.around("You write into the image you were given; work on a copy.", aspect="leaves_no_trace")
def sorted_in_place(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    out = right(image, size, stride)
    kh, kw = halves(size)
    image[:kh, :kw] = np.sort(image[:kh, :kw], axis=None).reshape(kh, kw)
    return out


add_habits(
    mistakes,
    result="the largest numbers",
    types="number_types",
    trace="leaves_no_trace",
    remembers={
        "cache_by_shape": lambda _, image, *args, **named: (image.shape, str(args), str(named)),
    },
    changes=["image"],
)
