"""autograder/exercises/README.md says what the checks say and what the judge does."""

from __future__ import annotations

import re
from itertools import takewhile

import points
import pytest
from common import cell, judged
from local_student import HIDDEN, checks

TEXT = points.README.read_text()
EXAMPLES = TEXT.split("## Examples")[1]
ROWS = re.findall(
    r"^\| (\d+) \| `(\w+)` \| ([\d.]+) of ([\d.]+) \| ([\w, ]*) \| ([\w, ]*) \|$", EXAMPLES, re.MULTILINE
)
CARE = {"bytes_out", "flat", "illegal", "leaves_no_trace", "not_a_number", "number_types"}
CODE = dict(re.findall(r"^(\d+)\. [^\n]*\n\n```python\n(.*?)^```$", EXAMPLES, re.MULTILINE | re.DOTALL))


def test_the_tables_are_those_of_the_checks():
    assert points.written(TEXT) == points.tables(), "run: python tests/tools/points.py"


@pytest.mark.slow
def test_what_the_commonest_mistakes_cost_is_what_the_judge_takes():
    found = points.written(TEXT, points.COSTS_BEGIN, points.COSTS_END)
    assert found == points.costs(), "run: python tests/tools/points.py"
    assert sum(map(len, map(str.split, points.COMMON.values()))) == 40
    assert found.count("\n") == 41


def test_every_check_of_every_function_has_a_row():
    assert sorted(name for name in points.functions() if not name.endswith("_examples")) == HIDDEN
    rows = re.findall(r"^\| (\w+) \| [\d.]+ \|.*\|$", points.written(TEXT), re.MULTILINE)
    assert rows == [check.id for function in points.functions() for check in checks(function)]


@pytest.mark.parametrize("function", HIDDEN)
def test_every_check_has_a_reason(function):
    for check in checks(function):
        assert re.fullmatch(r"[^|]+\.", check.why), check.id  # in one column of the table


def test_the_checks_of_a_function_share_out_its_points():
    for function, (_, worth) in points.functions().items():
        assert sum(share for _, share in points.rows(function, worth)) == pytest.approx(worth)


def test_care_is_worth_a_quarter_of_a_function_at_most():
    care, ids = {}, set()
    for function, (_, worth) in points.functions().items():
        careful = [row for row in points.rows(function, worth) if row[0].id in CARE or row[0].illegal]
        care[function] = sum(share for _, share in careful) / worth
        ids |= {check.id for check, _ in careful}
    assert ids == CARE
    assert {function: share for function, share in care.items() if share > 1 / 4} == {}


def test_a_changed_check_is_noticed():
    stated = points.written(TEXT)
    changed = stated.replace("| orientation | 2 |", "| orientation | 3 |")
    assert stated != changed != points.tables()


def test_every_example_has_its_code_and_a_row():
    assert len(ROWS) >= 10
    assert [row[0] for row in ROWS] == list(CODE)
    assert EXAMPLES.count("```python") == len(CODE)
    assert {function for _, function, *_ in ROWS} <= set(points.functions())


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_marks_stated_are_those_of_the_judge(best_place, row):
    number, function, marks, worth, failed, skipped = row
    assignment, name = points.functions()[function][0].split("/")
    earlier = tuple(takewhile(lambda other: other != function, points.functions()))
    verdict = judged(
        best_place,
        {function: CODE[number]},
        assignment=assignment,
        notebook=name,
        only=function,
        earlier=earlier,
    )
    found = cell(verdict, function)
    lost = {
        status: [check.id for check in found.checks if check.status == status]
        for status in ("failed", "skipped")
    }
    assert (found.score, found.max_score) == (float(marks), float(worth))
    assert lost == {
        "failed": failed.split(", ") if failed else [],
        "skipped": skipped.split(", ") if skipped else [],
    }
