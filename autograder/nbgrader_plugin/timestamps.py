"""Read when something was handed in, whatever wrote the file."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import cache
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.submission.hand_in import read_file
from autograder.submission.reading import Unreadable, decoded

FILE = "timestamp.txt"
LONGEST = 1_000


def timestamp(folder: str) -> datetime | None:
    """Return when a submission was handed in; None if its file is missing or broken, with a warning."""
    path = Path(folder, FILE)
    try:
        text = decoded(read_file(path, limit=LONGEST)).strip("\ufeff\0 \t\r\n")
        stamp: datetime = parse_utc(text)
    except (Unreadable, ValueError, OverflowError):
        if path.exists():
            _warn(path)
        return None
    return stamp


@cache
def _warn(path: Path) -> None:
    logging.getLogger("traitlets").warning("%s holds no time; the submission does not count as late", path)
