"""A kernel slides over an image, one number at a time.

At each position the nine numbers in the window are multiplied by the nine weights of the kernel,
and the products are added up. The result is drawn where the middle of the window is, which shows
why the output is smaller than the image.

Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from reference.convolution import convolve2d
from reference.figures.animation import save_gif
from reference.figures.canvas import ACCENT, QUIET, TIMES, Canvas, sign_colour, signed
from reference.figures.pictures import digits
from reference.kernels import KERNELS

if TYPE_CHECKING:
    from pathlib import Path

    from reference.figures.animation import Colour

FILE = "sliding_window.png"
ANIMATION = "sliding_window.gif"
SCENE = (
    "An 8 by 8 grid of numbers with a 3 by 3 window marked in it. Below, the window times the kernel "
    "Sobel X gives nine products. Their sum goes into the 6 by 6 output, where the middle of the window is."
)
ALT = (
    f"{SCENE} Here, for row 2 and column 1 of the output, the rows of the window are 5 1 1, 6 6 6 and "
    "6 1 1, and the sum is minus 9."
)
ANIMATION_ALT = f"{SCENE} The window stops at all 36 positions, row by row."
REST = 1000  # milliseconds an eye has for each step
LONG_REST = 4000
COLOURS = 30
IMAGE = digits().astype(np.float64)
KERNEL = KERNELS["sobel_x"].array
OUTPUT = convolve2d(IMAGE, KERNEL)


def draw() -> Image.Image:
    """Draw one step of the way at twice the size of the animation."""
    return _step(13, density=2)


def animate(path: Path) -> None:
    """Save every step as a GIF that rests on each step, and longer on the last."""
    steps = [_step(number, density=1).convert("RGB") for number in range(OUTPUT.size)]
    save_gif(path, steps, REST, LONG_REST, COLOURS)


def _step(number: int, density: int) -> Image.Image:
    """Draw the window at one place, all products, and the outputs so far."""
    y, x = divmod(number, OUTPUT.shape[1])
    window = IMAGE[y : y + 3, x : x + 3]
    so_far = np.where(np.arange(OUTPUT.size).reshape(OUTPUT.shape) <= number, OUTPUT, np.nan)
    canvas = Canvas(640, 450, density)
    canvas.text((154, 24), f"Image, 8 {TIMES} 8", 16)
    canvas.grid((30, 42), 31, IMAGE, _brightness, "{:.0f}".format)
    canvas.box((30 + 31 * x, 42 + 31 * y), (3 * 31, 3 * 31), outline=ACCENT, width=4)
    canvas.text((517, 24), f"Output, 6 {TIMES} 6", 16)
    canvas.grid((424, 73), 31, so_far, _change)
    canvas.box((424 + 31 * x, 73 + 31 * y), (31, 31), outline=ACCENT, width=4)
    canvas.text((351, 130), f"row y = {y}", 15, QUIET)
    canvas.text((351, 152), f"column x = {x}", 15, QUIET)
    canvas.arrow((304, 176), 94)
    below = (
        (78, "Window", window, _brightness, "{:.0f}".format),
        (230, "Kernel Sobel X", KERNEL, partial(sign_colour, largest=2), signed),
        (382, "Products", window * KERNEL, _change, signed),
    )
    for centre, title, values, colour, words in below:
        canvas.text((centre, 318), title, 16)
        canvas.grid((centre - 48, 334), 32, values, colour, words)
    canvas.text((154, 382), TIMES, 26)
    canvas.text((306, 382), "=", 26)
    canvas.arrow((450, 382), 74)
    canvas.text((484, 366), "add", 15, QUIET)
    canvas.text((576, 318), "Sum", 16)
    canvas.grid((542, 348), 68, OUTPUT[y : y + 1, x : x + 1], _change)
    canvas.box((542, 348), (68, 68), outline=ACCENT, width=4)
    return canvas.image()


def _brightness(value: float) -> Colour:
    """Return grey for 0, white for the largest number of the image."""
    level = round(150 + 105 * value / IMAGE.max())
    return level, level, level


def _change(value: float) -> Colour:
    """Return a colour by sign and size, compared with the largest output."""
    return sign_colour(value, abs(OUTPUT).max())
