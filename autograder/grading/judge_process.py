"""The judge as a separate process: it reads one job per line and writes one answer per line."""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from autograder.grading.interrupts import leave_to_parent
from autograder.grading.loading import loading
from autograder.judge.job import Job
from autograder.sandbox.inside import rights
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.tiers import NoIsolation
from autograder.sandbox.trial import choose

if TYPE_CHECKING:  # what a judge needs is imported while its sandbox starts, pytest nowhere else
    from autograder.judge.session import HiddenTests

MEMORY = 3072 * MIB  # address space of a judge; it uses some 200 MiB
CHANGED = "the course's own exercises have changed since grading began, or differ here; grade again"


def _jobs(lines: IO[bytes]) -> Iterator[Job]:
    for line in lines:
        data = json.loads(line)
        data["limits"] = Limits(**data["limits"])
        data |= {name: tuple(data[name]) for name in ("notes", "late", "again", "earlier")}
        data["files"] = {name: base64.b64decode(content) for name, content in data["files"].items()}
        yield Job(**data)


def _current(jobs: Iterator[Job], send: Callable[[dict[str, Any]], None]) -> Iterator[Job]:
    """Yield jobs while the course's own exercises are those that this judge has loaded.

    End without an answer when they are not: the job is then sent once more, to a fresh judge.
    """
    from autograder.judge.fingerprint import of_exercise

    loaded: dict[tuple[str, str], str] = {}
    for job in jobs:
        now = {name: of_exercise(job.exercises, name) for name in job.own}
        if now != job.own:
            send({"trouble": CHANGED, "again": False})
        elif any(loaded.setdefault((job.exercises, name), each) != each for name, each in now.items()):
            return
        else:
            yield job


def _judge_modules() -> None:
    """Import what judging needs, which takes as long as a sandbox takes to start."""
    with loading():
        from autograder.judge import card, judge, session  # noqa: F401


def main() -> None:
    """Judge jobs from standard input until it is closed."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # anything printed must not mix with the results
    leave_to_parent()
    if not (settings := sys.stdin.buffer.readline()):
        return  # whoever started this one has been interrupted
    chosen = json.loads(settings)

    def send(result: dict[str, Any]) -> None:
        results.write(json.dumps(result).encode() + b"\n")
        results.flush()

    jobs = _jobs(sys.stdin.buffer)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    rights.die_with(os.getppid(), signal.SIGTERM)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    try:
        place = choose(
            tuple(chosen["tiers"]),
            Limits(**chosen["limits"]),
            tuple(chosen["packages"]),
            meanwhile=_judge_modules,
        )
    except (NoIsolation, OSError) as reason:
        for _ in jobs:
            send({"no_isolation": str(reason)})
        return
    with place as sandbox:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(sandbox.scratch / "hypothesis")

        def stop(*_: object) -> None:
            """Exit at once: an exception raised in the middle of a job would look like the student's."""
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            try:
                sandbox.__exit__()
            finally:
                os._exit(128 + signal.SIGTERM)

        signal.signal(signal.SIGTERM, stop)
        from autograder.judge import card
        from autograder.judge.judge import judge
        from autograder.judge.session import within_session

        def serve(tests: HiddenTests) -> None:
            for job in _current(jobs, send):
                try:
                    executed, verdict = judge(job, sandbox, tests)
                    carded = card.attach(executed, verdict, feedback=job.feedback)
                    send({"notebook": carded, "verdict": verdict.to_json()})
                except NoIsolation as reason:
                    send({"no_isolation": str(reason)})
                except Exception as fault:
                    send({"trouble": f"{type(fault).__name__}: {fault}"})

        within_session(serve)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # all is answered, and it ends anyway


if __name__ == "__main__":
    main()
    os._exit(0)  # all is written and removed, and to take the modules apart would keep the teacher waiting
