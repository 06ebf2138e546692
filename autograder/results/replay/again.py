"""Grade the function of a failed check again, in the sandbox."""

from __future__ import annotations

from pathlib import Path

from autograder.course.settings import CourseError
from autograder.course.sources import read_assignment
from autograder.grading.one_file import check_file
from autograder.results.replay.find import Failed
from autograder.submission import hand_in
from autograder.submission.which import choose


def judge_again(root: Path, failed: Failed) -> str:
    """Grade the function of a failed check again, as it was handed in, and return the result in words.

    Raises CourseError if the submission is missing, and NoIsolation if no sandbox works here.
    """
    verdict = failed.verdict
    folder = root / "submitted" / verdict.student / verdict.assignment
    assignment = read_assignment(root, verdict.assignment)
    hand = hand_in.look(folder)
    path = choose(hand, hand.contents(), assignment)[verdict.notebook].path
    if path is None:
        raise CourseError(f"{verdict.notebook}.ipynb is not in {folder}, so it cannot be graded again")
    now = check_file(path, student=verdict.student, only=failed.cell.function, folder=root)
    results = [
        result
        for cell in now["cells"]
        if cell["function"] == failed.cell.function
        for result in cell["checks"]
        if result["id"] == failed.check.id
    ]
    if now["status"] != "graded" or not results:
        reasons = "; ".join(cell["message"] for cell in now["cells"])
        return f"{failed.name} could not be judged again: {reasons}"
    words = {"failed": "still fails", "passed": "passes now", "skipped": "is no longer tried"}
    status = results[0]["status"]
    said = f"{failed.name} {words.get(status, status)}"
    return said if status == "passed" else f"{said}: {results[0]['message']}"
