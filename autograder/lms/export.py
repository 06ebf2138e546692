"""The way to and from a learning management system: submissions of Canvas and Moodle in, marks out.

    nbgrader zip_collect ASSIGNMENT      see `Extractor` and `Collector`
    nbgrader export --exporter=autograder.lms.CanvasExportPlugin --to canvas.csv
    nbgrader export --exporter=autograder.lms.MoodleExportPlugin --to moodle.csv

A mark is nbgrader's own: manual grading included, late penalty taken off. A student without a submission
gets no mark instead of a zero; what a missing submission means is the LMS's to decide.

Ids decide who gets a mark, so they are written as they are. The exception is one that a spreadsheet
would compute (it begins with = + - @ or a tab): there no file can be both safe to open and right to
match. Canvas asks about a student it does not know, so there the id gets an apostrophe in front; Moodle
stops the whole import, so there the row is left out. Either way a warning names the student.
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
    """What the exporters share: whom and what to export, and how a row is written."""

    file = ""
    parent: Any

    titles = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="What an assignment is called in the LMS, by its name here; its own name when it is left out.",
    ).tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Write the file."""
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
            self.log.warning("%d marks still wait for manual grading; what is open counts 0", waiting)
        target = Path(self.to or self.file)
        self.log.info("Exporting %s for %d students to %s", ", ".join(columns), len(students), target)
        worth = [column[0].max_score if column else 0.0 for column in columns.values()]
        spreadsheet.write(target, self.rows(list(columns), worth, students))

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Heading and rows: of each student one mark an assignment, in the order of `names`."""
        raise NotImplementedError

    def _titles(self, names: list[str]) -> list[str]:
        return [spreadsheet.safe(self.titles.get(name, name)) for name in names]


class CanvasExportPlugin(_ExportPlugin):
    """Marks as Canvas's gradebook imports them.

    The columns and the rules by which Canvas finds a student are those of
    https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb: by `ID` if it is a
    number, else exactly by `SIS User ID` or `SIS Login ID`, else by name.
    """

    file = "canvas.csv"

    id_column = Enum(
        ("SIS Login ID", "SIS User ID", "ID"),
        "SIS Login ID",
        help=(
            "What a student id is in Canvas. With submissions from a Canvas download it is `ID`, Canvas's "
            "own number; never choose that for other numbers, because they are other students there."
        ),
    ).tag(config=True)

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Heading, points possible, then a row for each student; no mark is an empty cell."""
        ids = ("ID", "SIS User ID", "SIS Login ID")
        head = ["Student", *ids, "Section", *self._titles(names)]
        result = [head, ["    Points Possible", "", "", "", "", *map(spreadsheet.number, worth)]]
        for row in students:
            student = row[0].student
            column = self.id_column
            if column == "ID" and not (student.isascii() and student.isdigit()):
                column = "SIS Login ID"
                self.log.warning("%r is no number of Canvas's; it goes into the column %s", student, column)
            text = spreadsheet.safe(student) if spreadsheet.is_formula(student) else student
            if text != student:
                self.log.warning("Canvas will ask who %r is: a spreadsheet would compute this id", student)
            written = [text if column == name else "" for name in ids]
            found = [spreadsheet.number(mark.score) if mark.submitted else "" for mark in row]
            result.append([_name(row[0]), *written, "", *found])
        return result


class MoodleExportPlugin(_ExportPlugin):
    """Marks as Moodle imports them: as a table of grades, or as the grading worksheet of one assignment.

    A table of grades is read by Grades > Import > CSV file, where the column of the id is mapped to the user
    field it names (https://docs.moodle.org/en/Grade_import). `Identifier` makes the worksheet that
    the assignment's "Upload grading worksheet" reads (https://docs.moodle.org/en/Using_Assignment);
    it takes the participant numbers that submissions from a Moodle download have.
    """

    file = "moodle.csv"

    id_column = Enum(
        ("Username", "ID number", "Email address", "Identifier"),
        "Username",
        help="What a student id is in Moodle; `Email address` takes the address of the gradebook instead.",
    ).tag(config=True)

    participant = Unicode(
        "Participant ", help="What stands before the number in the worksheet; the site's language decides."
    ).tag(config=True)

    def rows(self, names: list[str], worth: list[float], students: list[list[Mark]]) -> list[list[str]]:
        """Heading and a row for each student; no mark is a dash, which Moodle reads as none."""
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
                reason = (
                    "a spreadsheet would compute this id" if key else "there is no such id in the gradebook"
                )
                self.log.warning("%r is left out, enter the mark by hand: %s", first.student, reason)
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
    """Last name first; Canvas takes a row with "Points Possible" in its name for no student's."""
    parts: Sequence[str] = [part for part in (mark.last_name, mark.first_name) if part]
    name = spreadsheet.safe(", ".join(parts) or mark.student)
    return "" if "Points Possible" in name else name
