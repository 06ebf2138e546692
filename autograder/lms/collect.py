"""Import submissions downloaded from Canvas or Moodle: the plugins of `nbgrader zip_collect`."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from autograder.course import extensions
from autograder.lms import roster
from autograder.results.marks import due_date
from autograder.submission.reading import BROKEN_ARCHIVE, MAX_FILE

# Moodle: First Last_PARTICIPANT_assignsubmission_file_/name.ipynb, or all in one name
# (https://docs.moodle.org/en/Assignment_settings). The participant number belongs to this assignment only;
# the grading worksheet uses it, too.
# People may call themselves what they like, also `Ann_999_1`: the number just before these words is theirs.
MOODLE = re.compile(
    r"(?!.*_assignsubmission_.*_assignsubmission_).+_(?P<student>\d+)_assignsubmission_file(?:_(?P<rest>.*))?"
)


@dataclass(frozen=True)
class Owner:
    """Whose a file is, by the name that an LMS has given it."""

    student: str
    file: str
    called: str = ""
    """The student's or group's name as Canvas writes it."""
    late: bool = False
    number: int = 0
    """Canvas's number of the file."""


class Unclear(Exception):
    """A name that fits several students; the message is the name."""


@dataclass(frozen=True)
class Download:
    """What is known of the names in a download beforehand."""

    notebooks: frozenset[str] = frozenset()
    """The notebooks of the assignment."""
    people: frozenset[tuple[str, str]] = frozenset()
    """Names as Canvas writes them, each with its owner's number in Canvas."""


def canvas_owners(part: str) -> list[Owner]:
    """Return everybody to whom a name in a Canvas download could belong.

    Canvas writes lastfirst_[LATE_]USER_FILE_name.ipynb, or [LATE_]anon_USER_FILE_name.ipynb (`get_filename`
    and `add_upload_submission` in https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb).
    But a name may end in `_2`, groups are called `Lab 3_B`, and students choose the names of their files.
    """
    if "_assignsubmission_" in part:
        return []  # Moodle's
    if anonymous := re.fullmatch(r"(LATE_)?(anon_[0-9A-Za-z]+)_\d+_(.+)", part, re.ASCII):
        return [Owner(anonymous[2], anonymous[3], late=bool(anonymous[1]))]
    words = part.split("_")
    numbers = [bool(re.fullmatch(r"\d+", word, re.ASCII)) for word in words]
    owners = []
    for at in range(len(words) - 2):
        if numbers[at] and numbers[at + 1]:
            late = at > 0 and words[at - 1] == "LATE"
            called, rest = "_".join(words[: at - late]), "_".join(words[at + 2 :])
            owners.append(Owner(words[at], rest, called, late, int(words[at + 1])))
    return owners


def whose(file: Path, extracted: Path, download: Download = Download()) -> Owner | None:
    """Return whose a file beneath the folder `extracted` is; None if it is nobody's. Raises Unclear.

    The outermost name that an LMS has given decides. What is below, and what is in an archive that was
    handed in, has names of the student's own choice.
    """
    place = extracted
    for part in file.relative_to(extracted).parts:
        place /= part
        if moodle := MOODLE.fullmatch(part):
            found = Owner(moodle["student"], moodle["rest"] or "")
        elif owners := canvas_owners(part):
            found = _decided(part, owners, download)
        elif _unpacked_from_an_archive(place):
            return None
        else:
            continue
        name = found.file if place == file else file.name
        return replace(found, file=name) if name else None
    return None


def _decided(part: str, owners: Sequence[Owner], download: Download) -> Owner:
    """Return who of several it is; whatever follows the first two numbers, a student may have chosen.

    A file's own name may begin with a number. But a larger one than that before it may be Canvas's number
    of the file, of which there are more than users; then it was the student's name that ended in a number.
    """
    known = [each for each in owners if (each.called, each.student) in download.people]
    if known:
        if len(known) > 1:
            raise Unclear(part)
        return known[0]
    first = owners[0]
    begins = re.match(r"(\d+)_", first.file, re.ASCII)
    stem = re.sub(r"(-\d+| ?\(\d+\))+$", "", re.sub(r"\.\w+$", "", first.file.partition(".ipynb")[0]))
    if begins and int(begins[1]) >= first.number and stem not in download.notebooks:
        raise Unclear(part)
    return first


def _unpacked_from_an_archive(folder: Path) -> bool:
    return any(folder.with_suffix(f"{folder.suffix}{ending}").exists() for ending in (".zip", ".ZIP", ".Zip"))


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
            if path.suffix.lower() == ".zip":
                self._unpack(path, target.with_suffix(""), nested=0)
            else:
                shutil.copy2(path, target)

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
                data = file.read(min(MAX_FILE + 1, self._room))
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except BROKEN_ARCHIVE as fault:
            self.log.warning("skipped %r in %s: %s", member.filename, packed.filename, fault)
            return
        self._room -= len(data)
        if self._room <= 0:
            self.log.error("%s is too large; files after %r are empty", packed.filename, member.filename)
        stamp = _moment(member)
        os.utime(target, (stamp, stamp))
        if target.suffix.lower() == ".zip" and nested < MAX_NESTED:
            self._unpack(target, target.with_suffix(""), nested + 1)


def _moment(member: zipfile.ZipInfo) -> float:
    """Return when a file in an archive was last changed, in seconds; archives know no time zone."""
    try:
        return datetime(*member.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


class Collector(FileNameCollectorPlugin):
    """nbgrader's collector by file name, which knows the names in Canvas and Moodle downloads.

    `c.FileNameCollectorPlugin.named_regexp` takes precedence. Names that browsers or students changed are
    kept; grading finds the notebooks anyway. Of several files with the same name the newest keeps it, and
    the others are renamed, because `zip_collect` would stop there and collect nothing. Of what is no notebook
    only Python files are collected, unless a student has nothing else: then everything, so there is a row.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._plan: dict[str, dict[str, str]] | None = None

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return the student's id, the file name and for late ones a time; None for a file not collected."""
        if self.named_regexp:
            own: dict[str, str] | None = super().collect(submitted_file)
            return own
        if self._plan is None:
            root = Path(self.parent._format_collect_path(self.parent.extracted_directory))  # noqa: SLF001
            self._plan = self._planned(root)
        return self._plan.get(submitted_file)

    def _planned(self, root: Path) -> dict[str, dict[str, str]]:
        """Return the student and the name of each file that is collected."""
        self._warn_of_downloads_named_like_students(root)
        course, name = self.parent.coursedir, self.parent.coursedir.assignment_id
        people = roster.read(Path(course.root))
        ours = {person.canvas_id: person.student for person in people.values() if person.canvas_id}
        handed_in: dict[str, list[tuple[Owner, Path]]] = {}
        for path, owner in self._owned(root, people.values()):
            handed_in.setdefault(ours.get(owner.student, owner.student), []).append((owner, path))
        plan: dict[str, dict[str, str]] = {}
        due, later = due_date(Path(course.root), name), extensions.read(Path(course.root))
        for student, found in sorted(handed_in.items()):
            notebooks = [each for each in found if ".ipynb" in each[0].file.lower()]
            scripts = [each for each in found if each[0].file.endswith(".py")]
            taken: set[str] = set()
            for owner, path in sorted([*notebooks, *scripts] if notebooks else found, key=_newest_first):
                wanted = self._free_name(owner.file, taken)
                if wanted != owner.file:
                    self.log.warning(
                        "%s has two files named %s; the newest keeps its name", student, owner.file
                    )
                plan[str(path)] = {"student_id": student, "file_id": wanted}
                if owner.late and (until := later.get((student, name), due)):
                    plan[str(path)]["timestamp"] = (until + timedelta(seconds=1)).isoformat(" ")
            if any(owner.late for owner, _ in found):
                self.log.warning(
                    "%s is late, says Canvas, but not how late; %s",
                    student,
                    "one second is assumed" if due else "set the deadline in formgrader and collect again",
                )
        return plan

    def _owned(self, root: Path, people: Iterable[roster.Person]) -> Iterator[tuple[Path, Owner]]:
        """Yield each file that belongs to somebody; warn of those that may belong to several."""
        course = self.parent.coursedir
        folders = [
            Path(course.format_path(step, ".", course.assignment_id))
            for step in (course.source_directory, course.release_directory)
        ]
        notebooks = frozenset(path.stem for folder in folders for path in folder.glob("*.ipynb"))
        known = {(each.in_canvas_downloads, each.canvas_id) for each in people if each.canvas_id}
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        unclear = []
        for again in (False, True):
            download = Download(notebooks, frozenset(known))
            for path in paths:
                try:
                    owner = whose(path, root, download)
                except Unclear as name:
                    unclear.append(path)
                    if again:
                        self.log.warning(
                            "skipped %r: several numbers in it could be the student's; read Canvas's "
                            "gradebook with `convgrade roster FILE`, or rename the file",
                            str(name),
                        )
                    continue
                if owner:
                    known.add((owner.called, owner.student))
                    yield path, owner
            paths, unclear = unclear, []

    def _warn_of_downloads_named_like_students(self, root: Path) -> None:
        for top in sorted(path for path in root.iterdir() if path.is_dir()):
            student = _first_of(top.name)
            named = {_first_of(part) for path in top.rglob("*") for part in path.relative_to(top).parts}
            if student and named - {student, ""}:
                self.log.warning(
                    "%s counts as the archive of %s, but files in it are named for others; "
                    "if it is a download, rename it to submissions.zip and collect again",
                    top.name,
                    student,
                )

    def _free_name(self, name: str, taken: set[str]) -> str:
        """Return the name, with a number if it is taken. nbgrader gives files their own extension."""
        stem, number, free = Path(name), 1, name
        while free in taken:
            number += 1
            free = f"{stem.stem} ({number}){stem.suffix}"
        taken.add(free)
        return free


def _first_of(part: str) -> str:
    """Return the first student to whom a name could belong; empty if it is nobody's."""
    if moodle := MOODLE.fullmatch(part):
        return moodle["student"]
    return next((owner.student for owner in canvas_owners(part)), "")


def _newest_first(found: tuple[Owner, Path]) -> tuple[float, list[tuple[int, str]]]:
    """Return a key: the newest file comes first; if that is unknown, the one of the last download by name."""
    _, path = found
    parts = re.findall(r"(\d+)|(\D+)", str(path))
    natural = [(-int(digits or 0), "" if digits else text) for digits, text in parts]
    return -path.stat().st_mtime // 2, natural
