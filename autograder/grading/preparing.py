"""Prepare notebooks for many judges, in processes of their own: it takes as long as to record them."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from autograder.course.seeds import student_seed
from autograder.sandbox.inside import rights
from autograder.submission.submission import Prepared, Submission

FEW = 8  # judges that the recorder prepares for itself
EACH = 16  # judges that one more process prepares for
AHEAD = 4  # submissions that a process has before it


def prepared(submissions: Iterator[Submission], judges: int) -> Iterator[Prepared]:
    """Yield the notebooks of all submissions as jobs, in order."""
    if judges <= FEW:
        for each in submissions:
            yield from each.prepared()
        return
    processes = 1 + judges // EACH
    context, like = get_context("spawn"), (os.getpid(), sys.getrecursionlimit())  # no copy: there are threads
    with ProcessPoolExecutor(processes, context, _begin, like) as pool:
        ahead: deque[tuple[Submission, Future[list[Prepared]]]] = deque()
        for each in submissions:
            student_seed(each.root, each.student, each.assignment.name)  # makes the secret, if there is none
            ahead.append((each, _sent(pool, each)))
            if len(ahead) > AHEAD * processes:
                yield from _received(*ahead.popleft())
        while ahead:
            yield from _received(*ahead.popleft())


def _sent(pool: ProcessPoolExecutor, submission: Submission) -> Future[list[Prepared]]:
    try:
        return pool.submit(_prepared, submission)
    except BrokenProcessPool as fault:
        lost: Future[list[Prepared]] = Future()
        lost.set_exception(fault)
        return lost


def _received(submission: Submission, coming: Future[list[Prepared]]) -> list[Prepared]:
    """Return what another process prepared, or prepare it here, whatever went wrong there."""
    try:
        return coming.result()
    except Exception:
        return _prepared(submission)


def _prepared(submission: Submission) -> list[Prepared]:
    return list(submission.prepared())


def _begin(parent: int, recursion: int) -> None:
    """Leave Ctrl-C to the process that started this one, end with it, and read files as deep as it does."""
    sys.setrecursionlimit(recursion)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rights.die_with(parent)
