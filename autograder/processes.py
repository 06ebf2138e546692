"""Processes of a sandbox, as /proc shows them to its owner."""

from __future__ import annotations

import contextlib
from pathlib import Path


def children(pid: int) -> list[int]:
    """Children of a process, all its threads counted; empty when it is gone."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def descendants(pid: int) -> list[int]:
    """All that a process has started, directly or not."""
    found = children(pid)
    for child in found:  # grows while it is walked
        found += children(child)
    return found


def private_memory(pid: int) -> int:
    """Bytes of memory that lie in no file: what a process allocated itself, or has from its parent."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path(f"/proc/{pid}/status").read_text(errors="replace")
        return int(status.split("RssAnon:")[1].split()[0]) << 10
    return 0
