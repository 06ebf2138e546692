"""The failing input of one check again, as a Python program that needs NumPy and nothing else.

The program makes the calls the check made, in their order and with their memory layouts, and looks
at the results after the last one. It ends with exit code 1 while an answer is wrong, 0 when all are
right. Everything in it that is not the student's own code is a comment or a literal.

Such a program is for people who look for a mistake. It runs in the student's process, so code that
hunts for answers can fool it; what counts is decided outside the sandbox, by `convgrade replay --run`.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import difflib
import importlib
import json
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

import reference
from autograder import course, graded, notebook, outputs
from autograder.course import CourseError
from autograder.hidden import RANDOM_CASES, expect
from autograder.hidden.check import seed
from autograder.inside.wire import lay_out, layout
from autograder.judge import check_seed
from autograder.kernel import Call, Outcome
from autograder.misconceptions.diagnose import local
from autograder.notebook import Cell
from autograder.verdict import CellVerdict, CheckResult, Verdict

SECONDS = 20
PASTE = "# Paste the function `{name}` here, and what it uses."


class NoReplay(CourseError):
    """There is nothing to replay; the message says why, and what there is."""


@dataclass(frozen=True)
class Failed:
    """One check that a student's function failed."""

    verdict: Verdict
    cell: CellVerdict
    check: CheckResult
    random_cases: int = RANDOM_CASES
    """How many random cases the course asks for."""

    @property
    def name(self) -> str:
        """What the `replay` command calls it."""
        return f"{self.cell.function}.{self.check.id}"


# ------------------------------------------------------------------------------ which check is meant


def find(root: Path, assignment: str, student: str, wanted: str) -> Failed:
    """The failed check called `function.check`, or `check` where only one function failed one of that name.

    Raises NoReplay with a list of what failed, and BrokenVerdict.
    """
    verdicts = graded.verdicts(root, assignment, student)
    if not verdicts:
        raise NoReplay(_nobody(root, assignment, student))
    cases = course.settings(course.load_config(root)).random_cases
    every = [
        Failed(verdict, cell, check, cases)
        for verdict in verdicts
        for cell in verdict.cells
        for check in cell.checks
    ]
    meant = [entry for entry in every if wanted in (entry.name, entry.check.id)]
    failed = [entry for entry in meant if entry.check.status == "failed"]
    if len(failed) > 1:
        raise NoReplay(f"{wanted} is not one check alone; which of these? {_names(failed)}")
    if not failed:
        raise NoReplay(_nothing(meant, wanted, student, [e for e in every if e.check.status == "failed"]))
    if failed[0].check.counterexample is None:
        raise NoReplay(
            f"{failed[0].name} of {student} failed without a call: {outputs.clean(failed[0].check.message)}"
        )
    return failed[0]


def _nobody(root: Path, assignment: str, student: str) -> str:
    known = graded.students(root, assignment)
    if not known:
        return f"nobody has a verdict on {assignment}; grade first: nbgrader autograde {assignment}"
    near = difflib.get_close_matches(student, known) or known[:5]
    return f"{student} has no verdict on {assignment}; {len(known)} have, such as {', '.join(near)}"


def _nothing(meant: list[Failed], wanted: str, student: str, failed: list[Failed]) -> str:
    there_is = f"failed are: {_names(failed)}" if failed else "no check failed"
    if not meant:
        return f"{student} has no check called {wanted}; {there_is}"
    statuses = {"passed": "passed", "skipped": "was not tried", "grader_error": "could not be judged"}
    return f"{meant[0].name} of {student} {statuses[meant[0].check.status]}; {there_is}"


def _names(entries: list[Failed]) -> str:
    return ", ".join(entry.name for entry in entries)


# ----------------------------------------------------------------------------------- the calls it made


class _Recorder:
    """A student who is right, and remembers what was asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: list[list[Call]] = []

    def value(self) -> Any:
        return None

    def series(self, asked: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        self.seen += map(list, asked)
        return [local(getattr(reference, self.name), row) for row in asked]


def calls(failed: Failed, code: str = "") -> list[Call]:
    """The calls in a row in which the check failed; mostly one. Raises NoReplay.

    The verdict has the one call that went wrong. The check itself tells which calls it makes before and
    after that, and how their arrays lie in memory. Where the student's `code` keeps something between
    calls, all that the check asked before comes first; where it looks at memory, other layouts come last.
    """
    name, example = failed.cell.function, failed.check.counterexample or {}
    call = parsed(example["python"])
    test = getattr(importlib.import_module(f"autograder.hidden.test_{name}"), f"test_{failed.check.id}", None)
    if not call.all or test is None:
        return [call]
    asked = _asked(failed, test)
    candidates = (
        [*asked, list(test.series(call)), [call]] if example.get("expected") != "ValueError" else [[call]]
    )
    row = next(row for row in candidates if example["python"] in (_text(name, each) for each in row))
    if _looks_at_memory(code):
        row = [*row, *(replace(call, args=tuple(_laid(value, way) for value in call.args)) for way in "FV")]
    return [*(each for earlier in asked for each in earlier), *row] if _remembers(code) else row


def _asked(failed: Failed, test: Any) -> list[list[Call]]:
    """What the check asks of this student, in its order, until something is wrong."""
    name, of_student = failed.cell.function, failed.verdict.seed
    number = check_seed(of_student, f"{name}.{failed.check.id}") if of_student else 0
    seed(test, number, failed.random_cases)
    recorder = _Recorder(name)
    test(recorder)
    return recorder.seen


def _text(name: str, call: Call) -> str:
    return expect.call_text(name, call, literal=True)


def _laid(value: Any, way: str) -> Any:
    return lay_out(value, way) if isinstance(value, np.ndarray) else value


def _looks_at_memory(code: str) -> bool:
    return re.search(r"strides|order\s*=|tobytes|\.data\b|memoryview", code) is not None


def _remembers(code: str) -> bool:
    """Whether something may last from one call to the next: in names outside, defaults, decorators."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (
            node.decorator_list or not all(isinstance(d, ast.Constant) for d in node.args.defaults)
        ):
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.Global):
            return True
    return any(not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom) for node in tree.body)


def parsed(text: str) -> Call:
    """The call that `expect.call_text` wrote. Raises NoReplay; runs nothing of the text."""
    try:
        match ast.parse(text, mode="eval").body:
            case ast.Name():
                return Call(())
            case ast.Call(func=ast.Name(), args=args, keywords=keywords):
                named = {str(keyword.arg): _value(keyword.value) for keyword in keywords}
                return Call(tuple(map(_value, args)), named)
    except (SyntaxError, ValueError, TypeError, AttributeError):
        pass  # said below, as for what is no call
    raise NoReplay(f"the verdict's call cannot be read: {outputs.clean(text)[:200]}")


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.List(elts=items):
            return [_value(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item) for item in items)
        case ast.Attribute(value=ast.Name(id="np"), attr="nan" | "inf" as name):
            return float(name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="array"), args=[items]):
            return np.array(_value(items))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="np"), attr="array"), args=[items, ast.Attribute(attr=dtype)]
        ):
            return np.array(_value(items), np.dtype(dtype))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=dtype), args=[number]):
            return np.dtype(dtype).type(_value(number))
    raise ValueError(ast.dump(node))


# ------------------------------------------------------------------------------------- the student's code


@dataclass(frozen=True)
class _Statement:
    """One statement at the top level of a cell."""

    text: str
    binds: frozenset[str]
    uses: frozenset[str]


def student_code(root: Path, failed: Failed) -> str:
    """The student's function and whatever it uses, from the autograded notebooks. Raises NoReplay.

    A statement of the notebook is taken when it defines a name that is used; prints, plots and
    experiments are not. Functions that the notebook brings over from earlier ones are looked for there.
    """
    verdict, function = failed.verdict, failed.cell.function
    here = graded.folder(root, verdict.assignment, verdict.student) / f"{verdict.notebook}.ipynb"
    if not here.is_file():
        raise NoReplay(f"the autograded notebook {here.relative_to(root)} is missing; have it graded anew")
    earlier = [path for path in sorted(here.parent.parent.glob("*/*.ipynb")) if path < here]
    own = [list(_statements(path, only_theirs=True)) for path in earlier]
    own.append(list(_statements(here, until=failed.cell.grade_id)))
    wanted, taken, missing = [function], set[tuple[int, int]](), {"np"}
    while wanted:
        name = wanted.pop()
        if name in missing:
            continue
        missing.add(name)
        for place in reversed(range(len(own))):
            binding = [(place, index) for index, each in enumerate(own[place]) if name in each.binds]
            if binding:
                taken.update(binding)
                wanted += [used for place, index in binding for used in own[place][index].uses]
                break
    return "\n\n\n".join(own[place][index].text for place, index in sorted(taken))


def _statements(path: Path, *, until: str = "", only_theirs: bool = False) -> Iterator[_Statement]:
    """The statements of a notebook's cells, those of the tests left out; `until` one test cell is reached."""
    for cell in json.loads(path.read_bytes())["cells"]:
        if until and notebook.grade_id(cell) == until:
            return
        theirs = notebook.is_solution(cell) or str(cell.get("id", "")).startswith("own-")
        if cell["cell_type"] == "code" and not notebook.is_autograded(cell) and (theirs or not only_theirs):
            yield from _of_cell(cell)


def _of_cell(cell: Cell) -> Iterator[_Statement]:
    text = re.sub(r"(?m)^[%!].*$", "", notebook.source(cell))  # IPython's own commands
    try:
        body, lines = ast.parse(text).body, text.splitlines()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in body:
        first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
        whole = "\n".join(lines[first - 1 : node.end_lineno])
        alone = ast.unparse(node)
        with contextlib.suppress(SyntaxError, ValueError):
            if ast.dump(ast.parse(whole)) != ast.dump(ast.parse(alone)):
                whole = alone  # two statements in one line
            table = symtable.symtable(whole, "cell", "exec")
            yield _Statement(whole, _bound(table) | _changed(node), _used(table))


def _bound(table: symtable.SymbolTable) -> frozenset[str]:
    names = table.get_symbols()
    return frozenset(name.get_name() for name in names if name.is_assigned() or name.is_imported())


def _changed(node: ast.stmt) -> frozenset[str]:
    """Names of what is assigned to in part, as in `kernel[1, 1] = 2`."""
    found = set()
    for target in getattr(node, "targets", [getattr(node, "target", None)]):
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value  # noqa: PLW2901  down to the name
        if isinstance(target, ast.Name):
            found.add(target.id)
    return frozenset(found)


def _used(table: symtable.SymbolTable) -> frozenset[str]:
    """Names a statement takes from the notebook, in functions and classes, too."""
    outside = table.get_type() == "module"
    found = {
        name.get_name()
        for name in table.get_symbols()
        if name.is_referenced() and (outside or name.is_global())
    }
    return frozenset(found.union(*map(_used, table.get_children())))


# ------------------------------------------------------------------------------------------ the program


_START = """
import faulthandler
import os
import sys
import warnings

import numpy as np

if child := os.fork():  # the code below may end Python itself, and with any exit code
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 3)
faulthandler.dump_traceback_later({seconds}, exit=True)  # a call that never ends is wrong, and shows where
"""

_JUDGED_BEFORE = """
# Judged before this function, so in grading these were right whatever the student wrote.
# Where convgrade is installed they are here, too; elsewhere the student's own stay.
try:
    from reference import {names}
except ImportError:
    pass
"""

_LAID_OUT = """
def laid_out(array, letters):
    # F: column by column in memory; V: every other number of a wider array; R: read-only
    if "F" in letters:
        array = np.asfortranarray(array)
    if "V" in letters:
        wider = np.zeros((*array.shape[:-1], 2 * array.shape[-1] + 1), array.dtype)
        wider[..., 1::2] = array
        array = wider[..., 1::2]
    array.flags.writeable = "R" not in letters
    return array
"""

_COMPARE = """
def right(answer, expected, tolerance):
    if expected is None:  # rounding alone decides
        return True
    if isinstance(expected, type):  # an exception
        return isinstance(answer, expected)
    if isinstance(expected, list):
        same = isinstance(answer, list) and len(answer) == len(expected)
        return same and all(right(one, other, tolerance) for one, other in zip(answer, expected))
    if isinstance(expected, np.ndarray):
        kind = (expected.shape, expected.dtype)
        if not isinstance(answer, np.ndarray) or (answer.shape, answer.dtype) != kind:
            return False
        with np.errstate(all="ignore"):
            near = np.abs(answer.astype(float) - expected.astype(float)) <= tolerance
            return bool((near | (answer == expected) | ((answer != answer) & (expected != expected))).all())
    if isinstance(expected, tuple):
        same = isinstance(answer, (tuple, list)) and len(answer) == len(expected)
        return same and all(right(one, other, tolerance) for one, other in zip(answer, expected))
    return isinstance(answer, (int, np.integer)) and not isinstance(answer, bool) and answer == expected


def attempt(function, arguments, named):
    try:
        return function(*arguments, **named)
    except BaseException as fault:
        return fault


def look(function):
    calls = [[*arguments, *named.values()] for arguments, named, _, _ in CALLS]
    before = [[np.array(value) for value in values] for values in calls]
    answers = [attempt(function, arguments, named) for arguments, named, _, _ in CALLS]
    wrong = 0
    for answer, (_, _, expected, tolerance), values, old in zip(answers, CALLS, calls, before):
        print("expected", expected, "got", repr(answer), sep="\\n")
        if not right(answer, expected, tolerance):
            print("This answer is wrong.")
            wrong += 1
        for now, then in zip(values, old):
            if not np.array_equal(now, then, equal_nan=then.dtype.kind == "f"):
                print("The call changed an argument.")
                wrong += 1
    return wrong
"""

_RUN = """
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    wrong = look({name})
"""

_WARNED = """
for warning in warned:  # the answer is right, but no warning may appear
    print("warning:", warning.message)
    wrong += 1
"""

_VALUE = """
JUDGED = {judged}  # what was wrong; why is said above
print("{name} =", {name}, sep="\\n")
wrong = {same}
"""

_END = """
print("wrong" if wrong else "right", flush=True)
sys.exit(1 if wrong else 3)
"""


def program(failed: Failed, code: str | None = None, before: Sequence[str] = ()) -> str:
    """The check as a Python program: with a place for the function, or complete with a student's `code`.

    `before` are the functions judged before this one. Raises NoReplay.
    """
    name = failed.cell.function
    parts = [
        _header(failed, runs=code is not None),
        _START.format(seconds=SECONDS),
    ]
    parts += [_title("the student's code"), PASTE.format(name=name) if code is None else code]
    if used := [each for each in before if each != name and re.search(rf"\b{each}\b", code or "")]:
        parts.append(_JUDGED_BEFORE.format(names=", ".join(used)))
    parts.append(_title("the check"))
    row = calls(failed, code or "")
    parts += _cases(failed, row) if row[0].all else [_judged_value(failed)]
    return "\n\n".join(part.strip("\n") for part in [*parts, _END]) + "\n"


def judged_before(root: Path, failed: Failed) -> tuple[str, ...]:
    """The functions judged before this one, which in grading are right whatever the student wrote."""
    verdict = failed.verdict
    earlier = course.earlier_functions(root / "source" / verdict.assignment / f"{verdict.notebook}.ipynb")
    here = [cell.function for cell in verdict.cells]
    return (*earlier, *here[: here.index(failed.cell.function)])


def _cases(failed: Failed, row: list[Call]) -> list[str]:
    """The calls with what is right, and the comparison."""
    name, example = failed.cell.function, failed.check.counterexample or {}
    cases, any_layout = [], False
    for call, outcome in zip(row, local(getattr(reference, name), row), strict=True):
        expected = _exception(outcome) if outcome.raised else _literal(_firm(name, call, outcome.value))
        arguments = "".join(f"\n            {_placed(value)}," for value in call.args)
        named = "".join(f"\n            {key!r}: {_placed(value)}," for key, value in call.named.items())
        any_layout |= any(isinstance(value, np.ndarray) and layout(value) for value in call.all)
        cases.append(
            f"    (\n        ({arguments}\n        ),\n        {{{named}}},\n"
            f"        {expected},\n        {_literal(_tolerance(example, call, outcome.value))},\n    ),"
        )
    note = "# arguments, named arguments, what is right, what rounding may cost"
    parts = [_LAID_OUT] if any_layout else []
    parts += ["\n".join([note, "CALLS = [", *cases, "]"]), _COMPARE, _RUN.format(name=name)]
    only_warned = "got" in example and example["got"] == example["expected"]
    return [*parts, _WARNED] if only_warned else parts


def _exception(outcome: Outcome) -> str:
    return next(kind for kind in outcome.raised if isinstance(getattr(builtins, kind, None), type))


def _firm(name: str, call: Call, value: Any) -> Any:
    """The value without those frames of a list that rounding alone decides."""
    if not isinstance(value, list):
        return value
    nudged = [part * (1 + 1e-12) if isinstance(part, np.ndarray) else part for part in call.args]
    other = local(getattr(reference, name), [replace(call, args=tuple(nudged))])[0].value
    return [
        None if expect.differing(one, two, tolerance=1).any() else one
        for one, two in zip(value, other, strict=True)
    ]


def _tolerance(example: dict[str, Any], call: Call, expected: Any) -> Any:
    """What a right answer may be off by: one grey level, or 1e-9 of the largest number there is.

    Where the check found a single grey level to be wrong, none is allowed; then it is an array.
    """
    parts = expected if isinstance(expected, list) else [expected]
    if isinstance(parts[0], np.ndarray) and parts[0].dtype == np.uint8:
        return _exact_where_off_by_one(example, parts[0]) if len(parts) == 1 else 1.0
    arrays = [
        np.abs(np.asarray(value, float)) for value in (*call.all, *parts) if isinstance(value, np.ndarray)
    ]
    return 1e-9 * max((float(array[np.isfinite(array)].max(initial=0.0)) for array in arrays), default=0.0)


def _exact_where_off_by_one(example: dict[str, Any], expected: np.ndarray) -> Any:
    got: Any = example.get("got")
    places = [tuple(at) for at in example.get("differs", [])]
    if not places or not _is_grid(got) or got["shape"] != list(expected.shape):
        return 1.0
    allowed = np.ones(expected.shape)
    for y, x in places:
        allowed[y, x] = float(abs(int(expected[y, x]) - got["values"][y][x]) > 1)
    return 1.0 if allowed.all() else allowed


def _judged_value(failed: Failed) -> str:
    """The comparison for a name that stands for a value: is it still the one that was wrong?"""
    name, got = failed.cell.function, (failed.check.counterexample or {}).get("got")
    if isinstance(got, dict) and got.get("values") is not None:
        judged = f"np.array({_numbers(got['values'])}, {got['dtype']!r})"
    elif isinstance(got, dict) and "type" in got:
        judged, same = repr(got["type"]), f"int(type({name}).__name__ in JUDGED)"
        return _VALUE.format(name=name, judged=judged, same=same)
    elif isinstance(got, dict) and "shape" in got:
        return _VALUE.format(name=name, judged=tuple(got["shape"]), same=f"int(np.shape({name}) == JUDGED)")
    else:
        judged = "None" if isinstance(got, dict) else _numbers(got)
    plain = "repr([type({0}), np.asarray({0}).dtype, np.asarray({0}).tolist()])"
    return _VALUE.format(
        name=name, judged=judged, same=f"int({plain.format(name)} == {plain.format('JUDGED')})"
    )


# ------------------------------------------------------------------------------------------- as text


def side_by_side(example: dict[str, Any]) -> list[str]:
    """Call, expected answer and the student's, for a reader; the differing cells are marked."""
    lines = [f"Called {example.get('call', '')}"]
    if "expected" not in example:
        return [*lines, "No answer came."]
    marked = {tuple(at) for at in example.get("differs", [])}
    left, right = (_lines(example[key], marked) for key in ("expected", "got"))
    width = max(len("expected"), *map(len, left)) + 4
    rows = [f"{one:{width}}{other}" for one, other in zip_longest(left, right, fillvalue="")]
    return [*lines, f"{'expected':{width}}got", *rows]


def _lines(value: Any, marked: set[tuple[int, ...]]) -> list[str]:
    if _is_grid(value):
        cells = [
            [f"{_short(cell)}{'≠' if (y, x) in marked else ''}" for x, cell in enumerate(row)]
            for y, row in enumerate(value["values"])
        ]
        width = max(len(cell) for row in cells for cell in row)
        about = f"{' by '.join(map(str, value['shape']))}, {value['dtype']}"
        return [about, *(" ".join(f"{cell:>{width}}" for cell in row) for row in cells)]
    if isinstance(value, list) and value and all(map(_is_grid, value)):
        return [line for part in value for line in _lines(part, marked)]
    return outputs.clean(_words(value)).splitlines()[:5] or [""]


def _words(value: Any) -> str:
    if isinstance(value, dict) and "raised" in value:
        return f"{value['raised']}: {value['text']}"
    if isinstance(value, dict) and "type" in value:
        return f"a value of type {value['type']}"
    if isinstance(value, dict):
        return f"an array of shape {tuple(value['shape'])}, {value['dtype']}: {value['values']}"
    return str(value)[:200]


def _short(cell: Any) -> str:
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def _is_grid(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value.get("values"))
        and len(value["shape"]) == 2
        and value["shape"][1] > 0
    )


def _literal(value: Any) -> str:
    """A value as Python that needs `np` alone, its number type kept."""
    if isinstance(value, np.ndarray):
        whole = f"np.array({_numbers(value.tolist())}, {value.dtype.name!r})"
        return whole if value.size else f"np.zeros({value.shape}, {value.dtype.name!r})"
    if isinstance(value, np.generic):
        return f"np.{type(value).__name__}({_numbers(value.item())})"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    return _numbers(value)


def _numbers(value: Any) -> str:
    """As `repr`; what JSON keeps as words (`nan`, `inf`) or as complex becomes numbers again."""
    return re.sub(r"'?\b(nan|inf)\b'?", r"np.\1", repr(value).replace("'-inf'", "-inf"))


def _placed(value: Any) -> str:
    """A literal that lies in memory as the check's own array did."""
    letters = layout(value) if isinstance(value, np.ndarray) else ""
    return f"laid_out({_literal(value)}, {letters!r})" if letters else _literal(value)


def _header(failed: Failed, *, runs: bool) -> str:
    """What failed, in comments: whatever a student wrote stays one."""
    verdict, check = failed.verdict, failed.check
    lines = [
        f"{verdict.student}, {verdict.assignment}/{verdict.notebook}",
        f"{failed.name}: {check.earned:g} of {check.points:g} points",
        check.title,
        *check.message.splitlines(),
        "",
        *side_by_side(check.counterexample or {}),
        "",
        "Run it with Python and NumPy: exit code 1 while an answer is wrong, 0 when all are right.",
    ]
    if runs:
        lines.append("It runs the student's code, and without the sandbox: read it first.")
    return "\n".join(f"# {_one_line(line)}".rstrip() for line in lines)


def _one_line(text: str) -> str:
    return " ".join(outputs.clean(text).split("\n"))


def _title(text: str) -> str:
    return f"# {'-' * (100 - len(text))} {text}"
