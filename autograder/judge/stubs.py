"""Tell the earlier functions that the judge answers for from those that are helpers of the student's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder import notebook
from autograder.notebook import Notebook


def stubs(nb: Notebook, function: str, tests: Mapping[str, int], before: Iterable[str]) -> list[str]:
    """Return those of the functions judged `before` that the judge answers while it judges `function`.

    What the cell that defines it binds besides is a helper, unless it is what was judged under that name.
    `tests` says from which cell on each function is looked for, upwards.
    """
    code = notebook.defining_source(nb, function, tests[function])
    own = notebook.bound_names(code)
    return [
        name
        for name in before
        if name not in own or (name in tests and notebook.defining_source(nb, name, tests[name]) == code)
    ]
