"""A limit on what our own functions may take where students choose the arguments."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class TooLong(BaseException):
    """The time is over; no `except Exception` of a function that is called takes it for its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooLong after so much processor time; in a thread other than the main one there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> NoReturn:
    raise TooLong
