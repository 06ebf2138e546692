"""Decide which submissions nbgrader grades: every submission folder gets a row, whatever is in it.

`Exporter` relies on how nbgrader 0.9.6 builds its list of work, which is why nbgrader is pinned.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import nbgrader.api
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Course, Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy import update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from autograder.course.settings import SECTION, CourseError, read_batch, read_settings
from autograder.grading.judged_ahead import JudgedAhead
from autograder.grading.store import FOLDER, Store
from autograder.judge.fingerprint import WHY, Fingerprint
from autograder.judge.job import Job
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.autograde import Progress
from autograder.nbgrader_plugin.changed_points import check_points
from autograder.nbgrader_plugin.gradebook import SourceCells
from autograder.nbgrader_plugin.late import LatePolicy
from autograder.nbgrader_plugin.listing import init_notebooks
from autograder.nbgrader_plugin.recorder import Recorder
from autograder.nbgrader_plugin.stale import UNFINISHED, why_stale
from autograder.nbgrader_plugin.submissions import submissions
from autograder.nbgrader_plugin.timestamps import timestamp
from autograder.notebook import Notebook
from autograder.results.verdict_files import autograded_folder
from autograder.sandbox.tiers import NoIsolation, possible
from autograder.submission.submission import Prepared, Submission

# Share one engine per gradebook. nbgrader opens the gradebook several times per notebook, and with a new
# engine each time it would compile all its statements again, some of which SQLAlchemy never frees.
nbgrader.api.create_engine = functools.cache(nbgrader.api.create_engine)
Autograde.init_notebooks = init_notebooks

ONE_WRITER = "a class is graded in parts only with a gradebook in PostgreSQL: SQLite has one writer"
RETRY = "No verdict is lost. Fix the problem and run the same command again."
_INERT = ".bmp .csv .gif .ipynb .jpeg .jpg .json .md .npy .npz .png .py .toml .tsv .txt .webp .yaml .yml"
INERT = frozenset(_INERT.split())
"""Types of files that browsers only show or save: formgrader serves them in the teacher's session."""


class Exporter(NotebookExporter):
    """nbconvert's notebook exporter, extended to find work for every submission.

    It refuses to start if no sandbox works on this machine. It grades a submission again if the
    submission, its tests or its settings have changed, or if its autograded folder is incomplete.
    """

    parent: Any
    same_hand_in: set[str]
    """Students whose files are those that they were graded for before."""
    _prepared: Prepared | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            self._start()
        except (NoIsolation, CourseError) as reason:
            self.log.error("%s", reason)
            raise NbGraderException(str(reason)) from None

    def convert_all(self) -> None:
        """Run nbgrader's `convert_notebooks`, then fail if any notebook could not be judged."""
        try:
            try:
                type(self.parent).convert_notebooks(self.parent)
            finally:
                self._recorder.commit()
        except NbGraderException as stopped:
            if isinstance(stopped.__context__, OperationalError):
                self._say(stopped.__context__)
            raise
        except OperationalError as fault:
            self._say(fault)
            raise NbGraderException(str(fault.orig)) from None
        finally:
            self._ahead.close()
        if self._recorder.failed:
            raise NbGraderException(f"not recorded: {', '.join(self._recorder.failed)}; see above")
        if self._undecided:
            reason = (
                f"{self._undecided} notebooks could not be judged; their cells need manual grading. "
                "Or fix the problem and run the same command again to judge them."
            )
            self.log.error(reason)
            raise NbGraderException(reason)

    @property
    def cells(self) -> SourceCells:
        """The assignment's cells in the gradebook."""
        return self._recorder.cells

    def prepared(self, student: str, name: str) -> Prepared:
        """Return a student's notebook, restored and ready to be judged."""
        if self._prepared is None or (self._prepared.job.student, self._prepared.job.name) != (student, name):
            found = self._ahead.prepared(student, name)
            self._prepared = found or self._submissions[student].prepare(name)
        return self._prepared

    def verdict(self, job: Job, made_from: Fingerprint) -> tuple[Notebook, Verdict]:
        """Return the executed notebook and the verdict for a job. Raises NoIsolation."""
        executed, verdict = self._ahead.verdict(job, made_from, self._recorder.commit)
        self._undecided += verdict.status == "grader_error"
        return executed, verdict

    @property
    def progress(self) -> Progress | None:
        """The progress of `convgrade grade`; None for commands without a progress bar."""
        return getattr(self.parent.parent, "progress", None)

    def _say(self, fault: OperationalError) -> None:
        self.log.error("could not write to the gradebook: %s\n%s", fault.orig, RETRY)

    def _start(self) -> None:
        section = dict(self.config.get(SECTION, {}))
        settings, batch = read_settings(section), read_batch(section)
        if not batch.scheduler:
            possible(settings.tiers, settings.packages)
        directory = self.parent.coursedir
        _try_gradebook(directory.db_url)
        directory.get_existing_timestamp = timestamp
        _see_assignment(directory)
        self._late = LatePolicy(directory, self.config)
        if self._late.deadlines.later and not self._late.deadlines.usually:
            self.log.warning("%s has no deadline that could be extended", directory.assignment_id)
        if batch.part and directory.db_url.startswith("sqlite"):
            raise CourseError(ONE_WRITER)
        found = submissions(directory, settings, batch)
        if found:
            check_points(directory, found[0].assignment)
        self._submissions = {each.student: each for each in found}
        self._beside: dict[str, list[Path]] = {}
        self.same_hand_in = set()
        self.parent.assignments = {}
        todo = [each for each in found if self._take(each)]
        store = Store(Path(directory.root, FOLDER)) if batch.store else None
        if self.progress:
            self.progress.begin(sum(len(submission.notebooks) for submission in todo))
        self._ahead = JudgedAhead(iter(todo), settings, batch, store, reuse=not self.parent.force)
        self._prepared = None
        self._undecided = 0
        self._recorder = Recorder(self.parent, self._beside, self._late.deadlines.later)
        self.parent.convert_notebooks = self.convert_all

    def _take(self, submission: Submission) -> bool:
        """Register a submission's notebooks with nbgrader; return whether it has to be graded."""
        directory, hand = self.parent.coursedir, submission.hand
        for path, reason in hand.skipped.items():
            self.log.warning(
                "%s: skipped %s: it %s",
                submission.student,
                path.name.encode("ascii", "replace"),
                reason,
            )
        active = [path for path in hand.files if path.suffix.lower() not in INERT]
        if active:
            names = ", ".join(sorted({path.suffix.lower() or "no suffix" for path in active}))
            self.log.info(
                "%s: files of these types stay in the submission folder: %s", submission.student, names
            )
        unwanted = {*active, *submission.in_the_way()}
        self._beside[submission.student] = [path for path in hand.files if path not in unwanted]
        self.parent.assignments[str(hand.folder)] = [
            str(hand.folder / f"{name}.ipynb") for name in submission.notebooks
        ]
        autograded = autograded_folder(Path(directory.root), submission.assignment.name, submission.student)
        if directory.notebook_id != "*" or not autograded.exists():
            return True
        reasons = why_stale(submission, autograded)
        if not {WHY["submission"], WHY["source"], UNFINISHED}.intersection(reasons):
            self.same_hand_in.add(submission.student)
        if self.parent.force:
            return True
        if late := self._late.changed.get(submission.student):
            reasons = [*reasons, late]
        if reasons:
            if self.progress:
                self.progress.again(submission.student, reasons)
            self.log.warning("grading %s again: %s", submission.student, "; ".join(reasons))
            rmtree(str(autograded))
        return bool(reasons)


def _see_assignment(directory: Any) -> None:
    """Raise CourseError if the gradebook does not know the assignment's notebooks, as in a new course."""
    name = directory.assignment_id
    names = {path.stem for path in Path(directory.format_path("source", ".", name)).glob("*.ipynb")}
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        try:
            known = {each.name for each in gradebook.find_assignment(name).notebooks}
        except MissingEntry:
            known = set()
    if names - known:
        raise CourseError(
            f"the gradebook does not know {', '.join(sorted(names - known))} of {name}; "
            f"tell it with: nbgrader generate_assignment {name}"
        )


def _try_gradebook(url: str) -> None:
    """Raise CourseError if marks cannot be written to the gradebook."""
    try:
        with Gradebook(url) as gradebook:
            gradebook.db.execute(update(Course).values(id=Course.id))
            gradebook.db.rollback()
    except SQLAlchemyError as fault:
        raise CourseError(
            f"cannot write to the gradebook {url}: {fault}".split("\n")[0] + "\n" + RETRY
        ) from None
