"""The figures of the lesson, one small script each, drawn from the reference functions themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.figures import artistic, cnn_architecture, edges, feature_maps, kernels, sliding_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIGURES = (edges, cnn_architecture, sliding_window, kernels, feature_maps, artistic)


def draw_all(folder: Path) -> Iterator[Path]:
    """Draw every figure into the folder, the same bytes every time, and name each file when it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure in FIGURES:
        path = folder / figure.FILE
        figure.draw().save(path, optimize=True)
        yield path
    path = folder / sliding_window.ANIMATION
    sliding_window.animate(path)
    yield path
