"""Isolation under Docker's default profile: no namespaces, few capabilities, many calls refused."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import container
import pytest
from common import HERE, OLDER, ROOT

HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
ATTEMPTS = """
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
def said(*arguments):
    return "allowed" if libc.syscall(*arguments) >= 0 else errno.errorcode[ctypes.get_errno()]
print(said(272, 0), said(56, 0x10000000 | 17, 0), said(435, 0, 0), said(41, 40, 1, 0), said(41, 2, 1, 0))
print(said(135, 0xFFFFFFFF), said(135, 0x0040000), said(438, 0, 0, 0), said(444, 0, 0, 1), said(500))
"""

NEWEST = " and ".join(f"not {name}" for name in OLDER)

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="the profile is that of x86_64")


def inside(*command):
    command = [sys.executable, f"{HERE}/container.py", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_profile_refuses_what_it_says():
    done = inside(sys.executable, "-c", ATTEMPTS)
    assert done.stdout == "EPERM EPERM ENOSYS EPERM allowed\nallowed EPERM EPERM allowed ENOSYS\n", (
        done.stderr
    )


@pytest.mark.skipif(not HEADER.exists(), reason="the kernel's headers are not installed")
def test_the_numbers_of_the_profile_are_those_of_the_kernels_headers():
    numbers = dict(re.findall(r"#define __NR_(\w+) (\d+)", HEADER.read_text()))
    assert {name: int(numbers[name]) for name in container.NUMBERS} == container.NUMBERS


@pytest.mark.slow
def test_a_container_isolates_as_well():
    """All tests of isolation once more, on the tier that works there."""
    tests = [
        f"{ROOT}/tests/sandbox/{name}.py"
        for name in ("test_isolation", "test_kernel", "test_allowed_calls", "test_sandbox")
    ]
    done = inside(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", NEWEST, *tests)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"\d{3} passed", done.stdout)
    skipped = re.findall(r"^SKIPPED \[\d+\] \S+ (.*)$", done.stdout, re.MULTILINE)
    expected = ("bubblewrap is not available here", "this tier", "none of ('/usr/")  # the last: no headers
    assert all(reason.startswith(expected) for reason in skipped), skipped
