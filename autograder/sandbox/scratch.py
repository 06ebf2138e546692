"""Temporary folders, and those that a killed process could not remove any more.

Whoever uses a folder holds a lock on it, which ends with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PREFIX = "cgjudge-"  # short, because paths of sockets are
OLD_SECONDS = 3600.0  # a younger one may have no lock yet


def make() -> tuple[Path, int]:
    """Make a temporary folder; return it and its lock's descriptor, for its remover to close.

    What others have left behind is removed on the way.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _abandoned(folder):
            remove(folder)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def remove(folder: Path) -> None:
    """Remove a folder, however deep or locked what a student's code has left in it; of a link, the link."""
    if folder.is_symlink():  # chmod would follow it
        folder.unlink()
        return
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, str(folder)], capture_output=True, check=False)


def _abandoned(folder: Path) -> bool:
    """Return whether one of our folders is old and nobody holds its lock."""
    try:
        found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # somebody else's, or gone
        return False
    try:
        state = os.fstat(found)
        if state.st_uid != os.geteuid() or time.time() - state.st_mtime < OLD_SECONDS:
            return False
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # in use
        return False
    finally:
        os.close(found)
    return True
