"""Read a file that somebody handed in as a notebook, and say in plain words why that cannot be done."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from autograder import notebook
from autograder.notebook import Notebook

MAX_FILE = 50 << 20  # of a notebook with all its outputs
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,  # it ends before its contents do
    OSError,
    RuntimeError,  # encrypted
    NotImplementedError,
    ValueError,
)
"""What reading an archive raises when it is broken, encrypted or packed in a way unknown here."""
MAX_BYTES = 20 << 20  # of a notebook without them, and of any other file
MAX_CELLS = 2_000
MAX_PARTS = 500_000
MAX_PARTS_OF_OUTPUTS = 5_000_000
MAX_SCRIPT = 200_000  # characters of what may be a script
# possessive, because a file may hold a string of any length, or one that never ends
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
_LIST = re.compile(r"\s*:\s*\[")
_KEY = '"outputs"'
# what a file begins with, and what it then is
_KINDS = (
    ("PK\x03\x04", "it is a zip archive"),
    ("%PDF", "it is a PDF file; hand in the notebook itself"),
    ("<!doctype html", "it is a web page that shows the notebook; download the notebook itself"),
    ("<html", "it is a web page that shows the notebook; download the notebook itself"),
    (
        "version https://git-lfs",
        "it only says where the notebook is; get the notebook itself with: git lfs pull",
    ),
)


class Unreadable(Exception):
    """The file is not a readable notebook; the message says what is wrong."""


def parse(data: bytes) -> Notebook:
    """Parse a submitted file into a notebook without outputs.

    Raises Unreadable if it is broken or beyond the limits.
    """
    if len(data) > MAX_FILE:
        raise Unreadable(f"the file has {len(data) >> 20} MB, {MAX_FILE >> 20} are allowed")
    if not data.strip(b"\0 \t\r\n"):
        said = f"has {len(data)} bytes, but all are blanks or zeros" if data else "is empty"
        raise Unreadable(f"the file {said}; save the notebook and hand it in again")
    text = decoded(data)
    found = _small(text)
    if found is None:
        short = without_outputs(text)
        if len(short) > MAX_BYTES:
            size = len(short) >> 20
            raise Unreadable(f"without outputs the file has {size} MB, {MAX_BYTES >> 20} are allowed")
        try:
            found = json.loads(short)
        except RecursionError:
            raise Unreadable("what is in the file is nested too deep for a notebook") from None
        except ValueError as fault:
            raise Unreadable(f"the file is no notebook: {_what(text, fault)}"[:300]) from None
    if isinstance(found, dict) and "worksheets" in found:
        found = _converted(found)
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise Unreadable("the file holds no list of cells")
    _count(found["cells"])
    return found


def _count(cells: Sequence[Any]) -> None:
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells, {MAX_CELLS} are allowed")


def _converted(older: Notebook) -> Notebook:
    """Return a notebook of version 3 or 2 as version 4 has it. Raises Unreadable."""
    import nbformat  # takes long, and few hand in such a file

    try:
        _count([cell for sheet in older["worksheets"] for cell in sheet["cells"]])
        found: Notebook = nbformat.reads(json.dumps(older), as_version=4)
        for cell in found["cells"]:
            del cell["id"]  # drawn at random
    except Unreadable:
        raise
    except Exception as fault:
        raise Unreadable(
            "it is in a format older than version 4 and cannot be converted "
            f"({type(fault).__name__}); open it in JupyterLab, save it and hand it in again"
        ) from None
    return found


def decoded(data: bytes) -> str:
    """Return text in whatever Unicode editors write: with a mark in front or without, UTF-8, 16 or 32.

    What is none of these is read as Windows writes text, so that no word is lost.
    """
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _small(text: str) -> Any:
    """Return what JSON within all limits holds, its outputs emptied; None if a closer look is needed."""
    if len(text) > MAX_BYTES or sum(map(text.count, "[]{},")) > MAX_PARTS:
        return None
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text, object_hook=_emptied)
    return None


def _emptied(part: dict[str, Any]) -> dict[str, Any]:
    if isinstance(part.get("outputs"), list):
        part["outputs"] = []
    return part


def without_outputs(text: str) -> str:
    """Return JSON with all lists called "outputs" emptied; what is in strings counts for nothing.

    Raises Unreadable if there is more than MAX_PARTS beside them: each takes memory many times its size.
    """
    kept, begin, at, parts = [], 0, 0, 0
    while token := _TOKEN.search(text, at):
        start, at = token.span()
        if text[start] != '"':
            parts += 1
            if parts > 4 * MAX_PARTS:
                raise Unreadable(f"the file has more than {MAX_PARTS} parts")
        elif at - start == len(_KEY) and text.startswith(_KEY, start) and (opened := _LIST.match(text, at)):
            kept.append(text[begin : opened.end()])
            at = _closed(text, opened.end())
            begin = at - 1
    return "".join([*kept, text[begin:]])


def _closed(text: str, at: int) -> int:
    """Return the place behind the bracket that closes a list."""
    depth = 1
    for _ in range(MAX_PARTS_OF_OUTPUTS):
        token = _TOKEN.search(text, at)
        if token is None:
            return len(text)
        at = token.end()
        mark = text[token.start()]
        depth += (mark in "[{") - (mark in "]}")
        if not depth:
            return at
    raise Unreadable(f"the outputs in the file have more than {MAX_PARTS_OF_OUTPUTS} parts")


def _what(text: str, fault: Exception) -> str:
    """Say what a file is that Python cannot read as JSON."""
    if not isinstance(fault, json.JSONDecodeError):  # but JSON so far
        return f"it holds a number of more than {sys.get_int_max_str_digits()} digits"
    start = text.lstrip("\ufeff \t\r\n")
    for beginning, words in _KINDS:
        if start[: len(beginning)].lower() == beginning.lower():
            return words
    if "<<<<<<< " in text and ">>>>>>> " in text:
        return (
            "it holds two versions with the marks of a merge conflict (<<<<<<<, >>>>>>>); choose one of them"
        )
    if start.startswith("{"):
        place = getattr(fault, "pos", 0)
        if place >= len(text.rstrip()) - 1 or "Unterminated" in str(fault):
            return "it is cut off in the middle; save it and hand it in again"
        return f"it is not JSON ({fault})"
    if 0 < len(start) <= MAX_SCRIPT and "\n" in start.strip() and notebook.is_python(start):
        return "it holds Python code only; hand in the notebook itself"
    return f"it is not JSON ({fault})"
