"""Write the replay program: header, student's code, check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.checks import exercise
from autograder.checks.call_text import literal
from autograder.results.replay.built_in import built_in_cases
from autograder.results.replay.calls import calls
from autograder.results.replay.find import Failed
from autograder.results.replay.own import own_cases
from autograder.results.replay.text import comments, side_by_side

SECONDS = 20
PASTE = "# Paste the function `{name}` and everything it uses here."

_START = """
import faulthandler
import os
import sys
import warnings

import numpy as np

if child := os.fork():  # the code below may crash Python or exit with any code
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 3)
faulthandler.dump_traceback_later({seconds}, exit=True)  # stop a call that never returns, and show where
"""

_JUDGED_BEFORE = """
# Grading used the reference for these functions, because they are judged before this one.
# If convgrade is installed, so does this program; otherwise it uses the student's own, as it does for
# calls that the reference does not take.
def judged_before(name, own):
    def function(*arguments, **named):
        try:
            return getattr(reference, name)(*arguments, **named)
        except ValueError:
            raise
        except Exception:
            return own(*arguments, **named)

    return function


try:
    import reference
except ImportError:
    pass
else:
    globals().update({{name: judged_before(name, globals().get(name)) for name in {names}}})
"""

_END = """
print("wrong" if wrong else "right", flush=True)
sys.exit(1 if wrong else 3)
"""


def program(failed: Failed, code: str | None = None, before: Sequence[str] = ()) -> str:
    """Return the check as a Python program, with the student's `code` or a place to paste it.

    `before` are the functions judged before this one. Raises NoReplay.
    """
    name = failed.cell.function
    parts = [
        _header(failed, runs=code is not None),
        _START.format(seconds=SECONDS),
    ]
    parts += [_title("the student's code"), PASTE.format(name=name) if code is None else code]
    if used := [each for each in before if each != name and re.search(rf"\b{each}\b", code or "")]:
        parts.append(_JUDGED_BEFORE.format(names=literal(tuple(used))))
    parts.append(_title("the check"))
    row = calls(failed, code or "")
    parts += own_cases(failed, row) if exercise.is_own(name) else built_in_cases(failed, row)
    return "\n\n".join(part.strip("\n") for part in [*parts, _END]) + "\n"


def _header(failed: Failed, *, runs: bool) -> str:
    """Return what failed, as comments."""
    verdict, check = failed.verdict, failed.check
    lines = [
        f"{verdict.student}, {verdict.assignment}/{verdict.notebook}",
        f"{failed.name}: {check.earned:g} of {check.points:g} points",
        check.title,
        *check.message.splitlines(),
        "",
        *side_by_side(failed.example),
        "",
        "Run it with Python and NumPy. The exit code is 1 as long as a result is wrong, otherwise 0.",
    ]
    if runs:
        lines.append("It runs the student's code without the sandbox; read it first.")
    return comments(lines)


def _title(text: str) -> str:
    return f"# {'-' * (100 - len(text))} {text}"
