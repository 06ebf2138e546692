"""No machine code but what was there: a filter of system calls that a kernel puts on itself.

From then on no memory becomes executable, no program and no other process starts, and no memory can
be taken that the limits do not count. What Python may still want to load has to be loaded before:
`load_libraries`. Filters are inherited and cannot be taken off (seccomp(2)); both tiers of isolation
use the same one.
"""

from __future__ import annotations

import csv
import ctypes
import errno
import mmap
import os
import platform
import re
import struct
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

# Not worth loading: what tests Python itself, and what needs a screen, a terminal, a sound card or a network.
NO_USE = re.compile(
    r"(?:^|/)(?:tests?/|_test|_xxtest|_ctypes_test|xxlimited|_tkinter|_imagingtk|_curses|ossaudiodev|nis\.)"
)

PR_SET_NO_NEW_PRIVS = 38
SECCOMP_SET_MODE_FILTER = 1
RET_KILL_PROCESS, RET_ERRNO, RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
LOAD, RETURN = 0x20, 0x06  # instructions of classic BPF: linux/bpf_common.h
IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT = 0x15, 0x35, 0x45
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data: linux/seccomp.h
SHM_EXEC = 0o100000
CLONE_THREAD = 0x10000  # linux/sched.h


@dataclass(frozen=True)
class Machine:
    """What a processor's system calls are called by."""

    architecture: int
    """AUDIT_ARCH_* in linux/audit.h."""
    calls: dict[str, int]
    """Numbers by name, as in asm/unistd.h."""
    foreign: int | None = None
    """From this number on calls belong to another interface (x32)."""


MACHINE = platform.machine()
NEW_CALLS = {"io_uring_setup": 425, "fsopen": 430, "clone3": 435, "memfd_secret": 447}  # the same everywhere
MACHINES = {
    "x86_64": Machine(
        0xC000003E,
        NEW_CALLS
        | {"mmap": 9, "mprotect": 10, "pkey_mprotect": 329, "shmat": 30, "shmget": 29, "memfd_create": 319}
        | {"execve": 59, "execveat": 322, "uselib": 134, "ptrace": 101, "personality": 135}
        | {"clone": 56, "fork": 57, "vfork": 58}
        | {"mount": 165, "unshare": 272, "fallocate": 285, "userfaultfd": 323, "seccomp": 317},
        foreign=0x40000000,
    ),
    "aarch64": Machine(
        0xC00000B7,
        NEW_CALLS
        | {"mmap": 222, "mprotect": 226, "pkey_mprotect": 288, "shmat": 196, "shmget": 194}
        | {"memfd_create": 279, "execve": 221, "execveat": 281, "ptrace": 117, "personality": 92}
        | {"clone": 220}
        | {"mount": 40, "unshare": 97, "fallocate": 47, "userfaultfd": 282, "seccomp": 277},
    ),
}

REFUSED = (
    *("execve", "execveat", "uselib"),  # the kernel itself would map a student's program
    *("fork", "vfork"),  # a second process: to count, to measure, to find and to end
    *("ptrace", "personality"),  # writes into code; makes all that is readable executable
    *("mount", "fsopen", "unshare"),  # a /proc of one's own, whose `mem` writes into code
    *("memfd_create", "memfd_secret", "shmget", "fallocate"),  # memory and disk that no limit counts
    *("userfaultfd", "io_uring_setup"),  # not needed, and much of the kernel
)
REFUSED_BITS = (  # call, which argument, bits it must not have
    ("mmap", 2, mmap.PROT_EXEC),
    ("mprotect", 2, mmap.PROT_EXEC),
    ("pkey_mprotect", 2, mmap.PROT_EXEC),
    ("shmat", 2, SHM_EXEC),
)
NEEDED_BITS = (("clone", 0, CLONE_THREAD),)  # call, which argument, bits it must have: a thread is no process
UNKNOWN = ("clone3",)  # its flags lie in memory, where no filter looks; the C library then takes `clone`


class CannotSeal(Exception):
    """The filter cannot be made or put in place; the message says why."""


def program(
    machine: str = MACHINE,
    refused: Iterable[str] = REFUSED,
    refused_bits: Iterable[tuple[str, int, int]] = REFUSED_BITS,
    needed_bits: Iterable[tuple[str, int, int]] = NEEDED_BITS,
    unknown: Iterable[str] = UNKNOWN,
) -> bytes:
    """The filter as instructions of classic BPF: what is `unknown` answers ENOSYS, all else refused EPERM.

    A call of another architecture's interface (32-bit, x32) ends the process, because its numbers
    mean something else. Raises CannotSeal for a processor whose numbers are not known here.
    """
    if machine not in MACHINES or sys.byteorder != "little":
        known = " and ".join(MACHINES)
        raise CannotSeal(f"convgrade knows the system calls of {known}, not those of {machine or 'this one'}")
    known_as = MACHINES[machine]
    no, never_heard_of = ((RETURN, 0, 0, RET_ERRNO | number) for number in (errno.EPERM, errno.ENOSYS))
    code = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, known_as.architecture),
        (RETURN, 0, 0, RET_KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
    ]
    if known_as.foreign is not None:
        code += [(IF_AT_LEAST, 0, 1, known_as.foreign), (RETURN, 0, 0, RET_KILL_PROCESS)]
    yes = (RETURN, 0, 0, RET_ALLOW)
    for names, answer in ((refused, no), (unknown, never_heard_of)):
        for name in names:
            if name in known_as.calls:
                code += [(IF_EQUAL, 0, 1, known_as.calls[name]), answer]
    for rules, with_a_bit, without in ((refused_bits, no, yes), (needed_bits, yes, no)):
        for name, argument, bits in rules:
            code += [
                (IF_EQUAL, 0, 4, known_as.calls[name]),
                (LOAD, 0, 0, ARGUMENTS + 8 * argument),
                (IF_ANY_BIT, 0, 1, bits),
                with_a_bit,
                without,
            ]
    code.append(yes)
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def install(instructions: bytes) -> None:
    """Put a filter on this process and all it will ever start; it cannot be taken off again.

    Raises CannotSeal when the kernel does not take it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(instructions, len(instructions))
    filters = ctypes.create_string_buffer(
        struct.pack("@HP", len(instructions) // 8, ctypes.addressof(kept))  # struct sock_fprog
    )
    number = ctypes.c_long(MACHINES[MACHINE].calls["seccomp"])
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        number, ctypes.c_ulong(SECCOMP_SET_MODE_FILTER), ctypes.c_ulong(0), filters
    ):
        raise CannotSeal(f"the kernel takes no filter of system calls: {os.strerror(ctypes.get_errno())}")


def check() -> None:
    """Raises CannotSeal when this process can still make memory executable."""
    try:
        mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_EXEC).close()
    except PermissionError:
        return
    raise CannotSeal("the filter of system calls is in place, but memory can still be made executable")


# ------------------------------------------------------------------------------- before the filter


def load_libraries(folders: Iterable[str]) -> None:
    """Map every extension module that can be imported from `folders`; importing them comes later.

    The loader knows a library it has mapped, so a later import maps nothing. One that does not
    load is left out: importing it would fail as well.
    """
    for path in extension_modules(folders):
        try:
            ctypes.CDLL(path)
        except OSError:
            continue
    first = threading.Thread(target=int)  # the end of a thread loads a library of the C library's own
    first.start()
    first.join()


def extension_modules(folders: Iterable[str]) -> Iterator[str]:
    """Paths of the extension modules in `folders` and in the packages installed there."""
    suffixes = tuple(EXTENSION_SUFFIXES)
    for folder in map(Path, folders):
        if not folder.is_dir():
            continue
        names = {entry.name for entry in folder.iterdir()}
        for record in sorted(folder.glob("*.dist-info/RECORD")):  # walking would open a thousand folders
            with record.open(encoding="utf-8", newline="") as lines:
                names |= {line[0] for line in csv.reader(lines) if line}
        for name in sorted(names):
            if name.endswith(suffixes) and not NO_USE.search(name):
                yield str(folder / name)


def drop_writable_code() -> None:
    """Make memory that is executable and can be written, too, no longer executable.

    Importing ctypes or a package may have left some: room for functions made at run time.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        span, rights = line.split()[:2]
        if "x" in rights and ("w" in rights or "s" in rights):  # shared: perhaps written by another name
            start, end = (int(part, 16) for part in span.split("-"))
            kept = mmap.PROT_READ | (mmap.PROT_WRITE if "w" in rights else 0)
            if libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(end - start), kept):
                raise CannotSeal(f"memory stays executable: {os.strerror(ctypes.get_errno())}")
