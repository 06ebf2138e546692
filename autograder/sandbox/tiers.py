"""The ways to isolate a student's code on this machine.

`landlock` (Linux 5.13 and later) keeps one trusted zygote for many submissions: every kernel it forks
confines itself once more, to its own folder. `bubblewrap` (namespaces, for kernels without Landlock)
cannot be narrowed that way: there each submission gets a fresh sandbox. Neither needs root, a daemon
or a container engine, and the kernels of both make only the system calls of `inside.allowed_calls`.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder.sandbox import runtime, usage
from autograder.sandbox.inside import fence

PACKAGES = ("numpy", "pillow", "ipython")
DYING_SECONDS = 5.0

Zygote = subprocess.Popen[bytes]
Fence = dict[str, Any]
"""Arguments of `fence.restrict`."""


class NoIsolation(Exception):
    """This machine cannot run a student's code safely; the message says why and what to do."""


@dataclass(frozen=True)
class Tier:
    """One way to isolate."""

    name: str
    missing: Callable[[], str | None]
    """Says at little cost why it cannot work here; that it does work only a start can show (`trial`)."""
    start: Callable[[Path, runtime.Runtime, str], Zygote]
    """Starts a zygote that works in a folder, sees a runtime, and answers at an address."""
    narrow: Callable[[runtime.Runtime, Path], Fence] | None
    """Says what a single kernel may open that has a folder of its own; None where none can be narrowed."""

    @property
    def narrows(self) -> bool:
        """Whether its kernels are confined further, each by itself."""
        return self.narrow is not None


def landlock(newest: int = fence.NEWEST) -> Tier:
    """Return the tier of Landlock that asks for no version above `newest`."""

    def start(room: Path, view: runtime.Runtime, address: str) -> Zygote:
        readable = [*view.readable, "/proc/self"]
        wanted = {"parent": os.getpid(), "fence": _fence(readable, room, newest)}
        return _started(_python(view, address), wanted, env=_environment(view, room), cwd=room)

    def narrow(view: runtime.Runtime, folder: Path) -> Fence:
        return _fence(view.folders, folder, newest)

    return Tier("landlock", landlock_missing, start, narrow)


def landlock_missing() -> str | None:
    """Return why the tier of Landlock cannot work here, or None."""
    if fence.version():
        return None
    return "the kernel offers no Landlock (Linux 5.13 and later do, where it is among the security modules)"


def _fence(readable: Sequence[str], folder: Path, newest: int) -> Fence:
    return {"readable": list(readable), "writable": [str(folder), os.devnull], "newest": newest}


NAMESPACES = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv")
MOUNTED = ("--dev", "/dev", "--proc", "/proc")
# a /proc that can be written would let a student write into code, through /proc/self/mem
READ_ONLY = ("--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/")


def bubblewrap_missing() -> str | None:
    """Return why the tier of bubblewrap cannot work here, or None."""
    if shutil.which("bwrap") is None:
        return "the program bwrap is not installed; on Debian and Ubuntu: apt-get install bubblewrap"
    trial = ["bwrap", *NAMESPACES, "--ro-bind", "/", "/", *MOUNTED, *READ_ONLY, "--", "/bin/true"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    if done.returncode:
        return (
            f"bwrap cannot make namespaces here ({done.stderr.strip()}); unprivileged user namespaces "
            "have to be allowed (on Ubuntu 24.04: an AppArmor profile for bwrap; rarely in containers)"
        )
    return None


def _bubblewrapped(room: Path, view: runtime.Runtime, address: str) -> Zygote:
    setenv = [part for pair in _environment(view, room).items() for part in ("--setenv", *pair)]
    readable = [p for p in view.readable if not p.startswith(("/dev/", str(room)))]
    binds = [part for path in readable for part in ("--ro-bind", path, path)]
    command = [
        *(shutil.which("bwrap") or "bwrap", *NAMESPACES, *setenv, "--tmpfs", "/", *MOUNTED),
        *(*binds, "--bind", str(room), str(room), "--ro-bind", view.home, view.home, *READ_ONLY),
        *("--chdir", str(room), "--", *_python(view, address)),
    ]
    # without an environment, or a student would read ours in /proc/1/environ
    return _started(command, {"parent": None, "fence": None}, env={})


TIERS = (landlock(), Tier("bubblewrap", bubblewrap_missing, _bubblewrapped, None))
NAMES = tuple(tier.name for tier in TIERS)


def possible(allowed: Sequence[str] = NAMES, packages: tuple[str, ...] = PACKAGES) -> list[Tier]:
    """Return the tiers in `allowed` that nothing speaks against, for a sandbox that offers `packages`.

    Raise NoIsolation when there is none, or a package is missing: without isolation nothing is graded.
    """
    try:
        runtime.installed(packages)
    except runtime.MissingPackage as missing:
        raise NoIsolation(str(missing)) from None
    known = {tier.name: tier for tier in TIERS}
    reasons, found = [], []
    for name in allowed:
        if name not in known:
            reasons.append(f"{name}: no such tier (there are {', '.join(known)})")
        elif reason := known[name].missing():
            reasons.append(f"{name}: {reason}")
        else:
            found.append(known[name])
    if not found:
        raise none(reasons)
    return found


def none(reasons: Sequence[str]) -> NoIsolation:
    """Return the refusal to grade, with what speaks against each tier."""
    return NoIsolation("no isolation, no grading.\n  " + "\n  ".join(reasons))


def end(zygote: Zygote, patience: float = 0.0) -> None:
    """Kill a sandbox that does not end within so many seconds, and wait until all that ran in it has ended.

    A signal may interrupt this and call it again. So it waits for what the kernel says of a process, not
    for `Popen.wait`, which holds a lock that the interrupted call would never give back.
    """
    ending = []
    if zygote.returncode is None:  # nobody has waited for it, so its number is still its own
        for pid in (zygote.pid, *usage.children(zygote.pid)):
            with contextlib.suppress(ProcessLookupError):
                ending.append(os.pidfd_open(pid))
        select.select(ending[:1], [], [], patience)
        # with what it has just forked: a bwrap whose parent dies now waits for it for ever
        with contextlib.suppress(ProcessLookupError):
            os.killpg(zygote.pid, signal.SIGKILL)
    for process in ending:
        select.select([process], [], [], DYING_SECONDS)
        os.close(process)
    zygote.poll()


def said(zygote: Zygote) -> str:
    """Return what a sandbox has complained of until it ended; what has survived it is not waited for."""
    complaints: IO[bytes] = zygote.stderr  # type: ignore[assignment]
    os.set_blocking(complaints.fileno(), False)
    return (complaints.read() or b"").decode(errors="replace").strip()


def _started(command: list[str], wanted: dict[str, Any], **options: Any) -> Zygote:
    zygote = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )
    assert zygote.stdin is not None
    with contextlib.suppress(BrokenPipeError), zygote.stdin as pipe:  # if it has ended, stderr says why
        pipe.write(json.dumps(wanted).encode())
    return zygote


def _python(view: runtime.Runtime, address: str) -> list[str]:
    return [view.python, "-S", "-P", "-m", "inside.start", address]


def _environment(view: runtime.Runtime, room: Path) -> dict[str, str]:
    return {
        "PYTHONHOME": view.home,
        "PYTHONPATH": view.packages,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "HOME": str(room),
        "LANG": "C.UTF-8",
        "PATH": "",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
