"""The pictures of convolution arithmetic: one step, four steps and all steps of every case.

For every case of `reference.figures.cases` there are three files: `NAME_step.png`, one step, which
the notebooks show; `NAME.gif`, which moves through all steps and is shown on demand; and `NAME.png`,
four steps for paper: the first, the second, the first of the next row and the last.

Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reference.figures import animation
from reference.figures.animation import Scene
from reference.figures.cases import CASES, Case

STILL_COLOURS = 32


def draw_all(folder: Path) -> Iterator[Path]:
    """Draw the three pictures of every case into the folder, and name each file when it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES.values():
        yield from draw(case, folder)


def draw(case: Case, folder: Path) -> Iterator[Path]:
    """Draw the three pictures of one case into the folder, and name each file when it is done."""
    scene, path = watch(case), folder / f"{case.name}.gif"
    frames = [scene.frame(number) for number in range(len(scene.steps))]
    animation.save_gif(path, frames, animation.REST, animation.LONG_REST, animation.COLOURS)
    yield path
    last, next_row = len(scene.steps) - 1, (case.image if case.view == "stamp" else case.output).shape[1]
    one = last if case.flat or case.output_padding else next_row
    if case.view == "stamp" and case.output_padding:
        one = int(np.flatnonzero(case.image)[-1])  # a stamp of 0 would show nothing
    stills = {
        f"{case.name}.png": scene.still((0, 1, next_row, last)),
        f"{case.name}_step.png": scene.still((one,), columns=1),
    }
    for name, picture in stills.items():
        (small,) = animation.in_few_colours([picture], STILL_COLOURS)
        small.save(folder / name, optimize=True)
        yield folder / name


def watch(case: Case) -> Scene:
    """Return all steps of a case."""
    return animation.watch(
        case.function,
        case.image,
        case.weights,
        view=case.view,
        title=case.title,
        shaded=case.flat,
        spelled=case.spelled,
        **case.arguments,
    )
