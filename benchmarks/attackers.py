"""How much longer a class takes with attackers among it: `python benchmarks/attackers.py`.

Thirty submissions go through `convgrade grade` with the limits that ship, first all honest, then with
the twenty attackers of `tests/attacks/test_batch.py` in place of the others.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "tools"), str(ROOT / "tests")]

from attacks import corpus
from attacks.test_batch import HONEST, HOSTILE
from pour import pour, released, sections


def course(hostile: list[str]) -> Path:
    """Return a new course with thirty submissions, these attackers among them."""
    root = Path(tempfile.mkdtemp(prefix="cg-"))
    for folder in ("source", "release"):
        (root / folder / corpus.ASSIGNMENT).mkdir(parents=True)
        notebook = Path(folder, corpus.ASSIGNMENT, f"{corpus.NAME}.ipynb")
        shutil.copy(ROOT / notebook, root / notebook)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    corpus.lay_out_course(root / "canary")
    for number in range(30 - len(hostile)):
        folder = root / "submitted" / f"honest-{number + 1:02}" / corpus.ASSIGNMENT
        folder.mkdir(parents=True)
        texts = sections(corpus.ASSIGNMENT, HONEST[number % len(HONEST)])
        given = pour(released(corpus.ASSIGNMENT, corpus.NAME), texts)
        (folder / f"{corpus.NAME}.ipynb").write_text(json.dumps(given))
    by_name = {attack.name: attack for attack in corpus.attacks()}
    for name in hostile:
        by_name[name].hand_in(root / "submitted" / name / corpus.ASSIGNMENT, root / "canary")
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", corpus.ASSIGNMENT],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return root


def seconds(root: Path) -> tuple[float, float]:
    """Return wall time and processor time of grading the course."""
    command = [sys.executable, "-m", "autograder", "grade", corpus.ASSIGNMENT]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=root, check=False, stdout=subprocess.DEVNULL)  # 2: some are unreadable
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    measured = [seconds(course(hostile)) for hostile in ([], HOSTILE)]
    for who, honest, attacked in zip(("wall", "processor"), *measured, strict=True):
        times = attacked / honest
        print(f"{who} time: honest {honest:.0f} s, with attackers {attacked:.0f} s, {times:.2f} times")
