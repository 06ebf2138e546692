"""Copy a folder that somebody else may change meanwhile, as hand-ins in an exchange are theirs still."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NoReturn

from autograder.submission.hand_in import MAX_DEPTH, MAX_ENTRIES, in_order, limit

Ignored = Callable[[str, list[str]], Collection[str]]


def take(source: Path, target: Path, *, owner: int, ignored: Ignored, room: int) -> None:
    """Copy a folder of the user `owner`: regular files, and links as the links they are.

    Nothing is opened by way of a link, whatever is put in its place meanwhile, and nothing waits for a
    pipe. Of a file too large to count, and of too many, only enough is copied for grading to see that.
    Raises OSError, also when there are more than `room` bytes or the folder is not the owner's.
    """
    found, more = False, MAX_ENTRIES + 1
    for here, folders, names, opened in os.fwalk(source, onerror=_raise):
        if not found and os.fstat(opened).st_uid != owner:
            break
        found = True
        place = target / Path(here).relative_to(source)
        place.mkdir()
        left_out = set(ignored(here, [*folders, *names]))
        wanted = [name for name in in_order(folders, names) if name not in left_out][:more]
        more -= len(wanted)
        deep = len(Path(here).parts) - len(source.parts) >= MAX_DEPTH
        folders[:] = [  # without links, which are not entered, nor written through
            name
            for name in folders
            if not deep and name in wanted and not _linked(name, opened, place / name)
        ]
        for name in set(wanted).intersection(names):
            room -= 0 if _linked(name, opened, place / name) else _copied(name, opened, place / name)
            if room < 0:
                raise OSError("it is larger than is allowed")
    if not found:
        raise OSError("it is no folder of that user's any more")


def _linked(name: str, opened: int, target: Path) -> bool:
    """Make a link if there is one, and return whether there is."""
    if not stat.S_ISLNK(os.stat(name, dir_fd=opened, follow_symlinks=False).st_mode):
        return False
    target.symlink_to(os.readlink(name, dir_fd=opened))
    return True


def _copied(name: str, opened: int, target: Path) -> int:
    """Copy a regular file, and return its bytes; leave out anything else."""
    if not stat.S_ISREG(os.stat(name, dir_fd=opened, follow_symlinks=False).st_mode):
        return 0
    with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=opened), "rb") as file:
        status = os.fstat(file.fileno())  # of what is open, if it is no longer the same
        if not stat.S_ISREG(status.st_mode):
            return 0
        data = file.read(limit(target) + 1)
    target.write_bytes(data)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    return len(data)


def _raise(fault: OSError) -> NoReturn:
    raise fault
