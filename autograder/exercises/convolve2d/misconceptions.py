"""Wrong implementations of `convolve2d(image, kernel, stride=1, padding=0)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, convolve2d, output_size, pair, two_dimensional, zero_pad

Step = Callable[..., Any]
entry = partial(mistake, lesson="1_convolve2d#conv-text")
hint = partial(mistake, lesson="1_convolve2d#conv-hints")
by_hand = partial(mistake, lesson="1_convolve2d#by-hand-text")
turn_entry = partial(mistake, lesson="1_convolve2d#flip-after")
size_entry = partial(mistake, lesson="1_convolve2d#size-text")
stride_entry = partial(mistake, lesson="1_convolve2d#shapes-text")
pad_entry = partial(mistake, lesson="1_convolve2d#pad-text")

SMALLER = "Your output is too large: the kernel may stop only where it lies inside the image completely."
AXES = "Rows and columns are exchanged: the row index y comes first, in the image as in the output."
SHAPE = "`shape` is (height, width): each axis of the output needs the sizes of its own axis."
THREE = "Something in your code is right for 3 by 3 kernels only; take the sizes from `kernel.shape`."
CORNER = "Your windows lie in the wrong place: the first one has its top left corner at (0, 0)."
UNFINISHED = "The last row or column of your output is never computed; let the loops run to its end."
EARLY = "You return from inside the loops, after the first pixels; return after the loops."
INTEGER = "Your output has the image's number type and cuts values off; create it as float64."
SIGN = "Negative answers are half of all edges, from bright to dark; keep them, and large ones as well."
NAN = "A NaN has to show in every window it lies in, under a weight of 0, too; do not replace or skip it."
ROUND_DOWN = "A last step that would leave the image is not taken, so the division has to be rounded down."
STRIDE_PAIR = "A stride may be one number or a pair (vertical, horizontal); use each half for its own axis."
PAD_PAIR = "A padding may be one number or a pair (vertical, horizontal); use each half for its own axis."
ALL_SIDES = "The zeros belong on all four sides of the image; yours are on some of them only."
CORNERED = "The frame is of the right size, but the image lies in its corner; move it to the middle."
ZEROS = "The frame has to be made of zeros, not of copies of the picture or of another number."
FIT = "The kernel does not fit into the padded image anywhere: raise ValueError, do not return something."
BUFFER = (
    "Your result depends on other calls: start each call from a new array, remember nothing between calls."
)
INPUT = "Your function changes the array it was given; work on a copy."
OTHER = "You do refuse what is illegal, but with another exception than the ValueError asked for."


def _float(array: Image) -> Image:
    return array.astype(np.float64)


def _size(n: int, k: int, s: int, p: int) -> int:
    return (n + 2 * p - k) // s + 1


def _fits(image: Image, kernel: Image, strides: Any, paddings: Any) -> None:
    for n, k, s, p in zip(image.shape, kernel.shape, strides, paddings, strict=True):
        output_size(n, k, s, p)


def _window(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    return padded[top : top + kh, left : left + kw]


def _cells(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    """The same window, number by number: outside the image there is an IndexError, or the other end."""
    return padded[np.ix_(range(top, top + kh), range(left, left + kw))]


def _inside(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    """The same window, with zeros where the image ends."""
    window = np.zeros((kh, kw))
    part = padded[top : top + kh, left : left + kw]
    window[: part.shape[0], : part.shape[1]] = part
    return window


def _convolve(
    image: Image,
    kernel: Image,
    stride: Any = 1,
    padding: Any = 0,
    *,
    legal: Step = _fits,
    strides: Step = lambda value: pair("stride", value, least=1),
    paddings: Step = lambda value: pair("padding", value, least=0),
    pixels: Step = _float,
    pad: Step = zero_pad,
    weights: Step = _float,
    size: Step = _size,
    sizes: Step | None = None,
    sheet: Step = np.zeros,
    places: Step = np.ndindex,
    corner: Step = lambda y, x, sh, sw: (y * sh, x * sw),
    cut: Step = _window,
    combine: Step = lambda window, kernel: np.sum(window * kernel),
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel)
    (sh, sw), (ph, pw) = strides(stride), paddings(padding)
    legal(image, kernel, (sh, sw), (ph, pw))
    padded, kernel = pad(pixels(image), (ph, pw)), weights(kernel)
    (h, w), (kh, kw) = image.shape, kernel.shape
    if sizes is None:
        shape = size(h, kh, sh, ph), size(w, kw, sw, pw)
    else:
        shape = sizes((h, w), (kh, kw), (sh, sw), (ph, pw))
    out = sheet(shape)
    with np.errstate(all="ignore"):
        for y, x in places(*shape):
            out[y, x] = combine(cut(padded, *corner(y, x, sh, sw), kh, kw), kernel)
        return finish(out)


# ------------------------------------------------------------------------------- how the kernel lies


@turn_entry("Your kernel is turned by 180 degrees; lay it on the window exactly as it is written.")
def flipped(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: _float(kernel)[::-1, ::-1])


@turn_entry("The rows of your kernel are upside down; lay it on the window exactly as it is written.")
def rows_flipped(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: _float(kernel)[::-1])


@turn_entry("The columns of your kernel are mirrored; lay it on the window exactly as it is written.")
def columns_flipped(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: _float(kernel)[:, ::-1])


@turn_entry("Your kernel is transposed: its rows run down the image, its columns across.")
def kernel_transposed(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.sum(window * kernel.T))


@turn_entry("Your kernel is transposed: its rows run down the image, its columns across.")
def kernel_transposed_first(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    return _convolve(image, two_dimensional("kernel", kernel).T, *args, **named)


@turn_entry("Your kernel is transposed: its rows run down the image, its columns across.")
def kernel_transposed_cells(*args: Any, **named: Any) -> Any:
    def combine(window: Image, kernel: Image) -> Any:
        return sum(window[i, j] * kernel[j, i] for i, j in np.ndindex(*window.shape))

    return _convolve(*args, **named, combine=combine)


@turn_entry("Your kernel is turned by a quarter; lay it on the window exactly as it is written.")
def quarter_turn(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: np.rot90(_float(kernel)))


@turn_entry("Your kernel is turned by a quarter; lay it on the window exactly as it is written.")
def quarter_turn_back(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: np.rot90(_float(kernel), -1))


@turn_entry("Your kernel is mirrored at its other diagonal; lay it on the window exactly as it is written.")
def flipped_and_transposed(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: _float(kernel)[::-1, ::-1].T)


# --------------------------------------------------------------------- where the windows lie


@size_entry("One row and one column are missing: a kernel as large as the image has one place, not none.")
def short(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: (n + 2 * p - k) // s)


@size_entry(SMALLER)
def same_size(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, _, s, p: (n + 2 * p - 1) // s + 1)


@size_entry(SMALLER)
def same_size_cells(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, _, s, p: (n + 2 * p - 1) // s + 1, cut=_cells)


@size_entry(SMALLER)
def same_size_zeros(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, _, s, p: (n + 2 * p - 1) // s + 1, cut=_inside)


@size_entry(SMALLER)
def one_too_many(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: _size(n, k, s, p) + 1)


@size_entry(SMALLER)
def one_too_many_cells(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: _size(n, k, s, p) + 1, cut=_cells)


@size_entry(SMALLER)
def rest_left_zero(*args: Any, **named: Any) -> Any:
    def sheet(shape: tuple[int, int]) -> Image:
        return np.zeros((shape[0] + 1, shape[1] + 1))

    return _convolve(*args, **named, sheet=sheet)


@pad_entry("You pad the image on your own account to keep its size; only `padding` says how many zeros.")
def always_same(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    ph, pw = pair("padding", padding, least=0)
    convolve2d(image, kernel, stride, padding)
    return _convolve(image, kernel, stride, (ph + kernel.shape[0] // 2, pw + kernel.shape[1] // 2))


@size_entry(SHAPE)
def height_and_width(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image[::-1], kernel, s, p))

    return _convolve(*args, **named, sizes=sizes)


@size_entry(SHAPE)
def height_and_width_cells(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image[::-1], kernel, s, p))

    return _convolve(*args, **named, sizes=sizes, cut=_cells)


@size_entry(SHAPE)
def height_twice(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return _size(image[0], kernel[0], s[0], p[0]), _size(image[0], kernel[1], s[1], p[1])

    return _convolve(*args, **named, sizes=sizes)


@size_entry(SHAPE)
def output_sides_exchanged(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image, kernel, s, p))[::-1]

    return _convolve(*args, **named, sizes=sizes)


@size_entry("You use the kernel's height for both axes; the width shrinks by the kernel's width.")
def kernel_height_twice(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image, (kernel[0], kernel[0]), s, p))

    return _convolve(*args, **named, sizes=sizes)


@size_entry("You use the kernel's height for both axes; the width shrinks by the kernel's width.")
def kernel_height_twice_cells(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image, (kernel[0], kernel[0]), s, p))

    return _convolve(*args, **named, sizes=sizes, cut=_cells)


@size_entry("You use the kernel's height and width the wrong way round; rows come first.")
def kernel_sides_exchanged(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple(map(_size, image, kernel[::-1], s, p))

    return _convolve(*args, **named, sizes=sizes)


@size_entry(THREE)
def minus_two(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, _, s, p: _size(n, 3, s, p))


@hint(THREE)
def window_of_three(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, _kh: int, _kw: int) -> Image:
        return padded[top : top + 3, left : left + 3]

    return _convolve(*args, **named, cut=cut)


@hint(AXES)
def image_indices_exchanged(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return _window(padded, left, top, kh, kw)

    return _convolve(*args, **named, cut=cut)


@hint(AXES)
def output_indices_exchanged(*args: Any, **named: Any) -> Any:
    def places(height: int, width: int) -> Any:
        return ((x, y) for y, x in np.ndindex(height, width))

    return _convolve(*args, **named, places=places, corner=lambda x, y, sh, sw: (y * sh, x * sw))


@hint(AXES)
def output_transposed(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: out.T)


@hint(CORNER)
def off_by_one(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return _window(padded, top + 1, left + 1, kh, kw)

    return _convolve(*args, **named, cut=cut)


@hint(CORNER)
def off_by_one_cells(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return padded[np.ix_(np.arange(kh) + top + 1, np.arange(kw) + left + 1)]

    return _convolve(*args, **named, cut=cut)


@hint(CORNER)
def first_window_skipped(*args: Any, **named: Any) -> Any:
    def places(height: int, width: int) -> Any:
        return ((y, x) for y in range(1, height) for x in range(1, width))

    return _convolve(*args, **named, places=places)


@hint(CORNER)
def centred(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return _window(padded, top - kh // 2, left - kw // 2, kh, kw)

    return _convolve(*args, **named, cut=cut)


@hint(CORNER)
def centred_cells(*args: Any, **named: Any) -> Any:
    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return padded[np.ix_(np.arange(kh) + top - kh // 2, np.arange(kw) + left - kw // 2)]

    return _convolve(*args, **named, cut=cut)


@hint(UNFINISHED)
def last_row(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, places=lambda height, width: np.ndindex(height - 1, width))


@hint(UNFINISHED)
def last_column(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, places=lambda height, width: np.ndindex(height, width - 1))


@hint(UNFINISHED)
def last_row_and_column(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, places=lambda height, width: np.ndindex(height - 1, width - 1))


@hint(EARLY)
def return_at_once(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, places=lambda *_: [(0, 0)])


@hint(EARLY)
def return_after_a_row(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, places=lambda _, width: np.ndindex(1, width))


# ------------------------------------------------------------------- what is made of a window


@by_hand("You average the products; a convolution adds them up.")
def mean(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.mean(window * kernel))


@by_hand("You divide by the sum of the weights; use the kernel as given, a blur contains its division.")
def kernel_sum(*args: Any, **named: Any) -> Any:
    def weights(kernel: Image) -> Image:
        return _float(kernel) / (_float(kernel).sum() or 1)

    return _convolve(*args, **named, weights=weights)


@by_hand("You divide by the sum of the weights; use the kernel as given, a blur contains its division.")
def kernel_sum_unguarded(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.sum(window * kernel) / np.sum(kernel))


@by_hand("A matrix product is not what is asked for: multiply window and kernel cell by cell, then add.")
def matrix_product(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.sum(window @ kernel))


@by_hand("You add up the window along one axis only; all products together make one number.")
def axis_sum(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.sum(window * kernel, axis=0))


@by_hand("You take the largest product, which is another operation; add all products up.")
def largest(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.max(window * kernel))


@by_hand("You add the weights to the pixels; each pixel has to be multiplied with the weight on it.")
def added(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.sum(window + kernel))


@by_hand("The sum keeps only its last product; start it at 0 before a window and add each product to it.")
def last_product(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: window[-1, -1] * kernel[-1, -1])


@by_hand("The sum is not set back to 0 before the next window, so it grows and grows.")
def sum_carried_on(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: out.cumsum().reshape(out.shape))


@by_hand("The sum is not set back to 0 before the next window, so it grows and grows.")
def sum_carried_along_rows(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: out.cumsum(axis=1))


@entry("You multiply in the padded image itself, so later windows see changed pixels; multiply a copy.")
def product_in_place(*args: Any, **named: Any) -> Any:
    def combine(window: Image, kernel: Image) -> Any:
        window *= kernel
        return window.sum()

    return _convolve(*args, **named, combine=combine)


@entry(SIGN)
def absolute(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=np.abs)


@entry(SIGN)
def clipped(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: np.clip(out, 0, 255))


@entry(SIGN)
def negative_cut(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: np.maximum(out, 0))


@entry("You stretch the result to 0 to 255; that is a task of its own, here the sums are asked for.")
def stretched(*args: Any, **named: Any) -> Any:
    def finish(out: Image) -> Image:
        span = out.max() - out.min()
        return np.asarray((out - out.min()) / (span or 1) * 255)

    return _convolve(*args, **named, finish=finish)


# --------------------------------------------------------------------------------- number types


@entry(INTEGER)
def output_like_image(image: Image, *args: Any, **named: Any) -> Any:
    return _convolve(image, *args, **named, sheet=lambda shape: np.zeros(shape, np.asarray(image).dtype))


@entry(INTEGER)
def integer_output(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, sheet=lambda shape: np.zeros(shape, int))


@entry("Products of small integers wrap around, 200 * 2 in a byte gives 144; convert to float64 first.")
def products_wrap(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pixels=np.asarray, weights=np.asarray, pad=_keeping_type)


@entry("Products of small integers wrap around, 200 * 2 in a byte gives 144; convert to float64 first.")
def sums_wrap(*args: Any, **named: Any) -> Any:
    def combine(window: Image, kernel: Image) -> Any:
        products = (window * kernel).ravel()
        return products.sum(dtype=products.dtype)

    return _convolve(
        *args, **named, pixels=np.asarray, weights=np.asarray, pad=_keeping_type, combine=combine
    )


def _keeping_type(image: Image, paddings: tuple[int, int]) -> Image:
    return np.pad(image, [(side, side) for side in paddings])


@entry("You turn the image into bytes first; negative pixels and fractions are lost, use float64.")
def image_as_bytes(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pixels=lambda image: image.astype(np.uint8))


@entry("You cut the fractions of the kernel off, which turns a blur into zeros; use float64.")
def kernel_as_integers(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, weights=lambda kernel: kernel.astype(int))


@entry("Results may be negative or above 255; return float64 and make bytes only for display.")
def bytes_returned(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: out.astype(np.uint8))


@entry("You round the sums; later steps need the fractions.")
def rounded(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=np.round)


@entry("You round the sums; later steps need the fractions.")
def truncated(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=np.trunc)


@entry("The result has to be float64; float32 has only about seven digits.")
def float32(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, sheet=lambda shape: np.zeros(shape, np.float32))


@entry("The result has to be float64; float32 has only about seven digits.")
def float32_inside(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=lambda out: out.astype(np.float32).astype(np.float64))


@entry("You return lists; a NumPy array is asked for.")
def returns_list(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named).tolist()


@entry("You compute the output but do not hand it back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _convolve(*args, **named)


# ------------------------------------------------------------------------------- NaN and infinity


@entry(NAN)
def nan_to_zero(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pixels=lambda image: np.nan_to_num(_float(image)))


@entry(NAN)
def nan_alone_to_zero(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pixels=lambda image: np.where(np.isnan(image), 0, _float(image)))


@entry(NAN)
def nan_left_out(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, combine=lambda window, kernel: np.nansum(window * kernel))


@entry(NAN)
def nan_cleaned_up(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, finish=np.nan_to_num)


@entry("One NaN or infinity spoils windows it does not lie in; an FFT mixes all pixels, so treat it apart.")
def nan_everywhere(image: Image, *args: Any, **named: Any) -> Any:
    out = _convolve(image, *args, **named)
    return out if np.isfinite(image).all() else np.full_like(out, np.nan)


@entry("A NaN or an infinity is no reason for an exception here; it shows in the result.")
def nan_refused(image: Image, *args: Any, **named: Any) -> Any:
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    return _convolve(image, *args, **named)


@hint("Cells you skip keep whatever was in memory, since `np.empty` clears nothing; start from zeros.")
def dark_windows_skipped(*args: Any, **named: Any) -> Any:
    def combine(window: Image, kernel: Image) -> Any:
        return np.sum(window * kernel) if window.any() else 1.0

    return _convolve(*args, **named, combine=combine)


# ---------------------------------------------------------------------------------------- stride


@stride_entry("You leave the stride out altogether: the window moves on by `stride` pixels each time.")
def stride_ignored(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    convolve2d(image, kernel, stride, padding)
    return _convolve(image, kernel, 1, padding)


@stride_entry(
    "Your output has the right size, but its windows move by 1: output pixel y looks at row y * stride."
)
def windows_do_not_stride(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, corner=lambda y, x, *_: (y, x))


@stride_entry("You loop over the input in steps and store at the same place; the output has its own indices.")
def input_loop(*args: Any, **named: Any) -> Any:
    return _over_input(*args, **named)


@stride_entry("You loop over the input in steps and store at the same place; the output has its own indices.")
def input_loop_with_holes(*args: Any, **named: Any) -> Any:
    return _over_input(*args, **named, roomy=True)


def _over_input(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, *, roomy: bool = False
) -> Any:
    right, full = convolve2d(image, kernel, stride, padding), convolve2d(image, kernel, 1, padding)
    sh, sw = pair("stride", stride, least=1)
    out = np.zeros(full.shape if roomy else right.shape)
    for y in range(0, full.shape[0], sh):
        for x in range(0, full.shape[1], sw):
            out[y, x] = full[y, x]
    return out


@stride_entry(ROUND_DOWN)
def ceil(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1)


@stride_entry(ROUND_DOWN)
def ceil_cells(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1, cut=_cells)


@stride_entry(ROUND_DOWN)
def ceil_zeros(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1, cut=_inside)


@stride_entry(ROUND_DOWN)
def nearest(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: round((n + 2 * p - k) / s) + 1)


@stride_entry("The + 1 is the first position, which costs no step: add it after the division, not before.")
def plus_one_inside(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: (n + 2 * p - k + 1) // s)


@stride_entry("Sizes are whole numbers, but a division with one slash gives a float: divide with two.")
def float_size(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: (n + 2 * p - k) / s + 1)


@stride_entry(STRIDE_PAIR)
def strides_exchanged(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, strides=lambda value: pair("stride", value, least=1)[::-1])


@stride_entry(STRIDE_PAIR)
def vertical_stride_twice(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, strides=lambda value: (pair("stride", value, least=1)[0],) * 2)


@stride_entry(STRIDE_PAIR)
def horizontal_stride_twice(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, strides=lambda value: (pair("stride", value, least=1)[1],) * 2)


@stride_entry("A stride may be a pair, as tuple or as list: unpack it before you compute with it.")
def stride_number_only(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, strides=_number_only)


def _number_only(value: Any) -> tuple[int, int]:
    if isinstance(value, tuple | list):
        raise TypeError("a pair where a number was expected")
    return pair("value", value, least=1)


def _no_lists(value: Any) -> tuple[int, int]:
    if isinstance(value, list):
        raise TypeError("a list where a number was expected")
    return pair("value", value, least=1)


@stride_entry(
    "The stride moves the window and does not thin it out; the window keeps its neighbouring pixels."
)
def window_thinned(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = pair("stride", stride, least=1)

    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return padded[top : top + kh * sh : sh, left : left + kw * sw : sw]

    return _convolve(image, kernel, stride, padding, cut=cut)


@stride_entry(
    "You keep the wrong positions: the first window lies at (0, 0), and the next ones follow from there."
)
def late_start(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    convolve2d(image, kernel, stride, padding)
    sh, sw = pair("stride", stride, least=1)
    return convolve2d(image, kernel, 1, padding)[sh - 1 :: sh, sw - 1 :: sw]


@stride_entry(
    "You thin the image out before the kernel slides; the stride only skips positions of the window."
)
def image_thinned(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    convolve2d(image, kernel, stride, padding)
    sh, sw = pair("stride", stride, least=1)
    ph, pw = pair("padding", padding, least=0)
    return _convolve(zero_pad(image, (ph, pw))[::sh, ::sw], kernel)


# --------------------------------------------------------------------------------------- padding


@pad_entry("You leave the padding out altogether: put the zeros around the image before the kernel slides.")
def padding_ignored(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    convolve2d(image, kernel, stride, padding)
    return _convolve(image, kernel, stride)


@pad_entry(ALL_SIDES)
def padding_top_left(*args: Any, **named: Any) -> Any:
    return _convolve(
        *args,
        **named,
        pad=lambda image, p: np.pad(image, [(side, 0) for side in p]),
        size=lambda n, k, s, p: (n + p - k) // s + 1,
    )


@pad_entry(ALL_SIDES)
def padding_bottom_right(*args: Any, **named: Any) -> Any:
    return _convolve(
        *args,
        **named,
        pad=lambda image, p: np.pad(image, [(0, side) for side in p]),
        size=lambda n, k, s, p: (n + p - k) // s + 1,
    )


@pad_entry(CORNERED)
def padding_behind(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pad=lambda image, p: np.pad(image, [(0, 2 * side) for side in p]))


@pad_entry(CORNERED)
def padding_ahead(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pad=lambda image, p: np.pad(image, [(2 * side, 0) for side in p]))


@pad_entry(ZEROS)
def padding_edge(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pad=lambda image, p: np.pad(image, [(side, side) for side in p], "edge"))


@pad_entry(ZEROS)
def padding_reflect(*args: Any, **named: Any) -> Any:
    return _convolve(
        *args, **named, pad=lambda image, p: np.pad(image, [(side, side) for side in p], "reflect")
    )


@pad_entry(ZEROS)
def padding_wrap(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pad=lambda image, p: np.pad(image, [(side, side) for side in p], "wrap"))


@pad_entry(ZEROS)
def padding_white(*args: Any, **named: Any) -> Any:
    def pad(image: Image, p: Any) -> Image:
        return np.pad(image, [(side, side) for side in p], constant_values=255)

    return _convolve(*args, **named, pad=pad)


@pad_entry(PAD_PAIR)
def paddings_exchanged(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, paddings=lambda value: pair("padding", value, least=0)[::-1])


@pad_entry(PAD_PAIR)
def vertical_padding_twice(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, paddings=lambda value: (pair("padding", value, least=0)[0],) * 2)


@pad_entry(PAD_PAIR)
def horizontal_padding_twice(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, paddings=lambda value: (pair("padding", value, least=0)[1],) * 2)


@pad_entry("To `np.pad` a plain pair means before and after, on every axis; give it a pair for each axis.")
def padding_before_and_after(*args: Any, **named: Any) -> Any:
    def sizes(image: Any, kernel: Any, s: Any, p: Any) -> Any:
        return tuple((n + sum(p) - k) // step + 1 for n, k, step in zip(image, kernel, s, strict=True))

    return _convolve(*args, **named, pad=lambda image, p: np.pad(image, [p, p]), sizes=sizes)


@pad_entry("A padding may be a pair, as tuple or as list: unpack it before you compute with it.")
def padding_number_only(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    if isinstance(padding, tuple | list):
        raise TypeError("a pair where a number was expected")
    return _convolve(image, kernel, stride, padding)


@pad_entry("You pad the image but compute the output's size without the padding.")
def size_without_padding(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, _: max(0, (n - k) // s + 1))


@pad_entry("The padding is added on both sides of an axis, so it counts twice in the output's size.")
def size_with_half_the_padding(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, size=lambda n, k, s, p: (n + p - k) // s + 1)


@pad_entry("You pad the result, whose border is zero now; pad the image before the kernel slides.")
def output_padded(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    convolve2d(image, kernel, stride, padding)
    return zero_pad(_convolve(image, kernel, stride), padding)


@pad_entry("Your frame is twice as thick as asked for: `padding` counts the zeros of each side already.")
def padding_doubled(*args: Any, **named: Any) -> Any:
    def paddings(value: Any) -> Any:
        return tuple(2 * half for half in pair("padding", value, least=0))

    return _convolve(*args, **named, paddings=paddings, legal=_legal_before_doubling)


def _legal_before_doubling(image: Image, kernel: Image, strides: Any, paddings: Any) -> None:
    _fits(image, kernel, strides, [side // 2 for side in paddings])


# ----------------------------------------------------------------------- what has to be refused


def _anything(*_: Any) -> None:
    """No look at the arguments."""


@size_entry(FIT)
def fit_unchecked(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, legal=_anything)


@size_entry(FIT)
def fit_gives_nothing(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, legal=_anything, size=lambda n, k, s, p: max(0, _size(n, k, s, p)))


@size_entry(FIT)
def fit_gives_none(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    out = _convolve(
        image, kernel, stride, padding, legal=_anything, size=lambda n, k, s, p: max(0, _size(n, k, s, p))
    )
    return out if out.size else None


@size_entry(FIT)
def image_and_kernel_exchanged(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    if np.ndim(image) == np.ndim(kernel) == 2 and all(
        n < k for n, k in zip(image.shape, kernel.shape, strict=True)
    ):
        return _convolve(kernel, image)
    return _convolve(image, kernel, *args, **named)


@size_entry("You compare the kernel with the image alone, but it has to fit the padded image.")
def fit_without_padding(*args: Any, **named: Any) -> Any:
    def legal(image: Image, kernel: Image, strides: Any, _: Any) -> None:
        _fits(image, kernel, strides, (0, 0))

    return _convolve(*args, **named, legal=legal)


@size_entry("A kernel exactly as large as the image still fits once; you refuse it.")
def fit_too_strict(*args: Any, **named: Any) -> Any:
    def legal(image: Image, kernel: Image, strides: Any, paddings: Any) -> None:
        _fits(image, np.ones(np.add(kernel.shape, 1)), strides, paddings)

    return _convolve(*args, **named, legal=legal)


@size_entry("A kernel with even sides is fine; only its fit matters.")
def even_refused(*args: Any, **named: Any) -> Any:
    def legal(image: Image, kernel: Image, strides: Any, paddings: Any) -> None:
        _fits(image, kernel, strides, paddings)
        if kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0:
            raise ValueError("odd sides, please")

    return _convolve(*args, **named, legal=legal)


@size_entry("Images and kernels need not be square; only the fit of the kernel matters.")
def squares_only(*args: Any, **named: Any) -> Any:
    def legal(image: Image, kernel: Image, strides: Any, paddings: Any) -> None:
        _fits(image, kernel, strides, paddings)
        if len({*image.shape}) + len({*kernel.shape}) != 2:
            raise ValueError("squares, please")

    return _convolve(*args, **named, legal=legal)


@stride_entry("With a stride below 1 the kernel never moves on: raise ValueError.")
def stride_unchecked(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, legal=_anything, strides=lambda value: pair("stride", value, least=-9))


@stride_entry("With a stride below 1 the kernel never moves on: raise ValueError.")
def stride_taken_as_one(*args: Any, **named: Any) -> Any:
    def strides(value: Any) -> list[int]:
        return [max(1, half) for half in pair("stride", value, least=-9)]

    return _convolve(*args, **named, strides=strides)


@pad_entry("A negative padding has to raise ValueError; you cut pixels off or ignore it.")
def padding_unchecked(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    ph, pw = pair("padding", padding, least=-9)
    top, left = max(0, -ph), max(0, -pw)
    height, width = two_dimensional("image", image).shape
    return _convolve(image[top : height - top, left : width - left], kernel, stride, (max(0, ph), max(0, pw)))


@pad_entry("A negative padding has to raise ValueError; you cut pixels off or ignore it.")
def padding_taken_as_none(*args: Any, **named: Any) -> Any:
    def paddings(value: Any) -> list[int]:
        return [max(0, half) for half in pair("padding", value, least=-9)]

    return _convolve(*args, **named, paddings=paddings)


@entry("A colour image is not 2-D and has to raise ValueError; look at its dimensions.")
def colour_accepted(image: Image, *args: Any, **named: Any) -> Any:
    return _convolve(image.mean(axis=2) if np.ndim(image) == 3 else image, *args, **named)


@entry("A colour image is not 2-D and has to raise ValueError; look at its dimensions.")
def first_colour_taken(image: Image, *args: Any, **named: Any) -> Any:
    return _convolve(image[:, :, 0] if np.ndim(image) == 3 else image, *args, **named)


@entry("A row of weights is not a 2-D kernel and has to raise ValueError; look at its dimensions.")
def row_accepted(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    return _convolve(image, np.atleast_2d(kernel), *args, **named)


@entry(OTHER)
def asserts(*args: Any, **named: Any) -> Any:
    try:
        return _convolve(*args, **named)
    except ValueError as fault:
        raise AssertionError from fault


@entry(OTHER)
def type_error(*args: Any, **named: Any) -> Any:
    try:
        return _convolve(*args, **named)
    except ValueError as fault:
        raise TypeError from fault


# ------------------------------------------------------------------------- memory and state


@entry(INPUT)
def image_scaled_in_place(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _convolve(image, kernel, *args, **named)
    image *= 2
    return out


@entry(INPUT)
def kernel_turned_in_place(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _convolve(image, kernel, *args, **named)
    kernel[...] = kernel[::-1, ::-1].copy()
    return out


@entry(INPUT)
def result_in_image(image: Image, *args: Any, **named: Any) -> Any:
    out = _convolve(image, *args, **named)
    image[: out.shape[0], : out.shape[1]] = out[: image.shape[0], : image.shape[1]]
    return out


@entry(BUFFER, stateful=True)
def reused_buffer() -> Any:
    buffers: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _convolve(*args, **named)
        buffer = buffers.setdefault(out.shape, out)
        buffer[...] = out
        return buffer

    return wrong


@entry(BUFFER, stateful=True)
def accumulated() -> Any:
    sheets: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _convolve(*args, **named)
        sheets[out.shape] = sheets.get(out.shape, 0) + out
        return sheets[out.shape]

    return wrong


@entry(BUFFER, stateful=True)
def cache_by_shapes() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
        out = _convolve(image, kernel, stride, padding)
        return seen.setdefault((image.shape, kernel.shape, str(stride), str(padding)), out).copy()

    return wrong


@entry(BUFFER, stateful=True)
def cache_by_image() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
        out = _convolve(image, kernel, stride, padding)
        return seen.setdefault((image.tobytes(), image.shape), out).copy()

    return wrong


@entry(
    "You use a variable of the notebook instead of the parameter, so every call sees the same image.",
    stateful=True,
)
def first_image() -> Any:
    images: list[Any] = []

    def wrong(image: Image, *args: Any, **named: Any) -> Any:
        images.append(image)
        return _convolve(images[0], *args, **named)

    return wrong


@entry("You read the memory in C order; an array in Fortran order needs its indices or its own strides.")
def memory_order(*args: Any, **named: Any) -> Any:
    return _convolve(*args, **named, pixels=lambda image: _float(image.ravel(order="K").reshape(image.shape)))


@entry(BUFFER, stateful=True)
def cache_by_arrays() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
        out = _convolve(image, kernel, stride, padding)
        return seen.setdefault((image.tobytes(), image.shape, kernel.tobytes(), kernel.shape), out).copy()

    return wrong


@entry(BUFFER, stateful=True)
def cache_by_sizes() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _convolve(*args, **named)
        return seen.setdefault(out.shape, out).copy()

    return wrong
