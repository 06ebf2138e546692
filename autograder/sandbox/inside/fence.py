"""The files a process may open: Landlock, from its first version on (Linux 5.13), by plain system calls.

What later versions govern beyond files opened by name (controls of devices, TCP, signals, abstract
sockets) is asked for where it is there; the filter of system calls (`allowed_calls`) refuses it everywhere.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Iterable

from .call_numbers import call

NEWEST = 6
"""The last version that adds something of use here."""
ASK_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION, and below LANDLOCK_ACCESS_FS_*: linux/landlock.h
PATH_BENEATH = 1
WRITE, READ, LIST, REMOVE_FOLDER, REMOVE = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
FOLDER, FILE, LINK = 1 << 7, 1 << 8, 1 << 12  # that may be made; devices, sockets and pipes may not
REFER, TRUNCATE, CONTROL = 1 << 13, 1 << 14, 1 << 15
OF_VERSION_1 = (1 << 13) - 1
ADDED = {2: REFER, 3: TRUNCATE, 5: CONTROL}
OF_FILES = WRITE | READ | TRUNCATE  # rights that mean something for a single file
BIND_AND_CONNECT = 1 | 2  # TCP, since version 4
SOCKETS_AND_SIGNALS = 1 | 2  # of processes outside, since version 6


def version() -> int:
    """Return the version of Landlock that the kernel reports, 0 when it has none."""
    try:
        return call("landlock_create_ruleset", None, 0, ASK_VERSION)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], newest: int = NEWEST) -> None:
    """Keep this process and its children from opening anything that is not beneath one of these paths.

    A path that does not exist is passed over. `newest` bounds the version asked for. Raise OSError
    when the kernel refuses.
    """
    rules, handled = _ruleset(min(version(), newest))
    to_read = READ | LIST
    to_write = to_read | WRITE | REMOVE | REMOVE_FOLDER | FILE | FOLDER | LINK | handled & (REFER | TRUNCATE)
    try:
        for path in readable:
            _allow(rules, path, to_read)
        for path in writable:
            _allow(rules, path, to_write)
        call("landlock_restrict_self", rules, 0)
    finally:
        os.close(rules)


def _ruleset(newest: int) -> tuple[int, int]:
    """Return an empty ruleset, and the rights to files that it governs.

    A version is believed when it works: some kernels report one whose attributes they do not know.
    """
    for each in range(newest, 0, -1):
        handled = OF_VERSION_1 | sum(right for since, right in ADDED.items() if since <= each)
        attributes = struct.pack("=Q", handled)
        if each >= 4:
            attributes += struct.pack("=Q", BIND_AND_CONNECT)
        if each >= 6:
            attributes += struct.pack("=Q", SOCKETS_AND_SIGNALS)
        try:
            return call("landlock_create_ruleset", attributes, len(attributes), 0), handled
        except OSError as fault:
            if fault.errno not in (errno.EINVAL, errno.E2BIG):
                raise
    raise OSError(errno.EOPNOTSUPP, "the kernel offers no Landlock")


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        found = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(found).st_mode):
            rights &= OF_FILES
        call("landlock_add_rule", rules, PATH_BENEATH, struct.pack("=Qi", rights, found), 0)
    finally:
        os.close(found)
