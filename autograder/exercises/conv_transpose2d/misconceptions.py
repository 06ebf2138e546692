"""Wrong implementations of `conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0)`."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.checks.habits import (
    SEVEN_DIGITS,
    UNCHECKED,
    add_habits,
    add_pair,
    anything,
    as_it_is,
    halves,
    number_asked_for,
    number_only,
    of_a_single_image,
)
from autograder.checks.mistakes import Step, Table
from autograder.checks.works_only_for import DEEP_PADDING
from reference.convolution import Image, convolve2d, two_dimensional

# ----------------------------------------------------------------------- the right function


def _legal(*pairs: tuple[int, int]) -> None:
    if min(map(min, pairs)) < 0:
        raise ValueError("nothing here may be negative")


def _positive(*numbers: int) -> None:
    if min(numbers) < 1:
        raise ValueError("at least 1")


def _extra_legal(a: int, s: int) -> None:
    if not 0 <= a < s:
        raise ValueError("output_padding has to be smaller than the stride")


def _something_left(height: int, width: int) -> None:
    if min(height, width) < 1:
        raise ValueError("nothing is left")


def _add(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] += stamp


def _transposed(
    image: Image,
    kernel: Image,
    stride: Any = None,
    padding: Any = None,
    output_padding: Any = 0,
    *,
    default_stride: int = 1,
    default_padding: int = 0,
    flat: Step = two_dimensional,
    stride_pair: Step = halves,
    padding_pair: Step = halves,
    extra_pair: Step = halves,
    legal: Step = _legal,
    steps: Step = lambda sh, sw: (sh, sw),
    sides: Step = lambda ph, pw: (ph, pw),
    extras: Step = lambda oh, ow: (oh, ow),
    positive: Step = _positive,
    extra_legal: Step = _extra_legal,
    something_left: Step = _something_left,
    moves: Step = lambda given, _default: given,
    cuts: Step = lambda given, _default: given,
    beyond: Step = lambda _sh, _sw: (0, 0),
    numbers: Step = lambda array: array.astype(np.float64),
    turn: Step = lambda kernel: kernel,
    sums: Step = lambda values: values.dtype,
    stamp: Step = _add,
    extend: Step = lambda sheet, oh, ow: np.pad(sheet, ((0, oh), (0, ow))),
    crop: Step = lambda sheet, ph, pw: _cut(sheet, ph, pw, ph, pw),
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = flat("image", image), flat("kernel", kernel)
    stride = default_stride if stride is None else stride
    strides, paddings, more = stride_pair(stride), padding_pair(padding or 0), extra_pair(output_padding)
    legal(strides, paddings, more)
    (sh, sw), (ph, pw), (oh, ow) = steps(*strides), sides(*paddings), extras(*more)
    (h, w), (kh, kw) = image.shape, kernel.shape
    positive(h, w, kh, kw, sh, sw)
    extra_legal(oh, sh)
    extra_legal(ow, sw)
    rows, columns = (h - 1) * sh + kh, (w - 1) * sw + kw
    something_left(rows + oh - 2 * ph, columns + ow - 2 * pw)
    default = halves(default_padding)
    (sh, sw) = moves((sh, sw), halves(default_stride))
    (ph, pw) = default if padding is None else cuts((ph, pw), default)
    below, right = beyond(sh, sw)
    rows, columns = (h - 1) * sh + kh + below, (w - 1) * sw + kw + right
    values, kernel = numbers(image), turn(numbers(kernel))
    sheet = extend(np.zeros((rows, columns), sums(values)), oh, ow)
    with np.errstate(all="ignore"):
        for y, x in np.ndindex(h, w):
            place = slice(y * sh, y * sh + kh), slice(x * sw, x * sw + kw)
            stamp(sheet, place, values[y, x] * kernel)
    return finish(crop(sheet, ph, pw).astype(np.float64))


def _cut(sheet: Image, top: int, left: int, bottom: int, right: int) -> Image:
    return sheet[top : sheet.shape[0] - bottom, left : sheet.shape[1] - right]


mistakes = Table("conv_transpose2d", "2_transposed#conv-text", "stamps", _transposed)


# -------------------------------------------------------------------------------- stamps

ADD = "Neighbouring stamps overlap, and there they add up; do not overwrite, average or compare them."


def _overwrite(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] = stamp


def _largest(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] = np.maximum(sheet[place], stamp)


def _add_what_is_there(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] += np.nan_to_num(stamp, posinf=np.inf, neginf=-np.inf)


def _count_once(sheet: Image, place: Any, stamp: Image) -> None:
    part = sheet[place]
    part[part == 0] = stamp[part == 0]


mistakes.rows(ADD, first_kept={"stamp": _count_once})
mistakes.rows(ADD, overwritten={"stamp": _overwrite}, largest_kept={"stamp": _largest})


@mistakes.around(ADD)
def averaged(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    count = right(np.ones(np.shape(image)), np.ones(np.shape(kernel)), *args, **named)
    return right(image, kernel, *args, **named) / np.maximum(count, 1)


mistakes.rows(
    "Every stamp shows the kernel as it is written; yours is rotated, flipped or transposed.",
    aspect="orientation",
    turned={"turn": lambda kernel: kernel[::-1, ::-1]},
    transposed={
        "flat": lambda name, array: two_dimensional(name, array if name == "image" else np.transpose(array))
    },
    rows_flipped={"turn": lambda kernel: kernel[::-1]},
    columns_flipped={"turn": lambda kernel: kernel[:, ::-1]},
    transposed_if_square={"turn": lambda kernel: kernel.T if kernel.shape[0] == kernel.shape[1] else kernel},
)


def _of_the_flipped_image(*flip: slice) -> Step:
    def wrong(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        return right(two_dimensional("image", image)[flip], kernel, *args, **named)

    return lambda right: partial(wrong, right)


def _flipped_at_the_end(*flip: slice) -> Step:
    return lambda right: lambda *args, **named: right(*args, **named)[flip]


EVERY, BACK = slice(None), slice(None, None, -1)
mistakes.rows(
    "Your result lies flipped: pixel (0, 0) of the image stamps into the top left corner.",
    image_mirrored={"whole": _of_the_flipped_image(EVERY, BACK)},
    image_upside_down={"whole": _of_the_flipped_image(BACK, EVERY)},
    image_turned={"whole": _of_the_flipped_image(BACK, BACK)},
    result_mirrored={"whole": _flipped_at_the_end(EVERY, BACK)},
    result_upside_down={"whole": _flipped_at_the_end(BACK, EVERY)},
    result_turned={"whole": _flipped_at_the_end(BACK, BACK)},
)


@mistakes.around(
    "You compute the ordinary convolution; the transposed one spreads each pixel over a stamp.",
    carries=False,  # nothing of the task is done
)
def forward(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    right(image, kernel, stride, padding, output_padding)
    return convolve2d(image, kernel, stride, padding)


@mistakes.around("You compute the ordinary convolution; the transposed one spreads each pixel over a stamp.")
def forward_on_the_stretched_image(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    right(image, kernel, stride, padding, output_padding)
    (sh, sw), (oh, ow) = halves(stride), halves(output_padding)
    height, width = ((n - 1) * s + 1 for n, s in zip(image.shape, (sh, sw), strict=True))
    stretched = np.zeros((height + oh, width + ow))
    stretched[:height:sh, :width:sw] = image
    return convolve2d(stretched, kernel[::-1, ::-1], 1, padding)


@mistakes.around("Transposed convolution brings back the shape, not the values; don't divide by anything.")
def divided_by_the_kernel(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = right(image, kernel, *args, **named)
    return out / (np.square(kernel.astype(float)).sum() or 1)


mistakes.rows(
    "You divide by the sum of the weights; every stamp shows the kernel as it is written.",
    divided_by_the_weights={"turn": lambda kernel: kernel / (kernel.sum() or 1)},
)


CENTRED = (
    "Your stamps lie half a kernel too far up and left; that of pixel (0, 0) begins in the top left corner."
)


def _moved(*, rolls: bool) -> Step:
    def wrong(
        right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
    ) -> Any:
        right(image, kernel, stride, padding, output_padding)
        (ph, pw), (up, left) = halves(padding), (side // 2 for side in np.shape(kernel))
        sheet = np.roll(right(image, kernel, stride, 0, output_padding), (-up, -left), (0, 1))
        if not rolls:
            sheet[sheet.shape[0] - up :] = 0
            sheet[:, sheet.shape[1] - left :] = 0
        return sheet[ph : sheet.shape[0] - ph, pw : sheet.shape[1] - pw]

    return wrong


mistakes.rows(
    CENTRED,
    centred={"whole": lambda right: partial(_moved(rolls=False), right)},
    centred_around_the_edge={"whole": lambda right: partial(_moved(rolls=True), right)},
)


# -------------------------------------------------------------------------------- stride

APART = (
    "Without a `stride`, stamps begin one pixel apart; yours begin further apart. Use the stride as given, "
    "and 1 by default."
)
mistakes.rows(
    APART,
    stride_of_two_by_default={"default_stride": 2},
    stride_of_three_by_default={"default_stride": 3},
)
mistakes.rows(
    "Without a `padding`, nothing is cut off; you cut a frame off. "
    "Use the padding as given, and 0 by default.",
    padding_of_one_by_default={"default_padding": 1},
)
mistakes.rows(APART, stride_as_gap={"steps": lambda sh, sw: (sh + 1, sw + 1)})

SPACED = "The stride spreads the stamps: the one of pixel (y, x) begins at (y * stride, x * stride)."


@mistakes.around(SPACED)
def side_by_side(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    right(image, kernel, *args, **named)
    return np.kron(image, kernel)


TRAILING = (
    "Your result is stride - 1 too large: nothing comes after the stamp that begins at (n - 1) * stride."
)


mistakes.rows(
    TRAILING,
    aspect="stride",
    trailing_zeros_before_the_cut={"beyond": lambda sh, sw: (sh - 1, sw - 1)},
)
mistakes.rows(
    "Your result goes on after the last stamp: that one begins at (n - 1) * stride and is k pixels long.",
    a_stride_too_large={"beyond": lambda sh, sw: (sh, sw)},
    one_too_large={"beyond": lambda *_: (1, 1)},
)


@mistakes.around(TRAILING, aspect="stride")
def trailing_zeros(
    right: Step, image: Image, kernel: Image, stride: Any = 1, *args: Any, **named: Any
) -> Any:
    out = right(image, kernel, stride, *args, **named)
    sh, sw = halves(stride)
    return np.pad(out, ((0, sh - 1), (0, sw - 1)))


@mistakes.around("You repeat the pixels themselves; put zeros between them.", aspect="stride")
def pixels_repeated(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    height, width = right(image, kernel, stride, padding, output_padding).shape
    sh, sw = halves(stride)
    return right(np.repeat(np.repeat(image, sh, 0), sw, 1), kernel, 1, padding)[:height, :width]


mistakes.rows(SPACED, aspect="stride", stride_ignored={"moves": lambda _given, default: default})
add_pair(mistakes, "stride", "steps")


# ------------------------------------------------------------- padding and output_padding

mistakes.rows(
    "You leave the padding out; here it cuts rows and columns off, on all four sides.",
    aspect="padding",
    padding_ignored={"cuts": lambda _given, default: default},
)
mistakes.rows(
    "Here the padding cuts rows and columns off, on all four sides; it adds none.",
    aspect="padding",
    padding_added={"crop": lambda sheet, ph, pw: np.pad(sheet, ((ph, ph), (pw, pw)))},
)
mistakes.rows(
    "You cut on two sides only; the padding cuts as many rows and columns off on each of the four.",
    aspect="padding",
    cut_at_the_end={
        "crop": lambda sheet, ph, pw: sheet[: sheet.shape[0] - 2 * ph, : sheet.shape[1] - 2 * pw]
    },
    cut_at_the_start={"crop": lambda sheet, ph, pw: sheet[2 * ph :, 2 * pw :]},
    cut_once={"crop": lambda sheet, ph, pw: sheet[ph:, pw:]},
    cut_once_at_the_end={"crop": lambda sheet, ph, pw: sheet[: sheet.shape[0] - ph, : sheet.shape[1] - pw]},
)


def _comes_round(sheet: Image, ph: int, pw: int) -> Image:
    """Cut at the end only, and put what the padding cuts off before where index -1 points to."""
    rows, columns = sheet.shape[0] - ph, sheet.shape[1] - pw
    out = np.zeros((rows - ph, columns - pw))
    for y, x in np.ndindex(rows, columns):
        out[y - ph, x - pw] += sheet[y, x]
    return out


mistakes.rows(
    "Negative indices count from the end: what is cut off at the top and on the left comes back at the other "
    "side; skip it.",
    aspect="padding",
    cut_comes_round={"crop": _comes_round},
)


@mistakes.around(DEEP_PADDING, aspect="padding")
def deep_padding_refused(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    if any(k - 1 - p < 0 for k, p in zip(kernel.shape, halves(padding), strict=True)):
        raise ValueError("index can't contain negative values")
    return right(image, kernel, stride, padding, output_padding)


@mistakes.around(DEEP_PADDING, aspect="padding")
def deep_padding_ignored(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    right(image, kernel, stride, padding, output_padding)
    shallow = tuple(min(k - 1, p) for k, p in zip(kernel.shape, halves(padding), strict=True))
    return right(image, kernel, stride, shallow, output_padding)


mistakes.rows(
    "A slice that ends at minus the padding is empty when the padding is 0; compute the end instead.",
    crop_of_nothing={"crop": lambda sheet, ph, pw: sheet[ph:-ph, pw:-pw]},
)
mistakes.rows(
    "A slice that ends at minus the padding is empty when the padding is 0; compute the end instead.",
    aspect="pairs",
    crop_of_nothing_on_one_axis={"crop": lambda sheet, ph, pw: sheet[ph:-ph, pw:-pw] if ph or pw else sheet},
)
mistakes.rows(
    "You look at one half of the padding only to decide whether to cut; either may be 0 alone.",
    aspect="pairs",
    cut_by_the_first_half={"crop": lambda sheet, ph, pw: sheet[ph:-ph, pw:-pw] if ph else sheet},
    cut_by_the_second_half={"crop": lambda sheet, ph, pw: sheet[ph:-ph, pw:-pw] if pw else sheet},
)
mistakes.rows(
    "With one half of a padding 0 you cut nothing off; the other half has to cut all the same.",
    aspect="pairs",
    cut_only_with_both={"sides": lambda ph, pw: (ph, pw) if ph and pw else (0, 0)},
)
add_pair(mistakes, "padding", "sides")
mistakes.rows(
    "Rows are cut by the vertical half of the padding and columns by the horizontal one, on both sides.",
    aspect="pairs",
    right_cut_by_the_vertical_half={"crop": lambda sheet, ph, pw: _cut(sheet, ph, pw, ph, ph)},
    bottom_cut_by_the_horizontal_half={"crop": lambda sheet, ph, pw: _cut(sheet, ph, pw, pw, pw)},
)
mistakes.rows(
    "`output_padding` may be one number or a pair (vertical, horizontal); use each half for its own axis.",
    aspect="pairs",
    extras_exchanged={"extras": lambda oh, ow: (ow, oh)},
    vertical_extra_twice={"extras": lambda oh, _: (oh, oh)},
    horizontal_extra_twice={"extras": lambda _, ow: (ow, ow)},
)
mistakes.rows(
    "Stride, padding and output_padding may also be pairs (vertical, horizontal): unpack each of them first.",
    aspect="pairs",
    numbers_only={"stride_pair": number_only, "padding_pair": number_only, "extra_pair": number_only},
    numbers_asked_for={
        "stride_pair": number_asked_for,
        "padding_pair": number_asked_for,
        "extra_pair": number_asked_for,
    },
    stride_and_padding_numbers_only={"stride_pair": number_only, "padding_pair": number_only},
    stride_number_only={"stride_pair": number_only},
    padding_number_only={"padding_pair": number_only},
    extra_number_only={"extra_pair": number_only},
)
mistakes.rows(
    "You leave `output_padding` out; it adds rows at the bottom and columns on the right.",
    aspect="output_padding",
    output_padding_ignored={"extend": lambda sheet, *_: sheet},
)
mistakes.rows(
    "The extra rows and columns of `output_padding` are at the bottom and on the right only.",
    aspect="output_padding",
    extended_on_both_sides={"extend": lambda sheet, oh, ow: np.pad(sheet, ((oh, oh), (ow, ow)))},
)


BEFORE_THE_CUT = "Add the extra rows and columns before you cut: they hold real values, not zeros."


@mistakes.around(BEFORE_THE_CUT, aspect="together")
def extended_after_the_cut(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    out = right(image, kernel, stride, padding, output_padding)
    oh, ow = halves(output_padding)
    out[out.shape[0] - oh :] = 0
    out[:, out.shape[1] - ow :] = 0
    return out


@mistakes.around(BEFORE_THE_CUT, aspect="together")
def extended_where_something_is_left(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    right(image, kernel, stride, padding)
    return extended_after_the_cut(right, image, kernel, stride, padding, output_padding)


@mistakes.around(
    "The extra rows and columns of `output_padding` are at the bottom and on the right only.",
    aspect="output_padding",
)
def extended_in_front(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    oh, ow = halves(output_padding)
    return np.roll(right(image, kernel, stride, padding, output_padding), (oh, ow), axis=(0, 1))


@mistakes.around(
    "The extra rows and columns of `output_padding` are at the bottom and on the right only.",
    aspect="output_padding",
)
def extended_before_the_stamps(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    shape = right(image, kernel, stride, padding, output_padding).shape
    (oh, ow), (ph, pw) = halves(output_padding), halves(padding)
    stamps = np.pad(right(image, kernel, stride), ((oh, 0), (ow, 0)))
    return stamps[ph : ph + shape[0], pw : pw + shape[1]]


# ------------------------------------------------------------------ what has to be refused


def _up_to_the_stride(a: int, s: int) -> None:
    _extra_legal(a, s + 1)


NOTHING = {
    "flat": as_it_is,
    "legal": anything,
    "positive": anything,
    "extra_legal": anything,
    "something_left": anything,
}
mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked=NOTHING,
    nothing_checked_positive_padding=NOTHING | {"sides": lambda ph, pw: (max(0, ph), max(0, pw))},
    nothing_checked_positive_everywhere=NOTHING
    | {
        "sides": lambda ph, pw: (max(0, ph), max(0, pw)),
        "extras": lambda oh, ow: (max(0, oh), max(0, ow)),
    },
)
mistakes.rows(
    "The stride, the padding and the dimensions have to be checked as well: raise ValueError.",
    aspect="illegal",
    extra_alone_checked={
        "flat": as_it_is,
        "legal": anything,
        "positive": anything,
        "something_left": anything,
    },
)
mistakes.rows(
    "`output_padding` has to be smaller than the stride and not negative; raise ValueError otherwise.",
    aspect="illegal",
    output_padding_unchecked={"extra_legal": anything},
    output_padding_up_to_stride={"extra_legal": _up_to_the_stride},
)
mistakes.rows(
    "When the padding cuts everything off, nothing is left: raise ValueError.",
    aspect="illegal",
    empty_accepted={"something_left": anything},
)


# ----------------------------------------------------------------------------- number types


def _of_the_images_type(right: Step) -> Step:
    def wrong(image: Image, *args: Any, **named: Any) -> Any:
        with np.errstate(all="ignore"):
            return right(image, *args, **named).astype(image.dtype)

    return wrong


def _of_lists(values: Image) -> Any:
    """Return the type of Python's 0.0 plus a number of the array."""
    return values.dtype if values.dtype.kind == "f" else np.float64


mistakes.rows(
    "Products of small integers wrap around; convert to float64 first.",
    aspect="number_types",
    products_wrap={"numbers": lambda array: array},
    products_wrap_before_the_sums={"numbers": lambda array: array, "sums": lambda _: np.float64},
    products_wrap_in_lists={"numbers": lambda array: array, "sums": _of_lists},
)
mistakes.rows(
    "You return bytes; negative numbers, large ones and fractions are lost, return float64.",
    bytes_returned={"finish": lambda out: out.astype(np.uint8)},
    clipped_to_bytes={"finish": lambda out: np.clip(out, 0, 255).astype(np.uint8)},
)
mistakes.rows(
    "The result has to be float64, not the image's number type.",
    aspect="number_types",
    image_type={"whole": _of_the_images_type},
)
mistakes.rows(
    "You cut off the kernel's fractions; use float64.",
    kernel_as_integers={"turn": np.trunc},
)


@mistakes.around("You turn the image into whole numbers first, which cuts its fractions off; use float64.")
def image_as_integers(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    return right(np.trunc(image), *args, **named)


@mistakes.around("You leave negative pixels out; each pixel stamps, and negative numbers are added, too.")
def negative_skipped(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    return right(np.where(np.less(image, 0), 0, image), *args, **named)


mistakes.rows(
    "You round the sums; later steps need the fractions.",
    rounded={"finish": np.round},
    floored={"finish": np.floor},
    rounded_to_two={"finish": lambda out: np.round(out, 2)},
    rounded_to_four={"finish": lambda out: np.round(out, 4)},
)
mistakes.rows(
    "A NaN has to show wherever its stamp is; don't replace or skip it.",
    aspect="not_a_number",
    nan_to_zero={"numbers": lambda array: np.nan_to_num(array.astype(np.float64))},
    nan_skipped={"stamp": _add_what_is_there},
)

mistakes.rows(SEVEN_DIGITS, aspect="number_types", image_of_float32={"whole": of_a_single_image})
add_habits(
    mistakes,
    result="the output",
    types="number_types",
    trace="leaves_no_trace",
    accumulates="sheet_kept",
    remembers={
        "cache_by_shapes": lambda _, image, kernel, *args, **named: (
            image.shape,
            kernel.shape,
            str(args),
            str(named),
        ),
        "cache_by_arrays": lambda _, image, kernel, *_args, **_named: (
            image.tobytes(),
            image.shape,
            kernel.tobytes(),
            kernel.shape,
        ),
        "cache_by_image": lambda out, image, *_args, **_named: (image.tobytes(), out.shape),
    },
    changes=["image", "kernel"],
)
