"""Where the time of the process that records goes, stage by stage.

    python benchmarks/stages.py

The class of the comparison is graded with one judge, in this process, and every stage is timed where
it begins and ends; a stage that calls another one does not count the other's time.
"""

from __future__ import annotations

import functools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import peers
from nbconvert.writers import FilesWriter

from autograder.grading.worker import close_all
from autograder.nbgrader_plugin import to_grade
from autograder.nbgrader_plugin.autograde import Chosen, grade
from autograder.nbgrader_plugin.preprocessors import Check, Judge, Overwrite, Restore
from autograder.nbgrader_plugin.recorder import Recorder
from autograder.nbgrader_plugin.to_grade import Exporter

STAGES: dict[str, list[tuple[Any, str]]] = {
    "look at what was handed in": [(to_grade, "submissions")],
    "side files": [(Recorder, "_begin")],
    "restore the notebook": [(Restore, "preprocess")],
    "nbgrader: cells against the gradebook": [
        (Overwrite, "preprocess"),
        (Check, "preprocess"),
    ],
    "wait for the judge": [(Exporter, "verdict")],
    "put scores into cells": [(Judge, "preprocess")],
    "save scores": [(Recorder, "_save")],
    "write the verdict": [(Recorder, "_finish")],
    "write the notebook": [(FilesWriter, "write")],
}
REST = "all else: start, nbconvert, the gradebook's opening"


@dataclass
class Clock:
    """Wall time by stage, each without the stages within it."""

    seconds: dict[str, float] = field(default_factory=dict)
    inner: list[float] = field(default_factory=lambda: [0.0])

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted for a stage."""

        @functools.wraps(function)
        def counted(*args: Any, **named: Any) -> Any:
            self.inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                took = time.perf_counter() - start
                self.seconds[stage] = self.seconds.get(stage, 0.0) + took - self.inner.pop()
                self.inner[-1] += took

        return counted


@contextmanager
def watched() -> Iterator[Clock]:
    """Every stage timed, as long as this lasts."""
    clock = Clock()
    kept = [(owner, name, getattr(owner, name)) for places in STAGES.values() for owner, name in places]
    for stage, places in STAGES.items():
        for owner, name in places:
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    try:
        yield clock
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def measure(scratch: Path) -> dict[str, float]:
    """Milliseconds a notebook, by stage."""
    course = peers.our_course(scratch)
    with watched() as clock:
        start = time.perf_counter()
        done, said = grade(course, Chosen(peers.ASSIGNMENT, jobs=1))
        total = time.perf_counter() - start
    close_all()
    if not done:
        sys.exit(f"the class could not be graded: {said}")
    notebooks = len(list(course.glob("autograded/*/*/*.ipynb")))
    spent = {stage: clock.seconds[stage] for stage in STAGES}
    spent[REST] = total - sum(spent.values())
    return {stage: 1e3 * seconds / notebooks for stage, seconds in spent.items()}


def table(stages: dict[str, float]) -> str:
    """The figures as text."""
    lines = [f"{stage:52} {milliseconds:7.1f} ms" for stage, milliseconds in stages.items()]
    return "\n".join([*lines, f"{'a notebook':52} {sum(stages.values()):7.1f} ms"]) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="convgrade-bench-") as folder:
        sys.stdout.write(table(measure(Path(folder) / "stages")))
