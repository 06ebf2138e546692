"""One notebook file graded, with no gradebook."""

from __future__ import annotations

from pathlib import Path

from autograder.course.settings import CourseError, load_config, read_settings
from autograder.course.sources import find_root, find_source
from autograder.grading.worker import Worker
from autograder.judge.verdict import Verdict
from autograder.submission import hand_in, restore
from autograder.submission.submission import Submission


def check_file(path: Path, *, student: str, only: str | None = None, folder: Path | None = None) -> Verdict:
    """The verdict on one notebook file. Raises CourseError and NoIsolation."""
    root = (folder or _course_of(path)).resolve()
    settings = read_settings(load_config(root))
    try:
        cells = restore.parse(hand_in.read(path))["cells"]
    except restore.Unreadable:
        cells = []  # its name alone tells what it should be
    assignment, name, source = find_source(root, path.stem, cells)
    notebooks = _others(path, source) | {name: path}
    submission = Submission(
        root=root,
        settings=settings,
        assignment=assignment,
        student=student,
        source=source.parent,
        release=root / "release" / assignment,
        hand=hand_in.HandIn(path.parent, (), {}),
        notebooks=notebooks,
    )
    worker = Worker(settings)
    try:
        return worker.judge(submission.job(name, only or ""))[1]
    finally:
        worker.close()


def _others(path: Path, source: Path) -> dict[str, Path | None]:
    """The student's notebooks of the same assignment that lie beside this one."""
    names = {other.stem for other in source.parent.glob("*.ipynb")} - {source.stem}
    beside = {name: path.parent / f"{name}.ipynb" for name in names}
    return {name: other for name, other in beside.items() if other.is_file()}


def _course_of(path: Path) -> Path:
    try:
        return find_root(Path.cwd())
    except CourseError:
        return find_root(path.resolve().parent)
