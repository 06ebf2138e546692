"""What a student's code can reach: nothing, on both tiers and on every version of Landlock."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import time
from pathlib import Path

import pytest
from common import OLDER, QUICK, ROOT, TIERS, alive, printed, refused

from autograder.sandbox import usage
from autograder.sandbox.inside import fence
from autograder.sandbox.kernel import KernelLost
from autograder.sandbox.sandbox import Sandbox

ON_X86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of system calls of x86_64")


@pytest.fixture(scope="module", params=[*TIERS, *OLDER])
def place(request):
    """A running sandbox of each tier, and of Landlock as older kernels have it."""
    tier = (TIERS | OLDER)[request.param]
    if reason := tier.missing():
        pytest.skip(f"{tier.name} is not available here: {reason}")
    if request.param in OLDER and fence.version() < int(request.param.split("-")[1]):
        pytest.skip(f"the kernel here has Landlock {fence.version()} only")
    with Sandbox(tier, QUICK) as running:
        yield running


@pytest.fixture(scope="module")
def kernel(place):
    """One kernel for all that is refused, because what is refused leaves nothing behind."""
    shared = place.kernel()
    yield shared
    shared.close()


@pytest.fixture
def own_place(place):
    """A sandbox like `place` in which kernels may be ended."""
    with Sandbox(place.tier, QUICK) as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        str(ROOT / "reference" / "convolution.py"),
        str(ROOT / "autograder" / "exercises" / "convolve2d" / "hidden_tests.py"),
        str(ROOT / "autograder" / "judge" / "judge.py"),
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
    with Sandbox(place.tier, QUICK) as fresh:
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
    assert "No module named" in printed(kernel, f"import importlib; importlib.import_module({name!r})")


def test_packages_not_offered_cannot_be_imported_by_their_path_either(kernel):
    here = str(Path(pytest.__file__).parent.parent)
    kernel.run(f"import sys; sys.path.insert(0, {here!r}); sys.path.insert(0, {str(ROOT)!r})")
    for name in ("pytest", "reference", "autograder.judge.judge"):
        assert refused(kernel, f"import importlib; importlib.import_module({name!r})")


def test_offered_packages_can_be_imported(kernel):
    assert (
        printed(kernel, "import numpy, PIL.Image, math, json, itertools; print(numpy.ones(2).sum())")
        == "2.0\n"
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', {port}), 1)",
        "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', {udp}))",
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
        socket.socket(type=socket.SOCK_DGRAM) as udp,
    ):
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        unix.bind(path)
        abstract.bind(f"\0convgrade-test-{os.getpid()}")
        for server in (tcp, unix, abstract):
            server.listen()
            server.setblocking(False)  # on one machine a connection is there at once, or never
        ports = {"port": tcp.getsockname()[1], "udp": udp.getsockname()[1]}
        kernel.run(attempt.format(**ports, path=path, pid=os.getpid()))
        for server in (tcp, unix, abstract):
            with pytest.raises(BlockingIOError):
                server.accept()
        with pytest.raises(BlockingIOError):
            udp.recv(1)


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
        for pid in (sleeper.pid, "os.getppid()", os.getpid(), -1, 1):
            assert refused(kernel, f"import os; os.kill({pid}, 9)")
        time.sleep(0.1)
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_kernels_folder_stays_where_it_is_and_alone(kernel):
    kernel.run("import os; here = os.getcwd()")
    for attempt in (
        "os.rename(here, here + '-moved')",
        "os.symlink('/', '../beside')",
        "open('../beside', 'w')",
    ):
        assert "denied" in printed(kernel, attempt), attempt


def test_one_kernel_sees_nothing_of_another(own_place):
    if not own_place.tier.narrows:
        pytest.skip("this tier gives each submission a sandbox of its own")
    first, second = own_place.kernel({"mine.txt": b"x"}), own_place.kernel()
    theirs = next(own_place._room.glob("kernel-*/mine.txt"))
    assert refused(second, f"open({str(theirs)!r})")
    assert refused(second, f"open({str(theirs)!r}, 'w')")
    assert refused(second, f"import os; os.kill({first.pid}, 9)")
    assert first.run("x = 1")[2]
    first.close()
    second.close()
    own_place.clear()


def test_a_kernel_nobody_closed_is_swept(own_place):
    kernel = own_place.kernel()
    kernel.run("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    own_place.clear()
    with pytest.raises(KernelLost):
        kernel.run("1")
    kernel.close()
    left = [] if own_place._process is None else usage.children(own_place._process.pid)
    assert left == []
    again = own_place.kernel()
    assert again.run("1 + 1")[2]
    again.close()


def test_no_process_survives_the_sandbox():
    for tier in TIERS.values():
        if tier.missing():
            continue
        with Sandbox(tier, QUICK) as place:
            kernel = place.kernel()
            kernel.run("import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()")
            zygote, pid, base = place._process.pid, kernel.pid, place.scratch
            kernel.close()
        assert not any(map(alive, (pid, zygote)))
        assert not base.exists()


@ON_X86
def test_a_process_by_number_is_refused_too(kernel):
    kernel.run("import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)")
    attempt = "print(libc.syscall({}, {}, 0, 0, 0, 0), errno.errorcode[ctypes.get_errno()])"
    clone, clone3, fork, child_signal = 56, 435, 57, 17
    assert printed(kernel, attempt.format(clone, child_signal)) == "-1 EPERM\n"
    assert printed(kernel, attempt.format(fork, 0)) == "-1 EPERM\n"
    arguments = "(ctypes.c_uint64 * 11)()"
    assert printed(kernel, attempt.format(clone3, f"{arguments}, 88")) == "-1 ENOSYS\n"


@pytest.mark.parametrize(
    "attempt",
    [
        "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
        "mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
        "mmap.mmap(os.open('own', os.O_RDWR), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
        "ctypes.CFUNCTYPE(ctypes.c_int)(int)",
        "tell(libc.mprotect(place, 4096, mmap.PROT_EXEC))",
        "tell(libc.pkey_mprotect(place, 4096, mmap.PROT_EXEC, -1))",
        "os.fork()",
        "tell(libc.vfork())",
        "multiprocessing.Process(target=print).start()",
        "tell(libc.personality(0x0400000))",
        "tell(libc.ptrace(0, 0, 0, 0))",
        "tell(libc.unshare(0x10000000))",
        "tell(libc.mount(b'proc', b'.', b'proc', 0, None))",
        "tell(libc.shmget(0, 4096, 0o1700))",
        "os.memfd_create('x')",
        "os.posix_fallocate(os.open('own', os.O_RDWR), 0, 1 << 20)",
        "open('/proc/self/mem', 'r+b')",
        "os.execv(sys.executable, [sys.executable, '-S', '-c', ''])",
        "subprocess.run([sys.executable, '-S', '-c', ''])",
        "os.posix_spawn('own', ['own'], {})",
    ],
)
def test_no_way_leads_to_code_memory_or_processes_of_ones_own(kernel, attempt):
    prepare = """
import ctypes, mmap, multiprocessing, os, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
memory = mmap.mmap(-1, 4096)
place = ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
def tell(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
os.write(os.open("own", os.O_WRONLY | os.O_CREAT, 0o755), b"#!/bin/true\\n".ljust(4096))
"""
    assert kernel.run(prepare)[2]
    outputs, _, success = kernel.run(attempt)
    assert not success
    assert re.search("not permitted|denied|Read-only|MemoryError", str(outputs[-1]["traceback"][-1]))


def test_no_memory_is_both_executable_and_writable(kernel):
    lines = Path(f"/proc/{kernel.pid}/maps").read_text().splitlines()
    rights = [line.split()[1] for line in lines if not line.endswith("[vsyscall]")]
    assert any("x" in each for each in rights)
    assert [each for each in rights if "x" in each and ("w" in each or "s" in each)] == []


PREPARED = """
import ctypes, os, resource, socket
libc = ctypes.CDLL(None, use_errno=True)
def tell(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
        "resource.prlimit(os.getpid(), resource.RLIMIT_CPU)",
        "resource.prlimit(JUDGE, resource.RLIMIT_FSIZE)",
        "os.sched_setaffinity(0, {0})",
        "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))",
        "os.setpriority(os.PRIO_USER, os.getuid(), 19)",
        "os.nice(5)",
        "tell(libc.syscall(NUMBER_ioprio_set, 3, os.getuid(), 3 << 13))",
        "tell(libc.killpg(os.getpgrp() + 1, 9))",
        "os.pidfd_open(os.getppid())",
    ],
)
def test_no_other_process_is_limited_slowed_or_ended(kernel, attempt):
    kernel.run(PREPARED)
    numbers = {"x86_64": "251", "aarch64": "30"}
    attempt = attempt.replace("JUDGE", str(os.getpid())).replace(
        "NUMBER_ioprio_set", numbers[platform.machine()]
    )
    assert "not permitted" in printed(kernel, attempt)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)",  # MPTCP, which no Landlock governs
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM, 262)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)",  # which no namespace separates
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)",
        "socket.socketpair()[0].sendto(b'x', '/tmp/somebody')",
        "socket.socketpair()[0].bind('mine')",
        "socket.socketpair()[0].listen()",
        "socket.socketpair()[0].sendmsg([b'x'])",
        "tell(libc.connect(3, b'\\1\\0/somebody', 10))",
        "tell(libc.accept(3, None, None))",
    ],
)
def test_no_socket_is_made_but_a_pair_of_ones_own(kernel, attempt):
    kernel.run(PREPARED)
    assert "not permitted" in printed(kernel, attempt)
    assert printed(kernel, "a, b = socket.socketpair(); a.send(b'x'); print(b.recv(9))") == "b'x'\n"


@pytest.mark.parametrize(
    "attempt",
    [
        "tell(libc.inotify_init1(0))",
        "tell(libc.fanotify_init(0, 0))",
        "fcntl.fcntl(os.open('.', 0), 1026, 2)",  # F_NOTIFY
        "fcntl.fcntl(0, fcntl.F_SETOWN, 1)",
        "fcntl.fcntl(0, fcntl.F_SETSIG, 9)",
        "fcntl.fcntl(os.open('own', os.O_CREAT), fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "fcntl.fcntl(os.pipe()[0], 1031, 1 << 20)",  # F_SETPIPE_SZ
        "fcntl.ioctl(0, 0x8901, b'1234')",  # FIOSETOWN
        "tell(libc.prctl(1, 0, 0, 0, 0))",  # PR_SET_PDEATHSIG
        "tell(libc.prctl(4, 0, 0, 0, 0))",  # PR_SET_DUMPABLE
        "tell(libc.klogctl(3, None, 0))",
        "tell(libc.chroot(b'.'))",
        "os.mkfifo('pipe')",
        "time.clock_settime(time.CLOCK_REALTIME, 0)",
        "os.chmod('.', 0o777)",
        "os.truncate('own', 0)",
    ],
)
def test_nothing_is_watched_owned_or_set(kernel, attempt):
    kernel.run(f"{PREPARED}import fcntl, time")
    assert "not permitted" in printed(kernel, attempt)


LOCK = "struct.pack('hhqqi4x', fcntl.F_RDLCK, 0, 4711, 1, 0)"


@pytest.mark.parametrize(
    "attempt",
    [
        "fcntl.flock(null, fcntl.LOCK_SH)",
        "fcntl.lockf(null, fcntl.LOCK_EX)",
        f"fcntl.fcntl(null, fcntl.F_GETLK, {LOCK})",
        f"fcntl.fcntl(null, fcntl.F_SETLKW, {LOCK})",
        f"fcntl.fcntl(null, 36, {LOCK})",  # F_OFD_GETLK
        f"fcntl.fcntl(null, 37, {LOCK})",
        "os.statvfs('.')",
        "os.fstatvfs(null)",
        "tell(libc.sysinfo(ctypes.create_string_buffer(256)))",
    ],
)
def test_nothing_is_told_by_locks_or_by_what_the_machine_has_left(kernel, attempt):
    """Somebody outside could answer by them: `/dev/null` and the packages' files are everybody's."""
    kernel.run(f"{PREPARED}import ctypes, fcntl, struct\nnull = os.open('/dev/null', os.O_RDWR)")
    assert "not permitted" in printed(kernel, attempt)


@pytest.mark.parametrize(
    "attempt",
    [
        "os.open(path, os.O_TRUNC)",
        "os.open(path, 3 | os.O_TRUNC)",
        "os.open(path, 3)",
        "os.open(path, os.O_WRONLY | os.O_TRUNC)",
        "tell(libc.creat(path.encode(), 0o600))",
        "os.truncate(path, 0)",
        "open(path, 'r+')",
    ],
)
def test_what_can_be_read_cannot_be_cut(place, kernel, attempt):
    """Landlock 1 and 2 do not govern truncation."""
    victim = place.scratch / "python" / "victim.txt"
    victim.write_text("marks")
    kernel.run(f"{PREPARED}path = {str(victim)!r}")
    assert printed(kernel, "print(open(path).read())") == "marks\n"
    assert refused(kernel, attempt)
    assert victim.read_text() == "marks"


def test_a_kernel_has_no_capability_and_gets_none(kernel):
    lines = Path(f"/proc/{kernel.pid}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    sets = ["CapInh", "CapPrm", "CapEff", "CapAmb", *(["CapBnd"] if os.geteuid() == 0 else [])]
    assert {name: int(status[name], 16) for name in sets} == dict.fromkeys(sets, 0)
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_the_zygote_is_out_of_reach(kernel):
    kernel.run(f"{PREPARED}zygote = os.getppid()")
    for attempt in (
        "open(f'/proc/{zygote}/mem', 'rb')",
        "open(f'/proc/{zygote}/environ', 'rb').read(1)",
        "os.readlink(f'/proc/{zygote}/fd/0')",
        "os.readlink(f'/proc/{zygote}/cwd')",
        "tell(libc.process_vm_readv(zygote, None, 0, None, 0, 0))",
        "tell(libc.ptrace(16, zygote, 0, 0))",
    ):
        assert re.search("denied|not permitted|No such", printed(kernel, attempt)), attempt
