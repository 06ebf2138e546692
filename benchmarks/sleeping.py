"""What the recorder takes for a class of any size, and how many judges it can feed: they only sleep here.

    python benchmarks/sleeping.py SIZE ... [--judges N ...] [--seconds S]

Each sample of the first notebook is judged once for real. Then classes of copies of them are graded by
`convgrade grade`, in which a judge sleeps as long as a real one works, and gives the answer on the sample.
What follows is real as well: grading once more with every verdict in the store, the report and the exports.
Processor time is that of the recorder alone, so it says something on a busy machine too; seconds do not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import peers
from scale import NOTEBOOK, measured

from autograder import cli
from autograder.grading.worker import Worker

ANSWERS = "answers.pickle"
OWN = "processor-time"  # of the recorder, without that of processes which prepare notebooks for it
BIN = Path(sys.executable).parent
SEED, STUDENT = b'"seed": "', b'"student": "'
MINE = [str(BIN / "python"), __file__]
EXPORT = [str(BIN / "nbgrader"), "export", "--exporter"]


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    processor: float
    megabytes: float

    def described(self) -> str:
        """Return the figures as text."""
        return f"{self.seconds:8.1f} s, processor {self.processor:7.1f} s, {self.megabytes:4.0f} MB"


def run(course: Path, *command: str) -> Cost:
    """Run a command in a course."""
    seconds, usage = measured(course, *command)
    own = course / OWN
    processor = float(own.read_text()) if own.exists() else usage.ru_utime + usage.ru_stime
    own.unlink(missing_ok=True)
    return Cost(seconds, processor, usage.ru_maxrss / 1024)


def key(line: bytes) -> tuple[str, str]:
    """Return what identifies a job whoever handed it in, and the student."""
    place = line.rindex(SEED)  # jobs are written with their parts in alphabetical order
    return hashlib.sha256(line[:place]).hexdigest(), json.loads(b"{" + line[place:])["student"]


def samples(folder: Path) -> Path:
    """Lay out a course in which every sample is handed in once, judge them, and keep the answers."""
    course = peers.our_course(folder, peers.STUDENTS, NOTEBOOK)
    run(course, *MINE, "--judge-samples")
    return course


def a_class(samples: Path, course: Path, size: int) -> Path:
    """Lay out a course with so many copies of the samples, and its store of verdicts on."""
    shutil.copytree(samples, course, ignore=shutil.ignore_patterns("submitted", "autograded", "*.db"))
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("c.ConvGrade.store = False\n", ""))
    handed_in = sorted(samples.glob(f"submitted/*/*/{NOTEBOOK}.ipynb"))
    for number in range(size):
        folder = course / "submitted" / f"student-{number + 1:06}" / peers.ASSIGNMENT
        folder.mkdir(parents=True)
        shutil.copy(handed_in[number % len(handed_in)], folder)
    run(course, str(BIN / "nbgrader"), "generate_assignment", peers.ASSIGNMENT)
    shutil.copy(course / "gradebook.db", course / "fresh.db")
    return course


def again(course: Path) -> None:
    """Take a class back to where nothing has been graded; its verdicts stay in the store."""
    shutil.rmtree(course / "autograded", ignore_errors=True)
    shutil.copy(course / "fresh.db", course / "gradebook.db")


def grade(seconds: float | None, arguments: list[str]) -> None:
    """Run `convgrade grade` here with judges that remember answers, or sleep and give remembered ones."""
    answers: dict[str, bytes] = {}
    if seconds is not None:
        answers |= pickle.loads(Path(ANSWERS).read_bytes())
    really = Worker.answer

    def answer(self: Worker, line: bytes) -> bytes:
        job, student = key(line)
        if seconds is None:
            answers[job] = really(self, line)
            return answers[job]
        time.sleep(seconds)
        before, _, after = answers[job].rpartition(STUDENT)
        return before + STUDENT + student.encode() + after[after.index(b'"') :]

    Worker.answer = answer  # type: ignore[method-assign]
    try:
        cli.main(["grade", peers.ASSIGNMENT, *arguments], standalone_mode=False)
    finally:
        if seconds is None:
            Path(ANSWERS).write_bytes(pickle.dumps(answers))
        Path(OWN).write_text(str(time.process_time()))


def measure(course: Path, size: int, judges: list[int], seconds: float) -> None:
    """Grade a class with each number of judges, once more from the store, and print what each took."""
    for count in judges:
        again(course)
        shutil.rmtree(course / ".convgrade-store", ignore_errors=True)
        cost = run(course, *MINE, "--sleep", str(seconds), "--jobs", str(count))
        ideal = size * seconds / count
        show(f"{size} notebooks, {count} judges ({ideal:.1f} s asleep)", cost, size)
    show("report", run(course, str(BIN / "convgrade"), "report", peers.ASSIGNMENT), size)
    for lms in ("Canvas", "Moodle"):
        command = [*EXPORT, f"autograder.lms.{lms}ExportPlugin", "--to", f"{lms}.csv"]
        show(f"export for {lms}", run(course, *command), size)
    again(course)
    cost = run(course, *MINE, "--sleep", "0", "--jobs", "1")
    show(f"{size} notebooks from the store", cost, size)


def show(what: str, cost: Cost, size: int) -> None:
    """Print a line."""
    print(f"{what:46} {cost.described()}, {1e3 * cost.processor / size:7.1f} ms a notebook", flush=True)


def main() -> None:
    """Measure classes of the sizes on the command line; or grade one, for that."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--judges", type=int, nargs="+", default=[20])
    parser.add_argument("--seconds", type=float, default=0.25, help="that a judge takes for a notebook")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="convgrade-bench-") as folder:
        course = samples(Path(folder, "samples"))
        for size in chosen.sizes:
            copies = a_class(course, Path(folder, str(size)), size)
            measure(copies, size, chosen.judges, chosen.seconds)
            shutil.rmtree(copies)


if __name__ == "__main__":
    if "--judge-samples" in sys.argv:
        grade(None, ["--jobs", "1"])
    elif "--sleep" in sys.argv:
        grade(float(sys.argv[2]), sys.argv[3:])
    else:
        main()
