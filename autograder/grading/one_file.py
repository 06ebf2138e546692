"""Grade one notebook file without a gradebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course.settings import CourseError, Settings, load_config, read_settings
from autograder.course.sources import find_root, find_source, read_assignment
from autograder.grading.worker import Worker, job_line, read_answer

if TYPE_CHECKING:  # what reading a notebook needs is imported while the judge starts
    from autograder.judge.job import Job


def check_file(
    path: Path, *, student: str, only: str | None = None, folder: Path | None = None
) -> dict[str, Any]:
    """Return the verdict on one notebook file, as `convgrade check --json` prints it.

    `only` limits it to functions whose name contains that text. Raises CourseError if the notebook
    belongs to no course or has no such function, and NoIsolation if no sandbox works here.
    """
    root = (folder or _course_of(path)).resolve()
    settings = read_settings(load_config(root))
    worker = Worker(settings)
    worker.start()
    try:
        job = _job(path, root, settings, student, only or "")
        answer = worker.answer(job_line(job))
        found: dict[str, Any] = json.loads(answer).get("verdict") or read_answer(job, answer)[1].to_json()
        return found
    finally:
        worker.close()


def _job(path: Path, root: Path, settings: Settings, student: str, only: str) -> Job:
    """Return the job that a notebook file is. Raises CourseError."""
    from autograder.submission import which
    from autograder.submission.hand_in import HandIn, read_file
    from autograder.submission.reading import MAX_FILE, Unreadable
    from autograder.submission.submission import Submission

    try:
        found = which.cells(path, read_file(path, MAX_FILE))["cells"]
    except Unreadable:
        found = []  # its name alone tells what it should be
    name, notebook, _ = find_source(root, path.stem, found)
    assignment = read_assignment(root, name)
    functions = assignment.functions(notebook)
    if only and not any(only in each for each in functions):
        raise CourseError(f"no function of {notebook} is named like {only!r}; it has {', '.join(functions)}")
    beside = [path.parent / f"{other}.ipynb" for other in assignment.notebooks if other != notebook]
    files = (path, *(file for file in beside if file.is_file() and file != path))
    hand = HandIn(path.parent, files, {})
    submission = Submission(root, settings, assignment, student, hand, given={notebook: path})
    return submission.prepare(notebook, only).job


def _course_of(path: Path) -> Path:
    try:
        return find_root(Path.cwd())
    except CourseError:
        return find_root(path.resolve().parent)
