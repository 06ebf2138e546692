"""What a process gives up: capabilities, being looked into, outliving its parent."""

from __future__ import annotations

import errno
import os
import signal
import struct

from .call_numbers import call

SET_DEATH_SIGNAL, SET_DUMPABLE, CAPABILITY_BOUND, DROP_FROM_BOUND = 1, 4, 23, 24  # linux/prctl.h
SET_NO_NEW_PRIVILEGES = 38
CAPABILITY_VERSION = 0x20080522  # linux/capability.h


def give_up() -> None:
    """Hold no capability any more, and get none back: neither by a program nor from the bounding set."""
    call("prctl", SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    number = 0
    try:
        while call("prctl", CAPABILITY_BOUND, number, 0, 0, 0) >= 0:
            call("prctl", DROP_FROM_BOUND, number, 0, 0, 0)
            number += 1
    except OSError as end:  # past the last one, or an ordinary user, who has none to lose
        if end.errno not in (errno.EINVAL, errno.EPERM):
            raise
    call("capset", struct.pack("=Ii", CAPABILITY_VERSION, 0), bytes(24))


def die_with(parent: int, by: signal.Signals = signal.SIGKILL) -> None:
    """End when `parent` ends (the thread of it that started this process), or at once when it has ended."""
    call("prctl", SET_DEATH_SIGNAL, by, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def hide(*, hidden: bool) -> None:
    """Keep the memory and descriptors of this process, or no longer, from others of the same user."""
    call("prctl", SET_DUMPABLE, int(not hidden), 0, 0, 0)
