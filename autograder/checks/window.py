"""Which pixels and weights are multiplied for one output value: the reference's sums, written out."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

import numpy as np

import reference
from autograder.sandbox.call import Call
from reference.convolution import pair

WINDOWS, STAMPS = ("convolve2d", "convolve2d_dilated"), ("conv_transpose2d",)


@dataclass(frozen=True)
class Term:
    """One product: a pixel at (row, column) of the padded image times a weight of the kernel."""

    row: int
    column: int
    pixel: float
    weight: float


def padding(name: str, call: Call) -> tuple[int, int]:
    """Return the rows of zeros above and below an image, and the columns beside it; 0 for stamps."""
    return (0, 0) if name in STAMPS else pair("padding", _arguments(name, call)["padding"], least=0)


def stops(name: str, call: Call, shape: tuple[int, int]) -> tuple[list[int], list[int]] | None:
    """Return rows and columns of the padded image where the kernel's top left corner stops.

    None for a function that slides no window.
    """
    if name not in WINDOWS:
        return None
    steps = pair("stride", _arguments(name, call)["stride"], least=1)
    rows, columns = (list(range(0, count * step, step)) for count, step in zip(shape, steps, strict=True))
    return rows, columns


def terms(name: str, call: Call, at: tuple[int, int]) -> list[Term]:
    """Return the products that sum to the right value at (row, column) `at`, in the kernel's order.

    `name` is one of WINDOWS or STAMPS, the call is legal.

    - A window: out[y, x] sums padded[y*sh + i*dh, x*sw + j*dw] * kernel[i, j].
    - Stamps: the one of image[y, x] begins at (y*sh - ph, x*sw - pw); a value sums one weight of
      each stamp that reaches it, and may be reached by none.
    """
    arguments = _arguments(name, call)
    image = np.asarray(arguments["image"], dtype=np.float64)
    kernel = np.asarray(arguments["kernel"], dtype=np.float64)
    (sh, sw), (ph, pw) = (pair(each, arguments[each], least=0) for each in ("stride", "padding"))
    dh, dw = pair("dilation", arguments.get("dilation", 1), least=1)
    y, x = at
    found = []
    for (i, j), weight in np.ndenumerate(kernel):
        if name in WINDOWS:
            row, column = y * sh + i * dh, x * sw + j * dw
            inside = 0 <= row - ph < image.shape[0] and 0 <= column - pw < image.shape[1]
            pixel = float(image[row - ph, column - pw]) if inside else 0.0
        else:
            (row, off_row), (column, off_column) = divmod(y + ph - i, sh), divmod(x + pw - j, sw)
            if off_row or off_column or not (0 <= row < image.shape[0] and 0 <= column < image.shape[1]):
                continue
            pixel = float(image[row, column])
        found.append(Term(row, column, pixel, float(weight)))
    return found


def _arguments(name: str, call: Call) -> dict[str, Any]:
    bound = inspect.signature(getattr(reference, name)).bind(*call.args, **call.named)
    bound.apply_defaults()
    return dict(bound.arguments)
