"""A restored notebook in, an executed notebook and its verdict out.

One pytest session a notebook: its run loop goes down the cells, runs the code cells in a
sandboxed kernel and, at each test cell, the hidden tests of the function named there, which
call the student's function through that kernel. Everything is decided in this process, which
never runs, imports or unpickles anything of a student's.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from autograder import notebook
from autograder.course.seeds import check_seed
from autograder.hidden import expect
from autograder.hidden.check import Check, seed
from autograder.hidden.expect import Failure
from autograder.judge import card, verdict
from autograder.judge.job import HIDDEN, Job
from autograder.judge.unjudged import unjudged, unread
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.misconceptions.bank import Misconception
from autograder.misconceptions.diagnose import diagnose, diagnose_value
from autograder.notebook import Cell, Notebook, outputs
from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.kernel import Kernel, KernelLost, Missing
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import NoIsolation

Series = tuple[Sequence[Call], Sequence[Outcome]]

SERIES_KEPT = 12  # of each check, for the diagnosis
NOT_NEEDED = (  # parts of pytest that would only take time; the last two collect garbage five times over
    *("cacheprovider", "capture", "doctest", "faulthandler", "hypothesispytest", "junitxml", "legacypath"),
    *("logging", "monkeypatch", "pastebin", "recwarn", "setuponly", "setupplan", "skipping", "stepwise"),
    *("subtests", "terminal", "tmpdir", "unittest", "warnings", "unraisableexception", "threadexception"),
)
OPTIONS = (
    *("-c", os.devnull, "--rootdir", str(HIDDEN)),
    *("--noconftest", "--import-mode=importlib", "--assert=plain"),
    *(option for name in NOT_NEEDED for option in ("-p", f"no:{name}")),
)

REASONS = {
    "timeout": "did not come to an end: {detail}. Is there a loop that never stops?",
    "crashed": "ended Python itself: {detail}.",
}


def judge(job: Job, sandbox: Sandbox) -> tuple[Notebook, Verdict]:
    """Execute and judge. Faults of ours become `grader_error`, never points and never a silent zero."""
    if job.unreadable:
        return unread(job)
    cells = job.notebook["cells"]
    run = _Run(job, sandbox)
    try:
        run.start()
        trouble = ""
    except NoIsolation:
        raise
    except Exception as fault:
        trouble = f"{type(fault).__name__}: {fault}"
    judged = tuple(
        run.judged.get(index) or unjudged(cell, trouble or "the run stopped before it came to this cell")
        for index, cell in enumerate(cells)
        if job.judges(cell)
    )
    result = Verdict(
        assignment=job.assignment,
        notebook=job.name,
        student=job.student,
        sandbox=sandbox.tier.name,
        seed=job.seed,
        notes=job.notes,
        **verdict.graded(judged),
    )
    executed = [
        {**cell, "outputs": run.outputs[i]} if i in run.outputs else cell for i, cell in enumerate(cells)
    ]
    return card.attach({**job.notebook, "cells": executed}, result, feedback=job.feedback), result


class _Student:
    """The student's function as the hidden tests see it."""

    def __init__(self, name: str, run: _Run, stubs: Sequence[str]) -> None:
        self.name, self._run, self._stubs = name, run, stubs
        self.seen: list[Series] = []  # by the check under way

    def value(self) -> Any:
        """What the name stands for, when it is no function."""
        return self._run.ready().value(self.name)

    def series(self, series: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """What comes of each series of calls, looked at after the last call of the series."""
        try:
            outcomes = self._run.ready().series(self.name, series, self._stubs, expect.right)
        except Missing:  # it was there before the first check
            raise KernelLost("crashed", "the function is not there any more") from None
        self.seen += zip(series, outcomes, strict=True)
        return outcomes


class _Run:
    """One notebook on its way through one pytest session; also that session's plugin."""

    def __init__(self, job: Job, sandbox: Sandbox) -> None:
        self.job, self.sandbox = job, sandbox
        self.outputs: dict[int, list[outputs.Output]] = {}
        self.judged: dict[int, CellVerdict] = {}
        self.replayed: list[str] = []  # sources that ran, for a fresh kernel to run again
        self.failed_cells: dict[str, tuple[str, str]] = {}  # solution cells that failed: status, message
        self.raised: BaseException | None = None  # by the check that runs
        self.kernel: Kernel | None = None
        self.seconds, self.began = 0.0, time.monotonic()
        self.room = job.limits.notebook_outputs  # bytes of outputs that are still kept
        functions = [notebook.tested_function(cell) for cell in job.notebook["cells"]]
        named = {Path(job.hidden, f"test_{name}.py") for name in functions if name}
        self.files = {path for path in named if path.exists()}
        self.tests: dict[str, list[pytest.Item]] = {}
        self.broken_files: dict[str, str] = {}

    def start(self) -> None:
        try:
            if self.files:
                pytest.main([*OPTIONS, *map(str, sorted(self.files))], plugins=[self])
            else:  # given no file, pytest would look for tests wherever it was started
                self._go_through()
        finally:
            self._drop_kernel()
            self.sandbox.clear()

    # ------------------------------------------------------------------------ pytest's hooks

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, Any, Any]:
        report: Any = yield
        if report.failed:
            name = collector.path.stem.removeprefix("test_")
            self.broken_files[name] = str(report.longrepr).strip().splitlines()[-1]
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            self.tests.setdefault(item.path.stem.removeprefix("test_"), []).append(item)
        self._go_through()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report without a traceback, which nobody would read and which takes long to format."""
        if call.excinfo is not None and self.raised is None:
            self.raised = call.excinfo.value
        outcome: Literal["failed", "passed"] = "failed" if call.excinfo else "passed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave the other functions' tests alone."""
        ours = {path.name for path in self.files}
        return True if collection_path.suffix == ".py" and collection_path.name not in ours else None

    @pytest.fixture
    def student(self) -> _Student:
        return self.current

    # ------------------------------------------------------------------------------ the cells

    def _go_through(self) -> None:
        judged_before = list(self.job.earlier)
        for index, cell in enumerate(self.job.notebook["cells"]):
            if cell["cell_type"] != "code":
                continue
            if notebook.is_autograded(cell):
                function = notebook.tested_function(cell) or ""
                try:
                    if self.job.judges(cell):
                        self.judged[index] = self._judge_cell(cell, function, tuple(judged_before))
                except NoIsolation:
                    raise
                except Exception as fault:
                    self.judged[index] = unjudged(cell, f"{type(fault).__name__}: {fault}")
                judged_before.append(function)
            elif text := notebook.source(cell).strip():
                self.outputs[index] = self._execute(cell, text)

    def _execute(self, cell: Cell, text: str) -> list[outputs.Output]:
        """Run a cell; when it takes the kernel with it, then never again.

        A solution has a second try, because points hang on what it defines.
        """
        last = 2 if notebook.is_solution(cell) else 1
        for attempt in range(1, last + 1):
            try:
                produced, pictures, success = self.ready().run(text)
            except KernelLost as lost:
                self._drop_kernel()
                if attempt == last or self._spent():
                    message = f"This cell {REASONS[lost.reason].format(detail=lost.detail)}"
                    self._note_failure(cell, lost.reason, message)
                    return [outputs.failed("Stopped", message)]
            else:
                self.replayed.append(text)
                room = min(self.room, self.job.limits.cell_outputs)
                kept = outputs.for_notebook(produced, pictures, room)
                self.room -= outputs.size(kept)
                if not success:
                    errors = [o for o in kept if o["output_type"] == "error"] or [outputs.failed("Error", "")]
                    self._note_failure(cell, "raised", f"{errors[-1]['ename']}: {errors[-1]['evalue']}")
                return kept
        raise AssertionError("unreachable")

    def _note_failure(self, cell: Cell, reason: str, message: str) -> None:
        if name := notebook.grade_id(cell):
            self.failed_cells[name] = (reason, message)

    def ready(self) -> Kernel:
        """The kernel; after a loss a fresh one that has run all that ran before."""
        if self._spent():
            raise KernelLost(
                "timeout", f"this notebook has used its {self.job.limits.notebook_seconds:g} seconds"
            )
        if self.kernel is None:
            self.kernel = self.sandbox.kernel(self.job.files)
            for text in list(self.replayed):
                try:
                    self.kernel.run(text)
                except KernelLost:  # it went well before: its own doing, so without it from now on
                    self.replayed.remove(text)
                    self._drop_kernel()
                    return self.ready()
        return self.kernel

    def _spent(self) -> bool:
        limits, running = self.job.limits, self.kernel.seconds if self.kernel else 0.0
        waited = time.monotonic() - self.began
        return (
            self.seconds + running > limits.notebook_seconds
            or waited > limits.notebook_seconds * limits.waiting_factor
        )

    def _drop_kernel(self) -> None:
        if self.kernel is not None:
            self.seconds += self.kernel.seconds
            self.kernel.close()
            self.kernel = None

    # ------------------------------------------------------------------------- the test cells

    def _judge_cell(self, cell: Cell, function: str, stubs: tuple[str, ...]) -> CellVerdict:
        if function in self.broken_files:
            return unjudged(cell, f"its hidden tests do not load: {self.broken_files[function]}")
        tests = self.tests.get(function)
        if not tests:
            return unjudged(cell, f"there are no hidden tests named {function!r}")
        declared = [test.obj.check for test in tests]  # type: ignore[attr-defined]
        worth = notebook.points(cell) / sum(check.points for check in declared)
        self.current = _Student(function, self, stubs)
        missing = self._missing(function)
        results: dict[str, CheckResult] = {}
        evidence: list[Series] = []
        status = missing[0] if missing else "graded"
        for test, check in zip(tests, declared, strict=True):
            blank = CheckResult(check.id, check.title, check.points * worth, 0.0, "failed")
            if missing:
                results[check.id] = replace(blank, message=missing[1])
            elif check.after and results[check.after].status != "passed":
                basis = results[check.after].title
                results[check.id] = replace(
                    blank, status="skipped", message=f"Not tried, because this failed: {basis}"
                )
            else:
                self.current.seen = []
                results[check.id], reason = self._run_check(test, check, blank)
                failing = self._failing_series()
                evidence = failing + evidence + self.current.seen[:SERIES_KEPT]
                status = reason if reason and status in ("graded", "raised") else status
        checks = self._diagnosed(function, tuple(results.values()), evidence)
        if status in ("unanswered", "raised") and any(result.status == "passed" for result in checks):
            status = "graded"
        if any(result.status == "grader_error" for result in checks):
            return replace(unjudged(cell, "a hidden test could not be run"), checks=checks)
        score = min(sum(result.earned for result in checks), notebook.points(cell))  # rounding
        return CellVerdict(
            notebook.grade_id(cell) or "", function, score, notebook.points(cell), status, checks
        )

    def _failing_series(self) -> list[Series]:
        """The calls on which the check that has just run failed."""
        if not isinstance(self.raised, Failure):
            return []
        call = self.raised.call
        return [series for series in self.current.seen if any(each is call for each in series[0])][:1]

    def _diagnosed(
        self, function: str, checks: tuple[CheckResult, ...], evidence: list[Series]
    ) -> tuple[CheckResult, ...]:
        """The failed checks with the misconception that explains all answers, when there is one."""
        failed = [check.id for check in checks if check.status == "failed" and check.counterexample]
        if not failed:
            return checks
        found = diagnose(function, evidence) if evidence else self._diagnosed_value(function)
        if found is None:
            return checks
        named = [replace(check, misconception=found.id) if check.id in failed else check for check in checks]
        first = next(i for i, check in enumerate(named) if check.id == failed[0])
        said = named[first].message.rstrip(".")
        named[first] = replace(named[first], message=f"{said}. {found.sentence}")
        return tuple(named)

    def _diagnosed_value(self, name: str) -> Misconception | None:
        try:
            return diagnose_value(name, self.ready().value(name))
        except (KernelLost, Missing):
            return None

    def _missing(self, function: str) -> tuple[str, str] | None:
        """Status and message when there is nothing to call."""
        reason, message = self.failed_cells.get(function, ("", ""))
        if reason not in ("", "raised"):
            return reason, message
        try:
            self.ready().value(function)
        except KernelLost as lost:
            self._drop_kernel()
            return lost.reason, f"The notebook {REASONS[lost.reason].format(detail=lost.detail)}"
        except Missing:
            if function in self.failed_cells:
                return (
                    "raised",
                    f"`{function}` is not defined, because its cell raised {self.failed_cells[function][1]}",
                )
            return "unanswered", f"`{function}` is not defined."
        return None

    def _seed(self, check: Check) -> int:
        return check_seed(self.job.seed, f"{self.current.name}.{check.id}")

    def _run_check(
        self, test: pytest.Item, check: Check, blank: CheckResult
    ) -> tuple[CheckResult, str | None]:
        """The result of one check, and the status it gives the cell when that is not "graded"."""
        for attempt in (1, 2):
            seed(test.obj, self._seed(check), self.job.random_cases)  # type: ignore[attr-defined]
            self.raised = None
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
            if not isinstance(self.raised, KernelLost):
                break
            self._drop_kernel()
            if attempt == 2 or self._spent():
                break
        raised = self.raised
        if raised is None:
            return replace(blank, status="passed", earned=blank.points), None
        if isinstance(raised, KernelLost):
            shown = expect.shown(self.current.name, raised.call) if raised.call else None
            message = f"The call {REASONS[raised.reason].format(detail=raised.detail)}"
            return replace(blank, message=message, counterexample=shown), raised.reason
        if isinstance(raised, Failure):
            failed = replace(
                blank, message=outputs.clean(raised.message), counterexample=raised.counterexample
            )
            return failed, raised.cell_status()
        return replace(blank, status="grader_error", message=f"{type(raised).__name__}: {raised}"), None
