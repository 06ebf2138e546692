"""Turn a restored notebook into an executed notebook and its verdict.

First all cells run in a sandboxed kernel. Then the hidden tests of each test cell call the student's
function through that kernel, in the namespace as it was at that cell. Then the kernel is stopped.
All decisions are made in this process, which never runs, imports or unpickles student code.
"""

from __future__ import annotations

from autograder import notebook
from autograder.checks import exercise
from autograder.judge.asserts import by_asserts, runs_here
from autograder.judge.cell import judge_cell
from autograder.judge.job import Job
from autograder.judge.notebook_run import NotebookRun
from autograder.judge.session import HiddenTests, within_session
from autograder.judge.unjudged import unjudged, unread
from autograder.judge.verdict import CellVerdict, Verdict, summed_up
from autograder.notebook import Notebook
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import NoIsolation


def judge(job: Job, sandbox: Sandbox, tests: HiddenTests | None = None) -> tuple[Notebook, Verdict]:
    """Execute and judge a job, in the pytest session of `tests` or in a new one.

    A failure of the grader becomes `grader_error`, never points and never a silent zero. Raises NoIsolation.
    """
    if job.unreadable:
        return job.notebook, unread(job)
    exercise.look_in(job.exercises)
    run = NotebookRun(job, sandbox)
    judged: dict[int, CellVerdict] = {}
    trouble = "the run stopped before it came to this cell"
    try:
        if runs_here(job):
            run.execute()
        if job.plain:
            _read_cells(run, judged)
        elif tests:
            _judge_cells(run, tests, judged)
        else:
            within_session(lambda fresh: _judge_cells(run, fresh, judged))
    except NoIsolation:
        raise
    except Exception as fault:
        trouble = exercise.in_words(fault)
    finally:
        run.drop_kernel()
        sandbox.clear()
    cells = job.notebook["cells"]
    verdicts = [
        judged.get(index) or unjudged(cell, trouble) for index, cell in enumerate(cells) if job.judges(cell)
    ]
    executed = [
        {**cell, "outputs": run.outputs[i]} if i in run.outputs else cell for i, cell in enumerate(cells)
    ]
    return {**job.notebook, "cells": executed}, summed_up(
        job, verdicts, sandbox=sandbox.tier.name, notes=(*job.notes, *run.notes)
    )


def _read_cells(run: NotebookRun, judged: dict[int, CellVerdict]) -> None:
    """Read the points of test cells that ran by themselves, into `judged` by their index."""
    for index, cell in enumerate(run.job.notebook["cells"]):
        if run.job.judges(cell):
            judged[index] = by_asserts(run.job, cell, run.outputs.get(index, []))


def _judge_cells(run: NotebookRun, tests: HiddenTests, judged: dict[int, CellVerdict]) -> None:
    """Judge the test cells in order, into `judged` by their index."""
    before = list(run.job.earlier)
    for index, cell in enumerate(run.job.notebook["cells"]):
        if not notebook.is_autograded(cell):
            continue
        try:
            if run.job.judges(cell):
                judged[index] = judge_cell(run, tests, index, tuple(before))
        except NoIsolation:
            raise
        except Exception as fault:
            judged[index] = unjudged(cell, exercise.in_words(fault))
        before.append(notebook.tested_function(cell) or "")
