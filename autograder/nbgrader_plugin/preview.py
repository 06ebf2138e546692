"""Show which marks grading again would change, without writing anything."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from autograder.course.settings import read_batch, read_settings
from autograder.grading.judged_ahead import JudgedAhead
from autograder.grading.store import FOLDER, Store
from autograder.judge import fingerprint
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.autograde import Chosen, class_app, counted, look_for
from autograder.nbgrader_plugin.changed_points import check_points
from autograder.nbgrader_plugin.late import LatePolicy
from autograder.nbgrader_plugin.submissions import submissions
from autograder.nbgrader_plugin.timestamps import timestamp
from autograder.results import verdict_files
from autograder.results.verdict_files import autograded_folder, made_from


@dataclass(frozen=True)
class Change:
    """A notebook that would be graded again; marks are final, late penalties deducted."""

    student: str
    notebook: str
    before: float | None
    """None if there is no mark yet."""
    after: float
    checks: tuple[str, ...]
    """Checks whose points would change, each with the points before and after."""
    why: tuple[str, ...]


def preview(root: Path, chosen: Chosen) -> Iterator[Change]:
    """Yield the marks that grading again would change, notebook by notebook. Write nothing.

    Raises CourseError and NoIsolation.
    """
    app = class_app(root, chosen)
    look_for(root, chosen)
    directory = app.coursedir
    directory.assignment_id, directory.student_id = chosen.assignment, chosen.student
    settings, batch = read_settings(app.config.ConvGrade), read_batch(app.config.ConvGrade)
    with contextlib.chdir(root):
        found = submissions(directory, settings, batch)
        if found:
            check_points(directory, found[0].assignment)
        late = LatePolicy(directory, app.config)
        store = Store(root / FOLDER) if batch.store else None
        ahead = JudgedAhead(iter(found), settings, batch, store, reuse=not chosen.force)
        work = [(each, name) for each in found for name in each.notebooks]
        try:
            for submission, name in tqdm(work, unit=" notebooks"):
                prepared = ahead.prepared(submission.student, name) or submission.prepare(name)
                _, verdict = ahead.verdict(prepared.job, prepared.fingerprint)
                folder = autograded_folder(root, submission.assignment.name, submission.student)
                old, old_fingerprint = _recorded(folder, name)
                why = fingerprint.differences(old_fingerprint, prepared.fingerprint) if old else []
                if old and (other := late.changed.get(submission.student)):
                    why.append(other)
                standing = late.standings.get((submission.student, name)) if old else None
                raw = standing.score(verdict) if standing else verdict.score
                after = raw - late.penalty(submission.student, raw, timestamp(str(submission.hand.folder)))
                before = old.score if old else None
                if standing:
                    before = standing.score() - standing.penalty
                if before != after or (old and old.status != verdict.status) or why:
                    yield Change(submission.student, name, before, after, _checks(old, verdict), tuple(why))
        finally:
            ahead.close()


def described(changes: Sequence[Change]) -> Iterator[str]:
    """Yield lines that describe the changes: student, notebook, marks, reasons, and checks that differ."""
    different = [change for change in changes if change.before != change.after or change.checks]
    for change in different:
        before = "no mark" if change.before is None else f"{change.before:g}"
        why = f" ({'; '.join(change.why)})" if change.why else ""
        yield f"{change.student}  {change.notebook}  {before} -> {change.after:g}{why}"
        yield from (f"    {check}" for check in change.checks if change.before is not None)
    same: dict[tuple[str, ...], set[str]] = {}
    for change in changes:
        if change not in different:
            same.setdefault(change.why, set()).add(change.student)
    for reasons, whom in same.items():
        yield f"{counted(len(whom), 'student')} graded again with the same marks ({'; '.join(reasons)})"
    students = len({change.student for change in different})
    concerned = f"{counted(len(different), 'mark')} of {counted(students, 'student')}"
    yield f"{concerned} would change; nothing was written"


def _checks(old: Verdict | None, new: Verdict) -> tuple[str, ...]:
    before, after = (
        {f"{cell.function}.{check.id}": check.earned for cell in verdict.cells for check in cell.checks}
        if verdict
        else {}
        for verdict in (old, new)
    )
    return tuple(
        f"{name} {before.get(name, 0):g} -> {after.get(name, 0):g}"
        for name in {**before, **after}
        if before.get(name, 0) != after.get(name, 0)
    )


def _recorded(folder: Path, name: str) -> tuple[Verdict | None, dict[str, str]]:
    """Return the verdict in an autograded folder (None if there is none) and its fingerprint."""
    path = folder / f"{name}{verdict_files.SUFFIX}"
    if not path.exists():
        return None, {}
    return verdict_files.read_verdict(path), made_from(folder, name) or {}
