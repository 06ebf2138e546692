"""Random calls of the functions of convolution arithmetic, all of them legal, for the oracles.

As in `oracles`, an image is drawn last, large enough for what was drawn before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from oracles import CASES, LARGEST_IMAGE, Array, Two, floats, one_or_two

Arguments = dict[str, int | Two | list[int]]


@dataclass(frozen=True)
class Call:
    """The arrays, the arguments as drawn, and the same arguments as pairs."""

    image: Array
    kernel: Array
    arguments: Arguments
    pairs: dict[str, Two]


def dilated(seed: int, count: int = CASES) -> Iterator[Call]:
    """Draw calls of convolve2d_dilated."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        arguments, pairs = _drawn(rng, stride=(1, 3), padding=(0, 4), dilation=(1, 4))
        kernel = rng.integers(1, 4, 2, endpoint=True)
        span = (kernel - 1) * pairs["dilation"] + 1
        least = np.maximum(1, span - 2 * np.array(pairs["padding"]))
        image = rng.integers(least, np.maximum(least, LARGEST_IMAGE), endpoint=True)
        yield Call(floats(rng, image), floats(rng, kernel), arguments, pairs)


def transposed(seed: int, count: int = CASES) -> Iterator[Call]:
    """Draw calls of conv_transpose2d."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        arguments, pairs = _drawn(rng, stride=(1, 4), padding=(0, 3))
        stride, padding = np.array(pairs["stride"]), np.array(pairs["padding"])
        extra = rng.integers(0, stride)
        pairs["output_padding"] = arguments["output_padding"] = int(extra[0]), int(extra[1])
        kernel = rng.integers(1, 5, 2, endpoint=True)
        least = np.maximum(1, -((kernel + extra - 2 * padding - 1) // stride) + 1)
        image = rng.integers(least, np.maximum(least, 7), endpoint=True)
        yield Call(floats(rng, image), floats(rng, kernel), arguments, pairs)


def _drawn(rng: np.random.Generator, **ranges: Two) -> tuple[Arguments, dict[str, Two]]:
    drawn = {name: one_or_two(rng, *limits) for name, limits in ranges.items()}
    return {name: value for name, (value, _) in drawn.items()}, {
        name: two for name, (_, two) in drawn.items()
    }
