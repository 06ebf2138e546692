"""Tables of pandas, in a course that offers pandas: they travel as plain values, and checks compare them."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from foreign.test_own_exercises import job

from autograder.checks import Answer, call, exercise
from autograder.checks.call_text import _value
from autograder.checks.difference import difference
from autograder.checks.failure import Failure
from autograder.checks.values import literal
from autograder.judge.judge import judge
from autograder.judge.proof import prove
from autograder.sandbox.call import Outcome
from autograder.sandbox.inside import kinds, wire
from autograder.sandbox.inside.tables import Table, closed, opened
from autograder.sandbox.tiers import PACKAGES
from autograder.sandbox.trial import choose

pd = pytest.importorskip("pandas")
SALES = Path(__file__).parent / "sales"
DAYS = pd.to_datetime(["2024-01-31", None])
KINDS = pd.DataFrame(
    {
        "whole": [1, -2],
        "short": pd.array([1, 2], "int16"),
        "float": [0.5, float("nan")],
        "text": ["a", None],
        "any": [1, ("x", 2)],
        "truth": [True, False],
        "day": DAYS,
        "span": pd.to_timedelta(["1h", None]),
        "perhaps": pd.array([1, None], "Int64"),
        ("two", "levels"): [1, 2],
    }
)
TABLES = {
    "kinds": KINDS,
    "an index": KINDS[["whole", "text"]].set_axis(["x", "y"]).rename_axis("name"),
    "days as an index": KINDS[["whole"]].set_index(DAYS),
    "two levels": KINDS.groupby(["truth", "whole"])[["short"]].sum(),
    "columns of two levels": KINDS.groupby("truth").agg({"short": ["sum", "mean"]}),
    "a series": KINDS["float"],
    "a series without a name": pd.Series([1, 2], index=[5, 6]),
    "no rows": KINDS[:0],
    "no columns": pd.DataFrame(),
}


@pytest.fixture(scope="module")
def offers_pandas():
    with choose(packages=(*PACKAGES, "pandas")) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def only_the_built_in_ones():
    yield
    exercise.look_in("")


def same(one, other):
    if isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_index_type=False)
    else:
        pd.testing.assert_frame_equal(one, other, check_index_type=False, check_column_type=False)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_back_as_it_was(name):
    same(opened(wire.travelled(TABLES[name])), TABLES[name])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_as_python_makes_it_again_and_is_read_without_running_it(name):
    text = literal(closed(TABLES[name]))
    read = _value(ast.parse(text, mode="eval").body)
    same(opened(read), TABLES[name])
    if name not in ("no rows", "no columns"):
        same(eval(text, {"pd": pd, "np": np}), TABLES[name])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), ""),
        (pd.DataFrame({"a": [1.0, 2 + 1e-12], "b": ["x", "y"]}), ""),
        (pd.DataFrame({"a": [1, 3], "b": ["x", "y"]}), "at 'a'[1], expected 2, got 3"),
        (pd.DataFrame({"a": [1, 2]}), "the column 'b' is missing"),
        (pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": 1}), "the column 'c' should not be there"),
        (pd.DataFrame({"b": ["x", "y"], "a": [1, 2]}), "expected the columns in the order ['a', 'b']"),
        (pd.DataFrame({"a": [1], "b": ["x"]}), "expected 2 rows, got 1"),
        (pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=[1, 2]), "at the index[0], expected 0, got 1"),
        (pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], name="b")), "the column 'b' is missing"),
        (pd.Series([1, 2], name="a"), "expected a DataFrame of 2 rows and 2 columns, got a Series of 2 rows"),
    ],
)
def test_the_first_difference_is_said(table, said):
    expected = closed(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    found = difference(expected, closed(table), rounding=1e-9)
    assert found.startswith(said) if said else found == ""


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"b": ["y", "x"], "a": [2, 1]}, ""),
        ({"a": [2, 1], "b": ["x", "y"]}, "{'a': 1, 'b': 'x'} is missing"),
    ],
)
def test_in_any_order_rows_stay_whole(columns, said):
    expected = closed(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    got = closed(pd.DataFrame(columns, index=[7, 3]))
    assert difference(expected, got, any_order=True) == said


@pytest.mark.parametrize(
    "table", [KINDS["text"].astype("category"), pd.DataFrame([[1, 2]], columns=["a", "a"])]
)
def test_what_is_more_than_its_values_does_not_travel(table):
    with pytest.raises(wire.CannotTravel):
        wire.travelled(table)


def test_an_argument_with_missing_values_or_arrays_in_it_that_stays_as_it_was_is_unchanged():
    exercise.look_in(str(SALES / "exercises"))
    asked = call(pd.DataFrame({"a": [1.0, float("nan")], "b": [np.eye(2), None]}))
    for cell, complaint in ((2.0, True), (float("nan"), False)):
        _, [after] = wire.read(io.BytesIO(wire.pack({}, list(asked.args))).read)
        after.columns[0].values[1] = cell
        try:
            Answer("per_shop", asked, Outcome(after=(after,))).leaves_arguments_alone()
        except Failure:
            assert complaint
        else:
            assert not complaint


COLUMN = ["a", "int64", [1]]


@pytest.mark.parametrize(
    "found",
    [
        ["DataFrame", [], [COLUMN]],
        ["DataFrame", [COLUMN], [["a", "int64", [1, 2]]]],
        ["DataFrame", [COLUMN], [["a", "os.system", [1]]]],
        ["DataFrame", [COLUMN], [[[], "int64", [1]]]],
        ["DataFrame", [COLUMN], [COLUMN, COLUMN]],
        ["DataFrame", [COLUMN], [[n, "int64", [1]] for n in range(1001)]],
        ["Series", [COLUMN], []],
        ["Panel", [COLUMN], [COLUMN]],
        ["DataFrame", [COLUMN]],
        [COLUMN],
        5,
    ],
)
def test_a_table_that_is_none_is_no_frame(found):
    frame = wire.pack({}, [found]).replace(b'"values": [', b'"values": [{"table": ')[:-1] + b"}]}"
    size = (len(frame) - 8).to_bytes(4, "big")
    with pytest.raises(kinds.WireError):
        wire.read(io.BytesIO(size + frame[4:]).read)


def test_a_course_about_tables_does_what_it_must(offers_pandas):
    proof = prove(SALES, "per_shop", offers_pandas)
    assert [said for said in proof.missing if "source/" not in said] == []


def verdict(place, text):
    return judge(job(SALES, "per_shop", f"import pandas as pd\n{text}", points=5), place)[1]


RIGHT = "by.agg(euros=('euros', 'sum'), days=('day', 'nunique'))"


@pytest.mark.parametrize(
    ("changed", "failed", "said"),
    [
        ("by.agg(euros=('euros', 'max'), days=('day', 'nunique'))", "sums", "is missing"),
        ("by.agg(euros=('euros', 'sum'), days=('day', 'size'))", "sums", "its days are asked for"),
        (
            f"{RIGHT}.astype({{'shop': 'category'}})",
            "sums",
            "category",
        ),
        (
            f"{RIGHT}.astype({{'days': float}})",
            "number_types",
            "the column 'days' has the dtype float64; expected int64",
        ),
    ],
)
def test_a_student_is_told_what_is_wrong_with_a_table(offers_pandas, changed, failed, said):
    text = f"def per_shop(sales):\n    by = sales.groupby('shop', as_index=False)\n    return {changed}"
    result = verdict(offers_pandas, text)
    assert result.status == "graded"
    found = {check.id: check for check in result.cells[0].checks if check.status == "failed"}
    assert said in found[failed].message
    assert "pd.DataFrame({'shop': [" in found[failed].counterexample.python


def test_a_table_for_students_without_pandas_is_left_to_a_human(best_place):
    result = verdict(best_place, "def per_shop(sales): return sales")
    assert result.status == "grader_error"
    assert "does not offer pandas" in result.cells[0].checks[0].message


def test_nothing_imports_pandas_that_needs_none():
    code = "import autograder.cli, autograder.judge.proof, sys; assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_call_holds_tables_as_plain_values():
    asked = call([KINDS], by={"a": KINDS["whole"]})
    assert [type(value) for value in (asked.args[0][0], asked.named["by"]["a"])] == [Table, Table]
