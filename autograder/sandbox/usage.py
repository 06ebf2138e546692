"""What a sandbox uses: processes and threads, as /proc shows them to its owner, and disk."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

LONGEST_PATH = 1_000  # of what a student's code may lay out: to look through deeper ones takes long


def children(pid: int) -> list[int]:
    """Return the children of a process, all its threads counted; empty when it is gone."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def threads(pid: int) -> int:
    """Return how many threads a process has; 0 when it is gone."""
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/task") as found:
        return sum(1 for _ in found)
    return 0


def bytes_on_disk(folder: Path, most: int) -> float:
    """Return the bytes on disk of all below a folder.

    Infinite when it is too deep, has more than `most` entries or holds a folder that cannot be listed.
    """
    total, entries, folders = 0, 0, [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                for entry in found:
                    entries += 1
                    with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entries > most or len(entry.path) > LONGEST_PATH:
                        return float("inf")
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except PermissionError:
            return float("inf")
        except OSError:  # gone meanwhile
            continue
    return total


def bytes_unlinked(pid: int) -> int:
    """Return the bytes on disk of the files that a process holds open and that no folder names any more."""
    files: dict[tuple[int, int], int] = {}
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as found:
        for opened in found:
            with contextlib.suppress(OSError):  # closed meanwhile
                status = opened.stat()
                if not status.st_nlink and stat.S_ISREG(status.st_mode):
                    files[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(files.values())
