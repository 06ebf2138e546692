"""Gates of the kill matrix: nothing wrong gets through, nothing right is refused, no check is idle."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import matrix
import pytest
from common import ROOT
from local_student import HIDDEN, checks, is_killed, judged, sections, styles
from mutants import EQUIVALENT, mutants

from autograder.checks.mistakes import bank, misconceptions_of

GRADED = [entry for entry in bank() if entry.function in HIDDEN]


@cache
def marks(identity):
    """What becomes of each check on fixed inputs alone; what random ones add, test_random_cases asks."""
    entry = next(entry for entry in bank() if entry.id == identity)
    return judged(entry.function, entry.fresh, None)


def basis(function):
    """The checks that stand on nothing; where one of them fails, others are skipped."""
    return {check.id for check in checks(function) if not check.after}


@pytest.mark.parametrize("function", HIDDEN)
def test_a_misconception_loses_points_and_not_all_of_them_unless_it_breaks_the_basis(function):
    found = {entry.id: marks(entry.id) for entry in misconceptions_of(function)}
    assert {name: row for name, row in found.items() if not is_killed(row)} == {}
    lose_all = [name for name, row in found.items() if "." not in row.values()]
    assert [name for name in lose_all if "F" not in map(found[name].get, basis(function))] == []


def test_the_aspect_of_a_misconception_is_a_check_of_its_function():
    there = {(function, check.id) for function in HIDDEN for check in checks(function)}
    assert [entry.id for entry in GRADED if (entry.function, entry.aspect) not in there] == []


@pytest.mark.parametrize("function", HIDDEN)
def test_every_check_notices_a_misconception(function):
    kills = Counter()
    for entry in misconceptions_of(function):
        kills.update(check for check, mark in marks(entry.id).items() if mark not in ".-")
    assert {check.id for check in checks(function)} == set(kills)


@pytest.mark.parametrize("style", styles())
def test_a_right_style_keeps_all_points(style):
    assert matrix.lost(style) == {}


def test_there_are_enough_styles_and_every_function_has_several():
    counts = Counter(function for style in styles() for function in sections(style))
    assert len(styles()) >= 40
    assert set(counts) == set(HIDDEN)
    assert min(counts.values()) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_the_mutants_that_survive_are_those_explained(function):
    survivors = {(each.function, each.change) for each in mutants(function) if matrix.survives(each)}
    assert survivors == {key for key in EQUIVALENT if key[0] == function}


def test_the_bank_is_large_and_its_ids_are_unique():
    ids = [entry.id for entry in bank()]
    assert len(ids) >= 120
    assert len(set(ids)) == len(ids)
    assert set(HIDDEN) <= {entry.function for entry in bank()}


def test_a_sentence_is_one_sentence_or_two():
    for sentence in {entry.sentence for entry in bank()}:
        assert re.fullmatch(r"[A-Z`'0-9].*[^.]\.", sentence), sentence
        assert sentence.count(". ") <= 1, sentence
        assert len(sentence) <= 130, sentence


def test_the_lesson_has_the_cells_that_are_named():
    for entry in bank():
        notebook, _, cell = entry.lesson.partition("#")
        assert cell
        for path in ROOT.glob(f"source/*/{notebook}.ipynb"):
            assert cell in {each["id"] for each in json.loads(path.read_bytes())["cells"]}, entry.id


def test_the_command_ends_with_the_totals(monkeypatch, capsys, tmp_path):
    chosen = misconceptions_of("output_size")
    monkeypatch.setattr(matrix, "HIDDEN", ["output_size"])
    monkeypatch.setattr(matrix, "styles", lambda: ["loops", "while_loops"])
    monkeypatch.setattr("sys.argv", ["matrix.py", "--seeds", "2", "--write", str(tmp_path / "matrix.txt")])
    matrix.main()
    text = capsys.readouterr().out
    assert (tmp_path / "matrix.txt").read_text() == text
    last = text.splitlines()[-1]
    assert last.startswith(
        f"misconceptions killed {len(chosen)}/{len(chosen)}, styles accepted 2/2, mutants killed "
    )
    assert last.endswith("(2 equivalent)")
    assert all(entry.id in text for entry in chosen)


def test_the_readme_says_what_the_matrix_says():
    written = (ROOT / "tests" / "tools" / "matrix.txt").read_text().rstrip().splitlines()[-1]
    assert written.startswith("misconceptions killed ")
    assert f"\n    {written}\n" in (ROOT / "README.md").read_text()
    assert f"killed {len(GRADED)}/{len(GRADED)}," in written
