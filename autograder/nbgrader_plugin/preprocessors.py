"""The preprocessors that nbgrader runs on each notebook, between its own.

sanitize   Restore, Overwrite, Check
autograde  Judge, SaveGrades, AssignLatePenalties
generate   nbgrader's own, EmbedPictures
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata, NbGraderPreprocessor, OverwriteCells, SaveAutoGrades
from nbgrader.utils import is_locked

from autograder import notebook
from autograder.judge.verdict import Verdict
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
        return _nodes(prepared.restored), resources


class Overwrite(OverwriteCells):
    """nbgrader's check of cells against the gradebook, done once for all notebooks that have the same.

    Where it changes anything but checksums, it is done again, so that it says so for each of them.
    """

    _good: Mapping[str, Sequence[Mapping[str, str]]] = MappingProxyType({})

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with the types, points and checksums that the gradebook has."""
        self.notebook_id, self.assignment_id = (
            resources["nbgrader"][key] for key in ("notebook", "assignment")
        )
        seen = self._seen(nb)
        if checksums := self._good.get(seen):
            for cell, checksum in zip(_of_nbgrader(nb), checksums, strict=True):
                cell["metadata"]["nbgrader"] |= checksum
            return nb, resources
        self.gradebook = self.parent.cells
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        if self._seen(nb) == seen:
            its = [cell["metadata"]["nbgrader"] for cell in _of_nbgrader(nb)]
            self._good = {
                **self._good,
                seen: [{"checksum": each["checksum"]} if "checksum" in each else {} for each in its],
            }
        return nb, resources

    def _seen(self, nb: Any) -> str:
        """Return all that is compared with the gradebook."""
        parts: list[Any] = [self.notebook_id]
        for cell in _of_nbgrader(nb):
            its = {**cell["metadata"]["nbgrader"], "checksum": ""}
            parts.append((cell["cell_type"], its, cell["source"] if is_locked(cell) else ""))
        return json.dumps(parts)


class Check(CheckCellMetadata):
    """nbgrader's check of its metadata, done once for all notebooks that have the same."""

    _good: frozenset[str] = frozenset()

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook unchanged. Raises nbgrader's ValidationError."""
        seen = json.dumps([(cell["cell_type"], cell["metadata"]["nbgrader"]) for cell in _of_nbgrader(nb)])
        if seen not in self._good:
            super().preprocess(nb, resources)
            self._good |= {seen}
        return nb, resources


class Judge(NbGraderPreprocessor):
    """Execute and judge the restored notebook in a judge process."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the executed notebook with scores and cards; put the verdict into `resources`."""
        student, name = _ids(resources)
        prepared = self.parent.prepared(student, name)
        job = replace(prepared.job, notebook=notebook.bare(nb))
        executed, verdict = self.parent.verdict(job, prepared.fingerprint)
        resources["convgrade"] = verdict
        for cell, done in zip(nb.cells, executed["cells"], strict=True):
            its: dict[str, Any] = {"source": notebook.source(done)}
            if cell["cell_type"] == "code":
                its |= {"outputs": _nodes(done.get("outputs", [])), "execution_count": None}
            dict.update(cell, its)  # a node's own method looks at each part again
        if verdict.status == "grader_error":
            self.log.error("%s, %s: needs manual grading: %s", student, name, _trouble(verdict))
        else:
            nb.metadata.convgrade = prepared.fingerprint
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """nbgrader's, but what was graded by hand is flagged again only if answer or points have changed."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        where = (self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], *where)
        before, flagged = grade.auto_score, grade.needs_manual_grade
        super()._add_score(cell, resources)
        settled = grade.manual_score is not None and grade.auto_score == before
        if settled and self.student_id in self.parent.same_hand_in:
            grade.needs_manual_grade = flagged


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


def _of_nbgrader(nb: Any) -> list[Any]:
    """Return the cells that nbgrader knows."""
    return [cell for cell in nb["cells"] if "nbgrader" in cell["metadata"]]


def _nodes(part: Any) -> Any:
    """Return plain data as nbformat's nodes, as its own function does, which calls itself for each text."""
    if isinstance(part, dict):
        return NotebookNode(zip(part, _nodes([*part.values()]), strict=True))
    return [_nodes(each) if isinstance(each, dict | list) else each for each in part]


def _ids(resources: Any) -> tuple[str, str]:
    return resources["nbgrader"]["student"], resources["nbgrader"]["notebook"]


def _trouble(verdict: Verdict) -> str:
    return "; ".join({cell.message for cell in verdict.cells if cell.status == "grader_error"})
