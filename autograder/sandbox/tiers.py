"""The ways to isolate a student's code on this machine, and which of them works here.

`sandlock` (Landlock and seccomp, Linux 6.12 and later) keeps one trusted zygote for many
submissions: every kernel it forks confines itself once more, to its own folder. `bubblewrap`
(namespaces, for older kernels) cannot be narrowed that way: there each submission gets a fresh
sandbox. Neither needs root, a daemon or a container engine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from autograder.sandbox import runtime
from autograder.sandbox.limits import Limits

PACKAGES = ("numpy", "pillow", "ipython")

# Landlock does not govern metadata, so what changes it is refused by number. (More is refused to the
# kernels of both tiers: inside/seal.py.)
DENIED_CALLS = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr"),
    *("setxattrat", "removexattrat", "file_setattr"),
)


class NoIsolation(Exception):
    """This machine cannot run a student's code safely; the message says why and what to do."""


class Process(Protocol):
    """The zygote as its tier started it."""

    pid: int
    stderr: Any

    def kill(self) -> None:
        """End the whole sandbox, whatever runs in it."""


def sandlock_missing() -> str | None:
    """Why the sandlock tier cannot be used here, or None."""
    try:
        import sandlock
    except (ImportError, OSError) as fault:
        return f"the package sandlock does not load ({fault}); install it with: pip install sandlock==0.9.0"
    have, need = sandlock.landlock_abi_version(), sandlock.min_landlock_abi()
    if have < need:
        return (
            f"the kernel offers Landlock {max(have, 0)}, sandlock needs {need} (Linux 6.12 and later, "
            "with landlock among the active security modules)"
        )
    return None


def bubblewrap_missing() -> str | None:
    """Why the bubblewrap tier cannot be used here, or None."""
    if shutil.which("bwrap") is None:
        return "the program bwrap is not installed; on Debian and Ubuntu: apt-get install bubblewrap"
    trial = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--", "/bin/true"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    if done.returncode:
        return (
            f"bwrap cannot make namespaces here ({done.stderr.strip()}); unprivileged user namespaces "
            "have to be allowed (on Ubuntu 24.04: an AppArmor profile for bwrap)"
        )
    return None


class _Sandlocked:
    def __init__(self, room: Path, view: runtime.Runtime, command: list[str], limits: Limits) -> None:
        import sandlock

        self._sandbox = sandlock.Sandbox(
            fs_readable=[*view.readable, *view.for_zygote, "/proc/self"],
            fs_writable=[str(room), os.devnull],
            max_processes=limits.threads,
            clean_env=True,
            env=_environment(view, room),
            cwd=str(room),
            no_coredump=True,
            extra_deny_syscalls=DENIED_CALLS,
        )
        null, pipe = sandlock.StdioMode.NULL, sandlock.StdioMode.PIPED
        self._process = self._sandbox.popen(command, stdin=null, stdout=null, stderr=pipe)
        self.pid, self.stderr = self._process.pid or -1, self._process.stderr

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.stderr.close()


class _Bubblewrapped:
    def __init__(self, room: Path, view: runtime.Runtime, command: list[str], limits: Limits) -> None:
        del limits  # its kernels set theirs themselves
        setenv = [part for pair in _environment(view, room).items() for part in ("--setenv", *pair)]
        readable = [p for p in view.readable if not p.startswith(("/dev/", str(room)))]
        binds = [part for path in readable for part in ("--ro-bind", path, path)]
        self._process = subprocess.Popen(
            [
                *(
                    shutil.which("bwrap") or "bwrap",
                    "--unshare-all",
                    "--die-with-parent",
                    "--new-session",
                    "--cap-drop",
                    "ALL",
                ),
                *("--clearenv", *setenv, "--tmpfs", "/", "--dev", "/dev", "--proc", "/proc"),
                *(*binds, "--bind", str(room), str(room), "--ro-bind", view.home, view.home),
                # a /proc that can be written would let a student write into code, through /proc/self/mem
                *("--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"),
                *("--chdir", str(room), "--", *command),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={},  # or a student would read ours in /proc/1/environ
        )
        self.pid, self.stderr = self._process.pid, self._process.stderr

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@dataclass(frozen=True)
class Tier:
    """One way to isolate; `narrows` when its kernels can each be confined further."""

    name: str
    start: Any
    missing: Any
    narrows: bool


TIERS = (
    Tier("sandlock", _Sandlocked, sandlock_missing, narrows=True),
    Tier("bubblewrap", _Bubblewrapped, bubblewrap_missing, narrows=False),
)


def choose(
    allowed: tuple[str, ...] = ("sandlock", "bubblewrap"), packages: tuple[str, ...] = PACKAGES
) -> Tier:
    """The first tier in `allowed` that works here, for a sandbox that offers `packages`.

    Raises NoIsolation when none does, or a package is missing: without isolation nothing is graded.
    """
    try:
        runtime.installed(packages)
    except runtime.MissingPackage as missing:
        raise NoIsolation(str(missing)) from None
    known = {tier.name: tier for tier in TIERS}
    reasons = []
    for name in allowed:
        if name not in known:
            reasons.append(f"{name}: no such tier (there are {', '.join(known)})")
            continue
        reason = known[name].missing()
        if reason is None:
            return known[name]
        reasons.append(f"{name}: {reason}")
    raise NoIsolation("no isolation, no grading.\n  " + "\n  ".join(reasons))


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
