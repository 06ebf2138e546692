"""Wrong implementations of `max_pool2d(image, size, stride=1)`."""

from __future__ import annotations

from functools import partial
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
from autograder.checks.mistakes import Parts, Step, Table
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
    stride: Any = None,
    *,
    default: int = 1,
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
    sizes, strides = size_pair(size), stride_pair(default if stride is None else stride)
    legal(sizes, strides)
    for axis in zip(image.shape, sizes, strict=True):
        fits(*axis)
    whole = cut(pixels(image), sizes)
    out = np.zeros(tuple(map(count, whole.shape, sizes, strides)))
    for place in np.ndindex(*out.shape):
        top, left = map(corner, place, strides)
        out[place] = take(whole[top : top + sizes[0], left : left + sizes[1]])
    return finish(out, image)


def _without_the_last(out: Image, count: int) -> Image:
    out[-count:], out[:, -count:] = 0, 0
    return out


def _in_blocks(right: Step, image: Image, size: tuple[int, int], filled: tuple[int, ...]) -> Image:
    """Return the image with each of its blocks, as far as `filled`, full of what pooling makes of it."""
    out = image.astype(np.float64)
    for y in range(0, filled[0], size[0]):
        for x in range(0, filled[1], size[1]):
            block = image[y : y + size[0], x : x + size[1]]
            out[y : y + size[0], x : x + size[1]] = right(block, block.shape)
    return out


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


# --------------------------------------------------------------------- how large the windows are

NEVER_READ = ("windows", "rectangles", "stride", "number_types", "leaves_no_trace", "illegal")


def _always(side: int) -> Parts:
    return {
        "size_pair": lambda _: (side, side),
        "fits": anything,
        "count": lambda n, k, s: max(0, (n - k) // s + 1),
    }


for side in (2, 3):
    mistakes.row(
        f"window_of_{side}",
        f"Your windows are always {side} by {side}; they have to be as large as `size` says.",
        _always(side),
        carries=NEVER_READ,  # a size that is never read is no pair either
    )
    mistakes.row(
        f"blocks_of_{side}",
        f"Your windows are always {side} by {side} and lie side by side; use `size`, and the stride.",
        {**_always(side), "default": side},
        carries=NEVER_READ,
    )


# ------------------------------------------------------------------------- where windows begin

mistakes.rows(
    "Where a call gives no stride, the windows have to be 1 apart; yours are further apart.",
    aspect="stride",
    default_stride_two={"default": 2},
    default_stride_three={"default": 3},
    default_stride_four={"default": 4},
)
APART = "Your windows are as far apart as they are large; they are `stride` apart, so 1 here."


@mistakes.around(APART)
def stride_is_size(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    right(image, size, stride)
    return right(image, size, size)


@mistakes.around(APART, aspect="stride")
def stride_is_size_by_default(right: Step, image: Image, size: Any, stride: Any = None) -> Any:
    return right(image, size, size if stride is None else stride)


@mistakes.around(APART, aspect="stride")
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
    "The last rows or columns are missing: the loops have to go on until the last window that fits.",
    last_two_missing={"finish": lambda out, _: out[:-2, :-2]},
    last_two_rows_missing={"finish": lambda out, _: out[:-2]},
    last_two_columns_missing={"finish": lambda out, _: out[:, :-2]},
)
EARLY = "The last rows and columns stay 0: the loops have to go on until the last window that fits."
TOO_LARGE = "One row and one column too many stay 0: there are n - size + 1 positions at stride 1."
mistakes.rows(
    EARLY,
    last_stay_zero={"finish": lambda out, _: _without_the_last(out, 1)},
    last_two_stay_zero={"finish": lambda out, _: _without_the_last(out, 2)},
)
mistakes.rows(TOO_LARGE, sheet_too_large={"finish": lambda out, _: np.pad(out, (0, 1))})


def _axes(image: Image, size: Any, stride: Any = 1) -> list[tuple[int, int, int]]:
    return list(zip(image.shape, halves(size), halves(stride), strict=True))


def _loops_stopped(early: int, right: Step, *args: Any, **named: Any) -> Any:
    out = right(*args, **named)
    rows, columns = (len(range(0, max(0, n - k + 1 - early), s)) for n, k, s in _axes(*args, **named))
    out[rows:], out[:, columns:] = 0, 0
    return out


for early in (1, 2):
    mistakes.row(f"loops_stop_{early}_early", EARLY, {"whole": partial(partial, _loops_stopped, early)})


@mistakes.around(TOO_LARGE)
def one_added_twice(right: Step, *args: Any, **named: Any) -> Any:
    out = right(*args, **named)
    sheet = [(n - k + 1) // s + 1 for n, k, s in _axes(*args, **named)]
    return np.pad(out, [(0, more - n) for more, n in zip(sheet, out.shape, strict=True)])


def _blocks_filled(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    right(image, size, stride)
    return _in_blocks(right, image, halves(size), image.shape)


def _whole_blocks_filled(right: Step, image: Image, size: Any, stride: Any = 1) -> Any:
    right(image, size, stride)
    kh, kw = halves(size)
    return _in_blocks(right, image, (kh, kw), (image.shape[0] // kh * kh, image.shape[1] // kw * kw))


for fill in (_blocks_filled, _whole_blocks_filled):
    mistakes.row(
        fill.__name__[1:],
        "You fill whole blocks of the image with one number; each window gives one number of the result.",
        {"whole": partial(partial, fill), "finish": lambda out, _: out},  # it would see one block at a time
        carries=("windows", "rectangles", "number_types", "leaves_no_trace", "illegal"),  # no stride is read
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
    "Only the size counts the stride, but the windows move by 1: output pixel y looks at row y * stride.",
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
    one_added_early_to_nothing={"count": lambda n, k, s: (n - k + 1) // s},
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
    "You turn the numbers into bytes, which have no signs and no fractions; return float64.",
    bytes_first={"pixels": lambda image: image.astype(np.uint8).astype(np.float64)},
    bytes_returned={"take": lambda window: window.max().astype(np.uint8)},
)
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
