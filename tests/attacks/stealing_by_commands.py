"""Attack: cat, sh, find and git by subprocess, os.system, posix_spawn and exec.
Wants: a program that may read what Python may not.
Honest mark: 8
"""

# %% convolve2d
import os, subprocess

for command in (
    ["cat", "CANARY/gradebook.db"],
    ["/bin/cat", "CANARY/.convgrade-secret"],
    ["/bin/sh", "-c", "cat CANARY/*"],
    ["git", "-C", "REPO", "show", "HEAD:reference/convolution.py"],
    ["/usr/bin/find", "CANARY"],
):
    try:
        print(subprocess.run(command, capture_output=True, timeout=1).stdout)
    except Exception as fault:
        print(type(fault).__name__)
os.system("cp CANARY/gradebook.db .")


def convolve2d(image, kernel, stride=1, padding=0):
    pass
