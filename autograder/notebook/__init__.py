"""Notebooks as plain data: what a cell is for (`cells`), its outputs, text and pictures made safe to show."""

from autograder.notebook.cells import (
    Cell,
    Notebook,
    bare,
    bound_names,
    defining_source,
    grade_id,
    grader_metadata,
    is_autograded,
    is_plain,
    is_python,
    is_solution,
    points,
    solution_source,
    source,
    tested_function,
    without_hidden_block,
)

__all__ = [
    "Cell",
    "Notebook",
    "bare",
    "bound_names",
    "defining_source",
    "grade_id",
    "grader_metadata",
    "is_autograded",
    "is_plain",
    "is_python",
    "is_solution",
    "points",
    "solution_source",
    "source",
    "tested_function",
    "without_hidden_block",
]
