"""Export marks to a learning management system.

    nbgrader export --exporter=autograder.lms.CanvasExportPlugin --to canvas.csv
    nbgrader export --exporter=autograder.lms.MoodleExportPlugin --to moodle.csv

Marks are nbgrader's: manual grading is included and late penalties are deducted. A file has one
assignment and only students who handed it in, because both importers read an empty cell as "no grade" and
take away what is there: a grade entered by hand, or an excuse. The LMS decides what absence means.

Ids decide who gets a mark. One that the importer would read as another one, or that a spreadsheet would
evaluate (it begins with = + - @ or a tab), is left out, and a warning names the student.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Enum, List, Unicode

from autograder.lms import roster
from autograder.results import marks, spreadsheet
from autograder.results.marks import Mark


class _ExportPlugin(ExportPlugin):
    """What both exporters share: choosing students and assignments, and writing the file."""

    file = ""
    parent: Any

    titles = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="Names of assignments in the LMS, by their names here; those left out keep their names.",
    ).tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Write the marks in an open gradebook, one file for each assignment."""
        known = [each.name for each in gradebook.assignments]
        chosen = [name for name in known if not self.assignment or name in self.assignment]
        if unknown := sorted(set(self.assignment) - set(known)):
            self.parent.fail(
                f"the gradebook has no assignment {unknown[0]!r}; it has: {', '.join(known) or 'none'}"
            )
        if not chosen:
            self.parent.fail("the gradebook has no assignments; grade one first: nbgrader autograde NAME")
        self._people = roster.read(Path(self.parent.coursedir.root))
        target = Path(self.to or self.file)
        for name in chosen:
            file = target if len(chosen) == 1 else target.with_stem(f"{target.stem}-{name}")
            self._export(file, name, marks.marks_of(gradebook, gradebook.find_assignment(name)))

    def _export(self, file: Path, name: str, found: list[Mark]) -> None:
        wanted = [str(student) for student in self.student]
        students = [mark for mark in found if not wanted or mark.student in wanted]
        handed_in = list(self._of_everybody([mark for mark in students if mark.submitted]))
        if waiting := sum(bool(mark.open) for mark in handed_in):
            self.log.warning(
                "%s: %d marks are incomplete: cells that still need manual grading count 0", name, waiting
            )
        if absent := len(students) - len(handed_in):
            self.log.info("%s: left out %d students who handed in nothing", name, absent)
        self.log.info("Exporting %s for %d students to %s", name, len(handed_in), file)
        title = spreadsheet.safe(self.titles.get(name, name))
        worth = spreadsheet.number(found[0].max_score if found else 0.0)
        spreadsheet.write(file, self.rows(title, worth, handed_in))

    def _of_everybody(self, handed_in: list[Mark]) -> Iterator[Mark]:
        """Yield the marks, those of a team for each of its members who handed in nothing else."""
        found: dict[str, list[Mark]] = {mark.student: [mark] for mark in handed_in}
        for mark in handed_in:
            members = [each for each in self._people.values() if mark.student in each.teams]
            for person in members:
                theirs = replace(
                    mark,
                    student=person.student,
                    first_name=person.first_name,
                    last_name=person.last_name,
                    email=person.email,
                )
                found.setdefault(person.student, []).append(theirs)
            if members and mark.student not in self._people:
                del found[mark.student]
        for marks_of_one in found.values():
            if len({mark.score for mark in marks_of_one}) > 1:
                self._skip(marks_of_one[0], "there is a mark of a team as well as another one")
            else:
                yield marks_of_one[0]

    def rows(self, title: str, worth: str, handed_in: list[Mark]) -> list[list[str]]:
        """Return a header and one row per student for the assignment of that title."""
        raise NotImplementedError

    def _id(self, mark: Mark, kind: str) -> str:
        """Return an id of the student: the roster's, or the student's id here."""
        person = self._people.get(mark.student)
        return (getattr(person, kind) if person else "") or mark.student

    def _skip(self, mark: Mark, reason: str) -> None:
        self.log.warning("skipped %r, enter the mark by hand: %s", mark.student, reason)


class CanvasExportPlugin(_ExportPlugin):
    """Marks as Canvas's gradebook imports them.

    Columns follow https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb. Canvas
    finds a student by `ID` if it is a number, otherwise exactly by `SIS User ID` or `SIS Login ID`,
    otherwise by name.
    """

    file = "canvas.csv"

    id_column = Enum(
        ("SIS Login ID", "SIS User ID", "ID"),
        "SIS Login ID",
        help=(
            "What your student ids are in Canvas. From a Canvas download it is `ID`, Canvas's "
            "own number. Never choose it for other numbers: in Canvas they are other students."
        ),
    ).tag(config=True)

    def rows(self, title: str, worth: str, handed_in: list[Mark]) -> list[list[str]]:
        """Return the header, the points possible, and one row per student; one column has ids."""
        columns = {"ID": (), "SIS Login ID": ("SIS Login ID",)}.get(
            self.id_column, ("SIS User ID", "SIS Login ID")
        )  # the second column has to be ID, and SIS User ID never comes alone: `update_column_count`
        ids = ("ID", *columns)
        head = ["Student", *ids, "Section", title]
        result = [head, ["    Points Possible", *["" for _ in ids], "", worth]]
        kind = {"ID": "canvas_id", "SIS User ID": "sis_id"}.get(self.id_column, "login")
        for mark in handed_in:
            text = self._id(mark, kind)
            if self.id_column == "ID" and not (text.isascii() and text.isdigit()):
                self._skip(mark, f"{text!r} is not a Canvas number; see `convgrade roster`")
            elif spreadsheet.is_formula(text):
                self._skip(mark, "a spreadsheet would evaluate this id")
            elif _as_canvas_reads(text) != text:
                self._skip(mark, f"Canvas would read {text!r} as {_as_canvas_reads(text)!r}")
            else:
                written = [text if column == self.id_column else "" for column in ids]
                result.append([_name(mark), *written, "", spreadsheet.number(mark.score)])
        return result


def _as_canvas_reads(text: str) -> str:
    """Return a cell as `decimal_comma_to_period` in Canvas's importer rewrites it, ids included."""
    parts = re.split("[.,]", text)
    if len(parts) == 1 or not re.fullmatch(r"-?[0-9.,]+%?", text):
        return text
    return ".".join(["".join(parts[:-1]), parts[-1]])


class MoodleExportPlugin(_ExportPlugin):
    """Marks as Moodle imports them: a table of grades, or the grading worksheet of one assignment.

    Import a table of grades with Grades > Import > CSV file and map the id column to the user field of the
    same name (https://docs.moodle.org/en/Grade_import). With `Identifier`, the file is the worksheet for
    the assignment's "Upload grading worksheet" (https://docs.moodle.org/en/Using_Assignment). It contains
    the participant numbers, which are the student ids of submissions from a Moodle download.
    """

    file = "moodle.csv"

    id_column = Enum(
        ("Username", "ID number", "Email address", "Identifier"),
        "Username",
        help="What your student ids are in Moodle; `Email address` uses the gradebook's addresses instead.",
    ).tag(config=True)

    participant = Unicode(
        "Participant ", help="The word before the number in the worksheet; it depends on the site's language."
    ).tag(config=True)

    headings = List(
        Unicode(),
        ["Identifier", "Grade", "Last modified (grade)"],
        minlen=3,
        maxlen=3,
        help="These three headings of the worksheet in the site's language; Moodle finds no others.",
    ).tag(config=True)

    def rows(self, title: str, worth: str, handed_in: list[Mark]) -> list[list[str]]:
        """Return a header and one row per student."""
        kind = {"Username": "login", "ID number": "sis_id", "Email address": "email"}.get(self.id_column, "")
        identifier, grade, modified = self.headings
        # Moodle passes over grades that were changed later than this: `process_import_grades`.
        now = datetime.now(UTC).isoformat(timespec="seconds")
        result = [
            [self.id_column, "First name", "Last name", title]
            if kind
            else [identifier, "Full name", grade, "Maximum grade", modified]
        ]
        for mark in handed_in:
            key = self._id(mark, kind) if kind not in ("", "email") else mark.student
            if kind == "email":
                person = self._people.get(mark.student)
                key = mark.email or (person.email if person else "")
            if reason := _not_for_moodle(key, number=not kind):
                self._skip(mark, reason)
            elif kind:
                names = (_without_escapes(mark.first_name), _without_escapes(mark.last_name))
                result.append([key, *names, spreadsheet.number(mark.score)])
            else:
                name, points = _without_escapes(_name(mark)), spreadsheet.number(mark.score)
                result.append([f"{self.participant}{key}", name, points, worth, now])
        return result


def _not_for_moodle(key: str, *, number: bool) -> str:
    """Return why Moodle cannot be given an id; empty if it can."""
    if number and not (key.isascii() and key.isdigit()):
        return "the worksheet knows participants' numbers only, and this id is no number"
    if key in ("", "0"):  # PHP's `empty`: the row's mark would go to the student before
        return "the gradebook has no such id" if not key else "Moodle takes the id 0 for none"
    if spreadsheet.is_formula(key):
        return "a spreadsheet would evaluate this id"
    return "Moodle reads a backslash as an escape" if "\\" in key and set(key) & set(',"') else ""


def _without_escapes(name: str) -> str:
    """Return a name as a cell without backslashes: one before a quote ends Moodle's import (`fgetcsv`)."""
    return spreadsheet.safe(name.replace("\\", " ").strip())


def _name(mark: Mark) -> str:
    """Return the name, last name first; Canvas would ignore a row with "Points Possible" in the name."""
    parts: Sequence[str] = [part for part in (mark.last_name, mark.first_name) if part]
    name = spreadsheet.safe(", ".join(parts) or mark.student)
    return "" if "Points Possible" in name else name
