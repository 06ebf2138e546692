"""Grade one notebook file without a gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.settings import CourseError, load_config, read_settings
from autograder.course.sources import find_root, find_source, read_assignment
from autograder.grading.worker import Worker
from autograder.submission import which
from autograder.submission.hand_in import HandIn, read_file
from autograder.submission.reading import MAX_FILE, Unreadable
from autograder.submission.submission import Submission

if TYPE_CHECKING:
    from autograder.judge.verdict import Verdict


def check_file(path: Path, *, student: str, only: str | None = None, folder: Path | None = None) -> Verdict:
    """Return the verdict on one notebook file; `only` limits it to functions whose name contains that text.

    Raises CourseError if the notebook belongs to no course, and NoIsolation if no sandbox works here.
    """
    root = (folder or _course_of(path)).resolve()
    settings = read_settings(load_config(root))
    try:
        found = which.cells(path, read_file(path, MAX_FILE))["cells"]
    except Unreadable:
        found = []  # its name alone tells what it should be
    name, notebook, _ = find_source(root, path.stem, found)
    worker = Worker(settings)
    worker.start()  # and prepare the job meanwhile
    try:
        assignment = read_assignment(root, name)
        beside = [path.parent / f"{other}.ipynb" for other in assignment.notebooks if other != notebook]
        files = (path, *(file for file in beside if file.is_file() and file != path))
        hand = HandIn(path.parent, files, {})
        submission = Submission(root, settings, assignment, student, hand, given={notebook: path})
        job = submission.prepare(notebook, only or "").job
        from autograder.judge import summary  # noqa: F401  with what reading the answer needs

        return worker.judge(job)[1]
    finally:
        worker.close()


def _course_of(path: Path) -> Path:
    try:
        return find_root(Path.cwd())
    except CourseError:
        return find_root(path.resolve().parent)
