"""What nbgrader runs of ours: an exporter and three preprocessors for `Autograde`, one for feedback.

    Exporter  every submission folder has its row, whatever lies in it
    sanitize  Restore, OverwriteCells, CheckCellMetadata
    autograde Judge, SaveAutoGrades, Record, AssignLatePenalties

`Exporter` relies on how nbgrader 0.9.6 builds its list of work, which is why that is pinned.
"""

from __future__ import annotations

import functools
import glob
import json
import os
import re
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import nbformat
import nbgrader.api
import nh3
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbgrader.api import Course, Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    OverwriteCells,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc, rmtree
from sqlalchemy import update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from autograder import course, fingerprint, handin, notebook, restore
from autograder.batch import Ahead
from autograder.job import Job
from autograder.notebook import Notebook
from autograder.sandbox.tiers import NoIsolation, possible
from autograder.store import FOLDER, Store
from autograder.submission import Submission
from autograder.verdict import Verdict

# One engine for each gradebook: with the new one that every opening makes, nbgrader compiles all its
# statements anew, several times a notebook, and SQLAlchemy keeps some of what was compiled.
nbgrader.api.create_engine = functools.cache(nbgrader.api.create_engine)

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"

RETRY = "No verdict is lost. Run the same command again when that is mended."
FIGURES = "figures"
_MOVING = re.compile(r"(figures/[\w-]+)\.gif")


_ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {"*": {"class", "id"}}


class Progress(Protocol):
    """Who wants to know how far it is."""

    def begin(self, notebooks: int) -> None:
        """Told how many notebooks are going to be graded."""

    def recorded(self, verdict: Verdict) -> None:
        """Told each verdict when its marks are in the gradebook."""


progress: list[Progress] = []


def configure(config: Any) -> None:
    """Put convgrade into nbgrader's road; `nbgrader_config.py` calls this with its `c`."""
    # nbgrader starts `alembic` by name, which an environment that is not activated does not find.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader walks through submissions by recursion, and a path may hold 2048 folders (PATH_MAX).
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
    config.Autograde.exporter_class = "autograder.nbgrader_plugin.Exporter"
    config.Autograde.sanitize_preprocessors = [Restore, OverwriteCells, CheckCellMetadata]
    config.Autograde.autograde_preprocessors = [
        *(Judge, SaveAutoGrades, Record, AssignLatePenalties),
    ]
    config.GenerateFeedback.exporter_class = "autograder.nbgrader_plugin.FeedbackExporter"
    config.ZipCollectApp.extractor_plugin = "autograder.lms.Extractor"
    config.ZipCollectApp.collector_plugin = "autograder.lms.Collector"
    # With release/ committed, a fresh clone would skip making it, and the gradebook would stay empty.
    config.GenerateAssignment.force = True
    config.CourseDirectory.ignore = [
        *(".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.verdict.json"),
    ]


class Exporter(NotebookExporter):
    """nbconvert's notebook exporter, made to find work for every submission there is.

    It refuses to start where nothing can be isolated, and has a submission graded anew that
    changed, whose tests or settings changed, or whose autograded folder is not complete.
    """

    parent: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            self._start()
        except (NoIsolation, course.CourseError) as reason:
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

    def verdict(self, job: Job) -> tuple[Notebook, Verdict, dict[str, str]]:
        """Executed notebook, verdict and fingerprint of a job. Raises NoIsolation."""
        made_from = self._submissions[job.student].fingerprint(job)
        executed, verdict = self._ahead.verdict(job, made_from)
        self._undecided += verdict.status == "grader_error"
        return executed, verdict, made_from

    def submission(self, student: str) -> Submission:
        """What a student handed in."""
        return self._submissions[student]

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
        section = dict(self.config.get(course.SECTION, {}))
        settings, batch = course.settings(section), course.batch(section)
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
        for each in progress:
            each.begin(sum(len(submission.notebooks) for submission in todo))
        upcoming = ((each, name) for each in todo for name in each.notebooks)
        self._ahead = Ahead(upcoming, settings, batch, store, reuse=not self.parent.force)
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
        listed = directory.format_path(directory.source_directory, ".", submission.assignment)
        unwanted = [
            glob.escape(os.path.join(listed, FIGURES)),  # noqa: PTH118  linked, not copied; "./" stays
            *(glob.escape(str(path)) for path in [*hand.left_aside, *pages]),
        ]
        directory.ignore = [*directory.ignore, *(each for each in unwanted if each not in directory.ignore)]
        self.parent.assignments[str(hand.folder)] = [
            str(hand.folder / f"{name}.ipynb") for name in submission.notebooks
        ]
        autograded = autograded_folder(directory, submission)
        if directory.notebook_id != "*" or self.parent.force or not autograded.exists():
            return True
        if reasons := why_stale(submission, autograded):
            self.log.warning("%s is graded anew: %s", submission.student, "; ".join(reasons))
            rmtree(str(autograded))
        return bool(reasons)


def submissions(directory: Any, settings: course.Settings) -> list[Submission]:
    """The submissions that nbgrader's course directory object is about, in nbgrader's order."""
    pattern = directory.format_path(
        directory.submitted_directory, directory.student_id, directory.assignment_id
    )
    whose = directory.format_path(
        directory.submitted_directory, "(?P<student>.*)", directory.assignment_id, escape=True
    )
    excluded = directory.student_id_exclude.split(",")
    source = Path(directory.format_path(directory.source_directory, ".", directory.assignment_id))
    paths = sorted(source.glob(f"{directory.notebook_id}.ipynb"))
    sources = {path.stem: json.loads(path.read_bytes()) for path in paths}
    found = []
    for folder in sorted(glob.glob(pattern)):  # noqa: PTH207  as nbgrader itself lists them
        student = re.fullmatch(whose, folder)
        if student is None or student["student"] in excluded:
            continue
        hand = handin.look(Path(folder))
        found.append(
            Submission(
                root=Path(directory.root),
                settings=settings,
                assignment=directory.assignment_id,
                student=student["student"],
                source=source,
                release=Path(
                    directory.format_path(directory.release_directory, ".", directory.assignment_id)
                ),
                hand=hand,
                notebooks={name: hand.notebook(name, its) for name, its in sources.items()},
            )
        )
    return found


def autograded_folder(directory: Any, submission: Submission) -> Path:
    """Where a submission's autograded notebooks and verdicts are."""
    path = directory.format_path(directory.autograded_directory, submission.student, submission.assignment)
    return Path(path)


def why_stale(submission: Submission, autograded: Path) -> list[str]:
    """Why a submission has to be graded anew, in words; empty when its autograded folder is current."""
    reasons: dict[str, None] = {}
    for name in submission.notebooks:
        old = made_from(autograded, name)
        if old is None or not (autograded / f"{name}.verdict.json").exists():
            return ["it was not finished"]
        new = submission.fingerprint(submission.job(name))
        reasons |= dict.fromkeys(fingerprint.differences(old, new))
    return list(reasons)


def made_from(autograded: Path, name: str) -> dict[str, str] | None:
    """The fingerprint of what an autograded notebook was made from; None when it was not finished."""
    try:
        found = json.loads((autograded / f"{name}.ipynb").read_bytes())["metadata"]["convgrade"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _try_gradebook(url: str) -> None:
    """Raise CourseError when marks could not be written."""
    try:
        with Gradebook(url) as gradebook:
            gradebook.db.execute(update(Course).values(id=Course.id))
            gradebook.db.rollback()
    except SQLAlchemyError as fault:
        raise course.CourseError(
            f"the gradebook {url} cannot be written: {fault}".split("\n")[0] + "\n" + RETRY
        ) from None


def _timestamp(folder: str) -> datetime | None:
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
        """The restored notebook."""
        del nb  # the exporter has the file as it was handed in
        student, name = _ids(resources)
        restored, unreadable = self.parent.submission(student).restored(name)
        for note in [*restored.notes, unreadable]:
            if note:
                self.log.warning("%s, %s: %s", student, name, note)
        return nbformat.from_dict(restored.notebook), resources


class Judge(NbGraderPreprocessor):
    """Have the restored notebook executed and judged in a judge's process."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The executed notebook with scores and cards; the verdict goes into the resources."""
        student, name = _ids(resources)
        restored = json.loads(json.dumps(nb))
        job = replace(self.parent.submission(student).job(name), notebook=notebook.bare(restored))
        executed, verdict, made_from = self.parent.verdict(job)
        resources["convgrade"] = verdict
        for cell, done in zip(nb.cells, executed["cells"], strict=True):
            cell.source = notebook.source(done)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = nbformat.from_dict(done.get("outputs", [])), None
        if verdict.status == "grader_error":
            self.log.error("%s, %s: left to a human: %s", student, name, _trouble(verdict))
        else:
            nb.metadata.convgrade = made_from
        return nb, resources


class Record(NbGraderPreprocessor):
    """After the scores: leave what could not be judged to a human; keep the verdict as JSON."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook as it is."""
        verdict: Verdict = resources["convgrade"]
        ids = resources["nbgrader"]
        if undecided := [cell for cell in verdict.cells if cell.status == "grader_error"]:
            with Gradebook(ids["db_url"]) as gradebook:
                for cell in undecided:
                    grade = gradebook.find_grade(
                        cell.grade_id, ids["notebook"], ids["assignment"], ids["student"]
                    )
                    grade.auto_score, grade.needs_manual_grade = None, True
                gradebook.db.commit()
        folder = Path(resources["metadata"]["path"])
        beside = folder / f"{ids['notebook']}.verdict.json"
        beside.unlink(missing_ok=True)
        beside.write_text(json.dumps(verdict.to_json(), indent=1) + "\n")
        _link_figures(self.parent.submission(ids["student"]).source, folder)
        for each in progress:
            each.recorded(verdict)
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

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Rendered markdown, with nothing left of it that is not words, tables, links or pictures."""
        return nh3.clean(
            super().markdown2html(context, source),
            attributes=_ATTRIBUTES,
            url_schemes={"data", "http", "https", "mailto"},
            attribute_filter=_link,
        )


def _link(tag: str, attribute: str, value: str) -> str | None:
    """An attribute's value as it may stay: data belongs into pictures, not behind links."""
    return None if (tag, attribute) == ("a", "href") and value.lower().startswith("data:") else value


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
