"""Judges in processes of their own, seen from outside: each gets one job per line and answers in one line.

Every way of grading (nbgrader, `convgrade grade`, `convgrade check`) goes through here, so the verdict
does not depend on it. If a judge dies, its job comes back as `grader_error` and nothing else is lost.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from autograder.course.settings import Settings
from autograder.grading.start import JUDGE, start
from autograder.judge.job import Job
from autograder.notebook import Notebook
from autograder.sandbox.clock import Cpu
from autograder.sandbox.tiers import NoIsolation

if TYPE_CHECKING:  # read_answer imports it while the judge works
    from autograder.judge.verdict import Verdict

PATIENCE = 3.0  # seconds to wait for a judge to exit before stopping it
OWN_SECONDS = 240.0  # of processor time that a judge itself may use for one notebook, kernels not counted
WAITING_FACTOR = 3.0  # how much longer than a notebook may take it is waited for a judge that does nothing
LOOK = 0.5  # seconds between two looks at a judge that has not answered


class Worker:
    """A judge process, started when it is first needed and restarted if it died."""

    def __init__(self, settings: Settings, command: Sequence[str] = JUDGE) -> None:
        self._settings, self._command = settings, command
        self._process: subprocess.Popen[bytes] | None = None
        self._starting, self._over = threading.Lock(), False

    def start(self) -> None:
        """Start the judge ahead of its first job, which would; if that fails, the job's verdict says so."""
        with contextlib.suppress(OSError):
            self._started()

    def judge(self, job: Job) -> tuple[Notebook, Verdict]:
        """Judge a job. Raises NoIsolation; every other fault is reported in the verdict."""
        return read_answer(job, self.answer(job_line(job)))

    def answer(self, job_line: bytes) -> bytes:
        """Send a job's line to the judge and return its answer, even if the judge dies."""
        try:
            process = self._started()
            if excess := self._put(process, job_line) or self._waited_for(process, reading=[process.stdout]):
                process.kill()
                self.close()
                return json.dumps({"trouble": excess, "again": False}).encode()
            found: bytes = process.stdout.readline()  # type: ignore[union-attr]
            if found.endswith(b"\n"):
                return found
        except (OSError, ValueError):
            pass  # the judge has exited, or was closed; its exit code is reported below
        code = self.close()
        return json.dumps({"trouble": f"the judge's process ended unexpectedly (exit code {code})"}).encode()

    def _put(self, process: subprocess.Popen[bytes], line: bytes) -> str:
        """Send a line, which may be longer than a pipe holds; return as `_waited_for` does."""
        pipe: IO[bytes] = process.stdin  # type: ignore[assignment]
        pipe.flush()
        left = memoryview(line)
        while left:
            try:
                left = left[os.write(pipe.fileno(), left) :]
            except BlockingIOError:
                if excess := self._waited_for(process, writing=[pipe]):
                    return excess
        return ""

    def _waited_for(
        self, process: subprocess.Popen[bytes], reading: Sequence[Any] = (), writing: Sequence[Any] = ()
    ) -> str:
        """Wait for an answer, room for a job or the end of the judge; return what it has had too much of."""
        limits, cpu = self._settings.limits, Cpu(process.pid)
        used, end = cpu.now(), limits.notebook_seconds * limits.waiting_factor * WAITING_FACTOR + OWN_SECONDS
        end += time.monotonic()
        while not any(select.select(reading, writing, [], LOOK)):
            if cpu.now() - used > OWN_SECONDS:
                return f"the judge was stopped after {OWN_SECONDS:g} seconds of processor time of its own"
            if time.monotonic() > end:
                return "the judge was stopped because it did not answer"
        return ""

    @property
    def pid(self) -> int | None:
        """The judge's process id; None if it is not running."""
        return self._process.pid if self._process else None

    def close(self) -> int | None:
        """Stop the judge and its sandbox; return its exit code, None if there is no judge."""
        with self._starting:  # wait for one that is just starting
            process, self._process = self._process, None
        return None if process is None else _ended(process)

    def end(self) -> None:
        """Tell the judge to stop, whatever it is at, and never start another one."""
        self._over = True
        with self._starting:
            if self._process:
                self._process.terminate()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._starting:
            return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._over:
            raise BrokenPipeError("this worker has been stopped")
        if self._process is not None and self._process.poll() is not None:
            _ended(self._process)  # it died before this job was sent, so nothing is lost
            self._process = None
        if self._process is None:
            self._process = start(self._command)
            os.set_blocking(self._process.stdin.fileno(), False)  # type: ignore[union-attr]
            settings = {"tiers": self._settings.tiers, "packages": self._settings.packages}
            line = json.dumps(settings | {"limits": asdict(self._settings.limits)})
            self._process.stdin.write(line.encode() + b"\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]  # so that it begins at once
        return self._process


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a judge to exit, stop it if it does not, and return its exit code."""
    with contextlib.suppress(OSError):
        process.stdin.close()  # type: ignore[union-attr]
    for end in (process.terminate, process.kill):
        if _exits(process):
            break
        end()
    code = process.wait()
    process.stdout.close()  # type: ignore[union-attr]  # only now: nobody reads from it any more
    return code


def _exits(process: subprocess.Popen[bytes]) -> bool:
    """Wait a while for a process to exit, without looking again and again, as `Popen.wait` does."""
    if process.poll() is not None:
        return True
    exits = os.pidfd_open(process.pid)
    try:
        return bool(select.select([exits], [], [], PATIENCE)[0])
    finally:
        os.close(exits)


def job_line(job: Job) -> bytes:
    """Return a job as one line of JSON; equal jobs give equal lines."""
    files = {name: base64.b64encode(content).decode() for name, content in job.files.items()}
    data = vars(job) | {"files": files, "limits": asdict(job.limits)}  # asdict would copy the notebook
    return json.dumps(data, sort_keys=True).encode() + b"\n"


def read_answer(job: Job, answer: bytes) -> tuple[Notebook, Verdict]:
    """Return the executed notebook and the verdict in a judge's answer. Raises NoIsolation."""
    from autograder.judge.verdict import Verdict

    found = json.loads(answer)
    if "no_isolation" in found:
        raise NoIsolation(found["no_isolation"])
    if "trouble" in found:
        from autograder.judge import card
        from autograder.judge.unjudged import refuse

        refused = refuse(job, found["trouble"])
        return card.attach(job.notebook, refused, feedback=job.feedback), refused
    return found["notebook"], Verdict.from_json(found["verdict"])


_TROUBLE = b'{"trouble"'
_own = threading.local()
_all: list[Worker] = []
_started: list[tuple[Settings, Worker]] = []
"""Judges that no thread has taken yet."""


def start_ahead(settings: Settings, count: int) -> None:
    """Start so many judges for threads that will ask for answers; they get ready meanwhile."""
    for _ in range(count):
        worker = Worker(settings)
        worker.start()
        _started.append((settings, worker))
        _all.append(worker)


def answer(settings: Settings, job_line: bytes) -> bytes:
    """Return a job's answer from the calling thread's judge; try once more if the judge dies."""
    if getattr(_own, "settings", None) != settings:
        _own.settings, _own.worker = settings, _taken(settings)
    found: bytes = _own.worker.answer(job_line)
    again = found.startswith(_TROUBLE) and json.loads(found).get("again", True)
    if again and _own.worker in _all:  # not closed meanwhile
        found = _own.worker.answer(job_line)
    return found


def _taken(settings: Settings) -> Worker:
    """Return a judge that has been started ahead, or else a new one."""
    with contextlib.suppress(IndexError):  # another thread may have taken the last one
        ahead, worker = _started.pop()
        if ahead == settings:
            return worker
    worker = Worker(settings)
    _all.append(worker)
    return worker


def close_all() -> None:
    """Stop all judges at the same time, and wait for their ends."""
    _started.clear()
    while workers := _all.copy():
        del _all[: len(workers)]
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.close()
