"""Wrong implementations of `zero_pad(image, padding)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, pair, two_dimensional

Step = Callable[..., Any]
entry = partial(mistake, lesson="1_convolve2d#pad-text")
hint = partial(mistake, lesson="1_convolve2d#pad-hints")

ALL_SIDES = "Zeros belong on all four sides of the image; you put them on some of them only."
ZEROS = "The frame has to be made of zeros, not of copies of the picture or of another number."
FLOAT = "The result has to be a float64 copy whatever the image is made of, with a padding of 0, too."
PAIR = "A pair gives rows above and below first, columns left and right second; unpack it in this order."
NOT_A_PAIR = "The padding may be one number or a pair, as tuple or as list; handle all of them."
BUFFER = (
    "Your result depends on other calls: start each call from a new array, remember nothing between calls."
)


def _both(value: Any) -> tuple[int, int]:
    return pair("padding", value, least=0)


def _frame(ph: int, pw: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (ph, ph), (pw, pw)


def _pad(
    image: Image,
    padding: Any,
    *,
    legal: Step = lambda image, _: two_dimensional("image", image),
    halves: Step = _both,
    frame: Step = _frame,
    mode: str = "constant",
    dtype: Any = np.float64,
    **more: Any,
) -> Any:
    image = legal(image, padding)
    ph, pw = halves(padding)
    return np.pad(image.astype(dtype or image.dtype), frame(ph, pw), mode=mode, **more)  # type: ignore[call-overload]


@entry(ALL_SIDES)
def top_left(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((ph, 0), (pw, 0)))


@entry(ALL_SIDES)
def bottom_right(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((0, ph), (0, pw)))


@entry(ALL_SIDES)
def rows_only(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, _: ((ph, ph), (0, 0)))


@entry(ALL_SIDES)
def columns_only(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda _, pw: ((0, 0), (pw, pw)))


@entry("The frame is of the right size, but the image lies in its top left corner; move it to the middle.")
def image_in_corner(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((0, 2 * ph), (0, 2 * pw)))


@entry("The frame has the right size, but the image lies in its bottom right corner; move it to the middle.")
def image_in_far_corner(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((2 * ph, 0), (2 * pw, 0)))


@entry("You split the padding over the two sides, but it counts the zeros of each side.")
def total_padding(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2)))


@entry("Your frame is twice as thick as asked for: `padding` counts the zeros of each side already.")
def doubled(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: _frame(2 * ph, 2 * pw))


@entry("Your frame is one zero thick, whatever the padding is; use the number given.")
def always_one(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: _frame(min(ph, 1), min(pw, 1)))


@entry(ZEROS)
def edge(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, mode="edge")


@entry(ZEROS)
def reflect(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, mode="reflect")


@entry(ZEROS)
def symmetric(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, mode="symmetric")


@entry(ZEROS)
def wrap(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, mode="wrap")


@entry(ZEROS)
def mean(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, mode="mean")


@entry(ZEROS)
def white(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, constant_values=255)


@entry(ZEROS)
def ones(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, constant_values=1)


@entry(PAIR)
def swapped(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, halves=lambda value: _both(value)[::-1])


@entry("To `np.pad` a plain pair means before and after, on every axis; give it a pair for each axis.")
def before_and_after(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, frame=lambda ph, pw: ((ph, pw), (ph, pw)))


@entry("You use the first number of the pair in both directions; the second one is for the columns.")
def first_twice(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, halves=lambda value: (_both(value)[0],) * 2)


@entry("You use the second number of the pair in both directions; the first one is for the rows.")
def second_twice(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, halves=lambda value: (_both(value)[1],) * 2)


@hint(NOT_A_PAIR)
def number_only(image: Image, padding: Any) -> Any:
    if not isinstance(padding, int):
        raise TypeError("unsupported operand")
    return _pad(image, padding)


@hint(NOT_A_PAIR)
def pair_only(image: Image, padding: Any) -> Any:
    ph, pw = padding
    return _pad(image, (ph, pw))


@entry(FLOAT)
def dtype_kept(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, dtype=None)


@entry(FLOAT)
def float32(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, dtype=np.float32)


@entry("You turn the pixels into bytes, which loses signs and fractions; the result is float64.")
def bytes_made(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, dtype=np.uint8)


@entry("You cut the fractions off on the way; convert to float64 only.")
def fractions_lost(*args: Any, **named: Any) -> Any:
    return np.trunc(_pad(*args, **named))


@entry(FLOAT)
def nothing_to_pad(image: Image, padding: Any) -> Any:
    padded = _pad(image, padding)
    return padded if any(_both(padding)) else image


@entry("You overwrite the picture's own border with zeros; padding adds new pixels around it.")
def border_overwritten(image: Image, padding: Any) -> Any:
    ph, pw = _both(padding)
    height, width = two_dimensional("image", image).shape
    rows, columns = np.arange(height)[:, None], np.arange(width)
    inner = (rows >= ph) & (rows < height - ph) & (columns >= pw) & (columns < width - pw)
    return np.where(inner, image, 0.0)


@entry("You clear the border of the caller's image after copying it; leave the argument as it was.")
def image_cleared(image: Image, padding: Any) -> Any:
    padded = _pad(image, padding)
    image[[0, -1]] = 0
    image[:, [0, -1]] = 0
    return padded


@entry("Height and width are exchanged: `image.shape` gives the rows first.")
def height_and_width(image: Image, padding: Any) -> Any:
    width, height = two_dimensional("image", image).shape
    ph, pw = _both(padding)
    padded = np.zeros((height + 2 * ph, width + 2 * pw))
    padded[ph : ph + height, pw : pw + width] = image
    return padded


@entry("The image comes out mirrored or turned; copy it into the frame as it is.")
def transposed(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named, legal=lambda image, _: two_dimensional("image", image).T)


@entry("A negative padding has to raise ValueError; you ignore it or cut pixels off.")
def negative_ignored(*args: Any, **named: Any) -> Any:
    return _pad(
        *args, **named, halves=lambda value: [max(half, 0) for half in pair("padding", value, least=-9)]
    )


@entry("A negative padding has to raise ValueError; you ignore it or cut pixels off.")
def negative_crops(image: Image, padding: Any) -> Any:
    ph, pw = pair("padding", padding, least=-9)
    top, left = max(-ph, 0), max(-pw, 0)
    padded = _pad(image, (max(ph, 0), max(pw, 0)))
    return padded[top : padded.shape[0] - top, left : padded.shape[1] - left]


@entry("You check one half of the pair only; either of them may be negative.")
def second_half_unchecked(*args: Any, **named: Any) -> Any:
    def halves(value: Any) -> tuple[int, int]:
        ph, pw = pair("padding", value, least=-9)
        return _both((ph, abs(pw)))

    return _pad(*args, **named, halves=halves)


@entry("You check one half of the pair only; either of them may be negative.")
def first_half_unchecked(*args: Any, **named: Any) -> Any:
    def halves(value: Any) -> tuple[int, int]:
        ph, pw = pair("padding", value, least=-9)
        return _both((abs(ph), pw) if ph != pw else (ph, pw))

    return _pad(*args, **named, halves=halves)


@entry("An image that is not 2-D, such as one in colour, has to raise ValueError; look at its dimensions.")
def dimensions_unchecked(image: Image, padding: Any) -> Any:
    ph, pw = _both(padding)
    return np.pad(image.astype(float), [(ph, ph), (pw, pw), (0, 0)][: image.ndim])


@entry("An image that is not 2-D, such as one in colour, has to raise ValueError; look at its dimensions.")
def colour_accepted(image: Image, padding: Any) -> Any:
    if image.ndim == 3:
        image = image.mean(axis=2)
    return _pad(image, padding)


@entry("An image that is not 2-D, such as one in colour, has to raise ValueError; look at its dimensions.")
def row_accepted(image: Image, padding: Any) -> Any:
    return _pad(image[None] if image.ndim == 1 else image, padding)


@entry("You do refuse what is illegal, but with another exception than the ValueError asked for.")
def asserts(image: Image, padding: Any) -> Any:
    try:
        return _pad(image, padding)
    except ValueError as fault:
        raise AssertionError from fault


@entry("You build the padded image but do not hand it back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _pad(*args, **named)


@entry("You return a list of lists; a NumPy array is asked for.")
def returns_list(*args: Any, **named: Any) -> Any:
    return _pad(*args, **named).tolist()


@entry(
    BUFFER,
    stateful=True,
)
def reused_buffer() -> Any:
    buffers: dict[tuple[int, ...], Any] = {}

    def wrong(image: Image, padding: Any) -> Any:
        padded = _pad(image, padding)
        buffer = buffers.setdefault(padded.shape, padded)
        buffer[...] = padded
        return buffer

    return wrong


@entry(
    BUFFER,
    stateful=True,
)
def cache_by_shape() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, padding: Any) -> Any:
        padded = _pad(image, padding)
        return seen.setdefault((image.shape, padded.shape), padded)

    return wrong


@entry("You read the memory in C order; an image in Fortran order needs its indices or strides.")
def memory_order(image: Image, padding: Any) -> Any:
    image = two_dimensional("image", image)
    return _pad(image.ravel(order="K").reshape(image.shape), padding)


@entry(BUFFER, stateful=True)
def cache_by_image() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, padding: Any) -> Any:
        return seen.setdefault((image.tobytes(), image.shape), _pad(image, padding)).copy()

    return wrong
