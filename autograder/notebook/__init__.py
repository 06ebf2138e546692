"""Notebooks as plain data: `cells` tells what a cell is for, `outputs` cleans what it printed and drew."""

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
