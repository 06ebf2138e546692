"""Processor time of the judge beside the student's own, for a right submission and for every wrong one.

    python benchmarks/judge.py

Right: the three notebooks of conv2d with the solutions of their source, in a sandbox that is warm, by a
judge that has met each of the shared sets of random inputs once; the median over the sets.
Wrong: every function of the bank, served by a forked process without a sandbox, because what is
measured is the judge. All figures are processor time, so other work on the machine matters little.

- judge: of the judge's process; first: the same when it meets a set of inputs for the first time
- kernel: of the process the student's code runs in, less the notebook's own cells
- own: what the student's function needs by itself for the same calls; judge + kernel - own is ours
"""

from __future__ import annotations

import functools
import importlib
import json
import mmap
import os
import socket
import statistics
import struct
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # as the judge's own process has it
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import reference
from autograder import notebook
from autograder.checks import Check
from autograder.checks.check import Asked, Student
from autograder.checks.failure import Failure
from autograder.checks.local import call_locally
from autograder.checks.mistakes import bank
from autograder.course.seeds import SETS, check_seed
from autograder.course.settings import RANDOM_CASES
from autograder.course.sources import earlier_functions, side_files, skeleton
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.marking import Marking
from autograder.judge.session import HiddenTests, within_session
from autograder.judge.verdict import CheckResult
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.inside import probe, wire
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import possible
from autograder.submission.restore import restore

SEEDS = [f"{number:02x}" * 32 for number in range(SETS)]
Sequences = Sequence[Sequence[Call]]
Figures = dict[str, Any]


# ------------------------------------------------------------------------------ a right submission


@dataclass
class Used:
    """What one notebook has used, in seconds of processor time."""

    judge: float = 0.0
    kernel: float = 0.0
    cells: float = 0.0
    asked: list[tuple[str, tuple[str, ...], Sequences]] = field(default_factory=list)


class Watched(Sandbox):
    """A sandbox that notes what its kernels use and what they are asked."""

    used: Used

    def kernel(self, files: Mapping[str, bytes] | None = None) -> Kernel:
        """A kernel whose work is noted."""
        fresh: Any = super().kernel(files)
        run, sequences, close, used = fresh.run, fresh.sequences, fresh.close, self.used

        def run_noted(*cell: Any) -> Any:
            before = fresh.seconds
            answer = run(*cell)
            used.cells += fresh.seconds - before
            return answer

        def sequences_noted(name: str, asked: Sequences, stubs: Sequence[str], *rest: Any, at: int) -> Any:
            used.asked.append((name, tuple(stubs), asked))
            return sequences(name, asked, stubs, *rest, at=at)

        def close_noted() -> None:
            used.kernel += fresh.seconds - used.cells
            close()

        fresh.run, fresh.sequences, fresh.close = run_noted, sequences_noted, close_noted
        kernel: Kernel = fresh
        return kernel


def jobs(assignment: str) -> list[Job]:
    """A right submission of every notebook: the solutions of the source itself."""
    release, made = ROOT / "release" / assignment, []
    for path in sorted((ROOT / "source" / assignment).glob("*.ipynb")):
        restored = restore(skeleton(path, release), json.loads(path.read_bytes()))
        made.append(
            Job(
                assignment=assignment,
                name=path.stem,
                student="student-01",
                seed=SEEDS[0],
                notebook=restored.notebook,
                files=side_files(path.parent),
                earlier=earlier_functions(path),
            )
        )
    return made


def right_submission(made: Sequence[Job], seeds: Sequence[str] = SEEDS) -> dict[str, Figures]:
    """Figures of each notebook; all in one session of pytest, as a judge's process has it."""
    rows: dict[str, Figures] = {}
    with Watched(possible()[0], Limits()) as place:

        def work(tests: HiddenTests) -> None:
            for job in made:
                rows[job.name] = _row(job, seeds, place, tests)

        within_session(work)
    return rows


def _row(job: Job, seeds: Sequence[str], place: Watched, tests: HiddenTests) -> Figures:
    first, runs = ([_judged(replace(job, seed=seed), place, tests) for seed in seeds] for _ in range(2))
    middle = sorted(runs, key=lambda used: used.judge + used.kernel)[len(runs) // 2]
    return {
        "calls": sum(len(calls) for _, _, sequences in middle.asked for calls in sequences),
        "first_judge_seconds": statistics.median(used.judge for used in first),
        "judge_seconds": middle.judge,
        "kernel_seconds": middle.kernel,
        "own_seconds": own_seconds(job, middle),
    }


def _judged(job: Job, place: Watched, tests: HiddenTests) -> Used:
    place.used = Used()
    before = time.process_time()
    verdict = judge(job, place, tests)[1]
    place.used.judge = time.process_time() - before
    if verdict.score != verdict.max_score:
        raise RuntimeError(f"the solutions of {job.name} get {verdict.score:g} of {verdict.max_score:g}")
    return place.used


def own_seconds(job: Job, used: Used) -> float:
    """What the solutions need for the same calls, plainly called; earlier functions cost nothing."""
    space: dict[str, Any] = {"np": np}
    for cell in job.notebook["cells"]:
        if notebook.is_solution(cell) and cell["cell_type"] == "code":
            exec(notebook.source(cell), space)
    solutions = dict(space)
    with np.errstate(all="ignore"):
        return min(sum(_replayed(space, solutions, *asked) for asked in used.asked) for _ in range(2))


def _replayed(
    space: dict[str, Any], solutions: dict[str, Any], name: str, stubs: tuple[str, ...], sequences: Sequences
) -> float:
    answers: list[Any] = []

    def recording(stub: str) -> Callable[..., Any]:
        @functools.wraps(getattr(reference, stub))
        def answer(*args: Any, **named: Any) -> Any:
            answers.append(_result(getattr(reference, stub), *args, **named))
            return _raised_or_value(answers[-1])

        return answer

    def known(*_: Any, **__: Any) -> Any:
        return _raised_or_value(next(ready))

    stubs = tuple(stub for stub in stubs if hasattr(reference, stub))
    calls = [call for calls in sequences for call in calls]
    function = solutions[name]
    space.update(solutions | {stub: recording(stub) for stub in stubs})
    call_locally(function, calls)
    ready = iter(answers)
    space.update(dict.fromkeys(stubs, known))
    total = 0.0
    for call in calls:
        before = time.process_time()
        _result(function, *call.args, **call.named)
        total += time.process_time() - before
    return total


def _result(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
    try:
        return function(*args, **named)
    except ValueError as refusal:
        return refusal


def _raised_or_value(result: Any) -> Any:
    if isinstance(result, ValueError):
        raise result
    return result


# ---------------------------------------------------------------------------- every wrong submission


class Forked:
    """A student whose kernel is a forked process that serves a given function, and counts what it needs."""

    random_cases = RANDOM_CASES

    def __init__(self, function: str, answer: Any) -> None:
        self.name, self.seed = function, 0
        self._own = mmap.mmap(-1, 8)
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._pid = os.fork()
        if self._pid == 0:
            ours.close()
            _serve(theirs, {function: self._counted(answer) if callable(answer) else answer})
        theirs.close()
        self.kernel = Kernel(ours, Limits())
        self.passed: Collection[Check] = ()
        self.asked: Asked | None = None

    def outcomes(self, sequences: Sequences) -> list[list[Outcome]]:
        """What comes of sequences of calls."""
        return self.kernel.sequences(self.name, sequences)

    def value(self) -> Any:
        """What the name stands for."""
        return self.kernel.value(self.name)

    def spent(self) -> float:
        """Processor time spent by convgrade so far: judge and kernel, less the function's own."""
        own: float = struct.unpack("d", self._own[:8])[0]
        return time.process_time() + self.kernel.seconds - own

    def close(self) -> None:
        """End the process."""
        self.kernel.close()
        os.waitpid(self._pid, 0)

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            before = time.process_time()
            try:
                return function(*args, **named)
            finally:
                (own,) = struct.unpack("d", self._own[:8])
                self._own[:8] = struct.pack("d", own + time.process_time() - before)

        return counted


def _serve(channel: socket.socket, space: dict[str, Any]) -> None:
    """As the kernel in a sandbox does, without its cells."""
    try:
        stream = channel.makefile("rb")
        channel.sendall(wire.pack({"op": "hello", "trouble": "", "tables": True}))
        while True:
            message, values = wire.read(stream.read)
            if message["op"] == "call":
                probe.answer(space, message, values, channel.sendall, stream.read)
            else:
                probe.value(space, message, channel.sendall)
    finally:
        os._exit(0)


def wrong_submissions() -> dict[str, list[float]]:
    """Seconds that convgrade spends on each check of everything in the bank, by what came of it.

    A failed check's are with its smaller input and the search for its name.
    """
    spent: dict[str, list[float]] = {"passed": [], "failed": []}
    for number, entry in enumerate(bank()):
        student = Forked(entry.function, entry.fresh())
        try:
            for status, seconds in _timed(student, number):
                spent[status].append(seconds)
        finally:
            student.close()
    return spent


def _timed(student: Forked, number: int) -> list[tuple[str, float]]:
    """Status and seconds of each check that is tried: from its start to that of the next one."""
    checks = _checks(student.name)
    blanks = {check: CheckResult(check.id, check.title, check.points, 0.0, "failed") for check in checks}
    begun: dict[str, float] = {}

    def run(check: Check, asked: Student) -> Failure | None:
        asked.seed = check_seed(SEEDS[number % SETS], f"{student.name}.{check.id}")
        begun.setdefault(check.id, student.spent())
        try:
            check.run(asked)
        except Failure as failure:
            return failure
        return None

    student.value()  # wait until it is there
    status = {result.id: result.status for result in Marking(student, blanks, run).results(_lost)}
    ends = [*list(begun.values())[1:], student.spent()]
    return [(status[id_], end - start) for (id_, start), end in zip(begun.items(), ends, strict=True)]


def _lost(_: CheckResult, raised: BaseException) -> CheckResult:
    raise raised


@functools.cache
def _checks(function: str) -> tuple[Check, ...]:
    module = importlib.import_module(f"autograder.exercises.{function}.hidden_tests")
    return tuple(found for found in vars(module).values() if isinstance(found, Check))


# --------------------------------------------------------------------------------------------- figures


def measure() -> Figures:
    """All figures; seconds of processor time."""
    wrong = wrong_submissions()  # before a sandbox is there, because it forks
    notebooks = right_submission(jobs("conv2d"))
    ours = sum(
        row["judge_seconds"] + row["kernel_seconds"] - row["own_seconds"] for row in notebooks.values()
    )
    return {
        "notebooks": notebooks,
        "submission_seconds": ours,
        "seconds_a_call": ours / sum(row["calls"] for row in notebooks.values()),
        "passing_check": _spread(wrong["passed"]),
        "failing_check": _spread(wrong["failed"]),
        "failing_over_passing": statistics.median(wrong["failed"]) / statistics.median(wrong["passed"]),
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    return {
        "count": len(seconds),
        "median_seconds": statistics.median(seconds),
        "p95_seconds": statistics.quantiles(seconds, n=20)[-1],
    }


def table(found: Figures) -> str:
    """The figures as text."""
    heads = ("first", "judge", "kernel", "own", "ours")
    lines = [f"{'notebook of conv2d':24} {'calls':>6} {' '.join(f'{head:>9}' for head in heads)}"]
    for name, row in found["notebooks"].items():
        times = [row["judge_seconds"], row["kernel_seconds"], row["own_seconds"]]
        shown = [row["first_judge_seconds"], *times, times[0] + times[1] - times[2]]
        cells = [f"{seconds * 1e3:6.0f} ms" for seconds in shown]
        lines.append(f"{name:24} {row['calls']:6} {' '.join(cells)}")
    lines.append(
        f"all three: {found['submission_seconds'] * 1e3:.0f} ms of convgrade, "
        f"{found['seconds_a_call'] * 1e3:.2f} ms a call"
    )
    lines += ["", f"{'check of a wrong function':24} {'count':>6} {'median':>9} {'95 %':>9}"]
    for name in ("passing_check", "failing_check"):
        row = found[name]
        median, most = row["median_seconds"], row["p95_seconds"]
        lines.append(f"{name.split('_')[0]:24} {row['count']:6} {median * 1e3:6.1f} ms {most * 1e3:6.1f} ms")
    lines.append(f"a failed check costs {found['failing_over_passing']:.1f} times a passed one (medians)")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table(measure()))
