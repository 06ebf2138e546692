"""One student's submission as jobs for the judge: everything that decides a verdict, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder import notebook
from autograder.course.seeds import student_seed
from autograder.course.settings import Settings
from autograder.course.sources import Assignment
from autograder.judge.fingerprint import Fingerprint, fingerprint
from autograder.judge.job import Job
from autograder.notebook import Notebook
from autograder.submission import restore
from autograder.submission.hand_in import HandIn


@dataclass(frozen=True)
class Prepared:
    """A notebook ready to be judged; built once between the submission folder and the gradebook."""

    job: Job
    restored: Notebook
    """The job's notebook, including nbgrader's metadata."""
    fingerprint: Fingerprint
    """Everything that decides the verdict, hashed."""


@dataclass(frozen=True)
class Submission:
    """Everything one student handed in for one assignment."""

    root: Path
    """The course folder."""
    settings: Settings
    assignment: Assignment
    student: str
    hand: HandIn
    notebooks: dict[str, Path | None]
    """The file handed in for each notebook of the assignment; None if there is none."""

    def prepared(self) -> Iterator[Prepared]:
        """Yield each notebook as a job, reading the folder only once."""
        contents, digest = self.hand.contents(), self.hand.digest()
        for name in self.notebooks:
            yield self._prepare(name, contents, digest)

    def prepare(self, name: str, only: str = "") -> Prepared:
        """Return one notebook as a job; `only` limits it to functions whose name contains that text."""
        prepared = self._prepare(name, self.hand.contents(), self.hand.digest())
        return replace(prepared, job=replace(prepared.job, only=only))

    def fingerprint(self, name: str, digest: str) -> Fingerprint:
        """Return the fingerprint of the verdict on a notebook; `digest` is that of the submission folder."""
        seed = student_seed(self.root, self.student, self.assignment.name)
        return fingerprint(self.settings, self.assignment, name, submission=digest, seed=seed)

    def in_the_way(self) -> list[Path]:
        """Return the student's files whose paths collide with files or folders of the course."""
        notebooks = [f"{name}.ipynb" for name in self.notebooks]
        taken = {PurePosixPath(name) for name in [*self.assignment.side_files, *notebooks]}
        folders = {folder for name in taken for folder in name.parents}
        placed = {
            path: PurePosixPath(path.relative_to(self.hand.folder).as_posix()) for path in self.hand.files
        }
        return [path for path, at in placed.items() if at in folders or taken & set(at.parents)]

    def _prepare(self, name: str, contents: dict[Path, bytes], digest: str) -> Prepared:
        restored, unreadable = self._restored(name, contents)
        job = Job(
            assignment=self.assignment.name,
            name=name,
            student=self.student,
            seed=student_seed(self.root, self.student, self.assignment.name),
            notebook=notebook.bare(restored.notebook),
            notes=restored.notes,
            unreadable=unreadable,
            files=self._files(contents),
            limits=self.settings.limits,
            earlier=self.assignment.earlier[name],
            feedback=self.settings.feedback,
            random_cases=self.settings.random_cases,
        )
        return Prepared(job, restored.notebook, self.fingerprint(name, digest))

    def _restored(self, name: str, contents: dict[Path, bytes]) -> tuple[restore.Restored, str]:
        """Return a notebook rebuilt on its source, and why it could not be read (empty if it could)."""
        found, unreadable = self.notebooks[name], ""
        submitted: Notebook = {"cells": []}
        if found is None:
            unreadable = "it was not handed in"
        elif found not in contents:
            unreadable = "the file cannot be opened"
        else:
            try:
                submitted = restore.parse(contents[found])
            except restore.Unreadable as reason:
                unreadable = str(reason)
        restored = restore.restore(self.assignment.notebooks[name], submitted)
        return replace(restored, notes=()) if unreadable else restored, unreadable

    def _files(self, contents: dict[Path, bytes]) -> dict[str, bytes]:
        """Return the files next to the notebook while it runs; files of the course replace the student's."""
        left_out = set(self.in_the_way())
        theirs = [path for path in contents if path.suffix != ".ipynb" and path not in left_out]
        paths = {path.relative_to(self.hand.folder).as_posix(): path for path in theirs}
        paths |= {f"{name}.ipynb": found for name, found in self.notebooks.items() if found in contents}
        return {name: contents[path] for name, path in paths.items()} | self.assignment.side_files
