"""A whole class at once: nbgrader's own autograding with many judges ahead of it, and a progress bar.

nbgrader's converters stay the single writer of gradebook and `autograded/`, so both end exactly
as after `nbgrader autograde`. `preview` says what that would change, and writes nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.apps.autogradeapp import AutogradeApp
from sqlalchemy.exc import SAWarning
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from autograder import graded, nbgrader_plugin
from autograder.batch import Ahead
from autograder.course.settings import CourseError, read_batch, read_settings
from autograder.judge import fingerprint
from autograder.judge.verdict import Verdict
from autograder.store import FOLDER, Store


@dataclass(frozen=True)
class Chosen:
    """What the command line says; None leaves it to nbgrader_config.py."""

    assignment: str
    student: str = "*"
    jobs: int | None = None
    scheduler: str | None = None
    force: bool = False


@dataclass
class Progress:
    """What has been recorded so far, shown as it grows."""

    bar: Any
    score: float = 0.0
    worth: float = 0.0
    problems: dict[str, int] = field(default_factory=dict)
    students: set[str] = field(default_factory=set)

    def begin(self, notebooks: int) -> None:
        """Say how much there is to do."""
        self.bar.reset(total=notebooks)

    def recorded(self, verdict: Verdict) -> None:
        """Count a notebook whose marks are in the gradebook."""
        self.students.add(verdict.student)
        self.score, self.worth = self.score + verdict.score, self.worth + verdict.max_score
        troubles = {
            "could not be read": verdict.status == "unreadable",
            "wait for a human": verdict.status == "grader_error",
            "were repaired": verdict.status == "graded" and bool(verdict.notes),
            "ran out of time or memory, or crashed": any(
                cell.status in ("timeout", "memory", "crashed") for cell in verdict.cells
            ),
        }
        for name in (name for name, is_so in troubles.items() if is_so):
            self.problems[name] = self.problems.get(name, 0) + 1
        self.bar.set_postfix_str(
            f"mean {self._mean()}, {sum(self.problems.values())} problems", refresh=False
        )
        self.bar.update()

    def summary(self) -> str:
        """What has been done, in one line or two."""
        if not self.bar.total:
            return "There is nothing new to grade."
        done = f"{_counted(self.bar.n, 'notebook')} of {_counted(len(self.students), 'student')}"
        said = f"{done} recorded, mean {self._mean()}"
        return "\n".join([said, *(f"  {count} {name}" for name, count in self.problems.items())])

    def _mean(self) -> str:
        return f"{self.score / self.worth:.0%}" if self.worth else "0%"


def grade(root: Path, chosen: Chosen) -> tuple[bool, str]:
    """Grade what is new or changed; whether all could be judged and recorded, and a summary."""
    app = _app(root, chosen)
    with _quiet(), logging_redirect_tqdm([app.log]), tqdm(unit=" notebooks") as bar:
        progress = Progress(bar)
        nbgrader_plugin.progress.append(progress)
        try:
            app.start()
            done = True
        except SystemExit:
            done = False
        finally:
            nbgrader_plugin.progress.remove(progress)
    return done, progress.summary()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without warnings about how nbgrader uses its database, which are for its authors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


@dataclass(frozen=True)
class Change:
    """A notebook whose mark would be another."""

    student: str
    notebook: str
    before: float | None
    """None when there is no mark yet."""
    after: float
    checks: tuple[str, ...]
    """Checks that come out differently, each with its points before and after."""
    why: tuple[str, ...]


def preview(root: Path, chosen: Chosen) -> Iterator[Change]:
    """The marks that grading again would change, one notebook after the other; nothing is written.

    Raises CourseError, NoIsolation.
    """
    app = _app(root, chosen)
    directory = app.coursedir
    directory.assignment_id, directory.student_id = chosen.assignment, chosen.student
    settings, batch = read_settings(app.config.ConvGrade), read_batch(app.config.ConvGrade)
    with contextlib.chdir(root):
        found = nbgrader_plugin.submissions(directory, settings)
        if not found:
            raise CourseError(f"no submission of {chosen.assignment} lies in {root / 'submitted'}")
        store = Store(root / FOLDER) if batch.store else None
        work = [(each, name) for each in found for name in each.notebooks]
        ahead = Ahead(iter(work), settings, batch, store, reuse=not chosen.force)
        try:
            for submission, name in tqdm(work, unit=" notebooks"):
                job = submission.job(name)
                made_from = submission.fingerprint(job)
                _, verdict = ahead.verdict(job, made_from)
                folder = nbgrader_plugin.autograded_folder(directory, submission)
                old, old_made_from = _recorded(folder, name)
                why = fingerprint.differences(old_made_from, made_from) if old else []
                if old is None or (old.score, old.status) != (verdict.score, verdict.status):
                    yield _change(old, verdict, tuple(why))
        finally:
            ahead.close()


def described(changes: Sequence[Change]) -> Iterator[str]:
    """The changes for a terminal: student, notebook, marks, why, and the checks that differ."""
    for change in changes:
        before = "no mark" if change.before is None else f"{change.before:g}"
        why = f" ({'; '.join(change.why)})" if change.why else ""
        yield f"{change.student}  {change.notebook}  {before} -> {change.after:g}{why}"
        yield from (f"    {check}" for check in change.checks if change.before is not None)
    students = len({change.student for change in changes})
    concerned = f"{_counted(len(changes), 'mark')} of {_counted(students, 'student')}"
    yield f"{concerned} would change; nothing has been written"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _change(old: Verdict | None, new: Verdict, why: tuple[str, ...]) -> Change:
    earned = [
        {f"{cell.function}.{check.id}": check.earned for cell in verdict.cells for check in cell.checks}
        for verdict in (old, new)
        if verdict
    ]
    before, after = earned if old else ({}, {})
    checks = [
        f"{name} {before.get(name, 0):g} -> {after.get(name, 0):g}"
        for name in {**before, **after}
        if before.get(name, 0) != after.get(name, 0)
    ]
    return Change(new.student, new.notebook, old.score if old else None, new.score, tuple(checks), why)


def _recorded(folder: Path, name: str) -> tuple[Verdict | None, dict[str, str]]:
    """The verdict in an autograded folder and what it was made from; None when there is none."""
    path = folder / f"{name}{graded.SUFFIX}"
    if not path.exists():
        return None, {}
    return graded.read(path), nbgrader_plugin.made_from(folder, name) or {}


def _app(root: Path, chosen: Chosen) -> AutogradeApp:
    """The autograde command of nbgrader with the course's configuration and what was chosen."""
    if not (root / "source" / chosen.assignment).is_dir():
        names = sorted(path.name for path in (root / "source").iterdir() if any(path.glob("*.ipynb")))
        raise CourseError(f"there is no assignment {chosen.assignment!r}; there are: {', '.join(names)}")
    app = AutogradeApp()
    force = ["--force"] if chosen.force else []
    app.initialize([chosen.assignment, f"--student={chosen.student}", *force], root=str(root))
    for name in ("jobs", "scheduler"):
        if getattr(chosen, name) is not None:
            app.config.ConvGrade[name] = getattr(chosen, name)
    app.config.ConvGrade.setdefault("jobs", os.cpu_count() or 1)
    app.log.setLevel(logging.ERROR)
    return app
