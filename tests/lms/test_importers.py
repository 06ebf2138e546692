"""Marks of the sample class, read back as Canvas and Moodle read them.

The functions here follow the importers' source, each statement of theirs that decides who gets which mark.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import sys
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import commands
import pytest
from common import ROOT
from nbgrader.api import Gradebook
from pour import sample_names
from sqlalchemy.exc import SAWarning

from autograder.lms import roster
from autograder.results import marks

EX = "EX"


def canvas_import(path, users, grades):
    """Return what Canvas's gradebook has after an import: grades by the numbers of users.

    `users` are number, SIS id, login, sortable name. From canvas-lms, lib/gradebook_importer.rb unless
    another file is named.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = [[_decimal_comma_to_period(cell) for cell in row] for row in csv.reader(file)]
    head, grades = rows[0], dict(grades)
    assert "Student" in head[0]  # row_has_student_headers?
    assert "ID" in head[1]
    columns = {name: head.index(name) for name in ("SIS User ID", "SIS Login ID") if name in head}
    known = {(): 3, ("SIS Login ID",): 4, ("SIS User ID", "SIS Login ID"): 5}[tuple(columns)]
    assert "Section" in head[known - 1]  # update_column_count, header?
    for row in rows[1:]:
        if "Points Possible" in row[0]:  # check_for_non_student_row
            continue
        number = _canvas_user(row, users, columns)
        (grade,) = row[known:]  # process_submissions
        if grade == "":  # process_gradebook_upload.js sends null: the grade, or the excuse, is gone
            grades.pop(number, None)
        else:
            grades[number] = float(grade)
    return grades


def _decimal_comma_to_period(cell):
    """CSV::Converters[:decimal_comma_to_period], for every cell of the file."""
    parts = re.sub(r"[,.]+$", "", cell).replace(",", ".").split(".")  # Ruby's split drops empty ends
    if len(parts) == 1 or not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    return ".".join(["".join(parts[:-1]), parts[-1]])


def _canvas_user(row, users, columns):
    """Return whose row it is: process_student."""
    tried = [(0, _to_i(row[1]) if row[1] else "")]
    tried += [
        (at, row[columns[name]]) for at, name in ((1, "SIS User ID"), (2, "SIS Login ID")) if name in columns
    ]
    for at, value in [*tried, (3, row[0])]:
        for user in users:
            if value != "" and user[at] == value:
                return user[0]
    raise AssertionError(f"Canvas asks who {row} is")


def _to_i(text):
    """Ruby's String#to_i."""
    return int(re.match(r"\d*", text)[0] or 0)


def php_rows(path):
    """Return what PHP's fgetcsv reads, with its escape character, the backslash."""
    text = path.read_text(encoding="utf-8")
    rows, row, cell, quoted, at = [], [], "", False, 0
    while at < len(text):
        char = text[at]
        if quoted and char == "\\" and at + 1 < len(text):
            cell, at = cell + text[at : at + 2], at + 1
        elif char == '"':
            if quoted and text[at + 1 : at + 2] == '"':
                cell, at = cell + '"', at + 1
            else:
                quoted = not quoted
        elif not quoted and char == ",":
            row, cell = [*row, cell], ""
        elif not quoted and char in "\r\n":
            if row or cell:
                rows.append([*row, cell])
            row, cell = [], ""
        else:
            cell += char
        at += 1
    assert not quoted, "Moodle stops: a quote is not closed"
    return rows


def moodle_table_import(path, users, grades):
    """Return grades by username after Grades > Import > CSV file, as grade/import/csv/classes/load_data.php.

    One user who is not found ends the whole import: `check_user_exists`.
    """
    head, *lines = php_rows(path)
    grades, student = dict(grades), None
    for line in lines:  # prepare_import_grade_data; the student is not reset between lines
        assert len(line) == len(head)
        key, value = line[0].strip(), line[3].strip()
        if key not in ("", "0"):  # map_user_data_with_value: empty()
            assert key in users, f"Moodle stops: {key!r} is nobody"
            student = key
        # update_grade_item: "-" and the empty cell are null
        grades[student] = None if value in ("", "-") else float(value)
    return grades


def moodle_worksheet_import(path, participants, grades, *, ignore_modified=False):
    """Return grades by participant number after "Upload grading worksheet", as mod/assign/feedback/offline.

    `grades` are a grade and when it was changed.
    """
    head, *lines = php_rows(path)
    at = {name: head.index(name) for name in ("Identifier", "Grade", "Last modified (grade)")}  # init
    grades = dict(grades)
    for line in lines:
        number = line[at["Identifier"]][len("Participant ") :]  # importgradeslib.php: next
        if number not in participants:
            continue
        value = line[at["Grade"]]
        new = None if not value else 0.0 if value == "-" else float(value)  # moodlelib.php: unformat_float
        stamp = line[at["Last modified (grade)"]]
        modified = datetime.fromisoformat(stamp) if stamp != "-" else datetime(1970, 1, 1, tzinfo=UTC)
        old, when = grades.get(number, (None, None))
        stale = when is not None and when > modified + timedelta(seconds=60)
        if new is None or new < 0 or new == old or (stale and not ignore_modified):  # process_import_grades
            continue
        grades[number] = (new, datetime.now(UTC))
    return {number: grade for number, (grade, _) in grades.items()}


# -------------------------------------------------------------------------------------------- the class

ODD = ("1.2.3", "1,5", "=1+1", "-77", "0", "12abc")
"""Ids that one importer or the other reads as something else. They have handed in."""


@pytest.fixture(scope="module", autouse=True)
def _with_alembic():
    """The environment's programs can be found: nbgrader starts alembic by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The sample class with ids in both systems: late ones, absent ones, names and ids that are odd."""
    root = tmp_path_factory.mktemp("importers") / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "release" / "conv2d", root / "release" / "conv2d")
    due = datetime(2026, 11, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    students = [*sample_names("conv2d"), *ODD]
    with warnings.catch_warnings(), Gradebook(f"sqlite:///{root}/gradebook.db", "convgrade") as book:
        warnings.simplefilter("ignore", SAWarning)
        book.add_assignment("conv2d", duedate=due)
        book.add_notebook("n", "conv2d")
        book.add_grade_cell("test", "n", "conv2d", max_score=22, cell_type="code")
        book.add_source_cell("test", "n", "conv2d", cell_type="code")
        for number, student in enumerate([*students, "absent", "excused"]):
            name = "Zoë\\" if number % 2 else 'O"Neill\\'
            book.add_student(student, first_name=name, last_name=f"Nr {number}", email=f"{number}@x.org")
            if student in ("absent", "excused"):
                continue
            book.add_submission("conv2d", student, timestamp=due + timedelta(hours=number % 3 - 1))
            book.find_grade("test", "n", "conv2d", student).auto_score = number + 0.5
            book.find_submission_notebook("n", "conv2d", student).late_submission_penalty = (
                1 if number % 3 == 2 else 0
            )
        book.db.commit()
    return root


def exported(course, plugin, *options):
    target = course / f"{plugin}.csv"
    exporter = f"--exporter=autograder.lms.{plugin}"
    done = commands.run(course, "nbgrader", "export", exporter, "--to", str(target), *options)
    assert done.returncode == 0, done.stderr[-3000:]
    return target, done.stderr


def final(course):
    found = marks.read_marks(course, "conv2d")
    assert any(mark.penalty for mark in found)
    return {mark.student: mark.score for mark in found if mark.submitted}


def test_canvas_reads_the_marks_and_keeps_what_is_no_mark(course):
    everybody = [mark.student for mark in marks.read_marks(course, "conv2d")]
    users = [(4000 + at, "", student, f"{student}, x") for at, student in enumerate(everybody)]
    users += [
        (12, "", "one", "One"),
        (22, "", "12.3", "Two"),
        (1, "", "1.5", "Three"),
        (2, "", "'=1+1", "Four"),
    ]
    number = {student: user for user, _, student, _ in users}
    before = {number["absent"]: 7.5, number["excused"]: EX, 12: 4.0, 22: 5.0, 1: 6.0, 2: 3.0}
    path, log = exported(course, "CanvasExportPlugin")
    told = {student for student in ODD if f"skipped {student!r}" in log}
    assert told == {"1.2.3", "1,5", "=1+1", "-77"}
    wanted = {number[student]: score for student, score in final(course).items() if student not in told}
    assert canvas_import(path, users, before) == before | wanted


def test_canvas_reads_its_own_numbers_from_the_roster(course, tmp_path):
    mine = tmp_path / "course"
    shutil.copytree(course, mine)
    people = {
        student: roster.Person(student, canvas_id=str(4000 + at))
        for at, student in enumerate(sorted(final(course)))
    }
    rows = [f"{person.student},{person.canvas_id}" for person in people.values() if "," not in person.student]
    (mine / roster.FILE).write_text("student,canvas_id\n" + "\n".join(rows) + "\n")
    path, log = exported(mine, "CanvasExportPlugin", "--CanvasExportPlugin.id_column=ID")
    users = [(int(person.canvas_id), "", "", "x") for person in people.values()]
    wanted = {
        int(people[student].canvas_id): score for student, score in final(course).items() if student != "1,5"
    }
    assert canvas_import(path, users, {}) == wanted
    assert "'1,5' is not a Canvas number" in log


def test_moodles_table_gives_every_mark_to_its_student_and_takes_none_away(course):
    path, log = exported(course, "MoodleExportPlugin")
    told = {student for student in ODD if f"skipped {student!r}" in log}
    assert told == {"=1+1", "-77", "0"}
    wanted = {student: score for student, score in final(course).items() if student not in told}
    before = {"absent": 7.5, "excused": 3.0}
    assert moodle_table_import(path, wanted, before) == before | wanted


def test_the_mark_of_a_team_goes_to_each_member(course, tmp_path):
    """mod/assign/feedback/offline/locallib.php, process_import_grades: a row is one user's, in teams too."""
    mine = tmp_path / "course"
    shutil.copytree(course, mine)
    people = "student,login,groups\nann,ann,Team A_1\nben,ben,'Team A_1, X'\n".replace("'", '"')
    alone = "student-01,student-01,Team A_1\n"  # who handed in something else
    (mine / roster.FILE).write_text(people + alone)
    with warnings.catch_warnings(), Gradebook(f"sqlite:///{mine}/gradebook.db", "convgrade") as book:
        warnings.simplefilter("ignore", SAWarning)
        book.add_student("Team A 1")
        book.add_submission("conv2d", "Team A 1")
        book.find_grade("test", "n", "conv2d", "Team A 1").auto_score = 20
        book.db.commit()
    path, log = exported(mine, "MoodleExportPlugin")
    told = {student for student in [*ODD, "student-01"] if f"skipped {student!r}" in log}
    wanted = {student: score for student, score in final(course).items() if student not in told}
    assert "student-01" in told
    users = {*wanted, "student-01", "ann", "ben", "Team A 1"}
    assert moodle_table_import(path, users, {}) == wanted | {"ann": 20, "ben": 20}


@pytest.mark.parametrize("ignore_modified", [False, True], ids=["as it is", "allow updating"])
def test_moodles_worksheet_updates_who_has_a_mark_and_nobody_else(course, tmp_path, ignore_modified):
    mine = tmp_path / "course"
    shutil.copytree(course, mine)
    numbers = {student: str(4711 + at) for at, student in enumerate(sample_names("conv2d"))}
    numbers |= {"absent": "4800", "excused": "4801"}
    with Gradebook(f"sqlite:///{mine}/gradebook.db") as book:
        for student, number in numbers.items():
            book.find_student(student).id = number  # as collected from a Moodle download
            for submission in book.assignment_submissions("conv2d"):
                if submission.student_id == student:
                    submission.student_id = number
        book.db.commit()
    path, log = exported(mine, "MoodleExportPlugin", "--MoodleExportPlugin.id_column=Identifier")
    assert all(f"skipped {student!r}" in log for student in ("12abc", "1.2.3", "=1+1"))
    long_ago = datetime(2026, 11, 2, tzinfo=UTC)  # saved by a grader before the export
    before = {"4800": (7.5, long_ago), "4801": (3.0, long_ago), numbers["student-02"]: (1.0, long_ago)}
    after = moodle_worksheet_import(path, set(numbers.values()), before, ignore_modified=ignore_modified)
    wanted = {numbers[student]: score for student, score in final(course).items() if student in numbers}
    assert after == {"4800": 7.5, "4801": 3.0} | wanted


def test_the_worksheet_has_the_headings_of_the_sites_language(course):
    headings = [f"--MoodleExportPlugin.headings={each}" for each in ("Kennung", "Bewertung", "Zuletzt")]
    options = (
        "--MoodleExportPlugin.id_column=Identifier",
        "--MoodleExportPlugin.participant=Nutzer ",
        *headings,
    )
    path, _ = exported(course, "MoodleExportPlugin", *options)
    head = php_rows(path)[0]
    assert [head[at] for at in (0, 2, 4)] == ["Kennung", "Bewertung", "Zuletzt"]
