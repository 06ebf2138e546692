"""Wrong implementations of `convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1)`."""

from __future__ import annotations

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
from reference.convolution import Image, pair, two_dimensional

COUNT = "1_dilation#dilation-count"


# ----------------------------------------------------------------------- the right function


def _legal(strides: Any, paddings: Any, dilations: Any) -> None:
    if min(*strides, *dilations) < 1 or min(paddings) < 0:
        raise ValueError("no such stride, padding or dilation")


def _span(k: int, d: int) -> int:
    return (k - 1) * d + 1


def _fits(n: int, span: int, p: int) -> None:
    if min(n, span) < 1 or n + 2 * p < span:
        raise ValueError("the kernel does not fit")


def _dilated(
    image: Image,
    kernel: Image,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    *,
    flat: Step = two_dimensional,
    stride_pair: Step = halves,
    padding_pair: Step = halves,
    dilation_pair: Step = halves,
    legal: Step = _legal,
    steps: Step = lambda sh, sw: (sh, sw),
    sides: Step = lambda ph, pw: (ph, pw),
    spread: Step = lambda dh, dw: (dh, dw),
    span: Step = _span,
    spans: Step = lambda span, sides, dilations: tuple(map(span, sides, dilations)),
    fits: Step = _fits,
    pixels: Step = lambda image: image.astype(np.float64),
    weights: Step = lambda kernel: kernel.astype(np.float64),
    turn: Step = lambda kernel: kernel,
    frame: Step = lambda ph, pw, _rows, _columns: (ph, pw),
    pad: Step = lambda image, ph, pw: np.pad(image, ((ph, ph), (pw, pw))),
    size: Step = lambda n, span, s, p: (n + 2 * p - span) // s + 1,
    blank: Step = lambda size, _image: np.zeros(size),
    places: Step = np.ndindex,
    corner: Step = lambda at, s, _: at * s,
    apart: Step = lambda _, d: d,
    reach: Step = lambda k, _span, _d: k,
    first: Step = lambda _k, _span, _d: 0,
    combine: Step = lambda window, kernel: np.sum(window * kernel),
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = flat("image", image), flat("kernel", kernel)
    strides, paddings, dilations = stride_pair(stride), padding_pair(padding), dilation_pair(dilation)
    legal(strides, paddings, dilations)
    strides, paddings, dilations = steps(*strides), sides(*paddings), spread(*dilations)
    covered = spans(span, kernel.shape, dilations)
    for axis in zip(image.shape, covered, paddings, strict=True):
        fits(*axis)
    paddings = frame(*paddings, *covered)
    padded, kernel = pad(pixels(image), *paddings), turn(weights(kernel))
    out = blank(tuple(map(size, image.shape, covered, strides, paddings)), image)
    with np.errstate(all="ignore"):
        for place in places(*out.shape):
            cells = [
                corner(at, s, d) + first(k, covers, d) + np.arange(reach(k, covers, d)) * apart(s, d)
                for at, k, covers, s, d in zip(place, kernel.shape, covered, strides, dilations, strict=True)
            ]
            out[place] = combine(padded[np.ix_(*cells)], kernel)
        return finish(out)


mistakes = Table("convolve2d_dilated", "1_dilation#conv-text", "gaps", _dilated)


# ------------------------------------------------------------------- how the cells are spread


@mistakes.around("You ignore the dilation: the cells of the kernel are `dilation` pixels apart.")
def ignored(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    right(image, kernel, stride, padding, dilation)
    return right(image, kernel, stride, padding)


mistakes.rows(
    "Your output has the right size, but the cells of your kernel stay side by side; "
    "`dilation` moves them apart.",
    window_not_dilated={"apart": lambda *_: 1},
    cells_apart_by_stride={"apart": lambda s, _: s},
)
mistakes.rows(
    "You thin a window as large as the kernel; thin one as large as the dilated kernel, which covers "
    "(k - 1) * dilation + 1 pixels.",
    patch_thinned={"reach": lambda k, _span, d: -(-k // d)},
)
mistakes.rows(
    "The dilated kernel covers more pixels than it has cells; use what it covers for the output's size.",
    size_not_dilated={"span": lambda k, _: k},
)
mistakes.rows(
    "One row and one column are missing: a kernel that covers all of the image has one position, not none.",
    aspect="no_gap",
    short={"size": lambda n, span, s, p: (n + 2 * p - span) // s},
    short_in_steps={"size": lambda n, span, s, p: -(-(n + 2 * p - span) // s)},
)
mistakes.rows(
    "The last row or column of your output is never computed; let the loops run to its end.",
    aspect="no_gap",
    last_row={"places": lambda height, width: np.ndindex(height - 1, width)},
    last_column={"places": lambda height, width: np.ndindex(height, width - 1)},
    last_row_and_column={"places": lambda height, width: np.ndindex(height - 1, width - 1)},
)


def _gaps_of_dilation(k: int, d: int) -> int:
    return k + (k - 1) * d


def _of_a_slice(_: int, span: int, d: int) -> int:
    return -(-span // d)


mistakes.rows(
    "Each of the k - 1 gaps grows by dilation - 1: there is none after the last cell.",
    lesson=COUNT,
    kernel_times_dilation={"span": lambda k, d: k * d},
    kernel_plus_dilation={"span": lambda k, d: k + d - 1},
)
mistakes.rows(
    "You count `dilation` pixels in a gap; there are dilation - 1, so k cells cover (k - 1) * dilation + 1.",
    lesson=COUNT,
    gaps_of_dilation={"span": _gaps_of_dilation},
    gaps_of_dilation_down={
        "spans": lambda span, k, d: (_gaps_of_dilation(k[0], d[0]), span(k[1], d[1])),
    },
    gaps_of_dilation_across={
        "spans": lambda span, k, d: (span(k[0], d[0]), _gaps_of_dilation(k[1], d[1])),
    },
    slices_with_gaps_of_dilation={"span": _gaps_of_dilation, "reach": _of_a_slice},
)
mistakes.rows(
    "`dilation` pixels lie between your cells; there are dilation - 1, as a dilation of 1 leaves none.",
    one_pixel_more={"spread": lambda *both: tuple(d + (d > 1) for d in both)},
)
mistakes.rows(
    "With even sides of the kernel your windows begin too early; the first one begins at (0, 0).",
    centred_by_cells={"first": lambda k, span, d: span // 2 - k // 2 * d},
)
mistakes.rows(
    "Your dilation works along one axis only; a single number is for both.",
    dilation_down_only={"dilation_pair": lambda d: (halves(d)[0], 1) if np.ndim(d) == 0 else halves(d)},
    dilation_across_only={"dilation_pair": lambda d: (1, halves(d)[1]) if np.ndim(d) == 0 else halves(d)},
)
mistakes.rows(
    "A dilation of 1 leaves no gap; you count it as one pixel between the cells.",
    aspect="no_gap",
    dilation_as_gap={"spread": lambda dh, dw: (dh + 1, dw + 1)},
)


THINNED = "Your windows move by stride * dilation, as in a thinned image; dilation spreads the kernel alone."


@mistakes.around(THINNED)
def image_thinned(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    dh, dw = pair("dilation", dilation, least=1)
    return right(image[::dh, ::dw], kernel, stride, padding)


@mistakes.around(THINNED)
def padded_image_thinned(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    (ph, pw), (dh, dw) = pair("padding", padding, least=0), pair("dilation", dilation, least=1)
    return right(np.pad(image, ((ph, ph), (pw, pw)))[::dh, ::dw], kernel, stride)


mistakes.rows(
    "Stride moves the window, dilation spreads the kernel's cells; you have the two mixed up.",
    windows_move_by_dilation={"corner": lambda at, _, d: at * d},
)


@mistakes.around("Stride moves the window, dilation spreads the kernel's cells; you have the two mixed up.")
def stride_and_dilation_exchanged(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    return right(image, kernel, dilation, padding, stride)


mistakes.rows(
    THINNED,
    windows_move_by_both={"corner": lambda at, s, d: at * s * d},
)


@mistakes.around("The padding stays as it is given; it does not grow with the dilation.", aspect="together")
def padding_dilated(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    halves_of_both = zip(pair("padding", padding, least=0), pair("dilation", dilation, least=1), strict=True)
    return right(image, kernel, stride, tuple(p * d for p, d in halves_of_both), dilation)


mistakes.rows(
    "You leave the stride out: the window moves by `stride` pixels each time.",
    aspect="together",
    stride_ignored={"steps": lambda *_: (1, 1)},
)
mistakes.rows(
    "You ignore `padding`: put that many zeros around the image before the kernel slides.",
    aspect="together",
    padding_ignored={"sides": lambda *_: (0, 0)},
)
mistakes.rows(
    "You use neither `stride` nor `padding`: zeros go around the image, and the "
    "window moves by `stride` pixels.",
    aspect="together",
    stride_and_padding_ignored={"steps": lambda *_: (1, 1), "sides": lambda *_: (0, 0)},
)


INPUT_LOOP = "You loop over the input in steps and store at the same place; the output has its own indices."


@mistakes.around(INPUT_LOOP, aspect="together")
def input_loop(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    out, (sh, sw) = np.zeros_like(right(image, kernel, stride, padding, dilation)), halves(stride)
    full = right(image, kernel, 1, padding, dilation)
    for y, x in np.ndindex(full[::sh, ::sw].shape):
        out[y * sh, x * sw] = full[y * sh, x * sw]
    return out


@mistakes.around(INPUT_LOOP, aspect="together")
def input_loop_kept_inside(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    (height, width), (sh, sw) = right(image, kernel, stride, padding, dilation).shape, halves(stride)
    full, out = right(image, kernel, 1, padding, dilation), np.zeros((height, width))
    out[::sh, ::sw] = full[:height:sh, :width:sw]
    return out


def _wrapped(image: Image, ph: int, pw: int) -> Image:
    if ph > image.shape[0] or pw > image.shape[1]:
        raise IndexError("out of bounds")
    before = np.pad(image, ((ph, 0), (pw, 0)), mode="wrap")
    return np.pad(before, ((0, ph), (0, pw)))


mistakes.rows(
    "Negative indices count from the end: above and on the left you take pixels of the opposite "
    "side instead of zeros.",
    aspect="together",
    indices_come_round={"pad": _wrapped},
)
mistakes.rows(
    "You always pad the image by half the kernel; only `padding` says how many zeros go around it.",
    aspect="no_gap",
    always_same={"frame": lambda ph, pw, rows, columns: (ph + rows // 2, pw + columns // 2)},
    same_instead={"frame": lambda _ph, _pw, rows, columns: (rows // 2, columns // 2)},
)
mistakes.rows(
    "You average the products; a convolution adds them up.",
    aspect="no_gap",
    mean={"combine": lambda window, kernel: np.mean(window * kernel)},
)


@mistakes.around("You leave out cells of the kernel; dilation moves them apart and keeps them all.")
def kernel_thinned(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    right(image, kernel, stride, padding, dilation)
    dh, dw = halves(dilation)
    return right(image, kernel[::dh, ::dw], stride, padding)


@mistakes.around("You enlarge the cells of the kernel; dilation moves them apart and leaves nothing between.")
def cells_repeated(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    dh, dw = pair("dilation", dilation, least=1)
    return right(image, np.repeat(np.repeat(kernel, dh, 0), dw, 1), stride, padding)


@mistakes.around("You enlarge the cells of the kernel; dilation moves them apart and leaves nothing between.")
def cells_repeated_inside(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    (dh, dw), (kh, kw) = pair("dilation", dilation, least=1), np.shape(kernel)
    repeated = np.repeat(np.repeat(kernel, dh, 0), dw, 1)[: _span(kh, dh), : _span(kw, dw)]
    return right(image, repeated, stride, padding)


# ------------------------------------------------------------------------------------- pairs

mistakes.rows(
    "A dilation may be one number or a pair (vertical, horizontal); use each half for its own axis.",
    aspect="pairs",
    dilations_exchanged={"spread": lambda dh, dw: (dw, dh)},
    vertical_twice={"spread": lambda dh, _: (dh, dh)},
    horizontal_twice={"spread": lambda _, dw: (dw, dw)},
)
mistakes.rows(
    "Stride, padding and dilation may also be pairs (vertical, horizontal): unpack each of them first.",
    aspect="pairs",
    number_only={"dilation_pair": number_only},
    number_asked_for={"dilation_pair": number_asked_for},
    numbers_only={"stride_pair": number_only, "padding_pair": number_only, "dilation_pair": number_only},
    numbers_asked_for={
        "stride_pair": number_asked_for,
        "padding_pair": number_asked_for,
        "dilation_pair": number_asked_for,
    },
    stride_and_padding_numbers_only={"stride_pair": number_only, "padding_pair": number_only},
    stride_number_only={"stride_pair": number_only},
    padding_number_only={"padding_pair": number_only},
)
add_pair(mistakes, "stride", "steps")
add_pair(mistakes, "padding", "sides")


# ---------------------------------------------------------------------- how the kernel lies

mistakes.rows(
    "Your kernel is rotated by 180 degrees; spread its cells and use it as it is written.",
    aspect="orientation",
    flipped={"turn": lambda kernel: kernel[::-1, ::-1]},
)
mistakes.rows(
    "Your kernel is mirrored; spread its cells and use it as it is written.",
    aspect="orientation",
    rows_flipped={"turn": lambda kernel: kernel[::-1]},
    columns_flipped={"turn": lambda kernel: kernel[:, ::-1]},
)
mistakes.rows(
    "Your kernel is transposed; spread its cells and use it as it is written.",
    aspect="orientation",
    transposed={
        "flat": lambda name, array: two_dimensional(name, array if name == "image" else np.transpose(array))
    },
)


# --------------------------------------------------------------------- numbers and not numbers


def _of_the_images_type(size: tuple[int, ...], image: Image) -> Image:
    return np.zeros(size, image.dtype)


mistakes.rows(
    "The result has to be float64, not the image's number type.",
    aspect="number_types",
    image_type={"blank": _of_the_images_type},
    image_type_of_products={"blank": _of_the_images_type, "pixels": np.asarray, "weights": np.asarray},
)
mistakes.rows(
    "Products of small integers wrap around; convert to float64 first.",
    aspect="number_types",
    products_wrap={"pixels": np.asarray, "weights": np.asarray},
    products_wrap_before_the_sums={
        "pixels": np.asarray,
        "weights": np.asarray,
        "combine": lambda window, kernel: np.sum((window * kernel).astype(np.float64)),
    },
)
mistakes.rows(
    "Results may be negative or above 255; return float64 and make bytes only for display.",
    aspect="no_gap",
    bytes_returned={"finish": lambda out: out.astype(np.uint8)},
    clipped_to_bytes={"finish": lambda out: np.clip(out, 0, 255).astype(np.uint8)},
)
mistakes.rows(
    "You cut off the kernel's fractions; spread it into an array of float64.",
    aspect="no_gap",
    kernel_as_integers={"weights": np.trunc},
)
mistakes.rows(
    "You turn the kernel into bytes, which loses fractions and signs; spread it into an array of float64.",
    aspect="no_gap",
    kernel_as_bytes={"weights": lambda kernel: np.trunc(kernel.astype(np.float64)) % 256},
)


@mistakes.around(
    "You turn the kernel into the image's number type; spread it into an array of float64.",
    aspect="number_types",
)
def kernel_of_the_images_type(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    with np.errstate(all="ignore"):
        return right(image, np.asarray(kernel).astype(np.asarray(image).dtype), *args, **named)


mistakes.rows(
    "You round the sums; later steps need the fractions.",
    aspect="no_gap",
    rounded={"finish": np.round},
    floored={"finish": np.floor},
    rounded_to_two={"finish": lambda out: np.round(out, 2)},
    rounded_to_four={"finish": lambda out: np.round(out, 4)},
)
mistakes.rows(
    "A NaN has to show in every window that touches it; do not replace it.",
    aspect="not_a_number",
    nan_to_zero={"pixels": lambda image: np.nan_to_num(image.astype(np.float64))},
    nan_left_out={"combine": lambda window, kernel: np.nansum(window * kernel)},
)


# ------------------------------------------------------------------ what has to be refused


def _dilation_unchecked(strides: Any, paddings: Any, _: Any) -> None:
    _legal(strides, paddings, (1, 1))


NOTHING = {"flat": as_it_is, "legal": anything, "fits": anything}
mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked=NOTHING,
    nothing_checked_or_nothing=NOTHING | {"size": lambda n, span, s, p: max(0, (n + 2 * p - span) // s + 1)},
    nothing_checked_steps=NOTHING | {"size": lambda n, span, s, p: len(range(0, n + 2 * p - span + 1, s))},
)
mistakes.rows(
    "The dilated kernel doesn't fit on the padded image anywhere: raise ValueError.",
    aspect="illegal",
    fit_of_plain_kernel={
        "fits": anything,
        "size": lambda n, span, s, p: max(0, (n + 2 * p - span) // s + 1),
    },
    fit_unchecked={"fits": anything},
)
mistakes.rows(
    "A dilation below 1 has to raise ValueError.",
    aspect="illegal",
    dilation_taken_as_one={
        "legal": _dilation_unchecked,
        "spread": lambda dh, dw: (max(1, dh), max(1, dw)),
    },
    dilation_unchecked={"legal": _dilation_unchecked},
)

mistakes.rows(SEVEN_DIGITS, aspect="number_types", image_of_float32={"whole": of_a_single_image})
add_habits(
    mistakes,
    result="the output",
    types="number_types",
    trace="leaves_no_trace",
    remembers={
        "cache_by_shapes": lambda _, image, kernel, *args, **named: (
            image.shape,
            kernel.shape,
            str(args),
            str(named),
        ),
        "cache_by_image": lambda out, image, *_args, **_named: (image.tobytes(), out.shape),
    },
    changes=["image", "kernel"],
)
