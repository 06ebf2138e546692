"""The judge as a process of its own: one job a line in, one result a line out.

All ways into grading (nbgrader, `convgrade check`) go through here, so a verdict cannot depend
on the way, and a judge that dies takes nothing with it: its job comes back as `grader_error`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from autograder.course.settings import Settings
from autograder.judge import card
from autograder.judge.job import Job
from autograder.judge.unjudged import refuse
from autograder.judge.verdict import Verdict
from autograder.notebook import Notebook
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import NoIsolation
from autograder.sandbox.trial import choose

if TYPE_CHECKING:  # pytest is for the judge's own process
    from autograder.judge.session import HiddenTests

JUDGE = (sys.executable, "-m", "autograder.grading.worker")
PATIENCE = 3.0  # seconds for a judge to end by itself


class Worker:
    """A judge process, started when first needed and started again when it died."""

    def __init__(self, settings: Settings, command: Sequence[str] = JUDGE) -> None:
        self._settings, self._command = settings, command
        self._process: subprocess.Popen[bytes] | None = None
        self._starting, self._over = threading.Lock(), False

    def judge(self, job: Job) -> tuple[Notebook, Verdict]:
        """Have a job judged. Raises NoIsolation; every other fault is in the verdict."""
        return read_answer(job, self.answer(job_line(job)))

    def answer(self, job_line: bytes) -> bytes:
        """The line that comes back for a job's line, also when the judge dies over it."""
        try:
            process = self._started()
            process.stdin.write(job_line)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            found: bytes = process.stdout.readline()  # type: ignore[union-attr]
            if found.endswith(b"\n"):
                return found
        except OSError:
            pass  # it has ended, and how is said below
        code = self.close()
        return json.dumps({"trouble": f"the judge's process ended unexpectedly (exit code {code})"}).encode()

    @property
    def pid(self) -> int | None:
        """Process id of the judge while it runs."""
        return self._process.pid if self._process else None

    def close(self) -> int | None:
        """End the judge and its sandbox; its exit code."""
        with self._starting:  # one that is just starting is ended, too
            process, self._process = self._process, None
        return None if process is None else _ended(process)

    def end(self) -> None:
        """Close for good: no judge is started any more."""
        self._over = True
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._starting:
            return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._over:
            raise BrokenPipeError("no judge is started any more")
        if self._process is not None and self._process.poll() is not None:
            _ended(self._process)  # it died before it had this job, which loses nothing by it
            self._process = None
        if self._process is None:
            clean = {
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PYTEST_", "HYPOTHESIS_"))
            }
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # an interrupt at the terminal is for its parent, who ends it
                env=clean | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
            settings = {"tiers": self._settings.tiers, "packages": self._settings.packages}
            line = json.dumps(settings | {"limits": asdict(self._settings.limits)})
            self._process.stdin.write(line.encode() + b"\n")  # type: ignore[union-attr]
        return self._process


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Let a judge end by itself, or make it; its exit code."""
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()  # type: ignore[union-attr]
    for end in (process.terminate, process.kill):
        try:
            return process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            end()
    return process.wait()


def job_line(job: Job) -> bytes:
    """Return a job on its way to a judge; equal for equal jobs."""
    data = asdict(job)
    data["files"] = {name: base64.b64encode(content).decode() for name, content in job.files.items()}
    return json.dumps(data, sort_keys=True).encode() + b"\n"


def read_answer(job: Job, answer: bytes) -> tuple[Notebook, Verdict]:
    """Return the executed notebook and the verdict in a judge's answer. Raises NoIsolation."""
    found = json.loads(answer)
    if "no_isolation" in found:
        raise NoIsolation(found["no_isolation"])
    if "trouble" in found:
        refused = refuse(job, found["trouble"])
        return card.attach(job.notebook, refused, feedback=job.feedback), refused
    return found["notebook"], Verdict.from_json(found["verdict"])


_own = threading.local()
_all: list[Worker] = []


def answer(settings: Settings, job_line: bytes) -> bytes:
    """A job's answer from the calling thread's own judge; a judge that dies is given a second try."""
    if getattr(_own, "settings", None) != settings:
        _own.settings, _own.worker = settings, Worker(settings)
        _all.append(_own.worker)
    found: bytes = _own.worker.answer(job_line)
    if "trouble" in json.loads(found) and _own.worker in _all:  # not closed meanwhile
        found = _own.worker.answer(job_line)
    return found


def close_all() -> None:
    """End the judges of all threads."""
    while _all:
        _all.pop().end()


def _jobs(lines: IO[bytes]) -> Iterator[Job]:
    for line in lines:
        data = json.loads(line)
        data["limits"] = Limits(**data["limits"])
        data["notes"], data["earlier"] = tuple(data["notes"]), tuple(data["earlier"])
        data["files"] = {name: base64.b64decode(content) for name, content in data["files"].items()}
        yield Job(**data)


def main() -> None:
    """Serve jobs from standard input until it ends."""
    importing = threading.Thread(target=import_module, args=("autograder.judge.judge",))
    importing.start()  # while the sandbox starts
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not mix with the results
    chosen = json.loads(sys.stdin.buffer.readline())

    def send(result: dict[str, Any]) -> None:
        results.write(json.dumps(result).encode() + b"\n")
        results.flush()

    jobs = _jobs(sys.stdin.buffer)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        place = choose(tuple(chosen["tiers"]), Limits(**chosen["limits"]), tuple(chosen["packages"]))
    except (NoIsolation, OSError) as reason:
        for _ in jobs:
            send({"no_isolation": str(reason)})
        return
    with place as sandbox:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(sandbox.scratch / "hypothesis")

        def stop(*_: object) -> None:
            """In the middle of a job; an exception would be taken for a student's."""
            try:
                sandbox.__exit__()
            finally:
                os._exit(128 + signal.SIGTERM)

        signal.signal(signal.SIGTERM, stop)
        importing.join()
        judge = import_module("autograder.judge.judge").judge

        def serve(tests: HiddenTests) -> None:
            for job in jobs:
                try:
                    executed, verdict = judge(job, sandbox, tests)
                    carded = card.attach(executed, verdict, feedback=job.feedback)
                    send({"notebook": carded, "verdict": verdict.to_json()})
                except NoIsolation as reason:
                    send({"no_isolation": str(reason)})
                except Exception as fault:
                    send({"trouble": f"{type(fault).__name__}: {fault}"})

        import_module("autograder.judge.session").within_session(serve)


if __name__ == "__main__":
    main()
