"""The judge's end of a kernel: run a cell, call a function, read a value; never block indefinitely."""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from autograder.sandbox.call import Call, Outcome
from autograder.sandbox.clock import PAUSE, Clock, Cpu
from autograder.sandbox.inside import kinds, wire
from autograder.sandbox.limits import Limits
from autograder.sandbox.questions import packed
from autograder.sandbox.replies import Replies
from autograder.sandbox.reports import expected, outcome

HELLO_SECONDS = 30.0
DYING_SECONDS = 1.0
MAX_HELLO = 8192
CHUNK = 1 << 16  # bytes received at a time: many short answers, or a part of a long one
MAX_CHUNK = 1 << 20
MAX_QUESTIONS = 20_000


class KernelLost(BaseException):
    """The kernel died or was killed; `reason` is "timeout" or "crashed".

    Not an Exception, so that neither hypothesis nor pytest takes it for a failing example.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail
        self.call: Call | None = None  # the call that was under way


class Missing(Exception):
    """The kernel knows no such name."""


class Kernel:
    """A forked process that runs one student's cells, seen from outside."""

    def __init__(
        self,
        channel: socket.socket,
        limits: Limits,
        status: Callable[[], int | None] = lambda: None,
        watch: Callable[[int], str | None] = lambda _: None,
        clean: Callable[[], None] = lambda: None,
    ) -> None:
        self._channel, self._limits, self._status, self._watch = channel, limits, status, watch
        self._clean = clean
        self._channel.setblocking(False)
        self._watched = time.monotonic()
        self._received = bytearray()  # of answers that have not been read yet
        self.pid = self._hello()
        self._pidfd = os.pidfd_open(self.pid)
        self._cpu = Cpu(self.pid)
        self.spent: Callable[[], str] = lambda: ""
        """Says in words when a time is used up that all questions share."""

    @property
    def seconds(self) -> float:
        """CPU time the kernel has used so far, or had when it was last seen alive."""
        return self._cpu.now()

    def run(
        self, source: str, seconds: float | None = None
    ) -> tuple[list[dict[str, Any]], list[bytes], bool]:
        """Run one cell: its outputs, the pictures they name by index, and whether it succeeded.

        It has so many seconds of CPU time, or as many as the limits give a cell.
        """
        clock = self._put({"op": "run", "source": source}, seconds or self._limits.cell_seconds)
        message, pictures = self._answer(clock)
        self._look_after()  # so that what a cell leaves behind is its own loss, not that of a later call
        try:
            shown = [bytes(memoryview(picture)) for picture in pictures]
            return list(message["outputs"]), shown, bool(message["success"])
        except (KeyError, TypeError) as fault:
            raise self._broken(str(fault)) from None

    def keep(self, at: int) -> None:
        """Keep the namespace as it is now, under the number `at`."""
        self._answer(self._put({"op": "keep", "at": at}, self._limits.call_seconds))

    def call(
        self, name: str, calls: Sequence[Call], stubs: Sequence[str] = (), replies: Replies | None = None
    ) -> list[Outcome]:
        """Call a function once per item of `calls`, all before the first result is read."""
        return self.sequences(name, [calls], stubs, replies)[0]

    def sequences(
        self,
        name: str,
        sequences: Sequence[Sequence[Call]],
        stubs: Sequence[str] = (),
        replies: Replies | None = None,
        *,
        at: int | None = None,
    ) -> list[list[Outcome]]:
        """Make several sequences of calls: they are sent at once, and answered one sequence at a time.

        Within a sequence all calls come before the first result is read; each has the time limit of a
        call to itself. The function is looked up in the namespace kept `at`, or in the present one;
        `stubs` are names that, while this lasts, are answered by `replies` from here. Raises Missing
        when the function is not there, KernelLost with the call that was under way (the first of its
        sequence).
        """
        frame = packed(name, sequences, stubs, at, takes_tables=self._takes_tables)
        answered: list[list[Outcome]] = []
        try:
            clock = self._clock(self._limits.call_seconds)
            self._send(frame, clock)
            for calls in sequences:
                answered.append(self._outcomes(name, calls, self._answer(clock, replies, stubs)))
                clock = self._clock(self._limits.call_seconds)
        except KernelLost as lost:
            lost.call = sequences[len(answered)][0]
            raise
        return answered

    def _outcomes(
        self, name: str, calls: Sequence[Call], answer: tuple[dict[str, Any], list[Any]]
    ) -> list[Outcome]:
        message, results = answer
        if message["op"] == "missing":
            raise Missing(name)
        try:
            reports = list(message["outcomes"])
            if len(reports) != len(calls) or len(results) != len(calls):
                raise self._broken("an answer to other questions")
            rows = zip(calls, reports, results, strict=True)
            return [outcome(call, report, *result) for call, report, result in rows]
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise self._broken(str(fault)) from None

    def value(self, name: str, *, at: int | None = None) -> Any:
        """Return the value a name stands for in the namespace kept `at`, or in the present one.

        Raises Missing.
        """
        clock = self._put({"op": "value", "name": name, "at": at}, self._limits.call_seconds)
        message, values = self._answer(clock)
        if message["op"] == "missing":
            raise Missing(name)
        if len(values) != 1:
            raise self._broken("an answer to another question")
        return values[0]

    def close(self) -> None:
        """Kill the kernel and remove its folder, which would count as the next one's."""
        self._kill()
        select.select([self._pidfd], [], [], DYING_SECONDS)  # or it might still write there
        self._channel.close()
        os.close(self._pidfd)
        self._clean()

    # ------------------------------------------------------------------------------ protocol

    def _hello(self) -> int:
        """Read the kernel's first frame and return its process id, which the operating system vouches for."""
        ready, _, _ = select.select([self._channel], [], [], HELLO_SECONDS)
        if not ready:
            raise OSError("the new kernel does not answer")
        room = socket.CMSG_SPACE(struct.calcsize("3i"))
        data, credentials, _, _ = self._channel.recvmsg(MAX_HELLO, room)
        if not data or not credentials:
            raise OSError("the new kernel has ended at once")
        message, _ = wire.read(BytesIO(data).read)
        if message["trouble"]:
            raise OSError(f"the new kernel could not be confined: {message['trouble']}")
        self._takes_tables = message["tables"]
        pid: int = struct.unpack("3i", credentials[0][2])[0]
        return pid

    def _clock(self, seconds: float) -> Clock:
        return Clock(self._cpu, seconds, self._limits.waiting_factor)

    def _put(self, message: dict[str, Any], seconds: float) -> Clock:
        """Send a question without values; the clock of its answer runs from here."""
        clock = self._clock(seconds)
        self._send(wire.pack(message), clock)
        return clock

    def _answer(
        self, clock: Clock, replies: Replies | None = None, stubs: Sequence[str] = ()
    ) -> tuple[dict[str, Any], list[Any]]:
        """Return the next answer; reply to questions that come before it."""
        try:
            for _ in range(MAX_QUESTIONS):
                frame = wire.received(lambda size: self._receive(size, clock))
                reply = replies.known(frame, stubs) if replies else None
                if reply is None:
                    answer, results = wire.opened(*frame)
                    if answer.get("op") != "ask" or replies is None:
                        return expected(answer), results
                    reply = replies.to(frame, answer, results, stubs)
                self._check(clock)  # questions without end must not stop it
                self._send(reply, clock)
            raise self._broken("too many questions in one call")
        except (kinds.WireError, LookupError, TypeError, ValueError) as fault:
            raise self._broken(str(fault)) from None

    def _send(self, frame: bytes, clock: Clock) -> None:
        view = memoryview(frame)
        while view:
            try:
                view = view[self._channel.send(view) :]
            except BlockingIOError:
                self._wait(clock, [], [self._channel])
            except OSError:
                raise self._dead() from None

    def _receive(self, size: int, clock: Clock) -> bytes:
        while len(self._received) < size:
            try:
                missing = size - len(self._received)
                part = self._channel.recv(min(max(missing, CHUNK), MAX_CHUNK))
            except BlockingIOError:
                self._wait(clock, [self._channel], [])
                continue
            except OSError:
                raise self._dead() from None
            if not part:
                raise self._dead()
            self._received += part
        taken = bytes(memoryview(self._received)[:size])
        del self._received[:size]
        return taken

    def _wait(self, clock: Clock, reading: list[Any], writing: list[Any]) -> None:
        """Wait until the channel is ready. Raises KernelLost when the kernel dies or its time is up."""
        while True:
            ready, room, _ = select.select([*reading, self._pidfd], writing, [], clock.patience())
            if room or any(channel in ready for channel in reading):
                self._check(clock)  # nor must an answer that comes byte by byte
                return
            if self._pidfd in ready:
                raise self._dead()
            self._check(clock)

    def _check(self, clock: Clock) -> None:
        due = time.monotonic() - self._watched >= PAUSE  # for what takes too long to look at each time
        over = clock.verdict() if clock.is_over() else self.spent() if due else ""
        if over:
            self._kill()
            raise KernelLost("timeout", over)
        if due:
            self._look_after()

    def _look_after(self) -> None:
        """Raise KernelLost when the kernel has too much of what no limit of its own holds."""
        excess, self._watched = self._watch(self.pid), time.monotonic()
        if excess:
            self._kill()
            raise KernelLost("crashed", excess)

    def _kill(self) -> None:
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            return

    def _broken(self, detail: str) -> KernelLost:
        self._kill()
        return KernelLost("crashed", f"the kernel's answer could not be read ({detail})")

    def _dead(self) -> KernelLost:
        select.select([self._pidfd], [], [], DYING_SECONDS)
        self._cpu.now()  # for the last time, before somebody reaps it
        self._kill()
        status = self._status()
        if status is not None and os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
            return KernelLost("crashed", f"Python was ended by the signal {name}")
        if status is not None:
            return KernelLost("crashed", f"Python ended itself with exit code {os.WEXITSTATUS(status)}")
        return KernelLost("crashed", "Python ended")
