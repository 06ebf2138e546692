"""What a student's code can reach, do and survive, on both tiers."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from common import QUICK, ROOT, TIERS

from autograder import processes, sandbox
from autograder.kernel import Call, KernelLost, Missing


def printed(kernel, source):
    outputs, _, _ = kernel.run(source)
    return "".join(o.get("text", "") + o.get("evalue", "") for o in outputs)


def refused(kernel, source):
    """Whether running `source` ends in an exception."""
    _, _, success = kernel.run(source)
    return not success


def alive(pid):
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "path",
    [
        str(ROOT / "reference" / "convolution.py"),
        str(ROOT / "autograder" / "hidden" / "test_convolve2d.py"),
        str(ROOT / "autograder" / "judge.py"),
        str(ROOT / "source" / "conv2d" / "1_convolve2d.ipynb"),
        str(ROOT / "nbgrader_config.py"),
        "/etc/passwd",
        "/etc/shadow",
        "/proc/GRADER/mem",
    ],
)
def test_files_outside_cannot_be_read(kernel, path):
    path = path.replace("GRADER", str(os.getpid()))
    assert Path(path).exists()
    assert refused(kernel, f"open({path!r}, 'rb').read(1)")


def test_folders_outside_cannot_be_listed(kernel):
    for folder, known in (
        (ROOT, "nbgrader_config.py"),
        ("/etc", "passwd"),
        (Path(pytest.__file__).parent.parent, "pytest"),
    ):
        assert (Path(folder) / known).exists()
        assert "True" not in printed(kernel, f"import os; print({known!r} in os.listdir({str(folder)!r}))")


def test_the_graders_environment_cannot_be_read(place, monkeypatch):
    monkeypatch.setenv("CONVGRADE_TEST_MARK", "not-for-students")
    with sandbox.Sandbox(place.tier, QUICK) as fresh:
        kernel = fresh.kernel()
        kernel.run("found = ''")
        for pid in ("self", "1", "2", os.getpid()):
            kernel.run(f"found += open('/proc/{pid}/environ').read()")
        assert "not-for-students" not in printed(kernel, "import os; print(found, os.environ)")
        kernel.close()


@pytest.mark.parametrize(
    "name", ["scipy", "torch", "pytest", "hypothesis", "nbgrader", "reference", "autograder"]
)
def test_packages_not_offered_cannot_be_imported(kernel, name):
    assert "No module named" in printed(kernel, f"import {name}")


def test_packages_not_offered_cannot_be_imported_by_their_path_either(kernel):
    here = str(Path(pytest.__file__).parent.parent)
    kernel.run(f"import sys; sys.path.insert(0, {here!r}); sys.path.insert(0, {str(ROOT)!r})")
    for name in ("pytest", "reference", "autograder.judge"):
        assert refused(kernel, f"import {name}")


def test_offered_packages_can_be_imported(kernel):
    assert (
        printed(kernel, "import numpy, PIL.Image, math, json, itertools; print(numpy.ones(2).sum())")
        == "2.0\n"
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', {port}), 1)",
        "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', {port}))",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect({path!r})",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('\\0convgrade-test-{pid}')",
    ],
)
def test_no_socket_reaches_out(kernel, attempt, tmp_path):
    import socket

    path = str(tmp_path / "s")
    with (
        socket.socket() as tcp,
        socket.socket(socket.AF_UNIX) as unix,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        tcp.bind(("127.0.0.1", 0))
        unix.bind(path)
        abstract.bind(f"\0convgrade-test-{os.getpid()}")
        for server in (tcp, unix, abstract):
            server.listen()
            server.settimeout(0.3)
        source = attempt.format(port=tcp.getsockname()[1], path=path, pid=os.getpid())
        kernel.run(source)
        for server in (tcp, unix, abstract):
            with pytest.raises(TimeoutError):
                server.accept()


def test_nothing_outside_can_be_written_or_changed(kernel, tmp_path):
    victim = tmp_path / "gradebook.db"
    victim.write_text("marks")
    before = victim.stat()
    kernel.run(
        f"""
import os
def attempt(action, *arguments):
    try:
        action(*arguments)
    except OSError:
        pass
path = {str(victim)!r}
attempt(open, path, "w")
attempt(os.remove, path)
attempt(os.rename, path, path + "2")
attempt(os.chmod, path, 0)
attempt(os.chown, path, 1, 1)
attempt(os.utime, path, (0, 0))
attempt(os.truncate, path, 0)
attempt(os.symlink, path, path + ".link")
attempt(os.link, path, "mine")
attempt(os.mkdir, path + ".folder")
attempt(os.setxattr, path, "user.x", b"1")
"""
    )
    after = victim.stat()
    assert victim.read_text() == "marks"
    same = ("st_mode", "st_uid", "st_gid", "st_mtime_ns", "st_nlink", "st_ctime_ns")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


def test_its_own_folder_holds_its_files_and_can_be_written(place):
    kernel = place.kernel({"data/points.txt": b"1 2 3"})
    assert printed(
        kernel, "print(open('data/points.txt').read()); open('out.txt', 'w').write('x')"
    ).startswith("1 2 3")
    kernel.close()


def test_nobody_else_can_be_signalled(kernel):
    sleeper = subprocess.Popen(["sleep", "30"])
    try:
        kernel.run(f"import os\nfor pid in ({sleeper.pid}, os.getppid(), {os.getpid()}): os.kill(pid, 9)")
        time.sleep(0.1)
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_one_kernel_sees_nothing_of_another(place):
    if not place.tier.narrows:
        pytest.skip("this tier gives each submission a sandbox of its own")
    first, second = place.kernel({"mine.txt": b"x"}), place.kernel()
    theirs = next(place._room.glob("kernel-*/mine.txt"))
    assert refused(second, f"open({str(theirs)!r})")
    assert refused(second, f"open({str(theirs)!r}, 'w')")
    assert refused(second, f"import os; os.kill({first.pid}, 9)")
    assert first.run("x = 1")[2]
    first.close()
    second.close()
    place.clear()


def test_what_a_kernel_leaves_running_is_swept(place):
    kernel = place.kernel()
    kernel.run(
        """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
"""
    )
    kernel.close()
    place.clear()
    left = [] if place._process is None else processes.children(place._process.pid)
    assert left == []
    again = place.kernel()
    assert again.run("1 + 1")[2]
    again.close()


def test_no_process_survives_the_sandbox():
    for tier in TIERS.values():
        if tier.missing():
            continue
        with sandbox.Sandbox(tier, QUICK) as place:
            kernel = place.kernel()
            kernel.run("import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)")
            zygote, pid, base = place._process.pid, kernel.pid, place._base
            kernel.close()
        assert not any(map(alive, (pid, zygote)))
        assert not base.exists()


# ------------------------------------------------------------------------- loops, death, memory


def test_a_loop_is_stopped_by_its_processor_time(kernel):
    start = time.monotonic()
    with pytest.raises(KernelLost) as lost:
        kernel.run("while True: pass")
    assert lost.value.reason == "timeout"
    assert time.monotonic() - start < 30


def test_code_that_only_waits_is_stopped_too(kernel):
    with pytest.raises(KernelLost) as lost:
        kernel.run("import time; time.sleep(1000)")
    assert (lost.value.reason, "waiting" in lost.value.detail) == ("timeout", True)


def test_a_loop_that_ignores_signals_is_stopped(kernel):
    with pytest.raises(KernelLost):
        kernel.run("import signal\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\nwhile True: pass")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("import os; os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    ],
)
def test_death_is_noticed_at_once_and_named(kernel, source, word):
    start = time.monotonic()
    with pytest.raises(KernelLost) as lost:
        kernel.run(source)
    assert lost.value.reason == "crashed"
    assert word in lost.value.detail
    assert time.monotonic() - start < 10  # at once, on however busy a machine


def test_too_much_memory_is_an_exception_of_the_students_own(kernel):
    assert "MemoryError" in str(kernel.run("x = bytearray(4 << 30)")[0])
    assert kernel.run("1 + 1")[2]


@pytest.mark.parametrize("limit", ["RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE"])
def test_limits_cannot_be_raised(kernel, limit):
    more = f"import resource as r; r.setrlimit(r.{limit}, (r.RLIM_INFINITY, r.RLIM_INFINITY))"
    assert refused(kernel, more)


def test_a_file_cannot_grow_beyond_its_limit(kernel):
    size = QUICK.file_size + 1
    assert refused(kernel, f"with open('big', 'wb') as file: file.write(b'x' * {size}); file.flush()")


# ---------------------------------------------------------------------------- calls and answers


def test_a_call_returns_plain_values(kernel):
    kernel.run(
        "import numpy as np\ndef f(image, factor=1):\n    image *= 0\n    return [image.shape, factor * 2.5]"
    )
    (outcome,) = kernel.call("f", [Call((np.ones((2, 3)),), {"factor": 2})])
    assert outcome.value == [(2, 3), 5.0]
    assert outcome.after[0].sum() == 0


def test_an_exception_crosses_as_names_and_text(kernel):
    kernel.run("def f():\n    raise KeyError('no')")
    (outcome,) = kernel.call("f", [Call(())])
    assert outcome.raised[:2] == ("KeyError", "LookupError")
    assert (outcome.text, outcome.line) == ("'no'", 2)


@pytest.mark.parametrize(
    "source", ["raise SystemExit", "raise KeyboardInterrupt", "exit()", "raise GeneratorExit"]
)
def test_exits_are_exceptions_like_any_other(kernel, source):
    kernel.run(f"import sys\ndef f():\n    {source.replace('exit()', 'sys.exit(0)')}")
    assert kernel.call("f", [Call(())])[0].raised


def test_a_name_that_is_not_there_is_missing(kernel):
    with pytest.raises(Missing):
        kernel.call("nowhere", [Call(())])
    with pytest.raises(Missing):
        kernel.value("nowhere")


def test_earlier_functions_are_answered_from_outside_and_come_back(kernel):
    kernel.run("def inner(x): return 'own'\ndef outer(x): return inner(x)")
    answers = kernel.call("outer", [Call((4,))], ["inner"], lambda name, call: (name, call.args[0] + 1))
    assert answers[0].value == ("inner", 5)
    assert kernel.call("outer", [Call((4,))])[0].value == "own"


def test_nonsense_on_the_channel_ends_the_kernel_not_the_judge(kernel):
    noise = """
import os
def f():
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\\xff" * 64)
        except OSError:
            pass
    return 1
"""
    kernel.run(noise)
    with pytest.raises(KernelLost) as lost:
        kernel.call("f", [Call(())])
    assert lost.value.reason == "crashed"


def test_a_closed_channel_ends_the_kernel_not_the_judge(kernel):
    kernel.run("import os\ndef f():\n    os.closerange(3, 64)\n    return 1")
    with pytest.raises(KernelLost):
        kernel.call("f", [Call(())])


# --------------------------------------------------------------------------------- no isolation


def test_without_isolation_nothing_is_graded():
    with pytest.raises(sandbox.NoIsolation, match="no such tier"):
        sandbox.choose(("none",))
    with pytest.raises(sandbox.NoIsolation):
        sandbox.choose(())


def test_a_missing_bwrap_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(sandbox.NoIsolation, match="apt-get install bubblewrap"):
        sandbox.choose(("bubblewrap",))


def test_an_old_landlock_is_named(monkeypatch):
    import sandlock

    monkeypatch.setattr(sandlock, "landlock_abi_version", lambda: 2)
    with pytest.raises(sandbox.NoIsolation, match="Landlock 2, sandlock needs"):
        sandbox.choose(("sandlock",))


def test_a_question_that_would_cost_the_judge_dearly_is_refused(kernel):
    import reference

    kernel.run("import numpy as np\ndef f(n):\n    return zero_pad(np.ones((1, 1)), n).shape")

    def answer(name, call):
        return getattr(reference, name)(*call.args, **call.named)

    small, large = kernel.call("f", [Call((2,)), Call((20_000,))], ["zero_pad"], answer)
    assert small.value == (5, 5)
    assert "too large" in large.text


def test_memory_counts_for_all_processes_together(kernel):
    greedy = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        hoard = bytearray(b"x" * (300 << 20))
        time.sleep(60)
time.sleep(60)
"""
    with pytest.raises(KernelLost) as lost:
        kernel.run(greedy)
    assert lost.value.reason == "memory"
    assert "together" in lost.value.detail


def test_a_fork_bomb_is_stopped(kernel):
    start = time.monotonic()
    with pytest.raises(KernelLost):
        kernel.run("import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass")
    assert time.monotonic() - start < 60
