"""Attack: code in nbgrader_config.py, in the sources, the release and the grader's own modules.
Wants: code in the grader's next run.
Honest mark: 22
"""

# %% own
import glob

for path in (
    "CANARY/nbgrader_config.py",
    "CANARY/source/conv2d/1_convolve2d.ipynb",
    "CANARY/release/conv2d/1_convolve2d.ipynb",
    "REPO/nbgrader_config.py",
    "REPO/autograder/evil.py",
    "REPO/conftest.py",
    "SITE/evil.pth",
    "SITE/sitecustomize.py",
):
    try:
        with open(path, "a") as file:
            file.write("\n")
    except OSError:
        pass
