"""What students have in common: how each check went, recognised mistakes, similar failures."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.checks.behaviour import rounded
from autograder.checks.counterexample import Counterexample
from autograder.checks.example_list import SUFFIX
from autograder.checks.examples import NOTICES
from autograder.checks.mistakes import bank, loaded
from autograder.judge.verdict import CellVerdict, CheckResult
from autograder.results.report.entries import Entry, judged_cells

SAME_RESULTS = "the same wrong results for the same calls"
GONE = "This misconception is no longer in the bank, or its file does not load."


@dataclass(frozen=True)
class Group:
    """Students who share a mistake or similar failures."""

    function: str
    text: str
    students: tuple[str, ...]
    id: str = ""
    """The misconception's id; empty for failures that no misconception explains."""
    examples: tuple[CheckResult, ...] = ()
    alike: str = ""
    """What the failures have in common, in words."""
    cost: float = 0.0
    """Points that the class lost by it."""
    lesson: str = ""
    """Notebook and cell that explain it, such as "1_convolve2d#flip-after"."""

    @property
    def name(self) -> str:
        """The group's name in commands: the mistake's, or one that stands for these students."""
        students = hashlib.sha256("\n".join((self.text, *self.students)).encode()).hexdigest()
        return self.id or f"{self.function}/other-{students[:6]}"

    @property
    def alone(self) -> bool:
        """Whether there is only one student."""
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
    id: str = ""
    """Of the check."""

    @property
    def is_an_aspect(self) -> bool:
        """Whether the check asks what students' examples notice."""
        return self.id.startswith(NOTICES)

    @property
    def of(self) -> int:
        """Number of students who have a verdict on the notebook."""
        return self.passed + self.failed + self.skipped + self.unanswered + self.unjudged

    @property
    def share(self) -> float:
        """How many students passed, in percent."""
        return 100 * self.passed / self.of if self.of else 0.0


def rates(entries: Sequence[Entry]) -> list[Rate]:
    """Return how every check went, in the order of notebooks and cells."""
    counts: dict[tuple[str, str, str], dict[str, Any]] = {}
    without: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict, cell in judged_cells(entries):
        if not cell.checks:
            without[verdict.notebook, cell.function].append(cell.status)
        for check in cell.checks:
            row = counts.setdefault(
                (verdict.notebook, cell.function, check.id),
                {"title": check.title, "points": check.points, "seen": defaultdict(int)},
            )
            row["seen"]["unanswered" if cell.status == "unanswered" else check.status] += 1
    result = []
    for (notebook, function, name), row in sorted(counts.items(), key=lambda item: item[0][0]):
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
                id=name,
            )
        )
    return result


def misconceptions(entries: Sequence[Entry]) -> list[Group]:
    """Return the recognised mistakes, the most frequent first."""
    names = sorted({cell.function for _, cell in judged_cells(entries)})
    known = {entry.id: entry for entry in (*bank(), *(entry for name in names for entry in loaded(name)[0]))}
    found: dict[str, list[tuple[str, CheckResult]]] = defaultdict(list)
    behind: dict[str, float] = defaultdict(float)
    for verdict, cell in judged_cells(entries):
        for check in cell.checks:
            if check.misconception:
                found[check.misconception].append((verdict.student, check))
        why = {check.misconception for check in cell.checks if check.status == "failed"}
        if len(why) == 1 and (only := why.pop()):
            behind[only] += _lost(cell, "skipped")
    groups = [
        Group(
            known[name].function if name in known else name.partition("/")[0],
            known[name].sentence if name in known else GONE,
            tuple(sorted({student for student, _ in made})),
            id=name,
            examples=(min((check for _, check in made), key=_length),),
            cost=sum(check.points - check.earned for _, check in made) + behind[name],
            lesson=known[name].lesson if name in known else "",
        )
        for name, made in found.items()
    ]
    return sorted(groups, key=lambda group: (-len(group.students), group.id))


def _lost(cell: CellVerdict, *status: str) -> float:
    """Return what checks of this status cost that no misconception explains."""
    return sum(
        check.points - check.earned
        for check in cell.checks
        if check.status in status and not check.misconception
    )


def not_loaded(entries: Sequence[Entry]) -> list[str]:
    """Return which misconceptions of the judged functions do not load, and why."""
    names = sorted({cell.function for _, cell in judged_cells(entries)})
    return [f"{why}; their sentences are missing" for name in names if (why := loaded(name)[1])]


def costliest(groups: Sequence[Group]) -> list[Group]:
    """Return the three mistakes that cost the class most; a failure of one student alone is none of them."""
    shared = [group for group in groups if group.id or not group.alone]
    return sorted(shared, key=lambda group: (-group.cost, group.name))[:3]


def _length(check: CheckResult) -> tuple[int, str]:
    """Return by what examples are compared: the shortest call is the best one."""
    example = check.counterexample
    return (len(example.python), example.python) if example else (1 << 30, "")


@dataclass
class _Cluster:
    """Students whose results agree on all calls they share."""

    members: list[tuple[str, CellVerdict]] = field(default_factory=list)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)

    def fits(self, answers: dict[tuple[str, str], str]) -> bool:
        shared = answers.keys() & self.answers.keys()
        return bool(shared) and all(answers[call] == self.answers[call] for call in shared)


def clusters(entries: Sequence[Entry]) -> list[Group]:
    """Return the failures that no misconception explains, grouped by similarity, the largest group first.

    Students are grouped first by the same wrong results: to the fixed calls of a check, which are the same
    for everyone, and otherwise on every call that two of them share. Students who are alone after that are
    grouped with others who fail the same checks in the same way: with the same exception, or a wrong shape,
    dtype or value.
    """
    by_function: dict[str, list[_Cluster]] = defaultdict(list)
    for verdict, cell in judged_cells(entries):
        answers = unexplained(cell)
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
                groups.append(_group(function, cluster.members, SAME_RESULTS))
            else:
                alone[_manner(cluster.members[0][1])] += cluster.members
        for members in alone.values():
            alike = "the same checks failed in the same way, on other inputs" if len(members) > 1 else ""
            groups.append(_group(function, members, alike))
    return sorted(groups, key=lambda group: (-len(group.students), group.function, group.students))


def unexplained(cell: CellVerdict) -> dict[tuple[str, str], str]:
    """Return the results of failures without a recognised mistake, by check and call."""
    if cell.status == "unanswered":
        return {}
    answers = {}
    for check in _failures(cell):
        example = check.counterexample
        call = example.python if example and not check.behaviour else ""
        answers[check.id, call] = check.behaviour or _answer(cell, check)
    return answers


def _failures(cell: CellVerdict) -> Iterator[CheckResult]:
    """Yield the failures without a recognised mistake; of a list of examples, each wrong one."""
    for check in cell.checks:
        if check.status != "failed" or check.id.startswith(NOTICES):
            continue
        if not check.misconception:
            yield check
        for example in check.others:
            yield replace(check, message="Another example is not right.", counterexample=example)


def _answer(cell: CellVerdict, check: CheckResult) -> str:
    example = check.counterexample
    if example and example.answered:
        return json.dumps(rounded(example.got), sort_keys=True)
    return check.message if cell.status == "raised" else cell.status


def _manner(cell: CellVerdict) -> str:
    """Return which checks failed and how, regardless of the input."""
    return json.dumps(
        [
            [check.id, check.status, _kind(check.counterexample, cell)]
            for check in cell.checks
            if check.status != "passed"
        ]
    )


def _kind(example: Counterexample | None, cell: CellVerdict) -> str:
    if example is None or not example.answered:
        return cell.status
    expected, got = example.expected, example.got
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
    example = _shared(members) if function.endswith(SUFFIX) else list(_failures(members[0][1]))
    names = ", ".join(dict.fromkeys(check.id for check in example))
    students = tuple(sorted({student for student, _ in members}))
    lost = sum(_lost(cell, "failed", "skipped") for _, cell in members)
    return Group(function, names, students, examples=tuple(example), alike=alike, cost=lost)


def _shared(members: Sequence[tuple[str, CellVerdict]]) -> list[CheckResult]:
    """Return wrong examples, those that most of the students wrote first, without those of one student."""
    found = {_key(check): check for _, cell in members for check in _failures(cell)}
    wrote = Counter(key for _, cell in members for key in {_key(check) for check in _failures(cell)})
    return [
        replace(found[key], message=f"{count} students wrote it.") if count > 1 else found[key]
        for key, count in wrote.most_common()
        if count > 1 or len(members) == 1
    ]


def _key(check: CheckResult) -> tuple[str, str]:
    example = check.counterexample
    return (example.python, json.dumps(rounded(example.got), sort_keys=True)) if example else ("", "")
