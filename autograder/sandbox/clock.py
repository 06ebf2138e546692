"""Time limits: processor time of a kernel, with wall time behind it."""

from __future__ import annotations

import time

PATIENCE = 0.02  # seconds before the first look at the kernel's CPU time
PAUSE = 0.1  # seconds between later looks, at memory and disk, too


class Cpu:
    """CPU time of a process, all its threads together, as long as it is there."""

    def __init__(self, pid: int) -> None:
        self._clock = ~pid << 3 | 2  # clock_getcpuclockid(3); nothing has to be opened or parsed
        self._last = 0.0

    def now(self) -> float:
        """Return the seconds since the process began; the last ones known when it has gone."""
        try:
            self._last = time.clock_gettime(self._clock)
        except OSError:
            return self._last
        return self._last


class Clock:
    """CPU time of a process since now, with wall time behind it."""

    def __init__(self, cpu: Cpu, seconds: float, waiting_factor: float) -> None:
        self._cpu, self._before = cpu, cpu.now()
        self._seconds, self._wall_seconds = seconds, seconds * waiting_factor
        self._start = time.monotonic()
        self._looks = 0

    def used(self) -> float:
        """Return the seconds of CPU time used since the clock was made."""
        return self._cpu.now() - self._before

    def patience(self) -> float:
        """Return how many seconds to wait before the next look."""
        self._looks += 1
        return PATIENCE if self._looks == 1 else PAUSE

    def is_over(self) -> bool:
        """Return whether one of the two limits has been reached."""
        if time.monotonic() - self._start < min(self._seconds, 0.1):
            return False  # too early to look
        return self.used() > self._seconds or time.monotonic() - self._start > self._wall_seconds

    def verdict(self) -> str:
        """Return which limit was reached, in words.

        Of the wall time nobody knows whether the process waited, or the machine was busy.
        """
        if self.used() > self._seconds:
            return f"it was still computing after {self._seconds:g} seconds of processor time"
        return f"it was stopped after {self._wall_seconds:g} seconds"
