"""Python's own messages for the commonest crashes of beginners, explained in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder import notebook
from autograder.checks.call_text import bound_arguments
from autograder.checks.failure import Failure
from autograder.notebook import outputs

OFFERED = "NumPy (as `np`) and Pillow (as `PIL`)"

# exception, pattern of its message, what it means
EXPLAINED: tuple[tuple[str, str, str], ...] = (
    ("ModuleNotFoundError", r"No module named '([\w.]+)'",
     "`{0}` is not available when your notebook is graded, only " + OFFERED + " are; do without it."),
    ("TypeError", r"Cannot interpret '.*' as a data type",
     "`np.zeros` and `np.ones` take the shape as one pair: `np.zeros((height, width))`."),
    ("TypeError", r"'tuple' object is not callable",
     "A shape isn't a function: write `image.shape` without brackets after it."),
    ("TypeError", r"'(?:int|float|numpy\.\w+)' object is not subscriptable",
     "You take a part of something that is a single number; is it a plain number where you expect a pair?"),
    ("TypeError", r"'(?:int|float|numpy\.\w+)' object is not iterable",
     "You use a single number like a list: a loop needs `range(...)`, and a pair may be a plain number."),
    ("TypeError", r"cannot unpack non-iterable (?:int|float|numpy\.\w+) object",
     "You unpack a single number; is it a plain number where you expect a pair?"),
    ("TypeError", r"object of type '(?:int|float)' has no len\(\)",
     "`len` was given a single number; is it a plain number where you expect a pair?"),
    ("TypeError", r"got an unexpected keyword argument '(\w+)'",
     "The parameter `{0}` has another name in your function; keep the names of the task."),
    ("TypeError", r"missing \d+ required positional arguments?: (.*)",
     "A parameter has no default value: {0} may be left out by whoever calls it."),
    ("TypeError", r"takes (?:from )?.* positional arguments? but (\d+) (?:was|were) given",
     "Your function takes fewer parameters than the task says; keep all of them."),
    ("TypeError", r"'(?:float|numpy\.float64)' object cannot be interpreted as an integer",
     "A size or an index has become a fraction; divide whole numbers with `//`."),
    ("TypeError", r"'NoneType'",
     "Something is None here; a function without `return`, or `None` as a start, gives that."),
    ("TypeError", r"unsupported operand type\(s\) for .*: '(?:tuple|int)' and '(?:tuple|int)'",
     "You compute with a pair as if it were one number; take its two halves apart first."),
    ("TypeError", r"(?:can only concatenate tuple|can't multiply sequence)",
     "You compute with a pair as if it were one number; take its two halves apart first."),
    ("TypeError", r"'<' not supported between instances of '(?:tuple|int)' and '(?:tuple|int)'",
     "You compare a pair with one number; take its two halves apart first."),
    ("ValueError", r"too many values to unpack \(expected (\d+)",
     "You unpack into {0} names, but there are more parts."),
    ("ValueError", r"not enough values to unpack \(expected (\d+), got (\d+)",
     "You unpack into {0} names, but there are {1} parts; a 2-D array has only a height and a width."),
    ("ValueError", r"operands could not be broadcast together with shapes (\S+) (\S+)",
     "Two arrays of the shapes {0} and {1} do not fit together."),
    ("ValueError", r"index can't contain negative values",
     "`np.pad` only adds, so it takes no negative numbers; to take rows or columns off, cut a slice."),
    ("ValueError", r"could not broadcast input array",
     "What you assign doesn't have the shape of the place you put it."),
    ("ValueError", r"setting an array element with a sequence",
     "You put a whole array where one number belongs; is a sum missing?"),
    ("ValueError", r"[Tt]he truth value of an array",
     "A condition looks at a whole array; say `.any()` or `.all()`, or compare single numbers."),
    ("ValueError", r"assignment destination is read-only",
     "You write into an array you were given, and this one is write-protected; make a copy first."),
    ("IndexError", r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
     "Index {0} does not exist on axis {1}, which has {2} places; indices start at 0."),
    ("IndexError", r"(?:list|tuple) index out of range", "A loop runs beyond the end of a list or a pair."),
    ("IndexError", r"too many indices for array",
     "The array has fewer axes than you index; images here are 2-D, without colours."),
    ("AxisError", r"axis (\d+) is out of bounds", "There is no axis {0}; images here are 2-D."),
    ("UnboundLocalError", r"cannot access local variable '(\w+)'",
     "`{0}` gets its value only further down, or only inside an `if`; give it one first."),
    ("NameError", r"name '(\w+)' is not defined",
     "`{0}` has no value at this place: is it misspelt, or defined in a cell that failed?"),
    ("ZeroDivisionError", r"", "Something is divided by 0."),
    ("RecursionError", r"", "The function calls itself endlessly."),
    ("AttributeError", r"'(\w+)' object has no attribute '(\w+)'",
     "A value of type {0} has no `{1}`; is it an array where you expect one?"),
)  # fmt: skip


def explained(exception: str, text: str) -> str:
    """Return what an exception means, in one sentence; nothing when it is none of the common ones."""
    for name, pattern, meaning in EXPLAINED:
        if name == exception and (found := re.search(pattern, text)):
            return meaning.format(*found.groups())
    return ""


def crash(failure: Failure, code: Sequence[str]) -> str:
    """Say what an exception means, and quote the line of the code it came from."""
    raised, text = failure.outcome.raised[0], failure.outcome.text
    kernel = getattr(bound_arguments(failure.function, failure.call).get("kernel"), "shape", ())
    asks = sticks_out(text, kernel) or covers_too_much(text, kernel, failure.function)
    return _quoted(failure, code, f"{explained(raised, text)} {asks}".strip())


def refusal(failure: Failure, code: Sequence[str]) -> str:
    """Say that a call is legal, if a `raise` or `assert` of the code itself refused it; nothing otherwise."""
    own = re.search(r"\b(?:raise|assert)\b(?! NotImplementedError)", _line(failure, code))
    return _quoted(failure, code, "It refuses a legal call.") if own else ""


def _quoted(failure: Failure, code: Sequence[str], meaning: str) -> str:
    line = _line(failure, code)
    return f"Your line: `{line[:120]}`. {meaning}" if meaning and line else meaning


def _line(failure: Failure, code: Sequence[str]) -> str:
    """Return the line of the code where an exception came from; nothing if it is not known."""
    line = failure.outcome.line
    return code[line - 1].strip() if line is not None and 0 < line <= len(code) else ""


def sticks_out(text: str, kernel: tuple[int, ...]) -> str:
    """Ask whether a window sticks out, if the text of an exception tells of one smaller than the kernel."""
    window = _laid_on(text, kernel)
    smaller = window and all(side <= own for side, own in zip(window, kernel, strict=True))
    return "Does a window stick out of the image?" if smaller else ""


def covers_too_much(text: str, kernel: tuple[int, ...], function: str) -> str:
    """Say what a dilated kernel covers, if the text of an exception tells of a window larger than it."""
    window = _laid_on(text, kernel) if function == "convolve2d_dilated" else ()
    larger = window and all(side >= own for side, own in zip(window, kernel, strict=True))
    return "Your windows are too large: k cells cover (k - 1) * dilation + 1 pixels." if larger else ""


def _laid_on(text: str, kernel: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape that did not fit together with the kernel's; () if the text tells of none."""
    if not (found := re.match(r"operands could not be .* shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", text)):
        return ()
    height, width, *second = map(int, found.groups())
    laid = {(height, width), (*second,)} - {kernel}
    return laid.pop() if len(laid) == 1 else ()


def unreadable_line(text: str, code: str) -> str:
    """Return where and why Python cannot read a cell, by a SyntaxError's text; nothing if it can."""
    found = re.fullmatch(r"(.*) \([^()]*, line (\d+)\)", text, re.DOTALL)
    if not found or notebook.is_python(code):
        return ""
    before = code[: len(code) - len(code.lstrip())].count("\n") + code.lstrip().startswith("%%")
    number, lines = before + int(found[2]), notebook.lines(code)
    line = f", `{outputs.clean(lines[number - 1].strip()[:120])}`" if 0 < number <= len(lines) else ""
    return f"Python cannot read line {number} of its cell{line}: {found[1]}"
