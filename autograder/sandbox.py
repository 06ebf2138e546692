"""Where a student's code runs: one small interface, two tiers of isolation.

`sandlock` (Landlock and seccomp, Linux 6.12 and later) keeps one trusted zygote for many
submissions: every kernel it forks confines itself once more, to its own folder. `bubblewrap`
(namespaces, for older kernels) cannot be narrowed that way: there each submission gets a fresh
sandbox. Neither needs root, a daemon or a container engine.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from autograder import processes, runtime, scratch
from autograder.kernel import Kernel
from autograder.limits import Limits

START_SECONDS = 60.0
CLEANING_SECONDS = 5.0
LONGEST_PATH = 1_000  # of what a student's code may lay out: to look through deeper ones takes long
PACKAGES = ("numpy", "pillow", "ipython")
LONGEST_ADDRESS = 107  # bytes of a socket's path: unix(7)

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


# ---------------------------------------------------------------------------------------- tiers


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


# -------------------------------------------------------------------------------------- sandbox


class Sandbox:
    """A running zygote and the kernels it forks; use it as a context manager."""

    def __init__(
        self, tier: Tier, limits: Limits | None = None, packages: tuple[str, ...] = PACKAGES
    ) -> None:
        self.tier, self.limits, self.packages = tier, limits or Limits(), packages
        self.scratch, self._lock = scratch.make()
        self._view = runtime.build(self.scratch / "python", packages)
        self._process: Process | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        scratch.remove(self.scratch)
        os.close(self._lock)

    def kernel(self, files: Mapping[str, bytes] | None = None) -> Kernel:
        """A new kernel in a new folder that holds `files` (relative names) and nothing else.

        Raises NoIsolation when the sandbox does not start, OSError when the kernel cannot be confined.
        """
        self.start()
        try:
            return self._fork(files or {})
        except (OSError, ValueError):  # a submission took the zygote down with it: start again
            self._stop()
            self.start()
            return self._fork(files or {})

    def clear(self) -> None:
        """End every kernel and remove what they left; what cannot be cleaned is thrown away whole."""
        if self._process is None:
            return
        if not self.tier.narrows or not self._swept():
            self._stop()
        else:
            for folder in self._room.glob("kernel-*"):
                scratch.remove(folder)

    def start(self) -> None:
        """Start the zygote unless it runs; the first kernel would. Raises NoIsolation."""
        if self._process is None:
            self._start()

    def _start(self) -> None:
        self._room = self.scratch / "room"
        self._room.mkdir(exist_ok=True)  # a start that failed may have left it
        door = self._room / "judge"
        address = str(door)
        if len(address.encode()) > LONGEST_ADDRESS:
            long = tempfile.gettempdir()
            raise NoIsolation(f"the temporary folder {long} has too long a path; set TMPDIR to a shorter one")
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(address)
            listener.listen(1)
            listener.settimeout(START_SECONDS)
            command = [self._view.python, "-S", "-P", "-m", "inside.zygote", address]
            command += ["narrow"] if self.tier.narrows else []
            try:
                self._process = self.tier.start(self._room, self._view, command, self.limits)
            except (OSError, RuntimeError) as fault:
                raise NoIsolation(f"the {self.tier.name} sandbox does not start: {fault}") from fault
            stderr = self._process.stderr
            ready, _, _ = select.select([listener, stderr], [], [], START_SECONDS)
            if listener in ready:
                self._control, _ = listener.accept()
        if listener not in ready or self._receive() != b"ready":
            trouble = stderr.read().decode(errors="replace").strip() if ready else "no answer"
            self._stop()
            raise NoIsolation(f"the {self.tier.name} sandbox does not start: {trouble}")
        door.unlink()

    def _fork(self, files: Mapping[str, bytes]) -> Kernel:
        self._count += 1
        folder = self._room / f"kernel-{self._count}"
        folder.mkdir()
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = {
            "do": "fork",
            "folder": str(folder),
            "limits": self._kernel_limits(),
            "readable": self._view.folders() if self.tier.narrows else [],
        }
        ours, theirs = socket.socketpair()
        try:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs:
                socket.send_fds(self._control, [json.dumps(command).encode()], [theirs.fileno()])
            inner_pid = int(self._receive())
            return Kernel(ours, self.limits, status=lambda: self._status(inner_pid), watch=self._excess)
        except Exception:  # no zygote that answers, or a kernel that could not be confined
            ours.close()
            raise

    def _kernel_limits(self) -> dict[str, int]:
        """What a kernel process sets; sandlock counts threads itself, a user namespace by RLIMIT_NPROC."""
        limits = self.limits.resource_limits()
        return limits if self.tier.narrows else limits | {"RLIMIT_NPROC": self.limits.threads}

    def _receive(self) -> bytes:
        ready, _, _ = select.select([self._control], [], [], START_SECONDS)
        return self._control.recv(65536) if ready else b""

    def _status(self, pid: int) -> int | None:
        """The wait status of a kernel that has ended, None when that cannot be told."""
        try:
            self._control.send(json.dumps({"do": "status", "pid": pid}).encode())
            status = json.loads(self._receive())
        except (OSError, ValueError):
            return None
        return status if isinstance(status, int) else None

    def _excess(self, pid: int) -> str | None:
        """What a kernel has too much of that no resource limit holds, or None."""
        if processes.threads(pid) > self.limits.threads:  # RLIMIT_NPROC does not hold root
            return f"it started more than {self.limits.threads} threads"
        if _disk(self._room, self.limits.folder_entries) > self.limits.folder_size:
            return f"its files together were more than {self.limits.folder_size >> 20} MiB"
        return None

    def _swept(self) -> bool:
        """Kill all that the zygote has forked; False when something is still there at the end."""
        assert self._process is not None
        end = time.monotonic() + CLEANING_SECONDS
        while (left := processes.children(self._process.pid)) and time.monotonic() < end:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._status(0)  # lets the zygote reap them
        return not left

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None
            with contextlib.suppress(AttributeError):
                self._control.close()
            scratch.remove(self._room)


def _disk(folder: Path, most: int) -> float:
    """Bytes on disk of all below a folder; infinite when it is too deep or has more than `most` entries."""
    total, entries, folders = 0, 0, [str(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as found:
            for entry in found:
                total += entry.stat(follow_symlinks=False).st_blocks * 512
                entries += 1
                if entries > most or len(entry.path) > LONGEST_PATH:
                    return float("inf")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return total


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
