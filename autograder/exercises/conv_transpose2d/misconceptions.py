"""Wrong implementations of `conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, convolve2d, pair, two_dimensional

Step = Callable[..., Any]
entry = partial(mistake, lesson="2_transposed#conv-text")

ADD = "Neighbouring stamps overlap, and there they add up; do not overwrite, average or compare them."
CUT = "Here the padding cuts rows and columns off, on all sides; it adds none."
END = "The extra rows and columns of `output_padding` lie at the bottom and on the right only."
RANGE = "`output_padding` has to be smaller than the stride and not negative; raise ValueError otherwise."
EMPTY = "When the padding cuts everything off, nothing is left: raise ValueError."
SPACED = "The stride spaces the stamps: the one of pixel (y, x) begins at (y * stride, x * stride)."
NAN = "A NaN has to show wherever its stamp lies, under a weight of 0, too; do not replace or skip it."
TURNED = "Every stamp shows the kernel as it is written; yours is turned, flipped or transposed."


def _add(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] += stamp


def _crop(sheet: Image, ph: int, pw: int) -> Image:
    return sheet[ph : sheet.shape[0] - ph, pw : sheet.shape[1] - pw]


def _halves(value: Any) -> tuple[int, int]:
    return pair("argument", value, least=0)


def _transposed(
    image: Image,
    kernel: Image,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    *,
    strides: Step = _halves,
    paddings: Step = _halves,
    extras: Step = _halves,
    extra_legal: Step = lambda a, s: 0 <= a < s,
    empty: Step = lambda height, width: min(height, width) < 1,
    numbers: Step = lambda array: array.astype(np.float64),
    weights: Step = lambda kernel: kernel,
    stamp: Step = _add,
    crop: Step = _crop,
    extend: Step = lambda sheet, oh, ow: np.pad(sheet, ((0, oh), (0, ow))),
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel)
    (sh, sw), (ph, pw), (oh, ow) = strides(stride), paddings(padding), extras(output_padding)
    (h, w), (kh, kw) = image.shape, kernel.shape
    rows, columns = (h - 1) * sh + kh, (w - 1) * sw + kw
    legal = min(h, w, kh, kw, sh, sw) > 0 and extra_legal(oh, sh) and extra_legal(ow, sw)
    if not legal or empty(rows + oh - 2 * ph, columns + ow - 2 * pw):
        raise ValueError("there is no such result")
    values, kernel = numbers(image), weights(numbers(kernel))
    sheet = extend(np.zeros((rows, columns), values.dtype), oh, ow)
    with np.errstate(all="ignore"):
        for y, x in np.ndindex(h, w):
            place = slice(y * sh, y * sh + kh), slice(x * sw, x * sw + kw)
            stamp(sheet, place, values[y, x] * kernel)
    return finish(crop(sheet, ph, pw).astype(np.float64))


def _add_what_is_there(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] += np.nan_to_num(stamp, posinf=np.inf, neginf=-np.inf)


def _overwrite(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] = stamp


def _largest(sheet: Image, place: Any, stamp: Image) -> None:
    sheet[place] = np.maximum(sheet[place], stamp)


@entry(ADD)
def overwritten(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, stamp=_overwrite)


@entry(ADD)
def largest_kept(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, stamp=_largest)


@entry(ADD)
def averaged(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    count = _transposed(np.ones(np.shape(image)), np.ones(np.shape(kernel)), *args, **named)
    return _transposed(image, kernel, *args, **named) / np.maximum(count, 1)


@entry(TURNED)
def turned(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, weights=lambda kernel: kernel[::-1, ::-1])


@entry(TURNED)
def transposed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    return _transposed(image, kernel.T, *args, **named)


@entry(TURNED)
def rows_flipped(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, weights=lambda kernel: kernel[::-1])


@entry(TURNED)
def columns_flipped(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, weights=lambda kernel: kernel[:, ::-1])


@entry("You compute the ordinary convolution; the transposed one spreads each pixel over a stamp.")
def forward(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0) -> Any:
    _transposed(image, kernel, stride, padding, output_padding)
    return convolve2d(image, kernel, stride, padding)


@entry("Zeros go between the pixels, and none behind the last one.")
def trailing_zeros(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    sh, sw = _halves(stride)
    right = _transposed(image, kernel, stride, padding, output_padding)
    return np.pad(right, ((0, sh - 1), (0, sw - 1)))


@entry("Insert zeros between the pixels; you repeat the pixels themselves.")
def pixels_repeated(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    shape = _transposed(image, kernel, stride, padding, output_padding).shape
    sh, sw = _halves(stride)
    out = _transposed(np.repeat(np.repeat(image, sh, 0), sw, 1), kernel, 1, padding)
    return out[: shape[0], : shape[1]]


@entry(SPACED)
def stride_ignored(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    _transposed(image, kernel, stride, padding, output_padding)
    return _transposed(image, kernel, 1, padding)


@entry(SPACED)
def strides_exchanged(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, strides=lambda value: _halves(value)[::-1])


@entry(SPACED)
def vertical_stride_twice(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, strides=lambda value: (_halves(value)[0],) * 2)


@entry(CUT)
def padding_ignored(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, crop=lambda sheet, *_: sheet)


@entry(CUT)
def padding_added(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, crop=lambda sheet, ph, pw: np.pad(sheet, ((ph, ph), (pw, pw))))


@entry(CUT)
def cut_at_the_end(*args: Any, **named: Any) -> Any:
    def crop(sheet: Image, ph: int, pw: int) -> Image:
        return sheet[: sheet.shape[0] - 2 * ph, : sheet.shape[1] - 2 * pw]

    return _transposed(*args, **named, crop=crop)


@entry(CUT)
def cut_once(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, crop=lambda sheet, ph, pw: sheet[ph:, pw:])


@entry("A slice that ends at minus the padding is empty when the padding is 0; compute the end instead.")
def crop_of_nothing(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, crop=lambda sheet, ph, pw: sheet[ph:-ph, pw:-pw])


@entry("A padding is a pair (vertical, horizontal); use each half for its own axis.")
def paddings_exchanged(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, paddings=lambda value: _halves(value)[::-1])


@entry("`output_padding` is a pair (vertical, horizontal); use each half for its own axis.")
def extras_exchanged(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, extras=lambda value: _halves(value)[::-1])


@entry("You leave `output_padding` out; it adds rows at the bottom and columns on the right.")
def output_padding_ignored(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, extend=lambda sheet, *_: sheet)


@entry(
    "The extra rows and columns come before you cut: after it they would be zeros, but they hold real values."
)
def extended_after_the_cut(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, output_padding: Any = 0
) -> Any:
    right = _transposed(image, kernel, stride, padding, output_padding)
    oh, ow = _halves(output_padding)
    right[right.shape[0] - oh :] = 0
    right[:, right.shape[1] - ow :] = 0
    return right


@entry(END)
def extended_in_front(*args: Any, **named: Any) -> Any:
    oh, ow = _halves((*args, *[named.get("output_padding", 0)] * 3)[4])
    return np.roll(_transposed(*args, **named), (oh, ow), axis=(0, 1))


@entry(RANGE)
def output_padding_unchecked(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, extra_legal=lambda *_: True)


@entry(RANGE)
def output_padding_up_to_stride(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, extra_legal=lambda a, s: a <= s)


@entry(EMPTY)
def empty_accepted(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, empty=lambda *_: False)


@entry("Products of small integers wrap around; convert to float64 first.")
def products_wrap(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, numbers=lambda array: array)


@entry("You return bytes; negative numbers, large ones and fractions are lost, return float64.")
def bytes_returned(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, finish=lambda out: out.astype(np.uint8))


@entry("Transposed convolution restores the shape and not the values; do not divide by anything.")
def divided_by_the_kernel(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _transposed(image, kernel, *args, **named)
    return out / (np.square(kernel.astype(float)).sum() or 1)


@entry(NAN)
def nan_to_zero(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, numbers=lambda array: np.nan_to_num(array.astype(np.float64)))


@entry(NAN)
def nan_skipped(*args: Any, **named: Any) -> Any:
    return _transposed(*args, **named, stamp=_add_what_is_there)


@entry("You compute the output but do not hand it back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _transposed(*args, **named)


@entry("Your function changes the kernel it was given; work on a copy.")
def kernel_changed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _transposed(image, kernel, *args, **named)
    kernel *= 0
    return out


@entry(
    "The sheet is kept from call to call, so earlier stamps shine through; start from new zeros.",
    stateful=True,
)
def sheet_kept() -> Any:
    sheets: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _transposed(*args, **named)
        sheets[out.shape] = sheets.get(out.shape, 0) + out
        return sheets[out.shape].copy()

    return wrong


KEPT = "Your result keeps something of an earlier call; start each call from a new array."


@entry(KEPT, stateful=True)
def reused_buffer() -> Any:
    buffers: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _transposed(*args, **named)
        buffer = buffers.setdefault(out.shape, out)
        buffer[...] = out
        return buffer

    return wrong


@entry(KEPT, stateful=True)
def cache_by_shapes() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        out = _transposed(image, kernel, *args, **named)
        return seen.setdefault((image.shape, kernel.shape, str(args), str(named)), out).copy()

    return wrong


@entry(KEPT, stateful=True)
def cache_by_arrays() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        out = _transposed(image, kernel, *args, **named)
        return seen.setdefault((image.tobytes(), image.shape, kernel.tobytes(), kernel.shape), out).copy()

    return wrong


@entry(KEPT, stateful=True)
def cache_by_image() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        out = _transposed(image, kernel, *args, **named)
        return seen.setdefault((image.tobytes(), out.shape), out).copy()

    return wrong


@entry("Your function changes the image it was given; work on a copy.")
def image_changed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _transposed(image, kernel, *args, **named)
    image *= 0
    return out
