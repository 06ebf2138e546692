"""The attacks as data, a course that must stay as it is, and one attack done for real.

An attack is a file ``<family>_<what>.py``: a docstring that says what it is, what it wants, the mark
it honestly deserves and the notebook it is handed in as, if that is not the first; then sections of code
by grade_id (see `pour`) or a function `make` that writes a whole submission folder. In its text CANARY is
the path of a course that must not change, REPO this repository, SITE where packages are installed,
PID_OF_JUDGE the process that judges it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sysconfig
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from common import PLACES, QUICK, ROOT, blank, source
from pour import SECTION, pour, released, sections, without_examples

from autograder.course.sources import Assignment, read_assignment
from autograder.grading.worker import Worker
from autograder.judge.job import Job
from autograder.judge.verdict import Verdict
from autograder.submission import hand_in
from autograder.submission.restore import restore
from autograder.submission.submission import Submission

HERE = Path(__file__).parent
FAMILIES = {
    "forged": "forged verdict",
    "stealing": "stealing answers",
    "faking": "not implementing",
    "breaking": "breaking the grader",
    "files": "bad files",
    "people": "people and records",
}
ASSIGNMENT, NAME = "conv2d", "1_convolve2d"
LIMITS = replace(QUICK, call_seconds=0.3, cell_seconds=0.6, notebook_seconds=3.0)
WALL_SECONDS = (LIMITS.notebook_seconds + LIMITS.cell_seconds) * LIMITS.waiting_factor + 5
DYING_SECONDS = 2.0  # from the signal until a killed process is gone
MEMORY = 400 << 10  # KiB, of the judge's process
KEPT = 24 << 20  # bytes of outputs in an executed notebook
MARK = "the-canary-sings-4711"
SITE = sysconfig.get_path("purelib")
TELL_TALES = (  # what attacks would leave behind where we cannot hash all
    *(
        "/tmp/convgrade-attack",
        "/var/tmp/convgrade-attack",
        "/tmp/seen-inputs.txt",
        "/var/tmp/seen-inputs.txt",
    ),
    *("/dev/shm/seen-inputs.txt", "/dev/shm/convgrade-attack", "/dev/shm/convgrade-attack-0"),
    *(
        f"{SITE}/evil.pth",
        f"{ROOT}/autograder/evil.py",
        f"{ROOT}/autograder/sandbox/inside/evil.py",
        f"{ROOT}/conftest.py",
    ),
    *(
        str(Path.home() / name)
        for name in (".config/convgrade-attack", ".ipython/profile_default/startup/00-evil.py")
    ),
)
SEGMENTS = Path("/proc/sysvipc/shm")
SEED = "5eed" * 16
EXEMPLAR = without_examples(ASSIGNMENT, "student-01")
"""All but the examples, so that a mark is one of 22 points; an attack by examples writes its own."""


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def family(self) -> str:
        return self.name.split("_")[0]

    @property
    def header(self) -> dict[str, str]:
        text = self.path.read_text().split('"""')[1]
        return dict(re.findall(r"^(Attack|Wants|Honest mark|Alone|Notebook): (.+)$", text, re.MULTILINE))

    @property
    def notebook(self) -> tuple[str, str]:
        """Assignment and name of the notebook that is handed in."""
        assignment, _, name = self.header.get("Notebook", f"{ASSIGNMENT}/{NAME}").partition("/")
        return assignment, name

    @property
    def honest(self) -> float:
        return float(self.header["Honest mark"])

    @property
    def is_folder(self) -> bool:
        return "\ndef make(" in self.path.read_text() and "\n# %% " not in self.path.read_text()

    def hand_in(self, folder: Path, canary: Path, judge: int = 0) -> None:
        """Write the submission folder."""
        text = self.path.read_text()
        tokens = {"CANARY": canary, "REPO": ROOT, "SITE": SITE, "PID_OF_JUDGE": judge}
        for token, value in tokens.items():
            text = text.replace(token, str(value))
        folder.mkdir(parents=True)
        if self.is_folder:
            namespace: dict[str, Any] = {}
            exec(compile(text, self.path.name, "exec"), namespace)
            namespace["make"](folder)
            return
        parts = SECTION.split(text)[1:]
        texts = {name: body.strip("\n") for name, body in zip(parts[::3], parts[2::3], strict=True)}
        assignment, name = self.notebook
        start = EXEMPLAR if assignment == ASSIGNMENT else sections(assignment, "student-01")
        if self.header.get("Alone") == "yes":
            start = {}
        (folder / f"{name}.ipynb").write_text(json.dumps(pour(released(assignment, name), start | texts)))


@dataclass
class Result:
    """What came of one attack in one place."""

    attack: Attack
    place: str
    verdict: Verdict | None = None
    outputs: list[tuple[bool, dict[str, Any]]] = field(default_factory=list)
    """Outputs kept; each with whether it stands in a test cell."""
    seconds: float = 0.0
    memory: int = 0
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    next_mark: float = 0.0
    """Of the honest submission that came next."""


def attacks() -> list[Attack]:
    """Return the corpus."""
    return [Attack(path) for family in FAMILIES for path in sorted(HERE.glob(f"{family}_*.py"))]


# --------------------------------------------------------------------------------- what may not change


def lay_out_course(root: Path) -> None:
    """Make a course full of things worth stealing and changing."""
    others = json.dumps(pour(released(ASSIGNMENT, NAME), EXEMPLAR))
    files = {
        "gradebook.db": f"SQLite format 3\0 {MARK}",
        "nbgrader_config.py": f"# {MARK}\n",
        ".convgrade-secret": MARK * 3,
        f"source/{ASSIGNMENT}/{NAME}.ipynb": json.dumps(source(ASSIGNMENT, NAME)),
        f"release/{ASSIGNMENT}/{NAME}.ipynb": json.dumps(released(ASSIGNMENT, NAME)),
        f"submitted/other/{ASSIGNMENT}/{NAME}.ipynb": others,
        f"submitted/other/{ASSIGNMENT}/notes.txt": MARK,
        f"autograded/other/{ASSIGNMENT}/{NAME}.verdict.json": json.dumps({"score": 22, "mark": MARK}),
        "home/.bashrc": f"# {MARK}\n",
        "home/.ipython/profile_default/startup/README": MARK,
        "home/.cache/matplotlib/fontlist.json": "{}",
        "home/.config/git/config": "",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def snapshot(root: Path) -> dict[str, tuple[Any, ...]]:
    """Return the content and metadata of all below `root`, access times aside."""
    found: dict[str, tuple[Any, ...]] = {}
    for here, folders, names in os.walk(root):
        for name in [".", *folders, *names]:
            path = Path(here, name)
            status = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
            found[str(path)] = (
                *(status.st_mode, status.st_uid, status.st_gid, status.st_size, status.st_nlink, content),
                *(status.st_mtime_ns, status.st_ctime_ns, tuple(os.listxattr(path, follow_symlinks=False))),
            )
    return found


def elsewhere() -> dict[str, Any]:
    """Return the traces outside the canary that an attack of the corpus would leave."""
    return {
        **{path: os.path.lexists(path) for path in TELL_TALES},
        "packages": sorted(name for name in os.listdir(SITE) if name.endswith((".pth", ".py"))),  # noqa: PTH208
        "inside": snapshot(ROOT / "autograder" / "sandbox" / "inside"),
        "shared memory": abandoned_segments(),
    }


def abandoned_segments() -> list[str]:
    """Return the shared memory of System V without a name that nobody uses and whose maker has ended.

    A killed kernel leaves it so. Others on this machine make segments at any time, too, but either go
    on using them or give them a key by which to find them again.
    """
    if not SEGMENTS.exists():
        return []
    columns, *lines = [line.split() for line in SEGMENTS.read_text().splitlines()]
    segments = [dict(zip(columns, line, strict=True)) for line in lines]
    return [
        segment["shmid"]
        for segment in segments
        if segment["key"] == segment["nattch"] == "0" and not Path("/proc", segment["cpid"]).exists()
    ]


def standing(pid: int | None) -> dict[str, Any]:
    """Return the limits and the schedule of a judge, if there is one: its user could change them."""
    if pid is None:
        return {}
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return {
        **{f"limit of the judge: {line[:26].strip()}": line for line in limits},
        "processors of the judge": os.sched_getaffinity(pid),
        "schedule of the judge": (os.sched_getscheduler(pid), os.getpriority(os.PRIO_PROCESS, pid)),
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


# ------------------------------------------------------------------------------------ who may be there


def processes(base: Path, judge: int) -> dict[int, str]:
    """Return the processes of a judge's sandbox: descendants, or who name or stand in its folders."""
    parents: dict[int, int] = {}
    named: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in (os.getpid(), judge):
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if fields[0] == "Z":
                continue
            parents[int(entry.name)] = int(fields[1])
            text = b" ".join((entry / name).read_bytes() for name in ("cmdline", "environ")).decode(
                errors="replace"
            )
            if str(base) in text + str((entry / "cwd").readlink()):
                named[int(entry.name)] = text[:200]
        except OSError:
            continue
    family = {judge}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return {pid: named.get(pid, "a descendant") for pid in (family - {judge}) | set(named)}


def high_water(pid: int) -> int:
    """Return the most memory a process ever had, in KiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


# --------------------------------------------------------------------------------------- one for real


class Judge:
    """A worker in one place, its canary, and the submissions it is going to get."""

    def __init__(self, place: str, root: Path, settings: Callable[..., Any]) -> None:
        self.place, self.root = place, root
        self.canary, self.base = root / "course", root / "tmp"
        lay_out_course(self.canary)
        self.base.mkdir()
        tier, command = PLACES[place]
        self.settings = settings(limits=LIMITS, tiers=(tier,))
        self.worker = Worker(self.settings, command)
        os.environ["TMPDIR"] = str(self.base)
        try:
            self.worker._started()
        finally:
            del os.environ["TMPDIR"]
        self.idle = 0

    def folder(self, attack: Attack) -> Path:
        return self.root / "submitted" / attack.name / attack.notebook[0]

    def warm_up(self) -> None:
        """Grade an honest one first; learn how many processes an idle judge has."""
        assert self.honest() == 22
        self.idle = len(processes(self.base, self.worker.pid or 0))

    def honest(self, only: str = "") -> float:
        restored = restore(_blank(), pour(released(ASSIGNMENT, NAME), EXEMPLAR))
        job = Job(ASSIGNMENT, NAME, "honest", SEED, restored.notebook, limits=LIMITS, only=only)
        return self.worker.judge(job)[1].score

    def attack(self, attack: Attack) -> Result:
        """Hand in, restore and judge as nbgrader's exporter does; then look at what is left."""
        first = self.worker.pid
        before, around, allowed = snapshot(self.canary), elsewhere(), standing(first)
        result = Result(attack, self.place)
        start = time.monotonic()
        notebook, result.verdict = self._grade(attack)
        result.seconds = time.monotonic() - start
        for cell in notebook["cells"]:
            ours = cell.get("metadata", {}).get("nbgrader", {})
            tests = bool(ours.get("grade")) and not ours.get("solution")
            result.outputs += [(tests, output) for output in cell.get("outputs", ())]
        judge = self.worker.pid or 0
        end = time.monotonic() + DYING_SECONDS
        while len(left := processes(self.base, judge)) > self.idle and time.monotonic() < end:
            time.sleep(0.05)
        result.left = list(left.values()) if len(left) > self.idle else []
        result.memory = high_water(judge)
        for _ in range(2):  # the first may run out of time by chance, what an attack left behind stays
            result.next_mark = self.honest(only="output_size")
            if result.next_mark == 4:
                break
        result.changes = differences(before, snapshot(self.canary)) + differences(around, elsewhere())
        if self.worker.pid == first:
            result.changes += differences(allowed, standing(first))
        return result

    def _grade(self, attack: Attack) -> tuple[dict[str, Any], Verdict]:
        submission = Submission(
            root=self.canary,
            settings=self.settings,
            assignment=_assignment(*attack.notebook),
            student=attack.name,
            hand=hand_in.look(self.folder(attack)),
        )
        return self.worker.judge(submission.prepare(attack.notebook[1]).job)


@cache
def _assignment(assignment: str, notebook: str) -> Assignment:
    return read_assignment(ROOT, assignment, notebook)


@cache
def _blank() -> dict[str, Any]:
    return blank(ASSIGNMENT, NAME)


RESULTS: list[Result] = []
REMAINS: list[str] = []
"""What judges left in their temporary folders after they were closed."""
