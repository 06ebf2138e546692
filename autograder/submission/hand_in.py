"""What a student handed in, looked at with care: a folder may hold links, pipes, giants and lies."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.submission.restore import MAX_BYTES, Unreadable, parse

MAX_ENTRIES = 1_000
MAX_TOTAL = 50 << 20
MAX_DEPTH, MAX_PATH = 20, 2_000
_COPY = re.compile(r"[ _-]*(\(\d+\)|copy\d*)$", re.IGNORECASE)


@dataclass(frozen=True)
class HandIn:
    """One submission folder: regular files of bearable size, and what was left aside and why."""

    folder: Path
    files: tuple[Path, ...]
    left_aside: dict[Path, str]

    def digest(self) -> str:
        """Return what changes whenever a file that counts does."""
        total = hashlib.sha256()
        for path in self.files:
            total.update(f"{path.relative_to(self.folder)}\0".encode("utf-8", "surrogateescape"))
            total.update(hashlib.sha256(read_file(path)).digest())
        return total.hexdigest()

    def contents(self) -> dict[Path, bytes]:
        """Read every file; what has become unreadable meanwhile is left out."""
        found = {}
        for path in self.files:
            with contextlib.suppress(Unreadable):
                found[path] = read_file(path)
        return found

    def notebook(self, name: str, source: notebook.Notebook) -> Path | None:
        """The file that is the notebook `name`: by its name, a mangled form of it, or by its ids."""
        found = [path for path in self.files if path.parent == self.folder and path.suffix == ".ipynb"]
        for fits in (
            lambda path: path.stem == name,
            lambda path: _COPY.sub("", path.stem).strip().lower() == name.lower(),
            lambda path: _shared_ids(path, source) > 0,
        ):
            if matching := [path for path in found if fits(path)]:
                return max(matching, key=lambda path: path.stat().st_mtime)
        return None


def look(folder: Path) -> HandIn:
    """Go through a submission folder without following, opening or trusting anything."""
    files: list[Path] = []
    left_aside: dict[Path, str] = {}
    room, entries = MAX_TOTAL, 0
    if folder.is_symlink():
        return HandIn(folder, (), {folder: "is a link"})
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in [*folders, *sorted(names)]:
            path = Path(here, name)
            entries += 1
            reason = _objection(path, len(path.parts) - len(folder.parts), room)
            if entries > MAX_ENTRIES:
                reason = f"is beyond the first {MAX_ENTRIES} entries"
            if reason:
                left_aside[path] = reason
            elif path.is_file():
                files.append(path)
                room -= path.stat().st_size
        folders[:] = [name for name in folders if Path(here, name) not in left_aside]
    return HandIn(folder, tuple(files), left_aside)


def read_file(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. Raises Unreadable for anything else, links and giants included."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as fault:
        raise Unreadable(f"the file cannot be opened ({fault.strerror})") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("it is no regular file")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            raise Unreadable(f"the file has {status.st_size >> 20} MB, {limit >> 20} are allowed")
        return file.read(limit)


def _objection(path: Path, depth: int, room: int) -> str | None:
    """Why an entry does not count, or None."""
    if depth > MAX_DEPTH or len(os.fsencode(path)) > MAX_PATH:
        return "lies too deep"
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "is a link"
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return "is no regular file"
    if status.st_size > room or status.st_size > MAX_BYTES:
        return "is too large"
    if not os.access(path, os.R_OK):
        return "cannot be read"
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "has a name that is no text"
    return None


def _shared_ids(path: Path, source: notebook.Notebook) -> int:
    def ids(nb: dict[str, Any]) -> set[str | None]:
        cells = (cell for cell in nb["cells"] if isinstance(cell, dict))
        return {notebook.grade_id(cell) for cell in cells} - {None}

    try:
        return len(ids(parse(read_file(path))) & ids(source))
    except Unreadable:
        return 0
