"""The model answers to questions that are graded by hand, as the source notebooks hold them.

A model answer is the last part of the question's solution, after the words `**Model answer.**`. The
release has no solutions, so students see it only when the course chooses to show it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder import notebook
from autograder.course.settings import CourseError

_SOLUTION = re.compile(r"\s*### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", re.DOTALL)
_ANSWER = re.compile(r"\*\*Model answer\.\*\*\s+(.+)", re.DOTALL)


@dataclass(frozen=True)
class ModelAnswer:
    """One question that is graded by hand, and a good answer to it, both in Markdown."""

    notebook: str
    grade_id: str
    question: str
    answer: str


def model_answers(source: Path) -> list[ModelAnswer]:
    """Return the model answers of a source notebook, in its order; questions without one are left out."""
    found = []
    for cell in json.loads(source.read_bytes())["cells"]:
        text, name = notebook.source(cell), notebook.grade_id(cell)
        solution = _SOLUTION.search(text)
        if name and solution and cell["cell_type"] == "markdown" and (answer := _ANSWER.search(solution[1])):
            question = _SOLUTION.sub("", text).strip()
            found.append(ModelAnswer(source.stem, name, question, answer[1].strip()))
    return found


def of_assignment(root: Path, assignment: str) -> list[ModelAnswer]:
    """Return the model answers of all notebooks of an assignment. Raises CourseError if there are none."""
    folder = root / "source" / assignment
    if not folder.is_dir():
        raise CourseError(f"there is no assignment {assignment}: the folder {folder} is missing")
    found = [answer for path in sorted(folder.glob("*.ipynb")) for answer in model_answers(path)]
    if not found:
        raise CourseError(
            f"{assignment} has no model answers; write them into the solutions of its questions, "
            "after the words **Model answer.**"
        )
    return found
