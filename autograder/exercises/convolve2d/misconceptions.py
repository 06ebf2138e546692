"""Wrong implementations of `convolve2d(image, kernel, stride=1, padding=0)`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.checks.habits import (
    ORDER,
    SEVEN_DIGITS,
    UNCHECKED,
    add_habits,
    add_pair,
    anything,
    as_it_is,
    halves,
    in_memory_order,
    number_asked_for,
    number_only,
    of_a_single_image,
)
from autograder.checks.mistakes import Step, Table
from reference.convolution import Image, pair, two_dimensional, zero_pad

TEXT, HINTS, BY_HAND = "1_convolve2d#conv-text", "1_convolve2d#conv-hints", "1_convolve2d#by-hand-text"
FLIP, SIZE = "1_convolve2d#flip-after", "1_convolve2d#size-text"
STRIDE, PAD = "1_convolve2d#shapes-text", "1_convolve2d#pad-text"


# ----------------------------------------------------------------------- the right function


def _float(array: Image) -> Image:
    return array.astype(np.float64)


def _legal(strides: tuple[int, int], paddings: tuple[int, int]) -> None:
    if min(strides) < 1 or min(paddings) < 0:
        raise ValueError("no such stride or padding")


def _fits(image: Image, kernel: Image, ph: int, pw: int) -> None:
    for n, k, p in zip(image.shape, kernel.shape, (ph, pw), strict=True):
        if min(n, k) < 1 or n + 2 * p < k:
            raise ValueError("the kernel does not fit")


def _size(n: int, k: int, s: int, p: int) -> int:
    return (n + 2 * p - k) // s + 1


def _framed(image: Image, rows: Any, columns: Any, mode: Any = "constant", **more: Any) -> Image:
    if mode != "constant" or more or image.ndim != 2 or min(*rows, *columns) < 0:
        return np.pad(image, (rows, columns), mode=mode, **more)
    (height, width), (above, below), (left, right) = image.shape, rows, columns
    out = np.zeros((above + height + below, left + width + right), image.dtype)  # np.pad, but quicker
    out[above : above + height, left : left + width] = image
    return out


def _window(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    return padded[top : top + kh, left : left + kw]


def _convolve(
    image: Image,
    kernel: Image,
    stride: Any = 1,
    padding: Any = 0,
    *,
    flat: Step = two_dimensional,
    stride_pair: Step = halves,
    padding_pair: Step = halves,
    legal: Step = _legal,
    steps: Step = lambda sh, sw: (sh, sw),
    sides: Step = lambda ph, pw: (ph, pw),
    fits: Step = _fits,
    pixels: Step = _float,
    weights: Step = _float,
    turn: Step = lambda kernel: kernel,
    frame: Step = lambda ph, pw, _kh, _kw: (ph, pw),
    pad: Step = lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw)),
    size: Step = _size,
    sizes: Step = lambda size, *axes: tuple(map(size, *axes)),
    sheet: Step = lambda shape, _: np.zeros(shape),
    places: Step = np.ndindex,
    corner: Step = lambda y, x, sh, sw: (y * sh, x * sw),
    cut: Step = _window,
    combine: Step = lambda window, kernel: (window * kernel).sum(),
    lay: Step = lambda out, _padded, _sides, _steps: out,
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = flat("image", image), flat("kernel", kernel)
    strides, paddings = stride_pair(stride), padding_pair(padding)
    legal(strides, paddings)
    (sh, sw), (ph, pw) = steps(*strides), sides(*paddings)
    fits(image, kernel, ph, pw)
    kernel = turn(weights(kernel))
    (h, w), (kh, kw) = image.shape[:2], kernel.shape[:2]
    ph, pw = frame(ph, pw, kh, kw)
    padded = pad(pixels(image), ph, pw)
    shape = sizes(size, (h, w), (kh, kw), (sh, sw), (ph, pw))
    out = sheet(shape, image)
    with np.errstate(all="ignore"):
        for y, x in places(*shape):
            out[y, x] = combine(cut(padded, *corner(y, x, sh, sw), kh, kw), kernel)
        return finish(lay(out, padded, (kh, kw), (sh, sw)))


mistakes = Table("convolve2d", TEXT, "windows", _convolve)


# ------------------------------------------------------------------- how the kernel lies

mistakes.rows(
    "Your kernel is rotated by 180 degrees; use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    flipped={"turn": lambda kernel: kernel[::-1, ::-1]},
)
mistakes.rows(
    "Your kernel is upside down; use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    rows_flipped={"turn": lambda kernel: kernel[::-1]},
)
mistakes.rows(
    "Your kernel is mirrored left to right; use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    columns_flipped={"turn": lambda kernel: kernel[:, ::-1]},
)
mistakes.rows(
    "Your kernel is transposed: its rows have become columns. Use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    kernel_transposed={"combine": lambda window, kernel: np.sum(window * kernel.T)},
    kernel_transposed_cells={
        "combine": lambda window, kernel: sum(
            window[i, j] * kernel[j, i] for i, j in np.ndindex(*window.shape)
        )
    },
    kernel_transposed_first={
        "flat": lambda name, array: two_dimensional(name, array if name == "image" else np.transpose(array))
    },
)
mistakes.rows(
    "Your kernel is rotated by 90 degrees; use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    quarter_turn={"turn": np.rot90},
    quarter_turn_back={"turn": lambda kernel: np.rot90(kernel, -1)},
)
mistakes.rows(
    "Your kernel is mirrored along its other diagonal; use it exactly as it is written.",
    aspect="orientation",
    lesson=FLIP,
    flipped_and_transposed={"turn": lambda kernel: kernel[::-1, ::-1].T},
)


# ------------------------------------------------------------------ where the windows lie


def _cells(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    """The same window, number by number: outside the image there is an IndexError, or the other end."""
    return padded[np.ix_(range(top, top + kh), range(left, left + kw))]


def _inside(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
    """The same window, with zeros where the image ends."""
    window = np.zeros((kh, kw))
    part = padded[top : top + kh, left : left + kw]
    window[: part.shape[0], : part.shape[1]] = part
    return window


def _as_large(n: int, _k: int, s: int, p: int) -> int:
    return (n + 2 * p - 1) // s + 1


def _one_more(n: int, k: int, s: int, p: int) -> int:
    return _size(n, k, s, p) + 1


def _one_short(axis: int, *axes: tuple[int, int]) -> tuple[int, ...]:
    """As a range that ends too early on one axis: the last window is not reached."""
    n, k, s, p = np.array(axes)
    shorter = n - (np.arange(2) == axis)
    return tuple(map(_size, shorter, k, s, p))


def _half_a_kernel(ph: int, pw: int, kh: int, kw: int) -> tuple[int, int]:
    return ph + kh // 2, pw + kw // 2


def _the_images(n: int, k: int, s: int, p: int) -> int:
    return (n + 2 * (p - k // 2) - 1) // s + 1


def _bordered(mode: str) -> Step:
    return lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), mode)


def _up_to_minus(image: Image, ph: int, pw: int) -> Image:
    """A frame whose inside is cut out as `[p:-p]`, which holds nothing when `p` is 0."""
    out = np.zeros(np.add(image.shape, (2 * ph, 2 * pw)), image.dtype)
    out[ph:-ph, pw:-pw] = image
    return out


def _odd_part(kernel: Image) -> Image:
    """The cells as far from the middle as `(k - 1) // 2`: of an even side, the last one is left out."""
    kh, kw = (2 * ((side - 1) // 2) + 1 for side in kernel.shape)
    return _float(kernel[:kh, :kw])


ODD_PART = {"weights": _odd_part, "fits": _fits}  # and even sides are not refused at the same time


mistakes.rows(
    "One row and one column are missing: a kernel as large as the image has one position, not none.",
    lesson=SIZE,
    short={"size": lambda n, k, s, p: (n + 2 * p - k) // s},
    short_in_steps={"size": lambda n, k, s, p: -(-(n + 2 * p - k) // s)},
)
mistakes.rows(
    "With even sides of the kernel the last row and column are missing: there are n - k + 1 positions.",
    lesson=SIZE,
    short_for_even_sides={"size": lambda n, k, s, p: len(range(k // 2, n + 2 * p - k // 2, s))},
)
mistakes.rows(
    "One row is missing: a kernel as high as the image has one position, not none.",
    lesson=SIZE,
    short_of_a_row={"sizes": lambda _, *axes: _one_short(0, *axes)},
)
mistakes.rows(
    "One column is missing: a kernel as wide as the image has one position, not none.",
    lesson=SIZE,
    short_of_a_column={"sizes": lambda _, *axes: _one_short(1, *axes)},
)
mistakes.rows(
    "Your output is too large: the kernel may stop only where all of it is on the image.",
    lesson=SIZE,
    same_size={"size": _as_large},
    same_size_cells={"size": _as_large, "cut": _cells},
    same_size_zeros={"size": _as_large, "cut": _inside},
    one_too_many={"size": _one_more},
    one_too_many_cells={"size": _one_more, "cut": _cells},
    rest_left_zero={"sheet": lambda shape, _: np.zeros((shape[0] + 1, shape[1] + 1))},
)
mistakes.rows(
    "You always pad the image by half the kernel; only `padding` says how many zeros go around it.",
    lesson=PAD,
    always_same={"frame": lambda ph, pw, kh, kw: (ph + kh // 2, pw + kw // 2)},
    same_instead={"frame": lambda _ph, _pw, kh, kw: (kh // 2, kw // 2)},
    same_without_padding={"frame": lambda ph, pw, kh, kw: (ph or kh // 2, pw or kw // 2)},
    same_by_height={"frame": lambda _ph, _pw, kh, _kw: (kh // 2, kh // 2)},
    same_rounded_down={"frame": lambda _ph, _pw, kh, kw: ((kh - 1) // 2, (kw - 1) // 2)},
    same_as_image={"frame": _half_a_kernel, "size": _the_images},
    same_as_image_instead={
        "frame": lambda _ph, _pw, kh, kw: (kh // 2, kw // 2),
        "size": lambda n, _k, s, _p: (n - 1) // s + 1,
    },
    same_as_image_over_stride={
        "frame": lambda _ph, _pw, kh, kw: (kh // 2, kw // 2),
        "size": lambda n, _k, s, _p: n // s,
    },
    same_as_image_rounded_down={
        "frame": lambda _ph, _pw, kh, kw: ((kh - 1) // 2, (kw - 1) // 2),
        "size": lambda n, _k, s, _p: (n - 1) // s + 1,
    },
    same_as_image_rounded_down_zeros={
        "frame": lambda ph, pw, kh, kw: (ph + (kh - 1) // 2, pw + (kw - 1) // 2),
        "size": lambda n, k, s, p: (n + 2 * (p - (k - 1) // 2) - 1) // s + 1,
        "cut": _inside,
    },
)
mistakes.rows(
    "You always pad the image by half the kernel, and for half of 1 your slice `[0:-0]` is empty.",
    lesson=PAD,
    same_as_image_up_to_minus={"frame": _half_a_kernel, "pad": _up_to_minus, "size": _the_images},
)
mistakes.rows(
    "You always pad the image by half the kernel, and even kernels lose a row and a column.",
    lesson=PAD,
    same_as_image_odd_part=ODD_PART | {"frame": _half_a_kernel, "size": _the_images},
)
mistakes.rows(
    "You put one zero around the image though no padding was asked for: `padding` is 0 unless it is given.",
    lesson=PAD,
    one_zero_by_default={"sides": lambda ph, pw: (ph, pw) if ph or pw else (1, 1)},
    one_zero_more={"sides": lambda ph, pw: (ph + 1, pw + 1)},
    one_zero_always={"sides": lambda *_: (1, 1)},
)
mistakes.rows(
    "You always add copies of the border; `padding` says how much to add, and it adds zeros.",
    lesson=PAD,
    same_with_edge={"frame": _half_a_kernel, "pad": _bordered("edge")},
    same_as_image_with_edge={"frame": _half_a_kernel, "pad": _bordered("edge"), "size": _the_images},
)
mistakes.rows(
    "You always mirror the image at its border; `padding` says how much to add, and it adds zeros.",
    lesson=PAD,
    same_with_mirror={"frame": _half_a_kernel, "pad": _bordered("reflect")},
    same_with_mirrored_edge={"frame": _half_a_kernel, "pad": _bordered("symmetric")},
    same_as_image_with_mirror={"frame": _half_a_kernel, "pad": _bordered("reflect"), "size": _the_images},
    same_as_image_with_mirrored_edge={
        "frame": _half_a_kernel,
        "pad": _bordered("symmetric"),
        "size": _the_images,
    },
)
mistakes.rows(
    "Where the kernel sticks out, you take pixels from the opposite side; leave those positions out.",
    lesson=PAD,
    same_with_wrap={"frame": _half_a_kernel, "pad": _bordered("wrap")},
    same_as_image_with_wrap={"frame": _half_a_kernel, "pad": _bordered("wrap"), "size": _the_images},
    wrapped_ahead={
        "size": _as_large,
        "cut": lambda padded, top, left, kh, kw: padded[
            np.ix_(
                np.arange(top, top + kh) % padded.shape[0],
                np.arange(left, left + kw) % padded.shape[1],
            )
        ],
    },
)
mistakes.rows(
    "With a padding of 0 your image doesn't get into its frame: a slice such as `[0:-0]` is empty.",
    lesson=PAD,
    carries=("padding",),
    up_to_minus_zero={"pad": _up_to_minus},
)
mistakes.rows(
    "You pad by the size of the kernel; only `padding` says how many zeros go around the image.",
    lesson=PAD,
    padded_by_kernel={"frame": lambda _ph, _pw, kh, kw: (kh, kw)},
    padded_by_kernel_as_well={"frame": lambda ph, pw, kh, kw: (ph + kh, pw + kw)},
    full={"frame": lambda ph, pw, kh, kw: (ph + kh - 1, pw + kw - 1)},
)


def _in_the_middle(out: Image, sheet: Image, sides: tuple[int, int], steps: tuple[int, int]) -> Image:
    (kh, kw), (sh, sw) = sides, steps
    for y, x in np.ndindex(*out.shape):
        sheet[y * sh + kh // 2, x * sw + kw // 2] = out[y, x]
    return sheet


def _rim_of_zeros(out: Image, padded: Image, *sides_and_steps: tuple[int, int]) -> Image:
    return _in_the_middle(out, np.zeros(padded.shape), *sides_and_steps)


def _rim_all_around(out: Image, padded: Image, sides: tuple[int, int], steps: tuple[int, int]) -> Image:
    """As wide on all sides: of a kernel with even sides, the last window is left out as well."""
    sheet = _rim_of_zeros(out, padded, sides, steps)
    for axis, side in enumerate(sides):
        np.moveaxis(sheet, axis, 0)[sheet.shape[axis] - side // 2 :] = 0
    return sheet


def _rim_of_the_image(out: Image, padded: Image, *sides_and_steps: tuple[int, int]) -> Image:
    return _in_the_middle(out, padded.copy(), *sides_and_steps)


mistakes.rows(
    "You leave a rim of zeros where the kernel would stick out; those positions aren't in the output.",
    lesson=SIZE,
    rim_of_zeros={"lay": _rim_of_zeros},
    rim_of_zeros_all_around={"lay": _rim_all_around},
)
mistakes.rows(
    "You leave a rim of zeros where the kernel would stick out, and even kernels lose a row and a column.",
    lesson=SIZE,
    rim_of_zeros_odd_part=ODD_PART | {"lay": _rim_of_zeros},
)
mistakes.rows(
    "You keep the image's own border where the kernel would stick out; leave those positions out.",
    lesson=SIZE,
    rim_of_the_image={"lay": _rim_of_the_image},
)


@mistakes.around(
    "You write results into the image while later windows still read it; write into a new array."
)
def written_into_the_image(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0
) -> Any:
    right(image, kernel, stride, padding)
    out, (kh, kw) = zero_pad(image, padding), kernel.shape
    for y in range(out.shape[0] - kh + 1):
        for x in range(out.shape[1] - kw + 1):
            out[y + kh // 2, x + kw // 2] = right(out[y : y + kh, x : x + kw], kernel)[0, 0]
    return out


mistakes.rows(
    "`shape` is (height, width): each axis of the output needs the sizes of its own axis.",
    aspect="rectangles",
    lesson=SIZE,
    height_and_width={"sizes": lambda size, image, *rest: tuple(map(size, image[::-1], *rest))},
    height_and_width_cells={
        "sizes": lambda size, image, *rest: tuple(map(size, image[::-1], *rest)),
        "cut": _cells,
    },
    height_twice={"sizes": lambda size, image, *rest: tuple(map(size, (image[0],) * 2, *rest))},
    output_sides_exchanged={"sizes": lambda size, *axes: tuple(map(size, *axes))[::-1]},
)
mistakes.rows(
    "You use one side of the kernel for both axes; take height and width from `kernel.shape`.",
    aspect="rectangles",
    lesson=SIZE,
    kernel_height_twice={
        "sizes": lambda size, image, kernel, *rest: tuple(map(size, image, (kernel[0],) * 2, *rest))
    },
    kernel_height_twice_cells={
        "sizes": lambda size, image, kernel, *rest: tuple(map(size, image, (kernel[0],) * 2, *rest)),
        "cut": _cells,
    },
)
mistakes.rows(
    "You have the kernel's height and width the wrong way round; rows come first.",
    aspect="rectangles",
    lesson=SIZE,
    kernel_sides_exchanged={
        "sizes": lambda size, image, kernel, *rest: tuple(map(size, image, kernel[::-1], *rest))
    },
)
mistakes.rows(
    "You use one side of the kernel for both axes; take height and width from `kernel.shape`.",
    aspect="rectangles",
    lesson=SIZE,
    kernel_height_only={"turn": lambda kernel: kernel[np.ix_(range(len(kernel)), range(len(kernel)))]},
    kernel_height_fits={
        "turn": lambda kernel: kernel[np.ix_(range(len(kernel)), range(len(kernel)))],
        "fits": lambda image, kernel, ph, pw: _fits(image, np.ones((len(kernel),) * 2), ph, pw),
    },
    kernel_width_only={"turn": lambda kernel: kernel[np.ix_(range(kernel.shape[1]), range(kernel.shape[1]))]},
    kernel_height_window={
        "sizes": lambda size, image, kernel, *rest: tuple(map(size, image, (kernel[0],) * 2, *rest)),
        "cut": lambda padded, top, left, kh, _: _window(padded, top, left, kh, kh),
    },
    kernel_width_window={
        "sizes": lambda size, image, kernel, *rest: tuple(map(size, image, (kernel[1],) * 2, *rest)),
        "cut": lambda padded, top, left, _, kw: _window(padded, top, left, kw, kw),
    },
)
mistakes.rows(
    "You use one side of image and kernel for both axes; take height and width from each `shape`.",
    aspect="rectangles",
    lesson=SIZE,
    heights_only={
        "sizes": lambda size, *axes: (size(*(axis[0] for axis in axes)),) * 2,
        "cut": lambda padded, top, left, kh, _: _window(padded, top, left, kh, kh),
    },
    heights_only_cells={
        "sizes": lambda size, *axes: (size(*(axis[0] for axis in axes)),) * 2,
        "turn": lambda kernel: kernel[np.ix_(range(len(kernel)), range(len(kernel)))],
        "cut": _cells,
    },
)
mistakes.rows(
    "Your output is always square; compute its height and its width separately.",
    aspect="rectangles",
    lesson=SIZE,
    square_output={"sizes": lambda size, *axes: (size(*(axis[0] for axis in axes)),) * 2},
    square_output_cells={
        "sizes": lambda size, *axes: (size(*(axis[0] for axis in axes)),) * 2,
        "cut": _cells,
    },
    square_output_by_width={"sizes": lambda size, *axes: (size(*(axis[1] for axis in axes)),) * 2},
    square_output_by_width_cells={
        "sizes": lambda size, *axes: (size(*(axis[1] for axis in axes)),) * 2,
        "cut": _cells,
    },
)


def _three(padded: Image, top: int, left: int, *_: int) -> Image:
    return padded[top : top + 3, left : left + 3]


def _nine_products(window: Image, kernel: Image) -> Any:
    """The products that loops over 3 by 3 reach; a smaller kernel has no cells there."""
    return (window * kernel[np.ix_(range(3), range(3))]).sum()


NINE = {"cut": _three, "combine": _nine_products}


def _one_more_zero(ph: int, pw: int, *_: int) -> tuple[int, int]:
    return ph + 1, pw + 1


def _all_for_three(n: int, _: int, s: int, p: int) -> int:
    return (n + 2 * p - 3) // s + 1


def _or_none_for_three(n: int, _: int, s: int, p: int) -> int:
    return max(0, _all_for_three(n, 3, s, p))


def _rim_for_three(out: Image, padded: Image, _: Any, steps: tuple[int, int]) -> Image:
    return _rim_of_zeros(out, padded, (3, 3), steps)


def _border_for_three(out: Image, padded: Image, _: Any, steps: tuple[int, int]) -> Image:
    return _rim_of_the_image(out, padded, (3, 3), steps)


def _loops_for(side: int) -> Step:
    """Loops over the positions of kernels of one size, whatever the size: short of the end, or beyond it."""

    def lay(out: Image, padded: Image, _: Any, steps: tuple[int, int]) -> Image:
        reached = [max(0, (n - side) // s + 1) for n, s in zip(padded.shape, steps, strict=True)]
        if not all(reached):
            return np.zeros_like(out)
        for axis, end in enumerate(reached):
            if end > out.shape[axis]:
                raise IndexError("outside of the output")
            np.moveaxis(out, axis, 0)[end:] = 0
        return out

    return lay


def _short_by(count: Step) -> Step:
    """Loops that end early by what `count` makes of the kernel's side."""

    def lay(out: Image, _padded: Image, sides: tuple[int, int], _steps: Any) -> Image:
        for axis, side in enumerate(sides):
            np.moveaxis(out, axis, 0)[max(0, out.shape[axis] - count(side)) :] = 0
        return out

    return lay


mistakes.rows(
    "Your code works for 3 by 3 kernels only; take the sizes from `kernel.shape`.",
    lesson=HINTS,
    minus_two={"size": lambda n, _, s, p: _size(n, 3, s, p)},
    window_of_three={"cut": _three},
    minus_two_windows_of_three={"size": lambda n, _, s, p: _size(n, 3, s, p), "cut": _three},
    nine_cells=NINE | {"size": lambda n, _, s, p: _size(n, 3, s, p)},
    loops_for_three={"lay": _loops_for(3)},
)
mistakes.rows(
    "Your loops have the right end for 2 by 2 kernels only; a kernel of size k has n - k + 1 positions.",
    lesson=SIZE,
    loops_for_two={"lay": _loops_for(2)},
)
mistakes.rows(
    "You take every kernel for 3 by 3, and leave a rim of zeros; those positions aren't in the output.",
    lesson=HINTS,
    rim_for_three={"size": _or_none_for_three, "cut": _three, "lay": _rim_for_three},
    rim_for_nine_cells=NINE | {"size": _or_none_for_three, "lay": _rim_for_three},
)
mistakes.rows(
    "You take every kernel for 3 by 3, and keep the image's own border; leave those positions out.",
    lesson=HINTS,
    border_for_three={"size": _or_none_for_three, "cut": _three, "lay": _border_for_three},
    border_for_nine_cells=NINE | {"size": _or_none_for_three, "lay": _border_for_three},
)
mistakes.rows(
    "You take every kernel for 3 by 3, with one zero around the image; only `padding` says how many.",
    lesson=HINTS,
    same_for_three={"frame": _one_more_zero, "size": _all_for_three, "cut": _three},
    same_for_nine_cells=NINE | {"frame": _one_more_zero, "size": _all_for_three},
)
mistakes.rows(
    "Rows and columns are swapped: the row index y comes first, in the image and in the output.",
    lesson=HINTS,
    image_indices_exchanged={"cut": lambda padded, top, left, kh, kw: _window(padded, left, top, kh, kw)},
    output_indices_exchanged={
        "places": lambda height, width: ((x, y) for y, x in np.ndindex(height, width)),
        "corner": lambda x, y, sh, sw: (y * sh, x * sw),
    },
    output_transposed={"finish": np.transpose},
)
mistakes.rows(
    "Your windows are in the wrong place: the first one has its top left corner at (0, 0).",
    lesson=HINTS,
    off_by_one={"cut": lambda padded, top, left, kh, kw: _window(padded, top + 1, left + 1, kh, kw)},
    off_by_one_cells={"cut": lambda padded, top, left, kh, kw: _cells(padded, top + 1, left + 1, kh, kw)},
    first_window_skipped={
        "places": lambda height, width: ((y, x) for y in range(1, height) for x in range(1, width))
    },
    centred={"cut": lambda padded, top, left, kh, kw: _window(padded, top - kh // 2, left - kw // 2, kh, kw)},
    centred_cells={
        "cut": lambda padded, top, left, kh, kw: _cells(padded, top - kh // 2, left - kw // 2, kh, kw)
    },
)
mistakes.rows(
    "The last row or column of your output is never computed; let the loops run to its end.",
    lesson=HINTS,
    last_row={"places": lambda height, width: np.ndindex(height - 1, width)},
    last_column={"places": lambda height, width: np.ndindex(height, width - 1)},
    last_row_and_column={"places": lambda height, width: np.ndindex(height - 1, width - 1)},
)
mistakes.rows(
    "The last rows and columns of your output are never computed; let the loops run to its end.",
    lesson=HINTS,
    last_kernel={"lay": _short_by(lambda side: side)},
    last_kernel_but_one={"lay": _short_by(lambda side: side - 1)},
    last_half_kernel={"lay": _short_by(lambda side: side // 2)},
)
mistakes.rows(
    "You leave out the border of the output; run the loops from 0 to its end.",
    lesson=HINTS,
    border_left_out={
        "places": lambda height, width: ((y, x) for y in range(1, height - 1) for x in range(1, width - 1))
    },
)
mistakes.rows(
    "Your result has more than two dimensions; one image of one channel is 2-D.",
    batch_and_channel={"finish": lambda out: out[None, None]},
    channel_first={"finish": lambda out: out[None]},
    channel_last={"finish": lambda out: out[..., None]},
    flattened={"finish": np.ravel},
)


def _squeezed(right: Step) -> Step:
    def wrong(*args: Any, **named: Any) -> Any:
        out = right(*args, **named)
        return out.squeeze() if isinstance(out, np.ndarray) else out  # another mistake may return None

    return wrong


mistakes.rows(
    "An output of one row or one column loses an axis in your function; return it as it is, with both.",
    squeezed={"whole": _squeezed},
)
mistakes.rows(
    "You return from inside the loops, after the first pixels; return after the loops.",
    lesson=HINTS,
    return_at_once={"places": lambda *_: [(0, 0)]},
    return_after_a_row={"places": lambda _, width: np.ndindex(1, width)},
)


# --------------------------------------------------------------- what is made of a window


def _multiplied_in_place(window: Image, kernel: Image) -> Any:
    window *= kernel
    return window.sum()


def _clipped_on_the_way(window: Image, kernel: Image) -> float:
    total = 0.0
    for product in (window * kernel).ravel():
        total = np.clip(total + product, 0, 255)
    return total


def _stretched(out: Image) -> Image:
    return np.asarray((out - out.min()) / (out.max() - out.min() or 1) * 255)


mistakes.rows(
    "You average the products; a convolution adds them up.",
    lesson=BY_HAND,
    mean={"combine": lambda window, kernel: np.mean(window * kernel)},
    mean_of_weighted={
        "combine": lambda window, kernel: np.sum(window * kernel) / max(1, np.count_nonzero(kernel))
    },
)
mistakes.rows(
    "You divide by the sum of the weights; use the kernel as given: a blur's weights are divided already.",
    lesson=BY_HAND,
    kernel_sum={"turn": lambda kernel: kernel / (kernel.sum() or 1)},
    kernel_sum_unguarded={"combine": lambda window, kernel: np.sum(window * kernel) / np.sum(kernel)},
    kernel_sum_of_sizes={"turn": lambda kernel: kernel / (np.abs(kernel).sum() or 1)},
    kernel_sum_above_one={"turn": lambda kernel: kernel / max(1, np.abs(kernel).sum())},
)
mistakes.rows(
    "You add up absolute values; a negative product makes the sum smaller.",
    lesson=BY_HAND,
    products_absolute={"combine": lambda window, kernel: np.abs(window * kernel).sum()},
)
mistakes.rows(
    "You subtract the window's mean first; multiply the pixels as they are.",
    lesson=BY_HAND,
    window_mean_subtracted={"combine": lambda window, kernel: ((window - window.mean()) * kernel).sum()},
)
mistakes.rows(
    "You leave out cells of the kernel; the sum has one product for each of them.",
    lesson=BY_HAND,
    first_cell_skipped={"combine": lambda window, kernel: (window * kernel).ravel()[1:].sum()},
    last_cell_skipped={"combine": lambda window, kernel: (window * kernel).ravel()[:-1].sum()},
    first_row_skipped={"combine": lambda window, kernel: (window * kernel)[1:].sum()},
    last_row_skipped={"combine": lambda window, kernel: (window * kernel)[:-1].sum()},
    first_column_skipped={"combine": lambda window, kernel: (window * kernel)[:, 1:].sum()},
    last_column_skipped={"combine": lambda window, kernel: (window * kernel)[:, :-1].sum()},
    first_cells_skipped={"combine": lambda window, kernel: (window * kernel)[1:, 1:].sum()},
    last_cells_skipped={"combine": lambda window, kernel: (window * kernel)[:-1, :-1].sum()},
)
mistakes.rows(
    "You take a matrix product; multiply window and kernel cell by cell, then add.",
    lesson=BY_HAND,
    matrix_product={"combine": lambda window, kernel: np.sum(window @ kernel)},
    matrix_product_transposed={"combine": lambda window, kernel: np.sum(window @ kernel.T)},
    matrix_product_kernel_first={"combine": lambda window, kernel: np.sum(kernel @ window)},
)
mistakes.rows(
    "You add up the window along one axis only; all products together make one number.",
    lesson=BY_HAND,
    carries=False,
    axis_sum={"combine": lambda window, kernel: np.sum(window * kernel, axis=0)},
)
mistakes.rows(
    "You keep only the largest product; add them all up.",
    lesson=BY_HAND,
    largest={"combine": lambda window, kernel: np.max(window * kernel)},
)
mistakes.rows(
    "You add the weights to the pixels; multiply each pixel by the weight on it.",
    lesson=BY_HAND,
    added={"combine": lambda window, kernel: np.sum(window + kernel)},
)
mistakes.rows(
    "Your sum keeps only its last product; start it at 0 before a window and add each product to it.",
    lesson=BY_HAND,
    last_product={"combine": lambda window, kernel: window[-1, -1] * kernel[-1, -1]},
)
mistakes.rows(
    "Your sum isn't reset to 0 before the next window, so it keeps growing.",
    lesson=BY_HAND,
    sum_carried_on={"finish": lambda out: out.cumsum().reshape(out.shape)},
    sum_carried_along_rows={"finish": lambda out: out.cumsum(axis=1)},
)
mistakes.rows(
    "You multiply in the padded image itself, so later windows see changed pixels; multiply a copy.",
    product_in_place={"combine": _multiplied_in_place},
)
mistakes.rows(
    "You cut off what is outside 0 to 255; responses may be negative and large, keep them.",
    clipped={"finish": lambda out: np.clip(out, 0, 255)},
)
mistakes.rows(
    "You cut off the sum at 0 and 255 after each product; add them all up, and keep the sum as it is.",
    clipped_on_the_way={"combine": _clipped_on_the_way},
    clipped_on_the_way_back={
        "combine": lambda window, kernel: _clipped_on_the_way(window[::-1, ::-1], kernel[::-1, ::-1])
    },
)
mistakes.rows(
    "You cut off what is above 255; responses may be larger, keep them.",
    large_cut={"finish": lambda out: np.minimum(out, 255)},
)
mistakes.rows(
    "You cut off what is outside -255 to 255; responses may be larger, keep them.",
    clipped_on_both_sides={"finish": lambda out: np.clip(out, -255, 255)},
)
mistakes.rows(
    "You drop the signs, and cut off what is above 255; negative and large responses are to stay.",
    absolute_clipped={"finish": lambda out: np.minimum(np.abs(out), 255)},
)
mistakes.rows(
    "Negative responses are half of all edges, bright to dark; keep them, with their sign.",
    absolute={"finish": np.abs},
    negative_cut={"finish": lambda out: np.maximum(out, 0)},
)
mistakes.rows(
    "You stretch the result to 0 to 255; that is a later task; here, return the sums themselves.",
    stretched={"finish": _stretched},
    stretched_to_bytes={"finish": lambda out: _stretched(out).astype(np.uint8)},
    divided_by_largest={"finish": lambda out: out / out.max()},
    brightest_255={"finish": lambda out: out / out.max() * 255},
)


# --------------------------------------------------------------------------- number types


def _whole_sum(window: Image, kernel: Image) -> Any:
    products = (window * kernel).ravel()
    return products.sum(dtype=products.dtype)


mistakes.rows(
    "Your output has the image's number type, which cuts values off; create it as float64.",
    aspect="number_types",
    output_like_image={"sheet": lambda shape, image: np.zeros(shape, image.dtype)},
)
mistakes.rows(
    "Your output is made of whole numbers, which cuts fractions off; create it as float64.",
    integer_output={"sheet": lambda shape, _: np.zeros(shape, int)},
    truncated={"finish": np.trunc},
    integers_returned={"finish": lambda out: out.astype(int)},
)
mistakes.rows(
    "Products of small integers wrap around, 200 * 2 in a byte gives 144; convert to float64 first.",
    aspect="number_types",
    products_wrap={"pixels": np.asarray, "weights": np.asarray},
    sums_wrap={"pixels": np.asarray, "weights": np.asarray, "combine": _whole_sum},
)
mistakes.rows(
    "You turn the image into bytes first; negative pixels and fractions are lost, use float64.",
    image_as_bytes={"pixels": lambda image: image.astype(np.uint8)},
)
mistakes.rows(
    "You turn the image into whole numbers first, which cuts its fractions off; use float64.",
    image_as_integers={"pixels": lambda image: image.astype(int)},
)
mistakes.rows(
    "You turn image and kernel into whole numbers first, which cuts their fractions off; use float64.",
    both_as_integers={
        "pixels": lambda image: image.astype(int),
        "weights": lambda kernel: kernel.astype(int),
    },
)
mistakes.rows(
    "You cut the image off at 0 and 255 first; its numbers may be negative and large, keep them.",
    image_clipped={"pixels": lambda image: np.clip(image, 0, 255).astype(np.float64)},
)
mistakes.rows(
    "You cut off the kernel's fractions, which turns a blur into zeros; use float64.",
    kernel_as_integers={"weights": lambda kernel: kernel.astype(int)},
)
mistakes.rows(
    "You turn each product into a whole number, which cuts its fraction off; use float64.",
    products_as_integers={"combine": lambda window, kernel: np.trunc(window * kernel).sum()},
)
mistakes.rows(
    "Results may be negative or above 255; return float64 and make bytes only for display.",
    bytes_returned={"finish": lambda out: out.astype(np.uint8)},
    rounded_bytes={"finish": lambda out: np.round(out).astype(np.uint8)},
    clipped_to_bytes={"finish": lambda out: np.clip(out, 0, 255).astype(np.uint8)},
    clipped_to_rounded_bytes={"finish": lambda out: np.round(np.clip(out, 0, 255)).astype(np.uint8)},
    absolute_bytes={"finish": lambda out: np.abs(out).astype(np.uint8)},
    absolute_rounded_bytes={"finish": lambda out: np.round(np.abs(out)).astype(np.uint8)},
    absolute_clipped_to_bytes={"finish": lambda out: np.minimum(np.abs(out), 255).astype(np.uint8)},
    absolute_clipped_to_rounded_bytes={
        "finish": lambda out: np.round(np.minimum(np.abs(out), 255)).astype(np.uint8)
    },
    negative_cut_bytes={"finish": lambda out: np.maximum(out, 0).astype(np.uint8)},
    negative_cut_rounded_bytes={"finish": lambda out: np.round(np.maximum(out, 0)).astype(np.uint8)},
    signed_bytes={"finish": lambda out: out.astype(np.int8)},
)
mistakes.rows(
    "Your output is of a type without a sign, where negative sums become huge; return float64.",
    unsigned_returned={"finish": lambda out: out.astype(np.uint32)},
    unsigned_rounded={"finish": lambda out: np.round(out).astype(np.uint32)},
    long_unsigned_returned={"finish": lambda out: out.astype(np.uint64)},
    long_unsigned_rounded={"finish": lambda out: np.round(out).astype(np.uint64)},
    short_unsigned_returned={"finish": lambda out: out.astype(np.uint16)},
    short_unsigned_rounded={"finish": lambda out: np.round(out).astype(np.uint16)},
)
mistakes.rows(
    "Your results are whole numbers without a sign; keep their fractions, and negative ones as they are.",
    absolute_truncated={"finish": lambda out: np.trunc(np.abs(out))},
    absolute_rounded={"finish": lambda out: np.round(np.abs(out))},
    negative_cut_truncated={"finish": lambda out: np.trunc(np.maximum(out, 0))},
    negative_cut_rounded={"finish": lambda out: np.round(np.maximum(out, 0))},
)
mistakes.rows(
    "You round the sums; later steps need the fractions.",
    rounded={"finish": np.round},
    rounded_up_from_a_half={"finish": lambda out: np.floor(out + 0.5)},
    floored={"finish": np.floor},
    rounded_to_two={"finish": lambda out: np.round(out, 2)},
    rounded_to_four={"finish": lambda out: np.round(out, 4)},
)
mistakes.rows(
    SEVEN_DIGITS,
    aspect="number_types",
    float32_inside={"finish": lambda out: out.astype(np.float32).astype(np.float64)},
    image_of_float32={"whole": of_a_single_image},
    float32_pixels={"pixels": lambda image: image.astype(np.float32), "weights": np.asarray},
    float32_first={
        "pixels": lambda image: image.astype(np.float32),
        "weights": lambda kernel: kernel.astype(np.float32),
    },
)


# ----------------------------------------------------------------------- NaN and infinity

NAN = "A NaN has to show in every window that contains it; don't replace or skip it."

mistakes.rows(
    NAN,
    aspect="not_a_number",
    nan_to_zero={"pixels": lambda image: np.nan_to_num(_float(image))},
    nan_alone_to_zero={"pixels": lambda image: np.where(np.isnan(image), 0, _float(image))},
    nan_left_out={"combine": lambda window, kernel: np.nansum(window * kernel)},
    nan_cleaned_up={"finish": np.nan_to_num},
)
mistakes.rows(
    "Cells you skip keep whatever was in memory, since `np.empty` clears nothing; start from zeros.",
    lesson=HINTS,
    dark_windows_skipped={"combine": lambda window, kernel: np.sum(window * kernel) if window.any() else 1.0},
)


@mistakes.around(
    "NaN and infinity spoil windows that don't contain them: an FFT mixes all pixels, so treat them apart.",
    aspect="not_a_number",
)
def nan_everywhere(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    out = right(image, *args, **named)
    return out if np.isfinite(image).all() else np.full_like(out, np.nan)


@mistakes.around(
    "A NaN or infinity is no reason to raise here; it shows in the result.", aspect="not_a_number"
)
def nan_refused(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    return right(image, *args, **named)


# --------------------------------------------------------------------------------- stride


def _rounded_up(n: int, k: int, s: int, p: int) -> int:
    return math.ceil((n + 2 * p - k) / s) + 1


def _nearest(n: int, k: int, s: int, p: int) -> int:
    return round((n + 2 * p - k) / s) + 1


def _nearest_count(n: int, k: int, s: int, p: int) -> int:
    return round((n + 2 * p - k) / s + 1)  # of two as near, Python takes the even one


def _reached_twice(out: Image, _padded: Image, _sides: Any, steps: tuple[int, int]) -> Image:
    sh, sw = steps
    out[(out.shape[0] - 1) // sh + 1 :] = 0
    out[:, (out.shape[1] - 1) // sw + 1 :] = 0
    return out


def _in_steps(out: Image, _padded: Image, _sides: Any, steps: tuple[int, int]) -> Image:
    sheet, (sh, sw) = np.zeros(out.shape), steps
    sheet[::sh, ::sw] = out[::sh, ::sw]
    return sheet


def _half_up(n: int, k: int, s: int, p: int) -> int:
    return math.floor((n + 2 * p - k) / s + 0.5) + 1


mistakes.rows(
    "You leave the stride out: the window moves by `stride` pixels each time.",
    aspect="stride",
    lesson=STRIDE,
    stride_ignored={"steps": lambda *_: (1, 1)},
)
mistakes.rows(
    "Only the size counts the stride, but the windows move by 1: output pixel y looks at row y * stride.",
    aspect="stride",
    lesson=STRIDE,
    windows_do_not_stride={"corner": lambda y, x, *_: (y, x)},
)
mistakes.rows(
    "A last step that would leave the image is not taken, so the division has to be rounded down.",
    aspect="stride",
    lesson=STRIDE,
    ceil={"size": _rounded_up},
    ceil_cells={"size": _rounded_up, "cut": _cells},
    ceil_zeros={"size": _rounded_up, "cut": _inside},
    nearest={"size": _nearest},
    nearest_cells={"size": _nearest, "cut": _cells},
    nearest_zeros={"size": _nearest, "cut": _inside},
    nearest_count={"size": _nearest_count},
    nearest_count_cells={"size": _nearest_count, "cut": _cells},
    nearest_count_zeros={"size": _nearest_count, "cut": _inside},
    half_up={"size": _half_up},
    half_up_cells={"size": _half_up, "cut": _cells},
    half_up_zeros={"size": _half_up, "cut": _inside},
)
mistakes.rows(
    "Your stride works along one axis only; the window moves down and across by it.",
    aspect="stride",
    lesson=STRIDE,
    stride_down_only={"steps": lambda sh, _: (sh, 1)},
    stride_across_only={"steps": lambda _, sw: (1, sw)},
    windows_stride_down_only={"corner": lambda y, x, sh, _: (y * sh, x)},
    windows_stride_across_only={"corner": lambda y, x, _, sw: (y, x * sw)},
)
mistakes.rows(
    "The stride belongs into the number of positions or into the step of your loops, but not into both.",
    aspect="stride",
    lesson=STRIDE,
    stride_counted_twice={"size": lambda n, k, s, p: (_size(n, k, s, p) - 1) // s + 1},
    stride_counted_twice_in_zeros={"lay": _reached_twice},
    output_in_steps={"lay": _in_steps},
)
mistakes.rows(
    "The + 1 is the first position, which costs no step: add it after the division, not before.",
    aspect="stride",
    lesson=STRIDE,
    plus_one_inside={"size": lambda n, k, s, p: (n + 2 * p - k + 1) // s},
)
mistakes.rows(
    "Sizes are whole numbers, but a division with one slash gives a float: divide with two.",
    lesson=STRIDE,
    carries=False,
    float_size={"size": lambda n, k, s, p: (n + 2 * p - k) / s + 1},
)
add_pair(mistakes, "stride", "steps", lesson=PAD)
mistakes.rows(
    "A stride may also be a pair (vertical, horizontal): unpack it before you compute with it.",
    aspect="pairs",
    lesson=PAD,
    stride_number_only={"stride_pair": number_only},
    stride_number_asked_for={"stride_pair": number_asked_for},
)
mistakes.rows(
    "Stride and padding may also be pairs (vertical, horizontal): unpack each before you compute with it.",
    aspect="pairs",
    lesson=PAD,
    numbers_only={"stride_pair": number_only, "padding_pair": number_only},
    numbers_asked_for={"stride_pair": number_asked_for, "padding_pair": number_asked_for},
    padding_number_asked_for_first={"stride_pair": number_only, "padding_pair": number_asked_for},
    stride_number_asked_for_first={"stride_pair": number_asked_for, "padding_pair": number_only},
)


@mistakes.around(
    "You loop over the input in steps and store at the same place; the output has its own indices.",
    aspect="stride",
    lesson=STRIDE,
)
def input_loop(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    out = np.zeros_like(right(image, kernel, stride, padding))
    return _every_step(right(image, kernel, 1, padding), halves(stride), out)


@mistakes.around(
    "You loop over the input in steps and store at the same place; the output has its own indices.",
    aspect="stride",
    lesson=STRIDE,
)
def input_loop_with_holes(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    right(image, kernel, stride, padding)
    full = right(image, kernel, 1, padding)
    return _every_step(full, halves(stride), np.zeros_like(full))


@mistakes.around(
    "You loop over the input in steps and store at the same place; the output has its own indices.",
    aspect="stride",
    lesson=STRIDE,
)
def input_loop_kept_inside(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0
) -> Any:
    out = np.zeros_like(right(image, kernel, stride, padding))
    height, width = out.shape
    return _every_step(right(image, kernel, 1, padding)[:height, :width], halves(stride), out)


def _every_step(full: Image, strides: tuple[int, int], out: Image) -> Image:
    sh, sw = strides
    for y in range(0, full.shape[0], sh):
        for x in range(0, full.shape[1], sw):
            out[y, x] = full[y, x]
    return out


@mistakes.written(
    "The stride moves the window and does not thin it out; the window keeps its neighbouring pixels.",
    aspect="stride",
    lesson=STRIDE,
)
def window_thinned(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = pair("stride", stride, least=1)

    def cut(padded: Image, top: int, left: int, kh: int, kw: int) -> Image:
        return padded[top : top + kh * sh : sh, left : left + kw * sw : sw]

    return _convolve(image, kernel, stride, padding, cut=cut)


@mistakes.around(
    "You keep the wrong positions: the first window is at (0, 0), and the others follow from there.",
    aspect="stride",
    lesson=STRIDE,
)
def late_start(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    right(image, kernel, stride, padding)
    sh, sw = halves(stride)
    return right(image, kernel, 1, padding)[sh - 1 :: sh, sw - 1 :: sw]


@mistakes.around(
    "You keep the wrong positions: the first window is at (0, 0), and the others follow from there.",
    aspect="stride",
    lesson=STRIDE,
)
def middle_start(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    right(image, kernel, stride, padding)
    sh, sw = halves(stride)
    return right(image, kernel, 1, padding)[sh // 2 :: sh, sw // 2 :: sw]


@mistakes.around(
    "You thin the image out before the kernel slides; the stride only skips positions of the window.",
    aspect="stride",
    lesson=STRIDE,
)
def image_thinned(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    right(image, kernel, stride, padding)
    sh, sw = halves(stride)
    return right(zero_pad(image, padding)[::sh, ::sw], kernel)


# -------------------------------------------------------------------------------- padding


def _half_counted(n: int, k: int, s: int, p: int) -> int:
    return (n + p - k) // s + 1


def _pad_or_crop(image: Image, ph: int, pw: int) -> Image:
    top, left = max(0, -ph), max(0, -pw)
    image = image[top : image.shape[0] - top, left : image.shape[1] - left]
    return _framed(image, (max(0, ph),) * 2, (max(0, pw),) * 2)


mistakes.rows(
    "You ignore `padding`: put that many zeros around the image before the kernel slides.",
    aspect="padding",
    lesson=PAD,
    padding_ignored={"sides": lambda *_: (0, 0)},
)
mistakes.rows(
    "Zeros belong on all four sides, so padding counts twice in the size of the result; yours counts once.",
    aspect="padding",
    lesson=PAD,
    padding_top_left={
        "pad": lambda image, ph, pw: _framed(image, (ph, 0), (pw, 0)),
        "size": _half_counted,
    },
    padding_bottom_right={
        "pad": lambda image, ph, pw: _framed(image, (0, ph), (0, pw)),
        "size": _half_counted,
    },
)
mistakes.rows(
    "You split the padding between the two sides, but it counts the zeros on each side.",
    aspect="padding",
    lesson=PAD,
    padding_split={
        "pad": lambda image, ph, pw: _framed(image, (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2)),
        "size": _half_counted,
    },
    padding_split_ahead={
        "pad": lambda image, ph, pw: _framed(image, (ph - ph // 2, ph // 2), (pw - pw // 2, pw // 2)),
        "size": _half_counted,
    },
)
mistakes.rows(
    "Zeros belong on all four sides; you put them on two sides only, those across from each other.",
    aspect="padding",
    lesson=PAD,
    padding_rows_only={"sides": lambda ph, _: (ph, 0)},
    padding_columns_only={"sides": lambda _, pw: (0, pw)},
)
mistakes.rows(
    "The frame has the right size, but the image is in its corner; move it to the middle.",
    aspect="padding",
    lesson=PAD,
    padding_behind={"pad": lambda image, ph, pw: _framed(image, (0, 2 * ph), (0, 2 * pw))},
    padding_ahead={"pad": lambda image, ph, pw: _framed(image, (2 * ph, 0), (2 * pw, 0))},
)
mistakes.rows(
    "The frame has to be made of zeros, not of copies of the picture or of another number.",
    aspect="padding",
    lesson=PAD,
    padding_edge={"pad": lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), "edge")},
    padding_reflect={"pad": lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), "reflect")},
    padding_reflect_or_edge={
        "pad": lambda image, ph, pw: _bordered(
            "reflect" if ph < len(image) and pw < len(image[0]) else "edge"
        )(image, ph, pw)
    },
    padding_wrap={"pad": lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), "wrap")},
    padding_ones={"pad": lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), constant_values=1)},
    padding_white={"pad": lambda image, ph, pw: _framed(image, (ph, ph), (pw, pw), constant_values=255)},
)
add_pair(mistakes, "padding", "sides", lesson=PAD)
mistakes.rows(
    "You take a pair as before and after, on every axis, as `np.pad` does; rows come first, columns second.",
    aspect="pairs",
    lesson=PAD,
    padding_before_and_after={
        "pad": lambda image, ph, pw: _framed(image, (ph, pw), (ph, pw)),
        "sizes": lambda size, image, kernel, s, p: tuple(
            size(n + sum(p), k, step, 0) for n, k, step in zip(image, kernel, s, strict=True)
        ),
    },
)
mistakes.rows(
    "A padding may also be a pair (vertical, horizontal): unpack it before you compute with it.",
    aspect="pairs",
    lesson=PAD,
    padding_number_only={"padding_pair": number_only},
    padding_number_asked_for={"padding_pair": number_asked_for},
)
mistakes.rows(
    "With one half of a padding 0 you put no zeros at all; the other half counts all the same.",
    aspect="pairs",
    lesson=PAD,
    padding_only_with_both={"sides": lambda ph, pw: (ph, pw) if ph and pw else (0, 0)},
)
mistakes.rows(
    "You pad the image but compute the output's size without the padding.",
    aspect="padding",
    lesson=PAD,
    size_without_padding={"size": lambda n, k, s, _: max(0, (n - k) // s + 1)},
)
mistakes.rows(
    "Zeros belong on all four sides, so padding counts twice in the size of the result; yours counts once.",
    aspect="padding",
    lesson=PAD,
    size_with_half_the_padding={"size": _half_counted},
)
mistakes.rows(
    "Your frame is twice as thick as asked for: `padding` counts the zeros of each side already.",
    aspect="padding",
    lesson=PAD,
    padding_doubled={"frame": lambda ph, pw, *_: (2 * ph, 2 * pw)},
)


mistakes.rows(
    "`padding` is a number of zeros, not a switch; put exactly that many on each side.",
    aspect="padding",
    lesson=PAD,
    padding_as_switch={"frame": lambda ph, pw, kh, kw: (kh // 2 if ph else 0, kw // 2 if pw else 0)},
)
mistakes.rows(
    "Your frame is one zero thick, whatever `padding` says; put exactly that many on each side.",
    aspect="padding",
    lesson=PAD,
    padding_always_one={"frame": lambda ph, pw, *_: (min(ph, 1), min(pw, 1))},
)


@mistakes.around(
    "Your loops end at the size of the image without its zeros; run them over the whole output.",
    aspect="padding",
    lesson=PAD,
)
def ends_at_the_unpadded_size(
    right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0
) -> Any:
    out = right(image, kernel, stride, padding)
    rows, columns = _unpadded(image, kernel, stride)
    out[rows:] = 0
    out[:, columns:] = 0
    return out


def _unpadded(image: Image, kernel: Image, stride: Any) -> list[int]:
    return [max(0, _size(*axis, 0)) for axis in zip(image.shape, kernel.shape, halves(stride), strict=True)]


@mistakes.around(
    "Your result is zero wherever the kernel reaches into the frame; pad the image before the kernel slides.",
    aspect="padding",
    lesson=PAD,
)
def output_padded(right: Step, image: Image, kernel: Image, stride: Any = 1, padding: Any = 0) -> Any:
    right(image, kernel, stride, padding)
    return zero_pad(right(image, kernel, stride), padding)


# ------------------------------------------------------------------ what has to be refused


def _or_nothing(n: int, k: int, s: int, p: int) -> int:
    return max(0, _size(n, k, s, p))


def _steps_of_a_range(n: int, k: int, s: int, p: int) -> int:
    return len(range(0, n + 2 * p - k + 1, s))


def _none_when_empty(right: Step) -> Step:
    def wrong(*args: Any, **named: Any) -> Any:
        out = right(*args, **named)
        return out if out.size else None

    return wrong


def _fits_one_larger(image: Image, kernel: Image, ph: int, pw: int) -> None:
    _fits(image, np.ones(np.add(kernel.shape, 1)), ph, pw)


def _odd(image: Image, kernel: Image, ph: int, pw: int) -> None:
    _fits(image, kernel, ph, pw)
    if kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0:
        raise ValueError("odd sides, please")


def _square(image: Image, kernel: Image, ph: int, pw: int) -> None:
    _fits(image, kernel, ph, pw)
    if len({*image.shape}) + len({*kernel.shape}) != 2:
        raise ValueError("squares, please")


def _stride_unchecked(_: Any, paddings: tuple[int, int]) -> None:
    _legal((1, 1), paddings)


def _padding_unchecked(strides: tuple[int, int], _: Any) -> None:
    _legal(strides, (0, 0))


def _grey(reduce: Step) -> Step:
    def flat(name: str, array: Image) -> Image:
        return two_dimensional(name, reduce(array) if np.ndim(array) == 3 else array)

    return flat


def _matrix(name: str, array: Image) -> Image:
    return np.atleast_2d(array) if name == "kernel" else two_dimensional(name, array)


mistakes.rows(
    "The kernel doesn't fit on the padded image anywhere: raise ValueError instead of returning something.",
    aspect="illegal",
    lesson=SIZE,
    fit_unchecked={"fits": anything},
    fit_gives_nothing={"fits": anything, "size": _or_nothing},
    fit_gives_none={"fits": anything, "size": _or_nothing, "whole": _none_when_empty},
)


@mistakes.around(
    "The kernel doesn't fit on the padded image anywhere: raise ValueError instead of returning something.",
    aspect="illegal",
    lesson=SIZE,
)
def image_and_kernel_exchanged(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    flat = np.ndim(image) == np.ndim(kernel) == 2
    if flat and all(n < k for n, k in zip(image.shape, kernel.shape, strict=True)):
        return right(kernel, image)
    return right(image, kernel, *args, **named)


mistakes.rows(
    "You compare the kernel with the unpadded image; it has to fit on the padded one.",
    aspect="padding",
    lesson=SIZE,
    fit_without_padding={"fits": lambda image, kernel, *_: _fits(image, kernel, 0, 0)},
)
mistakes.rows(
    "A kernel exactly as large as the image still fits once; don't reject it.",
    lesson=SIZE,
    fit_too_strict={"fits": _fits_one_larger},
)
mistakes.rows(
    "Kernels with even sides have to work as well; a kernel only has to fit.",
    lesson=SIZE,
    even_refused={"fits": _odd},
)
mistakes.rows(
    "Images and kernels need not be square; the kernel only has to fit.",
    aspect="rectangles",
    lesson=SIZE,
    squares_only={"fits": _square},
)
NOTHING = {"flat": as_it_is, "legal": anything, "fits": anything}
mistakes.rows(
    UNCHECKED,
    aspect="illegal",
    nothing_checked=NOTHING,
    nothing_checked_or_nothing=NOTHING | {"size": _or_nothing},
    nothing_checked_positive_padding=NOTHING | {"sides": lambda ph, pw: (max(0, ph), max(0, pw))},
    nothing_checked_steps=NOTHING | {"size": _steps_of_a_range},
    nothing_checked_steps_positive_padding=NOTHING
    | {"size": _steps_of_a_range, "sides": lambda ph, pw: (max(0, ph), max(0, pw))},
)
mistakes.rows(
    "With a stride below 1 the kernel never moves on: raise ValueError.",
    aspect="illegal",
    lesson=STRIDE,
    stride_unchecked={"legal": _stride_unchecked},
    stride_taken_as_one={
        "legal": _stride_unchecked,
        "steps": lambda sh, sw: (max(1, sh), max(1, sw)),
    },
)
mistakes.rows(
    "A negative padding has to raise ValueError; you cut pixels off or ignore it.",
    aspect="illegal",
    lesson=PAD,
    padding_unchecked={"legal": _padding_unchecked, "pad": _pad_or_crop},
    padding_taken_as_none={
        "legal": _padding_unchecked,
        "sides": lambda ph, pw: (max(0, ph), max(0, pw)),
    },
)
mistakes.rows(
    "A colour image is not 2-D and has to raise ValueError; look at its dimensions.",
    aspect="illegal",
    colour_accepted={"flat": _grey(lambda image: image.mean(axis=2))},
    first_colour_taken={"flat": _grey(lambda image: image[:, :, 0])},
)
mistakes.rows(
    "A row of weights is not a 2-D kernel and has to raise ValueError; look at its dimensions.",
    aspect="illegal",
    row_accepted={"flat": _matrix},
)


# ----------------------------------------------------------------------- memory and state


@mistakes.around("Your function changes the image it was given; work on a copy.", aspect="leaves_no_trace")
def image_scaled_in_place(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    out = right(image, *args, **named)
    image *= 2
    return out


@mistakes.around("Your function changes the kernel it was given; work on a copy.", aspect="leaves_no_trace")
def kernel_turned_in_place(right: Step, image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = right(image, kernel, *args, **named)
    kernel[...] = kernel[::-1, ::-1].copy()
    return out


@mistakes.around("Your function changes the image it was given; work on a copy.", aspect="leaves_no_trace")
def result_in_image(right: Step, image: Image, *args: Any, **named: Any) -> Any:
    out = right(image, *args, **named)
    image[: out.shape[0], : out.shape[1]] = out[: image.shape[0], : image.shape[1]]
    return out


def _with_the_first_image(right: Step) -> Step:
    images: list[Any] = []

    def wrong(image: Image, *args: Any, **named: Any) -> Any:
        images.append(image)
        return right(images[0], *args, **named)

    return wrong


mistakes.rows(
    "You use a variable of the notebook instead of the parameter, so every call sees the same image.",
    carries=False,
    first_image={"whole": _with_the_first_image},
)
mistakes.rows(
    ORDER,
    aspect="leaves_no_trace",
    memory_order={"pixels": lambda image: _float(in_memory_order(image))},
)
add_habits(
    mistakes,
    result="the output",
    types="number_types",
    trace="leaves_no_trace",
    remembers={
        "cache_by_shapes": lambda _, image, kernel, stride=1, padding=0: (
            image.shape,
            kernel.shape,
            str(stride),
            str(padding),
        ),
        "cache_by_image": lambda _, image, *_args, **_named: (image.tobytes(), image.shape),
        "cache_by_arrays": lambda _, image, kernel, *_args, **_named: (
            image.tobytes(),
            image.shape,
            kernel.tobytes(),
            kernel.shape,
        ),
        "cache_by_sizes": lambda out, *_args, **_named: out.shape,
    },
)

mistakes.rows(
    "You divide image and padding by the stride one by one; add them up first and then divide.",
    aspect="together",
    divided_apart={
        "size": lambda length, kernel, stride, pad: (length - kernel) // stride + 2 * pad // stride + 1
    },
)
