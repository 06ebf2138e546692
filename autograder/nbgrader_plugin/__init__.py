"""The only package that knows nbgrader's converters: `configure` hooks convgrade into nbgrader.

    to_grade       finds the submissions that `nbgrader autograde` has to grade
    stale          says why a graded one has to be graded again
    preprocessors  run on each notebook: restore, judge
    recorder       writes what was judged
    gradebook      saves the scores of many students at a time
    late           deducts for lateness; honours extensions
    autograde      grades a whole class in parallel
    preview        shows which marks grading again would change
    watch          does all this as hand-ins come in
    feedback       writes the pages students read
    overview       says what stands on top of them

Classes are named as text here, so that reading the configuration does not import nbgrader.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def configure(config: Any) -> None:
    """Hook convgrade into nbgrader. Call this from a course's `nbgrader_config.py` with its `c`."""
    # nbgrader starts `alembic` by name, which fails if the environment is not activated.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader copies submissions recursively, and a path may contain 2048 folders (PATH_MAX).
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
    ours, theirs = "autograder.nbgrader_plugin", "nbgrader.preprocessors"
    config.Autograde.exporter_class = f"{ours}.to_grade.Exporter"
    config.Autograde.sanitize_preprocessors = [
        f"{ours}.preprocessors.Restore",
        f"{ours}.preprocessors.Overwrite",
        f"{ours}.preprocessors.Check",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{ours}.preprocessors.Judge",
        f"{ours}.preprocessors.SaveGrades",
        f"{theirs}.AssignLatePenalties",
    ]
    config.GenerateAssignment.preprocessors.append(f"{ours}.preprocessors.EmbedPictures")
    # A page shows marks and comments of now; nbgrader would keep it until something is handed in again.
    config.GenerateFeedback.force = True
    config.GenerateFeedback.preprocessors = [f"{ours}.feedback.Grades"]
    config.GenerateFeedback.exporter_class = f"{ours}.feedback.FeedbackExporter"
    config.ZipCollectApp.extractor_plugin = "autograder.lms.collect.Extractor"
    config.ZipCollectApp.collector_plugin = "autograder.lms.collect.Collector"
    # With release/ committed, a fresh clone would skip making it, and the gradebook would stay empty.
    config.GenerateAssignment.force = True
    config.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "feedback",
        "*.verdict.json",
        "__MACOSX",
        "._*",  # macOS writes one for each file; nbgrader would take it for a notebook and give no feedback
    ]
