"""The wheel, installed by an ordinary user, is all that a course needs.

In `make test` the packages that it needs are those of the tests; the slow tests install all into an empty
environment.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
from common import ROOT

NOBODY = 65534
PIP = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")
BORROWED = Path(sysconfig.get_path("purelib"))
VERSION = sys.version_info[:2]
ENTRY = """#!{python}
from importlib.metadata import entry_points
entry_points(group="console_scripts")["{name}"].load()()
"""


def python(code):
    """Return an interpreter with which all may run `code`, if there is one: it may lie in root's home."""
    code = f"import sys; assert sys.version_info[:2] == {VERSION}; {code}"
    for path in filter(None, (sys._base_executable, shutil.which("python3", path="/usr/local/bin:/usr/bin"))):
        try:
            if subprocess.run([path, "-c", code], check=False, user=NOBODY, group=NOBODY).returncode == 0:
                return path, True
        except PermissionError:
            continue
    return sys._base_executable, False


class Teacher:
    """Somebody with a home, an environment of their own and no rights, where such a person can run Python."""

    def __init__(self, home: Path, needs: str) -> None:
        self.home = home
        home.chmod(0o755)
        self._as = {}
        self.python, everybody = python(needs)
        if os.geteuid() == 0 and everybody:
            os.chown(home, NOBODY, NOBODY)
            self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "LANG", "SSL"))}
        path = f"{home}/venv/bin:/usr/local/bin:/usr/bin:/bin"
        self._environment = kept | {"HOME": str(home), "PATH": path, "TMPDIR": str(home)}

    def run(self, *command, fails=False):
        done = subprocess.run(
            command,
            cwd=self.home / "course" if (self.home / "course").is_dir() else self.home,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            **self._as,
        )
        assert (done.returncode != 0) == fails, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, made of what the repository holds."""
    home = tmp_path_factory.mktemp("wheel")
    sources = home / "sources"
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split():
        if name.startswith(("autograder/", "reference/", "source/")) or "/" not in name:
            (sources / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, sources / name)
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", home, sources], check=True)
    (built,) = home.glob("*.whl")
    return built


@pytest.fixture
def borrower(wheel):
    """A teacher who has installed the wheel beside packages that are there."""
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        somebody = Teacher(Path(folder), f"sys.path.append({str(BORROWED)!r}); import nbgrader")
        somebody.run(somebody.python, "-m", "venv", "--without-pip", "venv")
        environment = Path(folder, "venv")
        into = ("--python", environment / "bin/python")
        subprocess.run(
            [*PIP, *into, "install", "--no-deps", "--no-index", "--no-compile", wheel], check=True, cwd=folder
        )
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "borrowed.pth").write_text(
            f"{BORROWED}\n"
        )  # whose own .pth files, for editable ones, are not read
        (environment / "share/jupyter").symlink_to(f"{sys.prefix}/share/jupyter")
        for name in ("nbgrader", "alembic"):
            script = environment / "bin" / name
            script.write_text(ENTRY.format(python=environment / "bin/python", name=name))
            script.chmod(0o755)
        yield somebody


@pytest.fixture(scope="module")
def teacher(wheel):
    """A teacher who has installed the wheel and all it needs."""
    with tempfile.TemporaryDirectory(prefix="cg-") as folder:
        home = Path(folder)
        for file in (wheel, ROOT / "constraints.txt"):
            shutil.copy(file, home)
        somebody = Teacher(home, "import ensurepip")
        somebody.run(somebody.python, "-m", "venv", "venv")
        somebody.run("pip", "install", "-q", "-c", str(home / "constraints.txt"), str(home / wheel.name))
        yield somebody


def test_a_wheel_is_enough_for_a_course_with_an_exercise_of_its_own(borrower):
    where = "import autograder; print(autograder.__file__)"
    assert borrower.run("python", "-c", where).startswith(str(borrower.home))
    borrower.run("convgrade", "init", "course")
    borrower.run("nbgrader", "generate_assignment", "words")
    for student, origin in (("student-01", "source"), ("student-02", "release")):
        borrower.run("mkdir", "-p", f"submitted/{student}")
        borrower.run("cp", "-r", f"{origin}/words", f"submitted/{student}")
    assert "2 notebooks of 2 students recorded, mean 50%" in borrower.run("convgrade", "grade", "words")
    borrower.run("nbgrader", "generate_feedback", "words")
    page = (borrower.home / "course/feedback/student-02/words/1_words.html").read_text()
    assert "Each word is there with how often it occurs" in page
    page, table = borrower.run("python", "-m", "autograder", "report", "words").split()
    assert Path(page).exists()
    assert "student-01" in Path(table).read_text()


@pytest.mark.slow
def test_a_course_lives_from_the_wheel_alone(teacher):
    assert teacher.run("pip", "list", "--editable") == ""
    teacher.run("convgrade", "init", "course")
    teacher.run("convgrade", "grade", "conv2d", fails=True)  # before the assignment is made
    teacher.run("nbgrader", "generate_assignment", "conv2d")
    released = teacher.home / "course/release/conv2d"
    assert json.loads((released / "1_convolve2d.ipynb").read_bytes()) == json.loads(
        (ROOT / "release/conv2d/1_convolve2d.ipynb").read_bytes()
    )
    for student, origin in (("student-01", "source"), ("student-02", "release")):
        teacher.run("mkdir", "-p", f"submitted/{student}")
        teacher.run("cp", "-r", f"{origin}/conv2d", f"submitted/{student}")
    assert "6 notebooks of 2 students recorded" in teacher.run("convgrade", "grade", "conv2d")
    scores = {
        path.parts[-3]: json.loads(path.read_bytes())["score"]
        for path in (teacher.home / "course/autograded").glob("*/conv2d/1_*.verdict.json")
    }
    assert scores == {"student-01": 24, "student-02": 0}
    teacher.run("nbgrader", "generate_feedback", "conv2d")
    assert (teacher.home / "course/feedback/student-02/conv2d/1_convolve2d.html").exists()
    page, table = teacher.run("python", "-m", "autograder", "report", "conv2d").split()
    assert Path(page).exists()
    assert "student-01" in Path(table).read_text()
    assert "works" in teacher.run("convgrade", "doctor")


@pytest.mark.slow
def test_the_walk_of_the_readme_ends_in_a_marked_class(teacher):
    text = (ROOT / "README.md").read_text().split("### A course of your own")[1]
    walk = re.search(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1].splitlines()
    walk = [line.partition("#")[0].strip() for line in walk]
    # the fixture has done the first steps, from the wheel
    assert walk[:2] == ["python3 -m venv .venv", "source .venv/bin/activate"]
    assert walk[2] == "pip install ./convgrade -c convgrade/constraints.txt"
    assert walk[3:5] == ["convgrade init course", "cd course"]
    if not (teacher.home / "course").exists():
        teacher.run(*walk[3].split())
    printed = {}
    for line in walk[5:]:
        if line.startswith("convgrade grade"):
            for student, origin in (("student-01", "source"), ("student-02", "release")):
                teacher.run("mkdir", "-p", f"submitted/{student}")
                teacher.run("cp", "-r", f"{origin}/week1", f"submitted/{student}")
        printed[line] = teacher.run(*line.split())
    assert "nothing wrong gets through" in printed["convgrade exercise test my_function"]
    assert "2 notebooks of 2 students recorded, mean 50%" in printed["convgrade grade week1"]
    page = (teacher.home / "course/feedback/student-02/week1/1_functions.html").read_text()
    assert "Each word is there with how often it occurs" in page
