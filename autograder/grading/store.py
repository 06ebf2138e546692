"""Earlier verdicts, stored by the fingerprint of everything that decided them.

The store is a folder of compressed files. It can be deleted at any time; everything is then judged again.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zlib
from pathlib import Path

FOLDER = ".convgrade-store"
_VERDICT = b'"verdict": '  # in a text its quotes would be escaped


class Store:
    """Judges' answers (see `worker`), by key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the answer stored under `key`; None if there is none or it cannot be read."""
        try:
            return gzip.decompress(self._path(key).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None

    def put(self, key: str, answer: bytes) -> None:
        """Store an answer, completely or not at all; skip answers in which the grader failed."""
        if _status(answer) not in ("graded", "unreadable"):
            return
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(gzip.compress(answer, compresslevel=1, mtime=0))
        os.replace(file.name, path)  # noqa: PTH105  the file's name is a text

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json.gz"


def _status(answer: bytes) -> str | None:
    """Return the status of an answer's verdict, None without any, and leave its notebook unread."""
    _, name, rest = answer.partition(_VERDICT)
    verdict = json.JSONDecoder().raw_decode(rest.decode())[0] if name else {}
    status: str | None = verdict.get("status")
    return status
