"""Be an ordinary user for a while: root's rights laid down, whoever runs the tests."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.inside.call_numbers import call
from autograder.sandbox.inside.rights import CAPABILITY_VERSION


@contextlib.contextmanager
def ordinary() -> Iterator[None]:
    """Hold no capability in this thread, so that the modes of files count; have them back at the end."""
    lines = [line.split() for line in Path("/proc/thread-self/status").read_text().splitlines()]
    held = {line[0]: int(line[1], 16) for line in lines if line and line[0].startswith("Cap")}
    _hold(0, held)
    try:
        yield
    finally:
        _hold(held["CapEff:"], held)


def _hold(effective: int, held: dict[str, int]) -> None:
    sets = (effective, held["CapPrm:"], held["CapInh:"])
    words = [each >> shift & 0xFFFFFFFF for shift in (0, 32) for each in sets]
    call("capset", struct.pack("=Ii", CAPABILITY_VERSION, 0), struct.pack("=6I", *words))
