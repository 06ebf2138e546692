"""One class through stock nbgrader, through this course and through otter, in turns within one run.

Everybody grades the same submissions of the same released notebooks. nbgrader and otter get 25
random cases a graded function against `reference/`, inside the student's kernel (`in_kernel/`);
this course its own hidden tests, in the sandbox, with its store of verdicts off. Samples that hang
or kill their kernel are left out: they cost stock nbgrader its time limit, or the whole run.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers" / "bin"
ASSIGNMENT = "conv2d"
STUDENTS = 24
LEFT_OUT = ("student-11", "student-12", "student-13")
HIDDEN = "# convgrade: "
STOCK, OTTER = "stock nbgrader", "otter run"
OTTERS_SHARE = 8  # one of so many submissions goes through otter, which takes longer than all others together
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Way:
    """One way to grade a class: what is done before each round, and what is timed."""

    name: str
    reset: Callable[[], None]
    run: Callable[[], None]


def call(*command: str | Path, at: Path, peers: bool = False) -> None:
    """Run a program; its output goes to a file, and a failure ends the benchmark."""
    theirs = {"PYTHONPATH": str(ROOT), "PATH": f"{PEERS}:{os.environ['PATH']}"}
    environment = ENVIRONMENT | (theirs if peers else {})
    with (at / "benchmark.log").open("a") as log:
        subprocess.run(command, cwd=at, env=environment, stdout=log, stderr=log, check=True)


def lay_out(root: Path, config: str, students: int = STUDENTS) -> Path:
    """A course folder with this configuration, the class handed in, the gradebook made."""
    shutil.copytree(ROOT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    (root / "nbgrader_config.py").write_text(config)
    pour = ROOT / "tests" / "tools" / "pour.py"
    call(sys.executable, pour, root, ASSIGNMENT, str(students), *LEFT_OUT, at=root)
    return root


def our_course(root: Path, students: int = STUDENTS, notebook: str = "*") -> Path:
    """A course of convgrade, its store of verdicts off; with one notebook only when it is named."""
    config = (ROOT / "nbgrader_config.py").read_text() + "\nc.ConvGrade.store = False\n"
    lay_out(root, config, students)
    for path in [*root.glob("source/*/*.ipynb"), *root.glob("submitted/*/*/*.ipynb")]:
        if not path.match(f"{notebook}.ipynb"):
            path.unlink()
    call(sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, at=root)
    return root


def ours(root: Path, students: int = STUDENTS) -> list[Way]:
    """`nbgrader autograde` and `convgrade grade` in one course folder."""
    course = our_course(root, students)
    reset = _reset(course)
    convgrade = Path(sys.executable).parent / "convgrade"

    def grade(jobs: int) -> Way:
        command = [convgrade, "grade", ASSIGNMENT, "--jobs", str(jobs)]
        return Way(f"convgrade grade --jobs {jobs}", reset, lambda: call(*command, at=course))

    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    return [Way("nbgrader autograde", reset, lambda: call(*command, at=course)), grade(1), grade(2)]


def stock(root: Path, students: int = STUDENTS) -> Way:
    """Stock nbgrader, the tests in the hidden blocks of the same notebooks."""
    stub = "c.ClearSolutions.code_stub = {'python': 'raise NotImplementedError'}"
    course = lay_out(root, f"c = get_config()\nc.CourseDirectory.course_id = 'stock'\n{stub}\n", students)
    for path in (course / "source" / ASSIGNMENT).glob("*.ipynb"):
        path.write_text(json.dumps(with_tests(json.loads(path.read_bytes()))))
    call(PEERS / "python", "-m", "nbgrader", "generate_assignment", ASSIGNMENT, at=course, peers=True)
    command = [PEERS / "python", "-m", "nbgrader", "autograde", ASSIGNMENT]
    return Way(STOCK, _reset(course), lambda: call(*command, at=course, peers=True))


def with_tests(notebook: dict) -> dict:
    """A source notebook with tests in the place of the lines that name ours."""
    for cell in notebook["cells"]:
        lines = "".join(cell["source"]).split("\n")
        cell["source"] = "\n".join(
            (ROOT / "benchmarks" / "in_kernel" / f"{line.removeprefix(HIDDEN)}.py").read_text()
            if line.startswith(HIDDEN)
            else line
            for line in lines
        )
    return notebook


def otter(root: Path) -> Way:
    """`otter run` on each notebook of each submission, a process for each; of some of the class only."""
    course = lay_out(root, "", STUDENTS // OTTERS_SHARE)
    work = []
    for source in sorted((course / "source" / ASSIGNMENT).glob("*.ipynb")):
        tests = course / "tests" / source.stem
        tests.mkdir(parents=True)
        for cell in json.loads(source.read_bytes())["cells"]:
            for line in "".join(cell["source"]).split("\n"):
                if line.startswith(HIDDEN):
                    name = line.removeprefix(HIDDEN)
                    points = cell["metadata"]["nbgrader"]["points"]
                    (tests / f"{name}.py").write_text(_otter_test(name, points))
        zipped = course / f"{source.stem}.zip"
        alone = ("--no-config", "--no-requirements", "--no-environment")
        call(PEERS / "otter", "generate", "-t", tests, "-o", zipped, *alone, at=course, peers=True)
        work += [(path, zipped) for path in sorted(course.glob(f"submitted/*/*/{source.name}"))]
    jobs = course / "jobs.txt"
    places = [course / "out" / path.parts[-3] / path.stem for path, _ in work]
    lines = (f"{path} -a {zip_} -o {place}" for (path, zip_), place in zip(work, places, strict=True))
    jobs.write_text("\n".join(lines))

    def reset() -> None:
        shutil.rmtree(course / "out", ignore_errors=True)
        for place in places:
            place.mkdir(parents=True)

    command = ["xargs", "-a", str(jobs), "-L", "1", str(PEERS / "otter"), "run"]
    return Way(OTTER, reset, lambda: call(*command, "--no-logo", at=course, peers=True))


def _otter_test(name: str, points: float) -> str:
    body = (ROOT / "benchmarks" / "in_kernel" / f"{name}.py").read_text().replace("\n", "\n    ")
    return (
        "from otter.test_files import test_case\n"
        f"OK_FORMAT = False\nname, points = {name!r}, {points}\n"
        f"@test_case(points={points}, hidden=True)\ndef test_{name}({name}, np):\n    {body}\n"
    )


def _reset(course: Path) -> Callable[[], None]:
    """Take a course back to where nothing has been graded."""
    fresh = course / "gradebook.fresh"
    shutil.copy(course / "gradebook.db", fresh)

    def reset() -> None:
        shutil.rmtree(course / "autograded", ignore_errors=True)
        shutil.copy(fresh, course / "gradebook.db")

    return reset


def _timed(way: Way) -> float:
    start = time.monotonic()
    way.run()
    seconds = time.monotonic() - start
    print(f"  {way.name}: {seconds:.1f} s", flush=True)
    return seconds


def measure(scratch: Path, rounds: int) -> dict[str, float]:
    """Median seconds of each way over so many rounds, each round through all ways in turn."""
    ways = [stock(scratch / "stock"), *ours(scratch / "ours"), otter(scratch / "otter")]
    seconds: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(rounds):
        for way in ways:
            if number and way.name == OTTER:
                continue
            way.reset()
            seconds[way.name].append(_timed(way) * (OTTERS_SHARE if way.name == OTTER else 1))
    return {name: statistics.median(each) for name, each in seconds.items()}


def slope(scratch: Path, students: int, whole: float) -> dict[str, float]:
    """Seconds for so many submissions: ours measured, stock nbgrader's by the slope between two classes.

    `whole` is what stock nbgrader took for the larger one.
    """
    few = stock(scratch / "stock-few", STUDENTS // 4)
    few.reset()
    a_submission = (whole - _timed(few)) / (STUDENTS - STUDENTS // 4)
    judges = ours(scratch / "ours-many", students)[1:]
    took = {STOCK: whole + (students - STUDENTS) * a_submission}
    for each in judges:
        each.reset()
        took[each.name] = _timed(each)
    return took
