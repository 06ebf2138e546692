"""The figures of the lesson: drawn again they are the committed files, small, and described in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from reference.figures import FIGURES, draw_all, sliding_window
from reference.figures.canvas import Canvas

LESSON = Path(__file__).parents[2] / "source" / "conv2d" / "figures"
FILES = [*(figure.FILE for figure in FIGURES), sliding_window.ANIMATION]
LARGEST_FILE = 150_000


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw all figures once into a folder of their own."""
    return {path.name: path for path in draw_all(tmp_path_factory.mktemp("figures"))}


def test_the_lesson_has_these_figures_and_no_others(drawn):
    assert sorted(drawn) == sorted(FILES) == sorted(path.name for path in LESSON.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_a_figure_is_the_committed_one_byte_for_byte(drawn, name):
    assert drawn[name].read_bytes() == (LESSON / name).read_bytes(), "run python -m reference.figures"


@pytest.mark.parametrize("name", FILES)
def test_a_figure_is_small_to_load_and_wide_enough_to_read(name):
    assert (LESSON / name).stat().st_size < LARGEST_FILE
    with Image.open(LESSON / name) as picture:
        assert 640 <= picture.width <= 1840
        assert picture.height / 2 <= 620, "it has to fit on a laptop's screen"


@pytest.mark.parametrize("words", [*(figure.ALT for figure in FIGURES), sliding_window.ANIMATION_ALT])
def test_a_figure_is_described_for_those_who_cannot_see_it(words):
    assert 60 < len(words) < 420
    assert words.endswith(".")


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_explains_itself(figure):
    title, *prose = figure.__doc__.split("\n\n")
    assert title.endswith(".")
    assert len(prose) >= 2, "prose and a source"


def test_the_animation_shows_every_position_rests_and_stops():
    with Image.open(LESSON / sliding_window.ANIMATION) as animation:
        assert animation.info["loop"] == 2
        rests = []
        for frame in range(animation.n_frames):
            animation.seek(frame)
            rests.append(animation.info["duration"])
    assert len(rests) == sliding_window.OUTPUT.size == 36
    assert min(rests) >= 800
    assert rests[-1] > rests[0]


def test_text_that_the_font_cannot_draw_is_refused():
    with pytest.raises(ValueError, match="may not have every sign"):
        Canvas(10, 10).text((5, 5), "√2")
