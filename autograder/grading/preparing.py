"""Prepare notebooks for judges, in processes of their own for many: it takes as long as to record them."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from autograder.course.seeds import student_seed
from autograder.grading.interrupts import interrupts_later, leave_to_parent
from autograder.grading.worker import job_line
from autograder.judge import fingerprint
from autograder.sandbox.inside import rights
from autograder.submission.submission import Prepared, Submission

FEW = 8  # judges that the recorder prepares for itself
EACH = 16  # judges that one more process prepares for
TOGETHER = 8  # submissions that go there and back at a time: most of what is in them is the course's
AHEAD = 2  # times as many that a process has before it


@dataclass(frozen=True)
class Ready:
    """A notebook as it goes to a judge."""

    prepared: Prepared
    line: bytes
    """Its job."""
    key: str
    """Of its verdict in the store."""


def ready(submissions: Iterator[Submission], judges: int) -> Iterator[Ready]:
    """Yield the notebooks of all submissions as jobs, in order."""
    if judges <= FEW:
        for each in submissions:
            yield from _ready(each)
        return
    processes = 1 + judges // EACH
    context, like = get_context("spawn"), (os.getpid(), sys.getrecursionlimit())  # no copy: there are threads
    with ProcessPoolExecutor(processes, context, _begin, like) as pool:
        ahead: deque[tuple[list[Submission], Future[list[Ready]]]] = deque()
        while some := list(islice(submissions, TOGETHER)):
            one = some[0]
            student_seed(one.root, one.student, one.assignment.name)  # makes the secret, if there is none
            ahead.append((some, _sent(pool, some)))
            if len(ahead) > AHEAD * processes:
                yield from _received(*ahead.popleft())
        while ahead:
            yield from _received(*ahead.popleft())


def _sent(pool: ProcessPoolExecutor, some: Sequence[Submission]) -> Future[list[Ready]]:
    try:
        with interrupts_later():  # the first one starts the processes
            return pool.submit(_all_ready, some)
    except BrokenProcessPool as fault:
        lost: Future[list[Ready]] = Future()
        lost.set_exception(fault)
        return lost


def _received(some: Sequence[Submission], coming: Future[list[Ready]]) -> list[Ready]:
    """Return what another process prepared, or prepare it here, whatever went wrong there."""
    try:
        return coming.result()
    except Exception:
        return _all_ready(some)


def _all_ready(some: Sequence[Submission]) -> list[Ready]:
    return [each for submission in some for each in _ready(submission)]


def _ready(submission: Submission) -> Iterator[Ready]:
    for prepared in submission.prepared():
        line = job_line(prepared.job)
        yield Ready(prepared, line, fingerprint.key(prepared.fingerprint, line))


def _begin(parent: int, recursion: int) -> None:
    """Leave Ctrl-C to the process that started this one, end with it, and read files as deep as it does."""
    sys.setrecursionlimit(recursion)
    leave_to_parent()
    rights.die_with(parent)
