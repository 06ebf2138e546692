"""Wrong implementations of `convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1)`."""

# ruff: noqa: D103  the sentence of an entry says what it does

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.mistakes import mistake
from reference.convolution import Image, output_size, pair, two_dimensional, zero_pad

Step = Callable[..., Any]
entry = partial(mistake, lesson="1_dilation#conv-text")

SPAN = "The dilated kernel covers more pixels than it has cells; use what it covers for the output's size."
GROWS = "Each of the k - 1 gaps grows by dilation - 1: there is none behind the last cell."
PAIR = "A dilation may be one number or a pair (vertical, horizontal); use each half for its own axis."
APART = "Stride moves the window, dilation spreads the kernel's cells; you have the two mixed up."
FIT = "The dilated kernel does not fit into the padded image anywhere: raise ValueError."
BELOW = "A dilation below 1 has to raise ValueError."
NAN = "A NaN has to show in every window that touches it, under a weight of 0, too; do not replace it."
KEPT = "Your result keeps something of an earlier call; start each call from a new array."


def _span(k: int, d: int) -> int:
    return (k - 1) * d + 1


def _dilated(
    image: Image,
    kernel: Image,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    *,
    dilations: Step = lambda value: pair("dilation", value, least=1),
    span: Step = _span,
    legal: Step = output_size,
    size: Step = lambda n, k, s, p: (n + 2 * p - k) // s + 1,
    pad: Step = zero_pad,
    weights: Step = lambda kernel: kernel.astype(np.float64),
    corner: Step = lambda at, s, _: at * s,
    apart: Step = lambda _, d: d,
    finish: Step = lambda out: out,
) -> Any:
    image, kernel = two_dimensional("image", image), two_dimensional("kernel", kernel)
    strides, paddings = pair("stride", stride, least=1), pair("padding", padding, least=0)
    steps = dilations(dilation)
    spans = tuple(map(span, kernel.shape, steps))
    for n, k, s, p in zip(image.shape, spans, strides, paddings, strict=True):
        legal(n, k, s, p)
    padded, kernel = pad(image.astype(np.float64), paddings), weights(kernel)
    out = np.zeros(tuple(map(size, image.shape, spans, strides, paddings)))
    with np.errstate(all="ignore"):
        for place in np.ndindex(*out.shape):
            cells = [
                corner(at, s, d) + np.arange(k) * apart(s, d)
                for at, k, s, d in zip(place, kernel.shape, strides, steps, strict=True)
            ]
            out[place] = np.sum(padded[np.ix_(*cells)] * kernel)
    return finish(out)


@entry("You ignore the dilation: its cells lie `dilation` pixels apart.")
def ignored(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    _dilated(image, kernel, stride, padding, dilation)
    return _dilated(image, kernel, stride, padding)


@entry("Your output has the right size, but the cells of the kernel still lie side by side.")
def window_not_dilated(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, apart=lambda *_: 1)


@entry(SPAN)
def size_not_dilated(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, span=lambda k, _: k)


@entry(GROWS)
def kernel_times_dilation(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, span=lambda k, d: k * d)


@entry(GROWS)
def kernel_plus_dilation(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, span=lambda k, d: k + d - 1)


@entry("A dilation of 1 leaves no gap; you count it as one pixel between the cells.")
def dilation_as_gap(*args: Any, **named: Any) -> Any:
    def dilations(value: Any) -> tuple[int, ...]:
        return tuple(half + 1 for half in pair("dilation", value, least=1))

    return _dilated(*args, **named, dilations=dilations)


@entry("Dilation spreads the kernel; the image keeps all of its pixels.")
def image_thinned(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    dh, dw = pair("dilation", dilation, least=1)
    return _dilated(image[::dh, ::dw], kernel, stride, padding)


@entry(PAIR)
def dilations_exchanged(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, dilations=lambda value: pair("dilation", value, least=1)[::-1])


@entry(PAIR)
def vertical_twice(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, dilations=lambda value: (pair("dilation", value, least=1)[0],) * 2)


@entry(PAIR)
def number_only(*args: Any, **named: Any) -> Any:
    def dilations(value: Any) -> tuple[int, int]:
        if isinstance(value, tuple | list):
            raise TypeError("a pair where a number was expected")
        return pair("dilation", value, least=1)

    return _dilated(*args, **named, dilations=dilations)


@entry(APART)
def windows_move_by_dilation(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, corner=lambda at, _, d: at * d)


@entry(APART)
def cells_apart_by_stride(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, apart=lambda s, _: s)


@entry(APART)
def stride_and_dilation_exchanged(
    image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Any:
    return _dilated(image, kernel, dilation, padding, stride)


@entry("You multiply stride and dilation; the window moves by the stride alone.")
def windows_move_by_both(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, corner=lambda at, s, d: at * s * d)


@entry("Your kernel is turned by 180 degrees; spread its cells and lay it on as it is written.")
def flipped(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, weights=lambda kernel: kernel.astype(float)[::-1, ::-1])


@entry("Your kernel is transposed; spread its cells and lay it on as it is written.")
def transposed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    return _dilated(image, kernel.T, *args, **named)


@entry(FIT)
def fit_of_plain_kernel(*args: Any, **named: Any) -> Any:
    return _dilated(
        *args, **named, legal=lambda *_: None, size=lambda n, k, s, p: max(0, (n + 2 * p - k) // s + 1)
    )


@entry(FIT)
def fit_unchecked(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, legal=lambda *_: None)


@entry(BELOW)
def dilation_taken_as_one(*args: Any, **named: Any) -> Any:
    def dilations(value: Any) -> list[int]:
        return [max(1, half) for half in pair("dilation", value, least=-9)]

    return _dilated(*args, **named, dilations=dilations)


@entry(BELOW)
def dilation_unchecked(*args: Any, **named: Any) -> Any:
    return _dilated(*args, **named, dilations=lambda value: pair("dilation", value, least=-9))


@entry("The padding stays as it is given; it does not grow with the dilation.")
def padding_dilated(image: Image, kernel: Image, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    halves = zip(pair("padding", padding, least=0), pair("dilation", dilation, least=1), strict=True)
    return _dilated(image, kernel, stride, tuple(p * d for p, d in halves), dilation)


@entry("The result has to be float64, not the image's number type.")
def image_type(image: Image, *args: Any, **named: Any) -> Any:
    return _dilated(image, *args, **named, finish=lambda out: out.astype(np.asarray(image).dtype))


@entry(NAN)
def nan_to_zero(image: Image, *args: Any, **named: Any) -> Any:
    return _dilated(np.nan_to_num(image) if image.ndim == 2 else image, *args, **named)


@entry("You compute the output but do not hand it back: end with `return`.")
def returns_nothing(*args: Any, **named: Any) -> Any:
    _dilated(*args, **named)


@entry("You spread the kernel in the caller's own array; work on a copy.")
def kernel_changed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _dilated(image, kernel, *args, **named)
    kernel *= 0
    return out


@entry(KEPT, stateful=True)
def reused_buffer() -> Any:
    buffers: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _dilated(*args, **named)
        buffer = buffers.setdefault(out.shape, out)
        buffer[...] = out
        return buffer

    return wrong


@entry(KEPT, stateful=True)
def accumulated() -> Any:
    sheets: dict[Any, Any] = {}

    def wrong(*args: Any, **named: Any) -> Any:
        out = _dilated(*args, **named)
        sheets[out.shape] = sheets.get(out.shape, 0) + out
        return sheets[out.shape].copy()

    return wrong


@entry(KEPT, stateful=True)
def cache_by_shapes() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        out = _dilated(image, kernel, *args, **named)
        return seen.setdefault((image.shape, kernel.shape, str(args), str(named)), out).copy()

    return wrong


@entry(KEPT, stateful=True)
def cache_by_image() -> Any:
    seen: dict[Any, Any] = {}

    def wrong(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
        out = _dilated(image, kernel, *args, **named)
        return seen.setdefault((image.tobytes(), out.shape), out).copy()

    return wrong


@entry("Your function changes the image it was given; work on a copy.")
def image_changed(image: Image, kernel: Image, *args: Any, **named: Any) -> Any:
    out = _dilated(image, kernel, *args, **named)
    image *= 0
    return out
