"""Notebooks as plain data: `cells` says what a cell is for, `outputs` what may be kept of its outputs."""

from autograder.notebook.cells import (
    Cell,
    Notebook,
    bare,
    grade_id,
    grader_metadata,
    is_autograded,
    is_solution,
    points,
    source,
    tested_function,
    without_hidden_block,
)

__all__ = [
    "Cell",
    "Notebook",
    "bare",
    "grade_id",
    "grader_metadata",
    "is_autograded",
    "is_solution",
    "points",
    "source",
    "tested_function",
    "without_hidden_block",
]
