"""Export marks to a learning management system.

    nbgrader export --exporter=autograder.lms.CanvasExportPlugin --to canvas.csv
    nbgrader export --exporter=autograder.lms.MoodleExportPlugin --to moodle.csv

Marks are nbgrader's: manual grading is included and late penalties are deducted. A student without a
submission gets no mark instead of a zero; the LMS decides what a missing submission means.

Ids decide who gets a mark, so they are written unchanged. The exception is an id that a spreadsheet
would evaluate (it begins with = + - @ or a tab), because no file can both be safe to open and match it.
Canvas asks about students it does not know, so the id gets an apostrophe in front. Moodle stops the
whole import, so the row is left out. Either way, a warning names the student.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Enum, Unicode

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
        """Write the marks in an open gradebook to the file."""
        chosen = [
            each for each in gradebook.assignments if not self.assignment or each.name in self.assignment
        ]
        columns = {each.name: marks.marks_of(gradebook, each) for each in chosen}
        wanted = [str(student) for student in self.student]
        students = [
            [column[index] for column in columns.values()]
            for index, student in enumerate(sorted(each.id for each in gradebook.students))
            if not wanted or student in wanted
        ]
        waiting = sum(bool(mark.open) for row in students for mark in row)
        if waiting:
            self.log.warning("%d marks are incomplete: cells that still need manual grading count 0", waiting)
        target = Path(self.to or self.file)
        self.log.info("Exporting %s for %d students to %s", ", ".join(columns), len(students), target)
        worth = [column[0].max_score if column else 0.0 for column in columns.values()]
        spreadsheet.write(target, self.rows(list(columns), worth, students))

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Return a header and one row per student, with a mark per assignment, in the order of `names`."""
        raise NotImplementedError

    def _titles(self, names: list[str]) -> list[str]:
        return [spreadsheet.safe(self.titles.get(name, name)) for name in names]


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

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Return the header, the points possible, and one row per student; no mark is an empty cell."""
        ids = ("ID", "SIS User ID", "SIS Login ID")
        head = ["Student", *ids, "Section", *self._titles(names)]
        result = [head, ["    Points Possible", "", "", "", "", *map(spreadsheet.number, worth)]]
        for row in students:
            student = row[0].student
            column = self.id_column
            if column == "ID" and not (student.isascii() and student.isdigit()):
                column = "SIS Login ID"
                self.log.warning("%r is not a Canvas number; it goes into the column %s", student, column)
            text = spreadsheet.safe(student) if spreadsheet.is_formula(student) else student
            if text != student:
                self.log.warning(
                    "Canvas will ask who %r is, because a spreadsheet would evaluate this id", student
                )
            written = [text if column == name else "" for name in ids]
            found = [spreadsheet.number(mark.score) if mark.submitted else "" for mark in row]
            result.append([_name(row[0]), *written, "", *found])
        return result


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

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Return a header and one row per student; no mark is a dash, which Moodle reads as none."""
        worksheet = self.id_column == "Identifier"
        if worksheet and len(names) != 1:
            self.parent.fail("a grading worksheet is for one assignment; add: --assignment '[\"NAME\"]'")
        if worksheet:
            result = [["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)"]]
        else:
            result = [[self.id_column, "First name", "Last name", *self._titles(names)]]
        for row in students:
            first = row[0]
            key = first.email if self.id_column == "Email address" else first.student
            if not key or spreadsheet.is_formula(key):
                reason = "a spreadsheet would evaluate this id" if key else "the gradebook has no such id"
                self.log.warning("skipped %r, enter the mark by hand: %s", first.student, reason)
                continue
            found = [spreadsheet.number(mark.score) if mark.submitted else "-" for mark in row]
            if worksheet:
                result.append(
                    [f"{self.participant}{key}", _name(first), *found, *map(spreadsheet.number, worth), "-"]
                )
            else:
                result.append(
                    [key, spreadsheet.safe(first.first_name), spreadsheet.safe(first.last_name), *found]
                )
        return result


def _name(mark: Mark) -> str:
    """Return the name, last name first; Canvas would ignore a row with "Points Possible" in the name."""
    parts: Sequence[str] = [part for part in (mark.last_name, mark.first_name) if part]
    name = spreadsheet.safe(", ".join(parts) or mark.student)
    return "" if "Points Possible" in name else name
