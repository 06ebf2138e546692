"""Attack: files without end, each as large as one file may be.
Wants: a full disk.
Honest mark: 22
"""

# %% own
import os

total = 0
for number in range(60):
    with open(f"big-{number}", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 20 << 20)
