"""Find what may be a notebook in a folder: files by whatever name, and those in archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.notebook import Notebook
from autograder.submission.hand_in import HandIn
from autograder.submission.reading import BROKEN_ARCHIVE, MAX_BYTES, MAX_FILE, Unreadable, parse

OTHER_EXTENSIONS = ("", ".json", ".txt")
OF_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")  # archives, too
BESIDE = (".py", ".txt", ".csv", ".json")  # what a notebook in an archive may need
MAX_MEMBERS = 500
MAX_UNPACKED = 200 << 20
_JUNK = (".ipynb_checkpoints", "__MACOSX")


@dataclass(frozen=True)
class Candidate:
    """A file, or a member of an archive, that may be a notebook."""

    path: Path
    shown: str
    """Where it is, for people to read."""
    data: bytes
    when: float
    inside: int
    """0 at the top of the folder, 1 in a folder, 2 in an archive."""
    found: Notebook | None
    trouble: str
    beside: Mapping[str, bytes]

    @property
    def stem(self) -> str:
        """Return its name without folders and extension."""
        name = PurePosixPath(self.shown).name
        at = name.lower().find(".ipynb")
        return name[:at] if at >= 0 else PurePosixPath(name).stem

    def is_called(self, name: str) -> bool:
        """Return whether it lies where a notebook of that name belongs."""
        return self.inside == 0 and self.shown == f"{name}.ipynb"


def candidates(hand: HandIn, contents: Mapping[Path, bytes]) -> Iterator[Candidate]:
    """Yield whatever may be a notebook in a folder, readable or not."""
    for path, data in contents.items():
        shown = path.relative_to(hand.folder)
        if not is_junk(shown):
            yield from in_file(path, shown.as_posix(), data, path.lstat().st_mtime, len(shown.parts) > 1)


def in_file(path: Path, shown: str, data: bytes, when: float, inside: int) -> Iterator[Candidate]:
    """Yield the notebooks in a file: itself, or those in it if it is an archive."""
    suffix = PurePosixPath(shown).suffix.lower()
    if data[:4] == b"PK\x03\x04" and suffix not in OF_OFFICE:
        yield from _unpacked(path, shown, data, when)
        return
    named = ".ipynb" in PurePosixPath(shown).name.lower()
    if not named and (suffix not in OTHER_EXTENSIONS or b'"cells"' not in data.replace(b"\0", b"")):
        return
    found, trouble = _read(data)
    if named or found:
        yield Candidate(path, shown, data, when, inside, found, trouble, {})


def _read(data: bytes) -> tuple[Notebook | None, str]:
    try:
        return parse(data), ""
    except Unreadable as reason:
        return None, str(reason)


def _unpacked(path: Path, shown: str, data: bytes, when: float) -> Iterator[Candidate]:
    """Yield the notebooks in an archive; if it cannot be read, it stands for itself."""
    files: dict[str, list[bytes]] = {}  # by name: an archive may hold one twice
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.infolist()[:MAX_MEMBERS]:
                name = member.filename.replace("\\", "/").lstrip("/")
                if member.is_dir() or ".." in name.split("/") or is_junk(PurePosixPath(name)):
                    continue
                with packed.open(member) as file:
                    text = file.read(min(MAX_FILE + 1, left))
                files.setdefault(name, []).insert(0, text)  # the one that unpacking leaves comes first
                left -= len(text)
    except BROKEN_ARCHIVE as fault:
        trouble = f"the archive cannot be unpacked ({fault})"[:300]
        yield Candidate(path, shown, data, when, 2, None, trouble, {})
    needed = {
        name: text for name, (text, *_) in files.items() if name.endswith(BESIDE) and len(text) <= MAX_BYTES
    }
    for name, versions in files.items():
        if ".ipynb" in PurePosixPath(name).name.lower():
            here = len(name) - len(PurePosixPath(name).name)
            beside = {other[here:]: text for other, text in needed.items() if other[:here] == name[:here]}
            for inner in versions:
                yield Candidate(path, f"{shown}/{name}", inner, when, 2, *_read(inner), beside)


def is_junk(path: PurePosixPath | Path) -> bool:
    """Return whether an editor or a system made a file for itself."""
    return bool(set(_JUNK) & set(path.parts)) or path.name.startswith("._")
