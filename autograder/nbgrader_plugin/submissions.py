"""List the submissions that nbgrader's course directory selects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from autograder.course.settings import Settings
from autograder.course.sources import read_assignment
from autograder.nbgrader_plugin.listing import folders
from autograder.submission import hand_in
from autograder.submission.submission import Submission


def submissions(directory: Any, settings: Settings) -> list[Submission]:
    """Return the submissions that nbgrader's course directory selects, in nbgrader's order."""
    whose = directory.format_path(
        directory.submitted_directory, "(?P<student>.*)", directory.assignment_id, escape=True
    )
    excluded = directory.student_id_exclude.split(",")
    root = Path(directory.root)
    assignment = read_assignment(root, directory.assignment_id, directory.notebook_id)
    found = []
    for folder in folders(directory, directory.submitted_directory):
        student = re.fullmatch(whose, folder)
        if student is None or student["student"] in excluded:
            continue
        hand = hand_in.look(Path(folder))
        found.append(Submission(root, settings, assignment, student["student"], hand))
    return found
