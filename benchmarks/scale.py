"""`convgrade grade` against the size of the class, the number of judges, and on a Dask cluster.

The first lesson's first notebook, graded for classes of growing size: seconds, seconds a
submission, and the memory of the process that records. Then what a second judge gains, here and on
a cluster, by `--dry-run`: judging alone, because a recorder takes its share of the same two cores.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import peers

NOTEBOOK = "1_convolve2d"
FOR_WORKERS = 200  # submissions: starting takes seconds, and shall not count


@dataclass(frozen=True)
class Run:
    """What one run of `convgrade grade` took."""

    seconds: float
    megabytes: float


def measured(course: Path, *command: str) -> tuple[float, resource.struct_rusage]:
    """Run a command in a course; return its seconds and what it used."""
    with (course / "benchmark.log").open("a") as log:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=course, env=peers.ENVIRONMENT, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    if status:
        sys.exit(f"{' '.join(command)} failed; see {course / 'benchmark.log'}")
    return seconds, usage


def grade(course: Path, *options: str) -> Run:
    """Grade a fresh course; options go to `convgrade grade`."""
    convgrade = str(Path(sys.executable).parent / "convgrade")
    seconds, usage = measured(course, convgrade, "grade", peers.ASSIGNMENT, *options)
    return Run(seconds, usage.ru_maxrss / 1024)


def sizes(scratch: Path, counts: list[int]) -> dict[int, Run]:
    """Two judges, classes of so many students."""
    return {
        count: grade(peers.our_course(scratch / f"class-{count}", count, NOTEBOOK), "--jobs", "2")
        for count in counts
    }


@contextlib.contextmanager
def cluster(scratch: Path, workers: int) -> Iterator[str]:
    """Address of a Dask scheduler on loopback with so many workers of one thread."""
    file = scratch / f"scheduler-{workers}.json"
    dask = [sys.executable, "-m", "dask"]
    alone = ["--host", "tcp://127.0.0.1", "--no-dashboard"]
    commands = [[*dask, "scheduler", *alone, "--port", "0", "--scheduler-file", str(file)]]
    join = ["worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", *alone]
    commands += [[*dask, *join] for _ in range(workers)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": scratch}
    started = [subprocess.Popen(command, env=peers.ENVIRONMENT, **quiet) for command in commands]
    try:
        while not file.exists():
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        code = f"from distributed import Client; Client({address!r}).wait_for_workers({workers}, timeout=60)"
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        yield address
    finally:
        for process in reversed(started):  # a worker that has lost its scheduler does not end by itself
            process.kill()
            process.wait()


def judges(scratch: Path) -> dict[str, dict[int, float]]:
    """Seconds of judging alone with one judge and with two: of this machine, and of a Dask cluster."""
    course = peers.our_course(scratch / "judges", FOR_WORKERS, NOTEBOOK)
    found: dict[str, dict[int, float]] = {"jobs": {}, "dask_workers": {}}
    for count in (1, 2):
        found["jobs"][count] = grade(course, "--dry-run", "--jobs", str(count)).seconds
        with cluster(scratch, count) as address:
            found["dask_workers"][count] = grade(course, "--dry-run", "--scheduler", address).seconds
    return found
