"""What counts as a student's own code in a solution cell."""

from __future__ import annotations

import pytest

from autograder.submission.written import adds_code

TODO = '''\
def zero_pad(image, padding):
    """Put zeros around an image."""
    # Step 1: how large is the result?
    raise NotImplementedError("this cell is still a TODO")  # replace this line with your code
'''
REMARK = '    """I solved this one in another cell"""\n'
LEFT = '    raise NotImplementedError("this cell is still a TODO")\n'
HEAD, REST = TODO.split("\n", 1)


@pytest.mark.parametrize(
    "text",
    [
        TODO,
        TODO + LEFT,
        f"{HEAD}\n{REMARK}{REST}",
        f"{HEAD}\n{REMARK}{REST}{LEFT}",
        "# see below\n" + TODO,
        "",
    ],
    ids=["released", "line twice", "remark", "remark and line twice", "comment", "empty"],
)
def test_what_is_no_answer_adds_no_code(text):
    assert not adds_code(text, TODO)


@pytest.mark.parametrize(
    "text",
    [
        f"{TODO}    return image\n",
        f"{HEAD}\n    print(1)\n{REST}",
        f"{HEAD}\n{REMARK}    return image\n",
        "x = 1",
    ],
    ids=["below the TODO", "above the TODO", "in its place", "another thing"],
)
def test_an_answer_adds_code(text):
    assert adds_code(text, TODO)
