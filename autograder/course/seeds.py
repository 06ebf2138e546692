"""The course secret, and the seeds of random inputs that derive from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder.course.settings import CourseError

SECRET = ".convgrade-secret"  # noqa: S105  the file's name, not what it holds


def student_seed(root: Path, student: str, assignment: str) -> str:
    """The seed of a student's random inputs: HMAC of the course secret (hexadecimal)."""
    message = f"{student}\0{assignment}".encode()
    return hmac.new(_secret(root), message, hashlib.sha256).hexdigest()


def _secret(root: Path) -> bytes:
    """The course secret; made on first use, readable by its owner alone."""
    path = root / SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        text = path.read_text().strip()
        if len(text) < 32:
            raise CourseError(f"{path} is too short for a secret; remove it to have a new one made") from None
        return text.encode()
    with os.fdopen(descriptor, "w") as file:
        text = secrets.token_hex(32)
        file.write(text + "\n")
    return text.encode()


def check_seed(of_student: str, check: str) -> int:
    """The seed of one check's random inputs, from the student's own (HMAC-SHA256)."""
    return int.from_bytes(hmac.digest(bytes.fromhex(of_student), check.encode(), hashlib.sha256))
