"""The moving pictures of convolution arithmetic, and each of them on paper.

For every case of `reference.figures.cases` a GIF that shows all steps, and a still of four of them: the
first, the second, the first of the next row and the last.

Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from reference.figures import animation
from reference.figures.animation import HEADING, Scene, Sheet
from reference.figures.cases import CASES, Case

STILL_COLOURS = 32


def draw_all(folder: Path) -> Iterator[Path]:
    """Draw a GIF and a still of every case into the folder, and name each file when it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES.values():
        scene, path = watch(case), folder / f"{case.name}.gif"
        frames = [scene.frame(number) for number in range(len(scene.steps))]
        animation.save_gif(path, frames, animation.REST, animation.LONG_REST, animation.COLOURS)
        yield path
        path = folder / f"{case.name}.png"
        still(case, scene).save(path, optimize=True)
        yield path


def watch(case: Case) -> Scene:
    """All steps of a case."""
    return animation.watch(
        case.function, case.image, case.weights, view=case.view, title=case.title, **case.arguments
    )


def still(case: Case, scene: Scene) -> Image.Image:
    """Four steps under one heading, two by two: the first two, the first of the next row, the last."""
    width, height = scene.size
    sheet = Sheet(2 * width, HEADING + 2 * height)
    scene.draw_heading(sheet)
    next_row = (case.image if case.view == "stamp" else case.output).shape[1]
    for place, number in enumerate((0, 1, next_row, len(scene.steps) - 1)):
        row, column = divmod(place, 2)
        scene.draw(sheet, number, (column * width, HEADING + row * height))
    (picture,) = animation.in_few_colours([sheet.smooth()], STILL_COLOURS)
    return picture
