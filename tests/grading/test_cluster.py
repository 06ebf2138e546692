"""The same verdicts, byte for byte, from a Dask cluster, also when one of its workers dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import small

pytestmark = pytest.mark.slow  # the same jobs go through processes of this machine in test_grade

STUDENTS = 14


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = small.lay_out(tmp_path_factory.mktemp("cluster") / "course")
    small.hand_in(root, STUDENTS)
    return root


@pytest.fixture(scope="module")
def expected(course):
    """What grading on this machine, one after the other, makes of it."""
    root = small.copied(course, course.parent / "here")
    done = small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "1")
    assert done.returncode == 0, done.stderr[-3000:]
    return small.state(root)


@pytest.fixture
def cluster(tmp_path):
    """Address of a scheduler on loopback with two workers, and the processes of those."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    dask = [sys.executable, "-m", "dask"]
    alone = ["--host", "tcp://127.0.0.1", "--no-dashboard"]
    started = [
        subprocess.Popen([*dask, "scheduler", *alone, "--port", "0", "--scheduler-file", str(file)], **quiet)
    ]
    try:
        end = time.monotonic() + 60
        while not (file.exists() and file.read_text().endswith("}")) and time.monotonic() < end:
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", *alone]
        started += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        wait_for_workers(address)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for_workers(address):
    code = f"from distributed import Client; Client({address!r}, timeout=60).wait_for_workers(2, timeout=60)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=90, capture_output=True)


def grade(root, address):
    return small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--scheduler", address)


def test_a_cluster_gives_the_same_bytes(course, expected, cluster, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    done = grade(root, cluster[0])
    assert done.returncode == 0, done.stderr[-3000:]
    assert small.state(root) == expected


def test_a_worker_that_dies_is_made_up_for(course, expected, cluster, tmp_path):
    root = small.copied(course, tmp_path / "copy")
    address, workers = cluster
    process = small.start(root, "convgrade", "grade", small.ASSIGNMENT, "--scheduler", address)
    end = time.monotonic() + 60
    while not any((root / ".convgrade-store").rglob("*.gz")) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(workers[0].pid, signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said[-3000:]
    assert small.state(root) == expected


def test_no_scheduler_is_said(course):
    done = grade(course, "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
