"""A sheet of paper for figures: text, lines, pictures and grids of numbers, drawn with Pillow alone.

Lengths are in units of one pixel at the width of a notebook. Everything is drawn several times
larger and averaged down, which makes edges smooth and each file the same, byte for byte, every
time. Colours are from the palette of Okabe and Ito, "Color Universal Design" (2008), which
people with colour blindness can tell apart; a sign is always written as well as coloured.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from reference.figures.animation import (
    ACCENT,
    INK,
    LINE,
    MINUS,
    PAPER,
    QUIET,
    TIMES,
    Colour,
    Point,
    Sheet,
    text_length,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

__all__ = ["ACCENT", "INK", "LINE", "MINUS", "NEGATIVE", "PAPER", "POSITIVE", "QUIET", "TIMES", "Canvas"]

POSITIVE: Colour = (230, 159, 0)  # orange
NEGATIVE: Colour = (86, 180, 233)  # sky blue


def signed(value: float) -> str:
    """Write a whole number with its sign: +2, 0 and a minus that is as wide as the plus."""
    return f"{value:+.0f}".replace("-", MINUS) if value else "0"


def sign_colour(value: float, largest: float) -> Colour:
    """Return orange for positive, blue for negative, in four strengths up to `largest`; paper for zero."""
    share = math.ceil(4 * abs(value) / largest) / 4
    colour = POSITIVE if value > 0 else NEGATIVE
    red, green, blue = (round(share * c + (1 - share) * p) for c, p in zip(colour, PAPER, strict=True))
    return red, green, blue


class Canvas(Sheet):
    """A sheet that also takes paragraphs, pictures and grids of signed numbers."""

    def paragraph(self, at: Point, words: str, width: float, size: float = 13) -> None:
        """Write quiet text in even lines, at most `width` long; `at` is the middle of the first line."""
        lines = self._lines(words, width, size)
        while len(narrower := self._lines(words, width - 1, size)) == len(lines) > 1:
            lines, width = narrower, width - 1
        for number, line in enumerate(lines):
            self.text((at[0], at[1] + 1.35 * size * number), line, size, QUIET)

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        """Draw a filled circle with a dark rim."""
        x, y = (c * self._scale for c in centre)
        self._pen.circle((x, y), radius * self._scale, fill, INK, round(1.25 * self._scale))

    def picture(self, at: Point, pixels: npt.NDArray[np.uint8], side: float) -> None:
        """Show pixels (h, w) or (h, w, 3) as squares of that side, `at` is the middle of the top edge."""
        height, width = (side * count for count in pixels.shape[:2])
        corner = round((at[0] - width / 2) * self._scale), round(at[1] * self._scale)
        size = round(width * self._scale), round(height * self._scale)
        self._sheet.paste(Image.fromarray(pixels).resize(size, Image.Resampling.NEAREST), corner)
        self.box((at[0] - width / 2, at[1]), (width, height), outline=LINE)

    def grid(
        self,
        at: Point,
        cell: float,
        values: npt.NDArray[np.float64],
        colour: Callable[[float], Colour],
        words: Callable[[float], str] = signed,
    ) -> None:
        """Draw cells with their values written in them; a cell that is NaN stays empty."""
        for (row, column), value in np.ndenumerate(values):
            corner = at[0] + column * cell, at[1] + row * cell
            if np.isnan(value):
                self.box(corner, (cell + 0.5, cell + 0.5), outline=LINE, width=0.5)
                continue
            fill = colour(float(value))
            self.box(corner, (cell + 0.5, cell + 0.5), fill, LINE, 0.5)
            self.text((corner[0] + cell / 2, corner[1] + cell / 2), words(float(value)), cell * 0.43)

    def _lines(self, words: str, width: float, size: float) -> list[str]:
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and text_length(longer, size, self._scale) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
