"""Watch a convolution: `animate` shows, step by step, what your function returns.

    animate(convolve2d_dilated, image, kernel, stride=2)
    animate(conv_transpose2d, image, kernel, stride=2, moving=True)

This file only draws. Every output number comes from the function you pass in, right or wrong. It
needs only NumPy and Pillow. The colours are from the palette of Okabe and Ito, "Color Universal
Design" (2008), which people with colour blindness can tell apart. Blue is the input and green the
output. Orange with a thick frame is what is happening now, and dashes mark what is not really there.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Array = npt.NDArray[Any]
Colour = tuple[int, int, int]
Place = tuple[int, int]  # a cell: (row, column)
Point = tuple[float, float]  # on the sheet: (x, y)

INK: Colour = (30, 30, 30)
QUIET: Colour = (90, 90, 90)
LINE: Colour = (120, 120, 120)  # 3:1 against every colour of a cell
PAPER: Colour = (255, 255, 255)
ACCENT: Colour = (213, 94, 0)  # vermilion
INPUT: Colour = (196, 227, 247)  # sky blue, lighter
OUTPUT: Colour = (184, 228, 214)  # bluish green, lighter
NOW: Colour = (250, 216, 148)  # orange, lighter
UNSEEN: Colour = (222, 222, 222)
SHADE: Colour = (86, 180, 150)  # bluish green, for the largest number when numbers are shaded
RUST: Colour = (150, 60, 0)  # vermilion, darker, for small writing
SMALL_WRITING = RUST, (183, 112, 49), (217, 164, 99)  # on NOW, with soft edges: rare, so kept on purpose

MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"
# What the built-in font lacks, as strokes in a square: x to the right, y downwards from the middle.
STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    MINUS: (((0.12, 0), (0.88, 0)),),
    TIMES: (((0.2, -0.3), (0.8, 0.3)), ((0.2, 0.3), (0.8, -0.3))),
}
STROKE_EM = 0.6  # the side of that square, in font sizes
SMOOTHING = 2

REST = 900  # milliseconds an eye has for each step
LONG_REST = 3000
PLAYS = 3
COLOURS = 18
STILL_WIDTH = 960  # two steps beside each other must not be wider
MOST_STEPS = 64

SIDES = 32, 24, 32  # of the cells of input, kernel and output
MARGIN, GAP, LEAST_WIDTH, ARROW = 24, 26, 92, 56
HEADING, LABEL, FOOT = 64, 34, 66  # what the lines above the maps and below them take


class Sheet:
    """A white sheet of `width` by `height` units that becomes `density` pixels per unit.

    Everything is drawn several times larger and averaged down, which makes edges smooth and each
    picture the same, byte for byte, every time.
    """

    def __init__(self, width: int, height: int, density: int = 2) -> None:
        self._scale = density * SMOOTHING
        self._sheet = Image.new("RGB", (width * self._scale, height * self._scale), PAPER)
        self._pen = ImageDraw.Draw(self._sheet)

    def image(self) -> Image.Image:
        """Return everything drawn so far, in at most 256 colours, which keeps the file small."""
        return self.smooth().quantize(256, dither=Image.Dither.NONE)

    def smooth(self) -> Image.Image:
        """Return everything drawn so far, in all its colours."""
        return self._sheet.reduce(SMOOTHING)

    def text(
        self, at: Point, words: str, size: float = 14, colour: Colour = INK, align: str = "middle"
    ) -> None:
        """Draw one line of text, centred on the point or with its left end there (`align="left"`)."""
        font = _font(round(size * self._scale))
        side = STROKE_EM * font.size
        x, y = (c * self._scale for c in at)
        if align == "middle":
            x -= text_length(words, size, self._scale) * self._scale / 2
        for run in _runs(words):
            if run in STROKES:
                for stroke in STROKES[run]:
                    points = [(x + side * px, y + side * py) for px, py in stroke]
                    self._pen.line(points, colour, max(SMOOTHING, round(font.size / 15)), joint="curve")
                x += side
            else:
                self._pen.text((x, y + 0.355 * font.size), run, colour, font, anchor="ls")
                x += font.getlength(run)

    def line(self, *points: Point, colour: Colour = INK, width: float = 1.5) -> None:
        """Draw a line through the points."""
        places = [(x * self._scale, y * self._scale) for x, y in points]
        self._pen.line(places, colour, round(width * self._scale), joint="curve")

    def arrow(self, start: Point, length: float) -> None:
        """Draw an arrow to the right with an open head."""
        x, y = start[0] + length, start[1]
        self.line(start, (x, y), colour=QUIET)
        self.line((x - 6, y - 6), (x, y), (x - 6, y + 6), colour=QUIET)

    def box(
        self,
        at: Point,
        size: Point,
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 1,
    ) -> None:
        """Draw a rectangle from its top left corner; the outline lies inside it."""
        (x, y), (w, h), s = at, size, self._scale
        place = (round(x * s), round(y * s), round((x + w) * s) - 1, round((y + h) * s) - 1)
        self._pen.rectangle(place, fill, outline, round(width * s))

    def dashed_box(self, at: Point, side: float) -> None:
        """Draw a square whose sides are dashed, in such a way that neighbours share their dashes."""
        dash = side / 8
        for start in (-dash / 2, 1.5 * dash, 3.5 * dash, 5.5 * dash, 7.5 * dash):
            near, far = max(0.0, start), min(side, start + dash)
            for across in (0.0, side):
                for (ax, ay), (bx, by) in (
                    ((near, across), (far, across)),
                    ((across, near), (across, far)),
                ):
                    self.line((at[0] + ax, at[1] + ay), (at[0] + bx, at[1] + by), colour=LINE, width=1)


def text_length(words: str, size: float, scale: int = SMOOTHING) -> float:
    """Return how long a line of text is, in units, when a unit is `scale` pixels."""
    font = _font(round(size * scale))
    runs = (STROKE_EM * font.size if run in STROKES else font.getlength(run) for run in _runs(words))
    return sum(runs) / scale


def _runs(words: str) -> list[str]:
    """Cut the words into what the font can draw and single signs that are drawn as strokes."""
    runs = [run for run in re.split(f"([{''.join(STROKES)}])", words) if run]
    if not all(run in STROKES or run.isascii() for run in runs):
        raise ValueError(f"the built-in font may not have every sign of {words!r}")
    return runs


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(pixels)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


def in_few_colours(pictures: Sequence[Image.Image], colours: int) -> list[Image.Image]:
    """Return the pictures in their commonest colours: areas keep their colour, and files become small."""
    counted = Image.fromarray(np.vstack([np.asarray(each) for each in pictures])).getcolors(maxcolors=2**16)
    assert counted is not None, "more colours than were asked for"
    commonest = [colour for _, colour in sorted(counted, reverse=True)]
    palette = np.array([*SMALL_WRITING, *commonest][:colours])
    return [_in_these_colours(np.asarray(each), palette) for each in pictures]


def _in_these_colours(pixels: Array, palette: Array) -> Image.Image:
    """Return pixels (h, w, 3), each in the nearest colour of the palette (n, 3)."""
    found, places = np.unique(pixels.astype(np.int32) @ (1 << 16, 1 << 8, 1), return_inverse=True)
    away = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)[:, None] - palette
    numbers = np.linalg.norm(away, axis=2).argmin(axis=1)[places.reshape(pixels.shape[:2])]
    picture = Image.fromarray(numbers.astype(np.uint8), "P")
    picture.putpalette(palette.flatten().tolist())
    return picture


def save_gif(path: Path, steps: Sequence[Image.Image], rest: int, last: int, colours: int) -> None:
    """Save a GIF that plays three times and stops: `rest` milliseconds a picture, `last` for the last."""
    frames = in_few_colours(steps, colours)
    rests = [rest] * (len(frames) - 1) + [last]
    frames[0].save(path, "GIF", save_all=True, append_images=frames[1:], duration=rests, loop=PLAYS - 1)


@dataclass(frozen=True)
class Cell:
    """A square: the number in it or none, how it is painted, what stands small in its corner."""

    number: float | None = None
    fill: Colour = PAPER
    dashed: bool = False
    small: str = ""


@dataclass(frozen=True)
class Map:
    """Cells by their place under a label, and the first and the last cell of what is framed."""

    label: str
    cells: Mapping[Place, Cell]
    frame: tuple[Place, Place] | None = None


@dataclass(frozen=True)
class Step:
    """What is seen at one time: input, kernel and output, and a sentence."""

    maps: tuple[Map, Map, Map]
    caption: str


@dataclass(frozen=True)
class Scene:
    """All steps of one call, with what is written around them."""

    title: str
    subtitle: str
    legend: str
    steps: Sequence[Step]

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height of a step without its heading, in units."""
        texts = (self.title, 17), (self.subtitle, 13), (self.legend, 12)
        writing = max(self._caption, *(text_length(words, size) for words, size in texts))
        height = max(side * extent[2] for side, extent in zip(SIDES, self._extents, strict=True))
        return math.ceil(max(writing, self._span)) + 2 * MARGIN, LABEL + height + FOOT

    def frame(self, number: int) -> Image.Image:
        """Draw one step under its heading, at one pixel per unit."""
        width, height = self.size
        sheet = Sheet(width, HEADING + height, density=1)
        self.draw_heading(sheet)
        self.draw(sheet, number, (0, HEADING))
        return sheet.smooth()

    def still(self, numbers: Sequence[int], columns: int = 2, density: int = 2) -> Image.Image:
        """Draw several steps in rows under one heading."""
        width, height = self.size
        sheet = Sheet(columns * width, HEADING + -(-len(numbers) // columns) * height, density)
        self.draw_heading(sheet)
        for place, number in enumerate(numbers):
            row, column = divmod(place, columns)
            self.draw(sheet, number, (column * width, HEADING + row * height))
        return sheet.smooth()

    def draw_heading(self, sheet: Sheet) -> None:
        """Write title and arguments at the top of the sheet."""
        sheet.text((MARGIN, 26), self.title, 17, align="left")
        sheet.text((MARGIN, 49), self.subtitle, 13, QUIET, align="left")

    def draw(self, sheet: Sheet, number: int, at: Point) -> None:
        """Draw one step without its heading; the point is its top left corner."""
        step, (width, height) = self.steps[number], self.size
        middle = at[1] + LABEL + (height - LABEL - FOOT) / 2
        left, centres = at[0] + (width - self._span) / 2, []
        for map_, side, extent, room in zip(step.maps, SIDES, self._extents, self._widths, strict=True):
            centres.append(left + room / 2)
            _draw_map(sheet, map_, side, extent, (centres[-1], middle))
            left += room + GAP
        below = SIDES[1] * self._extents[1][2] / 2
        sheet.arrow((centres[1] - ARROW / 2, middle + (below and below + 18)), ARROW)
        sheet.text((at[0] + (width - self._caption) / 2, at[1] + height - 42), step.caption, 14, align="left")
        sheet.text((at[0] + width / 2, at[1] + height - 19), self.legend, 12, QUIET)

    @cached_property
    def _extents(self) -> list[tuple[int, int, int, int]]:
        """For input, kernel and output: first row, first column, how many rows, how many columns."""
        extents = []
        for maps in zip(*(step.maps for step in self.steps), strict=True):
            places = {place for map_ in maps for place in (*map_.cells, *(map_.frame or ()))}
            rows, columns = zip(*places, strict=True) if places else ((0, -1), (0, -1))
            first = min(rows), min(columns)
            extents.append((*first, max(rows) - first[0] + 1, max(columns) - first[1] + 1))
        return extents

    @cached_property
    def _widths(self) -> list[int]:
        """How much room input, kernel and output have from left to right."""
        labels = (text_length(map_.label, 13) for map_ in self.steps[0].maps)
        return [
            max(side * extent[3], LEAST_WIDTH, math.ceil(label))
            for side, extent, label in zip(SIDES, self._extents, labels, strict=True)
        ]

    @cached_property
    def _span(self) -> int:
        """From the left end of the input to the right end of the output."""
        return sum(self._widths) + 2 * GAP

    @cached_property
    def _caption(self) -> float:
        """The longest caption; all begin where it does, so that words do not jump from step to step."""
        return max(text_length(step.caption, 14) for step in self.steps)


def _draw_map(sheet: Sheet, map_: Map, side: int, extent: tuple[int, int, int, int], centre: Point) -> None:
    """Draw the cells with the middle of their extent on the point, dashed ones below solid ones."""
    top, left, rows, columns = extent
    corner = centre[0] - side * columns / 2, centre[1] - side * rows / 2
    sheet.text((centre[0], corner[1] - 15), map_.label, 13)

    def at(place: Place) -> Point:
        return corner[0] + side * (place[1] - left), corner[1] + side * (place[0] - top)

    for place, cell in sorted(map_.cells.items(), key=lambda item: not item[1].dashed):
        (x, y), small = at(place), cell.small
        if cell.dashed:
            sheet.box((x, y), (side, side), cell.fill)
            sheet.dashed_box((x, y), side)
        else:
            sheet.box((x - 0.5, y - 0.5), (side + 1, side + 1), cell.fill, LINE)
        if cell.number is not None:
            words = written(cell.number)
            room = side - (12 if small else 6)
            size = 14 * min(1, room / text_length(words, 14))
            middle = (x + side * 0.4, y + side * 0.36) if small else (x + side / 2, y + side / 2)
            sheet.text(middle, words, size, QUIET if cell.dashed else INK)
        if small:
            size = 10 * min(1, (side - 6) / text_length(small, 10))
            end = x + side - 3 - text_length(small, size)
            sheet.text((end, y + side * 0.79), small, size, RUST, align="left")
    if map_.frame:
        (x, y), (right, bottom) = at(map_.frame[0]), at(map_.frame[1])
        sheet.box((x - 1, y - 1), (right - x + side + 2, bottom - y + side + 2), outline=ACCENT, width=3)


def written(value: float) -> str:
    """Write a number as short as it can be read, with a minus as wide as a plus: 3, 1.44, 1e+06."""
    words = f"{value:.0f}" if value == np.rint(value) and abs(value) < 1e4 else f"{value:.3g}"
    return words.replace("-", MINUS).removeprefix(MINUS if float(value) == 0 else "")


@dataclass(frozen=True)
class Animation:
    """A GIF or PNG saved at `path` that a notebook shows, described in words for those who cannot see it."""

    path: Path
    alt: str

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Return what JupyterLab asks for."""
        del include, exclude
        picture = base64.b64encode(self.path.read_bytes()).decode()
        kind = f"image/{self.path.suffix[1:]}"
        return {kind: picture, "text/plain": self.alt}, {kind: {"alt": self.alt}}


def animate(
    function: Callable[..., Any],
    image: npt.ArrayLike,
    kernel: npt.ArrayLike,
    *,
    view: str = "",
    title: str = "",
    moving: bool = False,
    file: str | Path = "animation",
    **arguments: Any,
) -> Animation:
    """Draw `function(image, kernel, **arguments)` step by step, save the picture and show it.

    `image` (h, w) and `kernel` (kh, kw) are arrays; for pooling, kernel is the size (kh, kw) of the
    window. You see a still of the first and last steps; with `moving=True` you see a GIF of every
    step, which plays three times and stops. The picture knows what stride, padding, dilation and
    output_padding mean. There are three views. A function that takes output_padding is a transposed
    convolution and gets the second if you name none; any other gets the first.

    - "window": the kernel slides over the padded image, for a convolution or pooling;
    - "stamp": each pixel times the kernel is added to the output, for a transposed convolution. At
      each step the function is called again, with the pixels still to come set to 0;
    - "stretched": the rotated kernel slides over the image with zeros between its pixels, which is
      another way to see a transposed convolution.

    The size and numbers of the output are what the function returns. Raises ValueError if that is
    not a 2-D array or takes more than 64 steps, and for a view of the other kind of function. Passes
    on whatever the function itself raises.
    """
    scene = watch(function, image, kernel, view=view, title=title, **arguments)
    path, count = Path(file).with_suffix(".gif" if moving else ".png"), len(scene.steps)
    if moving:
        save_gif(path, [scene.frame(number) for number in range(count)], REST, LONG_REST, COLOURS)
    else:
        side_by_side = 2 * scene.size[0] <= STILL_WIDTH
        shown = {0, 1, count - 2, count - 1} if side_by_side else {0, count - 1}
        numbers = sorted(number for number in shown if 0 <= number < count)
        columns = 2 if side_by_side and count > 1 else 1
        scene.still(numbers, columns, density=1).save(path)
    source, _, target = (map_.label for map_ in scene.steps[0].maps)
    alt = f"{scene.title}, {scene.subtitle}: {count} step{'s' * (count > 1)}. {source}. {target}: "
    alt += f"{_in_rows(scene.steps[-1].maps[2])}."
    return Animation(path, alt.replace(TIMES, "by").replace(MINUS, "-"))


def _in_rows(map_: Map) -> str:
    """Say the numbers of a map in words, row by row."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(map_.cells.items(), key=lambda item: item[0]):
        if cell.number is not None and not cell.dashed:
            rows.setdefault(row, []).append(written(cell.number))
    return "; ".join(map(" ".join, rows.values()))


def watch(
    function: Callable[..., Any],
    image: npt.ArrayLike,
    kernel: npt.ArrayLike,
    *,
    view: str = "",
    title: str = "",
    shaded: bool = False,
    spelled: bool = False,
    **arguments: Any,
) -> Scene:
    """Return all steps of what `animate` shows, not drawn yet.

    `shaded` colours the output by its numbers and adds a last step without a frame; `spelled`
    writes out the products of each window.
    """
    name = getattr(function, "__name__", "function").encode("ascii", "replace").decode()
    view = _fitting(view, name, signature(function).parameters)
    image, kernel = np.array(image), np.array(kernel)
    if image.ndim != 2 or 0 in image.shape + kernel.shape:
        raise ValueError(
            f"image and kernel must be 2-D and not empty, got shapes {image.shape} and {kernel.shape}"
        )
    kernel = kernel if kernel.ndim == 2 else np.broadcast_to(kernel, 2)
    call = Call(function, name, image, kernel, arguments, shaded, spelled)
    subtitle, legend, steps = VIEWS[view](call)
    return Scene(title or name, subtitle, legend, steps)


def _fitting(view: str, name: str, parameters: Iterable[str]) -> str:
    """Return the view that was asked for, if it fits the function, or the one that does if none was."""
    transposed = "output_padding" in parameters
    view = view or ("stamp" if transposed else "window")
    if view not in VIEWS:
        raise ValueError(f"view must be one of {', '.join(VIEWS)}, got {view!r}")
    if view == "window" and transposed:
        raise ValueError(f"{name} takes output_padding, so it stamps and has no window: leave out the view")
    if view != "window" and "stride" in parameters and not transposed:
        raise ValueError(f"{name} takes no output_padding, so it does not stamp: leave out the view")
    return view


@dataclass(frozen=True)
class Call:
    """A function, its arguments, and what the picture reads from them."""

    function: Callable[..., Any]
    name: str
    image: Array
    kernel: Array
    arguments: Mapping[str, Any]
    shaded: bool = False
    spelled: bool = False

    def pair(self, name: str, default: int = 1) -> Place:
        """Return an argument as (vertical, horizontal)."""
        vertical, horizontal = np.broadcast_to(self.arguments.get(name, default), 2).tolist()
        return vertical, horizontal

    def words(self, *names: str) -> str:
        """Say arguments in words: "stride 2, padding 1 down and 0 across"."""
        pairs = {name: self.pair(name, int(name in ("stride", "dilation"))) for name in names}
        return ", ".join(
            f"{name} {down}" if down == across else f"{name} {down} down and {across} across"
            for name, (down, across) in pairs.items()
        )

    def transposed_words(self) -> str:
        """Say the arguments of a transposed convolution in words."""
        extra = "" if self.pair("output_padding", 0) == (0, 0) else f", {self.words('output_padding')}"
        return f"transposed convolution, {self.words('stride', 'padding')}{extra}"

    def answer(self, image: Array) -> Array:
        """Return what the function returns for copies of an image and the kernel."""
        kernel = self.kernel.copy() if self.kernel.ndim == 2 else tuple(self.kernel.tolist())
        answer = np.asarray(self.function(image.copy(), kernel, **self.arguments), np.float64)
        if answer.ndim != 2 or answer.size == 0:
            raise ValueError(
                f"{self.name} returned an array of shape {answer.shape}; a picture needs a 2-D one"
            )
        return answer

    def taps(self) -> dict[Place, float]:
        """Return the weights of the kernel by where they lie in a window; 1 everywhere for pooling."""
        (down, across), weights = self.pair("dilation"), self.kernel
        if weights.ndim != 2:
            weights = np.ones(weights)
        return {(down * i, across * j): float(weight) for (i, j), weight in np.ndenumerate(weights)}

    def pixels(self) -> dict[Place, float]:
        """Return the numbers of the image by their places."""
        return {place: float(value) for place, value in np.ndenumerate(self.image)}


Plan = tuple[str, str, list[Step]]  # the subtitle, the legend and the steps of a view


def _window(call: Call) -> Plan:
    """Slide the kernel, or the window of a pooling, over the padded image."""
    (height, width), (ph, pw), pooling = call.image.shape, call.pair("padding", 0), call.kernel.ndim != 2
    pixels = {(y + ph, x + pw): pixel for (y, x), pixel in call.pixels().items()}
    padded = height + 2 * ph, width + 2 * pw
    label = f"Input, {_by(call.image.shape)}" + f", padded to {_by(padded)}" * bool(ph or pw)
    source = Map(label, _field(pixels, padded))
    taps = call.taps()
    kernel = Map("", {}) if pooling else _kernel(f"Kernel, {_by(call.kernel.shape)}", taps)
    steps, all_seen = _slide(call, source, kernel, taps, call.pair("stride"))
    legend = (
        "" if pooling else "Small: the weights.",
        "Dashed: zeros added as padding." if ph or pw else "",
        "" if all_seen else "Grey: never reached.",
    )
    names = ["stride"] + ["padding"] * (not pooling) + ["dilation"] * ("dilation" in call.arguments)
    size = f"window {_by(call.kernel)}, " if pooling else ""
    return size + call.words(*names), "  ".join(filter(None, legend)), steps


def _stretched(call: Call) -> Plan:
    """Slide the rotated kernel over the image, its pixels a stride apart with zeros between them."""
    (kh, kw), (sh, sw) = call.kernel.shape, call.pair("stride")
    (ph, pw), (eh, ew) = call.pair("padding", 0), call.pair("output_padding", 0)
    top, left = kh - 1 - ph, kw - 1 - pw
    if min(top, left) < 0:
        raise ValueError("the stretched view needs a padding smaller than the kernel")
    pixels = {(top + sh * y, left + sw * x): pixel for (y, x), pixel in call.pixels().items()}
    bottom, right = max(pixels)
    shape = bottom + top + eh + 1, right + left + ew + 1
    spread, around = max(sh, sw) > 1, max(top, left, eh, ew) > 0
    label = f"Input, {_by(call.image.shape)}" + f", padded to {_by(shape)}" * around
    source = Map(f"Stretched input, {_by(shape)}" if spread else label, _field(pixels, shape))
    taps = {(kh - 1 - i, kw - 1 - j): weight for (i, j), weight in call.taps().items()}
    steps, _ = _slide(call, source, _kernel("Kernel, rotated", taps), taps, (1, 1))
    zeros = ["between the pixels"] * spread + ["around them" if spread else "around the pixels"] * around
    legend = "Small: the weights." + f"  Dashed: zeros {' and '.join(zeros)}." * bool(zeros)
    return call.transposed_words(), legend, steps


def _stamp(call: Call) -> Plan:
    """Add the kernel to the output once for each pixel, times the pixel."""
    (sh, sw), (ph, pw), taps = call.pair("stride"), call.pair("padding", 0), call.taps()
    shape = call.answer(call.image).shape
    kept, touched, steps = set(np.ndindex(shape)), set[Place](), []
    stamps = {
        (y, x): {(y * sh + i - ph, x * sw + j - pw): weight for (i, j), weight in taps.items()}
        for y, x in _stops(call.image.shape)
    }
    sheet = kept.union(*stamps.values())
    kernel = _kernel(f"Kernel, {_by(call.kernel.shape)}", taps)
    so_far = np.zeros_like(call.image)
    for (y, x), stamp in stamps.items():
        pixel = float(call.image[y, x])
        so_far[y, x] = call.image[y, x]
        answer = call.answer(so_far)
        if answer.shape != shape:
            raise ValueError(f"{call.name} returned arrays of different shapes, {shape} and {answer.shape}")
        touched |= stamp.keys()
        source = {
            place: Cell(value, NOW if place == (y, x) else INPUT) for place, value in call.pixels().items()
        }
        target = {
            place: Cell(
                float(answer[place]) if place in kept else None,
                NOW if place in stamp else _fill(call, answer, place) if place in touched & kept else PAPER,
                dashed=place not in kept,
                small=_signed(pixel * stamp[place]) if place in stamp else "",
            )
            for place in sheet
        }
        maps = (
            Map(f"Input, {_by(call.image.shape)}", source, ((y, x), (y, x))),
            kernel,
            Map(f"Output, {_by(shape)}", target, (min(stamp), max(stamp))),
        )
        caption = f"Row {y}, column {x} of the input: add {written(pixel)} times the kernel"
        steps.append(Step(maps, caption))
    if call.shaded:
        whole = {place: Cell(value, _fill(call, answer, place)) for place, value in np.ndenumerate(answer)}
        source = {place: Cell(value, INPUT) for place, value in call.pixels().items()}
        done = Map(f"Input, {_by(call.image.shape)}", source), kernel, Map(f"Output, {_by(shape)}", whole)
        steps.append(Step(done, "The darker a cell, the more stamps cover it"))
    cut = "cut off by the padding" if ph or pw else "outside the output"
    legend = "Small: what is added now." * (not call.shaded) + f"  Dashed: {cut}." * bool(sheet - kept)
    return call.transposed_words(), legend, steps


VIEWS: Mapping[str, Callable[[Call], Plan]] = {
    "window": _window,
    "stamp": _stamp,
    "stretched": _stretched,
}


def _slide(
    call: Call, source: Map, kernel: Map, taps: Mapping[Place, float], stride: Place
) -> tuple[list[Step], bool]:
    """Make a step for each number of the output; also say whether the windows reach all of the source."""
    answer = call.answer(call.image)
    windows = {
        (y, x): {(y * stride[0] + i, x * stride[1] + j): weight for (i, j), weight in taps.items()}
        for y, x in _stops(answer.shape)
    }
    seen, steps = set[Place]().union(*windows.values()), []
    for stop, window in windows.items():
        cells = {
            place: replace(cell, fill=NOW, small=f"{TIMES}{written(window[place])}" * (call.kernel.ndim == 2))
            if place in window
            else cell
            if place in seen
            else replace(cell, fill=UNSEEN)
            for place, cell in source.cells.items()
        }
        target = {
            place: Cell(value, NOW if place == stop else OUTPUT) if place <= stop else Cell()
            for place, value in np.ndenumerate(answer)
        }
        maps = (
            Map(source.label, cells, (min(window), max(window))),
            kernel,
            Map(f"Output, {_by(answer.shape)}", target, (stop, stop)),
        )
        caption = f"Row {stop[0]}, column {stop[1]} of the output: "
        if call.spelled:
            numbers = (source.cells[place].number or 0 for place in window)
            products = zip(numbers, window.values(), strict=True)
            caption = " + ".join(f"{written(n)}{TIMES}{written(w)}" for n, w in products) + " = "
        steps.append(Step(maps, caption + written(answer[stop])))
    return steps, seen >= source.cells.keys()


def _stops(shape: tuple[int, ...]) -> list[Place]:
    """Return all places of an array, row by row, if they are not too many to watch."""
    places = [(row, column) for row, column in np.ndindex(shape)]
    if len(places) > MOST_STEPS:
        raise ValueError(
            f"{len(places)} steps are too many to watch (the limit is {MOST_STEPS}): use a smaller image"
        )
    return places


def _field(pixels: Mapping[Place, float], shape: Place) -> dict[Place, Cell]:
    """Return the pixels at their places, and dashed zeros everywhere else."""
    return {
        place: Cell(pixels[place], INPUT) if place in pixels else Cell(0, dashed=True)
        for place in np.ndindex(shape)
    }


def _kernel(label: str, taps: Mapping[Place, float]) -> Map:
    """Return the weights where they lie in a window, and dashed cells in the gaps between them."""
    down, across = max(taps)
    cells = {
        place: Cell(taps[place]) if place in taps else Cell(dashed=True)
        for place in np.ndindex(down + 1, across + 1)
    }
    return Map(label, cells)


def _fill(call: Call, answer: Array, place: Place) -> Colour:
    """Return the colour of a finished cell of the output."""
    if not call.shaded or not answer.max() > 0:
        return OUTPUT
    share = max(0.0, float(answer[place] / answer.max()))
    red, green, blue = (round(share * c + (1 - share) * p) for c, p in zip(SHADE, PAPER, strict=True))
    return red, green, blue


def _by(size: Iterable[int]) -> str:
    return f" {TIMES} ".join(str(side) for side in size)


def _signed(value: float) -> str:
    words = written(value)
    return words if words.startswith(MINUS) else f"+{words}"
