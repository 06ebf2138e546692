"""What a student's code can reach, do and survive, on both tiers."""

from __future__ import annotations

import importlib.machinery
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from common import QUICK, ROOT, TIERS

from autograder.sandbox import runtime, tiers, usage
from autograder.sandbox.call import Call
from autograder.sandbox.inside import seal
from autograder.sandbox.kernel import KernelLost, Missing
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import DENIED_CALLS, PACKAGES, NoIsolation, choose

ON_X86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of system calls of x86_64")


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
        *(
            str(ROOT / "autograder" / "exercises" / "convolve2d" / f"{name}.py")
            for name in ("hidden_tests", "misconceptions", "right_styles")
        ),
        str(ROOT / "autograder" / "judge" / "judge.py"),
        str(ROOT / "autograder" / "sandbox" / "kernel.py"),
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
    assert "No module named" in printed(kernel, f"import {name}")


def test_packages_not_offered_cannot_be_imported_by_their_path_either(kernel):
    here = str(Path(pytest.__file__).parent.parent)
    kernel.run(f"import sys; sys.path.insert(0, {here!r}); sys.path.insert(0, {str(ROOT)!r})")
    for name in ("pytest", "reference", "autograder.judge.judge"):
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


def test_a_kernel_nobody_closed_is_swept(place):
    kernel = place.kernel()
    kernel.run("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    place.clear()
    with pytest.raises(KernelLost):
        kernel.run("1")
    kernel.close()
    left = [] if place._process is None else usage.children(place._process.pid)
    assert left == []
    again = place.kernel()
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
    with pytest.raises(NoIsolation, match="no such tier"):
        choose(("none",))
    with pytest.raises(NoIsolation):
        choose(())


def test_a_missing_bwrap_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoIsolation, match="apt-get install bubblewrap"):
        choose(("bubblewrap",))


def test_an_old_landlock_is_named(monkeypatch):
    import sandlock

    monkeypatch.setattr(sandlock, "landlock_abi_version", lambda: 2)
    with pytest.raises(NoIsolation, match="Landlock 2, sandlock needs"):
        choose(("sandlock",))


def test_a_question_that_would_cost_the_judge_dearly_is_refused(kernel):
    import reference

    kernel.run("import numpy as np\ndef f(n):\n    return zero_pad(np.ones((1, 1)), n).shape")

    def answer(name, call):
        return getattr(reference, name)(*call.args, **call.named)

    small, large = kernel.call("f", [Call((2,)), Call((20_000,))], ["zero_pad"], answer)
    assert small.value == (5, 5)
    assert "too large" in large.text


def test_a_picture_is_handed_out_once(kernel):
    source = "from PIL import Image\ndisplay(Image.new('RGB', (4, 4)))"
    [output], [picture], _ = kernel.run(source)
    assert set(output["data"]) == {"text/plain", "image/png"}
    assert picture.startswith(b"\x89PNG")
    kernel.run("from io import BytesIO\nbuffer = BytesIO()\nImage.new('L', (4, 4)).save(buffer, 'JPEG')")
    source = "from IPython.display import Image as Shown\ndisplay(Shown(buffer.getvalue()))"
    [output], [picture], _ = kernel.run(source)
    assert set(output["data"]) == {"text/plain", "image/jpeg"}
    assert picture.startswith(b"\xff\xd8")


def test_threads_are_counted(kernel):
    bomb = """
import threading, time
threading.stack_size(1 << 15)
try:
    while True:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
except RuntimeError:  # out of memory, or at an ordinary user's limit
    time.sleep(1)
    print(threading.active_count())
"""
    try:
        seen = printed(kernel, bomb)
    except KernelLost as lost:
        seen = lost.detail
    assert seen == f"it started more than {QUICK.threads} threads" or 2 < int(seen) <= QUICK.threads


@ON_X86
def test_a_process_by_number_is_refused_too(kernel):
    kernel.run("import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)")
    attempt = "print(libc.syscall({}, {}, 0, 0, 0, 0), errno.errorcode[ctypes.get_errno()])"
    clone, clone3, fork, child_signal = 56, 435, 57, 17
    assert printed(kernel, attempt.format(clone, child_signal)) == "-1 EPERM\n"
    assert printed(kernel, attempt.format(fork, 0)) == "-1 EPERM\n"
    arguments = "(ctypes.c_uint64 * 11)()"
    assert printed(kernel, attempt.format(clone3, f"{arguments}, 88")) == "-1 ENOSYS\n"


# -------------------------------------------------------------- no machine code of a student's own


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
    rights = "[line.split()[1] for line in open('/proc/self/maps')]"
    assert printed(kernel, f"rights = {rights}; print(any('x' in r for r in rights))") == "True\n"
    assert printed(kernel, "print([r for r in rights if 'x' in r and ('w' in r or 's' in r)])") == "[]\n"


def test_what_an_import_has_left_executable_and_writable_is_not_executable_any_more():
    program = """
import mmap
from autograder.sandbox.inside import seal
left = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
def both():
    return [line for line in open("/proc/self/maps") if {"w", "x"} <= set(line.split()[1])]
assert both()
seal.drop_writable_code()
left[0] = 1
print(both())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


def test_a_library_is_loaded_from_where_it_is_offered_and_from_nowhere_else(kernel):
    kernel.run(
        """
import ctypes, importlib.util, shutil
offered = importlib.util.find_spec("numpy.linalg.lapack_lite").origin
shutil.copyfile(offered, "lapack_lite.so")
"""
    )
    assert kernel.run("ctypes.CDLL(offered); import numpy.linalg.lapack_lite")[2]
    assert "failed to map" in printed(kernel, "ctypes.CDLL('./lapack_lite.so')")
    assert "failed to map" in printed(kernel, "import lapack_lite")


def extension_modules():
    """Names of the extension modules on offer, found another way than the zygote finds them."""
    suffixes = importlib.machinery.EXTENSION_SUFFIXES
    library = Path(sysconfig.get_path("stdlib"), "lib-dynload")
    found = {path.relative_to(library) for path in library.iterdir()}
    for top in runtime.installed(PACKAGES):
        found |= {path.relative_to(top.parent) for path in [top, *top.rglob("*.so")]}
    names = set()
    for path in found:
        suffix = next((suffix for suffix in suffixes if path.name.endswith(suffix)), None)
        if suffix and not path.parent.name.endswith(".libs") and not seal.NO_USE.search(str(path)):
            names.add(str(path).removesuffix(suffix).replace("/", "."))
    return sorted(names)


def test_every_extension_module_on_offer_can_be_imported_late(kernel):
    names = extension_modules()
    assert {"numpy.random.mtrand", "numpy.fft._pocketfft_umath", "PIL._webp", "PIL._imagingft"} <= set(names)
    attempt = """
import importlib
def failing(names):
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as fault:
            print(name, fault)
"""
    outside = subprocess.run(
        [sys.executable, "-c", f"{attempt}failing({names})"], capture_output=True, text=True, check=True
    )
    kernel.run(attempt)
    inside = [printed(kernel, f"failing({names[at : at + 5]})") for at in range(0, len(names), 5)]
    assert "".join(inside) == outside.stdout


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("import sqlite3; print(sqlite3.connect(':memory:').execute('select 6 * 7').fetchone()[0])", "42"),
        (
            "import lzma, bz2, zlib; print(all(m.decompress(m.compress(b'x')) for m in (lzma, bz2, zlib)))",
            "True",
        ),
        ("import decimal; print(decimal.Decimal('0.1') * 3)", "0.3"),
        ("import hashlib; print(hashlib.new('sha512').name)", "sha512"),
        ("import numpy as np; print(np.fft.fft([1, 1]).real.sum())", "2.0"),
        ("import numpy as np; print(np.random.default_rng(1).integers(1, 2))", "1"),
        ("import numpy as np; print(np.linalg.svd(np.ones((300, 300)))[1].round()[0])", "300.0"),
        (
            "from PIL import Image; Image.new('1', (2, 2)).save('a.webp'); print(Image.open('a.webp').size)",
            "(2, 2)",
        ),
        ("from PIL import ImageFont; print(ImageFont.load_default().getlength('a') > 0)", "True"),
        (
            "import threading as t; a = t.Thread(target=print, args=(1,)); a.start(); a.join(); print(2)",
            "1\n2",
        ),
        (
            "from concurrent.futures import ThreadPoolExecutor as P; print(sum(P(4).map(abs, range(-9, 9))))",
            "81",
        ),
        ("import ctypes; print(ctypes.CDLL(None).abs(-3))", "3"),
    ],
)
def test_what_is_on_offer_works(kernel, source, result):
    assert printed(kernel, source) == f"{result}\n"


@ON_X86
def test_a_call_of_another_interface_ends_the_kernel(kernel):
    with pytest.raises(KernelLost, match="SIGSYS"):
        kernel.run("import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39)")  # getpid, by its x32 number


@pytest.mark.parametrize("name", TIERS)
def test_without_the_filter_there_is_no_kernel(name, tmp_path, monkeypatch):
    if reason := TIERS[name].missing():
        pytest.skip(f"{name} is not available here: {reason}")
    monkeypatch.setattr(tiers, "DENIED_CALLS", (*DENIED_CALLS, "seccomp"))
    if name == "bubblewrap":  # started where no process may install a filter any more
        wrapper, real = tmp_path / "bwrap", shutil.which("bwrap")
        wrapper.write_text(
            f"""#!{sys.executable}
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from autograder.sandbox.inside import seal
seal.install(seal.program(refused=["seccomp"], refused_bits=[], needed_bits=[], unknown=[]))
os.execv({real!r}, [{real!r}, *sys.argv[1:]])
"""
        )
        wrapper.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with Sandbox(TIERS[name], QUICK) as place:
        with pytest.raises(OSError, match="could not be confined: CannotSeal: the kernel takes no filter"):
            place.kernel()
        place.clear()
        assert place._process is None or usage.children(place._process.pid) == []


def test_a_temporary_folder_with_too_long_a_path_is_named_with_its_remedy(tmp_path, monkeypatch):
    deep = tmp_path / "/".join(["a-folder-with-a-name"] * 8)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with Sandbox(tiers.TIERS[0], QUICK) as place:
        for _ in range(2):
            with pytest.raises(NoIsolation, match="set TMPDIR to a shorter one"):
                place.kernel()


def test_a_filter_that_does_nothing_is_noticed():
    with pytest.raises(seal.CannotSeal, match="can still be made executable"):
        seal.check()


def test_a_processor_whose_calls_are_not_known_is_refused():
    with pytest.raises(seal.CannotSeal, match="x86_64 and aarch64, not those of riscv64"):
        seal.program("riscv64")


def answer(program, architecture, number, arguments=(0, 0, 0)):
    """What a filter answers to a system call, as linux/filter.h defines its instructions."""
    call = struct.pack("=IIQ6Q", number, architecture, 0, *arguments, 0, 0, 0)
    code, at, loaded = list(struct.iter_unpack("=HBBI", program)), 0, 0
    tests = {0x15: lambda k: loaded == k, 0x35: lambda k: loaded >= k, 0x45: lambda k: bool(loaded & k)}
    while True:
        kind, if_true, if_false, k = code[at]
        at += 1
        if kind == 0x06:
            return k
        if kind == 0x20:
            (loaded,) = struct.unpack_from("=I", call, k)
        else:
            at += if_true if tests[kind](k) else if_false


@pytest.mark.parametrize("machine", seal.MACHINES)
def test_the_filter_refuses_what_it_names_and_nothing_else(machine):
    program, known = seal.program(machine), seal.MACHINES[machine]
    refused = {known.calls[name] for name in seal.REFUSED if name in known.calls}
    forbidden = {known.calls[name]: (argument, bits) for name, argument, bits in seal.REFUSED_BITS}
    needed = {known.calls[name]: (argument, bits) for name, argument, bits in seal.NEEDED_BITS}
    unknown = {known.calls[name] for name in seal.UNKNOWN}
    for number in range(600):
        argument, bits = (forbidden | needed).get(number, (2, 4))
        asked = [0, 0, 0]
        without = answer(program, known.architecture, number, asked)
        asked[argument] = bits | 3
        with_bits = answer(program, known.architecture, number, asked)
        if number in unknown:
            assert without == with_bits == 0x50026, number  # ENOSYS
            continue
        assert without == (0x50001 if number in refused | set(needed) else 0x7FFF0000), number
        assert with_bits == (0x50001 if number in refused | set(forbidden) else 0x7FFF0000), number
        for other in {0x40000003, 0x40000028, 0xC000003E, 0xC00000B7} - {known.architecture}:
            assert answer(program, other, number) == 0x80000000
    if known.foreign is not None:
        assert answer(program, known.architecture, known.foreign + 9) == 0x80000000


@pytest.mark.parametrize(
    ("machine", "header"),
    [
        ("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        ("aarch64", "/usr/include/asm-generic/unistd.h"),  # arm64 has the generic numbers
    ],
)
def test_the_numbers_are_those_of_the_kernels_headers(machine, header):
    if not Path(header).exists():
        pytest.skip(f"{header} is not installed")
    numbers = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", Path(header).read_text()))
    known = seal.MACHINES[machine].calls
    assert {name: int(numbers[name]) for name in known if name in numbers} == known
    assert set(seal.REFUSED) - set(known) <= {"uselib", "fork", "vfork"}  # which arm64 never had
