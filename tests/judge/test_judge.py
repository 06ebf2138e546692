"""The judge on wrong, right and hostile code; the sandbox is the real one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from common import QUICK, cell, judged, not_passed, source
from local_student import HIDDEN, LocalStudent, checks
from pour import pour, released, sections

from autograder import notebook
from autograder.checks import exercise
from autograder.course.seeds import check_seed
from autograder.course.settings import RANDOM_CASES, Settings
from autograder.exercises.convolve2d import hidden_tests
from autograder.grading.worker import Worker
from autograder.judge import card, fingerprint
from autograder.judge.cell import _Student
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.notebook_run import NotebookRun
from autograder.judge.unjudged import unread
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.submission.restore import restore

EXEMPLAR = sections("conv2d", "student-01")
ZEROS = {
    "output_size": "def output_size(n, k, stride=1, padding=0):\n    return {}",
    "zero_pad": "def zero_pad(image, padding):\n    return {}",
    "convolve2d": "def convolve2d(image, kernel, stride=1, padding=0):\n    return {}",
}


# ---------------------------------------------------------------------- doing nothing earns nothing


def test_the_released_notebook_earns_nothing_and_is_called_unanswered(best_place):
    verdict = judged(best_place, {})
    assert verdict.score == 0
    assert {c.status for c in verdict.cells} == {"unanswered"}


FITTING = {
    "output_size": "0",
    "zero_pad": "np.zeros((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding))",
    "convolve2d": "np.zeros([max(n - k + 1, 0) for n, k in zip(image.shape, kernel.shape)])",
}


@pytest.mark.parametrize("value", ["None", "what fits"])
def test_doing_nothing_passes_no_check(best_place, value):
    """In test_marks are all kinds of nothing, without a sandbox."""
    texts = {name: text.format(FITTING[name] if value != "None" else value) for name, text in ZEROS.items()}
    verdict = judged(best_place, texts)
    assert [check.id for c in verdict.cells for check in c.checks if check.status == "passed"] == []
    assert verdict.score == 0


def test_always_raising_valueerror_passes_no_check(best_place):
    texts = {name: text.replace("return {}", "raise ValueError") for name, text in ZEROS.items()}
    verdict = judged(best_place, texts)
    assert verdict.score == 0
    assert {c.status for c in verdict.cells if c.function in texts} == {"raised"}


# ------------------------------------------------------------------------ a mistake costs once


def test_a_wrong_zero_pad_costs_nothing_in_convolve2d(best_place):
    wrong = EXEMPLAR | {"zero_pad": "def zero_pad(image, padding):\n    return image * 0 - 1.0"}
    verdict = judged(best_place, wrong)
    assert set(not_passed(verdict)) == {"zero_pad"}
    assert cell(verdict, "convolve2d").score == cell(verdict, "convolve2d").max_score


@pytest.mark.parametrize(("holds", "late"), [("zero_pad", ()), ("convolve2d", ("zero_pad",))])
def test_it_costs_nothing_there_either_when_both_are_in_one_cell(best_place, holds, late):
    texts = {name: text for name, text in EXEMPLAR.items() if name not in ("zero_pad", "convolve2d")}
    both = f"{ZEROS['zero_pad'].format('image')}\n\n{EXEMPLAR['convolve2d']}"
    assert set(not_passed(judged(best_place, texts | {holds: both}, late=late))) == {"zero_pad"}


def test_a_missing_output_size_costs_nothing_in_convolve2d(best_place):
    texts = {name: text for name, text in EXEMPLAR.items() if name != "output_size"}
    assert set(not_passed(judged(best_place, texts))) == {"output_size"}


def test_a_cell_that_raises_is_named_with_its_error(best_place):
    verdict = judged(best_place, EXEMPLAR | {"zero_pad": "def zero_pad(image, padding):\n  return ("})
    assert cell(verdict, "zero_pad").status == "raised"
    message = cell(verdict, "zero_pad").checks[0].message
    assert "SyntaxError" in message
    assert "never closed" in message
    assert set(not_passed(verdict)) == {"zero_pad"}


def test_a_legal_call_that_a_function_refuses_is_said_to_be_legal(best_place):
    refusing = """def zero_pad(image, padding):
    if len(image) < 2:
        raise ValueError("one row is not enough...")
    return np.pad(np.asarray(image, float), padding)"""
    (frame, *_) = cell(judged(best_place, EXEMPLAR | {"zero_pad": refusing}), "zero_pad").checks
    assert frame.message.endswith(
        """(line 3 of your cell): one row is not enough... """
        """Your line: `raise ValueError("one row is not enough...")`. It refuses a legal call."""
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("while True: pass", "timeout"),
        ("import time; time.sleep(1000)", "timeout"),
        ("import os; os._exit(0)", "crashed"),
        ("import os; os.kill(os.getpid(), 9)", "crashed"),
    ],
)
def test_what_happens_in_one_function_stays_there(place, body, status):
    wrong = EXEMPLAR | {"zero_pad": f"def zero_pad(image, padding):\n    {body}"}
    verdict = judged(place, wrong)
    assert cell(verdict, "zero_pad").status == status
    assert set(not_passed(verdict)) == {"zero_pad"}
    assert cell(verdict, "zero_pad").score == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("return zero_pad(image, padding)", "raised"),
        ("return np.ones(1 << 40)", "memory"),
        ("raise NotImplementedError", "unanswered"),
        ("return image.nothing", "raised"),
    ],
)
def test_so_does_an_exception(best_place, body, status):
    test_what_happens_in_one_function_stays_there(best_place, body, status)


@pytest.mark.parametrize(
    "lethal", ["import os; os._exit(1)", "while True: pass", "import time; time.sleep(1000)"]
)
def test_a_lethal_cell_costs_only_what_it_would_have_defined(place, lethal):
    verdict = judged(place, EXEMPLAR | {"zero_pad": lethal})
    assert set(not_passed(verdict)) == {"zero_pad"}
    assert cell(verdict, "zero_pad").status in ("timeout", "crashed")


def test_a_loop_for_some_inputs_only_costs_their_check_only(best_place):
    slow = EXEMPLAR["output_size"].replace("    if min", "    while stride > 1: pass\n    if min")
    verdict = judged(best_place, EXEMPLAR | {"output_size": slow})
    assert not_passed(verdict) == {"output_size": {"stride"}}
    assert cell(verdict, "output_size").status == "timeout"


class Endless:
    """A sandbox and its kernel, in which every cell reaches its time limit."""

    def __init__(self):
        self.waited, self.seconds = [], 0.0

    def kernel(self, _):
        return self

    def run(self, _, seconds):
        self.waited.append(seconds)
        raise KernelLost("timeout", "")

    def close(self):
        pass


def test_a_notebook_that_keeps_reaching_time_limits_is_waited_for_less():
    own = {"cell_type": "code", "source": "1", "metadata": {}}
    answer = own | {"metadata": {"nbgrader": {"grade": False, "solution": True, "grade_id": "f"}}}
    place = Endless()
    NotebookRun(
        Job("a", "n", "student", "", {"cells": [own, answer, own, own, answer]}, limits=QUICK), place
    ).execute()
    full = QUICK.cell_seconds
    assert place.waited == [full, full, full, full / 16, full / 16, full]  # a second try, and then none


@pytest.mark.parametrize(
    ("computed", "waited", "said"),
    [
        (119.0, 599.0, ""),
        (121.0, 121.0, "this notebook has used its 120 seconds of processor time"),
        (1.0, 601.0, "this notebook was waited for longer than 600 seconds"),
    ],
)
def test_which_time_a_notebook_has_used_up_is_said_and_stops_its_kernel(monkeypatch, computed, waited, said):
    monkeypatch.setattr("autograder.judge.notebook_run.time.monotonic", lambda: now)
    now, place = 0.0, Endless()
    run = NotebookRun(Job("a", "n", "student", "", {"cells": []}), place)
    assert run.kernel() is place
    now, place.seconds = waited, computed
    assert place.spent() == said
    if said:
        with pytest.raises(KernelLost, match=said):
            run.kernel()


def test_a_crash_is_no_time_limit_and_has_its_second_try():
    run = NotebookRun(Job("a", "n", "student", "", {"cells": []}, limits=QUICK), Endless())
    lost = [KernelLost(reason, "") for reason in ("timeout", "crashed", "timeout", "crashed", "timeout")]
    assert [run.lose(each) for each in lost] == [True, True, True, True, False]


def test_files_that_an_own_cell_leaves_cost_no_function(place):
    deep = "import os\nfor _ in range(600):\n    os.mkdir('dd')\n    os.chdir('dd')"
    assert not_passed(judged(place, EXEMPLAR | {"own": deep})) == {}


def test_a_cell_of_ones_own_that_was_stopped_is_noted(place):
    verdict = judged(place, EXEMPLAR | {"own": "import os\nos._exit(3)"})
    [note] = verdict.notes
    assert note.startswith("a cell of your own was stopped. ")
    assert "exit code 3" in note
    assert not_passed(verdict) == {}


# ------------------------------------------------------------------------------ forged verdicts

EQUAL = """
class Same(np.ndarray):
    def __eq__(self, other): return np.True_
    def __array_function__(self, *a): return True
    def __array_ufunc__(self, *a, **k): return np.True_
    def __sub__(self, other): return np.zeros(1)
    def __abs__(self): return np.zeros(1)
"""
ATTACKS = {
    "patched numpy": """
import numpy, numpy.testing, builtins
for name in ("allclose", "array_equal", "isclose", "testing.assert_allclose"):
    numpy.allclose = numpy.array_equal = numpy.testing.assert_allclose = lambda *a, **k: True
builtins.all = builtins.any = lambda *a: True
def convolve2d(image, kernel, stride=1, padding=0):
    return np.zeros((1, 1))
""",
    "patched pytest": """
import sys, types
for name in ("pytest", "hypothesis", "_pytest.outcomes"):
    sys.modules[name] = types.ModuleType(name)
sys.exit = lambda *a: None
def convolve2d(image, kernel, stride=1, padding=0):
    return None
""",
    "an array equal to everything": EQUAL
    + """
def convolve2d(image, kernel, stride=1, padding=0):
    return np.zeros((1, 1)).view(Same)
""",
    "an object that lies about its shape": """
class Liar:
    shape = property(lambda self: Anything())
    dtype = np.dtype(float)
    __array_interface__ = dict(shape=(2, 2), typestr="<f8", data=(0, False), version=3)
class Anything(tuple):
    def __eq__(self, other): return True
def convolve2d(image, kernel, stride=1, padding=0):
    return Liar()
""",
    "frame walking": """
import sys, gc
def convolve2d(image, kernel, stride=1, padding=0):
    frame, found = sys._getframe(), None
    while frame:
        for name, value in frame.f_locals.items():
            if "expect" in name or name == "right":
                found = value
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict) and "expected" in thing:
            found = thing["expected"]
    return found
""",
    "a printed verdict": """
print("8/8 PASSED", flush=True)
import sys
sys.__stdout__.write('{"score": 22, "status": "graded"}')
def convolve2d(image, kernel, stride=1, padding=0):
    print("1 passed in 0.01s")
""",
    "a fake result in the shell": """
shell = get_ipython()
shell.run_cell = lambda *a, **k: type("R", (), {"success": True})()
shell.displayhook = lambda *a: None
from IPython.display import display
display({"text/plain": "14.0"}, raw=True)
def convolve2d(image, kernel, stride=1, padding=0):
    return 14.0
14.0
""",
    "a forged frame": """
import os, json, struct
message = {"op": "answered", "outcomes": [{"raised": None, "warnings": []}]}
header = json.dumps({"message": message, "values": [[None, []]]}).encode()
def convolve2d(image, kernel, stride=1, padding=0):
    for descriptor in range(3, 30):
        try:
            os.write(descriptor, struct.pack(">II", len(header), 0) + header)
        except OSError:
            pass
""",
    "a stub asked for the answer": """
def convolve2d(image, kernel, stride=1, padding=0):
    import inspect
    ask = zero_pad
    cells = dict(zip(ask.__code__.co_freevars, (c.cell_contents for c in ask.__closure__)))
    from inside import wire
    question = ((image, kernel, stride, padding), (), ())
    cells["send"](wire.pack({"op": "ask", "name": "convolve2d"}, [question]))
    return wire.read(cells["receive"])[1][0]
""",
    "an exception that claims success": """
class Passed(BaseException):
    def __str__(self): import os; os._exit(0)
def convolve2d(image, kernel, stride=1, padding=0):
    raise Passed
""",
}


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_forged_verdict_earns_nothing(place, attack):
    verdict = judged(place, EXEMPLAR | {"convolve2d": ATTACKS[attack]})
    assert cell(verdict, "convolve2d").score == 0
    assert cell(verdict, "output_size").score + cell(verdict, "zero_pad").score == 8
    assert verdict.status == "graded"


def test_the_hunter_finds_nothing(place):
    verdict = judged(place, sections("conv2d", "student-13"))
    assert verdict.score == 0


# ------------------------------------------------------------------------- tampered structure


def test_tampered_notebooks_are_restored_and_judged(best_place):
    nb = pour(released("conv2d", "1_convolve2d"), EXEMPLAR | {"convolve2d": "def convolve2d(*a): return 0"})
    for c in nb["cells"]:
        if "test_" in c["metadata"].get("nbgrader", {}).get("grade_id", ""):
            c["metadata"]["tags"] = ["skip-execution"]
            c["metadata"]["nbgrader"]["points"] = 1000
            c["source"] = "14.0"
            c["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "14.0"},
                    "metadata": {},
                    "execution_count": 1,
                }
            ]
    nb["cells"] += [dict(c) for c in nb["cells"] if "nbgrader" in c["metadata"]]
    restored = restore(source("conv2d", "1_convolve2d"), nb)
    executed, verdict = judge(_job(restored.notebook, restored.notes), best_place)
    assert (verdict.score, verdict.max_score) == (10, 24)
    tests = [c for c in card.attach(executed, verdict)["cells"] if notebook.is_autograded(c)]
    assert [c["outputs"][0]["data"]["text/plain"] for c in tests] == ["4.0", "4.0", "2.0", "0.0"]
    assert any("was there 2 times" in note for note in verdict.notes)
    assert any("had been changed" in note for note in verdict.notes)


# ---------------------------------------------------------------------------- faults of our own


ONE_CHECK = """
from autograder.checks import call, check

@check(points=1, why="A reason.", killers=[call(1)])
def x(answer):
    '''A sentence.'''
"""


def _job(notebook, notes=()):
    return Job("conv2d", "1_convolve2d", "student", "5eed" * 16, notebook, notes, limits=QUICK)


@pytest.fixture
def exemplar_job():
    nb = pour(released("conv2d", "1_convolve2d"), EXEMPLAR)
    return _job(restore(source("conv2d", "1_convolve2d"), nb).notebook)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("import no_such_module", "no_such_module"),
        ("def x(:", "do not load"),
        ("", "no hidden tests"),
        ("def test_x(): pass", "no hidden tests"),
        (f"{ONE_CHECK}    1 / 0", "ZeroDivision"),
        (f"{ONE_CHECK}    assert False", "Assertion"),
    ],
)  # fmt: skip
def test_broken_hidden_tests_leave_the_cell_to_a_human(best_place, exemplar_job, tmp_path, text, word):
    for name in ("output_size", "zero_pad"):
        shutil.copytree(exercise.BUILT_IN / name, tmp_path / name)
    (tmp_path / "convolve2d").mkdir()
    (tmp_path / "convolve2d" / "hidden_tests.py").write_text(text)
    executed, verdict = judge(replace(exemplar_job, exercises=str(tmp_path)), best_place)
    broken = cell(verdict, "convolve2d")
    assert (verdict.status, broken.status, broken.score) == ("grader_error", "grader_error", 0)
    assert word in broken.message + "".join(c.message for c in broken.checks)
    carded = card.attach(executed, verdict)
    outputs = next(c["outputs"] for c in carded["cells"] if c["id"] == "test-convolve2d")
    assert outputs[-1]["output_type"] == "error"
    assert cell(verdict, "output_size").score == 4


def test_without_hidden_tests_nothing_is_collected_from_where_the_judge_was_started(
    best_place, exemplar_job, tmp_path, monkeypatch
):
    for name in ("test_trap.py", "hidden_tests.py", "conftest.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(exercise, "BUILT_IN", tmp_path / "empty")
    verdict = judge(replace(exemplar_job, exercises=str(tmp_path / "empty")), best_place)[1]
    assert {c.status for c in verdict.cells} == {"grader_error"}
    assert not (tmp_path / "sprung").exists()


def test_a_reference_that_raises_is_our_fault(best_place, exemplar_job, monkeypatch):
    import reference

    def broken(*_, **__):
        raise RuntimeError("reference")

    monkeypatch.setattr(reference, "convolve2d", broken)
    verdict = judge(exemplar_job, best_place)[1]
    assert cell(verdict, "convolve2d").status == "grader_error"
    assert cell(verdict, "zero_pad").status == "graded"


@pytest.mark.slow
def test_a_judge_killed_over_a_job_gives_no_points_and_comes_back(exemplar_job, monkeypatch):
    worker = Worker(Settings(limits=QUICK))
    started = worker._started

    def killed():
        process = started()
        process.kill()
        return process

    try:
        assert worker.judge(exemplar_job)[1].score == 24
        with monkeypatch.context() as patch:
            patch.setattr(worker, "_started", killed)
            _, verdict = worker.judge(exemplar_job)
        assert (verdict.status, verdict.score) == ("grader_error", 0)
        assert "exit code -9" in verdict.cells[0].message
        assert worker.judge(exemplar_job)[1].score == 24
    finally:
        worker.close()


@pytest.mark.slow
def test_a_judge_killed_between_two_jobs_loses_neither(exemplar_job):
    worker = Worker(Settings(limits=QUICK))
    try:
        assert worker.judge(exemplar_job)[1].score == 24
        first = worker.pid
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)  # dead, and its parent has not looked yet
        assert worker.judge(exemplar_job)[1].score == 24
        assert worker.pid != first
    finally:
        worker.close()


def test_a_judge_without_isolation_refuses(exemplar_job):
    from autograder.sandbox.tiers import NoIsolation

    worker = Worker(Settings(limits=QUICK, tiers=("none",)))
    try:
        with pytest.raises(NoIsolation, match="no isolation, no grading"):
            worker.judge(exemplar_job)
    finally:
        worker.close()


# --------------------------------------------------------------------------------- repeatability


def test_the_same_submission_gives_the_same_verdict(best_place):
    texts = sections("conv2d", "student-06")
    first, second = (judged(best_place, texts).to_json() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_what_a_judge_loads_decides_the_fingerprint():
    """Or a verdict would be taken from the store though the judge has changed."""
    code = "import sys, autograder.grading.judge_process, autograder.judge.judge; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = [name.split(".")[1] for name in done.stdout.split() if name.startswith("autograder.")]
    assert {"judge", "sandbox", "checks"} <= set(loaded)
    assert set(loaded) <= {*fingerprint.DECIDING, "grading"}  # which passes jobs and verdicts on


def test_another_student_gets_other_inputs():
    def drawn(of_student):
        seed = check_seed(of_student, "convolve2d.windows")
        student = LocalStudent("convolve2d", None, seed, RANDOM_CASES)
        return [call.key() for call in hidden_tests.windows.drawn(student)]

    assert drawn("01" * 32) == drawn("01" * 32) != drawn("02" * 32)


def test_points_of_a_cell_are_shared_out_by_the_points_of_its_checks(best_place, exemplar_job):
    cells = [dict(c) for c in exemplar_job.notebook["cells"]]
    for c in cells:
        if c["id"] == "test-convolve2d":
            c["metadata"] = {**c["metadata"], "nbgrader": {**c["metadata"]["nbgrader"], "points": 7}}
        if c["id"] == "convolve2d":
            c["source"] = c["source"].replace("kernel.astype(float)", "np.flip(kernel).astype(float)")
    changed = {**exemplar_job.notebook, "cells": cells}
    verdict = judge(replace(exemplar_job, notebook=changed), best_place)[1]
    assert (cell(verdict, "convolve2d").score, cell(verdict, "convolve2d").max_score) == (6, 7)


@pytest.mark.parametrize("function", HIDDEN)
def test_every_sentence_a_student_reads_is_there_and_every_basis_comes_before_what_stands_on_it(function):
    seen = []
    assert checks(function)
    for check in checks(function):
        assert check.title.endswith(".")
        assert set(check.after) <= set(seen)
        seen.append(check)


@pytest.mark.parametrize("asked", ["value", "outcomes"])
def test_what_is_gone_when_a_check_asks_for_it_is_a_lost_kernel_and_no_fault_of_the_grader(asked):
    def gone(*_args, **_named):
        raise Missing("my_kernel")

    job = SimpleNamespace(late=(), notebook={"cells": []}, random_cases=0, exercises="")
    kernel = SimpleNamespace(value=gone, sequences=gone)
    student = _Student("my_kernel", SimpleNamespace(job=job, end=0, kernel=lambda: kernel), 0, ())
    with pytest.raises(KernelLost, match="not there any more"):
        student.value() if asked == "value" else student.outcomes([])


def test_a_cell_graded_by_its_asserts_has_its_name_also_when_nothing_was_handed_in():
    role = {"grade_id": "sums", "grade": True, "solution": False, "points": 1}
    cells = [{"cell_type": "code", "metadata": {"nbgrader": role}, "source": "assert 1"}]
    why = "n.ipynb was not handed in"
    found = unread(Job("a", "n", "student-01", "00", {"cells": cells, "metadata": {}}, unreadable=why))
    assert [cell.function for cell in found.cells] == ["sums"]
    assert found.notes == (why,)
