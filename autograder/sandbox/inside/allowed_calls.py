"""The system calls a kernel may make: a filter that allows what Python needs and refuses the rest.

From then on no memory becomes executable, no program, no other process and no connection starts,
nobody else is signalled, limited or watched, and no memory is taken that the limits do not count. What
Python may still want to load has to be loaded before (`shared_libraries`). Filters are inherited and cannot
be taken off (seccomp(2)); every tier of isolation uses this one, so that a kernel needs nothing from a later
version of Landlock than the first.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import socket
import struct
import sys
from dataclasses import dataclass

from .call_numbers import LAST, MACHINE, MACHINES, call

ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev close lseek ftruncate fsync fdatasync
    fstat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat
    getcwd chdir fchdir umask mkdir mkdirat rmdir unlink unlinkat getdents getdents64
    rename renameat renameat2 link linkat symlink symlinkat dup dup2 dup3 pipe pipe2
    sendfile copy_file_range poll ppoll select pselect6 eventfd eventfd2
    epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    recvfrom shutdown getsockopt getsockname getpeername
    munmap mremap brk madvise msync
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
    getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
    futex set_robust_list rseq set_tid_address arch_prctl exit exit_group wait4 waitid restart_syscall
    sched_yield sched_getaffinity sched_get_priority_max sched_get_priority_min getcpu
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times alarm pause
    getitimer setitimer getrusage getrlimit setrlimit uname getrandom
"""
"""Calls that reach nobody else, whatever their arguments: files by name are Landlock's or the namespace's.

No locks, also none on files that may only be read, and nothing about the whole machine (`sysinfo`, `statfs`):
somebody outside could set the one and change the other, and so tell answers.
"""

IN_MEMORY = ("clone3", "openat2")
"""What these are asked lies in memory, where no filter looks; the C library has `clone` and `openat`."""

# Of the calls that are allowed with some arguments only; the same on every processor known here.
LOW, HIGH = 0, 4  # halves of an argument
ANY_BIT = 0xFFFFFFFF
WAYS_TO_OPEN = os.O_TRUNC | os.O_ACCMODE
THREAD = 0x3D0F00  # the flags of pthread_create; nothing else may be made of a process
DETACHED = 0x400000  # which an older C library adds to them
CONTROLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX."""
DESCRIPTORS = (0, 1, 2, 3, 4, 1030, 1032)
"""Of fcntl: duplicates, flags, the size of a pipe; no signals to others (F_SETOWN), no watching of
folders (F_NOTIFY), no locks or leases, no larger pipes."""
NAMES = (15, 16)
"""Of prctl: PR_SET_NAME, PR_GET_NAME."""


@dataclass(frozen=True)
class If:
    """A condition on an argument: of its `bits`, those set are one of `values`."""

    argument: int
    values: tuple[int, ...]
    bits: int = ANY_BIT
    half: int = LOW


def conditions(pid: int) -> dict[str, tuple[If, ...]]:
    """Return what has to hold for each call that the process `pid` may make with some arguments only."""
    no_code = (If(2, (0,), mmap.PROT_EXEC),)
    # Landlock 1 and 2 do not look at O_TRUNC, and no version at access mode 3, which truncates as well
    harmless = (os.O_RDONLY, *(way | cut for way in (os.O_WRONLY, os.O_RDWR) for cut in (0, os.O_TRUNC)))
    return {
        "mmap": no_code,
        "mprotect": no_code,
        "open": (If(1, harmless, WAYS_TO_OPEN),),
        "openat": (If(2, harmless, WAYS_TO_OPEN),),
        "clone": (If(0, (THREAD, THREAD | DETACHED)),),
        "kill": (If(0, (pid,)),),
        "tgkill": (If(0, (pid,)),),
        "prlimit64": (If(0, (0,)),),
        "fcntl": (If(1, DESCRIPTORS),),
        "ioctl": (If(1, CONTROLS),),
        "prctl": (If(0, NAMES),),
        # a stream between two ends of one's own; a datagram could be addressed to anybody
        "socketpair": (If(0, (socket.AF_UNIX,)), If(1, (socket.SOCK_STREAM,), 0xF)),
        "sendto": (If(4, (0,)), If(4, (0,), half=HIGH)),
    }


class CannotSeal(Exception):
    """The filter cannot be made or put in place; the message says why."""


# ------------------------------------------------------------------------------------ the program

LOAD, AND, RETURN = 0x20, 0x54, 0x06  # instructions of classic BPF: linux/bpf_common.h
IF_EQUAL, IF_AT_LEAST = 0x15, 0x35
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data: linux/seccomp.h
SET_MODE_FILTER = 1
KILL_PROCESS, ERROR, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000

Instruction = tuple[int, int, int, int]  # what to do, how far to jump when true and when false, a constant
YES: Instruction = (RETURN, 0, 0, ALLOW)
NO: Instruction = (RETURN, 0, 0, ERROR | errno.EPERM)
UNKNOWN: Instruction = (RETURN, 0, 0, ERROR | errno.ENOSYS)
END: Instruction = (RETURN, 0, 0, KILL_PROCESS)


def program(pid: int, machine: str = MACHINE) -> bytes:
    """Return the filter for the process `pid` as instructions of classic BPF.

    What is refused answers EPERM; what is newer than the table of system calls answers ENOSYS, so
    that the C library falls back on what is older. A call of another architecture's interface (32-bit,
    x32) ends the process, because its numbers mean something else. Raise CannotSeal for a processor
    whose numbers are not known here.
    """
    if machine not in MACHINES or sys.byteorder != "little":
        known = " and ".join(MACHINES)
        raise CannotSeal(f"convgrade knows the system calls of {known}, not those of {machine or 'this one'}")
    known_as = MACHINES[machine]
    code = [(LOAD, 0, 0, ARCHITECTURE), (IF_EQUAL, 1, 0, known_as.architecture), END, (LOAD, 0, 0, NUMBER)]
    if known_as.foreign is not None:
        code += [(IF_AT_LEAST, 0, 1, known_as.foreign), END]
    answers = {name: [YES] for name in ALLOWED.split()}
    answers |= {name: _under(found) for name, found in conditions(pid).items()}
    answers |= {name: [UNKNOWN] for name in IN_MEMORY}
    for name, answer in answers.items():
        if name in known_as.numbers:  # arm64 has no `open`, only `openat`
            code += [(IF_EQUAL, 0, len(answer), known_as.numbers[name]), *answer]
    code += [(IF_AT_LEAST, 0, 1, LAST + 1), UNKNOWN, NO]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _under(found: tuple[If, ...]) -> list[Instruction]:
    """Return the instructions that allow a call under these conditions and refuse it otherwise."""
    code: list[Instruction] = []
    for each in found:
        code += [(LOAD, 0, 0, ARGUMENTS + 8 * each.argument + each.half), (AND, 0, 0, each.bits)]
        # a value that fits jumps over the other values and the refusal behind them
        code += [(IF_EQUAL, len(each.values) - i, 0, value) for i, value in enumerate(each.values)]
        code.append(NO)
    return [*code, YES]


def install(instructions: bytes) -> None:
    """Put a filter on this process and all it will ever start; it cannot be taken off again.

    The process must have given up new privileges (`rights.give_up`). Raise CannotSeal when the kernel
    does not take it.
    """
    kept = ctypes.create_string_buffer(instructions, len(instructions))
    found = struct.pack("@HP", len(instructions) // 8, ctypes.addressof(kept))  # struct sock_fprog
    try:
        call("seccomp", SET_MODE_FILTER, 0, found)
    except OSError as fault:
        raise CannotSeal(f"the kernel takes no filter of system calls: {fault.strerror}") from None


def check() -> None:
    """Raise CannotSeal when this process can still make memory executable."""
    try:
        mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_EXEC).close()
    except PermissionError:
        return
    raise CannotSeal("the filter of system calls is in place, but memory can still be made executable")
