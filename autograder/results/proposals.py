"""Propose an entry for `misconceptions.py`: what several students do wrong and no entry explains.

A proposal is text for a teacher to read. What students wrote stands in it as comments, because the bank runs
in the judge, outside the sandbox.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder import notebook
from autograder.checks import exercise
from autograder.checks.example_list import SUFFIX
from autograder.course.settings import CourseError
from autograder.judge.verdict import CheckResult
from autograder.results.replay import Failed, NoReplay, student_code
from autograder.results.replay.text import comments, side_by_side
from autograder.results.report.entries import Entry, gather
from autograder.results.report.groups import SAME_RESULTS, Group, clusters

NAME_IT = "name_it"
"""The function's name in a proposal, for a teacher to change."""
CALLS = 5  # shown of one mistake
BEGIN = """\
from autograder.checks.mistakes import Table

mistakes = Table("{function}", "", "{aspect}")

"""


def propose(root: Path, assignment: str) -> str:
    """Return a skeleton entry for the largest group of failures that no entry explains, with its evidence.

    Wrong examples that students share follow as comments. Raises CourseError if there are no verdicts or
    nothing to propose.
    """
    entries = gather(root, assignment)
    shared = [group for group in clusters(entries) if not group.alone]
    functions = [group for group in shared if _is_of_a_function(group)]
    functions.sort(
        key=lambda group: group.alike != SAME_RESULTS
    )  # what is only similar is rarely one mistake
    said = [_entry(root, entries, functions[0])] if functions else []
    said += [
        text
        for group in shared
        if group.function.endswith(SUFFIX)
        if (text := _wrong_example(group, _shown(group.examples)))
    ]
    if not said:
        raise CourseError(f"no two students share a failure on {assignment} that no entry explains")
    return "\n\n\n".join(said)


def _is_of_a_function(group: Group) -> bool:
    """Return whether a function returned something wrong: an exception names no mistake."""
    came = [check.counterexample.got for check in _shown(group.examples) if check.counterexample]
    returned = any(not (isinstance(got, dict) and "raised" in got) for got in came)
    return callable(exercise.right(group.function)) and returned


def _shown(examples: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the failures with a call that shows what came."""
    return [check for check in examples if check.counterexample and check.counterexample.answered]


def _entry(root: Path, entries: Sequence[Entry], group: Group) -> str:
    shown = _shown(group.examples)
    in_the_repository = exercise.BUILT_IN.is_relative_to(root.resolve())
    folder = exercise.BUILT_IN if in_the_repository else root / exercise.FOLDER
    table = folder / group.function / "misconceptions.py"
    evidence = [
        f"{len(group.students)} students, {group.alike}: {', '.join(group.students)}.",
        *(line for check in shown[:CALLS] for line in ("", *_evidence(check))),
        "",
        *_as_written(root, entries, group),
        "",
        f"Name it, say in a sentence what helps, write what it does, and put it into {table}.",
    ]
    parameters = [
        each.replace(annotation=each.empty)
        for each in inspect.signature(exercise.right(group.function)).parameters.values()
    ]
    code = (
        f'@mistakes.written("Say what they do and what is asked for.", aspect="{shown[0].id}")',
        f"def {NAME_IT}{inspect.Signature(parameters)}:",
        f'    raise NotImplementedError("write what {group.function} does here")',
    )
    head = () if table.is_file() else (BEGIN.format(function=group.function, aspect=shown[0].id),)
    return "\n".join((comments(evidence), *head, *code))


def _evidence(check: CheckResult) -> Iterator[str]:
    """Yield the failure of one check, its call as code to paste, what was expected and what came."""
    assert check.counterexample is not None
    yield f"{check.id}: {check.title}"
    yield check.counterexample.python
    yield from side_by_side(check.counterexample)[1:]


def _as_written(root: Path, entries: Sequence[Entry], group: Group) -> Iterator[str]:
    """Yield the shortest code of the group's students, with what it uses."""
    found = []
    for entry in entries:
        for verdict in entry.verdicts if entry.student in group.students else ():
            for cell in verdict.cells:
                if cell.function == group.function:
                    try:
                        code = student_code(root, Failed(verdict, cell, group.examples[0]))
                    except NoReplay:
                        continue
                    found.append((len(code), code, entry.student))
    if not found:
        yield "No notebook of theirs is left; grade them again to see what they wrote."
        return
    _, code, student = min(found)
    yield f"The shortest code is {student}'s. Read it before you use it: entries run outside the sandbox."
    yield ""
    yield from notebook.lines(code)


def _wrong_example(group: Group, shown: Sequence[CheckResult]) -> str:
    function = group.function.removesuffix(SUFFIX)
    said = [f"{len(group.students)} students share wrong examples of {function}:"]
    for check in shown:
        assert check.counterexample is not None
        said += ["", check.message, check.counterexample.python, *side_by_side(check.counterexample)[1:]]
    return comments(said) if shown else ""
