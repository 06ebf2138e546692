"""Grade a whole class: nbgrader's autograding with many judges working ahead of it, and a progress bar.

nbgrader's converters remain the only writer of the gradebook and of `autograded/`, so both end up exactly
as after `nbgrader autograde`. See `preview` for what grading would change, without writing.
"""

from __future__ import annotations

import contextlib
import logging
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.settings import CONFIG, CourseError
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.listing import folders
from autograder.notebook import outputs

STOPPED = ("timeout", "memory", "crashed")
MOST = 20
"""Students named for each kind of problem."""
LONGEST = 200  # characters of a line


@dataclass(frozen=True)
class Chosen:
    """The command line's choices; None means the setting in nbgrader_config.py."""

    assignment: str
    student: str = "*"
    jobs: int | None = None
    scheduler: str | None = None
    part: str | None = None
    force: bool = False


@dataclass
class Progress:
    """What has been recorded so far, shown in a progress bar."""

    bar: Any
    score: float = 0.0
    worth: float = 0.0
    problems: dict[str, list[str]] = field(default_factory=dict)
    """By what happened, whom it happened to, with the reason."""
    students: set[str] = field(default_factory=set)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    """By why somebody is graded again, who."""

    def begin(self, notebooks: int) -> None:
        """Set how many notebooks there are to grade."""
        self.bar.reset(total=notebooks)

    def again(self, student: str, reasons: Sequence[str]) -> None:
        """Note why a student who has marks is graded again."""
        for reason in reasons:
            self.reasons.setdefault(reason, []).append(student)

    def recorded(self, verdict: Verdict) -> None:
        """Count a notebook whose marks have been written to the gradebook."""
        self.students.add(verdict.student)
        self.score, self.worth = self.score + verdict.score, self.worth + verdict.max_score
        stopped = [cell.function for cell in verdict.cells if cell.status in STOPPED]
        graded = verdict.status == "graded"
        troubles = {
            "could not be read": verdict.notes if verdict.status == "unreadable" else (),
            "to grade by hand": [cell.function for cell in verdict.cells if cell.status == "grader_error"],
            "with notes": verdict.notes if graded else (),
            "ran out of time or memory, or crashed": stopped,
        }
        for name, reasons in troubles.items():
            if reasons:
                said = f"{verdict.student}, {verdict.notebook}: {'; '.join(reasons)}"
                self.problems.setdefault(name, []).append(said)
        self.bar.set_postfix_str(
            f"mean {self._mean()}, {sum(map(len, self.problems.values()))} problems", refresh=False
        )
        self.bar.update()

    def summary(self) -> str:
        """Return what has been done, and for each kind of problem whom it happened to and why."""
        if not self.bar.total:
            return "Nothing new to grade."
        done = f"{counted(self.bar.n, 'notebook')} of {counted(len(self.students), 'student')}"
        lines = [f"{done} recorded, mean {self._mean()}"]
        for reason, whom in self.reasons.items():
            shown = ", ".join(whom[:MOST]) + (" ..." if len(whom) > MOST else "")
            lines.append(f"  {counted(len(whom), 'student')} graded again, because {reason}: {shown}")
        for name, whom in self.problems.items():
            said = [textwrap.shorten(outputs.clean(each), LONGEST) for each in whom[:MOST]]
            lines += [f"  {len(whom)} {name}", *(f"    {each}" for each in said)]
            if len(whom) > MOST:
                lines.append(f"    and {len(whom) - MOST} more; the class report has all of them")
        return "\n".join(lines)

    def _mean(self) -> str:
        return f"{self.score / self.worth:.0%}" if self.worth else "0%"


class ClassApp(AutogradeApp):
    """nbgrader's autograde command with a progress bar."""

    progress: Progress | None = None


def grade(root: Path, chosen: Chosen) -> tuple[bool, str]:
    """Grade new and changed submissions; return whether all were judged and recorded, and a summary.

    Raises CourseError and NoIsolation.
    """
    app = class_app(root, chosen)
    look_for(root, chosen)
    with _quiet(), logging_redirect_tqdm([app.log]), tqdm(unit=" notebooks") as bar:
        app.progress = Progress(bar)
        try:
            app.start()
            done = True
        except SystemExit:
            done = False
    return done, app.progress.summary()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Hide warnings about how nbgrader uses its database; they are meant for its authors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless the count is 1."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def class_app(root: Path, chosen: Chosen) -> ClassApp:
    """Return nbgrader's autograde command with the course's configuration and the command line's choices.

    Raises CourseError if the course has no such assignment.
    """
    if not (root / "source" / chosen.assignment).is_dir():
        names = ", ".join(sorted({path.parent.name for path in (root / "source").glob("*/*.ipynb")}))
        raise CourseError(
            f"there is no assignment {chosen.assignment!r} in {root / 'source'}; it holds {names or 'none'}"
        )
    app = ClassApp()
    force = ["--force"] if chosen.force else []
    app.initialize([chosen.assignment, f"--student={chosen.student}", *force], root=str(root))
    for name in ("jobs", "scheduler", "part"):
        if getattr(chosen, name) is not None:
            app.config.ConvGrade[name] = getattr(chosen, name)
    app.log.setLevel(logging.ERROR)
    return app


def look_for(root: Path, chosen: Chosen) -> None:
    """Raise CourseError, with the students there are, unless a chosen one handed in the assignment."""
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    directory = CourseDirectory(config=config, root=str(root))
    with contextlib.chdir(root):
        directory.assignment_id, directory.student_id = chosen.assignment, chosen.student
        if folders(directory, directory.submitted_directory):
            return
        directory.student_id = "*"
        there = sorted(Path(each).parent.name for each in folders(directory, directory.submitted_directory))
    if not there:
        place = root / directory.submitted_directory
        raise CourseError(f"there is no submission of {chosen.assignment} in {place}")
    more = f" and {len(there) - MOST} more" if len(there) > MOST else ""
    raise CourseError(
        f"{chosen.student!r} has handed in no {chosen.assignment}; these have: "
        f"{', '.join(there[:MOST])}{more}"
    )
