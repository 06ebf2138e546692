"""Right submissions after accidents, through real commands: full points, or the reason on the page."""

from __future__ import annotations

import csv
import html
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile

import accidents
import pytest
import small
from accidents import ANSWERS, NAME, WORTH, at, before, text
from common import source
from nbgrader.api import Gradebook

SEEDS = int(os.environ.get("CONVGRADE_SEEDS", "1"))
STUDENTS = int(os.environ.get("CONVGRADE_STUDENTS", "12"))  # `make soak` sets both higher
HARMLESS = [
    (each, seed)
    for each in (*accidents.ON_NOTEBOOK, *accidents.SAVED)
    for seed in ((1,) if each in accidents.ALIKE else (1, 2))
]
HARMLESS += [(each, seed) for each in accidents.ON_FOLDER[1:] for seed in (1, 2, 3)]
REFLECTION = ANSWERS["reflect_smaller"].split(",")[0]
STAMP = "2026-11-01 12:00:00 UTC"
TIMES = {"decorated": "utf-8-sig", "bracket[1]": "utf-16", "drive-mounted": "utf-16-le", "too-large": "utf-8"}
"""Encodings of time stamps, by student."""
BUTTON = """
import sys
from nbgrader.apps import NbGrader, NbGraderAPI
app = NbGrader()
app.load_config_file()
api = NbGraderAPI(config=app.config)
for student in sys.argv[1:]:
    done = api.autograde("conv2d", student)
    assert done["success"], done
"""
"""What formgrader does when the lightning of a submission is clicked."""
MORE: dict[str, object] = {}
"""More submissions, by the student who hands them in: a change of the notebook or of the folder."""


def more(name):
    """A decorator: a function that changes a right notebook, or writes a folder if it takes one."""

    def kept(make):
        MORE[name] = make
        return make

    return kept


@more("saved-to-github")
def _(nb):
    accidents.colab_to_github(nb, random.Random(1))


@more("drive-mounted")
def _(nb):
    before(nb["cells"][at(nb, "setup")], "from google.colab import drive\ndrive.mount('/content/drive')")


@more("plots-set-up")
def _(nb):
    before(nb["cells"][at(nb, "setup")], "import matplotlib.pyplot as plt\nplt.rcParams['figure.dpi'] = 200")


@more("decorated")
def _(nb):
    before(nb["cells"][at(nb, "zero_pad")], "from numba import njit\n\n@njit")


@more("needed")
def _(nb):
    nb["cells"][at(nb, "zero_pad")]["source"] = (
        "import cv2\n\ndef zero_pad(image, padding):\n    return cv2.copyMakeBorder(image, 1, 1, 1, 1, 0)"
    )


@more("needed-inside")
def _(nb):
    nb["cells"][at(nb, "zero_pad")]["source"] = (
        "def zero_pad(image, padding):\n    from scipy.ndimage import shift\n    return shift(image, padding)"
    )


@more("answered-in-a-cell-below-the-question")
def _(nb):
    place = at(nb, "reflect_smaller")
    own = nb["cells"][place]
    nb["cells"][place] = accidents.unanswered(nb, "reflect_smaller")
    nb["cells"].insert(
        place + 1, {"cell_type": "markdown", "metadata": {}, "source": text(own), "id": "below"}
    )


@more("setup-turned-into-text")
def _(nb):
    cell = nb["cells"][at(nb, "setup")]
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


@more("todo-copied-below-the-test")
def _(nb):
    place = at(nb, "zero_pad")
    own = nb["cells"][place] | {"id": "copy"}
    nb["cells"][place] = accidents.unanswered(nb, "zero_pad")
    nb["cells"].insert(at(nb, "test_zero_pad") + 1, own)


@more("both-in-one-cell")
def _(nb):
    first, second = nb["cells"][at(nb, "output_size")], nb["cells"][at(nb, "zero_pad")]
    first["source"] = text(first) + "\n\n" + text(second)
    nb["cells"].remove(second)


@more("twenty-megabytes-printed")
def _(nb):
    printed = {"output_type": "stream", "name": "stdout", "text": "[[0, 0], [0, 0]], " * 1_200_000}
    nb["cells"][at(nb, "setup")]["outputs"] = [printed]


@more("nothing-answered")
def _(nb):
    for name in ("output_size", "zero_pad", "reflect_smaller"):
        nb["cells"][at(nb, name)] = accidents.unanswered(nb, name)


@more("corrected-below-the-test")
def _(nb):
    place = at(nb, "zero_pad")
    right = text(nb["cells"][place])
    nb["cells"][place]["source"] = "def zero_pad(image, padding):\n    return image"
    nb["cells"].insert(at(nb, "test_zero_pad") + 1, accidents.code(right, id="corrected"))


@more("corrected-in-another-answer")
def _(nb):
    size, pad = nb["cells"][at(nb, "output_size")], nb["cells"][at(nb, "zero_pad")]
    pad["source"] = text(size) + "\n\n" + text(pad)
    size["source"] = "def output_size(n, k, stride=1, padding=0):\n    return n"


@more("corrected-where-the-first-never-ran")
def _(nb):
    cell = nb["cells"][at(nb, "zero_pad")]
    nb["cells"].insert(at(nb, "test_zero_pad") + 1, accidents.code(text(cell), id="corrected"))
    before(cell, "padded = np.zeros(shape_of_it)")


@more("badly-indented")
def _(nb):
    cell = nb["cells"][at(nb, "zero_pad")]
    cell["source"] = "\n\ndef zero_pad(image, padding):\n    if padding:\n        n = 1\n      return image"


@more("a-colon-too-few")
def _(nb):
    nb["cells"][at(nb, "zero_pad")]["source"] = "%%time\ndef zero_pad(image, padding)\n    return image"


@more("under-another-name")
def _(nb):
    nb["cells"][at(nb, "zero_pad")]["source"] = "def zeropad(image, padding):\n    return image"


@more("question-deleted-and-answered-at-the-end")
def _(nb):
    own = text(nb["cells"].pop(at(nb, "reflect_smaller")))
    nb["cells"].append({"cell_type": "markdown", "metadata": {}, "source": own, "id": "at-the-end"})


@more("code-in-a-text-cell")
def _(nb):
    place = at(nb, "zero_pad")
    fence = {"cell_type": "markdown", "metadata": {}, "id": "fence", "source": ""}
    fence["source"] = f"```python\n{text(nb['cells'][place])}\n```"
    nb["cells"][place] = accidents.unanswered(nb, "zero_pad")
    nb["cells"].insert(place + 1, fence)


@more("of-another-assignment")
def _(folder):
    (folder / "1_dilation.ipynb").write_text(json.dumps(source("conv_arithmetic", "1_dilation")))


@more("broken-archive")
def _(folder):
    (folder / "homework.zip").write_bytes(b"PK\x03\x04 and then nothing")


@more("too-large")
def _(folder):
    with (folder / NAME).open("wb") as file:
        file.truncate(60 << 20)


@more("bracket[1]")
def _(nb):
    del nb


@more("any?[a-z]*")
def _(nb):
    del nb


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course with all of these handed in, graded together with its pages; and what was said."""
    root = accidents.lay_out(tmp_path_factory.mktemp("accidents") / "course")
    (root / "source" / "conv_arithmetic").mkdir()
    other = json.dumps(source("conv_arithmetic", "1_dilation"))
    (root / "source" / "conv_arithmetic" / "1_dilation.ipynb").write_text(other)
    for happens, seed in HARMLESS:
        accidents.hand_in_alone(root, happens, seed)
    for happens in accidents.UNREADABLE:
        accidents.hand_in_alone(root, happens)
    for name, change in MORE.items():
        folder = root / "submitted" / name / small.ASSIGNMENT
        folder.mkdir(parents=True)
        if change.__code__.co_varnames[0] == "folder":
            change(folder)
        else:
            nb = accidents.right(root)
            change(nb)
            (folder / NAME).write_text(json.dumps(nb))
    for name, encoding in TIMES.items():
        (root / "submitted" / name / small.ASSIGNMENT / "timestamp.txt").write_bytes(STAMP.encode(encoding))
    return root, grade(root)


@pytest.fixture(scope="module")
def course(graded):
    """The same without what was said."""
    return graded[0]


def grade(root):
    """Grade a course and write its pages; return what was said."""
    done = small.run(root, "convgrade", "grade", small.ASSIGNMENT, "--jobs", "2")
    assert done.returncode == 0, done.stderr[-3000:]
    pages = small.run(root, "nbgrader", "generate_feedback", small.ASSIGNMENT)
    assert pages.returncode == 0, pages.stderr[-3000:]
    return done.stdout


def verdict(root, student):
    """The verdict on the one notebook."""
    folder = root / "autograded" / student / small.ASSIGNMENT
    return json.loads((folder / f"{small.NAME}.verdict.json").read_text())


def written(root, student):
    """A student's page."""
    return (root / "feedback" / student / small.ASSIGNMENT / f"{small.NAME}.html").read_text()


def page(root, student):
    """The words on a student's page."""
    return words(html.unescape(re.sub(r"<[^>]+>", "", written(root, student))))


def words(said):
    """A text without what HTML makes of white space."""
    return " ".join(said.split())


def losses(root, student):
    """What a student lost: points, words, or a note that is not on the page."""
    found, shown = verdict(root, student), page(root, student)
    lost = [] if found["score"] == WORTH else [f"{found['score']} points: {found['notes']}"]
    lost += [] if REFLECTION in shown else ["the reflection is not on the page"]
    return lost + [note for note in found["notes"] if words(note) not in shown]


@pytest.mark.parametrize(("happens", "seed"), HARMLESS, ids=[f"{h.__name__}-{n}" for h, n in HARMLESS])
def test_an_accident_costs_nothing(course, happens, seed):
    assert losses(course, f"{happens.__name__}-{seed}") == []


LOST = ("needed", "needed-inside", "nothing-answered", "badly-indented", "a-colon-too-few")
LOST += (
    "corrected-below-the-test",
    "corrected-in-another-answer",
    "under-another-name",
    "code-in-a-text-cell",
)
WORTH_ALL = [name for name in MORE if name not in LOST]
WORTH_ALL = [name for name in WORTH_ALL if MORE[name].__code__.co_varnames[0] == "nb"]


@pytest.mark.parametrize("student", WORTH_ALL)
def test_nor_does_this_one(course, student):
    assert losses(course, student) == []


@pytest.mark.parametrize("happens", [*accidents.SAVED, accidents.plainly], ids=lambda each: each.__name__)
def test_no_cell_is_there_twice(course, happens):
    whole = accidents.released(course)["cells"]
    folder = course / "autograded" / f"{happens.__name__}-1" / small.ASSIGNMENT
    if happens is accidents.plainly:
        folder = course / "autograded" / "bracket[1]" / small.ASSIGNMENT
    assert len(json.loads((folder / NAME).read_text())["cells"]) == len(whole)


@pytest.mark.parametrize(("student", "package"), [("needed", "cv2"), ("needed-inside", "scipy")])
def test_a_function_that_needs_what_is_not_on_offer_loses_its_own_points_and_says_why(
    course, student, package
):
    assert [cell["score"] for cell in verdict(course, student)["cells"]] == [4, 0]
    assert f"{package} is not available when your notebook is graded" in page(course, student).replace(
        "`", ""
    )


@pytest.mark.parametrize(
    "student",
    [
        *("both_in_the_lower_cell-2", "both_in_the_upper_cell-2"),
        *("answered_beside_a_remark-1", "answered_beside_a_remark-2"),
    ],
)
def test_a_remark_beside_no_answer_is_on_the_page_and_no_note_speaks_of_settings(course, student):
    assert page(course, student).count(accidents.ELSEWHERE_SAID) == 1
    assert "settings" not in " ".join(verdict(course, student)["notes"])


ONCE = {
    "badly-indented": "Python cannot read line 6 of its cell, `return image`: unindent does not match",
    "a-colon-too-few": "Python cannot read line 2 of its cell, `def zero_pad(image, padding)`: expected ':'",
    "under-another-name": "`zero_pad` is not defined. Its cell has to give it this name.",
}


@pytest.mark.parametrize("student", ONCE)
def test_why_a_function_is_not_there_is_said_once_and_the_other_checks_were_not_tried(course, student):
    first, *others = verdict(course, student)["cells"][1]["checks"]
    assert ONCE[student] in first["message"]
    assert {check["status"] for check in others} == {"skipped"}
    shown = page(course, student)
    assert shown.count(ONCE[student].partition(". ")[0].replace("`", "")) == 2, "on top and on the card"
    assert "has no answer" not in shown


@pytest.mark.parametrize(
    ("student", "scores"), [("corrected-below-the-test", [4, 0]), ("corrected-in-another-answer", [0, 4])]
)
def test_what_stands_above_the_test_counts_and_a_correction_below_it_is_named(course, student, scores):
    found = verdict(course, student)
    assert [cell["score"] for cell in found["cells"]] == scores
    [said] = found["notes"]
    assert words(said) in page(course, student)


SAID = {
    "import_in_setup-1": "`cv2` is not available when your notebook is graded",
    "plots-set-up": "the cell 'setup' went on without it",
    "beside_an_untouched_one-1": "'1_convolve2d-Copy1.ipynb' counts because it was worked on",
    "beside_an_untouched_one-2": "'1_convolve2d-Copy1.ipynb' counts because it was worked on",
    "in_a_zip-1": "found as 'homework.zip/1_convolve2d.ipynb'",
    "in_a_folder-1": "found as 'conv2d/1_convolve2d.ipynb'",
    "other_extension-1": "found as '1_convolve2d.ipynb.json'",
    "both-in-one-cell": "was missing; what another cell defines counts",
    "answered_below-1": "is below its test; it counts as it is at the end",
    "todo-copied-below-the-test": "is below its test; it counts as it is at the end",
    "answered_in_the_test-1": "is locked and was restored; what you wrote into it is in a cell above",
    "import_in_the_test-1": "is locked and was restored; what you wrote into it is in a cell above",
    "exchanged-1": "'output_size' is below its test; it counts as it is at the end",
    "both_in_the_lower_cell-1": "'output_size' is below its test; it counts as it is at the end",
    "both_in_the_upper_cell-1": "'zero_pad' holds no code of yours; what another cell defines counts",
    "corrected-where-the-first-never-ran": "'zero_pad' is below its test; it counts as it is at the end",
    "corrected-below-the-test": "'zero_pad' is defined once more below its test, in a cell of your own",
    "corrected-in-another-answer": "'output_size' is defined once more below its test, in the cell",
    "split_inside-1": "was there 2 times; all that was written counts, in its order",
    "solved_in_a_copy-1": "was there 2 times; what was written counts",
}
"""Notes by student; `losses` sees to it that each is on the page."""


@pytest.mark.parametrize("student", SAID)
def test_what_was_made_of_it_is_said(course, student):
    assert SAID[student] in " ".join(verdict(course, student)["notes"])


REASONS = {
    "a_page-1": ("a web page", NAME),
    "a_script-1": ("Python code only", "not handed in"),
    "a_conflict-1": ("a merge conflict", ""),
    "cut_off-1": ("cut off", ""),
    "nothing-1": ("not handed in", ""),
    "of-another-assignment": ("'1_dilation.ipynb', which belongs to the assignment conv_arithmetic", ""),
    "broken-archive": ("'homework.zip': the archive cannot be unpacked", "was not handed in"),
    "too-large": ("it has 60 MB, 50 are allowed", ""),
}


@pytest.mark.parametrize("student", REASONS)
def test_a_zero_has_its_reason_on_the_page_on_every_card_and_in_the_terminal(graded, student):
    root, said = graded
    found = verdict(root, student)
    assert (found["status"], found["score"], found["max_score"]) == ("unreadable", 0, WORTH)
    [reason] = found["notes"]
    assert any(part in reason for part in REASONS[student] if part)
    shown = page(root, student)
    assert "Its cell has no answer" not in shown
    assert shown.lower().count(words(reason).lower()) == 1 + len(found["cells"])
    assert f"{student}, {small.NAME}: {reason[:60]}" in said


def test_an_answer_without_its_question_is_looked_for_by_a_marker(course):
    student = "question-deleted-and-answered-at-the-end"
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        grades = {
            grade.name: grade for grade in book.find_submission(small.ASSIGNMENT, student).notebooks[0].grades
        }
    assert grades["reflect_smaller"].needs_manual_grade
    assert "a marker will look for your answer" in page(course, student)


def test_code_in_a_text_cell_is_not_run_and_that_is_said(course):
    assert verdict(course, "code-in-a-text-cell")["cells"][1]["score"] == 0
    assert "the code of 'zero_pad' is in a text cell, so it was not run" in " ".join(
        verdict(course, "code-in-a-text-cell")["notes"]
    )


def test_what_is_empty_waits_for_nobody(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in (*REASONS, "nothing-answered"):
            grades = book.find_submission(small.ASSIGNMENT, student).notebooks[0].grades
            assert [(grade.score, grade.needs_manual_grade) for grade in grades] == [(0, False)] * 3
        answer = book.find_grade("reflect_smaller", small.NAME, small.ASSIGNMENT, "bracket[1]")
        assert answer.needs_manual_grade


def test_a_picture_is_encoded_again_for_whoever_reads_it(course):
    for seed in (1, 2):
        assert "data:image/png;base64," in written(course, f"attached_picture-{seed}")
        folder = course / "autograded" / f"attached_picture-{seed}" / small.ASSIGNMENT
        cells = json.loads((folder / NAME).read_text())["cells"]
        [pictures] = [cell["attachments"] for cell in cells if "attachments" in cell]
        assert list(pictures) == ["picture-1"]


def test_times_are_read_whatever_wrote_them(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in TIMES:
            submission = book.find_submission(small.ASSIGNMENT, student)
            assert str(submission.timestamp) == "2026-11-01 12:00:00", student


def test_the_report_has_the_reasons_too(course):
    assert small.run(course, "convgrade", "report", small.ASSIGNMENT).returncode == 0
    with (course / "reports" / f"{small.ASSIGNMENT}.csv").open(encoding="utf-8-sig", newline="") as file:
        remarks = {row["student"]: row["remarks"] for row in csv.DictReader(file)}
    for student, parts in REASONS.items():
        assert any(part in remarks[student] for part in parts if part), student


@pytest.mark.slow
@pytest.mark.parametrize("student", ["nothing-1", "bracket[1]"])
def test_one_alone_is_graded_as_in_the_class(course, tmp_path, student):
    """Neither an empty folder nor brackets stop nbgrader; a folder that is not there does."""
    root = small.copied(course, tmp_path / "copy")
    for folder in ("autograded", "feedback"):
        shutil.rmtree(root / folder)
    one = ["--student", student]
    done = small.run(root, "nbgrader", "autograde", small.ASSIGNMENT, *one)
    assert done.returncode == 0, done.stderr[-3000:]
    assert [path.name for path in (root / "autograded").iterdir()] == [student]
    assert verdict(root, student) == verdict(course, student)
    assert small.run(root, "nbgrader", "generate_feedback", small.ASSIGNMENT, *one).returncode == 0
    assert page(root, student) == page(course, student)
    none = small.run(root, "nbgrader", "autograde", small.ASSIGNMENT, "--student", "nobody")
    assert none.returncode != 0
    assert "No notebooks were matched" in none.stderr


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_class_after_one_to_three_accidents_each(graded, tmp_path, seed):
    root = accidents.copied_empty(graded[0], tmp_path / "course")
    happened = accidents.hand_in(root, seed, STUDENTS)
    grade(root)
    lost = {}
    for student, names in happened.items():
        if names[-1] in {each.__name__ for each in accidents.UNREADABLE}:
            [reason] = verdict(root, student)["notes"]
            trouble = [] if words(reason) in page(root, student) else [reason]
        else:
            trouble = losses(root, student)
        if trouble:
            lost[student, *names] = trouble
    assert lost == {}


@pytest.mark.slow
def test_the_button_of_formgrader_gives_a_row_for_everybody(course, tmp_path):
    """What it calls grades one student at a time; "nothing-1" handed in an empty folder."""
    root = accidents.copied_empty(course, tmp_path / "course")
    chosen = ("nothing-1", "a_script-1", "too-large", "in_a_folder-1", "bracket[1]")
    for student in chosen:
        shutil.copytree(course / "submitted" / student, root / "submitted" / student)
    button = [sys.executable, "-c", BUTTON, *chosen]
    done = subprocess.run(button, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(small.ASSIGNMENT)}
    assert set(scores) == set(chosen)
    for student in chosen:
        assert verdict(root, student) == verdict(course, student)


@pytest.mark.slow
def test_what_an_lms_hands_out_is_graded_with_the_newest_of_two_downloads(tmp_path):
    """Canvas and Moodle with a Mac user's own archive inside; somebody handed in again a week later."""
    root = accidents.lay_out(tmp_path / "course")
    earlier = accidents.right(root)
    earlier["cells"][at(earlier, "zero_pad")] = accidents.unanswered(earlier, "zero_pad")
    data = json.dumps(accidents.right(root)).encode()
    own = accidents.zipped(data, random.Random(1))
    downloads = {
        "2026-11-01": {f"roe_103_9001_{NAME}": json.dumps(earlier).encode()},
        "2026-11-08": {
            "doejane_101_9001_homework.zip": own,
            "First Last_102_assignsubmission_file_/homework.zip": own,
            f"roe_103_9050_{NAME}": data,
        },
    }
    archive = root / "downloaded" / small.ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    for day, files in downloads.items():
        with zipfile.ZipFile(archive / f"{day}.zip", "w") as packed:
            for name, each in files.items():
                packed.writestr(zipfile.ZipInfo(name, (*map(int, day.split("-")), 12, 0, 0)), each)
    done = small.run(root, "nbgrader", "zip_collect", small.ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    grade(root)
    assert [losses(root, student) for student in ("101", "102", "103")] == [[], [], []]
    assert "there were several versions" in verdict(root, "103")["notes"][0]
