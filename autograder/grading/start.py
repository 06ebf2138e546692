"""Start a judge's process: a new Python, or a fork of this one where that is as good and starts sooner."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path

from autograder.grading import judge_process
from autograder.grading.interrupts import interrupts_later

JUDGE = (sys.executable, "-m", "autograder.grading.judge_process")
ALONE = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "HYPOTHESIS_NO_PLUGINS": "1",  # nor those of packages that happen to be here: finding them takes long
    "OPENBLAS_NUM_THREADS": "1",
}


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a judge that reads its jobs from a pipe and answers through another one.

    Where this process has no other threads, and nothing that a judge loads in its own way, it is copied.
    """
    fresh = threading.active_count() == 1 and not {"numpy", "pytest"}.intersection(sys.modules)
    copied = fresh and command == JUDGE
    with interrupts_later():  # one may come before the judge has its session
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches only the parent, which then stops the judge
            env=_environment(),
            preexec_fn=_judge_instead if copied else None,  # noqa: PLW1509  there are no threads
            restore_signals=not copied,  # a new Python ignores SIGPIPE again
        )


def _environment() -> dict[str, str]:
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "HYPOTHESIS_"))
    }
    return ours | ALONE


def _judge_instead() -> None:
    """Be the judge, where `subprocess` would now start a program, and end as one."""
    opened = [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]
    for descriptor in set(opened) - {0, 1, 2}:  # among them the one that `subprocess` waits for
        with contextlib.suppress(OSError):
            os.close(descriptor)
    wanted = _environment()
    os.environ.clear()
    os.environ.update(wanted)
    code: object = 1
    try:
        judge_process.main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code if isinstance(code, int) else 1)
