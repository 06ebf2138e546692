"""One student's hand-in as jobs for the judge: all that decides a verdict, gathered in one place."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder import notebook
from autograder.course.seeds import student_seed
from autograder.course.settings import Settings
from autograder.course.sources import earlier_functions, side_files, skeleton
from autograder.judge import fingerprint
from autograder.judge.job import Job
from autograder.submission import hand_in, restore


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment."""

    root: Path
    """The course folder."""
    settings: Settings
    assignment: str
    student: str
    source: Path
    """Folder of the instructor's notebooks."""
    release: Path
    """Folder of the notebooks that students got."""
    hand: hand_in.HandIn
    notebooks: dict[str, Path | None]
    """The file handed in for each notebook of the assignment; None when there is none."""

    def restored(self, name: str) -> tuple[restore.Restored, str]:
        """A notebook rebuilt on its source, and why it could not be read, empty when it could."""
        blank = skeleton(self.source / f"{name}.ipynb", self.release)
        found = self.notebooks[name]
        unreadable = "" if found else "it was not handed in"
        submitted: notebook.Notebook = {"cells": []}
        if found:
            try:
                submitted = restore.parse(hand_in.read(found))
            except restore.Unreadable as reason:
                unreadable = str(reason)
        restored = restore.restore(blank, submitted)
        return replace(restored, notes=()) if unreadable else restored, unreadable

    def job(self, name: str, only: str = "") -> Job:
        """The job that judges one notebook; with `only`, the functions whose name contains it."""
        rebuilt, unreadable = self.restored(name)
        source = self.source / f"{name}.ipynb"
        return Job(
            assignment=self.assignment,
            name=name,
            student=self.student,
            seed=student_seed(self.root, self.student, self.assignment),
            notebook=notebook.bare(rebuilt.notebook),
            notes=rebuilt.notes,
            unreadable=unreadable,
            files=self._files(),
            limits=self.settings.limits,
            earlier=earlier_functions(source),
            only=only,
            feedback=self.settings.feedback,
            random_cases=self.settings.random_cases,
        )

    def fingerprint(self, job: Job) -> dict[str, str]:
        """What decides the verdict on a job of this submission."""
        blank = skeleton(self.source / f"{job.name}.ipynb", self.release)
        beside = side_files(self.source)
        source = fingerprint.digest(
            json.dumps(blank), *(part for name in sorted(beside) for part in (name, beside[name]))
        )
        return fingerprint.parts(job, self.settings, submission=self.hand.digest(), source=source)

    def in_the_way(self) -> list[Path]:
        """Files of the student's that lie in a folder where there is a file of the course, or the reverse."""
        notebooks = [f"{name}.ipynb" for name in self.notebooks]
        taken = {PurePosixPath(name) for name in [*side_files(self.source), *notebooks]}
        folders = {folder for name in taken for folder in name.parents}
        placed = {
            path: PurePosixPath(path.relative_to(self.hand.folder).as_posix()) for path in self.hand.files
        }
        return [path for path, at in placed.items() if at in folders or taken & set(at.parents)]

    def _files(self) -> dict[str, bytes]:
        """What the student's code finds beside the notebook; where names meet, the course's file counts."""
        left_out = set(self.in_the_way())
        theirs = [path for path in self.hand.files if path.suffix != ".ipynb" and path not in left_out]
        paths = {path.relative_to(self.hand.folder).as_posix(): path for path in theirs}
        paths |= {f"{name}.ipynb": found for name, found in self.notebooks.items() if found is not None}
        files = {}
        for name, path in paths.items():
            with contextlib.suppress(restore.Unreadable):
                files[name] = hand_in.read(path)
        return files | side_files(self.source)
