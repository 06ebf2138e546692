"""Run notebooks as Jupyter runs them, in a process that other tests need not wait for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CELL_SECONDS = 120  # a kernel's answer is lost once in a few hundred runs, and nbconvert would wait for ever
ALL_SECONDS = 240
COMMAND = (
    *(sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors"),
    f"--ExecutePreprocessor.timeout={CELL_SECONDS}",
    "--KernelManager.transport=ipc",  # two kernels that start at once may choose the same port
    *("--output-dir", "out"),
)


class Run:
    """Notebooks being run in their folder; what comes of them lies in `out`."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._folder, self._files = folder, [f"{name}.ipynb" for name in names]
        self._process = self._start()

    def wait(self) -> None:
        """Wait until all have run; one that hangs is tried once more."""
        if self._code() != 0:
            self.end()
            self._process = self._start()
            assert self._code() == 0

    def end(self) -> None:
        """Kill what still runs; a kernel ends by itself without its parent."""
        self._process.kill()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [*COMMAND, *self._files]
        return subprocess.Popen(command, cwd=self._folder, stderr=subprocess.DEVNULL)

    def _code(self) -> int | None:
        try:
            return self._process.wait(ALL_SECONDS)
        except subprocess.TimeoutExpired:
            return None
