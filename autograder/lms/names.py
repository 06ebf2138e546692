"""Say whose a file is by the name that Canvas or Moodle has given it in a download."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# Moodle: First Last_PARTICIPANT_assignsubmission_file_/name.ipynb, or all in one name
# (https://docs.moodle.org/en/Assignment_settings). The participant number belongs to this assignment only;
# the grading worksheet uses it, too.
# People may call themselves what they like, also `Ann_999_1`: the number just before these words is theirs.
MOODLE = re.compile(
    r"(?!.*_assignsubmission_.*_assignsubmission_)(?P<called>.+)_(?P<student>\d+)_assignsubmission_file(?:_(?P<rest>.*))?"
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
    in_moodle: str = ""
    """The student's or team's name as Moodle writes it."""


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
            found = Owner(moodle["student"], moodle["rest"] or "", in_moodle=moodle["called"])
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


def first_of(part: str) -> str:
    """Return the first student to whom a name could belong; empty if it is nobody's."""
    if moodle := MOODLE.fullmatch(part):
        return moodle["student"]
    return next((owner.student for owner in canvas_owners(part)), "")
