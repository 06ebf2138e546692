"""Run nbgrader and convgrade as from a shell, in processes that need not load nbgrader first.

Loading nbgrader takes longer than what most commands do in the courses of the tests. So one process loads
it and forks itself for each command: that one has a folder, an environment, outputs and an end of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

LONGEST_COMMAND = 300.0  # seconds
LONGEST_MESSAGE = 1 << 17


def run(root: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `nbgrader` or `convgrade` in a folder, in the environment as it is now."""
    channel = _loaded(os.environ.get("PYTHONPATH", ""))
    environment = os.environ | {"COLUMNS": "100"}
    message = json.dumps({"root": str(root), "command": [program, *arguments], "environment": environment})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            socket.send_fds(channel, [message.encode()], [out.fileno(), err.fileno()])
            code = int(channel.recv(LONGEST_MESSAGE))
        except BaseException:  # too late: the next command must not get this one's answer
            channel.close()
            _loaded.cache_clear()
            raise
        said = [(file.seek(0), file.read().decode())[1] for file in (out, err)]
    return subprocess.CompletedProcess([program, *arguments], code, *said)


@cache
def _loaded(_path: str) -> socket.socket:
    """Start a process that loads nbgrader, one for each PYTHONPATH; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(LONGEST_COMMAND)
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)

    def end() -> None:
        ours.close()
        process.kill()  # it may be waiting for a command that never ends
        process.wait()

    atexit.register(end)
    return ours


def _load() -> dict[str, Callable[[], object]]:
    import nbgrader.apps
    from nbgrader.apps.nbgraderapp import main as nbgrader

    from autograder.cli import main as convgrade
    from autograder.nbgrader_plugin import autograde, feedback, preprocessors, to_grade  # noqa: F401

    return {"nbgrader": nbgrader, "convgrade": convgrade}


def _serve(channel: socket.socket) -> None:
    """Fork for every message, and answer with the exit code."""
    programs = _load()
    while True:
        message, outputs, *_ = socket.recv_fds(channel, LONGEST_MESSAGE, 2)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            channel.close()
            _become(json.loads(message), outputs, programs)
            return
        for output in outputs:
            os.close(output)
        _, status = os.waitpid(pid, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: dict[str, object], outputs: list[int], programs: dict[str, Callable[[], object]]) -> None:
    for output, standard in zip(outputs, (1, 2), strict=True):
        os.dup2(output, standard)
        os.close(output)
    os.chdir(order["root"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = order["command"]
    sys.path[0] = order["root"]  # as `python -m` does
    programs[sys.argv[0]]()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
