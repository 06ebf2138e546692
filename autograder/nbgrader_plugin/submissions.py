"""The submissions that nbgrader's course directory object is about."""

from __future__ import annotations

import glob
import json
import re
from pathlib import Path
from typing import Any

from autograder.course.settings import Settings
from autograder.judge import fingerprint
from autograder.results.verdict_files import made_from
from autograder.submission import hand_in
from autograder.submission.submission import Submission


def submissions(directory: Any, settings: Settings) -> list[Submission]:
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
        hand = hand_in.look(Path(folder))
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
