"""The released notebooks, answered and saved by other programs: restored as if nothing had happened."""

from __future__ import annotations

import copy
import json
import random

import accidents
import jupytext
import nbformat
import pytest
from common import ROOT, blank
from pour import notebooks, pour, released, sections

from autograder.submission.reading import parse
from autograder.submission.restore import restore

ASSIGNMENTS = ("conv2d", "conv_arithmetic")
RELEASED = [(assignment, name) for assignment in ASSIGNMENTS for name in notebooks(assignment)]


def answered(assignment, name):
    """A released notebook with answers."""
    return copy.deepcopy(pour(released(assignment, name), sections(assignment, "student-01")))


def texts(restored):
    """What a restored notebook holds, in order."""
    return [(cell["cell_type"], "".join(cell["source"]).strip()) for cell in restored.notebook["cells"]]


def by_nbformat(minor):
    """A function that writes a notebook as an older version and reads it again."""

    def saved(nb):
        older = nbformat.from_dict(nb | {"nbformat_minor": minor})
        for cell in older.cells:
            cell.pop("id", None)
        nbformat.validate(older)
        return json.loads(nbformat.writes(older))

    return saved


def by(editor, seed):
    """A function that saves a notebook as an editor does."""

    def saved(nb):
        editor(nb, random.Random(seed))
        return nb

    return saved


def by_jupytext(form):
    """A function that writes a notebook as text and reads it again."""

    def saved(nb):
        text = jupytext.writes(nbformat.reads(json.dumps(nb), as_version=4), form)
        return json.loads(nbformat.writes(jupytext.reads(text, form)))

    return saved


SAVED = {f"nbformat 4.{minor}": by_nbformat(minor) for minor in (0, 2, 4)}
SAVED |= {f"jupytext {form}": by_jupytext(form) for form in ("py:percent", "py:light", "md")}
SAVED |= {f"{editor.__name__} {seed}": by(editor, seed) for editor in accidents.SAVED for seed in (1, 2)}


@pytest.mark.parametrize(("assignment", "name"), RELEASED, ids=[name for _, name in RELEASED])
@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_an_editor_changes_nothing(assignment, name, saved):
    source = blank(assignment, name)
    wanted = restore(source, answered(assignment, name))
    found = restore(source, parse(json.dumps(saved(answered(assignment, name))).encode()))
    assert texts(found) == texts(wanted)
    assert found.late == ()


@pytest.mark.parametrize(("assignment", "name"), RELEASED, ids=[name for _, name in RELEASED])
def test_the_link_that_colab_puts_first_moves_nothing(assignment, name):
    theirs = answered(assignment, name)
    accidents.colab_to_github(theirs, random.Random(1))
    found = restore(blank(assignment, name), theirs)
    wanted = texts(restore(blank(assignment, name), answered(assignment, name)))
    assert "colab-badge" in texts(found)[0][1], "as words"
    assert texts(found)[1:] == wanted


def test_the_course_is_there():
    assert len(RELEASED) == len(list((ROOT / "release").glob("*/*.ipynb"))) == 5
