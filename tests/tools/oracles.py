"""Random calls of convolve2d for the comparisons with other libraries, and what counts as equal.

Every call drawn here is legal: the image is drawn last, large enough for the kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = 2_000
LARGEST_IMAGE, LARGEST_KERNEL, LARGEST_STRIDE, LARGEST_PADDING = 9, 5, 4, 5

Array = npt.NDArray[np.float64]
Two = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One call: the arrays, and stride and padding both as drawn and as (vertical, horizontal)."""

    image: Array
    kernel: Array
    stride: int | Two | list[int]
    padding: int | Two | list[int]
    strides: Two
    paddings: Two


def cases(seed: int, count: int = CASES, *, plain: bool = False) -> Iterator[Case]:
    """Draw `count` legal calls; `plain` ones have stride 1 and no padding."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        stride, strides = (1, (1, 1)) if plain else one_or_two(rng, 1, LARGEST_STRIDE)
        padding, paddings = (0, (0, 0)) if plain else one_or_two(rng, 0, LARGEST_PADDING)
        kernel = rng.integers(1, LARGEST_KERNEL, 2, endpoint=True)
        least = np.maximum(1, kernel - 2 * np.array(paddings))
        image = rng.integers(least, LARGEST_IMAGE, endpoint=True)
        yield Case(floats(rng, image), floats(rng, kernel), stride, padding, strides, paddings)


def one_or_two(rng: np.random.Generator, low: int, high: int) -> tuple[int | Two | list[int], Two]:
    """Draw a number for both axes, a tuple or a list; return it as drawn and as a pair."""
    vertical, horizontal = (int(value) for value in rng.integers(low, high, 2, endpoint=True))
    match int(rng.integers(3)):
        case 0:
            return vertical, (vertical, vertical)
        case 1:
            return (vertical, horizontal), (vertical, horizontal)
        case _:
            return [vertical, horizontal], (vertical, horizontal)


def floats(rng: np.random.Generator, shape: npt.ArrayLike) -> Array:
    """Draw normal numbers of a random order of magnitude, from thousandths to thousands."""
    return rng.normal(size=tuple(np.asarray(shape))) * 10.0 ** rng.integers(-3, 3, endpoint=True)


def assert_equal(got: Array, expected: npt.ArrayLike, image: npt.ArrayLike, kernel: npt.ArrayLike) -> None:
    """Assert the same type, shape and values, up to 1e-12 of the largest sum the arrays could give."""
    expected = np.asarray(expected)
    assert type(got) is np.ndarray
    assert got.dtype == np.float64
    assert got.shape == expected.shape
    scale = np.abs(np.asarray(image, np.float64)).max() * np.abs(np.asarray(kernel, np.float64)).sum()
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12 * scale)


def positions(n: int, k: int, stride: int, padding: int) -> int:
    """Count the stops of a kernel of `k` cells along `n` padded pixels by walking along them."""
    stops, start = 0, 0
    while start + k <= n + 2 * padding:
        stops += 1
        start += stride
    return stops
