"""Whether a sandbox isolates here: a kernel is forked for real, runs, and is refused what it must not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from autograder.sandbox import tiers
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import NAMES, PACKAGES, NoIsolation

PROGRAM = """
import importlib, os, socket, sys
for name in ("numpy.fft", "wave"):  # what is on offer can be read, also late
    importlib.import_module(name)
attempts = {{
    "read /etc/passwd": lambda: open("/etc/passwd"),
    "read the judge's own code": lambda: open({judge_code!r}),
    "write into its Python": lambda: open(sys.prefix + "/own.py", "w"),
    "signal another process": lambda: os.kill(os.getppid(), 0),
    "make a socket": lambda: socket.socket(),
    "start a process": lambda: os.fork() or os._exit(0),
}}
def works(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
print(*(what for what, attempt in attempts.items() if works(attempt)), sep=", ")
"""


def trouble(place: Sandbox, meanwhile: Callable[[], object] = lambda: None) -> str | None:
    """Start a sandbox and return what is wrong with it, or None when it isolates; it goes on running.

    `meanwhile` is called while it starts.
    """
    try:
        place.begin()
    except (NoIsolation, OSError) as fault:
        return f"does not work here: {fault}"
    meanwhile()
    from autograder.sandbox.kernel import KernelLost  # needs NumPy, and a sandbox starts without

    try:
        return _reached(place)
    except (NoIsolation, OSError, KernelLost) as fault:
        return f"does not work here: {fault}"


def _reached(place: Sandbox) -> str | None:
    with place.trial_kernel() as kernel:
        outputs, _, success = kernel.run(PROGRAM.format(judge_code=__file__))
    said = "".join(str(output.get("text", output.get("evalue", ""))) for output in outputs).strip()
    if not success:
        return f"does not work here: {said}"
    return f"starts, but a kernel could {said}" if said else None


def choose(
    allowed: Sequence[str] = NAMES,
    limits: Limits | None = None,
    packages: tuple[str, ...] = PACKAGES,
    *,
    meanwhile: Callable[[], object] = lambda: None,
) -> Sandbox:
    """Return a running sandbox of the first tier in `allowed` that was seen to isolate here.

    `meanwhile` is called while each starts that is tried. Raise NoIsolation, with what is wrong with
    each, when none does.
    """
    reasons = []
    for tier in tiers.possible(allowed, packages):
        with ExitStack() as stack:
            place = stack.enter_context(Sandbox(tier, limits, packages))
            reason = trouble(place, meanwhile)
            if reason is None:
                stack.pop_all()  # it goes on running
                return place
            reasons.append(f"{tier.name}: {reason}")
    raise tiers.none(reasons)
