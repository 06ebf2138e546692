"""A judge that hangs, grows or is left alone: it ends, and the class goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from common import QUICK, alive

from autograder.course.settings import Batch, Settings
from autograder.grading import judge_process, worker
from autograder.grading.judged_ahead import JudgedAhead
from autograder.grading.worker import Worker
from autograder.judge.job import Job
from autograder.sandbox.usage import children

SETTINGS = Settings(limits=QUICK)
JOB = Job("conv2d", "1_convolve2d", "student", "5eed" * 16, {"cells": [], "metadata": {}})
AT_WORK = "import sys\nsys.stdin.readline(); sys.stdin.readline()\n"
STUCK = {
    "computes": "while True: pass",
    "waits": "import time\nwhile True: time.sleep(60)",
    "computes and does not listen": "import signal\nsignal.signal(15, signal.SIG_IGN)\nwhile True: pass",
}


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(worker, "OWN_SECONDS", 0.3)
    monkeypatch.setattr(worker, "WAITING_FACTOR", 0.0)
    monkeypatch.setattr(worker, "LOOK", 0.05)


@pytest.mark.parametrize("body", [*STUCK.values(), "sys.exit(3)"], ids=[*STUCK, "has ended"])
def test_a_judge_that_does_not_answer_is_stopped_and_its_notebook_left_to_a_human(impatient, body):
    hanging = Worker(SETTINGS, (sys.executable, "-c", AT_WORK + body))
    pid = hanging._started().pid
    _, verdict = hanging.judge(JOB)
    assert verdict.status == "grader_error"
    assert hanging.pid is None
    assert not alive(pid)


@pytest.mark.parametrize("body", STUCK.values(), ids=STUCK)
def test_a_judge_that_does_not_take_a_job_is_stopped_too(impatient, body):
    """A pipe holds less than a job with pictures."""
    long = replace(JOB, files={"figures/long.png": bytes(1 << 20)})
    hanging = Worker(SETTINGS, (sys.executable, "-c", "import sys\nsys.stdin.readline()\n" + body))
    pid = hanging._started().pid
    assert hanging.judge(long)[1].status == "grader_error"
    assert not alive(pid)


def test_a_judge_that_was_stopped_is_not_asked_the_same_again(impatient, monkeypatch):
    asked = []
    monkeypatch.setattr(worker, "JUDGE", ())
    monkeypatch.setattr(
        worker.Worker,
        "answer",
        lambda self, line: asked.append(line) or b'{"trouble": "it hung", "again": false}',
    )
    try:
        assert b"it hung" in worker.answer(SETTINGS, b"a job")
        assert asked == [b"a job"]
    finally:
        worker.close_all()


@pytest.mark.parametrize("body", STUCK.values(), ids=STUCK)
def test_an_interrupt_does_not_wait_for_a_judge_at_work(monkeypatch, body):
    """As Ctrl-C does it: another thread waits for the answer meanwhile."""
    monkeypatch.setattr(worker, "PATIENCE", 0.2)
    busy = Worker(SETTINGS, (sys.executable, "-c", AT_WORK + body))
    pid = busy._started().pid
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(busy.answer(b"a job\n")))
    waiting.start()
    busy.end()
    busy.close()
    waiting.join()
    assert not alive(pid)
    assert b"trouble" in answers[0]


@pytest.mark.usefixtures("interruptible")
def test_a_second_interrupt_does_not_leave_a_judge_at_work(monkeypatch):
    """Or the process would not end either: its threads wait for their judges."""
    busy = [Worker(SETTINGS, (sys.executable, "-c", AT_WORK + STUCK["computes"])) for _ in range(2)]
    judges = [each._started() for each in busy]
    monkeypatch.setattr(worker, "_all", [Impatient(SETTINGS), *busy])
    try:
        with pytest.raises(KeyboardInterrupt):
            JudgedAhead(iter(()), SETTINGS, Batch(jobs=2), None).close()
        for judge in judges:
            judge.wait(timeout=60)
    finally:
        for judge in judges:
            judge.kill()


class Impatient(Worker):
    """One that is stopped first, which takes so long that Ctrl-C is pressed again."""

    def end(self):
        os.kill(os.getpid(), signal.SIGINT)
        super().end()


ABANDONED = """
import subprocess, sys, time
from autograder.course.settings import Settings
from autograder.grading.worker import Worker
judge = Worker(Settings())._started()
judge.stdin.flush()
subprocess.Popen(["sleep", "60"], stdout=judge.stdin)  # so that its input does not end with this process
print(judge.pid, flush=True)
while True: time.sleep(60)
"""


def test_a_judge_ends_with_the_process_that_started_it_whatever_it_is_at():
    parent = subprocess.Popen([sys.executable, "-c", ABANDONED], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    while not children(pid) and alive(pid):  # it is trying its sandbox
        time.sleep(0.05)
    assert alive(pid)
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 60
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(pid)


def test_a_judge_cannot_take_the_memory_of_the_machine():
    judge = Worker(SETTINGS)
    try:
        assert judge.judge(JOB)[1].status == "graded"
        limits = Path(f"/proc/{judge.pid}/limits").read_text()
        assert f"Max address space         {judge_process.MEMORY} " in limits
    finally:
        judge.close()


STARTED = r"""
import re, sys, threading, time
from pathlib import Path
from autograder.course.settings import Settings
from autograder.grading.worker import Worker
if sys.argv[1:]:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
worker = Worker(Settings())
judge = Path("/proc", str(worker._started().pid))
print((judge / "cmdline").read_bytes() == Path("/proc/self/cmdline").read_bytes())
print(int(re.search(r"SigIgn:\s*(\w+)", (judge / "status").read_text())[1], 16), flush=True)
worker.close()
"""


def started(*arguments):
    """Whether a judge is a copy of the process that starts it, and the signals that it ignores."""
    command = [sys.executable, "-c", STARTED, *arguments]
    copied, ignored = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return copied == "True", int(ignored)


def test_a_process_without_threads_becomes_the_judge_by_a_copy():
    """A copy goes on ignoring SIGPIPE: or a kernel that ends would end its judge."""
    copied, ignored = started()
    assert copied
    assert ignored & 1 << signal.SIGPIPE - 1
    assert not started("with another thread")[0]


INTERRUPTED = """
import os, signal
from autograder.course.settings import Settings
from autograder.grading import start
from autograder.grading.worker import Worker
judge_instead = start._judge_instead
def interrupted():
    os.kill(os.getpid(), signal.SIGINT)
    judge_instead()
start._judge_instead = interrupted
worker = Worker(Settings())
worker.start()
worker._process.stdin.flush()
print(worker.close())
"""


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_reaches_a_judge_before_its_session_is_left_to_the_parent():
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_judges_started_ahead_get_ready_are_taken_first_and_end_together(monkeypatch):
    monkeypatch.setattr(worker, "_own", threading.local())  # as in a thread that has not judged yet
    worker.start_ahead(SETTINGS, 2)
    try:
        judges = [each.pid for each in worker._all]
        end = time.monotonic() + 60
        while not all(map(children, judges)) and time.monotonic() < end:  # they try their sandboxes
            time.sleep(0.05)
        assert all(map(children, judges))
        assert b"verdict" in worker.answer(SETTINGS, worker.job_line(JOB))
        assert [each.pid for each in worker._all] == judges
        assert len(worker._started) == 1
    finally:
        worker.close_all()
    assert not any(map(alive, judges))
    assert not worker._started


def test_a_judge_with_other_settings_is_not_the_one_started_ahead():
    worker.start_ahead(SETTINGS, 1)
    try:
        (ahead,) = worker._all
        assert worker._taken(replace(SETTINGS, feedback="hint")) is not ahead
    finally:
        worker.close_all()
