"""Begin a course: a folder of its own made from what is installed, or two lines in a config that is there."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import files
from pathlib import Path

from autograder.course.settings import CONFIG, CourseError

INSTALLED = Path(__file__).parents[2]
IMPORT, CALL = "from autograder.nbgrader_plugin import configure", "configure(c)"
LESSONS = ("conv2d", "conv_arithmetic")
README = """# {name}

A course made by `convgrade init`. Run all commands in this folder, or add `--course {name}`
to those of convgrade.

| to | run |
|---|---|
| create the student version | `nbgrader generate_assignment conv2d` |
| grade the submissions in `submitted/STUDENT/conv2d/` | `convgrade grade conv2d` |
| write a feedback page for each student | `nbgrader generate_feedback conv2d` |
| see what the class got wrong | `convgrade report conv2d` |
| begin an exercise of your own | `convgrade exercise new NAME --notebook source/ASSIGNMENT/NOTEBOOK.ipynb` |
| see whether its tests do what they must | `convgrade exercise test NAME` |
| check which sandbox works here | `convgrade doctor` |

`source/` holds the lessons with their answers, `exercises/` the answers and hidden tests of exercises of
your own, and `nbgrader_config.py` the settings. Give students what is in `release/`. Keep
`.convgrade-secret` with the gradebook.
"""


def material() -> Path:
    """Return the folder of the lessons and their settings: this repository, or what a wheel has installed."""
    if (INSTALLED / "source").is_dir():
        return INSTALLED
    found = next((each for each in files("convgrade") or () if each.name == CONFIG), None)
    if found is None:
        raise CourseError("the lessons are missing from this installation; install convgrade again with pip")
    return Path(str(found.locate())).resolve().parent


def init(folder: Path) -> list[str]:
    """Make a course in `folder`, and return what was done. Raises CourseError if it holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(
            f"{folder} is not empty; choose another folder, "
            "or run `convgrade init --here` in a course of yours"
        )
    origin, name = material(), re.sub(r"\W+", "-", folder.absolute().name).strip("-") or "course"
    for lesson in LESSONS:
        shutil.copytree(
            origin / "source" / lesson,
            folder / "source" / lesson,
            ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"),
        )
    settings = (origin / CONFIG).read_text()
    (folder / CONFIG).write_text(settings.replace('course_id = "convgrade"', f'course_id = "{name}"'))
    (folder / "README.md").write_text(README.format(name=folder))
    return [
        f"{folder} is a course with the lessons {' and '.join(LESSONS)}; its README.md says what to run.",
        f"Next: cd {folder} && nbgrader generate_assignment {LESSONS[0]}",
    ]


def adopt(folder: Path) -> list[str]:
    """Add convgrade to the nbgrader course in `folder`, and return what was done. Raises CourseError."""
    path = folder / CONFIG
    if not path.is_file():
        raise CourseError(f"{folder} has no {CONFIG}; make a course with: convgrade init FOLDER")
    text = path.read_text()
    lines = [line.strip() for line in text.splitlines()]
    if IMPORT in lines and CALL in lines:
        return [f"{path} uses convgrade already; nothing was changed."]
    path.write_text(f"{text.rstrip()}\n\n{IMPORT}\n{CALL}\n")
    return [
        f"Added two lines at the end of {path}:",
        f"    {IMPORT}",
        f"    {CALL}",
        "Assignments without a line `# convgrade:` are graded by their asserts, as before.",
    ]
