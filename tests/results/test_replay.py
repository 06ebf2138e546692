"""`convgrade replay`: its programs fail with what a student wrote and pass with what is right, without us."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import commands
import numpy as np
import pytest
from common import ROOT, blank, judged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pour import description, notebooks, pour, released, sample_names, sections

import reference
from autograder.checks import exercise
from autograder.checks.counterexample import Counterexample
from autograder.checks.failure import unanswered
from autograder.checks.values import literal, plain
from autograder.course.sources import earlier_functions
from autograder.judge.new_exercise import write
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.results import replay
from autograder.results.replay import calls
from autograder.results.replay import student as own_code
from autograder.results.replay.program import PASTE
from autograder.sandbox.call import Call
from autograder.sandbox.inside.kinds import Instance, Other
from autograder.sandbox.inside.tables import Column, Table
from autograder.submission.restore import restore

ASSIGNMENTS = ("conv2d", "conv_arithmetic")
RIGHT = "student-01"
NAMED = {
    RIGHT: ("1_convolve2d", "3_custom_kernels"),
    "student-06": ("1_convolve2d", "3_custom_kernels"),
    "student-07": ("1_convolve2d", "3_custom_kernels"),
    "student-08": ("1_convolve2d",),
    "student-10": ("1_convolve2d",),
    "student-14": ("2_normalization", "3_custom_kernels"),
}
"""Of the sample class those that the tests name, and the notebooks in which they do."""
KEEPS = "CACHE = {}\n\ndef convolve2d(image, kernel, stride=1, padding=0):\n"


def grade(root, place, assignment, student, names=()):
    """Leave what grading leaves of a sample: notebooks and verdicts, of all notebooks or of some."""
    texts = sections(assignment, student)
    folder = root / "autograded" / student / assignment
    folder.mkdir(parents=True)
    for name in names or notebooks(assignment):
        earlier = earlier_functions(ROOT / "source" / assignment / f"{name}.ipynb")
        verdict = judged(place, texts, assignment=assignment, notebook=name, student=student, earlier=earlier)
        restored = restore(blank(assignment, name), pour(released(assignment, name), texts))
        (folder / f"{name}.ipynb").write_text(json.dumps(restored.notebook))
        (folder / f"{name}.verdict.json").write_text(json.dumps(verdict.to_json()))


def course_of(root, place, samples):
    """A course folder in which these samples are graded, each an assignment, a student and notebooks."""
    (root / "source").symlink_to(ROOT / "source")
    for sample in samples:
        grade(root, place, *sample)
    return root


@pytest.fixture(scope="module")
def graded(tmp_path_factory, best_place):
    """A course folder with those of the sample class that the tests name."""
    samples = [("conv2d", student, names) for student, names in NAMED.items()]
    return course_of(tmp_path_factory.mktemp("graded"), best_place, samples)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """Run a program in a Python that has NumPy and nothing else."""
    here = tmp_path_factory.mktemp("numpy-only")
    site = Path(np.__file__).parent.parent
    for name in ("numpy", "numpy.libs"):
        if (site / name).exists():
            (here / name).symlink_to(site / name)
    number = iter(range(10_000))

    def run(text):
        path = here / f"program_{next(number)}.py"
        path.write_text(text)
        start = f"import runpy, sys; sys.path.insert(0, {str(here)!r}); runpy.run_path({str(path)!r})"
        command = [sys.executable, "-I", "-S", "-c", start]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    return run


def every_failure(root, student):
    for path in sorted(root.glob(f"autograded/{student}/*/*.verdict.json")):
        verdict = Verdict.from_json(json.loads(path.read_text()))
        for cell in verdict.cells:
            for check in cell.checks:
                is_example = cell.function.endswith("_examples")  # of a call that the student wrote down
                if check.status == "failed" and check.counterexample and not is_example:
                    yield replay.find(
                        root, verdict.assignment, verdict.student, f"{cell.function}.{check.id}"
                    )


def of_right(failed):
    """The same check, with the code of the student who has everything right."""
    return replace(failed, verdict=replace(failed.verdict, student=RIGHT))


def reproduced(root, bare, student="*"):
    """How many failures fail again with what the student wrote and pass with what is right."""
    programs, about = [], []
    for failed in every_failure(root, student):
        before = replay.judged_before(root, failed)
        for entry, code in ((failed, 1), (of_right(failed), 0)):
            programs.append(replay.program(failed, replay.student_code(root, entry), before))
            about.append((failed.verdict.student, failed.name, code))
    with ThreadPoolExecutor(2) as pool:
        for done, (whose, check, code) in zip(pool.map(bare, programs), about, strict=True):
            assert done.returncode == code, (whose, check, done.stdout, done.stderr)
    return len(programs) // 2


def test_failures_are_reproduced_with_numpy_alone(graded, bare):
    assert reproduced(graded, bare, "student-06") >= 2


@pytest.mark.slow
def test_every_failure_of_the_sample_class_is_reproduced_with_numpy_alone(
    tmp_path, best_place, bare, monkeypatch
):
    monkeypatch.setitem(replay.program.__globals__, "SECONDS", 3)
    samples = [(assignment, student) for assignment in ASSIGNMENTS for student in sample_names(assignment)]
    wrong = [each for each in samples if not description(*each).startswith("Correct")]
    assert reproduced(course_of(tmp_path, best_place, wrong), bare) >= 40


def test_the_printed_program_says_where_the_function_goes(graded, bare):
    failed = replay.find(graded, "conv2d", "student-06", "orientation")
    printed = replay.program(failed)
    place = PASTE.format(name="convolve2d")
    assert place in printed
    assert bare(printed).returncode == 1  # nothing pasted: no such function
    for entry, code in ((failed, 1), (of_right(failed), 0)):
        assert bare(printed.replace(place, replay.student_code(graded, entry))).returncode == code
    assert "4≠ 3≠" in printed
    assert "1≠ 2≠" in printed


def test_a_check_is_called_by_its_name_or_alone(graded):
    assert (
        replay.find(graded, "conv2d", "student-06", "convolve2d.orientation").name == "convolve2d.orientation"
    )
    assert replay.find(graded, "conv2d", "student-06", "orientation").name == "convolve2d.orientation"


@pytest.mark.parametrize(
    ("student", "check", "words"),
    [
        (
            "student-06",
            "orientierung",
            ["no check named", "convolve2d.orientation", "gaussian_kernel.weights"],
        ),
        ("student-06", "convolve2d.stride", ["passed", "convolve2d.orientation"]),
        ("student-10", "convolve2d.stride", ["was not tried", "zero_pad.frame"]),
        ("student-01", "stride", ["passed", "no check failed"]),
        ("student-14", "ends", ["is ambiguous", "normalize.ends, transition_frames.ends"]),
        ("student-99", "stride", ["no verdict", "student-0"]),
    ],
)
def test_what_cannot_be_replayed_is_told(graded, student, check, words):
    with pytest.raises(replay.NoReplay) as told:
        replay.find(graded, "conv2d", student, check)
    assert all(word in str(told.value) for word in words), str(told.value)


def test_a_notebook_that_was_not_handed_in_is_the_answer(tmp_path, monkeypatch):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    why = "2_x.ipynb was not handed in"
    unread = Verdict("conv2d", "2_x", "student-01", "unreadable", 0, 1, "none", "", (why,), ())
    monkeypatch.setattr("autograder.results.verdict_files.verdicts", lambda *_: [unread])
    with pytest.raises(replay.NoReplay, match=f"has no check named frame; {why}"):
        replay.find(tmp_path, "conv2d", "student-01", "frame")


def test_an_assignment_without_verdicts_is_told(graded):
    with pytest.raises(replay.NoReplay, match="nbgrader autograde holiday"):
        replay.find(graded, "holiday", "student-01", "stride")


def test_a_failure_without_a_call_is_told(graded):
    """A cell that cannot be read defines nothing, so there is nothing to call."""
    check = CheckResult("windows", "Sums.", 2, 0, "failed", "`convolve2d` is not defined.")
    cell = CellVerdict("test_convolve2d", "convolve2d", 0, 2, "unanswered", (check,))
    verdict = Verdict("conv2d", "1_convolve2d", "student-77", "graded", 0, 2, "landlock", "", (), (cell,))
    folder = graded / "autograded" / "student-77" / "conv2d"
    folder.mkdir(parents=True)
    (folder / "1_convolve2d.verdict.json").write_text(json.dumps(verdict.to_json()))
    with pytest.raises(replay.NoReplay, match="not defined"):
        replay.find(graded, "conv2d", "student-77", "windows")


def made_up(message, *, function="convolve2d", check="windows", got=None, call=None):
    call = call or Call((np.array([[3.0]]), np.array([[2.0]])))
    example = unanswered(function, call, answered=True, expected=plain(np.array([[6.0]])), got=got)
    result = CheckResult(check, "Sums.", 2, 0, "failed", message, None, example)
    cell = CellVerdict("test", function, 0, 2, "graded", (result,))
    verdict = Verdict("conv2d", "1_convolve2d", "student-1\nimport os", "graded", 0, 2, "x", "", (), (cell,))
    return replay.Failed(verdict, cell, result)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.nested_given])
@given(st.text(), st.text())
def test_no_word_of_a_students_becomes_code(message, text):
    """Whatever an exception says, in the program it is a comment."""
    harmless = replay.program(made_up("wrong", got={"raised": "Error", "text": "wrong"}))
    program = replay.program(made_up(message, got={"raised": "Error", "text": text}))
    assert ast.dump(ast.parse(program)) == ast.dump(ast.parse(harmless))


HOSTILE = (
    "nan+exec('x')+nan",
    "a\nexec('x')",
    "\u2028exec('x')",
    "\ud800'''+exec('x')",
    "__import__('os')",
    "\\",
    "'",
)


def of_a_value(got):
    """A failed check of the name `my_kernel`, which holds a value."""
    example = Counterexample("my_kernel", {}, "my_kernel", answered=True, got=got)
    result = CheckResult("kernel", "A\nexec('x')", 2, 0, "failed", "exec('x')", None, example)
    cell = CellVerdict("test", "my_kernel", 0, 2, "graded", (result,))
    named = "student-1\nexec('x')"
    return replay.Failed(Verdict("conv2d", named, named, "graded", 0, 2, "x", "", (), (cell,)), cell, result)


VALUES = {
    "text": lambda text: text,
    "key": lambda text: {text: 1},
    "key of a key": lambda text: {(text, frozenset({text})): {text}},
    "bytes": lambda text: [text.encode("utf-8", "replace"), {text.encode("utf-8", "replace"): 1}],
    "list": lambda text: [[text, 1.5], [float("nan"), text]],
    "type": Other,
    "instance": lambda text: Instance("Point", {"x": text, "y": {text: Instance("P", {"z": text})}}),
    "table": lambda text: Table("Series", [Column(text, "object", [text])], [Column(text, "object", [text])]),
    "table by name": lambda text: Table(
        "DataFrame", [Column((text,), "str", [text])], [Column(b"", "str", [{}])]
    ),
}


@pytest.mark.parametrize("kind", VALUES)
def test_no_value_of_a_students_becomes_code(kind):
    """Also without the student's code a program holds the value that was judged."""
    for text in HOSTILE:
        value = VALUES[kind](text)
        for got in (plain(value), plain([value]), {"type": text}):
            tree = ast.parse(replay.program(of_a_value(got)))
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            (judged,) = (node.value for node in tree.body if ast.unparse(node).startswith("JUDGED = "))
            used = {ast.unparse(node) for node in ast.walk(judged) if isinstance(node, ast.Call | ast.Name)}
            assert used <= {"np"}  # of np.nan
            assert not names & {"exec", "__import__"}


@pytest.mark.parametrize("kind", VALUES)
def test_nor_does_one_in_a_call(kind):
    """Students choose the arguments of examples, which `convgrade mistakes` shows as code."""
    for text in HOSTILE:
        try:
            written = literal(VALUES[kind](text))
        except TypeError:
            continue  # nothing is written down
        called = {
            ast.unparse(node.func) for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call)
        }
        assert called <= {"frozenset", "Point", "P", "pd.Series", "pd.DataFrame", "pd.Index", "pd.array"}


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0c", "\x0b", "\u2028", "\x85", "\x00"])
def test_no_line_ending_leads_out_of_a_comment(end):
    program = replay.program(
        made_up(f"a{end}raise SystemExit(0)", got={"raised": f"E{end}x = 1", "text": end + "y"})
    )
    names = {node.id for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Name)}
    assert not names & {"SystemExit", "x", "y"}


@pytest.mark.parametrize("text", ["os.abort()", "f(open('x'))", "f(np.array(x))", "f(", "1 + 1"])
def test_a_verdict_whose_call_is_none_is_told_and_nothing_is_run(text):
    failed = made_up("wrong")
    odd = replace(failed.check, counterexample=replace(failed.example, python=text))
    with pytest.raises(replay.NoReplay, match="cannot be read"):
        replay.program(replace(failed, check=odd))


def test_arrays_lie_in_memory_as_in_the_check(bare):
    """A function that writes into its argument fails because that is read-only; so it does in the program."""
    got = {"raised": "ValueError", "text": "assignment destination is read-only"}
    failed = made_up("It raised ValueError.", check="leaves_no_trace", got=got)
    product = "image.astype(float) @ kernel.astype(float)"
    code = f"def convolve2d(image, kernel):\n    image[...] = image\n    return {product}"
    done = bare(replay.program(failed, code))
    assert done.returncode == 1
    assert "read-only" in done.stdout
    assert bare(replay.program(failed, code.replace("image[...] = image", "pass"))).returncode == 0


def test_a_result_that_a_later_call_changes_is_seen(bare):
    failed = made_up("The value differs.", check="leaves_no_trace", got=plain(np.array([[8.0]])))
    code = (
        KEEPS + "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
        "    out = CACHE.setdefault(windows.shape[:2], np.zeros(windows.shape[:2]))\n"
        "    out[...] = np.einsum('yxij,ij->yx', windows, kernel)\n    return out"
    )
    assert bare(replay.program(failed, code)).returncode == 1
    assert bare(replay.program(failed, code + ".copy()")).returncode == 0


def test_a_function_that_never_ends_or_ends_python_counts_as_wrong(bare, monkeypatch):
    monkeypatch.setitem(replay.program.__globals__, "SECONDS", 1)
    failed = made_up("No answer.")
    for body in (
        "while True: pass",
        "import os; os._exit(0)",
        "raise SystemExit(0)",
        "import os; os.abort()",
    ):
        assert bare(replay.program(failed, f"def convolve2d(image, kernel):\n    {body}")).returncode == 1, (
            body
        )


def test_code_is_taken_from_a_cell_whatever_its_lines_end_with(tmp_path):
    written = "def plain(a):\r    # one\x0cline\u2028of Python's\r    return a\r\n"
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps({"cells": [{"id": "own-1", "cell_type": "code", "source": written}]}))
    [statement] = own_code._statements(path)
    assert statement.text == "def plain(a):\n    # one\x0cline\u2028of Python's\n    return a"


def test_only_what_the_function_uses_is_taken_from_the_notebook(graded):
    code = replay.student_code(graded, replay.find(graded, "conv2d", "student-06", "orientation"))
    assert "def zero_pad" in code
    assert "show(" not in code
    assert "assert " not in code


def test_what_was_judged_at_the_end_of_the_notebook_is_replayed_from_there(tmp_path, best_place):
    both = (
        "def zero_pad(image, padding):\n    return image\n\ndef convolve2d(image, kernel):\n    return image"
    )
    restored = restore(
        blank("conv2d", "1_convolve2d"), pour(released("conv2d", "1_convolve2d"), {"convolve2d": both})
    )
    verdict = judged(best_place, {"convolve2d": both}, late=restored.late)
    root = course_of(tmp_path, best_place, [])
    folder = root / "autograded" / "student" / "conv2d"
    folder.mkdir(parents=True)
    (folder / "1_convolve2d.ipynb").write_text(json.dumps(restored.notebook))
    (folder / "1_convolve2d.verdict.json").write_text(json.dumps(verdict.to_json()))
    late = replay.find(root, "conv2d", "student", "zero_pad.frame")
    assert replay.student_code(root, late).endswith("def zero_pad(image, padding):\n    return image")
    later = replay.find(root, "conv2d", "student", "convolve2d.windows")
    assert "zero_pad" in replay.judged_before(root, later)


def test_where_we_are_installed_earlier_functions_are_right(graded, tmp_path):
    """As in grading, where a mistake costs its points once."""
    failed = replay.find(graded, "conv2d", "student-07", "transition_frames.ends")
    code = replay.student_code(graded, failed).replace("def transition_frames", "def of_the_student")
    code += "\n\n\nfrom reference import transition_frames"
    path = tmp_path / "program.py"
    path.write_text(replay.program(failed, code + "\nconvolve2d", replay.judged_before(graded, failed)))
    done = subprocess.run([sys.executable, str(path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert reference.convolve2d.__name__ in path.read_text()


def test_a_call_that_the_reference_does_not_take_goes_to_the_students_own_function(tmp_path):
    own = "def zero_pad(image, padding, fill):\n    return image\n\n\n"
    code = own + "def convolve2d(image, kernel):\n    return zero_pad(image, 0, fill=1.0) * kernel"
    path = tmp_path / "program.py"
    for text, status in ((code, 0), (code.replace(", fill=1.0", ""), 0), (code.replace("* k", "+ k"), 1)):
        path.write_text(replay.program(made_up("wrong"), text, ("zero_pad",)))
        done = subprocess.run(
            [sys.executable, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr


@pytest.mark.parametrize("result", ["(image * kernel).tolist()", "(image * kernel).astype(np.float32)"])
def test_the_number_type_counts_in_the_check_about_it_alone(bare, result):
    code = f"def convolve2d(image, kernel):\n    return {result}"
    assert bare(replay.program(made_up("wrong"), code)).returncode == 0
    assert bare(replay.program(made_up("wrong", check="number_types"), code)).returncode == 1


# ------------------------------------------------------------------------------------------- the command


def convgrade(root, *arguments):
    return commands.run(root, "convgrade", "replay", *arguments)


@pytest.fixture(scope="module")
def whole(graded):
    """The same folder as a course, with a submission that has changed for the better since."""
    (graded / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    (graded / "release").symlink_to(ROOT / "release")
    for student, sample in (("student-06", "student-06"), ("student-08", RIGHT)):
        folder = graded / "submitted" / student / "conv2d"
        folder.mkdir(parents=True)
        poured = pour(released("conv2d", "1_convolve2d"), sections("conv2d", sample))
        (folder / "1_convolve2d (1).ipynb").write_text(json.dumps(poured))
    return graded


def test_the_command_prints_python(whole):
    done = convgrade(whole, "conv2d", "student-06", "orientation")
    assert done.returncode == 0, done.stderr
    ast.parse(done.stdout)
    assert "np.array([[1.0, 2.0], [3.0, 4.0]])" in done.stdout


def test_the_command_writes_a_complete_program(whole, bare, tmp_path):
    target = tmp_path / "program.py"
    done = convgrade(whole, "conv2d", "student-06", "orientation", "--program", str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "without the sandbox" in done.stderr
    assert bare(target.read_text()).returncode == 1


@pytest.mark.parametrize(
    ("student", "check", "words"),
    [
        ("student-06", "orientation", "convolve2d.orientation still fails: "),
        ("student-08", "stride", "output_size.stride passes now"),
    ],
)
def test_the_command_grades_once_more(whole, student, check, words):
    done = convgrade(whole, "conv2d", student, check, "--run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(words)
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("conv2d", "student-06", "nonsense"), "convolve2d.orientation"),
        (("conv2d", "student-07", "rectangles", "--run"), "1_convolve2d.ipynb is not in"),
        (("holiday", "student-06", "orientation"), "nbgrader autograde holiday"),
    ],
)
def test_the_command_says_what_is_wrong(whole, arguments, words):
    done = convgrade(whole, *arguments)
    assert (done.returncode, done.stdout, words in done.stderr) == (2, "", True), done.stderr


# ---------------------------------------------------------------------------- functions that remember


@pytest.mark.parametrize(
    ("code", "remembers"),
    [
        ("def f(x):\n    y = {}\n    return y", False),
        ("import math\n\ndef f(x, n=1):\n    return x", False),
        (KEEPS + "    return CACHE", True),
        ("def f(x, seen=[]):\n    return seen", True),
        ("@cache\ndef f(x):\n    return x", True),
        ("def f(x):\n    global y\n    y = x", True),
        ("def f(x):\n    f.last = x", True),
    ],
)
def test_code_that_keeps_something_between_calls_is_seen(code, remembers):
    assert calls._remembers(code) == remembers


def test_a_function_that_remembers_fails_after_what_was_asked_before(bare):
    """Alone, the call that went wrong is answered rightly: it is the first of its shapes."""
    code = (
        KEEPS + "    key = image.shape, kernel.shape\n"
        "    if key not in CACHE:\n"
        "        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
        "        CACHE[key] = np.einsum('yxij,ij->yx', windows, kernel)\n"
        "    return CACHE[key].copy()"
    )
    failed = made_up("The value differs.", got=plain(np.array([[1.0]])))
    assert bare(replay.program(failed, code)).returncode == 1
    assert bare(replay.program(failed, code.replace("if key not in CACHE", "if True"))).returncode == 0


# ------------------------------------------------------------------------------------ own exercises

TALLY = "def tally(text):\n    words = text.split()\n    return {word: words.count(word) for word in words}\n"


@pytest.fixture
def own(tmp_path):
    """Say that a call of an exercise of a course's own failed, from the example of `exercise new`."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    write(tmp_path, "tally", tmp_path / "source/words/1_words.ipynb")
    exercise.look_in(str(tmp_path / "exercises"))

    def failed(check, python, *, text=None, answer=""):
        if answer:
            (tmp_path / "exercises/tally/answer.py").write_text(answer)
        hidden = tmp_path / "exercises/tally/hidden_tests.py"
        hidden.write_text(text(hidden.read_text()) if text else hidden.read_text())
        example = Counterexample("tally", {}, python)
        result = CheckResult(check, "Words.", 1, 0, "failed", "Wrong.", None, example)
        cell = CellVerdict("test", "tally", 0, 1, "graded", (result,))
        verdict = Verdict("words", "1_words", "student-01", "graded", 0, 1, "x", "", (), (cell,))
        return replay.Failed(verdict, cell, result)

    yield failed
    exercise.look_in("")


@pytest.mark.parametrize(
    ("check", "python", "right"),
    [
        ("capitals", "tally('The cat the')", TALLY.replace("text.", "text.lower().")),
        ("illegal", "tally('')", TALLY.replace("    words", "    if not text: raise ValueError\n    words")),
    ],
)
def test_the_program_of_an_own_exercise_tells_right_from_wrong(own, bare, check, python, right):
    failed = own(check, python)
    assert bare(replay.program(failed, TALLY)).returncode == 1
    done = bare(replay.program(failed, right))
    assert done.returncode == 0, done.stdout + done.stderr


HIDDEN = """
import numpy as np

from autograder.checks import call, check


@check(points=1, why="It is asked for.", killers=[call({arguments})])
def asked(answer):
    {asks}
"""
QUESTIONS = {  # what is asked of which call; the answer, another right one, a wrong one
    "answer.equals()": ("np.array([1, 2])", "return text * 2", "return text + text", "return [2, 4]"),
    "answer.equals(any_order=True)": (
        "'b a a'",
        "return text.split()",
        "return sorted(text.split())",
        "return ['a', 'b', 'b']",
    ),
    "answer.equals(rounding=1e-6)": ("[1, 5]", "return [n / 3 for n in text]",
        "return [n * 0.3333333 for n in text]", "return [n * 0.333 for n in text]"),
    "answer.equals_reference()": ("[1, 2]", "return np.array(text) * 2", "return [2, 4]", "return [2, 5]"),
    "answer.has_the_number_type()": ("[1, 2]", "return np.array(text, np.float32)",
        "return np.float32(text)", "return np.array(text, float)"),
    "answer.prints()": ("'a b'", "print(*text.split(), sep='\\n')", "print('a \\nb\\n')", "print(text)"),
    "answer.leaves_arguments_alone()": ("np.array([3, 1])", "return np.sort(text)",
        "return 0", "text.sort()\n    return text"),
}  # fmt: skip


@pytest.mark.parametrize("asks", QUESTIONS)
def test_a_program_asks_what_the_check_asks(own, bare, asks):
    arguments, *bodies = QUESTIONS[asks]
    answer, right, wrong = (f"import numpy as np\n\ndef tally(text):\n    {body}\n" for body in bodies)
    hidden = HIDDEN.format(arguments=arguments, asks=asks)
    failed = own("asked", f"tally({arguments})", text=lambda _: hidden, answer=answer)
    for code, status in ((answer, 0), (right, 0), (wrong, 1)):
        done = bare(replay.program(failed, code))
        assert done.returncode == status, done.stdout + done.stderr


def test_what_an_own_exercise_asks_in_its_own_words_is_no_program(own):
    failed = own(
        "capitals",
        "tally('The cat the')",
        text=lambda text: text.replace("answer.equals()", "assert answer.value"),
    )
    with pytest.raises(replay.NoReplay, match=r"words of its own; --run judges it again.*tally\('The cat"):
        replay.program(failed, TALLY)
