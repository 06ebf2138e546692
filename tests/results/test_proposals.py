"""`convgrade mistakes`: what it proposes for a mistake the bank does not know, and what that then names."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from common import ROOT, blank
from local_student import built, marked
from pour import pour, released

from autograder.checks import diagnose, exercise, mistakes
from autograder.course.settings import CourseError
from autograder.judge.verdict import CellVerdict, Verdict
from autograder.results.proposals import NAME_IT, propose
from autograder.results.report import entries, page
from autograder.submission.restore import restore

PLACE, FUNCTION = "1_convolve2d", "zero_pad"
RIGHT = """\
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("no frame")
    out = np.pad(image.astype(float), ((ph, ph), (pw, pw)))
"""
UNKNOWN = f"{RIGHT}    if ph:\n        out[0, ::2] = 7\n    return out\n"
LONGER = UNKNOWN.replace("    if ph", "    # a word more than the others\n    if ph")
KNOWN = f"{RIGHT}    return out[:-1]\n"
ALONE = f"{RIGHT}    return out + 3\n"
WHOLE = f"{RIGHT}    return out\n"
CODES = [UNKNOWN, *[LONGER] * 19, KNOWN, KNOWN, ALONE, WHOLE]
STUDENTS = [f"student-{number:02}" for number in range(1, 25)]
UNNAMED = STUDENTS[:20]


def results(function=FUNCTION):
    return {
        student: marked(function, lambda code=code: built(function, code), number)
        for number, (student, code) in enumerate(zip(STUDENTS, CODES, strict=True))
    }


def write(root, verdict, notebook):
    folder = root / "autograded" / verdict.student / "conv2d"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{PLACE}.ipynb").write_text(json.dumps(notebook))
    (folder / f"{PLACE}.verdict.json").write_text(json.dumps(verdict.to_json()))


def verdict(student, function, checks):
    cell = CellVerdict(f"test_{function}", function, 0, 3, "graded", tuple(checks))
    return Verdict("conv2d", PLACE, student, "graded", 0, 3, "none", "", (), (cell,))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Look for no gradebook: a proposal needs no marks."""
    (tmp_path / "source").symlink_to(ROOT / "source")
    (tmp_path / "nbgrader_config.py").write_text("")
    monkeypatch.setattr(entries.marks, "read_marks", lambda *_: [])
    return tmp_path


def test_an_entry_that_is_proposed_and_named_names_all_who_share_the_mistake_and_no_other(
    course, monkeypatch
):
    for (student, checks), code in zip(results().items(), CODES, strict=True):
        nb = restore(blank("conv2d", PLACE), pour(released("conv2d", PLACE), {FUNCTION: code})).notebook
        write(course, verdict(student, FUNCTION, checks), nb)
    proposal = propose(course, "conv2d")
    comments, begin, entry = re.split(r"(?m)^(?=from|@mistakes)", proposal)
    assert "mistakes = Table" in begin
    assert f"20 students, the same wrong results for the same calls: {', '.join(UNNAMED)}." in comments
    assert all(line.startswith("#") for line in comments.splitlines())
    assert "zero_pad(np.array(" in comments
    assert "a word more" not in comments
    bank = mistakes.misconceptions_of(FUNCTION)
    table = mistakes.Table(FUNCTION, "1_convolve2d#pad-text", "frame")
    code = "\n".join(line[2:] for line in comments.partition("# def")[2].splitlines()[1:-2])
    named = entry.replace(NAME_IT, "sevens").rpartition("    raise")[0]
    exec(f"{named}\n{code}", {"np": np, "mistakes": table})
    new = mistakes._ENTERED[FUNCTION].pop()
    assert new.id == "zero_pad/sevens"
    monkeypatch.setattr(diagnose, "misconceptions_of", lambda _: (*bank, new))
    now = results()
    assert [name for name, found in now.items() if any(c.misconception == new.id for c in found)] == UNNAMED


def test_what_is_only_similar_comes_after_what_is_the_same(course):
    similar = [f"{RIGHT}    return out + {number}\n" for number in (3, 4, 5)]
    for student, code in zip(STUDENTS, [*similar, UNKNOWN, LONGER], strict=False):
        checks = marked(FUNCTION, lambda code=code: built(FUNCTION, code))
        write(course, verdict(student, FUNCTION, checks), {"cells": []})
    assert "2 students, the same wrong results for the same calls: student-04, student-05." in propose(
        course, "conv2d"
    )


def test_wrong_examples_that_agree_are_shown_with_their_number(course):
    one, other = (([[1, 2]], [[3, 4]]), [[13]]), (([[5]], [[6]]), [[31]])
    alone = [(([[1, 2]], [[3, 4]]), [[12]])]
    for student, examples in zip(STUDENTS, [[one], [other, one], [other], alone], strict=False):
        function = "convolve2d_examples"
        write(course, verdict(student, function, marked(function, lambda given=examples: given)), {})
    proposal = propose(course, "conv2d")
    assert all(line.startswith("#") for line in proposal.splitlines() if line)
    assert "3 students share wrong examples of convolve2d:" in proposal
    for call in (
        "convolve2d(np.array([[1, 2]]), np.array([[3, 4]]))",
        "convolve2d(np.array([[5]]), np.array([[6]]))",
    ):
        assert f"# 2 students wrote it.\n# {call}\n" in proposal
    assert "12" not in proposal


def test_students_cannot_leave_the_comments(course):
    (checks,) = [marked(FUNCTION, lambda: built(FUNCTION, ALONE))]
    odd = [
        replace(
            check,
            title="a\r\u2028import os",
            counterexample=check.counterexample
            and replace(check.counterexample, python="zero_pad()\n\x85import os", call="f\ff"),
        )
        for check in checks
    ]
    for student in STUDENTS[:2]:
        write(course, verdict(student, FUNCTION, odd), {"cells": []})
    comments, _, entry = re.split(r"(?m)^(?=from|@mistakes)", propose(course, "conv2d"))
    assert "import os" in comments
    assert all(line.startswith("#") for line in comments.splitlines())
    assert "import" not in entry


def test_a_class_without_a_shared_failure_is_told(course):
    write(course, verdict(STUDENTS[0], FUNCTION, marked(FUNCTION, lambda: built(FUNCTION, WHOLE))), {})
    with pytest.raises(CourseError, match="no two students share a failure"):
        propose(course, "conv2d")


def test_a_mistake_behind_a_known_one_does_not_hide_among_wrong_examples(course):
    turned, slip = (([[1, 2]], [[3, 4]]), [[10]]), (([[5]], [[6]]), [[31]])
    function = "convolve2d_examples"
    for student, examples in zip(
        STUDENTS, [[turned, (([[2, 1]], [[0, 1]]), [[2]]), slip], [slip]], strict=False
    ):
        write(course, verdict(student, function, marked(function, lambda given=examples: given)), {})
    proposal = propose(course, "conv2d")
    assert "2 students share wrong examples" in proposal
    assert "np.array([[6]])" in proposal
    assert "np.array([[3, 4]])" not in proposal
    assert "np.array([[0, 1]])" not in proposal


def test_the_first_entry_of_an_exercise_brings_its_table_and_goes_to_the_course(course):
    for student in STUDENTS[:2]:
        write(
            course,
            verdict(student, FUNCTION, marked(FUNCTION, lambda: built(FUNCTION, ALONE))),
            {"cells": []},
        )
    proposal = propose(course, "conv2d")
    assert f"put it into {course}/exercises/zero_pad/misconceptions.py." in proposal
    exec(proposal, {})
    [entry] = [mistakes._ENTERED[FUNCTION].pop()]
    assert (entry.id, entry.function) == ("zero_pad/name-it", "zero_pad")


def test_a_report_is_written_without_the_sentences_that_do_not_load(course):
    checks = marked(FUNCTION, lambda: built(FUNCTION, KNOWN))
    own = [
        replace(each, misconception=f"{FUNCTION}/own" if each.status == "failed" else None) for each in checks
    ]
    write(course, verdict(STUDENTS[0], FUNCTION, own), {"cells": []})
    file = course / "exercises" / FUNCTION / "misconceptions.py"
    file.parent.mkdir(parents=True)
    file.write_text("import numpy\nnowhere()\n")
    try:
        report, _, (trouble,) = page.write(course, "conv2d")
    finally:
        exercise.look_in("")
    assert trouble.startswith(
        f"{file} does not load: NameError: name 'nowhere' is not defined (misconceptions.py, line 2)"
    )
    assert "or its file does not load" in report.read_text()
