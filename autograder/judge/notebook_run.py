"""A notebook on its way through a kernel: cells in order, namespaces kept, a lost kernel replaced."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from autograder import notebook
from autograder.checks.crashes import OFFERED
from autograder.judge.job import Job
from autograder.notebook import Cell, outputs
from autograder.sandbox.kernel import Kernel, KernelLost
from autograder.sandbox.sandbox import Sandbox

REASONS = {
    "timeout": "did not finish: {detail}. Is there something that never ends, or takes far too long?",
    "crashed": "ended Python itself: {detail}.",
}
Step = Callable[[Kernel], None]
_MODULE = re.compile(r"[A-Za-z_][\w.]{0,60}", re.ASCII)
OWN = "a cell of your own"
MAX_NOTES = 20  # on cells without points
CHANCES = 2  # time limits of a notebook that may have been reached by chance
HURRY = 4  # how much less time cells without points have after each of them


class NotebookRun:
    """One notebook's cells, run once, and the kernel in which its functions are then judged.

    The namespace is kept at each test cell: a function is judged with the names as they were there,
    but only after the last cell has run, so that nothing learned while being judged is ever shown.
    """

    def __init__(self, job: Job, sandbox: Sandbox) -> None:
        self.job, self._sandbox = job, sandbox
        self.outputs: dict[int, list[outputs.Output]] = {}
        self.failed_cells: dict[str, tuple[str, str]] = {}
        """Status and message by grade id, of solution cells that failed."""
        self.notes: dict[str, None] = {}
        """What a student should know about what failed or does not count, in order."""
        self._steps: list[Step] = []  # that went well, for a fresh kernel to take again
        self._kernel: Kernel | None = None
        self._seconds, self._began = 0.0, time.monotonic()
        self._timeouts = 0
        self._bytes_left = job.limits.notebook_outputs

    def execute(self) -> None:
        """Run the cells from top to bottom. Raises NoIsolation."""
        plain = self.job.plain
        for index, cell in enumerate(self.job.notebook["cells"]):
            if notebook.is_autograded(cell) and not plain:
                self._keep(index)
            elif cell["cell_type"] == "code" and (text := notebook.source(cell).strip()):
                self.outputs[index] = self._run(cell, text)
        if self.job.late or self.job.again:
            self._keep(self.end)

    @property
    def end(self) -> int:
        """The number under which the namespace at the end is kept."""
        return len(self.job.notebook["cells"])

    def kernel(self) -> Kernel:
        """Return the kernel; after a loss a fresh one that has run all that ran before.

        Raises KernelLost when the notebook's time is used up.
        """
        if spent := self.spent():
            raise KernelLost("timeout", spent)
        if self._kernel is None:
            self._kernel = self._sandbox.kernel(self.job.files)
            self._kernel.spent = self.spent
            for step in list(self._steps):
                try:
                    step(self._kernel)
                except KernelLost:  # it went well before: its own doing, so without it from now on
                    self._steps.remove(step)
                    self.drop_kernel()
                    return self.kernel()
        return self._kernel

    def spent(self) -> str:
        """Return which time the whole notebook has used up, in words; empty if it has some left."""
        limits, running = self.job.limits, self._kernel.seconds if self._kernel else 0.0
        if self._seconds + running > limits.notebook_seconds:
            return f"this notebook has used its {limits.notebook_seconds:g} seconds of processor time"
        wait = limits.notebook_seconds * limits.waiting_factor
        if time.monotonic() - self._began > wait:
            return f"this notebook was waited for longer than {wait:g} seconds"
        return ""

    def drop_kernel(self) -> None:
        """End the kernel, if there is one."""
        if self._kernel is not None:
            self._seconds += self._kernel.seconds
            self._kernel.close()
            self._kernel = None

    def lose(self, lost: KernelLost) -> bool:
        """End the lost kernel; return whether what ended it may have a second try.

        A time limit may be reached by chance, but not again and again in one notebook.
        """
        self.drop_kernel()
        self._timeouts += lost.reason == "timeout"
        return self._timeouts <= CHANCES and not self.spent()

    def _keep(self, index: int) -> None:
        """Keep the namespace as it is at a test cell; a lost kernel is noticed when it is needed."""

        def step(kernel: Kernel) -> None:
            kernel.keep(index)

        try:
            step(self.kernel())
        except KernelLost:
            self.drop_kernel()
        self._steps.append(step)

    def _run(self, cell: Cell, text: str) -> list[outputs.Output]:
        """Run a cell; when it takes the kernel with it, then never again.

        A solution or a test has a second try, because points hang on it; other cells have less time when
        the notebook has shown that it reaches time limits, because nothing does.
        """

        def step(kernel: Kernel) -> None:
            kernel.run(text)

        has_points = notebook.is_solution(cell) or notebook.is_autograded(cell)
        seconds = self.job.limits.cell_seconds
        if not has_points:
            seconds /= HURRY ** min(self._timeouts, CHANCES)
        last = 2 if has_points else 1
        for attempt in range(1, last + 1):
            try:
                produced, pictures, success = self.kernel().run(text, seconds)
            except KernelLost as lost:
                if not self.lose(lost) or attempt == last:
                    message = f"This cell {REASONS[lost.reason].format(detail=lost.detail)}"
                    self._note_failure(cell, lost.reason, message)
                    if place(cell) == OWN:  # of others, the lesson's, a verdict says what is wrong
                        self._note(f"{OWN} was stopped. {message}")
                    return [outputs.failed("Stopped", message)]
            else:
                self._steps.append(step)
                produced = self._without_imports(cell, produced)
                most = min(self._bytes_left, self.job.limits.cell_outputs)
                kept = outputs.for_notebook(produced, pictures, most)
                self._bytes_left -= outputs.size(kept)
                if not success:
                    errors = [o for o in kept if o["output_type"] == "error"] or [outputs.failed("Error", "")]
                    self._note_failure(cell, "raised", f"{errors[-1]['ename']}: {errors[-1]['evalue']}")
                return kept
        raise AssertionError("unreachable")

    def _without_imports(self, cell: Cell, produced: list[outputs.Output]) -> list[outputs.Output]:
        """Return the outputs with a remark in place of each import that failed, and note it."""
        kept: list[outputs.Output] = []
        for output in produced:
            if not isinstance(output, dict) or output.get("output_type") != "left_out":
                kept.append(output)
                continue
            module = str(output.get("module"))
            if not _MODULE.fullmatch(module):
                module = "a module"
            said = f"`{module}` is not available when your notebook is graded, only {OFFERED} are"
            kept.append(outputs.note(f"{said}. The cell goes on without it."))
            self._note(f"{said}; {place(cell)} went on without it")
        return kept

    def _note(self, text: str) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes[text] = None

    def _note_failure(self, cell: Cell, reason: str, message: str) -> None:
        if name := notebook.grade_id(cell):
            self.failed_cells[name] = (reason, message)


def place(cell: Cell) -> str:
    """Return how a note names a cell."""
    name = str(notebook.grade_id(cell) or cell.get("id", ""))
    return OWN if not name or name.startswith("own-") else f"the cell {name!r}"
