"""What the corpus looks at, seen to see it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attacks import corpus

SHARE = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print(libc.shmget(0, 4096, 0o1600), flush=True)  # a private key, IPC_CREAT
"""
REMOVE = "import ctypes, sys; sys.exit(ctypes.CDLL(None).shmctl(int(sys.argv[1]), 0, None))"


@pytest.mark.skipif(not corpus.SEGMENTS.exists(), reason="this kernel has no shared memory of System V")
def test_memory_is_left_behind_when_its_maker_has_ended():
    with subprocess.Popen(
        [sys.executable, "-c", SHARE + "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as maker:
        segment = maker.stdout.readline().strip()
        try:
            assert segment in corpus.SEGMENTS.read_text()
            assert segment not in corpus.abandoned_segments()
            maker.communicate("\n")
            assert segment in corpus.abandoned_segments()
        finally:
            subprocess.run([sys.executable, "-c", REMOVE, segment], check=True)
    assert segment not in corpus.abandoned_segments()
