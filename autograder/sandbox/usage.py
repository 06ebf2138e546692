"""What a sandbox uses: processes and threads, as /proc shows them to its owner, and disk."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

LONGEST_PATH = 1_000  # of what a student's code may lay out: to look through deeper ones takes long


def children(pid: int) -> list[int]:
    """Children of a process, all its threads counted; empty when it is gone."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def threads(pid: int) -> int:
    """How many threads a process has; 0 when it is gone."""
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
    return 0


def bytes_on_disk(folder: Path, most: int) -> float:
    """Bytes on disk of all below a folder; infinite when it is too deep or has more than `most` entries."""
    total, entries, folders = 0, 0, [str(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as found:
            for entry in found:
                total += entry.stat(follow_symlinks=False).st_blocks * 512
                entries += 1
                if entries > most or len(entry.path) > LONGEST_PATH:
                    return float("inf")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return total
