"""List the folders that nbgrader works on, also those in which it would find nothing.

nbgrader 0.9.6 lists notebooks before it makes an exporter, and stops if there are none. But a student may
hand in a folder without any, and has to get a row; it takes a student's id for a pattern, in which
brackets mean something else; and it ends at an id that holds a line break.
"""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any

from nbgrader.converters.base import NbGraderException


def folders(directory: Any, step: str) -> list[str]:
    """Return the folders of a step that the chosen student, or the pattern, stands for.

    Those that nbgrader cannot name are left out, with a line that says so.
    """
    pattern = directory.format_path(step, directory.student_id, directory.assignment_id)
    found = [pattern] if Path(pattern).is_dir() else sorted(glob.glob(pattern))  # noqa: PTH207  "./" stays
    for each in found:
        if "\n" in each:
            directory.log.error("skipped %r: rename it, a student's id holds no line break", each)
    return [each for each in found if "\n" not in each]


def init_notebooks(converter: Any) -> None:
    """List the notebooks in a converter's folders. Raises NbGraderException only if there is no folder."""
    directory, step = converter.coursedir, converter._input_directory  # noqa: SLF001  nbgrader's own hook
    found = folders(directory, step)
    if not found:
        pattern = directory.format_path(step, directory.student_id, directory.assignment_id)
        message = f"No notebooks were matched by '{pattern}'"
        converter.log.error(message)
        raise NbGraderException(message)
    converter.notebooks = []
    converter.assignments = {
        folder: listed
        for folder in found
        if (listed := [str(path) for path in sorted(Path(folder).glob(f"{directory.notebook_id}.ipynb"))])
    }
