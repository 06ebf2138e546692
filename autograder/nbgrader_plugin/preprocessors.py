"""The preprocessors that nbgrader runs on each notebook, between its own.

sanitize   Restore, OverwriteCells, CheckCellMetadata
autograde  Judge, SaveAutoGrades, Record, AssignLatePenalties
generate   nbgrader's own, EmbedPictures
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import notebook
from autograder.judge.verdict import Verdict
from autograder.nbgrader_plugin.exporter import FIGURES
from autograder.notebook import pictures


class Restore(NbGraderPreprocessor):
    """Rebuild the submission on the source notebook's skeleton."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the restored notebook, and log what had to be repaired."""
        del nb  # empty: the exporter has read the submitted file
        student, name = _ids(resources)
        prepared = self.parent.prepared(student, name)
        for note in [*prepared.job.notes, prepared.job.unreadable]:
            if note:
                self.log.warning("%s, %s: %s", student, name, note)
        return nbformat.from_dict(prepared.restored), resources


class Judge(NbGraderPreprocessor):
    """Execute and judge the restored notebook in a judge process."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the executed notebook with scores and cards; put the verdict into `resources`."""
        student, name = _ids(resources)
        restored = json.loads(json.dumps(nb))
        prepared = self.parent.prepared(student, name)
        job = replace(prepared.job, notebook=notebook.bare(restored))
        executed, verdict = self.parent.verdict(job, prepared.fingerprint)
        resources["convgrade"] = verdict
        for cell, done in zip(nb.cells, executed["cells"], strict=True):
            cell.source = notebook.source(done)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = nbformat.from_dict(done.get("outputs", [])), None
        if verdict.status == "grader_error":
            self.log.error("%s, %s: needs manual grading: %s", student, name, _trouble(verdict))
        else:
            nb.metadata.convgrade = prepared.fingerprint
        return nb, resources


class Record(NbGraderPreprocessor):
    """Mark cells that could not be judged for manual grading, and write the verdict as JSON."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook unchanged; write next to it and into the gradebook."""
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
        directory = self.parent.parent.coursedir
        _link_figures(Path(directory.format_path(directory.source_directory, ".", ids["assignment"])), folder)
        if self.parent.progress:
            self.parent.progress.recorded(verdict)
        return nb, resources


class EmbedPictures(NbGraderPreprocessor):
    """Put the still pictures of a lesson's text into the released notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with its pictures as data, so that it can be opened without its folder."""
        folder = Path(resources["metadata"]["path"])
        source = folder / f"{resources['metadata']['name']}.ipynb"
        if notebook.is_plain(json.loads(source.read_bytes())):
            return nb, resources
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = pictures.embedded(cell.source, folder)
        return nb, resources


def _link_figures(source: Path, autograded: Path) -> None:
    """Link the course's pictures next to an autograded notebook, where formgrader looks for them."""
    link = autograded / FIGURES
    if (source / FIGURES).is_dir() and not os.path.lexists(link):
        link.symlink_to(os.path.relpath(source / FIGURES, autograded), target_is_directory=True)


def _ids(resources: Any) -> tuple[str, str]:
    return resources["nbgrader"]["student"], resources["nbgrader"]["notebook"]


def _trouble(verdict: Verdict) -> str:
    return "; ".join({cell.message for cell in verdict.cells if cell.status == "grader_error"})
