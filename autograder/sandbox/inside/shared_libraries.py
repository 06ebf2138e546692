"""What is executable before the filter of system calls: mapped while it still can be, and not writable.

The loader knows a library it has mapped, so a later import maps nothing.
"""

from __future__ import annotations

import csv
import ctypes
import mmap
import re
import threading
from collections.abc import Iterable, Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from .call_numbers import call

# Not worth loading: what tests Python itself, and what needs a screen, a terminal, a sound card or a network.
NO_USE = re.compile(
    r"(?:^|/)(?:tests?/|_test|_xxtest|_ctypes_test|xxlimited|_tkinter|_imagingtk|_curses|ossaudiodev|nis\.)"
)


def load(folders: Iterable[str]) -> None:
    """Map every extension module that can be imported from `folders`; importing them comes later.

    One that does not load is left out: importing it would fail as well.
    """
    for path in extension_modules(folders):
        try:
            ctypes.CDLL(path)
        except OSError:
            continue
    first = threading.Thread(target=int)  # the end of a thread loads a library of the C library's own
    first.start()
    first.join()


def extension_modules(folders: Iterable[str]) -> Iterator[str]:
    """Return the paths of the extension modules in `folders` and in the packages installed there."""
    suffixes = tuple(EXTENSION_SUFFIXES)
    for folder in map(Path, folders):
        if not folder.is_dir():
            continue
        names = {entry.name for entry in folder.iterdir()}
        for record in sorted(folder.glob("*.dist-info/RECORD")):  # walking would open a thousand folders
            with record.open(encoding="utf-8", newline="") as lines:
                names |= {line[0] for line in csv.reader(lines) if line}
        for name in sorted(names):
            if name.endswith(suffixes) and not NO_USE.search(name):
                yield str(folder / name)


def drop_writable_code() -> None:
    """Make memory that is executable and can be written, too, no longer executable.

    Importing ctypes or a package may have left some: room for functions made at run time.
    """
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        span, rights = line.split()[:2]
        if "x" in rights and ("w" in rights or "s" in rights):  # shared: perhaps written by another name
            start, end = (int(part, 16) for part in span.split("-"))
            kept = mmap.PROT_READ | (mmap.PROT_WRITE if "w" in rights else 0)
            call("mprotect", start, end - start, kept)
