"""Courses with exercises of their own: a text, and a table of records; nothing of them is a convolution."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from common import QUICK, refused
from common import judged as judged_builtin

from autograder.checks import call, exercise
from autograder.checks.answer import Answer, reference_answer
from autograder.checks.example_list import Subject
from autograder.checks.examples import examples_of
from autograder.checks.failure import Failure
from autograder.checks.mistakes import misconceptions_of
from autograder.course.settings import CourseError, Settings
from autograder.course.sources import Assignment
from autograder.grading import worker
from autograder.judge import card
from autograder.judge.fingerprint import fingerprint, of_exercise
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.new_exercise import write
from autograder.judge.proof import prove
from autograder.sandbox.call import Outcome

COURSES = Path(__file__).parent
SEED = "5eed" * 16


@pytest.fixture(autouse=True)
def only_the_built_in_ones():
    yield
    exercise.look_in("")


@pytest.fixture
def words(tmp_path):
    """A course with the exercise that `convgrade exercise new` begins with."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    write(tmp_path, "word_count", tmp_path / "source/words/1_words.ipynb")
    return tmp_path


def verdict(place, root, name, text):
    return judge(job(root, name, text), place)


def job(root, name, text, points=4):
    solution = {"grade_id": name, "solution": True, "grade": False}
    tests = {"grade_id": f"test_{name}", "solution": False, "grade": True, "points": points}
    cells = [
        {"cell_type": "code", "metadata": {"nbgrader": solution}, "source": text},
        {"cell_type": "code", "metadata": {"nbgrader": tests}, "source": f"# convgrade: {name}"},
    ]
    nb = {"cells": cells, "metadata": {}}
    return Job("words", "1_words", "student-01", SEED, nb, exercises=str(root / "exercises"))


def failed(result):
    return {check.id: check for check in result.cells[0].checks if check.status == "failed"}


# ------------------------------------------------------------------------------------ from the template

EXAMPLES_OF = """
from autograder.checks.examples import examples_of

globals().update(examples_of("word_count"))
"""
GOOD = """
word_count_examples = [(("a b a",), {"a": 2, "b": 1}), (("A a",), {"a": 2}), (("a. a",), {"a.": 1, "a": 1}),
                       (("",), "ValueError")]
"""


def test_students_may_write_examples_of_an_own_exercise_first(words, best_place):
    folder = words / "exercises" / "word_count_examples"
    folder.mkdir()
    (folder / "hidden_tests.py").write_text(EXAMPLES_OF)
    (folder / "answer.py").write_text(GOOD)
    (only,) = prove(words, "word_count_examples", best_place).missing
    assert "no notebook of source/" in only
    bare = 'word_count_examples = [(("a", "b"), {"a": 1, "b": 1})]'
    _, result = verdict(best_place, words, "word_count_examples", bare)
    assert "needs a comma after it: `((text,), result)`" in failed(result)["valid"].message
    few = 'word_count_examples = [(("a",), {"a": 1}), (("b",), {"b": 1}), (("c a",), {"a": 1, "c": 2})]'
    _, result = verdict(best_place, words, "word_count_examples", few)
    assert "'c'" in failed(result)["valid"].message
    missed = failed(result)["notices_capitals"]
    assert missed.title.startswith("An example catches a function that")
    assert missed.message == "No example of yours does."


ENDLESS = "    while len(text) > 5:\n        pass\n    words ="


def test_examples_that_take_too_long_are_refused(words, monkeypatch):
    monkeypatch.setattr("autograder.checks.example_list.SECONDS", 0.05)
    path = words / "exercises/word_count/answer.py"
    path.write_text(path.read_text().replace("    words =", ENDLESS))
    exercise.look_in(str(words / "exercises"))
    subject = Subject("word_count", "", ())
    assert len(subject.read([(("a",), {"a": 1}), (("b",), {"b": 1})])[0]) == 2
    with pytest.raises(Failure, match="Working out example 2 takes the right answer too long"):
        subject.read([(("a",), {"a": 1}), (("a b c d",), {"a": 1})])


def test_a_wrong_implementation_that_does_not_end_is_not_noticed(words, monkeypatch):
    monkeypatch.setattr("autograder.checks.example_list.SECONDS", 0.05)
    path = words / "exercises/word_count/misconceptions.py"
    body = "    return dict.fromkeys(right(text), 1)"
    path.write_text(path.read_text().replace(body, f"    while True:\n        text\n{body}"))
    exercise.look_in(str(words / "exercises"))
    [once] = [entry for entry in misconceptions_of("word_count") if entry.id == "word_count/once"]
    checks = examples_of("word_count", {"once": "that words are counted"})
    answer = Answer("word_count_examples", call(), Outcome(value=[(("a a",), {"a": 2})]))
    assert once.aspect == "counts"
    with pytest.raises(Failure, match="No example of yours does"):
        checks["notices_once"].body(answer)


def test_a_new_exercise_does_what_it_must(words, best_place):
    proof = prove(words, "word_count", best_place)
    assert proof.missing == ()
    assert proof.tried == "word_count: 3 checks, 3 right and 4 wrong implementations"


COUNTED = "return {word: words.count(word) for word in words}"


@pytest.mark.parametrize(
    "broken",
    [
        ("right_styles.py", "+ 1", "+ 2", "the style loop is right, but fails counts"),
        ("hidden_tests.py", "[MIXED], ", "[TWICE], ", "no check notices word_count/as-written"),
        ("hidden_tests.py", "answer.equals()", "answer.returned()", "no check notices word_count/once"),
        ("misconceptions.py", 'aspect="capitals"', 'aspect="capital"', "about capital, which is no check"),
        ("misconceptions.py", "dict.fromkeys(right", "int(right", "once raises an exception whatever"),
        ("misconceptions.py", "word-count-text", "words", "sends students to 1_words#words, but"),
        ("answer.py", COUNTED, "return (w for w in words)", "cannot be sent"),
        ("hidden_tests.py", "answer.equals()", "answr.equals()", "not defined (hidden_tests.py, line 20)"),
        ("misconceptions.py", "from .answer", "from .answr", "(misconceptions.py, line 5)"),
        ("hidden_tests.py", "Capital letters count as small ones.", "", "capitals has no docstring"),
        ("hidden_tests.py", "points=2", "points=0", "counts is worth no points"),
    ],
)
def test_what_is_missing_is_said(words, best_place, broken):
    file, old, new, said = broken
    path = words / "exercises" / "word_count" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    try:
        told = " ".join(prove(words, "word_count", best_place).missing)
    except CourseError as reason:
        told = str(reason)
    assert said in told


@pytest.mark.parametrize(
    "path", ["week1/x.ipynb", "source/x.ipynb", "source/week1/x.txt", "source/a/b/x.ipynb"]
)
def test_a_notebook_outside_of_an_assignment_is_refused_and_nothing_is_written(words, path):
    with pytest.raises(CourseError, match="in no assignment"):
        write(words, "vowels", words / path)
    assert not (words / "exercises/vowels").exists()


@pytest.mark.parametrize("name", ["word count", "convolve2d", "word_count", "../x", "class"])
def test_a_name_that_is_none_or_taken_is_refused(words, name):
    with pytest.raises(CourseError):
        write(words, name, None)


def test_without_a_notebook_the_cells_are_printed(words):
    said = "\n".join(write(words, "vowels", None))
    assert "# convgrade: vowels" in said
    assert "def vowels(text):" in said
    assert 'globals().update(examples_of("vowels"))' in said


def test_a_wrong_word_count_is_told_what_is_wrong(words, best_place):
    text = "def word_count(text):\n    return dict.fromkeys(text.lower().split(), 1)"
    executed, result = verdict(best_place, words, "word_count", text)
    assert result.score == 1  # the mistake costs its points once, and empty texts are not refused
    counts = failed(result)["counts"]
    assert counts.misconception == "word_count/once"
    assert "expected 2, got 1" in counts.message
    page = json.dumps(card.attach(executed, result)["cells"])
    assert "word_count(&#39;a b a&#39;)" in page or "word_count('a b a')" in page
    assert "{&#39;a&#39;: 2, &#39;b&#39;: 1}" in page


def test_a_counter_counts_as_a_dictionary_and_a_list_does_not(words, best_place):
    start = (
        "from collections import Counter\ndef word_count(text):\n    if not text.split(): raise ValueError\n"
    )
    right, wrong = (
        verdict(best_place, words, "word_count", f"{start}    return {found}")[1]
        for found in ("Counter(text.lower().split())", "list(Counter(text.lower().split()).items())")
    )
    assert right.score == 4
    assert wrong.score < 2
    assert "Expected {" in failed(wrong)["counts"].message


@pytest.mark.parametrize(
    "text",
    [
        "return object()",
        "return (x for x in [])",
        "return {1: print}",
        "return {print: 1}",
        "return {text: [text] * 20000}",
    ],
)
def test_what_cannot_travel_of_a_students_is_wrong(words, best_place, text):
    result = verdict(best_place, words, "word_count", f"def word_count(text):\n    {text}")[1]
    assert (result.status, result.score) == ("graded", 0)


def test_what_cannot_travel_of_the_courses_is_left_to_a_human(words, best_place):
    path = words / "exercises" / "word_count" / "answer.py"
    path.write_text("def word_count(text):\n    return (word for word in text)\n")
    result = verdict(best_place, words, "word_count", "def word_count(text): return {}")[1]
    assert result.status == "grader_error"
    assert "generator cannot be sent or compared" in result.cells[0].checks[0].message


def test_a_right_answer_that_works_in_place_changes_no_call(words):
    text = "def word_count(rows):\n    return [row.pop() for row in rows]\n"
    (words / "exercises/word_count/answer.py").write_text(text)
    exercise.look_in(str(words / "exercises"))
    asked = call(([1, 2], [3]))
    assert [reference_answer("word_count", asked) for _ in range(2)] == [[2, 3]] * 2


@pytest.mark.parametrize("argument", ['["a" * 90000] * 40', '"a b a " * 20000', "2**1000", '{"a": range(3)}'])
def test_arguments_that_cannot_be_sent_are_no_fault_of_the_students(words, best_place, argument):
    path = words / "exercises" / "word_count" / "hidden_tests.py"
    path.write_text(path.read_text().replace('TWICE = call("a b a")', f"TWICE = call({argument})"))
    result = verdict(best_place, words, "word_count", "def word_count(text): return {}")[1]
    assert result.status == "grader_error"


def test_a_change_to_the_exercise_changes_the_fingerprint(words):
    nb = json.loads((words / "source/words/1_words.ipynb").read_bytes())
    own = Assignment("words", {"1_words": nb}, {"1_words": ()}, {}, str(words / "exercises"))

    def tests():
        return fingerprint(Settings(), own, "1_words", submission="", seed="")["tests"]

    before = tests()
    assert (
        before
        != fingerprint(Settings(), replace(own, exercises=""), "1_words", submission="", seed="")["tests"]
    )
    for name, counts in (
        ("right_styles.py", False),
        ("answer.py", True),
        ("hidden_tests.py", True),
        ("table.csv", True),
    ):
        with (words / "exercises" / "word_count" / name).open("a") as file:
            file.write("\n# changed\n")
        assert (tests() != before) == counts, name
        before = tests()


def test_no_judge_answers_by_other_exercises_than_the_fingerprint_was_made_from(words):
    path = words / "exercises/word_count/hidden_tests.py"
    asked = job(words, "word_count", "def word_count(text): return {}")

    def answered(job):
        return worker.read_answer(job, worker.answer(Settings(limits=QUICK), worker.job_line(job)))[1]

    def current():
        return replace(asked, own={"word_count": of_exercise(asked.exercises, "word_count")})

    first = current()
    try:
        before = answered(first)
        path.write_text(path.read_text().replace("Each word is there", "Every word is there"))
        outdated, after = answered(first), answered(current())
    finally:
        worker.close_all()
    assert "have changed since grading began" in outdated.cells[0].message
    titles = [found.cells[0].checks[0].title.split()[0] for found in (before, after)]
    assert titles == ["Each", "Every"]
    assert not (path.parent / "__pycache__").exists()


def test_students_cannot_read_the_exercises_of_a_course(words, kernel):
    folder = words / "exercises" / "word_count"
    for path in (folder / "answer.py", folder / "hidden_tests.py"):
        assert refused(kernel, f"open({str(path)!r}).read()")
    assert refused(kernel, f"import os; os.listdir({str(folder)!r})")


def test_a_class_is_told_which_line_of_which_file_does_not_load(words, best_place):
    (words / "exercises/word_count/misconceptions.py").write_text("import numpy\nnowhere\n")
    result = verdict(best_place, words, "word_count", "def word_count(text): return {}")[1]
    assert result.status == "grader_error"
    assert "name 'nowhere' is not defined (misconceptions.py, line 2)" in str(result.to_json())


def test_built_in_exercises_are_found_beside_them(words, best_place):
    result = judged_builtin(best_place, {}, exercises=str(words / "exercises"))
    assert {cell.status for cell in result.cells} == {"unanswered"}


SEVEN_MORE = """
from autograder.checks.mistakes import Table

mistakes = Table("output_size", "", "")


@mistakes.written("Seven too many.", aspect="positions")
def seven_more(n, k, stride=1, padding=0):
    return (n + 2 * padding - k) // stride + 8
"""


def test_a_course_adds_mistakes_to_a_built_in_exercise(words, best_place):
    text = "def output_size(n, k, stride=1, padding=0): return (n + 2*padding - k)//stride + 8"

    def named():
        found = failed(verdict(best_place, words, "output_size", text)[1])
        return {check.misconception for check in found.values()} - {None}

    assert named() == set()
    (words / "exercises/output_size").mkdir()
    (words / "exercises/output_size/misconceptions.py").write_text(SEVEN_MORE)
    assert named() == {"output_size/seven-more"}
    exercise.look_in("")
    assert "output_size/seven-more" not in {entry.id for entry in misconceptions_of("output_size")}


# ------------------------------------------------------------------------------------ a table of records


@pytest.fixture
def shop(tmp_path):
    shutil.copytree(COURSES / "shop", tmp_path / "shop")
    return tmp_path / "shop"


def test_a_course_about_records_does_what_it_must(shop, best_place):
    proof = prove(shop, "revenue", best_place)
    assert [said for said in proof.missing if "source/" not in said] == []


def test_records_go_in_and_instances_come_out(shop, best_place):
    right = (shop / "exercises/revenue/right_styles.py").read_text()
    assert verdict(best_place, shop, "revenue", right)[1].score == 4
    wrong = (shop / "exercises/revenue/answer.py").read_text().replace("max(day", "min(day")
    found = failed(verdict(best_place, shop, "revenue", wrong)[1])
    assert "datetime.date" in found["totals"].message
    assert "the last" in found["totals"].message
