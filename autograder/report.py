"""The class report: one page and one table about everybody's verdicts on an assignment.

The page stands alone: its one script is ours, allowed by its hash, and only sorts and filters rows.
What students wrote is cleaned and escaped wherever it is printed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from autograder import graded, marks, sheet
from autograder.course.settings import CourseError
from autograder.judge.verdict import CellVerdict, CheckResult, Verdict
from autograder.marks import Mark
from autograder.misconceptions.bank import bank
from autograder.notebook import outputs

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"
BINS = 10
TROUBLE = {
    "timeout": "did not come to an end",
    "memory": "used up the memory",
    "crashed": "ended Python",
    "grader_error": "could not be judged",
}


# ------------------------------------------------------------------------------------------- the class


@dataclass(frozen=True)
class Entry:
    """Everything the report knows of one student."""

    student: str
    verdicts: tuple[Verdict, ...]
    mark: Mark | None
    pages: dict[str, str]
    """Link to the feedback page by notebook, from the folder the report lies in."""
    broken: tuple[str, ...] = ()
    """What is wrong with verdict files that could not be read."""

    @property
    def score(self) -> float:
        """Points from hidden tests."""
        return sum(verdict.score for verdict in self.verdicts)

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """Notebook and what happened there: repairs, timeouts, crashes, faults of ours."""
        found = [("", reason) for reason in self.broken]
        for verdict in self.verdicts:
            found += [(verdict.notebook, note) for note in verdict.notes]
            found += [
                (verdict.notebook, f"{cell.function} {TROUBLE[cell.status]}")
                for cell in verdict.cells
                if cell.status in TROUBLE
            ]
        return found


@dataclass(frozen=True)
class Group:
    """Students who share something."""

    function: str
    text: str
    students: tuple[str, ...]
    id: str = ""
    """Of the misconception; empty for a group of failures that none explains."""
    examples: tuple[CheckResult, ...] = ()
    alike: str = ""
    """How alike they are, in words."""

    @property
    def alone(self) -> bool:
        """Whether there is one student only."""
        return len(self.students) == 1


@dataclass(frozen=True)
class Rate:
    """How one check went."""

    notebook: str
    function: str
    title: str
    points: float
    passed: int
    failed: int
    skipped: int
    unanswered: int
    unjudged: int

    @property
    def of(self) -> int:
        """Everybody who has a verdict on the notebook."""
        return self.passed + self.failed + self.skipped + self.unanswered + self.unjudged

    @property
    def share(self) -> float:
        """Of those who passed, in percent."""
        return 100 * self.passed / self.of if self.of else 0.0


def gather(root: Path, assignment: str) -> list[Entry]:
    """The class, by student. Raises CourseError when there is no verdict or no gradebook."""
    students = graded.students(root, assignment)
    if not students:
        raise CourseError(
            f"nobody has a verdict on {assignment} in {root / 'autograded'}; "
            f"grade first: nbgrader autograde {assignment}"
        )
    by_student = {mark.student: mark for mark in marks.read(root, assignment)}
    return [
        _entry(root, assignment, student, by_student.get(student))
        for student in sorted({*students, *(mark.student for mark in by_student.values() if mark.submitted)})
    ]


def _entry(root: Path, assignment: str, student: str, mark: Mark | None) -> Entry:
    found, broken = [], []
    for path in sorted(graded.folder(root, assignment, student).glob(f"*{graded.SUFFIX}")):
        try:
            found.append(graded.read(path))
        except graded.BrokenVerdict as fault:
            broken.append(str(fault))
    if not found and not broken:
        broken.append(
            f"{student} has a row in the gradebook, but no verdict; "
            f"have it graded anew: nbgrader autograde {assignment} --student {student} --force"
        )
    pages = {
        verdict.notebook: "../" + quote(f"feedback/{student}/{assignment}/{verdict.notebook}.html")
        for verdict in found
        if (root / "feedback" / student / assignment / f"{verdict.notebook}.html").is_file()
    }
    return Entry(student, tuple(found), mark, pages, tuple(broken))


# ---------------------------------------------------------------------------------------- what it says


def rates(entries: Sequence[Entry]) -> list[Rate]:
    """How every check went, in the order of the notebooks and their cells."""
    counts: dict[tuple[str, str, str], dict[str, Any]] = {}
    without: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict, cell in _cells(entries):
        if not cell.checks:
            without[verdict.notebook, cell.function].append(cell.status)
        for check in cell.checks:
            row = counts.setdefault(
                (verdict.notebook, cell.function, check.id),
                {"title": check.title, "points": check.points, "seen": defaultdict(int)},
            )
            row["seen"]["unanswered" if cell.status == "unanswered" else check.status] += 1
    result = []
    for (notebook, function, _), row in sorted(counts.items(), key=lambda item: item[0][0]):
        seen, others = row["seen"], without[notebook, function]
        unjudged = others.count("grader_error")
        result.append(
            Rate(
                notebook,
                function,
                row["title"],
                row["points"],
                passed=seen["passed"],
                failed=seen["failed"],
                skipped=seen["skipped"],
                unanswered=seen["unanswered"] + len(others) - unjudged,
                unjudged=seen["grader_error"] + unjudged,
            )
        )
    return result


def misconceptions(entries: Sequence[Entry]) -> list[Group]:
    """The mistakes that were named, the most frequent first."""
    known = {entry.id: entry for entry in bank()}
    students: dict[str, set[str]] = defaultdict(set)
    for verdict, cell in _cells(entries):
        for check in cell.checks:
            if check.misconception:
                students[check.misconception].add(verdict.student)
    groups = [
        Group(
            known[name].function if name in known else name.partition("/")[0],
            known[name].sentence if name in known else "This misconception is not in the bank any more.",
            tuple(sorted(who)),
            id=name,
        )
        for name, who in students.items()
    ]
    return sorted(groups, key=lambda group: (-len(group.students), group.id))


@dataclass
class _Cluster:
    """Students whose answers to the calls they share are the same."""

    members: list[tuple[str, CellVerdict]] = field(default_factory=list)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)

    def fits(self, answers: dict[tuple[str, str], str]) -> bool:
        shared = answers.keys() & self.answers.keys()
        return bool(shared) and all(answers[call] == self.answers[call] for call in shared)


def clusters(entries: Sequence[Entry]) -> list[Group]:
    """Failures that no misconception explains, put together by what is alike, the largest first.

    First by the same wrong answers: two students are together when the same checks show the same calls
    and the same answers, on every call both have. Fixed inputs are the same for everybody; random ones
    differ, but shrink to the same small call most of the time. Who is left alone after that is put with
    those who fail the same checks in the same way (an exception by its name, a wrong shape, dtype, value).
    """
    by_function: dict[str, list[_Cluster]] = defaultdict(list)
    for verdict, cell in _cells(entries):
        answers = _unexplained(cell)
        if not answers:
            continue
        there = by_function[cell.function]
        home = next((cluster for cluster in there if cluster.fits(answers)), None)
        if home is None:
            home = _Cluster()
            there.append(home)
        home.members.append((verdict.student, cell))
        home.answers |= answers
    groups = []
    for function, found in by_function.items():
        alone: dict[str, list[tuple[str, CellVerdict]]] = defaultdict(list)
        for cluster in found:
            if len(cluster.members) > 1:
                groups.append(_group(function, cluster.members, "the same wrong answers to the same calls"))
            else:
                alone[_manner(cluster.members[0][1])] += cluster.members
        for members in alone.values():
            alike = "the same checks failed in the same way, on other inputs" if len(members) > 1 else ""
            groups.append(_group(function, members, alike))
    return sorted(groups, key=lambda group: (-len(group.students), group.function, group.students))


def _unexplained(cell: CellVerdict) -> dict[tuple[str, str], str]:
    """Answer by check and call, of failures without a name; nothing for a cell that was not answered."""
    if cell.status == "unanswered":
        return {}
    return {
        (check.id, (check.counterexample or {}).get("python", "")): _answer(cell, check)
        for check in cell.checks
        if check.status == "failed" and not check.misconception
    }


def _answer(cell: CellVerdict, check: CheckResult) -> str:
    example = check.counterexample or {}
    if "got" in example:
        return json.dumps(_rounded(example["got"]), sort_keys=True)
    return check.message if cell.status == "raised" else cell.status


def _rounded(value: Any) -> Any:
    """Numbers to nine digits, so that another order of adding up is no other answer; exceptions by name."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items() if key != "text"}
    return value


def _manner(cell: CellVerdict) -> str:
    """Which checks failed, and how, whatever the input was."""
    return json.dumps(
        [
            [check.id, check.status, _kind((check.counterexample or {}), cell)]
            for check in cell.checks
            if check.status != "passed"
        ]
    )


def _kind(example: dict[str, Any], cell: CellVerdict) -> str:
    expected, got = example.get("expected"), example.get("got")
    if "got" not in example:
        return cell.status
    if isinstance(got, dict) and "raised" in got:
        return str(got["raised"])
    if type(got) is not type(expected):
        return f"{type(got).__name__}"
    if isinstance(got, dict) and isinstance(expected, dict):
        return next(
            (key for key in ("type", "shape", "dtype") if got.get(key) != expected.get(key)), "values"
        )
    return "value"


def _group(function: str, members: list[tuple[str, CellVerdict]], alike: str) -> Group:
    example = [
        check for check in members[0][1].checks if check.status == "failed" and not check.misconception
    ]
    names = ", ".join(check.id for check in example)
    students = tuple(sorted({student for student, _ in members}))
    return Group(function, names, students, examples=tuple(example), alike=alike)


def _cells(entries: Iterable[Entry]) -> Iterable[tuple[Verdict, CellVerdict]]:
    return ((verdict, cell) for entry in entries for verdict in entry.verdicts for cell in verdict.cells)


def histogram(shares: Iterable[float]) -> list[int]:
    """How many shares (0 to 1) lie in each tenth; 1 belongs to the last."""
    counts = [0] * BINS
    for share in shares:
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return counts


# --------------------------------------------------------------------------------------------- on paper


def write(root: Path, assignment: str) -> tuple[Path, Path, list[str]]:
    """Write the page and the table; also what an instructor has to see to. Raises CourseError."""
    entries = gather(root, assignment)
    folder = root / "reports"
    folder.mkdir(exist_ok=True)
    page, table = folder / f"{assignment}.html", folder / f"{assignment}.csv"
    page.write_text(render(assignment, entries), encoding="utf-8")
    sheet.write(table, rows(entries), mark=True)
    return page, table, [reason for entry in entries for reason in entry.broken]


def rows(entries: Sequence[Entry]) -> list[list[str]]:
    """The table: a row for each student, a column for each function, cells that no spreadsheet computes."""
    worth: dict[str, float] = {}
    for _, cell in _cells(entries):
        worth.setdefault(cell.function, cell.max_score)
    head = [
        *("student", "last name", "first name", "points from hidden tests", "of"),
        *("score", "late penalty", "max score", "open for a human"),
        *(f"{function} (of {points:g})" for function, points in worth.items()),
        *("misconceptions", "failures without a name", "remarks"),
    ]
    result = [list(map(sheet.safe, head))]
    whole = max((_worth(entry) for entry in entries), default=0.0)
    for entry in entries:
        cells = [cell for verdict in entry.verdicts for cell in verdict.cells]
        points = {cell.function: cell.score for cell in cells if cell.status != "grader_error"}
        named = sorted(
            {check.misconception for cell in cells for check in cell.checks if check.misconception}
        )
        unnamed = sorted({f"{cell.function}.{check}" for cell in cells for check, _ in _unexplained(cell)})
        mark = entry.mark
        book = (
            [mark.score, mark.penalty, mark.max_score, float(mark.open)] if mark else [None, None, None, None]
        )
        row = [
            *(entry.student, mark.last_name if mark else "", mark.first_name if mark else ""),
            *(entry.score, whole, *book),
            *(points.get(function) for function in worth),
            *("; ".join(named), "; ".join(unnamed)),
            "; ".join(f"{notebook}: {text}" if notebook else text for notebook, text in entry.remarks),
        ]
        result.append(list(map(sheet.safe, row)))
    return result


def _worth(entry: Entry) -> float:
    return sum(verdict.max_score for verdict in entry.verdicts)


def render(assignment: str, entries: Sequence[Entry]) -> str:
    """The page; the same class gives the same page."""
    whole = max(map(_worth, entries), default=0.0)
    script, style = ((TEMPLATES / name).read_text() for name in ("report.js", "report.css"))
    scores = [entry.score for entry in entries if entry.verdicts]
    final = [entry.mark for entry in entries if entry.mark and not entry.mark.open and entry.mark.max_score]
    return _TEMPLATE.render(
        assignment=assignment,
        policy=POLICY.format(script=_hash(script), style=_hash(style)),
        script=Markup(script),  # noqa: S704  a file of ours
        style=Markup(style),  # noqa: S704
        entries=entries,
        whole=whole,
        worth=max((entry.mark.max_score for entry in entries if entry.mark), default=0.0),
        mean=fmean(scores) if scores else 0.0,
        median=median(scores) if scores else 0.0,
        points=histogram(score / whole for score in scores) if whole else [],
        final=histogram(mark.score / mark.max_score for mark in final),
        open=[entry for entry in entries if entry.mark and entry.mark.open],
        unjudged=[
            verdict for entry in entries for verdict in entry.verdicts if verdict.status == "grader_error"
        ],
        rates=rates(entries),
        misconceptions=misconceptions(entries),
        clusters=clusters(entries),
        links={entry.student: next(iter(entry.pages.values()), "") for entry in entries},
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _finalize(value: Any) -> Any:
    """Whatever is printed is clean text; only `Markup`, which is ours, stays as it is."""
    return outputs.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _brief(value: Any) -> str:
    """A value of a counterexample in a few words."""
    if isinstance(value, dict):
        if "raised" in value:
            return f"{value['raised']}: {value['text']}"[:200]
        if "type" in value:
            return f"a value of type {value['type']}"
        if value.get("values") is None:
            return f"an array of shape {tuple(value['shape'])}"
        return f"{value['values']} ({value['dtype']})"[:300]
    if isinstance(value, list):
        return ", ".join(map(_brief, value))[:300]
    return str(value)[:300]


def _called(example: dict[str, Any]) -> str:
    """The call of a counterexample, with its arrays written out while that is short."""
    whole = str(example.get("python", ""))
    return whole if whole and len(whole) < 300 else str(example.get("call", ""))


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("autograder"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
)
_ENVIRONMENT.filters.update(number=sheet.number, brief=_brief, called=_called)
_TEMPLATE = _ENVIRONMENT.get_template("report.html")
