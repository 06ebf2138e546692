"""Whether an exercise's tests do what they must: nothing right is refused, nothing wrong gets through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import notebook
from autograder.checks import Check, exercise
from autograder.checks.examples import NOTICES
from autograder.checks.failure import Failure
from autograder.checks.local import call_locally
from autograder.checks.local_student import LocalStudent
from autograder.checks.mistakes import Misconception, misconceptions_of
from autograder.course.lesson import find_place
from autograder.course.settings import RANDOM_CASES, CourseError
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.session import HiddenTests, within_session
from autograder.judge.verdict import CellVerdict
from autograder.sandbox.inside.tables import CannotTravel
from autograder.sandbox.sandbox import Sandbox

SEED = "5eed" * 16
STYLE = re.compile(r"^# %% (.+)\n", re.MULTILINE)
NOTHING = {
    "that returns nothing": "def {name}(*_, **__): return None",
    "that returns what it is given": "def {name}(first=None, *_, **__): return first",
}


@dataclass(frozen=True)
class Proof:
    """What became of an exercise's right and wrong implementations."""

    tried: str
    """In one sentence."""
    missing: tuple[str, ...]
    """What has to be put right, in a sentence each."""

    def lines(self) -> list[str]:
        """Say what was tried, and what is missing."""
        good = "Nothing right is refused, nothing wrong gets through."
        return [self.tried, *(f"  {sentence}" for sentence in self.missing or (good,))]


def prove(root: Path, name: str, sandbox: Sandbox) -> Proof:
    """Run the answer, right and wrong implementations through the judge. Raises CourseError."""
    exercise.look_in(str(root / exercise.FOLDER))
    folder = exercise.folder(name)
    if not folder.is_dir() and (own := root / exercise.FOLDER / name).is_dir():
        raise CourseError(f"{own} has no hidden_tests.py")
    if not folder.is_dir():
        raise CourseError(f"there is no exercise {name}; begin it with: convgrade exercise new {name}")
    try:
        checks = [
            each for each in vars(exercise.module(name, "hidden_tests")).values() if isinstance(each, Check)
        ]
        answer, wrong = exercise.right(name), misconceptions_of(name)
    except Exception as fault:
        raise CourseError(f"a file of {folder} does not load: {exercise.in_words(fault)}") from None
    if answer is None or not checks:
        lacks = "hidden_tests.py has no check" if answer else f"answer.py defines no {name}"
        raise CourseError(f"{folder}: {lacks}")
    right = _right(folder, name)
    verdicts: dict[str, CellVerdict] = {}
    given = right | {kind: text.format(name=name) for kind, text in NOTHING.items()}

    def work(tests: HiddenTests) -> None:
        for kind, text in given.items():
            verdicts[kind] = judge(_job(root, name, text), sandbox, tests)[1].cells[0]

    within_session(work)
    missing = [
        *(said for kind in right for said in _refused(kind, verdicts[kind])),
        *(
            f"a function {kind} earns {verdicts[kind].score:.0%} of the points"
            for kind in NOTHING
            if verdicts[kind].score
        ),
        *(said for check in checks for said in _left_open(check)),
        *([] if any(check.id.startswith(NOTICES) for check in checks) else _not_noticed(checks, wrong)),
        *_notebooks(root, name),
        *_without_lesson(root, wrong),
    ]
    tried = f"{name}: {len(checks)} checks, {len(right)} right and {len(wrong)} wrong implementations"
    return Proof(tried, tuple(missing))


def _right(folder: Path, name: str) -> dict[str, str]:
    """Return the source of the right implementations by what they are called."""
    found = {}
    if (folder / "answer.py").is_file():
        found["answer.py"] = (folder / "answer.py").read_text()
    if (folder / "right_styles.py").is_file():
        before, *parts = STYLE.split((folder / "right_styles.py").read_text())
        found |= {
            f"the style {style}": before + text for style, text in zip(parts[::2], parts[1::2], strict=True)
        }
    return {kind: text for kind, text in found.items() if f"def {name}" in text or kind == "answer.py"}


def _job(root: Path, name: str, text: str) -> Job:
    setup = {"cell_type": "code", "metadata": {}, "source": "import numpy as np"}
    solution = {"grade_id": name, "solution": True, "grade": False}
    tests = {"grade_id": f"test_{name}", "solution": False, "grade": True, "points": 1}
    cells = [
        setup,
        {"cell_type": "code", "metadata": {"nbgrader": solution}, "source": text},
        {"cell_type": "code", "metadata": {"nbgrader": tests}, "source": f"# convgrade: {name}"},
    ]
    return Job("", name, "", SEED, {"cells": cells, "metadata": {}}, exercises=str(root / exercise.FOLDER))


def _refused(kind: str, cell: CellVerdict) -> Iterator[str]:
    if cell.status == "grader_error":
        yield f"{kind} could not be judged: {cell.message}"
    for check in cell.checks:
        if check.status not in ("passed", "skipped"):
            yield f"{kind} is right, but fails {check.id}: {check.message}"
    if not cell.checks and cell.status != "grader_error":
        yield f"{kind} could not be called: {cell.message or cell.status}"


def _left_open(check: Check) -> Iterator[str]:
    if not check.title:
        yield f"{check.id} has no docstring; write there what it asks for, because students read it"
    if check.points <= 0:
        yield f"{check.id} is worth no points; give it some, or leave it out"


def _not_noticed(checks: Sequence[Check], wrong: Sequence[Misconception]) -> Iterator[str]:
    names, idle = {check.id for check in checks}, {check.id: check for check in checks}
    killers = [call for check in checks for call in check.killers]
    for entry in wrong:
        if killers and all(outcome.raised for outcome in call_locally(entry.fresh(), killers)):
            yield f"{entry.id} raises an exception whatever it is given; write what people do wrong"
        noticed = [check.id for check in checks if _fails(check, entry)]
        for name in noticed:
            idle.pop(name, None)
        if not noticed:
            yield f"no check notices {entry.id}; if it is wrong for some input, add that to `killers`"
        if entry.aspect not in names:
            listed = ", ".join(sorted(names))
            yield f"{entry.id} is about {entry.aspect}, which is no check; write one of: {listed}"
    if not wrong:
        yield "there is no wrong implementation yet; write down in misconceptions.py what people do wrong"
    elif idle:
        yield f"no wrong implementation fails {', '.join(idle)}; add one, or leave the check out"


def _fails(check: Check, entry: Misconception) -> bool:
    passed = {*check.more_illegal, *check.more_killers}
    try:
        check.run(LocalStudent(entry.function, entry.fresh(), random_cases=RANDOM_CASES, passed=passed))
    except Failure:
        return True
    except CannotTravel as reason:
        raise CourseError(f"{check.id} asks for what cannot be compared: {reason}") from None
    except Exception as fault:
        said = exercise.in_words(fault)
        raise CourseError(f"the check {check.id} cannot judge {entry.id}: {said}") from None
    return False


def _notebooks(root: Path, name: str) -> Iterator[str]:
    for path in (root / "source").glob("*/*.ipynb"):
        cells = json.loads(path.read_bytes())["cells"]
        if any(notebook.tested_function(cell) == name for cell in cells):
            return
    yield f"no notebook of source/ has a test cell with the line `# convgrade: {name}`"


def _without_lesson(root: Path, wrong: Sequence[Misconception]) -> Iterator[str]:
    """Yield what names a cell that is in no notebook; an empty text names none."""
    assignments = [path for path in (root / "source").glob("*") if path.is_dir()]
    for lesson in dict.fromkeys(entry.lesson for entry in wrong if entry.lesson):
        if not any(find_place(assignment, lesson) for assignment in assignments):
            yield f"misconceptions.py sends students to {lesson}, but source/ has no such notebook and cell"
