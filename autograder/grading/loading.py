"""Import much at once, without what Python's garbage collector and Ctrl-C make of that."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while modules are imported, and never look through them later.

    For all that nbgrader needs it takes a fifth of a second, and as long again at the end of the process.
    An interrupt waits meanwhile, because some modules, and what Python calls by itself, would swallow it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
