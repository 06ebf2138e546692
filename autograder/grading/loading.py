"""Import much at once, without what Python's garbage collector and Ctrl-C make of that."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.grading.interrupts import interrupts_later


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while modules are imported, and never look through them later.

    For all that nbgrader needs it takes a fifth of a second, and as long again at the end of the process.
    An interrupt waits meanwhile, because some modules, and what Python calls by itself, would swallow it.
    """
    with interrupts_later():
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            gc.enable()
