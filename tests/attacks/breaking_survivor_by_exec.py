"""Attack: a survivor that executes another program, without environment, in another folder.
Wants: not to be found by its name.
Honest mark: 22
"""

# %% own
import os, sys

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.chdir("/")
    os.execve(
        sys.executable,
        ["sleep", "-S", "-c", "import time; time.sleep(600)"],
        {"PYTHONHOME": os.environ["PYTHONHOME"]},
    )
