"""Judge notebooks ahead of the process that records them, on several cores or on a cluster.

Judging is a function from a job to an answer, so it can happen anywhere and in any order. The gradebook
has a single writer, which asks for verdicts in its own order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from autograder.course.settings import Batch, CourseError, Settings
from autograder.grading import preparing, worker
from autograder.grading.store import Store
from autograder.judge import fingerprint
from autograder.judge.job import Job
from autograder.judge.verdict import Verdict
from autograder.notebook import Notebook
from autograder.submission.submission import Prepared, Submission

LONG = 2.0  # seconds of waiting for a verdict, after which others are recorded
IN_FLIGHT = 3  # jobs running or queued per judge; more would only take memory


@dataclass(frozen=True)
class _Pending:
    prepared: Prepared
    answer: Future[bytes]


class JudgedAhead:
    """Judge the notebooks of `upcoming` submissions in the background, a limited number at a time."""

    def __init__(
        self,
        upcoming: Iterator[Submission],
        settings: Settings,
        batch: Batch,
        store: Store | None,
        *,
        reuse: bool = True,
    ) -> None:
        self._settings = settings
        self._store, self._reuse = store, reuse
        self._executor, judges, self._end = _executor(batch)
        self._most = IN_FLIGHT * judges
        self._upcoming = preparing.ready(upcoming, judges)
        self._pending: dict[tuple[str, str], _Pending] = {}

    def prepared(self, student: str, name: str) -> Prepared | None:
        """Return a student's notebook if it is being judged; None otherwise."""
        self._top_up()
        found = self._pending.get((student, name))
        return found.prepared if found else None

    def verdict(
        self, job: Job, made_from: fingerprint.Fingerprint, meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[Notebook, Verdict]:
        """Return the executed notebook and the verdict for a job; wait for them if necessary.

        `made_from` is the job's fingerprint; `meanwhile` is called once if that is long. Raises NoIsolation.
        """
        self._top_up()
        found, wanted = None, (job.student, job.name)
        while wanted in self._pending:  # the recorder has passed those before it
            found = self._pending.pop(next(iter(self._pending)))
        if found and (found.prepared.job, found.prepared.fingerprint) == (job, made_from):
            answer = found.answer
        else:
            line = worker.job_line(job)
            answer = self._answer(line, fingerprint.key(made_from, line))
        if wait([answer], LONG).not_done:
            meanwhile()
        return worker.read_answer(job, answer.result())

    def close(self) -> None:
        """Stop all judges; jobs that are still running are lost.

        This is done in a thread, because a second interrupt would end it half-way, and the interpreter then
        waits for the judges that are left.
        """
        closing = threading.Thread(target=self._close)
        closing.start()
        closing.join()

    def _close(self) -> None:
        for pending in self._pending.values():
            pending.answer.cancel()
        self._executor.shutdown(wait=False)
        self._end()

    def _top_up(self) -> None:
        while len(self._pending) < self._most and (ready := next(self._upcoming, None)):
            job = ready.prepared.job
            self._pending[job.student, job.name] = _Pending(
                ready.prepared, self._answer(ready.line, ready.key)
            )

    def _answer(self, line: bytes, key: str) -> Future[bytes]:
        if kept := self._store.get(key) if self._store and self._reuse else None:
            done: Future[bytes] = Future()
            done.set_result(kept)
            return done
        return self._submit(line, key)

    def _submit(self, line: bytes, key: str) -> Future[bytes]:
        future: Future[bytes] = self._executor.submit(worker.answer, self._settings, line)
        if self._store:
            future.add_done_callback(lambda done: self._keep(key, done))
        return future

    def _keep(self, key: str, done: Future[bytes]) -> None:
        if self._store and not done.cancelled() and not done.exception():
            self._store.put(key, done.result())


def _executor(batch: Batch) -> tuple[Executor, int, Callable[[], None]]:
    """Return an executor, its number of judges and a function to stop it. Raises CourseError."""
    if not batch.scheduler:  # one thread per judge process
        return ThreadPoolExecutor(batch.jobs), batch.jobs, worker.close_all
    try:
        from distributed import Client
    except ImportError:
        raise CourseError("a Dask cluster needs an extra: pip install 'convgrade[cluster]'") from None
    try:
        client: Any = Client(batch.scheduler, timeout=30)
    except (OSError, ValueError) as fault:
        raise CourseError(f"no Dask scheduler answers at {batch.scheduler}: {fault}") from None
    here = fingerprint.installation()
    for address, there in client.run(fingerprint.installation).items():
        if there != here:
            raise CourseError(
                f"the Dask worker {address} has a different version of convgrade, Python or a package; "
                "install from the same constraints.txt everywhere"
            )
    judges = sum(client.nthreads().values())
    if not judges:
        raise CourseError(f"the Dask scheduler at {batch.scheduler} has no workers")
    return client.get_executor(pure=False, retries=2), judges, client.close
