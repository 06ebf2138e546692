"""The judge as a process of its own: one job a line in, one result a line out.

All ways into grading (nbgrader, `convgrade check`) go through here, so a verdict cannot depend
on the way, and a judge that dies takes nothing with it: its job comes back as `grader_error`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from autograder.course import Settings
from autograder.judge import Job, judge, refuse
from autograder.limits import Limits
from autograder.notebook import Notebook
from autograder.sandbox import NoIsolation, Sandbox, choose
from autograder.verdict import Verdict


class Worker:
    """A judge process, started when first needed and started again when it died."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def judge(self, job: Job) -> tuple[Notebook, Verdict]:
        """Have a job judged. Raises NoIsolation; every other fault is in the verdict."""
        try:
            process = self._started()
            process.stdin.write(_job_line(job))  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = json.loads(process.stdout.readline())  # type: ignore[union-attr]
        except (OSError, ValueError):
            code = self.close()
            return refuse(job, f"the judge's process ended unexpectedly (exit code {code})")
        if "no_isolation" in answer:
            raise NoIsolation(answer["no_isolation"])
        if "trouble" in answer:
            return refuse(job, answer["trouble"])
        return answer["notebook"], Verdict.from_json(answer["verdict"])

    @property
    def pid(self) -> int | None:
        """Process id of the judge while it runs."""
        return self._process.pid if self._process else None

    def close(self) -> int | None:
        """End the judge and its sandbox; its exit code."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        try:
            return process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            clean = {
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PYTEST_", "HYPOTHESIS_"))
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=clean | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
            settings = {"tiers": self._settings.tiers, "packages": self._settings.packages}
            line = json.dumps(settings | {"limits": asdict(self._settings.limits)})
            self._process.stdin.write(line.encode() + b"\n")  # type: ignore[union-attr]
        return self._process


def _job_line(job: Job) -> bytes:
    data = asdict(job)
    data["files"] = {name: base64.b64encode(content).decode() for name, content in job.files.items()}
    return json.dumps(data).encode() + b"\n"


def _jobs(lines: IO[bytes]) -> Iterator[Job]:
    for line in lines:
        data = json.loads(line)
        data["limits"] = Limits(**data["limits"])
        data["notes"], data["earlier"] = tuple(data["notes"]), tuple(data["earlier"])
        data["files"] = {name: base64.b64decode(content) for name, content in data["files"].items()}
        yield Job(**data)


def main() -> None:
    """Serve jobs from standard input until it ends."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not mix with the results
    chosen = json.loads(sys.stdin.buffer.readline())

    def send(result: dict[str, Any]) -> None:
        results.write(json.dumps(result).encode() + b"\n")
        results.flush()

    with tempfile.TemporaryDirectory(prefix="convgrade-") as scratch:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
        jobs = _jobs(sys.stdin.buffer)
        try:
            tier = choose(tuple(chosen["tiers"]))
        except NoIsolation as reason:
            for _ in jobs:
                send({"no_isolation": str(reason)})
            return
        with Sandbox(tier, Limits(**chosen["limits"]), tuple(chosen["packages"])) as sandbox:
            for job in jobs:
                try:
                    executed, verdict = judge(job, sandbox)
                    send({"notebook": executed, "verdict": verdict.to_json()})
                except NoIsolation as reason:
                    send({"no_isolation": str(reason)})
                except Exception as fault:
                    send({"trouble": f"{type(fault).__name__}: {fault}"})


if __name__ == "__main__":
    main()
