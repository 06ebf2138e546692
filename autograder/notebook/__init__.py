"""Notebooks as plain data: what a cell is for (`cells`), what it printed (`outputs`), its `pictures`."""

from autograder.notebook.cells import (
    Cell,
    Notebook,
    bare,
    bound_names,
    grade_id,
    grader_metadata,
    is_autograded,
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
    "grade_id",
    "grader_metadata",
    "is_autograded",
    "is_solution",
    "points",
    "solution_source",
    "source",
    "tested_function",
    "without_hidden_block",
]
