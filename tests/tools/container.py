"""Run a command as in a container with Docker's default profile: ``python container.py COMMAND...``

The profile of seccomp is moby's (github.com/moby/profiles), its facts for x86_64 written down as what it
refuses; as root, only the capabilities are kept that Docker leaves. Namespaces and mounts are those outside.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.sandbox.inside import allowed_calls as allow
from autograder.sandbox.inside import rights
from autograder.sandbox.inside.call_numbers import call

NUMBERS = {
    # new namespaces, mounts, roots, names
    "mount": 165,
    "umount2": 166,
    "pivot_root": 155,
    "unshare": 272,
    "setns": 308,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "mount_setattr": 442,
    "sethostname": 170,
    "setdomainname": 171,
    "quotactl": 179,
    "quotactl_fd": 443,
    "open_by_handle_at": 304,
    # the machine: clock, modules, swap, ports, power, log
    "clock_settime": 227,
    "settimeofday": 164,
    "init_module": 175,
    "finit_module": 313,
    "delete_module": 176,
    "create_module": 174,
    "get_kernel_syms": 177,
    "query_module": 178,
    "swapon": 167,
    "swapoff": 168,
    "ioperm": 173,
    "iopl": 172,
    "reboot": 169,
    "kexec_load": 246,
    "kexec_file_load": 320,
    "acct": 163,
    "syslog": 103,
    "vhangup": 153,
    "_sysctl": 156,
    "sysfs": 139,
    "ustat": 136,
    "uselib": 134,
    # other processes, and what watches
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "kcmp": 312,
    "bpf": 321,
    "perf_event_open": 298,
    "fanotify_init": 300,
    "userfaultfd": 323,
    "lookup_dcookie": 212,
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    # keys, and memory on several nodes
    "add_key": 248,
    "request_key": 249,
    "keyctl": 250,
    "mbind": 237,
    "set_mempolicy": 238,
    "get_mempolicy": 239,
    "migrate_pages": 256,
    "move_pages": 279,
    "set_mempolicy_home_node": 450,
    # never implemented
    "nfsservctl": 180,
    "getpmsg": 181,
    "putpmsg": 182,
    "afs_syscall": 183,
    "tuxcall": 184,
    "security": 185,
    "vserver": 236,
}
"""What the profile refuses (EPERM), whatever the arguments."""

CLONE, CLONE3, SOCKET, PERSONALITY = 56, 435, 41, 135
NAMESPACES = 0x7E020000  # bits of clone that a container must not have
FAMILIES = (38, 40)  # AF_ALG and AF_VSOCK: sockets that it must not have
LAST = 462  # what is newer is not known to the profile
PERSONALITIES = (0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF)
KEPT = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
"""Capabilities that root has in a container, from CAP_CHOWN to CAP_SETFCAP."""


def refuse(answers: dict[int, int]) -> None:
    """Answer system calls, by number, with these error numbers from now on."""
    _install([part for number, fault in answers.items() for part in _if(number, _error(fault))])


def enter() -> None:
    """Become a process of a container."""
    if os.geteuid() == 0:
        _keep(KEPT)
    call("prctl", rights.SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    first = (allow.LOAD, 0, 0, allow.ARGUMENTS)
    code = [part for number in NUMBERS.values() for part in _if(number, allow.NO)]
    code += _if(CLONE3, allow.UNKNOWN)
    code += _if(CLONE, first, (allow.AND, 0, 0, NAMESPACES), (allow.IF_EQUAL, 0, 1, 0), allow.YES, allow.NO)
    code += _if(SOCKET, first, *(part for family in FAMILIES for part in _if(family, allow.NO)), allow.YES)
    kinds = [part for kind in PERSONALITIES for part in _if(kind, allow.YES)]
    code += _if(PERSONALITY, first, *kinds, allow.NO)
    _install([*code, (allow.IF_AT_LEAST, 0, 1, LAST + 1), allow.UNKNOWN])


def _if(number: int, *then: allow.Instruction) -> list[allow.Instruction]:
    return [(allow.IF_EQUAL, 0, len(then), number), *then]


def _error(number: int) -> allow.Instruction:
    return (allow.RETURN, 0, 0, allow.ERROR | number)


def _install(code: list[allow.Instruction]) -> None:
    call("prctl", rights.SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    whole = [(allow.LOAD, 0, 0, allow.NUMBER), *code, allow.YES]
    allow.install(b"".join(struct.pack("=HBBI", *instruction) for instruction in whole))


def _keep(capabilities: tuple[int, ...]) -> None:
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for number in set(range(last + 1)) - set(capabilities):
        call("prctl", rights.DROP_FROM_BOUND, number, 0, 0, 0)
    kept = sum(1 << number for number in capabilities)
    call(
        "capset", struct.pack("=Ii", rights.CAPABILITY_VERSION, 0), struct.pack("=6I", kept, kept, 0, 0, 0, 0)
    )


if __name__ == "__main__":
    enter()
    os.execvp(sys.argv[1], sys.argv[1:])
