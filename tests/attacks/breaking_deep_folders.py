"""Attack: a folder in a folder in a folder, five thousand deep, deeper than a path may be long.
Wants: a clean-up that runs out of stack, or of path.
Honest mark: 22
"""

# %% own
import os

here = os.getcwd()
for _ in range(5000):
    os.mkdir("d")
    os.chdir("d")
os.chdir(here)
