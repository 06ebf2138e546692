"""Record judged notebooks: what nbgrader's converter does for each of them, without doing it twice.

nbgrader still decides which submissions are graded and in which order, and what becomes of one that fails.
Its preprocessors run on the notebook in memory, which is written once; scores are saved for many students
at a time (see `gradebook`). A submission's verdict files come last: without them it counts as not
finished, so whatever stops this, the next run grades it again.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import traceback
from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy.exc import OperationalError

from autograder.nbgrader_plugin.gradebook import Judged, Record, SourceCells, save
from autograder.results.verdict_files import SUFFIX

BATCH = 16  # students whose scores are saved at a time
FIGURES = "figures"
PART = ".part"


class Recorder:
    """Take the place of a converter's steps for one submission and one notebook."""

    def __init__(self, converter: Any, beside: dict[str, list[Path]], later: Mapping[str, datetime]) -> None:
        """Hook into nbgrader's converter.

        `beside` are the files to copy and `later` the deadlines in the table of extensions, both by
        student.
        """
        self._converter, self._beside, self._later = converter, beside, later
        self._most = 1 if converter.post_convert_hook else BATCH  # which may look into the gradebook
        self._batch: list[Record] = []
        self.failed: list[str] = []
        """Students whose scores could not be saved; the log says why."""
        converter.init_assignment = self._begin
        converter.convert_single_notebook = self._convert
        converter.set_permissions = self._end

    @functools.cached_property
    def cells(self) -> SourceCells:
        """The assignment's cells in the gradebook. Raises NbGraderException."""
        directory = self._converter.coursedir
        try:
            return SourceCells(directory.db_url, directory.course_id, directory.assignment_id)
        except MissingEntry:
            message = f"No assignment with ID '{directory.assignment_id}' exists in the database"
            self._converter.log.error(message)
            raise NbGraderException(message) from None

    def commit(self) -> None:
        """Save what has been recorded but not saved yet. Raises OperationalError."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        try:
            self._save(batch)
        except OperationalError:
            self._drop(batch)
            raise
        except Exception:  # whatever it is, it is one student's problem
            if len(batch) > 1:
                for record in batch:
                    self._batch = [record]
                    self.commit()
                return
            self._converter.log.error("%s: %s", batch[0].student, traceback.format_exc())
            self.failed.append(batch[0].student)
            self._drop(batch)
        else:
            for record in batch:
                self._finish(record)

    def _begin(self, assignment: str, student: str) -> None:
        """Copy a submission's files and the course's; note what the gradebook has to know."""
        converter, directory = self._converter, self._converter.coursedir
        if not converter.create_student:
            self._must_be_known(student)
        handed_in = converter._format_source(assignment, student)  # noqa: SLF001  nbgrader's own hook
        folder = self._folder(student)
        theirs, fresh = self._theirs(student, Path(handed_in)), not folder.exists()
        for path, place in [*theirs, *self._side_files]:
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            if not fresh:
                target.unlink(missing_ok=True)
            shutil.copy(path, target)
        names = {path: Path(path).stem for path in converter.notebooks}
        for path in set(names) - {path for path in names if names[path] in self.cells.notebooks}:
            converter.log.warning("Skipping unknown notebook: %s", path)
        converter.notebooks = [path for path in names if names[path] in self.cells.notebooks]
        if not converter.notebooks:
            message = "No notebooks found, did you forget to run 'nbgrader generate_assignment'?"
            converter.log.error(message)
            raise NbGraderException(message)
        missing = [name for name in self.cells.notebooks if not Path(handed_in, f"{name}.ipynb").exists()]
        for name in missing:
            converter.log.warning("No submitted file: %s/%s.ipynb", handed_in, name)
        self._record = Record(
            student, directory.get_existing_timestamp(handed_in), self._later.get(student), missing
        )

    def _convert(self, filename: str) -> None:
        """Restore and judge one notebook, and write it."""
        converter, path = self._converter, Path(filename)
        converter.log.info("Converting notebook %s", filename)
        resources = converter.init_single_notebook_resources(filename)
        resources["output_extension"] = ".ipynb"
        folder = self._folder(self._record.student)
        nb: Any = NotebookNode()  # the first preprocessor fills it
        with utils.setenv(NBGRADER_EXECUTION="autograde"):
            for place, preprocessors in ((path.parent, self._sanitizing), (folder, self._autograding)):
                resources["metadata"] = {"name": path.stem, "path": str(place)}
                for preprocessor in preprocessors:
                    nb, resources = preprocessor(nb, resources)
        Path(folder, f"{path.stem}{SUFFIX}").unlink(missing_ok=True)
        converter.write_single_notebook(_as_file(nb), resources)
        graded = NotebookNode(cells=[cell for cell in nb.cells if "nbgrader" in cell["metadata"]])
        self._record.notebooks.append(Judged(graded, resources, resources["convgrade"]))

    def _end(self, _assignment: str, _student: str) -> None:
        self._batch.append(self._record)
        if len(self._batch) >= self._most:
            self.commit()

    def _save(self, batch: list[Record]) -> None:
        directory = self._converter.coursedir
        for judged in save(self._gradebook, directory.assignment_id, batch, self._saving):
            for penalising in self._penalising:
                penalising(judged.graded, judged.resources)

    def _finish(self, record: Record) -> None:
        """Write a submission's verdict files, which makes it a finished one."""
        directory, folder = self._converter.coursedir, self._folder(record.student)
        texts = {f"{each.name}{SUFFIX}": each.verdict.to_json() for each in record.notebooks}
        for name, verdict in texts.items():
            (folder / f"{name}{PART}").write_text(json.dumps(verdict) + "\n")
        source = Path(directory.format_path(directory.source_directory, ".", directory.assignment_id))
        _link_figures(source, folder)
        type(self._converter).set_permissions(self._converter, directory.assignment_id, record.student)
        for name in texts:
            (folder / f"{name}{PART}").replace(folder / name)
        if progress := getattr(self._converter.parent, "progress", None):
            for each in record.notebooks:
                progress.recorded(each.verdict)

    def _drop(self, batch: list[Record]) -> None:
        """Remove the notebooks of submissions that could not be saved; the next run grades them."""
        for record in batch:
            for judged in record.notebooks:
                (self._folder(record.student) / f"{judged.name}.ipynb").unlink(missing_ok=True)

    def _folder(self, student: str) -> Path:
        converter = self._converter
        return Path(converter._format_dest(converter.coursedir.assignment_id, student))  # noqa: SLF001

    def _must_be_known(self, student: str) -> None:
        directory = self._converter.coursedir
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            try:
                gradebook.find_student(student)
            except MissingEntry:
                message = f"No student with ID '{student}' exists in the database"
                self._converter.log.error(message)
                raise NbGraderException(message) from None

    def _theirs(self, student: str, handed_in: Path) -> list[tuple[str, str]]:
        """Return the files of a student to copy, without those that nbgrader ignores and notebooks."""
        ignored = [*self._converter.coursedir.ignore, "*.ipynb"]
        found = [(path, path.relative_to(handed_in)) for path in self._beside.get(student, ())]
        return [
            (str(path), str(place))
            for path, place in found
            if place.parts[0] != FIGURES  # the course's are linked
            and not any(fnmatch(part, each) for part in place.parts for each in ignored)
        ]

    @functools.cached_property
    def _gradebook(self) -> Gradebook:
        directory = self._converter.coursedir
        return Gradebook(directory.db_url, directory.course_id)

    @functools.cached_property
    def _side_files(self) -> list[tuple[str, str]]:
        """The course's files that replace a student's: each with its place in the folder."""
        converter, directory = self._converter, self._converter.coursedir
        source = directory.format_path(directory.source_directory, ".", directory.assignment_id)
        kept = converter.exclude_overwriting.get(directory.assignment_id, [])
        listed = utils.find_all_files(source, [*directory.ignore, "*.ipynb"])
        beside = {path: os.path.relpath(path, source) for path in listed}
        return [
            (path, name)
            for path, name in beside.items()
            if name not in kept and Path(name).parts[0] != FIGURES
        ]

    @functools.cached_property
    def _sanitizing(self) -> list[Any]:
        return self._preprocessors(sanitizing=True)

    @functools.cached_property
    def _autograding(self) -> list[Any]:
        ours = (SaveAutoGrades, AssignLatePenalties)  # these come with the batch
        return [each for each in self._all_autograding if not isinstance(each, ours)]

    @functools.cached_property
    def _saving(self) -> list[Any]:
        return [each for each in self._all_autograding if isinstance(each, SaveAutoGrades) and each.enabled]

    @functools.cached_property
    def _penalising(self) -> list[Any]:
        return [each for each in self._all_autograding if isinstance(each, AssignLatePenalties)]

    @functools.cached_property
    def _all_autograding(self) -> list[Any]:
        return self._preprocessors(sanitizing=False)

    def _preprocessors(self, *, sanitizing: bool) -> list[Any]:
        """Return the preprocessors of a pass as nbgrader and the course's configuration make them."""
        converter = self._converter
        converter._sanitizing = sanitizing  # noqa: SLF001  nbgrader's own hook
        try:
            converter._init_preprocessors()  # noqa: SLF001
        finally:
            converter._sanitizing = True  # noqa: SLF001
        return list(converter.exporter._preprocessors)  # noqa: SLF001


def _as_file(nb: Any) -> str:
    """Return the text of a notebook's file, a cell a line.

    nbformat writes a line of text a line, for which Python has no fast encoder.
    """
    head = {name: part for name, part in nb.items() if name != "cells"}
    return '{"cells": [\n' + ",\n".join(map(_line, nb.cells)) + "\n], " + _line(head)[1:] + "\n"


_line = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _link_figures(source: Path, autograded: Path) -> None:
    """Link the course's pictures next to an autograded notebook, where formgrader looks for them."""
    link = autograded / FIGURES
    if (source / FIGURES).is_dir() and not os.path.lexists(link):
        link.symlink_to(os.path.relpath(source / FIGURES, autograded), target_is_directory=True)
