"""The trusted zygote, the kernels it forks for submissions, and how they end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from autograder.sandbox import runtime, scratch, tiers, usage
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import PACKAGES, NoIsolation, Tier

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.sandbox.kernel import Kernel

START_SECONDS = 60.0
CLEANING_SECONDS = 5.0
COMPLAINING_SECONDS = 1.0  # a traceback comes line by line
DOOR = "judge"  # where the zygote knocks, in the sandbox's folder
LONGEST_ADDRESS = 107  # bytes of a socket's path: unix(7)


# -------------------------------------------------------------------------------------- sandbox


class Sandbox:
    """A running zygote and the kernels it forks; use it as a context manager."""

    def __init__(
        self, tier: Tier, limits: Limits | None = None, packages: tuple[str, ...] = PACKAGES
    ) -> None:
        self.tier, self.limits, self.packages = tier, limits or Limits(), packages
        self.scratch, self._lock = scratch.make()
        self._view = runtime.build(self.scratch / "python", packages)
        self._process: tiers.Zygote | None = None
        self._listener: socket.socket | None = None  # until the zygote is ready
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all that runs in the sandbox and remove its folders."""
        self._stop()
        scratch.remove(self.scratch)
        os.close(self._lock)

    def kernel(self, files: Mapping[str, bytes] | None = None) -> Kernel:
        """Start a kernel in a new folder that holds `files` (relative names) and nothing else.

        Raises NoIsolation when the sandbox does not start, OSError when the kernel cannot be confined.
        """
        self.start()
        try:
            return self._fork(files or {}, self.limits)
        except (OSError, ValueError):  # a submission took the zygote down with it: start again
            self._stop()
            self.start()
            return self._fork(files or {}, self.limits)

    def clear(self) -> None:
        """End every kernel and remove what they left; what cannot be cleaned is thrown away whole."""
        if self._process is None:
            return
        if not self.tier.narrows or not self._swept():
            self._stop()
        else:
            self._remove(*self._room.glob("kernel-*"))

    @contextlib.contextmanager
    def trial_kernel(self) -> Iterator[Kernel]:
        """Fork a kernel for code of our own: the sandbox stays good for a submission, on every tier."""
        self.start()
        kernel = self._fork({}, replace(self.limits, cell_seconds=START_SECONDS, waiting_factor=1.0))
        try:
            yield kernel
        finally:
            kernel.close()
            self._remove(*self._room.glob("kernel-*"))

    def start(self) -> None:
        """Start the zygote unless it runs, and wait until it is ready. Raises NoIsolation."""
        self.begin()
        if self._listener is not None:
            with self._listener as listener:
                self._listener = None
                self._await(listener)

    def begin(self) -> None:
        """Start the zygote unless it runs, without waiting for it. Raises NoIsolation."""
        if self._process is not None:
            return
        self._room = self.scratch / "room"
        self._room.mkdir(exist_ok=True)  # a start that failed may have left it
        address = str(self._room / DOOR)
        if len(address.encode()) > LONGEST_ADDRESS:
            long = tempfile.gettempdir()
            raise NoIsolation(f"the temporary folder {long} has too long a path; set TMPDIR to a shorter one")
        with contextlib.ExitStack() as stack:
            listener = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            listener.bind(address)
            listener.listen(1)
            try:
                self._process = self.tier.start(self._room, self._view, address)
            except OSError as fault:
                raise NoIsolation(f"the {self.tier.name} sandbox does not start: {fault}") from fault
            stack.pop_all()
        self._listener = listener

    def _await(self, listener: socket.socket) -> None:
        """Wait until the zygote says that it is ready. Raises NoIsolation when it does not."""
        process = self._process
        assert process is not None
        assert process.stderr is not None
        knocks = listener.fileno()
        ready, _, _ = select.select([knocks, process.stderr.fileno()], [], [], START_SECONDS)
        if knocks in ready:
            self._control, _ = listener.accept()
        if knocks not in ready or self._receive() != b"ready":
            tiers.end(process, COMPLAINING_SECONDS)
            trouble = tiers.said(process) if ready else "no answer"
            self._stop()
            raise NoIsolation(f"the {self.tier.name} sandbox does not start: {trouble}")
        (self._room / DOOR).unlink()

    def _fork(self, files: Mapping[str, bytes], limits: Limits) -> Kernel:
        self._count += 1
        folder = self._room / f"kernel-{self._count}"
        with self._open_room():
            folder.mkdir()
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = {
            "do": "fork",
            "folder": str(folder),
            "limits": self._kernel_limits(),
            "fence": self.tier.narrow(self._view, folder) if self.tier.narrow else None,
        }
        ours, theirs = socket.socketpair()
        from autograder.sandbox.kernel import Kernel  # needs NumPy, and a sandbox starts without

        try:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs:
                socket.send_fds(self._control, [json.dumps(command).encode()], [theirs.fileno()])
            inner_pid = int(self._receive())
            return Kernel(
                *(ours, limits, lambda: self._status(inner_pid), self._excess),
                clean=lambda: self._remove(folder),
            )
        except Exception:  # no zygote that answers, or a kernel that could not be confined
            ours.close()
            raise

    def _kernel_limits(self) -> dict[str, int]:
        """Return what a kernel sets; RLIMIT_NPROC counts all of a user's, so it needs a user namespace."""
        limits = self.limits.resource_limits()
        return limits if self.tier.narrows else limits | {"RLIMIT_NPROC": self.limits.threads}

    def _receive(self) -> bytes:
        ready, _, _ = select.select([self._control], [], [], START_SECONDS)
        return self._control.recv(65536) if ready else b""

    def _status(self, pid: int) -> int | None:
        """Return the wait status of a kernel that has ended, None when that cannot be told."""
        try:
            self._control.send(json.dumps({"do": "status", "pid": pid}).encode())
            status = json.loads(self._receive())
        except (OSError, ValueError):
            return None
        return status if isinstance(status, int) else None

    def _excess(self, pid: int) -> str | None:
        """Say what a kernel has too much of that no resource limit holds, or None."""
        if usage.threads(pid) > self.limits.threads:
            return f"it started more than {self.limits.threads} threads"
        used = usage.bytes_on_disk(self._room, self.limits.folder_entries) + usage.bytes_unlinked(pid)
        if used > self.limits.folder_size:
            most = self.limits.folder_size >> 20
            return f"its files were too many, too deep, in locked folders or more than {most} MiB"
        return None

    @contextlib.contextmanager
    def _open_room(self) -> Iterator[None]:
        """Let kernels' folders come and go: while a student's code runs, none is moved or replaced."""
        with contextlib.suppress(FileNotFoundError):  # it may have gone with the sandbox
            self._room.chmod(0o700)
        try:
            yield
        finally:
            with contextlib.suppress(FileNotFoundError):
                self._room.chmod(0o500)

    def _remove(self, *folders: Path) -> None:
        with self._open_room():
            for folder in folders:
                scratch.remove(folder)

    def _swept(self) -> bool:
        """Kill all that the zygote has forked; False when something is still there at the end."""
        assert self._process is not None
        end = time.monotonic() + CLEANING_SECONDS
        while (left := usage.children(self._process.pid)) and time.monotonic() < end:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._status(0)  # lets the zygote reap them
        return not left

    def _stop(self) -> None:
        if self._process is not None:
            tiers.end(self._process)
            self._process.stderr.close()  # type: ignore[union-attr]
            self._process = None
            if self._listener is not None:
                self._listener.close()
                self._listener = None
            with contextlib.suppress(AttributeError):
                self._control.close()
            self._remove(self._room)
