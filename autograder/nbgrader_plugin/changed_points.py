"""See that cells and points in the source notebooks are those in the gradebook, which count."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from autograder import notebook
from autograder.course.settings import CourseError
from autograder.course.sources import Assignment


def check_points(directory: Any, assignment: Assignment) -> None:
    """Raise CourseError if graded cells or their points have changed since the assignment was generated."""
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        for name, source in assignment.notebooks.items():
            for cell in source["cells"]:
                now = cell["metadata"].get("nbgrader", {}).get("points")
                try:
                    there = gradebook.find_graded_cell(notebook.grade_id(cell), name, assignment.name)
                except MissingEntry:
                    if notebook.grader_metadata(cell).get("grade"):
                        raise CourseError(
                            f"the gradebook does not know the cell {notebook.grade_id(cell)} of {name}; run: "
                            f"nbgrader generate_assignment {assignment.name}, or, if submissions have been "
                            "graded, take the cell out of source/ again: nbgrader takes no new cells then"
                        ) from None
                    continue
                if now is not None and float(now) != there.max_score:
                    raise CourseError(
                        f"{there.name} has {now:g} points in source/ and {there.max_score:g} in the "
                        f"gradebook; run: nbgrader generate_assignment {assignment.name}"
                    )
