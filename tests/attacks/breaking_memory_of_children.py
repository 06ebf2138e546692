"""Attack: many processes that each use what one process may.
Wants: many times the memory allowed.
Honest mark: 22
"""

# %% own
import os, time

for _ in range(8):
    try:
        if os.fork() == 0:
            kept = bytearray(os.urandom(1)) * (400 << 20)
            time.sleep(1000)
    except OSError:
        break
time.sleep(1)
