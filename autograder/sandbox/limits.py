"""What a submission may use. CPU time decides; wall time backs it up for code that only waits."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds of CPU time, bytes and counts; the defaults suit an ordinary course."""

    call_seconds: float = 4.0
    """CPU time of one call (or one short series of calls) of the student's function."""
    cell_seconds: float = 10.0
    """CPU time of one notebook cell."""
    notebook_seconds: float = 120.0
    """CPU time of a whole notebook, retries included."""
    waiting_factor: float = 5.0
    """Wall time allowed, as a multiple of the CPU time allowed."""
    memory: int = 1024 * MIB
    """Address space of a kernel, which is a single process."""
    threads: int = 32
    """Threads a kernel may have at a time."""
    file_size: int = 20 * MIB
    """Size of a file a student's code may write."""
    folder_size: int = 200 * MIB
    """Size of all files a student's code may keep at a time, what was handed in included."""
    folder_entries: int = 5_000
    """Number of files and folders it may keep at a time."""
    open_files: int = 256
    """File descriptors of a kernel."""
    cell_outputs: int = 8 * MIB
    """Text and pictures that are kept of one cell, in bytes of the notebook."""
    notebook_outputs: int = 16 * MIB
    """Text and pictures that are kept of a whole notebook."""

    def resource_limits(self) -> dict[str, int]:
        """Return what the kernel process sets itself before a student's code runs."""
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_FSIZE": self.file_size,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }
