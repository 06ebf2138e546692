"""List the submissions that nbgrader's course directory selects."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.settings import Batch, Settings
from autograder.course.sources import read_assignment
from autograder.nbgrader_plugin.late import Deadlines
from autograder.nbgrader_plugin.listing import folders
from autograder.submission import hand_in
from autograder.submission.submission import Submission


def submissions(directory: Any, settings: Settings, batch: Batch) -> list[Submission]:
    """Return the submissions that nbgrader's course directory and the part select, in nbgrader's order."""
    whose = directory.format_path(
        directory.submitted_directory, "(?P<student>.*)", directory.assignment_id, escape=True
    )
    excluded = directory.student_id_exclude.split(",")
    root = Path(directory.root)
    assignment = read_assignment(root, directory.assignment_id, directory.notebook_id)
    deadlines = None
    if settings.early_feedback:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            deadlines = Deadlines(directory, gradebook)
    early = replace(settings, feedback=settings.early_feedback)
    found = []
    for folder in folders(directory, directory.submitted_directory):
        student = re.fullmatch(whose, folder)
        if student is None or student["student"] in excluded or not batch.includes(student["student"]):
            continue
        hand = hand_in.look(Path(folder))
        chosen = early if deadlines and deadlines.is_open(student["student"]) else settings
        found.append(Submission(root, chosen, assignment, student["student"], hand))
    return found
