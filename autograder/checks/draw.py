"""Random inputs, small by design and quick to draw: one byte a cell, read off a palette.

The palette starts with small whole numbers, 0 not among the first, so what hypothesis shrinks to is
easy on the eye and shows something. Sizes differ between height and width wherever a check does not
say otherwise; whatever a check is not about is left at its default.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.sandbox.call import Call

_BYTES = np.arange(256)
_SIGNED = np.where(_BYTES % 2 == 0, _BYTES // 2 + 1, -(_BYTES // 2) - 1)  # 1, -1, 2, -2, ...
_WHOLE = np.where(_BYTES == 5, 0, _SIGNED)
REAL = np.where(_BYTES < 20, _WHOLE, _WHOLE / 7.0)
WHOLE = _WHOLE.astype(np.float64)


def _spread(dtype: str) -> np.ndarray:
    """Return 256 values, smallest to largest of a whole number type: those near 0 first, 0 last."""
    values = np.linspace(np.iinfo(dtype).min, np.iinfo(dtype).max, 256)
    return np.roll(values.astype(dtype)[np.argsort(np.abs(values), kind="stable")], -1)


PALETTES = {dtype: _spread(dtype) for dtype in ("uint8", "int8", "int16", "uint16", "int32", "uint32")} | {
    "bool": _BYTES % 2 == 0,
    "int64": _WHOLE.astype(np.int64),
    "float16": REAL.astype(np.float16),
    "float32": REAL.astype(np.float32),
}
NUMBER_TYPES = tuple(PALETTES)

Draw = Callable[[st.SearchStrategy[Any]], Any]


def grid(draw: Draw, shape: tuple[int, ...], palette: np.ndarray = REAL) -> np.ndarray:
    """Draw an array of `shape`, its cells from `palette`."""
    count = int(np.prod(shape))
    data = draw(st.binary(min_size=count, max_size=count))
    cells: np.ndarray = palette[np.frombuffer(data, np.uint8)]
    return np.reshape(cells, shape)


def turned_alike(draw: Draw, height: int, width: int, palette: np.ndarray) -> np.ndarray:
    """Draw a kernel that is the same when flipped or turned by 180 degrees, and transposed if square."""
    rows, columns = (np.minimum(np.arange(size), np.arange(size)[::-1]) for size in (height, width))
    quarter = grid(draw, (2, 2), palette)
    if height == width:
        quarter[1, 0] = quarter[0, 1]
    whole: np.ndarray = quarter[np.ix_(rows, columns)]
    return whole


def _palettes(draw: Draw, dtypes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Draw palettes for image and kernel; half floats, too small for a product, make no kernel."""
    if not dtypes:
        return REAL, REAL
    weights = [dtype for dtype in dtypes if dtype != "float16"]
    return PALETTES[draw(st.sampled_from(dtypes))], PALETTES[draw(st.sampled_from(weights))]


@st.composite
def windows(
    draw: Draw,
    *,
    square: bool = False,
    oriented: bool = False,
    strides: st.SearchStrategy[Any] | None = None,
    paddings: st.SearchStrategy[Any] | None = None,
    dilations: st.SearchStrategy[Any] | None = None,
    dtypes: tuple[str, ...] = (),
) -> Call:
    """Draw arguments of `convolve2d`, or with `dilations` of `convolve2d_dilated`, that fit.

    `square` images and kernels leave height and width out of it; unless `oriented`, the kernel is
    the same when flipped, turned or (if square) transposed, so that its orientation cannot matter.
    """
    kh = draw(st.integers(1, 4))
    kw = kh if square else draw(st.integers(1, 4))
    named = {} if dilations is None else {"dilation": draw(dilations)}
    dh, dw = both(named.get("dilation", 1))
    h = dh * (kh - 1) + 1 + draw(st.integers(0, 4))
    w = h if square and dh == dw else dw * (kw - 1) + 1 + draw(st.integers(0, 4))
    image_palette, kernel_palette = _palettes(draw, dtypes)
    image = grid(draw, (h, w), image_palette)
    if oriented:
        kernel = grid(draw, (kh, kw), kernel_palette)
    else:
        kernel = turned_alike(draw, kh, kw, kernel_palette)
    if strides is not None:
        named["stride"] = draw(strides)
    if paddings is not None:
        named["padding"] = draw(paddings)
    return Call((image, kernel), named)


def both(value: Any) -> tuple[int, int]:
    """Return a number for both axes, or a pair, as a pair."""
    first, second = value if isinstance(value, tuple | list) else (value, value)
    return first, second


def pair(least: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    """Draw a pair of whole numbers that differ, so that exchanged halves show."""
    first = st.integers(least, most)
    return st.tuples(first, st.integers(1, most - least)).map(
        lambda drawn: (drawn[0], least + (drawn[0] - least + drawn[1]) % (most - least + 1))
    )


@st.composite
def axes(draw: Draw, *, stride: bool = False, padding: bool = False) -> Call:
    """Draw arguments of `output_size` that fit."""
    p = draw(st.integers(1, 9)) if padding else 0
    k = draw(st.integers(1, 99))  # too many pairs to be listed
    least = k if stride else k - 2 * p  # that padding can make room is seen without a stride
    n = draw(st.integers(max(1, least), k + 500))  # a recursion still gets there
    named = {}
    if stride:
        named["stride"] = draw(st.integers(2, 9))
    if padding:
        named["padding"] = p
    return Call((n, k), named)


@st.composite
def pictures(draw: Draw, *, paddings: st.SearchStrategy[Any], dtypes: tuple[str, ...] = ()) -> Call:
    """Draw arguments of `zero_pad`."""
    palette = PALETTES[draw(st.sampled_from(dtypes))] if dtypes else REAL
    image = grid(draw, (draw(st.integers(1, 5)), draw(st.integers(1, 5))), palette)
    return Call((image, draw(paddings)))


@st.composite
def contrasts(draw: Draw, *, dtypes: tuple[str, ...] = ()) -> Call:
    """Draw arguments of `normalize`: an image of at least two different numbers."""
    palette = PALETTES[draw(st.sampled_from(dtypes))] if dtypes else REAL
    image = grid(draw, (draw(st.integers(1, 4)), draw(st.integers(2, 5))), palette)
    if image.min() == image.max():
        image.flat[0] = palette[0] if image.flat[1] != palette[0] else palette[1]
    return Call((image,))


@st.composite
def arrows(draw: Draw, *, dtypes: tuple[str, ...] = ()) -> Call:
    """Draw arguments of `edge_magnitude`: two images of one shape."""
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    palettes = [PALETTES[draw(st.sampled_from(dtypes))] if dtypes else REAL for _ in range(2)]
    return Call(tuple(grid(draw, shape, palette) for palette in palettes))


@st.composite
def transitions(draw: Draw, *, sides: st.SearchStrategy[tuple[int, int]]) -> Call:
    """Draw arguments of `transition_frames`: an image larger than the kernel, whose sides are odd."""
    kh, kw = draw(sides)
    image = grid(draw, (kh + draw(st.integers(0, 2)), kw + draw(st.integers(1, 3))))
    return Call((image, grid(draw, (kh, kw)), draw(st.integers(2, 5))))


@st.composite
def pads(draw: Draw, *, modes: tuple[str, ...], kernels: st.SearchStrategy[int], dilation: int = 1) -> Call:
    """Draw arguments of `pad_amounts`."""
    named = {"dilation": draw(st.integers(2, dilation))} if dilation > 1 else {}
    return Call((draw(st.sampled_from(modes)), draw(kernels)), named)


@st.composite
def stamps(
    draw: Draw,
    *,
    square: bool = False,
    oriented: bool = False,
    stride: int = 1,
    padding: int = 0,
    output_padding: bool = False,
    pairs: bool = False,
    dtypes: tuple[str, ...] = (),
) -> Call:
    """Draw arguments of `conv_transpose2d` that leave something over: up to this stride and padding."""
    sizes = st.integers(1, 3)
    kh = draw(st.integers(1, 4))
    kw = kh if square else draw(st.integers(1, 4))
    h = draw(sizes)
    w = h if square else draw(sizes)
    named: dict[str, Any] = {}

    def number(name: str, least: int, most: int) -> tuple[int, int]:
        first, second = (
            draw(pair(least, most)) if pairs and most > least else both(draw(st.integers(least, most)))
        )
        named[name] = (first, second) if pairs else first
        return first, second

    sh, sw = number("stride", 1 if pairs else 2, stride) if stride > 1 else (1, 1)
    oh = ow = 0
    if output_padding:
        oh, ow = number("output_padding", min(1, min(sh, sw) - 1), min(sh, sw) - 1)
    if padding:
        room = min((h - 1) * sh + kh + oh - 1, (w - 1) * sw + kw + ow - 1) // 2
        number("padding", min(1, room), min(padding, room))
    image_palette, palette = _palettes(draw, dtypes)
    image = grid(draw, (h, w), image_palette)
    kernel = grid(draw, (kh, kw), palette) if oriented else turned_alike(draw, kh, kw, palette)
    return Call((image, kernel), named)


@st.composite
def transposed_axes(draw: Draw, *, stride: bool = False, padding: bool = False, output: bool = False) -> Call:
    """Draw arguments of `transposed_output_size` that leave something over."""
    n, k = draw(st.integers(1, 500)), draw(st.integers(1, 99))
    named = {}
    if stride or output:
        named["stride"] = draw(st.integers(2, 9))
    if output:
        named["output_padding"] = draw(st.integers(1, named["stride"] - 1))
    if padding:
        room = (n - 1) * named.get("stride", 1) + k + named.get("output_padding", 0) - 1
        named["padding"] = draw(st.integers(0, min(4, room // 2)))
    return Call((n, k), named)
