"""One person, whatever the id: `convgrade roster` with Canvas's gradebook and Moodle's participants."""

from __future__ import annotations

import csv

import commands
import pytest

from autograder.course.settings import CourseError
from autograder.lms.roster import Person, merge, read
from autograder.results.spreadsheet import is_formula

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,conv2d (7)
    Points Possible,,,,,22
"Smith, John_2",4007,S1,john,A,
"Doe, Jane",105,S2,jane,A,3
"Student, Test",9,,,A,
"""
MOODLE = "\ufeffFirst name,Last name,ID number,Email address\nJane,Doe,S2,jane@x.org\nKim,Li,,kim@x.org\n"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / "source").mkdir()
    (tmp_path / "canvas.csv").write_text(CANVAS)
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    return tmp_path


def test_both_exports_make_one_person_of_each_student(course):
    for name, said in (
        ("canvas.csv", "3 new students, 3 in all"),
        ("moodle.csv", "1 new students, 4 in all"),
    ):
        done = commands.run(course, "convgrade", "roster", name)
        assert (done.returncode, said in done.stdout) == (0, True), done.stderr
    people = read(course)
    assert people["jane"] == Person("jane", "jane", "S2", "105", "jane@x.org", "Jane", "Doe")
    assert people["john"].in_canvas_downloads == "smithjohn_2"
    assert set(people) == {"jane", "john", "9", "kim@x.org"}


def test_reading_a_file_again_changes_nothing_and_semicolons_are_read(course):
    merge(course, course / "canvas.csv")
    before = read(course)
    (course / "again.csv").write_text('Student;ID;SIS Login ID;Section\n"Doe, Jane";105;jane;A\n')
    assert merge(course, course / "again.csv") == (0, 3)
    assert read(course) == before


def test_a_name_that_is_a_formula_is_text_in_the_roster_and_a_name_when_it_is_read(course):
    name = '=HYPERLINK("http://a")'
    quoted = name.replace('"', '""')
    (course / "odd.csv").write_text(f'Student,ID,SIS Login ID,Section\n"{quoted}, -1+2",5,kim,A\n')
    merge(course, course / "odd.csv")
    with (course / "roster.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert {f"'{name}", "'-1+2"} <= set(cells)
    assert not any(map(is_formula, cells))
    assert (read(course)["kim"].last_name, read(course)["kim"].first_name) == (name, "-1+2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('Student,ID,SIS Login ID,Section\n"X, Y",4007,jane,A\n', "line 2: the ids belong to jane and john"),
        ("Student,ID,SIS Login ID,Section\nX,5,../x,A\n", "line 2: '../x' is taken or cannot name a folder"),
        ("a,b\n1,2\n", "has none of these columns"),
    ],
)
def test_what_does_not_fit_is_said_and_the_roster_stays(course, text, said):
    merge(course, course / "canvas.csv")
    before = (course / "roster.csv").read_bytes()
    (course / "bad.csv").write_text(text)
    with pytest.raises(CourseError, match=said):
        merge(course, course / "bad.csv")
    assert (course / "roster.csv").read_bytes() == before
