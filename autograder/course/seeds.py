"""The course secret, and the seeds of random inputs derived from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder.course.settings import CourseError

SECRET = ".convgrade-secret"  # noqa: S105  the file's name, not what it holds
SETS = 4
"""How many sets of random inputs an assignment has: a judge draws each once, whoever has it."""


def student_seed(root: Path, student: str, assignment: str) -> str:
    """Return the seed of the set that a student gets: an HMAC with the course secret, in hexadecimal.

    Which set it is depends on the secret, too. Create the secret on first use. Raises CourseError if the
    secret is too short.
    """
    secret = _secret(root)
    number = int.from_bytes(_hashed(secret, student, assignment)) % SETS
    return _hashed(secret, "set", str(number), assignment).hex()


def _hashed(secret: bytes, *parts: str) -> bytes:
    return hmac.digest(secret, "\0".join(parts).encode(), hashlib.sha256)


def _secret(root: Path) -> bytes:
    """Return the course secret; create it on first use, readable only by its owner."""
    path = root / SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        text = path.read_text().strip()
        if len(text) < 32:
            raise CourseError(f"{path} is too short for a secret; delete it to create a new one") from None
        return text.encode()
    with os.fdopen(descriptor, "w") as file:
        text = secrets.token_hex(32)
        file.write(text + "\n")
    return text.encode()


def check_seed(of_student: str, check: str) -> int:
    """Return the seed of one check's random inputs, derived from the student's seed (HMAC-SHA256)."""
    return int.from_bytes(hmac.digest(bytes.fromhex(of_student), check.encode(), hashlib.sha256))
