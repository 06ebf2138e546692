"""Know each student by all ids: the course's own, the login, the SIS id, and Canvas's number.

`convgrade roster FILE` reads what Canvas and Moodle export about their participants and merges it into
`roster.csv`, which may be edited by hand.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from autograder.course.settings import CourseError
from autograder.results.spreadsheet import is_formula

FILE = "roster.csv"
COLUMNS = {
    "canvas_id": ("ID",),
    "sis_id": ("SIS User ID", "ID number"),
    "login": ("SIS Login ID", "Username"),
    "email": ("Email address",),
    "name": ("Student",),
    "first_name": ("FirstName", "First name"),
    "last_name": ("LastName", "Last name", "Surname"),
    "groups": ("Groups",),
}
"""What is kept, and the headings of Canvas's gradebook and Moodle's participants under which it stands."""
IDS = ("login", "sis_id", "canvas_id", "email")


@dataclass(frozen=True)
class Person:
    """One student; what is not known is empty."""

    student: str
    """The id in this course: of folders, in the gradebook, on the exchange."""
    login: str = ""
    sis_id: str = ""
    canvas_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    groups: str = ""
    """The names of groups in Moodle, with commas between them."""

    @property
    def teams(self) -> list[str]:
        """The groups' names as Moodle writes them into the names of files.

        `get_student_prefix` in mod/assign/classes/downloader.php, PARAM_FILE in lib/moodlelib.php.
        """
        names = (name.strip().replace("_", " ") for name in self.groups.split(","))
        return [name for each in names if (name := re.sub(r"[\x00-\x1f\x7f&<>\"`|':\\/]|^\.+$", "", each))]

    @property
    def in_canvas_downloads(self) -> str:
        """The name as Canvas writes it into the names of files: `sanitize_user_name` in content_zipper.rb."""
        name = ", ".join(part for part in (self.last_name, self.first_name) if part)
        return re.sub(r"\W", "", re.sub(r"_(\d+)_", r"\1", name).lower())


def read(root: Path) -> dict[str, Person]:
    """Return the course's roster by student; empty if there is none. Raises CourseError."""
    if not (root / FILE).is_file():
        return {}
    known = {item.name for item in fields(Person)}
    people = [
        Person(**{name: _opened((value or "").strip()) for name, value in row.items() if name in known})
        for row in _rows(root / FILE, "student")
    ]
    return {person.student: person for person in people if person.student}


def merge(root: Path, export: Path) -> tuple[int, int]:
    """Add the people in an export to the course's roster; return how many are new, and how many there are.

    A person is recognised by any id. Raises CourseError, and then the roster stays as it was.
    """
    people = read(root)
    before = len(people)
    for line, row in enumerate(_rows(export, *(COLUMNS["canvas_id"] + COLUMNS["first_name"])), 2):
        found = _person(row)
        if not found.student:
            continue
        same = [each for each in people.values() if _shares_an_id(each, found)]
        if len(same) > 1:
            names = " and ".join(each.student for each in same)
            raise CourseError(f"{export}, line {line}: the ids belong to {names}; correct {FILE} first")
        if same:
            new = {name: value for name, value in asdict(found).items() if value and name != "student"}
            found = replace(same[0], **new)
        elif found.student in people or "/" in found.student or found.student.startswith("."):
            raise CourseError(f"{export}, line {line}: {found.student!r} is taken or cannot name a folder")
        people[found.student] = found
    with (root / FILE).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [item.name for item in fields(Person)])
        writer.writeheader()
        for student in sorted(people):
            writer.writerow({name: _safe(value) for name, value in asdict(people[student]).items()})
    return len(people) - before, len(people)


def _safe(text: str) -> str:
    """Return a text that a spreadsheet shows and does not evaluate; `_opened` takes it back."""
    return f"'{text}" if is_formula(text) else text


def _opened(text: str) -> str:
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def _person(row: dict[str, str]) -> Person:
    """Return the student in a row; without an id if the row is nobody's, as Canvas's points possible."""
    got = {
        name: next((text for column in columns if (text := (row.get(column) or "").strip())), "")
        for name, columns in COLUMNS.items()
    }
    last, _, first = got.pop("name").partition(", ")
    got["last_name"], got["first_name"] = got["last_name"] or last, got["first_name"] or first
    if "Points Possible" in got["last_name"] or not any(got[name] for name in IDS):
        return Person("")
    return Person(next(got[name] for name in ("login", "sis_id", "email", "canvas_id") if got[name]), **got)


def _shares_an_id(one: Person, other: Person) -> bool:
    return any(getattr(one, name) and getattr(one, name) == getattr(other, name) for name in IDS)


def _rows(path: Path, *wanted: str) -> list[dict[str, str]]:
    """Return a table's rows by heading. Raises CourseError if it has none of the wanted headings."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise CourseError(f"{path} cannot be read: {fault}") from None
    head = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    if not set(wanted) & set(table.fieldnames or ()):
        raise CourseError(f"{path} has none of these columns: {', '.join(wanted)}")
    return list(table)
