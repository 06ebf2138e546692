"""Import submissions downloaded from Canvas or Moodle: the plugins of `nbgrader zip_collect`."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from autograder.course import extensions
from autograder.lms import roster
from autograder.lms.names import Download, Owner, Unclear, first_of, whose
from autograder.results.marks import due_date
from autograder.submission.hand_in import MAX_ENTRIES, is_notebook
from autograder.submission.reading import BROKEN_ARCHIVE, MAX_FILE

MAX_UNPACKED = 4 << 30  # bytes of one download
MAX_NESTED = 3  # archives in archives
CHATTER = ("Parsing file", "Invalid submission notebook name", "Copying from", "  Copying to")
"""What nbgrader says of each file; there may be thousands."""


class Extractor(ExtractorPlugin):
    """nbgrader's extractor for zip files, which continues if one of them is broken or hostile.

    nbgrader's own stops at the first path that leads outside the folder, and students may hand in zip files.
    Such paths and archives that are broken or encrypted are skipped with a warning. Of an oversized file,
    only enough is written for grading to see that it is too large. Of what a student has packed, no more
    files are taken than grading looks at.
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
                theirs = any(map(first_of, path.relative_to(archive_path).parts))
                self._unpack(path, target.with_suffix(""), nested=int(theirs))
            else:
                shutil.copy2(path, target)

    def _unpack(self, archive: Path, folder: Path, nested: int) -> None:
        if nested <= 1:
            self._more = MAX_ENTRIES
        try:
            with zipfile.ZipFile(archive) as packed:
                members = [each for each in packed.infolist() if not each.is_dir()]
                wanted = self._wanted(archive, members) if nested else members
                troubles = [why for each in wanted if (why := self._write(packed, each, folder, nested))]
        except (zipfile.BadZipFile, OSError) as fault:
            self.log.warning("skipped %s: %s", archive, fault)
            return
        for why in troubles[:1] if nested else troubles:
            more = f" (and {len(troubles) - 1} more)" if nested and len(troubles) > 1 else ""
            self.log.warning("skipped %s%s", why, more)

    def _wanted(self, archive: Path, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        """Return as many files as may be taken of a student, notebooks first; say once if there are more."""
        ranked = sorted(members, key=lambda each: not is_notebook(Path(each.filename)))
        wanted, before = ranked[: max(self._more, 0)], self._more
        self._more -= len(members)
        if self._more < 0 <= before:
            self.log.warning("%s holds more than %d files; the others are left out", archive, MAX_ENTRIES)
        return wanted

    def _write(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, nested: int) -> str:
        """Write a file, and return why that is not done; empty if it is."""
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            return f"{member.filename!r} in {packed.filename}: it leads outside"
        try:
            with packed.open(member) as file:
                data = file.read(min(MAX_FILE + 1, self._room))
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except BROKEN_ARCHIVE as fault:
            return f"{member.filename!r} in {packed.filename}: {fault}"
        self._room -= len(data)
        if self._room <= 0:
            self.log.error("%s is too large; files after %r are empty", packed.filename, member.filename)
        stamp = _moment(member)
        os.utime(target, (stamp, stamp))
        if target.suffix.lower() == ".zip" and nested < MAX_NESTED:
            self._unpack(target, target.with_suffix(""), nested + 1)
        return ""


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
        self.log.addFilter(lambda record: not str(record.msg).startswith(CHATTER))
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
        owned = list(self._owned(root, people.values()))
        ours |= self._teams(people.values(), [owner for _, owner in owned])
        for path, owner in owned:
            handed_in.setdefault(ours.get(owner.student, owner.student), []).append((owner, path))
        plan: dict[str, dict[str, str]] = {}
        due, later = due_date(Path(course.root), name), extensions.read(Path(course.root))
        for student, found in sorted(handed_in.items()):
            notebooks = [each for each in found if ".ipynb" in each[0].file.lower()]
            scripts = [each for each in found if each[0].file.endswith(".py")]
            taken: set[str] = set()
            renamed: list[str] = []
            for owner, path in sorted([*notebooks, *scripts] if notebooks else found, key=_newest_first):
                wanted = self._free_name(owner.file, taken)
                if wanted != owner.file:
                    renamed.append(owner.file)
                plan[str(path)] = {"student_id": student, "file_id": wanted}
                if owner.late and (until := later.get((student, name), due)):
                    plan[str(path)]["timestamp"] = (until + timedelta(seconds=1)).isoformat(" ")
            if renamed:
                more = f" (and {len(renamed) - 1} more)" if len(renamed) > 1 else ""
                self.log.warning(
                    "%s has two files named %s%s; the newest keeps its name", student, renamed[0], more
                )
            if any(owner.late for owner, _ in found):
                self.log.warning(
                    "%s is late, says Canvas, but not how late; %s",
                    student,
                    "one second is assumed" if due else "set the deadline in formgrader and collect again",
                )
        return plan

    def _teams(self, people: Iterable[roster.Person], owners: Iterable[Owner]) -> dict[str, str]:
        """Return the teams that hand in, by Moodle's number of the group."""
        members: dict[str, list[str]] = {}
        for person in people:
            for team in person.teams:
                members.setdefault(team, []).append(person.student)
        numbers: dict[str, set[str]] = {}
        for owner in owners:
            if owner.in_moodle in members:
                numbers.setdefault(owner.in_moodle, set()).add(owner.student)
        for team, found in sorted(numbers.items()):
            who = ", ".join(members[team])
            if len(found) > 1:
                self.log.warning("%s in the names of files is not only the team of %s", team, who)
            else:
                self.log.info("%s is the team of %s", team, who)
        return {next(iter(found)): team for team, found in numbers.items() if len(found) == 1}

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
            student = first_of(top.name)
            named = {first_of(part) for path in top.rglob("*") for part in path.relative_to(top).parts}
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


def _newest_first(found: tuple[Owner, Path]) -> tuple[float, list[tuple[int, str]]]:
    """Return a key: the newest file comes first; if that is unknown, the one of the last download by name."""
    _, path = found
    parts = re.findall(r"(\d+)|(\D+)", str(path))
    natural = [(-int(digits or 0), "" if digits else text) for digits, text in parts]
    return -path.stat().st_mtime // 2, natural
