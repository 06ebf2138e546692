"""Wrong implementations of `zero_pad(image, padding)`."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.checks.habits import (
    ORDER,
    UNCHECKED,
    add_habits,
    anything,
    as_it_is,
    halves,
    in_memory_order,
    number_asked_for,
    number_only,
)
from autograder.checks.mistakes import Step, Table
from reference.convolution import Image, two_dimensional

HINTS = "1_convolve2d#pad-hints"


# ----------------------------------------------------------------------- the right function


def _legal(ph: int, pw: int) -> None:
    if min(ph, pw) < 0:
        raise ValueError("no negative padding")


def _filled(image: Image, rows: Any, columns: Any, mode: Any = "constant", **more: Any) -> Image:
    return np.pad(image, (rows, columns), mode=mode, **more)


def _up_to_size(image: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    more = [size - n for (size, _), n in zip((rows, columns), image.shape, strict=True)]
    return np.pad(image, [(each // 2, each - each // 2) for each in more])  # fails where nothing is missing


def _up_to_size_or_image(image: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    (height, width), (h, w) = image.shape, (rows[0], columns[0])
    return image if h <= height and w <= width else _up_to_size(image, rows, columns)


def _up_to_size_unless_shorter(image: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    (height, width), (h, w) = image.shape, (rows[0], columns[0])
    return image if h < height or w < width else _up_to_size(image, rows, columns)


def _up_to_size_from_corner(image: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    return np.pad(image, [(0, size - n) for (size, _), n in zip((rows, columns), image.shape, strict=True)])


def _pad(
    image: Image,
    padding: Any,
    *,
    flat: Step = two_dimensional,
    padding_pair: Step = halves,
    legal: Step = _legal,
    sides: Step = lambda ph, pw: (ph, pw),
    pixels: Step = lambda image: image.astype(np.float64),
    frame: Step = lambda ph, pw: ((ph, ph), (pw, pw)),
    fill: Step = _filled,
    finish: Step = lambda padded: padded,
) -> Any:
    ph, pw = padding_pair(padding)
    image = flat("image", image)
    legal(ph, pw)
    rows, columns = frame(*sides(ph, pw))
    return finish(fill(pixels(image), rows, columns))


mistakes = Table("zero_pad", "1_convolve2d#pad-text", "frame", _pad)


# --------------------------------------------------------------------------- where zeros lie

mistakes.rows(
    "Zeros belong on all four sides of the image; you put them on some of them only.",
    top_left={"frame": lambda ph, pw: ((ph, 0), (pw, 0))},
    bottom_right={"frame": lambda ph, pw: ((0, ph), (0, pw))},
    rows_only={"frame": lambda ph, _: ((ph, ph), (0, 0))},
    columns_only={"frame": lambda _, pw: ((0, 0), (pw, pw))},
)
mistakes.rows(
    "The frame has the right size, but the image is in its top left corner; move it to the middle.",
    image_in_corner={"frame": lambda ph, pw: ((0, 2 * ph), (0, 2 * pw))},
)
mistakes.rows(
    "The frame has the right size, but the image is in its bottom right corner; move it to the middle.",
    image_in_far_corner={"frame": lambda ph, pw: ((2 * ph, 0), (2 * pw, 0))},
)
mistakes.rows(
    "You split the padding between the two sides, but it counts the zeros on each side.",
    total_padding={"frame": lambda ph, pw: ((ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2))},
)
mistakes.rows(
    "You halve the padding; it counts the zeros on each side.",
    halved={"sides": lambda ph, pw: (ph // 2, pw // 2)},
    halved_up={"sides": lambda ph, pw: ((ph + 1) // 2, (pw + 1) // 2)},
)
mistakes.rows(
    "You take `padding` for the size of the result; it counts the zeros on each side.",
    target_size={"fill": _up_to_size},
    target_size_or_image={"fill": _up_to_size_or_image},
    target_size_unless_shorter={"fill": _up_to_size_unless_shorter},
    target_size_from_corner={"fill": _up_to_size_from_corner},
)
mistakes.rows(
    "Your frame is twice as thick as asked for: `padding` counts the zeros of each side already.",
    doubled={"frame": lambda ph, pw: ((2 * ph, 2 * ph), (2 * pw, 2 * pw))},
)
mistakes.rows(
    "Your frame is one zero thick, whatever the padding is; use the number given.",
    carries=("frame", "leaves_no_trace", "number_types", "illegal"),  # what is never read is no pair either
    always_one={"frame": lambda *_: ((1, 1), (1, 1))},
    one_or_none={"frame": lambda ph, pw: ((min(ph, 1),) * 2, (min(pw, 1),) * 2)},
)
mistakes.rows(
    "The frame has to be made of zeros, not of copies of the picture or of another number.",
    edge={"fill": lambda image, rows, columns: _filled(image, rows, columns, "edge")},
    reflect={"fill": lambda image, rows, columns: _filled(image, rows, columns, "reflect")},
    symmetric={"fill": lambda image, rows, columns: _filled(image, rows, columns, "symmetric")},
    wrap={"fill": lambda image, rows, columns: _filled(image, rows, columns, "wrap")},
    mean={"fill": lambda image, rows, columns: _filled(image, rows, columns, "mean")},
    white={"fill": lambda image, rows, columns: _filled(image, rows, columns, constant_values=255)},
    first_pixel={"fill": lambda image, *sides: _filled(image, *sides, constant_values=image[0, 0])},
    last_pixel={"fill": lambda image, *sides: _filled(image, *sides, constant_values=image[-1, -1])},
    brightest={"fill": lambda image, rows, columns: _filled(image, rows, columns, "maximum")},
    median={"fill": lambda image, rows, columns: _filled(image, rows, columns, "median")},
    darkest={"fill": lambda image, rows, columns: _filled(image, rows, columns, "minimum")},
    mid_grey={"fill": lambda image, *sides: _filled(image, *sides, constant_values=128)},
    grey={"fill": lambda image, *sides: _filled(image, *sides, constant_values=image.mean())},
    nan={"fill": lambda image, rows, columns: _filled(image, rows, columns, constant_values=np.nan)},
    ones={"fill": lambda image, rows, columns: _filled(image, rows, columns, constant_values=1)},
)
mistakes.rows(
    "Your frame is one zero too thick; put exactly `padding` zeros on each side.",
    one_more={"sides": lambda ph, pw: (ph + 1, pw + 1)},
)
mistakes.rows(
    "Your result has more than two dimensions; one image of one channel is 2-D.",
    channel_last={"finish": lambda padded: padded[..., None]},
    batch_and_channel={"finish": lambda padded: padded[None, None]},
)
mistakes.rows(
    "The image comes out mirrored or turned; copy it into the frame as it is.",
    transposed={"flat": lambda name, image: two_dimensional(name, image).T},
)


@mistakes.written(
    "You overwrite the picture's own border with zeros; padding adds new pixels around it.", carries=False
)
def border_overwritten(image: Image, padding: Any) -> Any:
    ph, pw = halves(padding)
    _legal(ph, pw)
    height, width = two_dimensional("image", image).shape
    rows, columns = np.arange(height)[:, None], np.arange(width)
    inner = (rows >= ph) & (rows < height - ph) & (columns >= pw) & (columns < width - pw)
    return np.where(inner, image, 0.0)


@mistakes.written("Height and width are swapped: `image.shape` gives the rows first.")
def height_and_width(image: Image, padding: Any) -> Any:
    width, height = two_dimensional("image", image).shape
    ph, pw = halves(padding)
    _legal(ph, pw)
    padded = np.zeros((height + 2 * ph, width + 2 * pw))
    padded[ph : ph + height, pw : pw + width] = image
    return padded


# ------------------------------------------------------------------------------------- pairs

mistakes.rows(
    "A pair gives rows above and below first, columns left and right second; unpack it in this order.",
    aspect="pairs",
    swapped={"sides": lambda ph, pw: (pw, ph)},
)
mistakes.rows(
    "You take a pair as before and after, on every axis, as `np.pad` does; rows come first, columns second.",
    aspect="pairs",
    before_and_after={"frame": lambda ph, pw: ((ph, pw), (ph, pw))},
)
mistakes.rows(
    "With one half of a pair 0 you put no zeros at all; the other half counts all the same.",
    aspect="pairs",
    only_with_both={"sides": lambda ph, pw: (ph, pw) if ph and pw else (0, 0)},
)
mistakes.rows(
    "You use the first number of the pair in both directions; the second one is for the columns.",
    aspect="pairs",
    first_twice={"sides": lambda ph, _: (ph, ph)},
)
mistakes.rows(
    "You use the second number of the pair in both directions; the first one is for the rows.",
    aspect="pairs",
    second_twice={"sides": lambda _, pw: (pw, pw)},
)
mistakes.rows(
    "The padding may be one number or a pair (vertical, horizontal); handle both.",
    aspect="pairs",
    lesson=HINTS,
    number_only={"padding_pair": number_only},
    number_asked_for={"padding_pair": number_asked_for},
)
mistakes.rows(
    "The padding may be one number as well as a pair; handle both.",
    lesson=HINTS,
    pair_only={"padding_pair": tuple},
)


# ----------------------------------------------------------------------------- number types


mistakes.rows(
    "The result has to be float64 whatever the image is made of.",
    aspect="number_types",
    dtype_kept={"pixels": np.array},
)
mistakes.rows(
    "You turn the pixels into bytes, which loses signs and fractions; the result is float64.",
    bytes_made={"pixels": lambda image: image.astype(np.uint8)},
    bytes_returned={"finish": lambda padded: padded.astype(np.uint8)},
)
mistakes.rows(
    "You make whole numbers of the pixels, which cuts off their fractions; the result is float64.",
    integers_made={"pixels": lambda image: image.astype(int)},
    fractions_lost={"finish": np.trunc},
)
mistakes.rows(
    ORDER,
    aspect="leaves_no_trace",
    memory_order={"pixels": lambda image: in_memory_order(image).astype(np.float64)},
)


# ---------------------------------------------------------------------------- copy and input


@mistakes.around(
    "With a padding of 0 you return the image as it is; return a float64 copy of it.",
    aspect="leaves_no_trace",
)
def nothing_to_pad(right: Step, image: Image, padding: Any) -> Any:
    padded = right(image, padding)
    return padded if any(halves(padding)) else image


@mistakes.around(
    "With a padding of 0 you return the image as it is; return a float64 copy of it.", aspect="number_types"
)
def dtype_kept_without_padding(right: Step, image: Image, padding: Any) -> Any:
    padded = right(image, padding)
    return padded if any(halves(padding)) else image.copy()


def _cut_at_minus_zero(right: Step, image: Image, padding: Any) -> Any:
    padded = right(image, padding)
    ph, pw = halves(padding)
    inner = np.zeros(padded.shape)
    inner[ph:-ph, pw:-pw] = image
    return inner


def _cut_at_minus_zero_in_pairs(right: Step, image: Image, padding: Any) -> Any:
    return (_cut_at_minus_zero if any(halves(padding)) else _call)(right, image, padding)


def _call(right: Step, image: Image, padding: Any) -> Any:
    return right(image, padding)


MINUS_ZERO = (
    "With a padding of 0 a slice such as `p:-p` is empty: let it end at p plus the size of the image."
)
# a number and half a pair may each be 0, which costs points of its own
mistakes.row(
    "slice_to_minus_zero",
    MINUS_ZERO,
    {"whole": partial(partial, _cut_at_minus_zero)},
    aspect="leaves_no_trace",
    carries=False,
)
mistakes.row(
    "slice_to_minus_zero_in_pairs",
    MINUS_ZERO,
    {"whole": partial(partial, _cut_at_minus_zero_in_pairs)},
    aspect="pairs",
    carries=False,
)


@mistakes.around(
    "You clear the border of the image you were given; leave the argument as it was.",
    aspect="leaves_no_trace",
)
def image_cleared(right: Step, image: Image, padding: Any) -> Any:
    padded = right(image, padding)
    image[[0, -1]] = 0
    image[:, [0, -1]] = 0
    return padded


# ------------------------------------------------------------------ what has to be refused


def _cut_or_filled(image: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    (ph, _), (pw, _) = rows, columns
    padded = _filled(image, (max(ph, 0),) * 2, (max(pw, 0),) * 2)
    top, left = max(-ph, 0), max(-pw, 0)
    return padded[top : padded.shape[0] - top, left : padded.shape[1] - left]


def _cut_or_filled_in_any_dimensions(image: Image, rows: Any, columns: Any) -> Image:
    if image.ndim != 2:
        return _of_any_dimensions(image, rows, columns)
    return _cut_or_filled(image, rows, columns)


def _of_any_dimensions(image: Image, rows: Any, columns: Any) -> Image:
    return np.pad(image, [rows, columns, (0, 0)][: image.ndim])


mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked={"flat": as_it_is, "legal": anything, "fill": _cut_or_filled_in_any_dimensions},
    nothing_checked_positive_padding={
        "flat": as_it_is,
        "legal": anything,
        "sides": lambda ph, pw: (max(ph, 0), max(pw, 0)),
        "fill": _of_any_dimensions,
    },
)
mistakes.rows(
    "A negative padding has to raise ValueError; you ignore it or cut pixels off.",
    aspect="illegal",
    negative_ignored={"legal": anything, "sides": lambda ph, pw: (max(ph, 0), max(pw, 0))},
    negative_crops={"legal": anything, "fill": _cut_or_filled},
)
mistakes.rows(
    "You check only one half of the pair; either of them may be negative.",
    aspect="pairs",
    second_half_unchecked={
        "legal": lambda ph, pw: _legal(ph, abs(pw)),
        "sides": lambda ph, pw: (ph, abs(pw)),
    },
    first_half_unchecked={
        "legal": lambda ph, pw: _legal(ph if ph == pw else abs(ph), pw),
        "sides": lambda ph, pw: (abs(ph), pw),
    },
)
mistakes.rows(
    "An image that is not 2-D, such as one in colour, has to raise ValueError; look at its dimensions.",
    aspect="illegal",
    dimensions_unchecked={"flat": lambda _, image: np.asarray(image), "fill": _of_any_dimensions},
    colour_accepted={
        "flat": lambda name, image: two_dimensional(name, image.mean(axis=2) if image.ndim == 3 else image)
    },
    row_accepted={
        "flat": lambda name, image: two_dimensional(name, image[None] if image.ndim == 1 else image)
    },
)

add_habits(
    mistakes,
    result="the padded image",
    types="number_types",
    trace="leaves_no_trace",
    remembers={
        "cache_by_shape": lambda padded, image, _: (image.shape, padded.shape),
        "cache_by_image": lambda _, image, *_args: (image.tobytes(), image.shape),
    },
    changes=["image"],
)
