"""nbgrader's list of work: every submission folder has its row, whatever lies in it.

`Exporter` relies on how nbgrader 0.9.6 builds that list, which is why nbgrader is pinned.
"""

from __future__ import annotations

import functools
import glob
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.api
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Course, Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import parse_utc, rmtree
from sqlalchemy import update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from autograder.course.settings import SECTION, CourseError, read_batch, read_settings
from autograder.grading.judged_ahead import JudgedAhead
from autograder.grading.store import FOLDER, Store
from autograder.judge.fingerprint import Fingerprint
from autograder.judge.job import Job
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.autograde import Progress
from autograder.nbgrader_plugin.submissions import submissions, why_stale
from autograder.notebook import Notebook
from autograder.results.verdict_files import autograded_folder
from autograder.sandbox.tiers import NoIsolation, possible
from autograder.submission import hand_in, restore
from autograder.submission.submission import Prepared, Submission

# One engine for each gradebook: with the new one that every opening makes, nbgrader compiles all its
# statements anew, several times a notebook, and SQLAlchemy keeps some of what was compiled.
nbgrader.api.create_engine = functools.cache(nbgrader.api.create_engine)

RETRY = "No verdict is lost. Run the same command again when that is mended."
FIGURES = "figures"


class Exporter(NotebookExporter):
    """nbconvert's notebook exporter, made to find work for every submission there is.

    It refuses to start where nothing can be isolated, and has a submission graded anew that
    changed, whose tests or settings changed, or whose autograded folder is not complete.
    """

    parent: Any
    _prepared: Prepared | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            self._start()
        except (NoIsolation, CourseError) as reason:
            self.log.error("%s", reason)
            raise NbGraderException(str(reason)) from None

    def convert_all(self) -> None:
        """What nbgrader's `convert_notebooks` does, with an end that says when a human has to act."""
        try:
            type(self.parent).convert_notebooks(self.parent)
        except NbGraderException as stopped:
            if isinstance(stopped.__context__, OperationalError):
                self.log.error("the gradebook could not be written: %s\n%s", stopped.__context__.orig, RETRY)
            raise
        finally:
            self._ahead.close()
        if self._undecided:
            reason = (
                f"{self._undecided} notebooks could not be judged; their cells wait for a human. "
                "Once the fault is mended, the same command judges them again."
            )
            self.log.error(reason)
            raise NbGraderException(reason)

    def prepared(self, student: str, name: str) -> Prepared:
        """Return a student's notebook as it goes to the judge."""
        if self._prepared is None or (self._prepared.job.student, self._prepared.job.name) != (student, name):
            found = self._ahead.prepared(student, name)
            self._prepared = found or self._submissions[student].prepare(name)
        return self._prepared

    def verdict(self, job: Job, made_from: Fingerprint) -> tuple[Notebook, Verdict]:
        """Return executed notebook and verdict of a job. Raises NoIsolation."""
        executed, verdict = self._ahead.verdict(job, made_from)
        self._undecided += verdict.status == "grader_error"
        return executed, verdict

    @property
    def progress(self) -> Progress | None:
        """Who wants to know how far grading is: the command, when it shows a bar."""
        return getattr(self.parent.parent, "progress", None)

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Convert a submitted notebook, present and readable or not, or an autograded one."""
        path = Path(filename)
        if path.parent not in self._folders:
            return super().from_filename(filename, resources=resources, **kwargs)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        nothing_yet: Any = nbformat.v4.new_notebook()  # Restore fills it
        converted: tuple[Any, Any] = self.from_notebook_node(nothing_yet, resources=resources, **kwargs)
        return converted

    def _start(self) -> None:
        section = dict(self.config.get(SECTION, {}))
        settings, batch = read_settings(section), read_batch(section)
        if not batch.scheduler:
            possible(settings.tiers, settings.packages)
        directory = self.parent.coursedir
        _try_gradebook(directory.db_url)
        directory.get_existing_timestamp = _timestamp
        found = submissions(directory, settings)
        self._submissions = {each.student: each for each in found}
        self._folders = {each.hand.folder for each in found}
        todo = [each for each in found if self._take(each)]
        store = Store(Path(directory.root, FOLDER)) if batch.store else None
        if self.progress:
            self.progress.begin(sum(len(submission.notebooks) for submission in todo))
        upcoming = (prepared for each in todo for prepared in each.prepared())
        self._ahead = JudgedAhead(upcoming, settings, batch, store, reuse=not self.parent.force)
        self._prepared = None
        self._undecided = 0
        self.parent.convert_notebooks = self.convert_all

    def _take(self, submission: Submission) -> bool:
        """Have a submission graded unless that has been done; leave hostile entries aside."""
        directory, hand = self.parent.coursedir, submission.hand
        for path, reason in hand.left_aside.items():
            self.log.warning(
                "%s: %s %s; it is left aside",
                submission.student,
                path.name.encode("ascii", "replace"),
                reason,
            )
        pages = [path for path in hand.files if path.suffix == ".html"]  # would shadow the feedback
        pages += submission.in_the_way()
        listed = directory.format_path(directory.source_directory, ".", submission.assignment.name)
        unwanted = [
            glob.escape(os.path.join(listed, FIGURES)),  # noqa: PTH118  linked, not copied; "./" stays
            *(glob.escape(str(path)) for path in [*hand.left_aside, *pages]),
        ]
        directory.ignore = [*directory.ignore, *(each for each in unwanted if each not in directory.ignore)]
        self.parent.assignments[str(hand.folder)] = [
            str(hand.folder / f"{name}.ipynb") for name in submission.notebooks
        ]
        autograded = autograded_folder(Path(directory.root), submission.assignment.name, submission.student)
        if directory.notebook_id != "*" or self.parent.force or not autograded.exists():
            return True
        if reasons := why_stale(submission, autograded):
            self.log.warning("%s is graded anew: %s", submission.student, "; ".join(reasons))
            rmtree(str(autograded))
        return bool(reasons)


def _try_gradebook(url: str) -> None:
    """Raise CourseError when marks could not be written."""
    try:
        with Gradebook(url) as gradebook:
            gradebook.db.execute(update(Course).values(id=Course.id))
            gradebook.db.rollback()
    except SQLAlchemyError as fault:
        raise CourseError(
            f"the gradebook {url} cannot be written: {fault}".split("\n")[0] + "\n" + RETRY
        ) from None


def _timestamp(folder: str) -> datetime | None:
    """The timestamp beside a submission; none when the file is not what it should be."""
    try:
        text = hand_in.read_file(Path(folder, "timestamp.txt"), limit=200).decode().strip()
        stamp: datetime = parse_utc(text)
    except (restore.Unreadable, ValueError, OverflowError):
        return None
    return stamp
