"""The way to and from an LMS, through plain `nbgrader zip_collect` and `nbgrader export`."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
import warnings
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import commands
import pandas as pd
import pytest
from common import ROOT
from nbgrader.api import Gradebook
from pour import released
from sqlalchemy.exc import SAWarning

from autograder.course.sources import read_assignment
from autograder.lms.names import Download, Unclear, whose
from autograder.lms.roster import Person
from autograder.results import marks, spreadsheet
from autograder.submission import hand_in
from autograder.submission.hand_in import MAX_ENTRIES
from autograder.submission.reading import MAX_FILE
from autograder.submission.which import choose

NAME = "1_convolve2d.ipynb"
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", " =1+1", "\r=1", "\uff1d1+1")
CANVAS, MOODLE = ("autograder.lms.CanvasExportPlugin", "autograder.lms.MoodleExportPlugin")


def nbgrader(course, *arguments):
    return commands.run(course, "nbgrader", *arguments)


def new_course(root):
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "release" / "conv2d", root / "release" / "conv2d")
    return root


# ------------------------------------------------------------------------------------------ zip_collect

CANVAS_FILES = {
    "doejane_101_9001_1_convolve2d.ipynb": ("101", NAME),
    "lastfirst_LATE_102_9002_1_convolve2d-1.ipynb": ("102", "1_convolve2d-1.ipynb"),
    "müllerjörg_103_9003_1_convolve2d (1).ipynb": ("103", "1_convolve2d (1).ipynb"),
    "李雷_104_9004_1_convolve2d.ipynb": ("104", NAME),
    "anon_Xy12z_9005_1_convolve2d.ipynb": ("anon_Xy12z", NAME),
    "LATE_anon_Qq77_9006_1_convolve2d.ipynb": ("anon_Qq77", NAME),
    "o-neill_106_9008_my work.v2.ipynb": ("106", "my work.v2.ipynb"),
    "doejane_105_9007_1_my work.ipynb": ("105", "1_my work.ipynb"),
    "mary_ann_107_9009_1_convolve2d.ipynb": ("107", NAME),
    "lab3_b_LATE_108_9010_1_convolve2d-2.ipynb": ("108", "1_convolve2d-2.ipynb"),
}
MOODLE_FILES = {
    "First Last_201_assignsubmission_file_/1_convolve2d.ipynb": ("201", NAME),
    "José Ñandú_202_assignsubmission_file_/1_convolve2d (1).ipynb": ("202", "1_convolve2d (1).ipynb"),
    "Mal_999_777_Ory_208_assignsubmission_file_/1_convolve2d.ipynb": ("208", NAME),
    "Mary_Ann_209_assignsubmission_file_1_convolve2d.ipynb": ("209", NAME),
    "Flat One_203_assignsubmission_file_1_convolve2d.ipynb": ("203", NAME),
    "New Style_204_assignsubmission_file/1_convolve2d.ipynb": ("204", NAME),
    "Deep_205_assignsubmission_file_/work/week 1/1_convolve2d.ipynb": ("205", NAME),
    "Liar_206_assignsubmission_file_/Eve_299_assignsubmission_file_/1_convolve2d.ipynb": ("206", NAME),
    "Liar_207_assignsubmission_file_/Eve_299_assignsubmission_file_1_convolve2d.ipynb": (
        "207",
        "Eve_299_assignsubmission_file_1_convolve2d.ipynb",
    ),
}
NOBODY = (
    "1_convolve2d.ipynb",
    "doe_jane.ipynb",
    "First Last_201_assignsubmission_onlinetext_/onlinetext.html",
    "notes_x_y_z.ipynb",
    "Mal_999_777_assignsubmission_file_x_111_assignsubmission_file_1_convolve2d.ipynb",
    "Eve_299_assignsubmission_file_ Last_111_assignsubmission_file_1_convolve2d.ipynb",  # such a name of hers
)
UNCLEAR = (  # of 4007 or of 2? of 105 or of 99999? A name may end in _2, and students name files
    "smithjohn_2_4007_90007_1_convolve2d.ipynb",
    "doejane_105_9007_99999_888_1_convolve2d.ipynb",
    "team_5_4008_90008_my work.ipynb",
)
DOWNLOAD = Download(frozenset({"1_convolve2d"}))
EXTRACTED = Path("/srv/extracted/course/downloaded/conv2d/extracted")


@pytest.mark.parametrize("above", ["", "submissions/", "all/submissions/"])
@pytest.mark.parametrize(("name", "who"), [*CANVAS_FILES.items(), *MOODLE_FILES.items()])
def test_a_download_name_says_whose_file_it_is(above, name, who):
    owner = whose(EXTRACTED / above / name, EXTRACTED, DOWNLOAD)
    assert (owner.student, owner.file, owner.late) == (*who, "LATE" in name)


@pytest.mark.parametrize("name", NOBODY)
def test_other_names_are_nobodys(name):
    assert whose(EXTRACTED / "submissions" / name, EXTRACTED, DOWNLOAD) is None


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_name_that_fits_several_students_is_given_to_nobody(name):
    with pytest.raises(Unclear):
        whose(EXTRACTED / name, EXTRACTED, DOWNLOAD)


def test_names_that_canvas_knows_decide_what_fits_several():
    """content_zipper.rb: `sanitize_user_name` has lower case, `sanitize_file_name` no other signs."""
    roe = Person("roe", canvas_id="4007", last_name="Smith-Roe", first_name="John_2")
    known = Download(DOWNLOAD.notebooks, frozenset({(roe.in_canvas_downloads, "4007"), ("doejane", "105")}))
    for name, student in (("smithroejohn_2_4007_90007_x.ipynb", "4007"), (UNCLEAR[1], "105")):
        assert whose(EXTRACTED / name, EXTRACTED, known).student == student


def test_a_name_that_two_students_of_the_roster_have_between_them_is_given_to_nobody():
    """Some people may call themselves `victim_999_777_x`."""
    known = Download(DOWNLOAD.notebooks, frozenset({("victim", "999"), ("victim_999_777_x", "111")}))
    with pytest.raises(Unclear):
        whose(EXTRACTED / f"victim_999_777_x_111_222_{NAME}", EXTRACTED, known)


VICTIM = "victim_999_777_1_convolve2d.ipynb"


@pytest.mark.parametrize(
    "place",
    [
        "mallory_111_222_work",
        "mallory_111_222_extracted/extracted",
        "Mal Lory_111_assignsubmission_file_work",
        "Mal Lory_111_assignsubmission_file_work/Vic Tim_999_assignsubmission_file_",
        "Mal Lory_111_assignsubmission_file_/victim_999_777_work",
    ],
)
def test_names_inside_what_a_student_handed_in_give_no_file_to_a_classmate(place):
    for name in (VICTIM, NAME):
        owner = whose(EXTRACTED / "submissions" / place / name, EXTRACTED, DOWNLOAD)
        assert (owner.student, owner.file) == ("111", name)


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_zip_handed_in_does_not_replace_a_classmates_notebook(tmp_path):
    course = new_course(tmp_path / "course")
    hostile = zipped(
        {VICTIM: "hers", "Vic_998_assignsubmission_file_/x.ipynb": "hers", "a.zip": zipped({VICTIM: "hers"})}
    )
    files = {
        "mallory_111_222_work.zip": hostile,
        "Mal Lory_112_assignsubmission_file_work.zip": hostile,
        "no name of an LMS.zip": hostile,
        "victim_999_1_1_convolve2d.ipynb": "his",
    }
    found, _ = collected(course, files)
    assert {name.split("/")[0] for name in found} == {"111", "112", "999"}
    assert [name for name in found if name.startswith("999")] == [f"999/conv2d/{NAME}"]
    assert (course / "submitted/999/conv2d" / NAME).read_text() == "his"


def collected(course, files, *, zip_name="submissions.zip"):
    archive = course / "downloaded" / "conv2d" / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / zip_name, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    done = nbgrader(course, "zip_collect", "conv2d")
    assert done.returncode == 0, done.stderr[-3000:]
    submitted = course / "submitted"
    found = {path.relative_to(submitted).as_posix() for path in submitted.rglob("*") if path.is_file()}
    return found, done.stderr


@pytest.mark.parametrize("files", [CANVAS_FILES, MOODLE_FILES], ids=["canvas", "moodle"])
def test_zip_collect_puts_every_file_to_its_student(tmp_path, files):
    course = new_course(tmp_path / "course")
    wanted = {f"{student}/conv2d/{file}" for student, file in files.values()}
    found, log = collected(course, dict.fromkeys([*files, *NOBODY[:2], *UNCLEAR], "{}"))
    known = {UNCLEAR[1]: "105/conv2d/99999_888_1_convolve2d.ipynb"} if files is CANVAS_FILES else {}
    assert found == wanted | set(known.values())  # whose name and number another file has
    assert all((repr(name) in log) != (name in known) for name in UNCLEAR)


def test_a_teams_submission_goes_to_the_team_if_its_name_is_clear(tmp_path):
    """mod/assign/classes/downloader.php, get_student_prefix: the group's name, its number."""
    course = new_course(tmp_path / "course")
    people = 'student,groups\nann,"Team A_1, Other"\nben,Team A_1\nkim,Team B\n'
    (course / "roster.csv").write_text(people)
    names = ("Team A 1_57", "Team B_58", "Team B_201", "Ann Lee_202")  # somebody may call himself Team B
    found, log = collected(course, {f"{name}_assignsubmission_file_/{NAME}": "{}" for name in names})
    assert found == {f"{student}/conv2d/{NAME}" for student in ("Team A 1", "58", "201", "202")}
    assert "Team A 1 is the team of ann, ben" in log
    assert "Team B in the names of files is not only the team of kim" in log


def test_zip_collect_writes_nothing_outside_and_collects_the_rest(tmp_path):
    course = new_course(tmp_path / "course")
    hostile = (
        "../../x_666_1_evil.ipynb",
        "../../../submitted/101/conv2d/x_666_1_evil.ipynb",
        "/tmp/x_666_1_evil.ipynb",
        "a/../../../../x_666_1_evil.ipynb",
        "..\\..\\x_666_1_evil.ipynb",
        "x_../../666_1_evil.ipynb",
    )
    before = {path for path in tmp_path.rglob("*") if "course" not in path.relative_to(tmp_path).parts[:1]}
    found, _ = collected(course, dict.fromkeys([*hostile, "doejane_101_9001_1_convolve2d.ipynb"], "{}"))
    assert "101/conv2d/1_convolve2d.ipynb" in found
    assert {name.split("/")[0] for name in found} <= {"101", "666"}
    outside = {path for path in tmp_path.rglob("*evil*") if course not in path.parents}
    assert outside == set() == before
    extracted = course / "downloaded" / "conv2d" / "extracted"
    allowed = (extracted, course / "submitted")
    assert all(any(root in path.parents for root in allowed) for path in course.rglob("*evil*"))


def test_a_broken_zip_of_a_students_does_not_end_the_collecting(tmp_path):
    course = new_course(tmp_path / "course")
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as packed:
        packed.writestr("../../../../../../evil.ipynb", "{}")
        packed.writestr(NAME, "{}")
    files = {
        "doejane_101_9001_work.zip": b"no zip at all",
        "Ann_301_assignsubmission_file_/work.zip": inside.getvalue(),
        "Bob_302_assignsubmission_file_/giant.ipynb": b"0" * (MAX_FILE + 1000),
        f"Cem_303_assignsubmission_file_/{'x' * 300}.ipynb": "{}",
        "Dee_304_assignsubmission_file_/1_convolve2d.ipynb": "{}",
    }
    found, log = collected(course, files)
    row = {"101/conv2d/work.zip"}
    assert found == row | {f"301/conv2d/{NAME}", "302/conv2d/giant.ipynb", f"304/conv2d/{NAME}"}
    assert (course / "submitted/302/conv2d/giant.ipynb").stat().st_size == MAX_FILE + 1
    assert log.count("] skipped ") == 3


def test_two_files_of_one_name_do_not_end_the_collecting(tmp_path):
    course = new_course(tmp_path / "course")
    twice = {
        "Ann_301_assignsubmission_file_/a/1_convolve2d.ipynb": "{}",
        "Ann_301_assignsubmission_file_/b/1_convolve2d.ipynb": "{}",
        "Bob_302_assignsubmission_file_/1_convolve2d.ipynb": "{}",
    }
    found, log = collected(course, twice)
    assert found == {f"301/conv2d/{NAME}", "301/conv2d/1_convolve2d (2).ipynb", f"302/conv2d/{NAME}"}
    assert "two files named" in log


def test_of_thousands_of_files_in_a_zip_some_are_taken_and_few_lines_say_so(tmp_path):
    course = new_course(tmp_path / "course")
    many = {f"{n}/x.ipynb": "{}" for n in range(MAX_ENTRIES + 50)}
    files = {
        "doejane_101_9001_work.zip": zipped({f"{n}.txt": "x" for n in range(9)} | {"a.zip": zipped(many)}),
        "roejohn_102_9002_1_convolve2d.ipynb": "{}",
    }
    found, log = collected(course, files)
    assert sum(name.startswith("101/") for name in found) == MAX_ENTRIES - 10
    assert f"102/conv2d/{NAME}" in found
    assert log.count("holds more than") == log.count("two files named") == 1
    assert len(log.splitlines()) < 30


def test_who_is_late_for_canvas_is_late_for_nbgrader_too(tmp_path, monkeypatch):
    """content_zipper.rb, `get_filename`: LATE is all that Canvas says of the time."""
    course = new_course(tmp_path / "course")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    due = datetime(2026, 11, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "convgrade") as book:
        book.add_assignment("conv2d", duedate=due)
    (course / "roster.csv").write_text("student,canvas_id\nann,101\nbob,102\n")
    (course / "extensions.csv").write_text("student,assignment,until\nbob,conv2d,2026-11-08 12:00\n")
    names = (
        "doe_LATE_101_9001_1_convolve2d.ipynb",
        "roe_LATE_102_9002_1_convolve2d.ipynb",
        "x_103_3_a.ipynb",
    )
    _, log = collected(course, dict.fromkeys(names, "{}"))
    stamps = {
        path.parent.parent.name: path.read_text() for path in course.glob("submitted/*/*/timestamp.txt")
    }
    assert stamps == {"ann": "2026-11-01 12:00:01", "bob": "2026-11-08 12:00:01"}
    assert "ann is late, says Canvas" in log


def test_a_mangled_name_is_collected_and_found_at_grading(tmp_path):
    course = new_course(tmp_path / "course")
    text = json.dumps(released("conv2d", "1_convolve2d"))
    collected(
        course,
        {"lastfirst_LATE_123_456_1_convolve2d-1.ipynb": text, "b_124_457_1_convolve2d (1).ipynb": text},
    )
    for student in ("123", "124"):
        hand = hand_in.look(course / "submitted" / student / "conv2d")
        chosen = choose(hand, hand.contents(), read_assignment(ROOT, "conv2d"))
        assert chosen["1_convolve2d"].path in hand.files


def archive(*members, when=(2026, 11, 1, 12, 0, 0)):
    """A zip file as bytes: pairs of names and contents, all from one moment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in members:
            packed.writestr(zipfile.ZipInfo(name, when), data)
    return buffer.getvalue()


def test_what_is_no_plain_notebook_is_opened_or_at_least_collected(tmp_path):
    """Archives of the students' own are opened; whoever handed in anything has a folder, and so a row."""
    course = new_course(tmp_path / "course")
    own = archive((f"conv2d/{NAME}", "{}"), ("conv2d/helper.py", "x = 1"), ("conv2d/figures/a.png", "x"))
    archives = {
        "101": "doejane_101_9001_homework.zip",
        "102": "doejane_LATE_102_9001_my work (1).zip",
        "103": "doejane_103_9001_HOMEWORK.ZIP",
        "104": "First Last_104_assignsubmission_file_/homework.zip",
    }
    others = {
        "201": ("doejane_201_9001_", "1_convolve2d.py"),
        "202": ("doejane_202_9001_", "1_convolve2d.ipynb.txt"),
        "203": ("First Last_203_assignsubmission_file_/", "answers.docx"),
        "204": ("doejane_204_9001_", "homework.zip"),
    }
    files = dict.fromkeys(archives.values(), own)
    files |= dict.fromkeys((start + name for start, name in others.values()), b"no zip at all")
    found, _ = collected(course, files)
    opened = {f"{student}/conv2d/{name}" for student in archives for name in (NAME, "helper.py")}
    assert found == opened | {f"{student}/conv2d/{name}" for student, (_, name) in others.items()}


def test_an_archive_that_ends_before_its_contents_does_not_end_the_collecting(tmp_path):
    course = new_course(tmp_path / "course")
    cut = bytearray(archive((NAME, "{}" * 20)))
    entry = cut.rindex(b"PK\x01\x02")  # the sizes that the table of contents promises
    for at in (20, 24):
        cut[entry + at : entry + at + 4] = (100_000).to_bytes(4, "little")
    files = {"doejane_101_9001_work.zip": bytes(cut), "roe_102_9001_1_convolve2d.ipynb": b"{}"}
    found, log = collected(course, files)
    assert f"102/conv2d/{NAME}" in found
    assert "skipped" in log


def test_a_download_that_is_named_like_a_students_file_is_warned_of(tmp_path):
    course = new_course(tmp_path / "course")
    files = {"doejane_101_9001_1_convolve2d.ipynb": b"{}", "roe_102_9001_1_convolve2d.ipynb": b"{}"}
    found, log = collected(course, files, zip_name="cs_2026_11_conv2d.zip")
    assert {name.partition("/")[0] for name in found} == {"2026"}
    assert "rename it to submissions.zip and collect again" in log


def test_of_two_downloads_the_newer_file_counts(tmp_path):
    course = new_course(tmp_path / "course")
    downloads = course / "downloaded" / "conv2d" / "archive"
    downloads.mkdir(parents=True)
    first, second = "doejane_101_9001_1_convolve2d.ipynb", "doejane_101_9050_1_convolve2d.ipynb"
    moodle = "First Last_102_assignsubmission_file_/1_convolve2d.ipynb"
    (downloads / "2026-11-01.zip").write_bytes(archive((first, '"old"'), (moodle, '"old"')))
    later = archive((second, '"new"'), (moodle, '"new"'), when=(2026, 11, 8, 12, 0, 0))
    (downloads / "2026-11-08.zip").write_bytes(later)
    for name in ("submissions (2).zip", "submissions (10).zip"):
        (downloads / name).write_bytes(archive(("x_103_7_1_convolve2d.ipynb", f'"{name}"')))
    done = nbgrader(course, "zip_collect", "conv2d")
    assert done.returncode == 0, done.stderr[-3000:]
    for student, word in (("101", "new"), ("102", "new"), ("103", "submissions (10).zip")):
        folder = course / "submitted" / student / "conv2d"
        assert (folder / NAME).read_text() == f'"{word}"'
        assert len(list(folder.iterdir())) == 2
    assert done.stderr.count("the newest keeps its name") == 3


def test_a_pattern_of_the_courses_own_counts(tmp_path):
    course = new_course(tmp_path / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(
            '\nc.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>\\w+)@(?P<file_id>[^/]+)$"\n'
        )
    files = {"ann@1_convolve2d.ipynb": "{}", "doejane_101_9001_1_convolve2d.ipynb": "{}"}
    assert collected(course, files)[0] == {f"ann/conv2d/{NAME}"}


# ----------------------------------------------------------------------------------------------- export


@pytest.fixture(scope="module")
def class_of_200(tmp_path_factory):
    """A gradebook of 200: late ones, absent ones, names with commas, quotes and formulas."""
    course = new_course(tmp_path_factory.mktemp("lms") / "course")
    monkeypatch = pytest.MonkeyPatch()  # nbgrader starts alembic by name
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    due = datetime(2026, 11, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    with warnings.catch_warnings(), Gradebook(f"sqlite:///{course}/gradebook.db", "convgrade") as book:
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's, about its own session
        for assignment in ("conv2d", "conv_arithmetic"):
            book.add_assignment(assignment, duedate=due)
            book.add_notebook("n", assignment)
            book.add_grade_cell("test", "n", assignment, max_score=22, cell_type="code")
            book.add_source_cell("test", "n", assignment, cell_type="code")
        for number in range(1, 201):
            student = f"student-{number:03}"
            book.add_student(
                student,
                first_name=_first_name(number),
                last_name='O"Neill, the 2nd',
                email=f"{student}@example.org",
            )
            if number % 10 == 0:
                continue
            book.add_submission("conv2d", student, timestamp=due + timedelta(hours=number % 3))
            grade = book.find_grade("test", "n", "conv2d", student)
            grade.auto_score, grade.needs_manual_grade = number % 22 + 0.25, number == 7
            book.find_submission_notebook("n", "conv2d", student).late_submission_penalty = number % 3
        book.db.commit()
    monkeypatch.undo()
    return course


def _first_name(number):
    return FORMULAS[number] if number < len(FORMULAS) else f"Zoë {number}"


def score(number):
    return max(0.0, number % 22 + 0.25 - number % 3)


def exported(course, plugin, *options):
    target = course / "out.csv"
    one = '--assignment=["conv2d"]'
    done = nbgrader(course, "export", f"--exporter={plugin}", "--to", str(target), one, *options)
    assert done.returncode == 0, done.stderr[-3000:]
    return pd.read_csv(target, dtype=str, keep_default_na=False), done.stderr


@pytest.fixture(scope="module")
def canvas(class_of_200):
    return exported(class_of_200, CANVAS)


@pytest.fixture(scope="module")
def moodle(class_of_200):
    return exported(class_of_200, MOODLE)


HANDED_IN = [number for number in range(1, 201) if number % 10]


def test_canvas_gets_everybody_who_handed_in_once_with_the_penalised_score(canvas):
    table, log = canvas
    assert list(table) == ["Student", "ID", "SIS Login ID", "Section", "conv2d"]
    assert (table.iloc[0]["Student"].strip(), table.iloc[0]["conv2d"]) == ("Points Possible", "22")
    marks = table.iloc[1:].set_index("SIS Login ID")["conv2d"].astype(float).to_dict()
    assert marks == pytest.approx({f"student-{number:03}": score(number) for number in HANDED_IN})
    assert set(table["ID"]) == {""}
    assert "1 marks are incomplete" in log


def test_moodle_gets_everybody_who_handed_in_once_with_the_penalised_score(moodle):
    table, _ = moodle
    assert list(table) == ["Username", "First name", "Last name", "conv2d"]
    marks = table.set_index("Username")["conv2d"].astype(float).to_dict()
    assert marks == pytest.approx({f"student-{number:03}": score(number) for number in HANDED_IN})


def test_each_assignment_has_a_file_of_its_own_and_a_wrong_name_is_an_error(class_of_200, tmp_path):
    target = tmp_path / "marks.csv"
    assert nbgrader(class_of_200, "export", f"--exporter={CANVAS}", "--to", str(target)).returncode == 0
    lines = {path.name: len(path.read_text().splitlines()) for path in tmp_path.iterdir()}
    assert lines == {"marks-conv2d.csv": 2 + len(HANDED_IN), "marks-conv_arithmetic.csv": 2}
    wrong = nbgrader(class_of_200, "export", f"--exporter={MOODLE}", '--assignment=["conv3d"]')
    assert wrong.returncode != 0
    assert "no assignment 'conv3d'; it has: conv2d, conv_arithmetic" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_students_without_an_assignment_are_an_error_in_words(tmp_path, monkeypatch):
    course = new_course(tmp_path / "course")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    with Gradebook(f"sqlite:///{course}/gradebook.db", "convgrade") as book:
        book.add_student("ann")
    done = nbgrader(course, "export", f"--exporter={CANVAS}")
    assert done.returncode != 0
    assert "the gradebook has no assignments" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_is_never_a_formula_and_keeps_its_commas_and_quotes(canvas, moodle):
    for table, _ in (canvas, moodle):
        for column in table:
            for value in table[column]:
                assert not value.strip().startswith(tuple("-=+@\t\r\uff1d")), value
        assert table.map(lambda value: 'O"Neill, the 2nd' in value).to_numpy().sum() == len(HANDED_IN)


def test_titles_students_and_assignments_can_be_chosen(class_of_200):
    options = ('--student=["student-003","student-004"]',)
    titles = "--CanvasExportPlugin.titles={'conv2d': 'Convolution (1234)'}"
    table, _ = exported(class_of_200, CANVAS, *options, titles)
    assert list(table)[4:] == ["Convolution (1234)"]
    assert list(table["SIS Login ID"]) == ["", "student-003", "student-004"]


def test_no_student_is_taken_for_the_row_of_points(class_of_200, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(class_of_200, course)
    with warnings.catch_warnings(), Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        warnings.simplefilter("ignore", SAWarning)
        book.add_student("zed", first_name="Points Possible")
        book.add_submission("conv2d", "zed")
    table, _ = exported(course, CANVAS)
    assert [name for name in table["Student"] if "Points Possible" in name] == ["    Points Possible"]
    assert "zed" in set(table["SIS Login ID"])


def test_marks_agree_with_nbgraders_own_export(class_of_200, tmp_path):
    """Names without commas, which nbgrader does not quote."""
    course = tmp_path / "course"
    shutil.copytree(class_of_200, course)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in book.students:
            student.last_name = student.first_name = None
        book.db.commit()
    assert nbgrader(course, "export", "--to", "own.csv").returncode == 0
    own = pd.read_csv(course / "own.csv")
    own = own[own["assignment"] == "conv2d"].set_index("student_id")["score"]
    ours = {mark.student: mark.score for mark in marks.read_marks(course, "conv2d")}
    assert ours == pytest.approx(own.to_dict())


@pytest.mark.parametrize("text", FORMULAS)
def test_a_sheet_shows_formulas_as_text(tmp_path, text):
    path = tmp_path / "sheet.csv"
    spreadsheet.write(path, [["a", "b"], [spreadsheet.safe(text), spreadsheet.safe(-1.5)]])
    with path.open(newline="") as file:
        cells = list(csv.reader(file))[1]
    assert cells[0].startswith("'")
    assert cells[1] == "-1.5"
