"""The one place that knows nbgrader: an exporter and three preprocessors for its `Autograde`.

    Exporter  every submission folder has its row, whatever lies in it
    sanitize  Restore, OverwriteCells, CheckCellMetadata
    autograde Judge, SaveAutoGrades, Record, AssignLatePenalties, CheckCellMetadata

`Exporter` relies on how nbgrader 0.9.6 builds its list of work, which is why that is pinned.
"""

from __future__ import annotations

import atexit
import glob
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    OverwriteCells,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc, rmtree

from autograder import card, course, handin, restore, sandbox
from autograder.judge import Job
from autograder.notebook import Notebook
from autograder.verdict import Verdict
from autograder.worker import Worker

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"

FIGURES = "figures"
_MOVING = re.compile(r"(figures/[\w-]+)\.gif")
_workers: dict[course.Settings, Worker] = {}


def configure(config: Any) -> None:
    """Put convgrade into nbgrader's road; `nbgrader_config.py` calls this with its `c`."""
    # nbgrader starts `alembic` by name, which an environment that is not activated does not find.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader walks through submissions by recursion, and a path may hold 2048 folders (PATH_MAX).
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
    config.Autograde.exporter_class = "autograder.nbgrader_plugin.Exporter"
    config.Autograde.sanitize_preprocessors = [Restore, OverwriteCells, CheckCellMetadata]
    config.Autograde.autograde_preprocessors = [
        *(Judge, SaveAutoGrades, Record, AssignLatePenalties, CheckCellMetadata),
    ]
    config.GenerateFeedback.exporter_class = "autograder.nbgrader_plugin.FeedbackExporter"
    # With release/ committed, a fresh clone would skip making it, and the gradebook would stay empty.
    config.GenerateAssignment.force = True
    config.CourseDirectory.ignore = [
        *(".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.verdict.json", ".submission.json"),
    ]


class Exporter(NotebookExporter):
    """nbconvert's notebook exporter, made to find work for every submission there is.

    It refuses to start where nothing can be isolated, and has a submission graded anew that
    changed, or whose autograded folder is not complete.
    """

    parent: Any
    submitted: Notebook | restore.Unreadable
    """What was handed in for the notebook under way, or why it cannot be read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            sandbox.choose(_settings(self.config).tiers)
        except (sandbox.NoIsolation, course.CourseError) as reason:
            self.log.error("%s", reason)
            raise NbGraderException(str(reason)) from None
        self._hands: dict[Path, tuple[handin.HandIn, dict[str, Path | None]]] = {}
        self.parent.coursedir.get_existing_timestamp = self._timestamp
        directory = self.parent.coursedir
        pattern = directory.format_path(
            directory.submitted_directory, directory.student_id, directory.assignment_id
        )
        for folder in sorted(glob.glob(pattern)):  # noqa: PTH207  as nbgrader itself lists them
            self._take(Path(folder))

    def digest(self, folder: Path) -> str:
        """The digest of a submission."""
        return self._hands[folder][0].digest()

    def files(self, folder: Path) -> dict[str, bytes]:
        """What a student handed in, notebooks by their right names."""
        hand, notebooks = self._hands[folder]
        files = {path.relative_to(folder).as_posix(): path for path in hand.files if path.suffix != ".ipynb"}
        files |= {f"{name}.ipynb": found for name, found in notebooks.items() if found is not None}
        return {name: handin.read(path) for name, path in files.items()}

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Convert a submitted notebook, present and readable or not, or an autograded one."""
        path = Path(filename)
        if path.parent not in self._hands:
            return super().from_filename(filename, resources=resources, **kwargs)
        found = self._hands[path.parent][1][path.stem]
        self.submitted = restore.Unreadable("it was not handed in")
        if found is not None:
            try:
                self.submitted = restore.parse(handin.read(found))
            except restore.Unreadable as reason:
                self.submitted = reason
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        nothing_yet: Any = nbformat.v4.new_notebook()  # Restore fills it
        converted: tuple[Any, Any] = self.from_notebook_node(nothing_yet, resources=resources, **kwargs)
        return converted

    def _take(self, folder: Path) -> None:
        """Have a submission folder graded unless that has been done; leave hostile entries aside."""
        directory = self.parent.coursedir
        found = re.fullmatch(
            directory.format_path(directory.submitted_directory, "(?P<s>.*)", "(?P<a>.*)", escape=True),
            str(folder),
        )
        if found is None:
            return
        assignment, student = found["a"], found["s"]
        source_as_listed = directory.format_path(directory.source_directory, ".", assignment)
        source = Path(source_as_listed)
        names = sorted(path.stem for path in source.glob(f"{directory.notebook_id}.ipynb"))
        hand = handin.look(folder)
        for path, reason in hand.left_aside.items():
            self.log.warning(
                "%s: %s %s; it is left aside", student, path.name.encode("ascii", "replace"), reason
            )
        pages = [path for path in hand.files if path.suffix == ".html"]  # would shadow the feedback
        directory.ignore = [
            *directory.ignore,
            glob.escape(os.path.join(source_as_listed, FIGURES)),  # noqa: PTH118  linked, not copied
            *(glob.escape(str(path)) for path in [*hand.left_aside, *pages]),
        ]
        sources = {name: json.loads((source / f"{name}.ipynb").read_bytes()) for name in names}
        self._hands[folder] = hand, {name: hand.notebook(name, its) for name, its in sources.items()}
        self.parent.assignments[str(folder)] = [str(folder / f"{name}.ipynb") for name in names]
        autograded = Path(directory.format_path(directory.autograded_directory, student, assignment))
        whole = directory.notebook_id == "*"
        if whole and autograded.exists() and not handin.Seen(autograded).is_current(hand.digest(), names):
            self.log.warning("%s: the submission has changed or was not finished; it is graded anew", student)
            rmtree(str(autograded))

    def _timestamp(self, folder: str) -> datetime | None:
        """The timestamp beside a submission; none when the file is not what it should be."""
        try:
            text = handin.read(Path(folder, "timestamp.txt"), limit=200).decode().strip()
            stamp: datetime = parse_utc(text)
        except (restore.Unreadable, ValueError, OverflowError):
            return None
        return stamp


class Restore(NbGraderPreprocessor):
    """Rebuild the submission on the source notebook's skeleton."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The restored notebook; what was repaired goes into its metadata for the judge."""
        del nb  # the exporter has the file as it was handed in
        skeleton = course.skeleton(_source_file(self, resources), _release_folder(self, resources))
        submitted = self.parent.submitted
        if isinstance(submitted, restore.Unreadable):
            restored = restore.restore(skeleton, {"cells": []})
            about = {"unreadable": str(submitted), "notes": []}
        else:
            restored = restore.restore(skeleton, submitted)
            about = {"notes": list(restored.notes)}
        for note in [*about["notes"], about.get("unreadable")]:
            if note:
                self.log.warning("%s, %s: %s", *_ids(resources), note)
        metadata = {**restored.notebook["metadata"], "convgrade": about}
        return nbformat.from_dict({**restored.notebook, "metadata": metadata}), resources


class Judge(NbGraderPreprocessor):
    """Have the restored notebook executed and judged in the judge's process."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The executed notebook with scores and cards; the verdict goes into the resources."""
        ids = resources["nbgrader"]
        about = nb.metadata.get("convgrade", {})
        seed = course.seed(_root(self), ids["student"], ids["assignment"])
        restored = json.loads(json.dumps(nb))
        if "unreadable" in about:
            verdict = restore.unreadable(
                restored,
                assignment=ids["assignment"],
                name=ids["notebook"],
                student=ids["student"],
                seed=seed,
                reason=about["unreadable"],
            )
            resources["convgrade"] = verdict
            return nbformat.from_dict(card.attach(restored, verdict)), resources
        source_file = _source_file(self, resources)
        job = Job(
            assignment=ids["assignment"],
            name=ids["notebook"],
            student=ids["student"],
            seed=seed,
            notebook=restored,
            notes=tuple(about.get("notes", ())),
            files=self.parent.files(_submission_folder(self, resources))
            | course.side_files(source_file.parent),
            earlier=course.earlier_functions(source_file),
            limits=_settings(self.config).limits,
        )
        executed, verdict = _worker(self.config).judge(job)
        resources["convgrade"] = verdict
        if verdict.status != "graded":
            self.log.error("%s, %s: left to a human: %s", *_ids(resources), _trouble(verdict))
        return nbformat.from_dict(executed), resources


class Record(NbGraderPreprocessor):
    """After the scores: leave what could not be judged to a human; keep the verdict as JSON."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook as it is."""
        verdict: Verdict = resources["convgrade"]
        ids = resources["nbgrader"]
        with Gradebook(ids["db_url"]) as gradebook:
            for cell in verdict.cells:
                if cell.status == "grader_error":
                    grade = gradebook.find_grade(
                        cell.grade_id, ids["notebook"], ids["assignment"], ids["student"]
                    )
                    grade.auto_score, grade.needs_manual_grade = None, True
            gradebook.db.commit()
        folder = Path(resources["metadata"]["path"])
        beside = folder / f"{ids['notebook']}.verdict.json"
        beside.unlink(missing_ok=True)
        beside.write_text(json.dumps(verdict.to_json(), indent=1) + "\n")
        _link_figures(_source_file(self, resources).parent, folder)
        handin.Seen(folder).note(self.parent.digest(_submission_folder(self, resources)))
        return nb, resources


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML pages, closed to scripts and to the network, pictures inside."""

    parent: Any

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """A page that shows what it holds and nothing else, whoever wrote it."""
        self.embed_images = True
        directory = self.parent.coursedir
        source = directory.format_path(directory.source_directory, ".", resources["nbgrader"]["assignment"])
        resources["metadata"]["path"] = source  # where the pictures are
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = _MOVING.sub(lambda found: _still(Path(source), found), cell.source)
        page, resources = super().from_notebook_node(nb, resources=resources, **kwargs)
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        fitting = "<style>.rendered_html img, .output_area img { max-width: 100%; height: auto }</style>"
        page = re.sub(r"<script\b[^>]*>.*?</script>", "", page, flags=re.DOTALL | re.IGNORECASE)
        return page.replace("<head>", f"<head>\n{policy}", 1).replace(
            "</head>", f"{fitting}</head>", 1
        ), resources


def _link_figures(source: Path, autograded: Path) -> None:
    """The course's pictures beside an autograded notebook, for formgrader, without a copy a student."""
    link = autograded / FIGURES
    if (source / FIGURES).is_dir() and not os.path.lexists(link):
        link.symlink_to(os.path.relpath(source / FIGURES, autograded), target_is_directory=True)


def _still(source: Path, found: re.Match[str]) -> str:
    """The still picture in place of a moving one, where there is one: a page for each student adds up."""
    still = f"{found[1]}.png"
    return still if (source / still).is_file() else found[0]


def _ids(resources: Any) -> tuple[str, str]:
    return resources["nbgrader"]["student"], resources["nbgrader"]["notebook"]


def _trouble(verdict: Verdict) -> str:
    return "; ".join({cell.message for cell in verdict.cells if cell.status == "grader_error"})


def _settings(config: Any) -> course.Settings:
    return course.settings(dict(config.get(course.SECTION, {})))


def _worker(config: Any) -> Worker:
    settings = _settings(config)
    if settings not in _workers:
        _workers[settings] = Worker(settings)
        atexit.register(_workers[settings].close)
    return _workers[settings]


def _coursedir(preprocessor: NbGraderPreprocessor) -> Any:
    return preprocessor.parent.parent.coursedir  # preprocessor -> exporter -> converter


def _root(preprocessor: NbGraderPreprocessor) -> Path:
    return Path(_coursedir(preprocessor).root)


def _source_file(preprocessor: NbGraderPreprocessor, resources: Any) -> Path:
    directory, ids = _coursedir(preprocessor), resources["nbgrader"]
    folder = directory.format_path(directory.source_directory, ".", ids["assignment"])
    return Path(folder, f"{ids['notebook']}.ipynb")


def _submission_folder(preprocessor: NbGraderPreprocessor, resources: Any) -> Path:
    directory, ids = _coursedir(preprocessor), resources["nbgrader"]
    return Path(directory.format_path(directory.submitted_directory, ids["student"], ids["assignment"]))


def _release_folder(preprocessor: NbGraderPreprocessor, resources: Any) -> Path:
    directory = _coursedir(preprocessor)
    return Path(directory.format_path(directory.release_directory, ".", resources["nbgrader"]["assignment"]))
