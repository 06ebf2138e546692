"""One student's submission as jobs for the judge: everything that decides a verdict, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder import notebook
from autograder.course.seeds import student_seed
from autograder.course.settings import Settings
from autograder.course.sources import Assignment
from autograder.judge.fingerprint import Fingerprint, fingerprint, own_exercises
from autograder.judge.job import Job
from autograder.notebook import Notebook
from autograder.submission import restore
from autograder.submission.hand_in import HandIn, is_notebook
from autograder.submission.which import Choice, choose


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
    given: Mapping[str, Path] = field(default_factory=dict)
    """Files that somebody named as the notebooks of the assignment; the others are looked for."""

    @property
    def notebooks(self) -> list[str]:
        """The names of the assignment's notebooks."""
        return list(self.assignment.notebooks)

    def prepared(self) -> Iterator[Prepared]:
        """Yield each notebook as a job, reading the folder only once."""
        contents = self.hand.contents()
        digest = self.hand.digest(contents)
        chosen = self._chosen(contents)
        for name in self.notebooks:
            yield self._prepare(name, chosen, contents, digest)

    def prepare(self, name: str, only: str = "") -> Prepared:
        """Return one notebook as a job; `only` limits it to functions whose name contains that text."""
        contents = self.hand.contents()
        prepared = self._prepare(name, self._chosen(contents), contents, self.hand.digest(contents))
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

    def _chosen(self, contents: dict[Path, bytes]) -> dict[str, Choice]:
        return choose(self.hand, contents, self.assignment, self.given)

    def _prepare(
        self, name: str, chosen: Mapping[str, Choice], contents: dict[Path, bytes], digest: str
    ) -> Prepared:
        choice = chosen[name]
        restored = restore.restore(self.assignment.notebooks[name], choice.cells)
        job = Job(
            assignment=self.assignment.name,
            name=name,
            student=self.student,
            seed=student_seed(self.root, self.student, self.assignment.name),
            notebook=notebook.bare(restored.notebook),
            notes=() if choice.reason else (*choice.notes, *restored.notes),
            late=restored.late,
            again=restored.again,
            unreadable=choice.reason,
            files=self._files(name, chosen, contents),
            limits=self.settings.limits,
            earlier=self.assignment.earlier[name],
            exercises=self.assignment.exercises,
            own=own_exercises(self.assignment, name),
            feedback=self.settings.feedback,
            random_cases=self.settings.random_cases,
        )
        return Prepared(job, restored.notebook, self.fingerprint(name, digest))

    def _files(
        self, name: str, chosen: Mapping[str, Choice], contents: dict[Path, bytes]
    ) -> dict[str, bytes]:
        """Return the files next to the notebook while it runs; files of the course replace the student's."""
        left_out = {*self.in_the_way(), *(choice.path for choice in chosen.values())}
        theirs = [path for path in contents if not is_notebook(path) and path not in left_out]
        files = {path.relative_to(self.hand.folder).as_posix(): contents[path] for path in theirs}
        here = chosen[name].path
        if here and here.parent != self.hand.folder:  # what lies beside it is looked for beside it
            files |= {
                path.relative_to(here.parent).as_posix(): contents[path]
                for path in theirs
                if path.is_relative_to(here.parent)
            }
        notebooks = {f"{other}.ipynb": choice.file for other, choice in chosen.items() if choice.path}
        return {**chosen[name].beside, **files, **notebooks, **self.assignment.side_files}
