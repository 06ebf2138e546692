"""The first process of a sandbox: imports once, runs no student code, forks kernels.

Called by `start`. The judge sends one JSON line a command, with the file descriptor of the new kernel's
channel beside a ``fork``. A forked kernel narrows itself down to its own folder (Landlock's rules nest) and
to the system calls that Python needs (`allowed_calls`), and only then reads the first line of student code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import site
import socket
import sys
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.random  # which NumPy imports when it is first used, once for all kernels
import PIL.Image
import PIL.ImageDraw  # what a first picture would import, once for all kernels
import PIL.ImageFilter
import PIL.ImageFont
import PIL.PngImagePlugin

from . import allowed_calls, fence, probe, rights, shared_libraries, wire
from .shell import Shell

CHUNK, MAX_CHUNK = 1 << 16, 1 << 20  # bytes received at a time


def main(address: str) -> None:
    """Import, say ready, then fork and report for as long as the judge listens."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.connect(address)
    shared_libraries.load(sys.path)
    sys.path.append("")  # last, so that no file beside a notebook shadows a package
    site.sethelper()  # Python runs without `site`, students with `help`
    shell = Shell()
    shell.run("1/0")  # imports what a first traceback would
    shell.run("del _")
    PIL.Image.init()
    with suppress(ImportError):
        importlib.import_module("pandas")  # where it is on offer, once for all kernels
    shared_libraries.drop_writable_code()
    rights.hide(hidden=True)  # memory and descriptors, from kernels that see this process
    gc.freeze()
    control.send(b"ready")
    exited: dict[int, int] = {}
    while True:
        line, channels, _, _ = socket.recv_fds(control, 65536, 1)
        if not line:
            return
        command = json.loads(line)
        if command["do"] == "fork":
            zygote, pid = os.getpid(), os.fork()
            if pid == 0:
                control.close()
                _become_kernel(shell, socket.socket(fileno=channels[0]), command, zygote)
            os.close(channels[0])
            control.send(str(pid).encode())
        else:
            _reap(exited)
            control.send(json.dumps(exited.pop(command["pid"], None)).encode())


def _reap(exited: dict[int, int]) -> None:
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            exited[pid] = status
    except ChildProcessError:
        return


def _become_kernel(shell: Shell, channel: socket.socket, command: dict[str, Any], zygote: int) -> None:
    try:
        try:
            rights.die_with(zygote)
            numpy.random.seed()  # noqa: NPY002  or all kernels would draw the same numbers
            _settle(command)
            if command["fence"] is not None:
                fence.restrict(**command["fence"])
            rights.hide(hidden=False)
            allowed_calls.install(allowed_calls.program(os.getpid()))
            allowed_calls.check()
        except Exception as fault:  # half confined is not confined: say so and end
            channel.sendall(wire.pack({"op": "hello", "trouble": f"{type(fault).__name__}: {fault}"}))
            return
        channel.sendall(wire.pack({"op": "hello", "trouble": "", "tables": "pandas" in sys.modules}))
        _serve(shell, *_pipe(channel))
    finally:
        os._exit(1)


def _settle(command: dict[str, Any]) -> None:
    """Make this a process with a session, a folder and limits of its own."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  open as long as the kernel lives
    os.environ.update(HOME=command["folder"], TMPDIR=command["folder"])
    os.chdir(command["folder"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name, value in command["limits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))


def _pipe(channel: socket.socket) -> tuple[probe.Send, probe.Receive]:
    """Return how a kernel sends a frame, and receives a number of bytes; it ends when the judge hangs up."""

    def send(frame: bytes) -> None:
        left = memoryview(frame)
        while left:
            left = left[os.write(channel.fileno(), left) :]

    received = bytearray()

    def receive(size: int) -> bytes:
        while len(received) < size:
            part = os.read(channel.fileno(), max(CHUNK, min(size - len(received), MAX_CHUNK)))
            if not part:
                os._exit(0)  # the judge has hung up
            received.extend(part)
        taken = bytes(memoryview(received)[:size])
        del received[:size]
        return taken

    return send, receive


def _serve(shell: Shell, send: probe.Send, receive: probe.Receive) -> None:
    """Answer the judge's messages for ever."""
    kept: dict[int, dict[str, Any]] = {}  # namespaces as they were
    while True:
        message, values = wire.read(receive)
        if message.get("at") in kept:
            shell.user_ns.clear()
            shell.user_ns.update(kept[message["at"]])
        match message["op"]:
            case "run":
                success = shell.run(message["source"])
                pictures = [np.frombuffer(data, "u1") for data in shell.outputs.pictures]
                report = {"op": "ran", "outputs": shell.outputs.items, "success": success}
                send(wire.pack(report, pictures))
            case "keep":
                kept[message["at"]] = dict(shell.user_ns)
                send(wire.pack({"op": "kept"}))
            case "call":
                probe.answer(shell.user_ns, message, values, send, receive)
            case _:
                probe.value(shell.user_ns, message, send)
