"""`convgrade report`: a class of 80 made from real verdicts, its page and its table."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import sys
import warnings
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import commands
import pandas as pd
import pytest
from common import ROOT, judged
from nbgrader.api import Gradebook
from pour import sections
from sqlalchemy.exc import SAWarning

from autograder.checks.counterexample import Counterexample
from autograder.checks.examples import NOTICES
from autograder.checks.mistakes import bank
from autograder.course.settings import CourseError
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.results import marks, report
from autograder.results.report import groups
from autograder.results.report.entries import Entry, gather
from autograder.results.report.groups import clusters, costliest, misconceptions
from autograder.results.report.page import histogram, render

NOTEBOOK = "1_convolve2d"
CLASS = 80  # ten for each of the verdicts
SAMPLES = ("student-01", "student-06", "student-07", "student-08", "student-09", "student-10", "student-11")
EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>"\x1b[31m\u202e'
FLIPPED = "convolve2d/flipped"


@pytest.fixture(scope="module")
def bases(best_place):
    """Real verdicts on the first notebook; those of student-07 with two seeds, as two students have them."""
    seeds = [(name, "5eed" * 16) for name in SAMPLES] + [("student-07", "feed" * 16)]
    return [judged(best_place, sections("conv2d", name), seed=seed) for name, seed in seeds]


@pytest.fixture(scope="module")
def course(tmp_path_factory, bases):
    """A class in which everybody handed in what a sample did, its gradebook, some feedback pages."""
    root = tmp_path_factory.mktemp("report") / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / "conv2d", root / "source" / "conv2d")
    verdicts = [replace(bases[n % len(bases)], student=f"student-{n:03}") for n in range(CLASS)]
    verdicts[1] = replace(verdicts[1], notes=(f"the cell was {EVIL}", "=1+1"))
    verdicts[2] = with_words(verdicts[2], EVIL)
    verdicts[3] = unjudged(verdicts[3])
    for verdict in verdicts:
        write(root, verdict)
    for verdict in verdicts[: CLASS // 2]:
        page = root / "feedback" / verdict.student / "conv2d" / f"{NOTEBOOK}.html"
        page.parent.mkdir(parents=True)
        page.write_text("<p>page</p>")
    monkeypatch = pytest.MonkeyPatch()  # nbgrader starts alembic by name
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    with warnings.catch_warnings(), Gradebook(f"sqlite:///{root}/gradebook.db", "convgrade") as book:
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's, about its own session
        book.add_assignment("conv2d")
        book.add_notebook(NOTEBOOK, "conv2d")
        for cell_id, kind in (("test", "code"), ("reflect", "markdown")):
            book.add_grade_cell(cell_id, NOTEBOOK, "conv2d", max_score=22, cell_type=kind)
            book.add_source_cell(cell_id, NOTEBOOK, "conv2d", cell_type=kind)
        for number, verdict in enumerate(verdicts):
            book.add_student(verdict.student, first_name="=HYPERLINK(1)", last_name=EVIL)
            book.add_submission("conv2d", verdict.student)
            auto = book.find_grade("test", NOTEBOOK, "conv2d", verdict.student)
            auto.auto_score, auto.needs_manual_grade = verdict.score, False
            manual = book.find_grade("reflect", NOTEBOOK, "conv2d", verdict.student)
            manual.needs_manual_grade = number % 4 == 0
            manual.manual_score = None if number % 4 == 0 else 20
        book.db.commit()
    monkeypatch.undo()
    return root


def write(root, verdict):
    folder = root / "autograded" / verdict.student / verdict.assignment
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{verdict.notebook}.verdict.json").write_text(json.dumps(verdict.to_json()))


def with_words(verdict, words):
    """The same, as if the student's exceptions had said this."""

    def changed(check):
        example = check.counterexample
        if check.status != "failed" or not example:
            return check
        got = {"raised": "Error", "text": words}
        example = replace(example, got=got)
        return replace(check, message=words, misconception=None, counterexample=example, behaviour="")

    cells = [replace(cell, checks=tuple(map(changed, cell.checks))) for cell in verdict.cells]
    return replace(verdict, cells=tuple(cells))


def unjudged(verdict):
    cells = [
        replace(cell, status="grader_error", score=0.0, checks=(), message="broke") for cell in verdict.cells
    ]
    return replace(verdict, status="grader_error", score=0.0, cells=tuple(cells))


@pytest.fixture(scope="module")
def entries(course):
    return gather(course, "conv2d")


@pytest.fixture(scope="module")
def page(course):
    path, _, trouble = report.write(course, "conv2d")
    assert not trouble
    return path


@pytest.fixture(scope="module")
def table(page):
    return pd.read_csv(page.with_suffix(".csv"), keep_default_na=False, dtype=str)


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of the page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def run(root, *arguments):
    return commands.run(root, "convgrade", *arguments)


# ------------------------------------------------------------------------------------------- the numbers


def test_every_check_counts_everybody_once(entries):
    for rate in groups.rates(entries):
        assert rate.of == CLASS, rate
        assert rate.unjudged == 1


def test_the_pass_rates_are_those_of_the_verdicts(entries):
    passed = Counter(
        (cell.function, check.title)
        for entry in entries
        for verdict in entry.verdicts
        for cell in verdict.cells
        for check in cell.checks
        if check.status == "passed"
    )
    rates = groups.rates(entries)
    assert {(rate.function, rate.title): rate.passed for rate in rates if rate.passed} == dict(passed)
    assert [rate.function for rate in rates] == sorted(
        (rate.function for rate in rates),
        key=["output_size", "zero_pad", "convolve2d_examples", "convolve2d"].index,
    )


def test_a_function_without_an_answer_is_not_called_wrong(entries):
    windows = next(rate for rate in groups.rates(entries) if rate.function == "convolve2d")
    unfinished = sum(n % 8 == SAMPLES.index("student-10") for n in range(CLASS))
    assert windows.unanswered == unfinished


def test_a_misconception_names_all_who_share_it_with_its_sentence(entries):
    groups = {group.id: group for group in misconceptions(entries)}
    flipped = [f"student-{n:03}" for n in range(CLASS) if n % 8 == SAMPLES.index("student-06")]
    assert list(groups[FLIPPED].students) == flipped
    assert groups[FLIPPED].text == next(entry.sentence for entry in bank() if entry.id == FLIPPED)
    sizes = [len(group.students) for group in misconceptions(entries)]
    assert sizes == sorted(sizes, reverse=True)


def test_a_misconception_that_left_the_bank_is_still_counted(entries):
    cells = entries[4].verdicts[0].cells
    odd = [
        replace(cell, checks=tuple(replace(check, misconception="convolve2d/gone") for check in cell.checks))
        for cell in cells
    ]
    changed = replace(entries[4], verdicts=(replace(entries[4].verdicts[0], cells=tuple(odd)),))
    assert [group.id for group in misconceptions([changed])] == ["convolve2d/gone"]


def test_every_failure_without_a_name_is_in_one_group(entries):
    groups = clusters(entries)
    found = Counter((group.function, student) for group in groups for student in group.students)
    wanted = {
        (cell.function, entry.student)
        for entry in entries
        for verdict in entry.verdicts
        for cell in verdict.cells
        if cell.status != "unanswered"
        and any(
            check.status == "failed" and not check.misconception and not check.id.startswith(NOTICES)
            for check in cell.checks
        )
    }
    assert set(found) == wanted
    assert set(found.values()) == {1}


def test_one_mistake_with_other_random_inputs_is_one_group(entries):
    """student-07's exchanged axes, drawn for with two seeds."""
    mine = {f"student-{n:03}" for n in range(CLASS) if n % 8 in (SAMPLES.index("student-07"), 7)} - {
        "student-002"
    }
    group = next(group for group in clusters(entries) if mine & set(group.students))
    assert mine == set(group.students)
    assert "same" in group.alike


def test_the_mistakes_that_cost_most_come_first_with_their_example_and_lesson(entries):
    found = costliest([*misconceptions(entries), *clusters(entries)])
    assert len(found) == 3
    assert [group.cost for group in found] == sorted((group.cost for group in found), reverse=True)
    lost = sum(
        check.points - check.earned
        for entry in entries
        for verdict in entry.verdicts
        for cell in verdict.cells
        for check in cell.checks
        if check.misconception == FLIPPED
    )
    [flipped] = [group for group in misconceptions(entries) if group.id == FLIPPED]
    assert flipped.cost == lost > 0
    assert flipped.examples[0].counterexample.answered
    assert flipped.lesson == "1_convolve2d#flip-after"


def test_a_failure_of_one_student_that_has_no_name_is_nothing_to_teach():
    assert costliest(clusters([failing("a", "c", 2.0)])) == []
    assert len(costliest(clusters([failing("a", "c", 2.0), failing("b", "c", 2.0)]))) == 1


def failing(student, check_id, got, *, python="f(1)", function="f", behaviour=""):
    example = Counterexample(python, {}, python, answered=True, expected=1.0, got=got)
    check = CheckResult(check_id, "Title.", 1, 0, "failed", "Wrong.", None, example, behaviour)
    cell = CellVerdict("g", function, 0, 1, "graded", (check,))
    verdict = Verdict("a", "n", student, "graded", 0, 1, "s", "", (), (cell,))
    return Entry(student, (verdict,), None, {})


def grouped(*entries):
    return [set(group.students) for group in clusters(entries)]


def test_equal_answers_to_equal_calls_make_a_group():
    assert grouped(failing("a", "c", 2.0), failing("b", "c", 2.0 + 1e-13)) == [{"a", "b"}]
    assert grouped(failing("a", "c", 2.0), failing("b", "c", {"raised": "E", "text": ""})) == [{"a"}, {"b"}]
    one, other = {"raised": "E", "text": "at 1"}, {"raised": "E", "text": "at 2"}
    assert grouped(failing("a", "c", one), failing("b", "c", other)) == [{"a", "b"}]


def test_the_fixed_calls_decide_where_one_of_them_went_wrong():
    """What random calls shrink to differs between students."""
    one, other = failing("a", "c", 2.0, behaviour="x"), failing("b", "c", 3.0, python="f(2)", behaviour="x")
    assert "same wrong results" in clusters([one, other])[0].alike
    assert grouped(one, other, failing("d", "c", 2.0, behaviour="y")) == [{"a", "b"}, {"d"}]


def test_the_same_kind_of_failure_on_other_inputs_is_said_to_be_less():
    groups = clusters([failing("a", "c", 2.0), failing("b", "c", 3.0, python="f(2)")])
    assert [(set(group.students), "other inputs" in group.alike) for group in groups] == [({"a", "b"}, True)]
    assert grouped(failing("a", "c", 2.0), failing("b", "d", 3.0, python="f(2)")) == [{"a"}, {"b"}]


@pytest.mark.parametrize(
    ("shares", "full"),
    [([0.0, 0.05], {0: 2}), ([1.0, 0.9, 0.899], {9: 2, 8: 1}), ([0.3, 0.7], {3: 1, 7: 1}), ([], {})],
)
def test_a_share_lies_in_its_tenth(shares, full):
    assert histogram(shares) == [full.get(n, 0) for n in range(10)]


# ---------------------------------------------------------------------------------------------- the page


def test_the_page_is_small_and_the_same_each_time(course, page):
    assert page.stat().st_size < 3 << 20
    first = page.read_bytes()
    report.write(course, "conv2d")
    assert page.read_bytes() == first


def test_the_page_may_run_its_own_script_and_nothing_else(page):
    text = page.read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        inside = re.findall(rf"<{kind}>(.*?)</{kind}>", text, flags=re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    tags = Tags(text)
    assert Counter(tag for tag, _ in tags.tags)["script"] == 1
    assert not {tag for tag, _ in tags.tags} & {"img", "iframe", "object", "link", "form", "base"}
    for tag, attributes in tags.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")], tag
        assert "://" not in (attributes.get("href") or "")


def test_words_of_students_are_shown_as_clean_words(page):
    text = page.read_text()
    shown = "".join(Tags(text).words)
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in shown
    assert "<script>alert" not in text
    assert "<img" not in text
    assert not set(text) & {"\x1b", "\u202e"}


def test_links_lead_to_feedback_pages_that_are_there(page):
    links = [attributes["href"] for tag, attributes in Tags(page.read_text()).tags if tag == "a"]
    links.remove("#todo")
    assert len(set(links)) == CLASS // 2
    for link in set(links):
        assert link.startswith("../feedback/")
        assert (page.parent / unquote(link)).resolve().is_file(), link


def test_the_numbers_of_the_charts_stand_there_as_text(page, entries):
    text = page.read_text()
    scores = [entry.score for entry in entries]
    for count in histogram(score / 24 for score in scores):
        assert f'<td class="n">{count}</td>' in text
    shown = " ".join("".join(Tags(text).words).split())
    assert f"{round(sum(scores) / CLASS, 1):g} of 24" in shown
    assert "20 cells of 20 students need manual grading" in shown
    assert "student-003, 1_convolve2d" in shown  # the grader failed there


def test_what_to_teach_stands_first_then_marks_then_the_worst_checks(page, entries):
    text = page.read_text()
    heads = re.findall(r"<h2[^>]*>(.*?)</h2>", text)
    assert heads[:3] == ["What to teach", "Marks", "Checks"]
    teach = " ".join(
        "".join(Tags(text.partition("<h2>What to teach</h2>")[2].partition("<h2>")[0]).words).split()
    )
    assert "10 students, 140 points. The call did not finish" in teach  # with all checks that were skipped
    assert "10 students, 25 points" in teach
    assert "Explained in 1_convolve2d, “Flipped, or as it is written?” (cell flip-after)" in teach
    shares = [float(share) for share in re.findall(r'class="rate" data-value="([\d.]+)"', text)]
    assert shares == sorted(shares)


def test_a_score_is_shown_only_when_it_is_final(page):
    shown = " ".join("".join(Tags(page.read_text()).words).split())
    assert "only of the 60 students with nothing left to grade" in shown
    rows = re.findall(r"<tr data-remarks.*?</tr>", page.read_text(), flags=re.DOTALL)
    scores = [re.findall(r'<td class="n">(.*?)</td>', row)[1:] for row in rows]
    assert len(scores) == CLASS
    assert all((not score[0].isdigit()) == (waiting == "1") for score, waiting in scores)


def test_a_lone_failure_and_a_timeout_are_on_the_page(page):
    shown = " ".join("".join(Tags(page.read_text()).words).split())
    assert "convolve2d did not finish" in shown
    assert re.search(r"failures? that only one student has", shown)


def test_a_student_id_may_be_anything_a_folder_may_be(course, bases, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(course, root)
    name = 'x" onclick="alert(1) & <b>#?%2e%2e'
    write(root, replace(bases[1], student=name))
    feedback = root / "feedback" / name / "conv2d" / f"{NOTEBOOK}.html"
    feedback.parent.mkdir(parents=True)
    feedback.write_text("")
    page, _, _ = report.write(root, "conv2d")
    tags = Tags(page.read_text())
    assert not [attributes for _, attributes in tags.tags if "onclick" in attributes]
    mine = [a["href"] for tag, a in tags.tags if tag == "a" and "onclick" in unquote(a["href"])]
    assert mine
    assert (page.parent / unquote(mine[0])).resolve() == feedback.resolve()


# --------------------------------------------------------------------------------------------- the table


def test_a_row_for_each_student_with_the_marks_of_the_gradebook(course, table, entries):
    assert list(table["student"]) == [entry.student for entry in entries]
    ours = {mark.student: mark for mark in marks.read_marks(course, "conv2d")}
    for _, row in table.iterrows():
        mark = ours[row["student"]]
        assert float(row["score"]) == pytest.approx(mark.score)
        assert int(row["cells to grade by hand"]) == mark.open
    with_scores = [column for column in table if column.startswith(("output_size", "zero_pad", "convolve2d"))]
    judged_rows = table[table["student"] != "student-003"]
    total = judged_rows[with_scores].astype(float).sum(axis=1)
    assert total.to_numpy() == pytest.approx(judged_rows["points from hidden tests"].astype(float).to_numpy())
    assert list(table.loc[table["student"] == "student-003", with_scores[0]]) == [""]  # no silent zero


def test_no_cell_is_a_formula(table):
    for column in table:
        assert not [cell for cell in table[column] if cell.startswith(tuple("=+-@\t\r"))], column
    assert set(table["first name"]) == {"'=HYPERLINK(1)"}
    assert not [cell for column in table for cell in table[column] if "\x1b" in cell or "\n" in cell]


# ------------------------------------------------------------------------------------------- the command


def test_the_command_names_what_it_wrote(course):
    done = run(course, "report", "conv2d")
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.split()] == ["conv2d.html", "conv2d.csv"]


def test_without_verdicts_it_says_what_to_do(course):
    done = run(course, "report", "conv_arithmetic")
    assert (done.returncode, "nbgrader autograde conv_arithmetic" in done.stderr) == (2, True)
    assert not (course / "reports" / "conv_arithmetic.html").exists()


BROKEN = ("", "{", "[]", "null", '{"cells": 3}', '{"cells": [{}]}', "\xff")


@pytest.fixture
def copied(course, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(course, root, ignore=shutil.ignore_patterns("feedback", "reports"))
    return root


def test_without_a_gradebook_it_says_what_to_do_and_makes_none(copied):
    (copied / "gradebook.db").unlink()
    done = run(copied, "report", "conv2d")
    assert (done.returncode, "gradebook" in done.stderr, "nbgrader autograde" in done.stderr) == (
        2,
        True,
        True,
    )
    assert not (copied / "gradebook.db").exists()


def test_a_gradebook_without_the_assignment_is_told(copied, bases):
    write(copied, replace(bases[0], assignment="other", student="student-001"))
    with pytest.raises(CourseError, match="no assignment other; it has: conv2d"):
        report.write(copied, "other")


def test_a_broken_verdict_is_told_and_the_others_are_reported(copied):
    names = [f"student-{number:03}" for number in range(5, 5 + len(BROKEN))]
    for name, text in zip(names, BROKEN, strict=True):
        file = copied / "autograded" / name / "conv2d" / f"{NOTEBOOK}.verdict.json"
        file.write_text(text, encoding="latin-1")
    done = run(copied, "report", "conv2d")
    assert done.returncode == 2
    shown = "".join(Tags((copied / "reports" / "conv2d.html").read_text()).words)
    assert "student-079" in shown
    for name in names:
        told = f"{name}/conv2d/1_convolve2d.verdict.json is not a verdict"
        assert told in done.stderr
        assert told in shown
        assert f"--student {name} --force" in done.stderr


def test_a_student_of_the_gradebook_without_a_verdict_is_told(copied):
    shutil.rmtree(copied / "autograded" / "student-007")
    _, _, trouble = report.write(copied, "conv2d")
    assert len(trouble) == 1
    assert "student-007 is in the gradebook but has no verdict" in trouble[0]


def test_aspects_that_the_examples_of_the_class_miss_are_listed_and_are_no_failures_to_group():
    checks = tuple(
        CheckResult(f"notices_{name}", f"An example catches {what}.", 1, points, status)
        for name, what, points, status in (
            ("flipped", "a turned kernel", 0, "failed"),
            ("mean", "a mean", 1, "passed"),
        )
    )
    cell = CellVerdict("test_f_examples", "convolve2d_examples", 1, 2, "graded", checks)
    found = [
        Entry(name, (Verdict("conv2d", "n", name, "graded", 1, 2, "s", "", (), (cell,)),), None, {})
        for name in ("student-01", "student-02")
    ]
    assert clusters(found) == []
    page = render("conv2d", found, ROOT / "source" / "conv2d")
    part = page.partition("<h2>Aspects the class does not think of</h2>")[2].partition("<h2>")[0]
    assert "a turned kernel. Missed by 2 of 2 who wrote examples." in part
    assert "a mean" not in part
