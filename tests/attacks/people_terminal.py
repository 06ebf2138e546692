"""Attack: types into the terminal of whoever grades, and takes it over.
Wants: commands that the teacher's shell runs.
Honest mark: 22
"""


# %% own
import contextlib
import fcntl
import os

descriptors = list(range(16))
for name in ("/dev/tty", "/dev/console", "/dev/tty0", "/dev/ptmx", "/proc/self/fd/0", "/proc/self/fd/2"):
    with contextlib.suppress(OSError):
        descriptors.append(os.open(name, os.O_RDWR | os.O_NOCTTY))
done = []
for descriptor in descriptors:
    for letter in b"touch /tmp/typed\n":
        with contextlib.suppress(OSError):
            fcntl.ioctl(descriptor, 0x5412, bytes([letter]))  # TIOCSTI
            done.append(descriptor)
    for request in (0x540E, 0x541D, 0x541C):  # TIOCSCTTY, TIOCCONS, TIOCLINUX
        with contextlib.suppress(OSError):
            fcntl.ioctl(descriptor, request, b"\x02" * 8)
            done.append(descriptor)
assert not done, done
