"""Verdicts that were given before, by the fingerprint of all that decided them.

A folder of compressed files; it can be deleted at any time, and then everything is judged anew.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from pathlib import Path

FOLDER = ".convgrade-store"


class Store:
    """Answers of judges (see `worker`) by key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The answer, or None when there is none that can be read."""
        try:
            return gzip.decompress(self._path(key).read_bytes())
        except (OSError, EOFError):
            return None

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer, whole or not at all; what a fault of ours left undecided is not kept."""
        found = json.loads(answer)
        if found.get("verdict", {}).get("status") not in ("graded", "unreadable"):
            return
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(gzip.compress(answer, compresslevel=1, mtime=0))
        os.replace(file.name, path)  # noqa: PTH105  the file's name is a text

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json.gz"
