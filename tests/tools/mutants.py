"""Mutants: changes by one operator to the plain loops of a right style, and which of them are no mistakes.

An operator changes a comparison, arithmetic, a constant, arguments, a statement or a condition.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from local_student import sections


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
    """Return what one operator makes of a node; None is a statement taken out."""
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
    """Yield every change of one place in the exemplar loops of a function."""
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
