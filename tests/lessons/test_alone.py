"""A released notebook without the folder it came in: its pictures show, and grading reads it as before."""

from __future__ import annotations

import base64
import re

import pytest
from common import ROOT, blank, source
from pour import as_written, notebooks, pour, released

from autograder import notebook as cells_of
from autograder.notebook import pictures
from autograder.submission.restore import restore

NOTEBOOKS = [(lesson, name) for lesson in ("conv2d", "conv_arithmetic") for name in notebooks(lesson)]
PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]*)" data-file="(figures/[^"]*)"')


@pytest.mark.parametrize(("lesson", "name"), NOTEBOOKS)
def test_a_notebook_carries_its_still_pictures(lesson, name):
    text = "\n".join(cells_of.source(c) for c in released(lesson, name)["cells"])
    carried = PICTURE.findall(text)
    assert carried
    for data, file in carried:
        assert base64.b64decode(data, validate=True) == (ROOT / "source" / lesson / file).read_bytes()
    left = [tag for tag in re.findall("<img [^>]*>", text) if 'src="data:' not in tag]
    assert all(".gif" in tag for tag in left), "only what moves needs the folder"
    assert (ROOT / "release" / lesson / f"{name}.ipynb").stat().st_size < 500_000


@pytest.mark.parametrize(("lesson", "name"), NOTEBOOKS)
def test_the_source_of_a_text_has_links_instead(lesson, name):
    texts = {c["id"]: c["source"] for c in as_written(lesson, name) if not cells_of.grade_id(c)}
    ours = {c["id"]: cells_of.source(c) for c in source(lesson, name)["cells"] if not cells_of.grade_id(c)}
    assert texts == ours


@pytest.mark.parametrize(("lesson", "name"), NOTEBOOKS)
def test_what_is_handed_in_is_read_with_its_links(lesson, name):
    restored = restore(blank(lesson, name), pour(released(lesson, name), {}))
    assert restored.notes == ()
    texts = {c["id"]: cells_of.source(c) for c in restored.notebook["cells"]}
    assert not any("data:" in text for text in texts.values())
    shown = {id_: text for id_, text in texts.items() if "<img" in text}
    assert shown.keys() == {c["id"] for c in source(lesson, name)["cells"] if "<img" in cells_of.source(c)}


def test_a_picture_that_is_missing_stays_a_link(tmp_path):
    text = '<img src="figures/none.png" width="9" alt="x">'
    assert pictures.embedded(text, tmp_path) == text


@pytest.mark.parametrize("text", ['<img src="data:image/png;base64,AA==" onload="x">', "data-file", "text"])
def test_only_our_own_pictures_become_links(text):
    assert pictures.linked(text) == text
