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
EXAMPLE = ("word_count", "source/words/1_words.ipynb")
"""An exercise of the course's own, and its notebook."""
README = """# {name}

A course made by `convgrade init`. Run all commands in this folder, or add `--course {name}`
to those of convgrade.

| to | run |
|---|---|
| create the student version, `release/words/` | `nbgrader generate_assignment words` |
| grade the submissions in `submitted/STUDENT/words/` | `convgrade grade words` |
| write a feedback page for each student | `nbgrader generate_feedback words` |
| see what the class got wrong | `convgrade report words` |
| begin an exercise of your own | `convgrade exercise new NAME --notebook source/ASSIGNMENT/NOTEBOOK.ipynb` |
| see whether its tests do what they must | `convgrade exercise test NAME` |
| check which sandbox works here | `convgrade doctor` |

`words` is an example with one exercise of the course's own, `word_count`: change it, or delete
`source/words/` and `exercises/word_count/`. The lessons `conv2d` and `conv_arithmetic` are graded in the
same way. `source/` holds the notebooks with their answers, `exercises/` the answers and hidden tests of
your own exercises, and `nbgrader_config.py` the settings. Give students what is in `release/`. Keep
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
        f"{folder} is a course with the lessons {' and '.join(LESSONS)} and an example of your own, words;",
        "its README.md says what to run.",
        f"Next: cd {folder} && nbgrader generate_assignment words",
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
