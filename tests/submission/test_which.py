"""Which file of a hand-in is which notebook, and what is said where one is not there."""

from __future__ import annotations

import json

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
    hand = hand_in.look(tmp_path)
    found = choose(hand, hand.contents(), read_assignment(ROOT, "conv2d"))
    assert said in found["1_convolve2d"].reason
