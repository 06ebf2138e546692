"""Import submissions downloaded from Canvas or Moodle: the plugins of `nbgrader zip_collect`."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from autograder.submission.restore import MAX_BYTES

# Canvas: lastfirst_[LATE_]USER_FILE_name.ipynb, or [LATE_]anon_USER_FILE_name.ipynb for anonymous students
# (`get_filename` in https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb). The
# user is Canvas's own number. Names with an underscore do not match, because they might hide a number.
CANVAS = re.compile(r"(?:[^_]+_)?(?:LATE_)?(?P<student>\d+|anon_[0-9A-Za-z]+)_\d+_(?P<rest>.+)")

# Moodle: First Last_PARTICIPANT_assignsubmission_file_/name.ipynb, or all in one name
# (https://docs.moodle.org/en/Assignment_settings). The participant number belongs to this assignment only;
# the grading worksheet uses it, too.
MOODLE = re.compile(r"[^_]+_(?P<student>\d+)_assignsubmission_file(?:_(?P<rest>(?!.*_assignsubmission_).*))?")


def whose(file: Path, extracted: Path) -> tuple[str, str] | None:
    """Return the student and the name of a file beneath the folder `extracted`; None if it is nobody's.

    The outermost name that an LMS has given decides. What is below, and what is in an archive that was
    handed in, has names of the student's own choice.
    """
    place = extracted
    for part in file.relative_to(extracted).parts:
        place /= part
        if found := CANVAS.fullmatch(part) or MOODLE.fullmatch(part):
            name = found["rest"] if place == file else file.name
            return (found["student"], name) if name and name.endswith(".ipynb") else None
        if place.with_name(f"{part}.zip").exists():
            return None
    return None


MAX_UNPACKED = 4 << 30  # bytes of one download
MAX_NESTED = 3  # archives in archives


class Extractor(ExtractorPlugin):
    """nbgrader's extractor for zip files, which continues if one of them is broken or hostile.

    nbgrader's own stops at the first path that leads outside the folder, and students may hand in zip files.
    Such paths and archives that are broken or encrypted are skipped with a warning. Of an oversized file,
    only enough is written for grading to see that it is too large.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack each zip file into a folder of the same name and copy all other files."""
        self._room = MAX_UNPACKED
        for path in sorted(Path(archive_path).rglob("*")):
            target = Path(extracted_path, path.relative_to(archive_path))
            if path.is_dir():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".zip":
                self._unpack(path, target.with_suffix(""), nested=0)
            else:
                shutil.copy(path, target)

    def _unpack(self, archive: Path, folder: Path, nested: int) -> None:
        try:
            with zipfile.ZipFile(archive) as packed:
                for member in packed.infolist():
                    if not member.is_dir():
                        self._write(packed, member, folder, nested)
        except (zipfile.BadZipFile, OSError) as fault:
            self.log.warning("skipped %s: %s", archive, fault)

    def _write(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, nested: int) -> None:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            self.log.warning("skipped %r in %s: it leads outside", member.filename, packed.filename)
            return
        try:
            with packed.open(member) as file:
                data = file.read(min(MAX_BYTES + 1, self._room))
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as fault:
            self.log.warning("skipped %r in %s: %s", member.filename, packed.filename, fault)
            return
        self._room -= len(data)
        if self._room <= 0:
            self.log.error("%s is too large; files after %r are empty", packed.filename, member.filename)
        if target.suffix == ".zip" and nested < MAX_NESTED:
            self._unpack(target, target.with_suffix(""), nested + 1)


class Collector(FileNameCollectorPlugin):
    """nbgrader's collector by file name, which knows the names in Canvas and Moodle downloads.

    `c.FileNameCollectorPlugin.named_regexp` takes precedence. Names that browsers or students changed are
    kept; grading finds the notebooks anyway. Two files with the same name are renamed, because
    `zip_collect` would stop there and collect nothing.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._taken: set[tuple[str, str]] = set()

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return the student's id and the file name; None for a file that is not collected."""
        found = self._found(submitted_file)
        if found is None or not {"student_id", "file_id"} <= found.keys():
            return found
        stem, wanted, number = Path(found["file_id"]).stem, found["file_id"], 1
        while (found["student_id"], found["file_id"]) in self._taken:
            number += 1
            found["file_id"] = f"{stem} ({number}).ipynb"
        if number > 1:
            self.log.warning("%s has two files named %s", found["student_id"], wanted)
        self._taken.add((found["student_id"], found["file_id"]))
        return found

    def _found(self, file: str) -> dict[str, str] | None:
        if self.named_regexp:
            own: dict[str, str] | None = super().collect(file)
            return own
        app: Any = self.parent
        found = whose(Path(file), Path(app._format_collect_path(app.extracted_directory)))  # noqa: SLF001
        return {"student_id": found[0], "file_id": found[1]} if found else None
