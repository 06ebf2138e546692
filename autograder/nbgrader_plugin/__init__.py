"""The one place that knows nbgrader's converters: `configure` hooks convgrade into nbgrader.

    exporter       makes `nbgrader autograde` find work for every submission
    preprocessors  what autograding runs on each notebook
    autograde      a whole class at once, and `preview`: which marks would change
    feedback       the pages students read

Everything is named by text here, so that reading a configuration loads no part of nbgrader.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def configure(config: Any) -> None:
    """Hook convgrade into nbgrader; a course's `nbgrader_config.py` calls this with its `c`."""
    # nbgrader starts `alembic` by name, which an environment that is not activated does not find.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader walks through submissions by recursion, and a path may hold 2048 folders (PATH_MAX).
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
    ours, theirs = "autograder.nbgrader_plugin", "nbgrader.preprocessors"
    config.Autograde.exporter_class = f"{ours}.exporter.Exporter"
    config.Autograde.sanitize_preprocessors = [
        f"{ours}.preprocessors.Restore",
        f"{theirs}.OverwriteCells",
        f"{theirs}.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{ours}.preprocessors.Judge",
        f"{theirs}.SaveAutoGrades",
        f"{ours}.preprocessors.Record",
        f"{theirs}.AssignLatePenalties",
    ]
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
    ]
