"""End to end through unpatched nbgrader: the sample class, its gradebook, its pages."""

from __future__ import annotations

import csv
import json
import re
import shutil
from fnmatch import fnmatch

import commands
import pytest
from common import ROOT
from pour import notebooks, pour, released, sample_names, sections, submit

from autograder.checks.example_list import SUFFIX
from autograder.checks.exercise import BUILT_IN as EXERCISES

ASSIGNMENT = "conv2d"
WHOLE = ("student-01", "student-06")
"""Those who hand in all notebooks; the others hand in the first, and the lessons' tests judge all of them."""
RIGHT = ("student-02", "student-03", "student-04", "student-05")
"""Not in the class: the lessons' tests ask what they get."""
CLASS = [name for name in sample_names(ASSIGNMENT) if name not in RIGHT]
PAGES = "student-[01][16]"
"""Those who get feedback pages; that everybody does is in test_hand_in."""
COSTS = {
    "student-06": {"convolve2d": {"orientation"}},
    "student-07": {"convolve2d": {"rectangles", "pairs"}},  # pairs needs rectangles
    "student-08": {"output_size": {"stride"}},
    "student-09": {"zero_pad": {"frame"}},
    "student-14": {"convolve2d": {"number_types"}},
}


def run(course, *arguments):
    return commands.run(course, "nbgrader", *arguments)


@pytest.fixture(scope="module")
def graded(course):
    """The sample class, graded by `nbgrader autograde` in one go."""
    assert run(course, "generate_assignment", ASSIGNMENT).returncode == 0
    for name in CLASS:
        submit(course, ASSIGNMENT, name, names=None if name in WHOLE else ["1_convolve2d"])
    done = run(course, "autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    assert run(course, "generate_feedback", ASSIGNMENT, "--student", PAGES).returncode == 0
    assert run(course, "export").returncode == 0
    return course


def verdicts(course, name):
    folder = course / "autograded" / name / ASSIGNMENT
    return {path.name.split(".")[0]: json.loads(path.read_text()) for path in folder.glob("*.verdict.json")}


def exported(course):
    with (course / "grades.csv").open(newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_every_student_has_a_row_a_verdict_and_a_page(graded):
    rows = exported(graded)
    for name in CLASS:
        assert name in rows
        assert set(verdicts(graded, name)) == set(notebooks(ASSIGNMENT))
        pages = {path.stem for path in (graded / "feedback" / name / ASSIGNMENT).glob("*.html")}
        assert pages == (set(notebooks(ASSIGNMENT)) if fnmatch(name, PAGES) else set())


def test_the_gradebook_holds_the_sum_of_the_verdicts(graded):
    rows = exported(graded)
    for name in CLASS:
        total = sum(verdict["score"] for verdict in verdicts(graded, name).values())
        assert float(rows[name]["raw_score"]) == pytest.approx(total), name


def test_what_is_right_has_full_marks_in_the_first_notebook(graded):
    verdict = verdicts(graded, "student-01")["1_convolve2d"]
    assert verdict["score"] == verdict["max_score"] == 24
    assert {cell["status"] for cell in verdict["cells"]} == {"graded"}


@pytest.mark.parametrize("name", COSTS)
def test_a_mistake_costs_its_own_checks_and_nothing_else(graded, name):
    cells = verdicts(graded, name)["1_convolve2d"]["cells"]
    cells = [cell for cell in cells if not cell["function"].endswith(SUFFIX)]
    lost = {cell["function"]: {c["id"] for c in cell["checks"] if c["status"] != "passed"} for cell in cells}
    assert {function: checks for function, checks in lost.items() if checks} == COSTS[name]


def test_partial_credit_reaches_the_gradebook(graded):
    assert verdicts(graded, "student-06")["1_convolve2d"]["score"] == 20.875
    assert verdicts(graded, "student-14")["1_convolve2d"]["score"] == 22.5


def test_unfinished_looping_killing_and_hunting(graded):
    by_name = {name: verdicts(graded, name)["1_convolve2d"] for name in CLASS}
    status = {name: [cell["status"] for cell in verdict["cells"]] for name, verdict in by_name.items()}
    assert status["student-10"] == ["graded", "unanswered", "unanswered", "unanswered"]
    assert status["student-11"] == ["graded", "graded", "unanswered", "timeout"]
    assert status["student-12"] == ["graded", "crashed", "unanswered", "graded"]
    assert [by_name[f"student-{n}"]["score"] for n in (10, 11, 12, 13)] == [4, 8, 18, 0]


def test_hidden_tests_appear_nowhere_a_student_looks(graded):
    secrets = set()
    for path in (*EXERCISES.glob("*/hidden_tests.py"), *(ROOT / "autograder" / "checks").glob("*.py")):
        secrets |= {line.strip() for line in path.read_text().splitlines() if len(line.strip()) > 40}
    titles = {line for line in secrets if line.startswith('"""')}
    written = "\n".join(path.read_text() for path in (ROOT / "tests" / "tools" / "samples").rglob("*.py"))
    secrets = {line for line in secrets - titles if not re.match(r"^(from|import) ", line)}
    secrets = {line for line in secrets if line not in written}  # a student may hit on the same line
    pages = [
        *graded.glob("release/**/*.ipynb"),
        *graded.glob("autograded/**/*.ipynb"),
        *graded.glob("feedback/**/*.html"),
    ]
    assert len(pages) > 3 * len(CLASS)
    for page in pages:
        text = page.read_text().replace("&quot;", '"').replace("&#34;", '"').replace('\\"', '"')
        assert not [line for line in secrets if line in text], page
        assert "killers=" not in text
        assert "convgrade: " not in text, page
        assert "HIDDEN TESTS" not in text, page


def test_the_verdict_stays_with_the_graders(graded):
    assert not list(graded.glob("feedback/**/*.json"))


def test_grading_again_without_executing_gives_no_points(graded):
    course = graded.parent / "no-execute"
    shutil.copytree(graded, course, ignore=shutil.ignore_patterns("autograded", "feedback", "submitted"))
    nb = pour(released(ASSIGNMENT, "1_convolve2d"), {})
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "14.0"},
                    "metadata": {},
                    "execution_count": 1,
                }
            ]
    folder = course / "submitted" / "forger" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(nb))
    done = run(course, "autograde", ASSIGNMENT, "--no-execute", "--student", "forger")
    assert done.returncode == 0, done.stderr[-2000:]
    assert verdicts(course, "forger")["1_convolve2d"]["score"] == 0
    assert run(course, "export").returncode == 0
    assert float(exported(course)["forger"]["raw_score"]) == 0


def test_a_cell_that_could_not_be_judged_needs_manual_grading(graded, tmp_path):
    """The judge's process is killed while it works; the mark stays open, the next student is graded."""
    from nbgrader.api import Gradebook

    course = graded.parent / "killed"
    shutil.copytree(graded, course, ignore=shutil.ignore_patterns("autograded", "feedback", "submitted"))
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text()
        + """
from autograder.grading.worker import Worker
original, started = Worker.answer, Worker._started
def answer(self, line):
    self.unlucky = b'"student": "unlucky"' in line
    return original(self, line)
def _started(self):
    process = started(self)
    if self.unlucky:
        process.kill()
    return process
Worker.answer, Worker._started = answer, _started
"""
    )
    for name in ("unlucky", "xenia"):
        submit(course, ASSIGNMENT, "student-01", name, names=["1_convolve2d"])
    done = run(course, "autograde", ASSIGNMENT, "--student", "[ux]*")
    assert done.returncode == 1, done.stderr[-2000:]
    assert "needs manual grading" in done.stderr
    assert "3 notebooks could not be judged" in done.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for name, score in (("unlucky", None), ("xenia", 4.0)):
            grade = book.find_grade("test_output_size", "1_convolve2d", ASSIGNMENT, name)
            assert (grade.auto_score, grade.needs_manual_grade) == (score, score is None)


def test_without_isolation_autograde_refuses(graded):
    course = graded.parent / "unsafe"
    shutil.copytree(graded, course, ignore=shutil.ignore_patterns("autograded", "feedback"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.ConvGrade.tiers = ["none"]\n')
    done = run(course, "autograde", ASSIGNMENT, "--student", "student-01")
    assert done.returncode != 0
    assert "no isolation, no grading" in done.stderr
    assert not (course / "autograded" / "student-01").exists()


@pytest.mark.parametrize("assignment", ["conv2d", "conv_arithmetic"])
def test_the_release_regenerates_byte_for_byte(graded, assignment):
    if assignment != ASSIGNMENT:
        assert run(graded, "generate_assignment", assignment).returncode == 0

    def files(root):
        folder = root / "release" / assignment
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    committed, made = files(ROOT), files(graded)
    assert set(committed) == set(made)
    assert [name for name in committed if committed[name] != made[name]] == []


def test_validate_tells_finished_from_unfinished(graded, tmp_path):
    texts = sections(ASSIGNMENT, "student-01")
    for name, answer, word in (("finished", texts, "Success"), ("unfinished", {}, "failed")):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps(pour(released(ASSIGNMENT, "1_convolve2d"), answer)))
        done = run(graded, "validate", str(path))
        assert word in done.stdout + done.stderr, done.stdout[-2000:] + done.stderr[-2000:]
