"""Which file of a hand-in is which notebook, and what is said where one is not there."""

from __future__ import annotations

import copy
import json
import os
import warnings
import zipfile

import pytest
from common import ROOT
from pour import released

from autograder.course.sources import read_assignment
from autograder.submission import hand_in
from autograder.submission.which import choose


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "1_convolve2d.ipynb",
            json.dumps(released("conv2d", "2_normalization")),
            "the file 1_convolve2d.ipynb holds the notebook 2_normalization and was graded as that one",
        ),
        (
            "1_convolve2d.py",
            "def convolve2d(image, kernel): return image\n",
            "'1_convolve2d.py', which is no notebook: hand in the .ipynb file",
        ),
    ],
)
def test_why_a_notebook_is_not_there(tmp_path, file, content, said):
    (tmp_path / file).write_text(content)
    assert said in chosen(tmp_path).reason


BLANK = released("conv2d", "1_convolve2d")
DONE, AGAIN = copy.deepcopy(BLANK), copy.deepcopy(BLANK)
for nb, number in ((DONE, 1), (AGAIN, 2)):
    next(cell for cell in nb["cells"] if cell["id"] == "convolve2d")["source"] = f"convolve2d = {number}"
NAME = "1_convolve2d.ipynb"
COPY = "1_convolve2d (2).ipynb"
SCRATCH = {"cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": []}]}
OLD, NEW = 1_000_000_000, 1_000_000_100


@pytest.mark.parametrize(
    ("wins", "files", "why"),
    [
        (COPY, [(NAME, {"cells": []}, NEW), (COPY, DONE, OLD)], "it was worked on"),
        (COPY, [(NAME, SCRATCH, NEW), (COPY, DONE, OLD)], "it was worked on"),
        (COPY, [(NAME, BLANK, NEW), (COPY, DONE, OLD)], "it was worked on"),
        (NAME, [(NAME, BLANK, OLD), (COPY, [], NEW)], "no other can be read"),
        (COPY, [(NAME, DONE, OLD), (COPY, AGAIN, NEW)], "it is the newest"),
        (
            COPY,
            [(NAME, DONE, OLD), (COPY, AGAIN, NEW), ("1_convolve2d (3).ipynb", BLANK, NEW)],
            "it is the newest that was worked on",
        ),
        (NAME, [(NAME, DONE, OLD), (COPY, AGAIN, OLD)], "it has the right name among the newest"),
        (
            NAME,
            [(NAME, DONE, OLD), (COPY, AGAIN, OLD), ("1_convolve2d (3).ipynb", BLANK, NEW)],
            "it has the right name among the newest that were worked on",
        ),
        (
            COPY,
            [("1_convolve2d (1).ipynb", DONE, OLD), (COPY, AGAIN, OLD)],
            "it has the highest number among the newest",
        ),
        (
            COPY,
            [(f"in/{NAME}", DONE, OLD), (COPY, AGAIN, OLD)],
            "it lies in the fewest folders and archives among the newest",
        ),
        (
            f"a/{NAME}",
            [(f"a/{NAME}", DONE, OLD), (f"b/{NAME}", AGAIN, OLD)],
            "it comes first among the newest",
        ),
    ],
)
def test_of_several_versions_one_counts_and_the_reason_is_said(tmp_path, wins, files, why):
    for name, content, when in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content))
        os.utime(path, (when, when))
    found = chosen(tmp_path)
    assert found.path == tmp_path / wins
    assert found.notes[0].endswith(f"; {wins!r} counts because {why}")


@pytest.mark.parametrize(
    ("versions", "why"),
    [
        ([DONE, BLANK], "it was worked on"),
        ([BLANK, DONE], "it was worked on"),
        ([AGAIN, DONE], "it comes last in the archive among the newest"),
    ],
)
def test_an_archive_that_holds_a_name_twice_holds_two_versions(tmp_path, versions, why):
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as packed, warnings.catch_warnings(action="ignore"):
        for each in versions:
            packed.writestr(NAME, json.dumps(each))
    found = chosen(tmp_path)
    assert found.cells == DONE
    shown = repr(f"work.zip/{NAME}")
    assert found.notes == (f"there were several versions ({shown}); {shown} counts because {why}",)


def chosen(folder):
    hand = hand_in.look(folder)
    return choose(hand, hand.contents(), read_assignment(ROOT, "conv2d"))["1_convolve2d"]
