"""Judging comes after the last cell, on the names as they were at each test cell."""

from __future__ import annotations

import pytest
from common import QUICK, blank, cell, not_passed
from pour import pour, released, sections

from autograder import notebook
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.submission.restore import restore

NAME = "1_convolve2d"
EXEMPLAR = sections("conv2d", "student-01")
WRONG = "def zero_pad(image, padding):\n    return image"
# what a function that is judged could leave for a later cell: in a name, in a module, in a file
RECORDING = """
import builtins, os, pathlib
SEEN, builtins.seen, judged = [], [], False
def zero_pad(image, padding):
    SEEN.append(repr(image))
    builtins.seen.append(repr(image))
    with open("seen.txt", "a") as file:
        file.write(repr(image))
    {last}
"""
MARK = "SEEN.clear(); seen.clear(); pathlib.Path('seen.txt').write_text(''); judged = True"
SHOW = "print(SEEN, seen, pathlib.Path('seen.txt').read_text())"


def executed(place, texts, *own):
    """Executed notebook and verdict, with cells of the student's own above or below test cells.

    Each of `own` is a grade_id, how many cells below it the cell is put in (0: above), and its text.
    """
    nb = pour(released("conv2d", NAME), texts)
    for grade_id, below, text in own:
        at = next(i for i, each in enumerate(nb["cells"]) if notebook.grade_id(each) == grade_id) + below
        nb["cells"].insert(at, {"cell_type": "code", "metadata": {}, "source": text, "outputs": []})
    restored = restore(blank("conv2d", NAME), nb).notebook
    return judge(Job("conv2d", NAME, "student", "5eed" * 16, restored, limits=QUICK), place)


def shown(nb, text):
    """What the cells with this source have printed."""
    cells = [each for each in nb["cells"] if notebook.source(each) == text]
    assert cells
    return ["".join(output["text"] for output in each["outputs"]) for each in cells]


@pytest.mark.parametrize("last", ["return image", "if judged: os._exit(1)"], ids=["returns", "ends Python"])
def test_a_cell_below_a_test_cell_sees_nothing_that_a_judged_function_recorded(place, last):
    own = [("test_zero_pad", 1, SHOW), ("test_zero_pad", 0, MARK), ("test_convolve2d", 1, SHOW)]
    nb, verdict = executed(place, EXEMPLAR | {"zero_pad": RECORDING.format(last=last)}, *own)
    assert shown(nb, SHOW) == ["[] [] \n"] * 2
    assert cell(verdict, "zero_pad").checks[0].status == "failed"  # so it was called


LATER = {
    "the function is wrong later": f"{WRONG}\ndef convolve2d(*a, **k): return None",
    "what it uses is gone later": "np = int = range = tuple = isinstance = ValueError = None",
    "its name is gone later": "del zero_pad, convolve2d, output_size",
    "everything is gone later": "%reset -f",
}


@pytest.mark.parametrize("text", LATER.values(), ids=LATER)
def test_what_comes_after_the_test_cells_takes_no_points(best_place, text):
    _, verdict = executed(best_place, EXEMPLAR, ("test_convolve2d", 1, text))
    assert not_passed(verdict) == {}
    assert verdict.score == verdict.max_score == 24


def test_nor_does_the_end_of_python(place):
    _, verdict = executed(place, EXEMPLAR, ("test_convolve2d", 1, "import os; os._exit(0)"))
    assert verdict.score == verdict.max_score == 24


def test_what_comes_after_a_test_cell_counts_for_the_next_ones_only(best_place):
    """The same function, wrong between the test cells of others: each is judged by what it was there."""
    own = [("test_zero_pad", 1, "def output_size(*a, **k): return 0\ndel zero_pad")]
    _, verdict = executed(best_place, EXEMPLAR, *own)
    assert not_passed(verdict) == {}


def test_a_right_answer_that_comes_after_the_test_cell_comes_too_late(best_place):
    _, verdict = executed(
        best_place, EXEMPLAR | {"zero_pad": WRONG}, ("test_zero_pad", 1, EXEMPLAR["zero_pad"])
    )
    assert not_passed(verdict).keys() == {"zero_pad"}


HELPED = """
OFFSET = 1
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError
    return (n + 2 * padding - k) // stride + OFFSET
"""


@pytest.mark.slow
@pytest.mark.parametrize("later", ["OFFSET = 7", "del OFFSET", "OFFSET += 1", "globals()['OFFSET'] = None"])
def test_a_global_keeps_the_value_it_had_at_the_test_cell(best_place, later):
    _, verdict = executed(best_place, EXEMPLAR | {"output_size": HELPED}, ("test_output_size", 1, later))
    assert "output_size" not in not_passed(verdict)
    early = ("test_output_size", 0, later)
    _, verdict = executed(best_place, EXEMPLAR | {"output_size": HELPED}, early)
    assert "output_size" in not_passed(verdict)


def test_what_was_there_at_a_test_cell_is_there_again_after_a_kernel_was_lost(place):
    """The first call ends Python, so everything that is judged afterwards is judged in a fresh kernel."""
    texts = EXEMPLAR | {"output_size": f"{HELPED}\nlast = output_size"}
    deadly = "def output_size(*a, **k):\n    import os; os._exit(1)"
    own = [("test_output_size", 1, "output_size = last"), ("test_output_size", 0, deadly)]
    own += [("test_convolve2d", 1, "del zero_pad, convolve2d")]
    _, verdict = executed(place, texts, *own)
    assert cell(verdict, "output_size").status == "crashed"
    assert not_passed(verdict).keys() == {"output_size"}
