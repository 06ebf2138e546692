"""The filter of system calls, and what has to be loaded before it."""

from __future__ import annotations

import errno
import importlib.machinery
import mmap
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from common import QUICK, ROOT, TIERS, printed

from autograder.sandbox import runtime, tiers, usage
from autograder.sandbox.inside import allowed_calls, call_numbers, shared_libraries
from autograder.sandbox.kernel import KernelLost
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tiers import PACKAGES

ON_X86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of system calls of x86_64")


def test_what_an_import_has_left_executable_and_writable_is_not_executable_any_more():
    program = """
import mmap
from autograder.sandbox.inside import shared_libraries
left = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
def both():
    return [line for line in open("/proc/self/maps") if {"w", "x"} <= set(line.split()[1])]
assert both()
shared_libraries.drop_writable_code()
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
    assert "failed to map" in printed(kernel, "importlib.import_module('lapack_lite')")


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
        no_use = path.parent.name.endswith(".libs") or shared_libraries.NO_USE.search(str(path))
        if suffix and not no_use:
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


WITHOUT_SECCOMP = """
import os, sys
from container import refuse
refuse({317: 1})
os.execv(sys.argv[1], sys.argv[1:])
"""


@ON_X86
@pytest.mark.parametrize("name", TIERS)
def test_without_the_filter_there_is_no_kernel(name, monkeypatch):
    """Started where no process may install a filter any more."""
    if reason := TIERS[name].missing():
        pytest.skip(f"{name} is not available here: {reason}")
    started = tiers._started

    def start(command, wanted, *, env, **options):
        clean = ["env", "-i", *(f"{key}={value}" for key, value in env.items()), *command]
        wrapped = [sys.executable, "-c", WITHOUT_SECCOMP, shutil.which("env"), *clean[1:]]
        return started(wrapped, wanted, env={"PYTHONPATH": str(ROOT / "tests" / "tools")}, **options)

    monkeypatch.setattr(tiers, "_started", start)
    with Sandbox(TIERS[name], QUICK) as place:
        with pytest.raises(OSError, match="could not be confined: CannotSeal: the kernel takes no filter"):
            place.kernel()
        place.clear()
        assert place._process is None or usage.children(place._process.pid) == []


def test_a_filter_that_does_nothing_is_noticed():
    with pytest.raises(allowed_calls.CannotSeal, match="can still be made executable"):
        allowed_calls.check()


def test_a_processor_whose_calls_are_not_known_is_refused():
    with pytest.raises(allowed_calls.CannotSeal, match="x86_64 and aarch64, not those of riscv64"):
        allowed_calls.program(1, "riscv64")


def answer(program, architecture, number, arguments=(0, 0, 0, 0, 0, 0)):
    """What a filter answers to a system call, as linux/filter.h defines its instructions."""
    call = struct.pack("=IIQ6Q", number, architecture, 0, *arguments)
    code, at, loaded = list(struct.iter_unpack("=HBBI", program)), 0, 0
    while True:
        kind, if_true, if_false, k = code[at]
        at += 1
        if kind == 0x06:
            return k
        if kind == 0x20:
            (loaded,) = struct.unpack_from("=I", call, k)
        elif kind == 0x54:
            loaded &= k
        else:
            at += if_true if {0x15: loaded == k, 0x35: loaded >= k}[kind] else if_false


YES, NO, UNKNOWN, END = 0x7FFF0000, 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS, 0x80000000
PID, READ_WRITE = 4711, mmap.PROT_READ | mmap.PROT_WRITE
CASES = {  # arguments that are right, and then some that are wrong
    "mmap": ([0, 1, READ_WRITE], [0, 1, mmap.PROT_EXEC], [0, 1, READ_WRITE | mmap.PROT_EXEC]),
    "mprotect": ([0, 1, READ_WRITE], [0, 1, mmap.PROT_EXEC]),
    "open": ([0, os.O_RDWR | os.O_CREAT | os.O_TRUNC], [0, 3], [0, os.O_TRUNC], [0, 3 | os.O_TRUNC]),
    "openat": ([0, 0, os.O_WRONLY | os.O_TRUNC], [0, 0, 3], [0, 0, os.O_TRUNC | os.O_CLOEXEC]),
    "clone": ([0x3D0F00], [17], [0], [0x3D0F00 | 0x10000000], [0x01200011], [0x3D0F00 & ~0x10000]),
    "kill": ([PID, 9], [PID + 1, 9], [0, 9], [-1 % (1 << 32), 9]),
    "tgkill": ([PID, 1, 9], [1, PID, 9]),
    "prlimit64": ([0], [PID], [1]),
    "fcntl": ([0, 3], [0, 8], [0, 10], [0, 1024], [0, 1026], [0, 1031]),
    "ioctl": ([0, 0x5401], [0, 0x5412], [0, 0x8901]),
    "prctl": ([15], [1], [4], [22], [38]),
    "socketpair": ([1, 1], [1, 2], [1, 5], [2, 1], [40, 1]),
    "sendto": ([0, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1 << 32]),
}


@pytest.mark.parametrize("machine", call_numbers.MACHINES)
def test_the_filter_allows_what_it_names_and_nothing_else(machine):
    program, known = allowed_calls.program(PID, machine), call_numbers.MACHINES[machine]
    assert set(CASES) == set(allowed_calls.conditions(PID))
    names = {number: name for name, number in known.numbers.items()}
    for number in range(600):
        name = names.get(number)
        right, *wrong = CASES.get(name, ([], []))
        expected = UNKNOWN if number > call_numbers.LAST or name in allowed_calls.IN_MEMORY else NO
        if name in allowed_calls.ALLOWED.split():
            expected, wrong = YES, []
        elif name in CASES:
            expected = YES
        assert answer(program, known.architecture, number, (right + [0] * 6)[:6]) == expected, name or number
        for arguments in wrong if name in CASES else ():
            filled = (arguments + [0] * 6)[:6]
            assert answer(program, known.architecture, number, filled) == NO, (name, arguments)
        for other in {0x40000003, 0x40000028, 0xC000003E, 0xC00000B7} - {known.architecture}:
            assert answer(program, other, number) == END
    if known.foreign is not None:
        assert answer(program, known.architecture, known.foreign + 9) == END


HEADERS = {  # of Debian's linux-libc-dev, and of linux-libc-dev-arm64-cross
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h",),
    "aarch64": ("/usr/aarch64-linux-gnu/include/asm-generic/unistd.h", "/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", call_numbers.MACHINES)
def test_the_numbers_are_those_of_the_kernels_headers(machine):
    header = next(filter(os.path.exists, HEADERS[machine]), None)
    if header is None:
        pytest.skip(f"none of {HEADERS[machine]} is installed")
    found = dict(re.findall(r"#define __NR_(\w+)\s+(\w+)", text := Path(header).read_text()))
    by_another_name = dict(re.findall(r"#define (__NR3264_\w+)\s+(\d+)", text))
    found = {name: by_another_name.get(value, value) for name, value in found.items()}
    numbers = {name: int(value) for name, value in found.items() if value.isdigit()}
    known = call_numbers.MACHINES[machine].numbers
    assert {name: numbers[name] for name in known} == known
    wanted = {*allowed_calls.ALLOWED.split(), *allowed_calls.conditions(1), *allowed_calls.IN_MEMORY}
    assert sorted(name for name in wanted if name in numbers and name not in known) == []
    assert sorted(wanted - set(known)) == (ONLY_X86 if machine == "aarch64" else [])


ONLY_X86 = sorted(
    """
    access alarm arch_prctl dup2 epoll_create epoll_wait eventfd getdents getpgrp link lstat mkdir open pause
    pipe poll readlink rename rmdir select stat symlink time unlink
    """.split()  # noqa: SIM905
)
