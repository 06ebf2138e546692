"""`make demo`: take a class of sample students through every step, in a course folder of its own."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pour import ROOT, description, sample_names, submit

DEMO = ROOT / "demo"
QUICK = """
# The demo's samples are quick or never end, so a second shows which.
c.ConvGrade.call_seconds = 1.0
c.ConvGrade.cell_seconds = 2.0
"""
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir() if any(path.glob("*.ipynb")))


def nbgrader(*arguments: str) -> None:
    """Run a plain nbgrader command in the demo course; its log goes to a file."""
    print("nbgrader", *arguments, flush=True)
    with (DEMO / "nbgrader.log").open("a") as log:
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=DEMO, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(*(DEMO / "nbgrader.log").read_text().splitlines()[-15:], sep="\n")
        sys.exit(f"nbgrader {arguments[0]} ended with exit code {done.returncode}")


def convgrade(*arguments: str) -> None:
    """Run a convgrade command in the demo course."""
    print("convgrade", *arguments, flush=True)
    subprocess.run([Path(sys.executable).parent / "convgrade", *arguments], cwd=DEMO, check=True)


def make_course() -> None:
    """Make a fresh course folder with the sources of this one."""
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    config = (ROOT / "nbgrader_config.py").read_text()
    (DEMO / "nbgrader_config.py").write_text(config + QUICK)
    shutil.copytree(ROOT / "source", DEMO / "source")


def table() -> None:
    """Return the marks: what `nbgrader export` says, against what hidden tests can give."""
    with (DEMO / "grades.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for assignment in ASSIGNMENTS:
        print(f"\n{assignment}: points from hidden tests (the reflections still need manual grading)")
        for row in (row for row in rows if row["assignment"] == assignment):
            name, score = row["student_id"], float(row["raw_score"])
            verdicts = list((DEMO / "autograded" / name / assignment).glob("*.verdict.json"))
            if not verdicts:  # no sample of this assignment
                continue
            worth = sum(json.loads(path.read_text())["max_score"] for path in verdicts)
            print(f"  {name}  {score:4g} of {worth:g}  {score / worth:4.0%}  {description(assignment, name)}")


def main() -> None:
    """Make the course, hand in, grade, show."""
    start = time.monotonic()
    make_course()
    for assignment in ASSIGNMENTS:
        nbgrader("generate_assignment", assignment)
        for name in sample_names(assignment):
            submit(DEMO, assignment, name)
        nbgrader("autograde", assignment)
        nbgrader("generate_feedback", assignment)
        convgrade("report", assignment)
    nbgrader("export")
    table()
    print(f"\nDone in {time.monotonic() - start:.0f} s. Open in a browser:")
    for page in sorted((DEMO / "reports").glob("*.html")):
        print(" ", page.relative_to(ROOT))
    for name in ("student-01", "student-06", "student-12"):
        for page in sorted((DEMO / "feedback" / name).rglob("*.html")):
            print(" ", page.relative_to(ROOT))


if __name__ == "__main__":
    main()
