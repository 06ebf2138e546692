"""The kill matrix: which hidden check notices which wrong implementation, and which right ones pass.

    python tests/matrix.py [--seeds N] [--write FILE]
    python tests/matrix.py --evidence [--seeds N]

Rows are misconceptions, columns the checks of their function. ``F`` is a check that fails on its
fixed inputs, a number one that fails on random inputs alone and with how many seeds of N, ``-`` one
that is skipped because the check it stands on failed, ``.`` one that passes.

Mutants are changes by one operator (comparison, arithmetic, a constant, arguments, a statement, a
condition) to the loops of ``styles/loops.py``; the survivors are explained in ``EQUIVALENT``.

The evidence for ``RANDOM_CASES`` is how many random cases each check needs for the matrix to be
complete, and how many mistakes the random cases of all checks notice with no fixed input to help.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hmac
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np

import reference
from autograder import hidden
from autograder.hidden import RANDOM_CASES
from autograder.hidden.check import Check, seed
from autograder.hidden.expect import Failure
from autograder.misconceptions import bank
from autograder.misconceptions.diagnose import local
from autograder.sandbox.call import Call, Outcome

STYLES = Path(__file__).parent / "styles"
SECTION = re.compile(r"^# %% (\w+)$\n?", re.MULTILINE)
HIDDEN = sorted(
    info.name.removeprefix("test_") for info in pkgutil.iter_modules(hidden.__path__) if "test_" in info.name
)
Series = tuple[Sequence[Call], Sequence[Outcome]]


# ------------------------------------------------------------------------------ students and checks


class LocalStudent:
    """A student of ours, who answers in this process and remembers what was asked."""

    def __init__(self, name: str, answer: Any) -> None:
        self.name, self.answer = name, answer
        self.seen: list[Series] = []

    def value(self) -> Any:
        return self.answer

    def series(self, series: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        outcomes = [local(self.answer, calls) for calls in series]
        self.seen += zip(series, outcomes, strict=True)
        return outcomes


@cache
def checks(function: str) -> tuple[Any, ...]:
    """The hidden tests of a function, in the order they are written down."""
    name = f"autograder.hidden.test_{function}"
    spec = importlib.util.find_spec(name)
    module: ModuleType = importlib.util.module_from_spec(spec)  # of our own: the judge's keep their state
    spec.loader.exec_module(module)
    return tuple(
        test for key, test in vars(module).items() if key.startswith("test_") and hasattr(test, "check")
    )


def declared(function: str) -> list[Check]:
    return [test.check for test in checks(function)]


def seeded(test: Any, number: int, random_cases: int = RANDOM_CASES) -> None:
    """As the judge does, from a student's number."""
    of_student = hmac.digest(b"%d" % number, test.check.id.encode(), "sha256")
    seed(test, int.from_bytes(of_student), random_cases)


def fails_fixed(test: Any, student: LocalStudent) -> bool:
    """Whether a fixed input of a check reveals the student."""
    if test.searching is None:
        return _fails(test, student)
    with patch.object(test.searching, "drawn", list):
        return _fails(test, student)


def drawn(test: Any, number: int, random_cases: int = RANDOM_CASES) -> list[Call]:
    """The random inputs of a check for one seed: the same for every student, so drawn once."""
    kept = vars(test).setdefault("drawn", {})
    if (number, random_cases) not in kept:
        seeded(test, number, random_cases)
        kept[number, random_cases] = test.searching.drawn() if test.searching else []
    return kept[number, random_cases]


def asked(test: Any, student: LocalStudent, number: int, random_cases: int = RANDOM_CASES) -> Failure | None:
    """The first failure on random inputs alone, for one seed."""
    cases = drawn(test, number, random_cases)
    return test.searching.asking.failure(student, cases) if cases else None


def fails_random(test: Any, student: LocalStudent, number: int, random_cases: int = RANDOM_CASES) -> bool:
    """Whether a random input does, for one seed."""
    return asked(test, student, number, random_cases) is not None


def _fails(test: Any, student: LocalStudent) -> bool:
    try:
        test(student)
    except Failure:
        return True
    return False


def judged(function: str, fresh: Callable[[], Any], number: int = 0) -> dict[str, str]:
    """For each check: ``F`` or ``R`` fails on fixed or random inputs, ``-`` is skipped, ``.`` passes."""
    marks: dict[str, str] = {}
    for test in checks(function):
        this = test.check
        if this.after and marks[this.after] != ".":
            marks[this.id] = "-"
        elif fails_fixed(test, LocalStudent(function, fresh())):
            marks[this.id] = "F"
        else:
            marks[this.id] = "R" if fails_random(test, LocalStudent(function, fresh()), number) else "."
    return marks


def is_killed(marks: dict[str, str]) -> bool:
    """Whether some check fails."""
    return set(marks.values()) != {"."}


def _together(rows: list[dict[str, str]]) -> dict[str, str]:
    """One mark for all seeds; a number says with how many of them a check fails on random inputs."""
    marks = {}
    for check in rows[0]:
        found = [row[check] for row in rows]
        random = found.count("R")
        marks[check] = str(random) if random else max(found, key=found.count)
    return marks


def notices(function: str, fresh: Callable[[], Any]) -> bool:
    """Whether any check fails, the cheap ones first."""
    if any(fails_fixed(test, LocalStudent(function, fresh())) for test in checks(function)):
        return True
    return any(fails_random(test, LocalStudent(function, fresh()), 0) for test in checks(function))


# ------------------------------------------------------------------------------------------- styles


def styles() -> list[str]:
    return sorted(path.stem for path in STYLES.glob("*.py"))


def sections(style: str) -> dict[str, str]:
    """Code by function of one style."""
    parts = SECTION.split((STYLES / f"{style}.py").read_text())[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def built(function: str, code: Any) -> Any:
    """What `code` makes of the name, with the earlier functions right."""
    known = {
        name: getattr(reference, name) for name in ("output_size", "zero_pad", "convolve2d", "normalize")
    }
    space: dict[str, Any] = {"np": np, **known, "edge_magnitude": reference.edge_magnitude}
    space.pop(function, None)
    exec(compile(code, function, "exec") if isinstance(code, str | ast.AST) else code, space)
    return space[function]


# ------------------------------------------------------------------------------------------ mutants


@dataclass
class Mutant:
    function: str
    was: str
    now: str
    tree: ast.Module = field(repr=False)

    @property
    def change(self) -> str:
        return f"{self.was} -> {self.now}"


COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}


def changes(node: ast.AST) -> Iterator[ast.AST | None]:
    """What one operator makes of a node; None is a statement taken out."""
    for kinds, change in OPERATORS:
        if isinstance(node, kinds):
            yield from change(node)


def _other_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for index, op in enumerate(node.ops):
        for other in COMPARISONS.get(type(op), ()):
            yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _other_arithmetic(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    for other in ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=other())


def _other_constant(node: ast.Constant) -> Iterator[ast.AST]:
    if type(node.value) in (int, float):
        yield from (ast.Constant(node.value + step) for step in (1, -1))


def _other_condition(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        yield copy.deepcopy(rest[0]) if len(rest) == 1 else _with(node, values=rest)


def _neighbours_swapped(node: ast.Call | ast.Tuple) -> Iterator[ast.AST]:
    name = "args" if isinstance(node, ast.Call) else "elts"
    items = getattr(node, name)
    for at in range(len(items) - 1):
        yield _with(node, **{name: [*items[:at], items[at + 1], items[at], *items[at + 2 :]]})


def _negated(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return copy.deepcopy(changed)


OPERATORS: tuple[tuple[Any, Callable[[Any], Iterator[ast.AST | None]]], ...] = (
    (ast.Compare, _other_comparison),
    (ast.BinOp | ast.AugAssign, _other_arithmetic),
    (ast.Constant, _other_constant),
    (ast.BoolOp, _other_condition),
    (ast.UnaryOp, lambda node: iter([copy.deepcopy(node.operand)])),
    (ast.Call | ast.Tuple, _neighbours_swapped),
    (ast.If | ast.IfExp, _negated),
    (ast.Return, lambda _: iter([ast.Return(ast.Constant(None))])),
    (ast.If | ast.Assign | ast.AugAssign | ast.For | ast.Raise | ast.Expr, lambda _: iter([None])),
)


def mutants(function: str) -> Iterator[Mutant]:
    """Every change of one place in the exemplar loops of a function."""
    tree = ast.parse(sections("loops")[function])
    tree.body = [ast.fix_missing_locations(node) for node in tree.body]
    count = len(list(ast.walk(tree)))
    for index in range(count):
        original = list(ast.walk(tree))[index]
        for changed in changes(original):
            fresh = copy.deepcopy(tree)
            target = list(ast.walk(fresh))[index]
            now = "nothing" if changed is None else ast.unparse(changed).splitlines()[0]
            if changed is not None and ast.dump(changed) == ast.dump(original):
                continue
            _Swap(target, ast.Pass() if changed is None else changed).visit(fresh)
            ast.fix_missing_locations(fresh)
            yield Mutant(
                function, f"{_line(tree, original)}{ast.unparse(original).splitlines()[0]}", now, fresh
            )


def _line(_tree: ast.Module, node: ast.AST) -> str:
    return f"{getattr(node, 'lineno', 0)}:{getattr(node, 'col_offset', 0)} "


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, new: ast.AST) -> None:
        self.target, self.new = target, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.target else self.generic_visit(node)


def survives(mutant: Mutant) -> bool:
    """Whether no hidden check notices a mutant."""
    try:
        built(mutant.function, mutant.tree)
    except Exception:  # a mutant may raise anything
        return False
    return not notices(mutant.function, lambda: built(mutant.function, mutant.tree))


NUMPY = "NumPy raises the ValueError by itself: "
UNPACK = NUMPY + "the shape of what is not 2-D does not fit into two names"
CROP = NUMPY + "the image does not fit into an array that is smaller than it"
ROOM = "the padded array has room that is never looked at, beyond the last window"
ORDER = "the order of the types in isinstance makes no difference"
TWICE = "both names get the same number"
SYMMETRIC = "a sum of two squares is the same either way round"
STEP = "a stride of 0 raises ValueError where the range is made"
BY_EXTRA = "a stride of 0 has no output_padding that is smaller, which is refused as well"

# Survivors: what they change makes no difference to any call. Key: function and change.
EQUIVALENT: dict[tuple[str, str], str] = {
    ("conv_transpose2d", "5:34 1 -> 0"): BY_EXTRA,
    ("conv_transpose2d", "6:29 (tuple, list) -> (list, tuple)"): ORDER,
    ("conv_transpose2d", "9:12 (a, b) -> (b, a)"): TWICE,
    ("conv_transpose2d", "20:27 2 -> 3"): ROOM,
    ("conv_transpose2d", "20:40 2 -> 3"): ROOM,
    ("convolve2d", "2:4 if image.ndim != 2 or kernel.ndim != 2: -> nothing"): UNPACK,
    ("convolve2d", "2:7 image.ndim != 2 or kernel.ndim != 2 -> image.ndim != 2 and kernel.ndim != 2"): UNPACK,
    ("convolve2d", "2:7 image.ndim != 2 or kernel.ndim != 2 -> kernel.ndim != 2"): UNPACK,
    ("convolve2d", "2:7 image.ndim != 2 or kernel.ndim != 2 -> image.ndim != 2"): UNPACK,
    ("convolve2d", "3:8 raise ValueError('2-D arrays, please') -> nothing"): UNPACK,
    ("convolve2d", "12:7 sh < 1 or sw < 1 or ph < 0 or (pw < 0) -> sh < 1 or sw < 1 or pw < 0"): CROP,
    ("convolve2d", "12:7 sh < 1 or sw < 1 or ph < 0 or (pw < 0) -> sh < 1 or sw < 1 or ph < 0"): CROP,
    ("convolve2d", "4:26 (tuple, list) -> (list, tuple)"): ORDER,
    ("convolve2d", "7:8 (sh, sw) -> (sw, sh)"): TWICE,
    ("convolve2d", "8:27 (tuple, list) -> (list, tuple)"): ORDER,
    ("convolve2d", "11:8 (ph, pw) -> (pw, ph)"): TWICE,
    ("convolve2d", "12:32 0 -> -1"): CROP,
    ("convolve2d", "12:42 0 -> -1"): CROP,
    ("convolve2d", "18:27 2 -> 3"): ROOM,
    ("convolve2d", "18:39 2 -> 3"): ROOM,
    ("convolve2d_dilated", "5:48 0 -> -1"): CROP,
    ("convolve2d_dilated", "6:29 (tuple, list) -> (list, tuple)"): ORDER,
    ("convolve2d_dilated", "9:12 (a, b) -> (b, a)"): TWICE,
    ("convolve2d_dilated", "18:27 2 -> 3"): ROOM,
    ("convolve2d_dilated", "18:39 2 -> 3"): ROOM,
    ("edge_magnitude", "8:12 (across, down) -> (down, across)"): SYMMETRIC,
    (
        "edge_magnitude",
        "8:27 (float(gx[y, x]), float(gy[y, x])) -> (float(gy[y, x]), float(gx[y, x]))",
    ): SYMMETRIC,
    (
        "gaussian_kernel",
        (
            "2:7 not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0 -> "
            "not isinstance(size, (int, np.integer)) or size % 2 == 0"
        ),
    ): NUMPY + "there is no array of negative size, and a size of 0 is even",
    ("gaussian_kernel", "13:8 total += number -> total -= number"): "only the square of the total is used",
    (
        "gaussian_kernel",
        "4:11 1.0 -> 2.0",
    ): "the next row is made of its length, and a row alone is divided by itself",
    ("gaussian_kernel", "2:57 1 -> 0"): "0 is even, so it is refused all the same",
    ("gaussian_kernel", "2:28 (int, np.integer) -> (np.integer, int)"): ORDER,
    ("gaussian_kernel", "17:19 (i, j) -> (j, i)"): "the kernel is symmetric",
    ("normalize", "9:15 value < low -> value <= low"): "an equal number changes nothing",
    ("normalize", "11:15 value > high -> value >= high"): "an equal number changes nothing",
    ("normalize", "3:29 0 -> -1"): "the search for the ends may begin at any pixel",
    ("normalize", "3:32 0 -> -1"): "the search for the ends may begin at any pixel",
    ("output_size", "2:34 1 -> 0"): STEP,
    ("output_size", "7:30 2 -> 3"): "the starts behind the padded axis do not fit and are not counted",
    (
        "transposed_output_size",
        "2:7 n < 1 or k < 1 or stride < 1 or (padding < 0) -> n < 1 or k < 1 or padding < 0",
    ): BY_EXTRA,
    ("transposed_output_size", "2:34 1 -> 0"): BY_EXTRA,
    ("zero_pad", "2:4 if image.ndim != 2: -> nothing"): UNPACK,
    ("zero_pad", "3:8 raise ValueError('a 2-D image, please') -> nothing"): UNPACK,
    ("zero_pad", "4:27 (tuple, list) -> (list, tuple)"): ORDER,
    ("zero_pad", "7:8 (ph, pw) -> (pw, ph)"): TWICE,
}


# ------------------------------------------------------------------------------------------ the table


@dataclass
class Totals:
    rows: dict[str, dict[str, str]]
    killed: list[str]
    accepted: list[str]
    mutants_killed: int
    survivors: list[Mutant]

    def last_line(self) -> str:
        equivalent = sum((mutant.function, mutant.change) in EQUIVALENT for mutant in self.survivors)
        return (
            f"misconceptions killed {len(self.killed)}/{len(self.rows)}, "
            f"styles accepted {len(self.accepted)}/{len(styles())}, "
            f"mutants killed {self.mutants_killed}/{self.mutants_killed + len(self.survivors)} "
            f"({equivalent} equivalent)"
        )


def lost(style: str, number: int = 0) -> dict[str, dict[str, str]]:
    """The marks of a style's functions that lose points; empty when it keeps them all."""
    rows = {name: judged(name, partial(built, name, code), number) for name, code in sections(style).items()}
    return {function: marks for function, marks in rows.items() if is_killed(marks)}


def totals(seeds: int = 1) -> Totals:
    """Everything tried: misconceptions and styles with each seed, mutants with the first."""
    entries = [entry for entry in bank.bank() if entry.function in HIDDEN]
    rows = {
        entry.id: [judged(entry.function, entry.fresh, number) for number in range(seeds)]
        for entry in entries
    }
    tried = [mutant for function in HIDDEN if function != "my_kernel" for mutant in mutants(function)]
    survivors = [mutant for mutant in tried if survives(mutant)]
    return Totals(
        {name: _together(found) for name, found in rows.items()},
        [name for name, found in rows.items() if all(map(is_killed, found))],
        [style for style in styles() if not any(lost(style, number) for number in range(seeds))],
        len(tried) - len(survivors),
        survivors,
    )


def table(found: Totals) -> str:
    """The matrix as text, its totals in the last line."""
    lines = []
    for function in HIDDEN:
        names = [check.id for check in declared(function)]
        rows = {name: marks for name, marks in found.rows.items() if name.startswith(f"{function}/")}
        width = max([len(function), *map(len, rows)])
        lines += ["", f"{function:{width}}  {'  '.join(names)}"]
        for name, marks in rows.items():
            cells = "  ".join(f"{marks[check]:^{len(check)}}" for check in names)
            lines.append(f"{name:{width}}  {cells}".rstrip())
    for mutant in found.survivors:
        why = EQUIVALENT.get((mutant.function, mutant.change), "NOT EXPLAINED")
        lines += ["", f"survivor in {mutant.function}: {mutant.change}", f"  {why}"]
    return "\n".join([*lines, "", found.last_line()]).strip() + "\n"


# ----------------------------------------------------------------------------------------- evidence


TRIED = (1, 2, 3, 6, 12, 25)


def noticed_after(test: Any, student: LocalStudent, number: int) -> int | None:
    """With how many random cases a check fails; None when with none of them."""
    for count, case in enumerate(drawn(test, number), start=1):
        if test.searching.asking.failure(student, [case]):
            return count
    return None


def needed(seeds: int, functions: Sequence[str]) -> dict[str, dict[str, int]]:
    """By function and check, the fewest random cases with which every misconception is killed.

    Only what no fixed input of any check reveals needs them; it is left to the check that needs fewest.
    """
    least = {name: {check.id: 0 for check in declared(name)} for name in functions}
    for entry in (entry for name in functions for entry in bank.of(name)):
        tests = checks(entry.function)
        if any(fails_fixed(test, LocalStudent(entry.function, entry.fresh())) for test in tests):
            continue
        counts = {}
        for test in tests:
            found = [
                noticed_after(test, LocalStudent(entry.function, entry.fresh()), number)
                for number in range(seeds)
            ]
            counts[test.check.id] = max(count or RANDOM_CASES + 1 for count in found)
        best = min(counts, key=counts.__getitem__)
        least[entry.function][best] = max(least[entry.function][best], counts[best])
    return least


def noticed_alone(random_cases: int, seeds: int, functions: Sequence[str]) -> float:
    """The share of misconceptions that random cases notice with the fixed inputs left out."""
    found = [
        any(
            fails_random(test, LocalStudent(name, entry.fresh()), number, random_cases)
            for test in checks(name)
        )
        for name in functions
        for entry in bank.of(name)
        for number in range(seeds)
    ]
    return sum(found) / len(found)


def evidence(seeds: int) -> str:
    """What the number of random cases rests on, as text."""
    functions = [name for name in HIDDEN if any(test.searching for test in checks(name))]
    rows = [
        (f"{function}.{check}", count)
        for function, counts in needed(seeds, functions).items()
        for check, count in counts.items()
        if count
    ]
    lines = [f"random cases needed beside the fixed inputs, by check ({seeds} seeds; all others need none)"]
    lines += [f"  {name:40} {count}" for name, count in rows]
    lines += ["", "misconceptions that random cases notice alone, without fixed inputs and illegal calls"]
    lines += [f"  {count:2} of each check  {noticed_alone(count, seeds, functions):6.1%}" for count in TRIED]
    most = max((count for _, count in rows), default=0)
    return "\n".join([*lines, "", f"needed by any check {most}, given to each {RANDOM_CASES}"]) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description="The kill matrix: misconceptions by checks.")
    options.add_argument("--seeds", type=int, default=1, help="how many students' seeds to try")
    options.add_argument("--write", type=Path, help="a file for the matrix, besides the screen")
    options.add_argument("--evidence", action="store_true", help="how many random cases are needed")
    chosen = options.parse_args()
    text = evidence(chosen.seeds) if chosen.evidence else table(totals(chosen.seeds))
    if chosen.write:
        chosen.write.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
