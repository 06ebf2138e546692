"""The folder a student handed in, inspected without trust: it may hold links, pipes and huge files."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.submission.reading import MAX_BYTES, MAX_FILE, Unreadable

MAX_ENTRIES = 500
OURS = ("timestamp.txt", "submission_secret.txt")
MAX_TOTAL = 50 << 20
MAX_NOTEBOOKS = 150 << 20  # of all notebooks and archives, outputs included
MAX_DEPTH, MAX_PATH = 20, 2_000


@dataclass(frozen=True)
class HandIn:
    """One submission folder: the regular files within the size limits, and what was skipped and why."""

    folder: Path
    files: tuple[Path, ...]
    skipped: dict[Path, str]

    def digest(self, contents: Mapping[Path, bytes] | None = None) -> str:
        """Return a hash of all files that count, with their names; `contents` are those read already."""
        total = hashlib.sha256()
        for path in self.files:
            data = (contents or {}).get(path)
            total.update(f"{path.relative_to(self.folder)}\0".encode("utf-8", "surrogateescape"))
            total.update(hashlib.sha256(read_file(path, limit(path)) if data is None else data).digest())
        return total.hexdigest()

    def contents(self) -> dict[Path, bytes]:
        """Read and return every file; skip those that have become unreadable in the meantime."""
        found = {}
        for path in self.files:
            with contextlib.suppress(Unreadable):
                found[path] = read_file(path, limit(path))
        return found


def limit(path: Path) -> int:
    """Return the size up to which a file counts: notebooks may hold outputs that are dropped."""
    return MAX_FILE if is_notebook(path) else MAX_BYTES


def look(folder: Path) -> HandIn:
    """Inspect a submission folder without following links or opening files."""
    files: list[Path] = []
    skipped: dict[Path, str] = {}
    room, entries = {True: MAX_NOTEBOOKS, False: MAX_TOTAL}, 0
    if folder.is_symlink():
        return HandIn(folder, (), {folder: "is a link"})
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in in_order(folders, names):
            path = Path(here, name)
            entries += 1
            if entries > MAX_ENTRIES:
                skipped[folder] = f"holds more than {MAX_ENTRIES} files and folders; the others do not count"
                return HandIn(folder, tuple(files), skipped)
            reason = _objection(path, len(path.parts) - len(folder.parts), room[is_notebook(path)])
            if reason:
                skipped[path] = reason
            elif path.is_file():
                files.append(path)
                room[is_notebook(path)] -= path.stat().st_size
        folders[:] = [name for name in folders if Path(here, name) not in skipped]
    return HandIn(folder, tuple(files), skipped)


def in_order(folders: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return what is in a folder in the order in which it counts, if it is too much: notebooks first."""
    first = {name for name in names if is_notebook(Path(name)) or name in OURS}
    return [*sorted(first), *sorted(folders), *sorted(set(names) - first)]


def read_file(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file. Raises Unreadable for links, special files and oversized files."""
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
    """Return why an entry is skipped; None if it counts."""
    if depth > MAX_DEPTH or len(os.fsencode(path)) > MAX_PATH:
        return "is nested too deep"
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "is a link"
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    if status.st_size > limit(path):
        return f"is too large: it has {status.st_size >> 20} MB, {limit(path) >> 20} are allowed"
    if status.st_size > room:
        return "is too large: with the files before it there is more than is kept"
    if not os.access(path, os.R_OK):
        return "cannot be read"
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "has a name that is not valid text"
    return None


def is_notebook(path: Path) -> bool:
    """Return whether a file is called a notebook or an archive, which may hold some."""
    name = path.name.lower()
    return ".ipynb" in name or name.endswith(".zip")
