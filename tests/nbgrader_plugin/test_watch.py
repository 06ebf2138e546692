"""`convgrade watch`: collects, grades and releases through nbgrader's own exchange, whenever it is killed."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small
from common import ROOT
from nbgrader.api import Gradebook
from ordinary import ordinary
from pour import pour

from autograder.course.settings import CourseError, Watch, read_watch
from autograder.nbgrader_plugin import watch
from autograder.nbgrader_plugin.autograde import Chosen
from autograder.nbgrader_plugin.watch import Collect
from autograder.submission.hand_in import MAX_DEPTH, MAX_ENTRIES, look

USERS = ("daemon", "bin", "sys")  # every Linux has them
HAND_INS = 20

STUDENT = """
import json, shutil, sys
from pathlib import Path
from nbgrader.apps import FetchFeedbackApp, SubmitApp

def run(kind):
    app = kind()
    app.initialize(["conv2d"])
    app.start()

for notebook in sys.argv[1:]:
    Path("conv2d").mkdir(exist_ok=True)
    shutil.copy(notebook, "conv2d/1_convolve2d.ipynb")
    run(SubmitApp)
if len(sys.argv) == 1:
    run(FetchFeedbackApp)
"""


@pytest.fixture
def hall():
    """A folder that every user can read, with a course and an exchange."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can act as several users, with setpriv")
    folder = Path(tempfile.mkdtemp(prefix="watch-"))
    folder.chmod(0o755)
    exchange = folder / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    settings = f'c.Exchange.root = "{exchange}"'
    small.lay_out(folder / "course", settings)
    done = small.run(folder / "course", "nbgrader", "release_assignment", small.ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    released = json.loads((folder / "course/release" / small.ASSIGNMENT / f"{small.NAME}.ipynb").read_bytes())
    for number in range(3):
        answer = {"output_size": small.ANSWERS[number]}
        (folder / f"{number}.ipynb").write_text(json.dumps(pour(released, answer)))
    for user in USERS:
        home = folder / user
        home.mkdir()
        config = f'c = get_config()\nc.CourseDirectory.course_id = "convgrade"\n{settings}\n'
        (home / "nbgrader_config.py").write_text(config)
        shutil.chown(home, user)
    (folder / "student.py").write_text(STUDENT)
    yield folder
    shutil.rmtree(folder)


def act(folder, user, *notebooks):
    """Start a student who hands in these notebooks, or who fetches feedback if there are none."""
    return subprocess.Popen(
        [
            *("setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"),
            *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),  # Python may be root's
            *(sys.executable, "-B", str(folder / "student.py")),
            *(str(folder / name) for name in notebooks),
        ],
        cwd=folder / user,
        env=os.environ | {"HOME": str(folder / user), "LOGNAME": user, "USER": user},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process):
    said, _ = process.communicate()
    assert process.returncode == 0, said[-3000:]


def until(process, words):
    """Read lines of a watch until one has these words."""
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(process.stderr.read()[-3000:])


@pytest.mark.slow
def test_hand_ins_of_three_users_get_feedback_although_the_watch_is_killed_twice(hall):
    course, command = hall / "course", ("convgrade", "watch", small.ASSIGNMENT)
    names = [f"{number % 3}.ipynb" for number in range(HAND_INS)]
    students = [act(hall, user, *names[at::3]) for at, user in enumerate(USERS)]
    for event in (": collected ", "feedback released"):
        killed = small.start(course, *command)
        until(killed, event)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
    last = small.start(course, *command)
    until(last, "watching")
    for student in students:
        finished(student)
    last.terminate()
    said, trouble = last.communicate()
    assert (last.returncode, said.splitlines()[-1].endswith("stopped"), trouble) == (0, True, "")
    done = small.run(course, *command, "--once")
    assert done.returncode == 0, done.stderr[-3000:]
    inbound = [path.name for path in (hall / "exchange/convgrade/inbound").iterdir()]
    assert len(inbound) == HAND_INS
    for user in USERS:
        finished(act(hall, user))
        newest = max(name.split("+")[2] for name in inbound if name.startswith(f"{user}+"))
        (page,) = (hall / user / small.ASSIGNMENT / "feedback" / newest).glob("*.html")
        assert "output_size" in page.read_text()
        assert (course / "submitted" / user / small.ASSIGNMENT / "timestamp.txt").read_text() == newest
    assert small.run(course, *command, "--once").stdout == ""  # nothing is done twice


@pytest.mark.slow
def test_what_another_user_hands_in_under_a_name_is_skipped_and_links_are_not_followed(hall):
    course, inbound = hall / "course", hall / "exchange/convgrade/inbound"
    assert small.run(course, "convgrade", "watch", small.ASSIGNMENT, "--once").stdout == ""  # nothing yet
    finished(act(hall, "daemon", "0.ipynb"))
    (mine,) = inbound.iterdir()
    shutil.copytree(mine, inbound / mine.name.replace("daemon", "bin"))  # root's
    (course / "secret.txt").write_text("secret")
    (mine / "stolen.txt").symlink_to(course / "secret.txt")
    done = small.run(course, "convgrade", "watch", small.ASSIGNMENT, "--once")
    assert "bin: skipped bin+conv2d+" in done.stdout
    assert "daemon: 4 of 4 points, feedback released" in done.stdout, done.stderr
    assert not (course / "submitted" / "bin").exists()
    assert not [path for path in course.rglob("stolen.txt") if not path.is_symlink()]


def chosen(rules, *ages):
    """Which of the hand-ins, by their ages in seconds, counts, and how many lines were said."""
    collect, lines = Collect(), []
    collect.rules, collect.say, collect.told = rules, lines.append, set()
    now = datetime.now(UTC).replace(tzinfo=None)
    records = [
        {"timestamp": now - timedelta(seconds=age), "filename": f"{age}", "username": "ann"} for age in ages
    ]
    found = collect._newest("ann", records)
    assert collect._newest("ann", records) == found  # which says nothing twice
    return found and int(found["filename"]), len(lines)


def test_the_newest_counts_that_is_old_enough():
    assert chosen(Watch(), 90, 30) == (30, 0)
    assert chosen(Watch(watch_delay=60), 90, 30) == (90, 0)
    assert chosen(Watch(watch_delay=100), 90, 30) == (None, 0)


def test_one_too_many_on_a_day_waits_until_the_day_is_over():
    day = 86_400
    assert chosen(Watch(hand_ins_a_day=2), 2 * day + 3, 2 * day + 2, 2 * day + 1) == (2 * day + 1, 0)
    tomorrow = -day  # the day of these is not over, wherever midnight is
    assert chosen(Watch(hand_ins_a_day=1, watch_delay=-2 * day), tomorrow, tomorrow - 0) == (tomorrow, 1)


@pytest.mark.parametrize("value", [-1, "3", True, None])
def test_a_limit_that_is_no_number_is_refused(value):
    with pytest.raises(CourseError, match=r"hand_ins_a_day is .*; it must be a number of at least 0"):
        read_watch({"hand_ins_a_day": value})


@pytest.fixture
def round_of(tmp_path):
    """Make one round of collecting from an exchange in which anybody is anybody; return what was said."""
    inbound = tmp_path / "exchange/convgrade/inbound"
    inbound.mkdir(parents=True)
    course = tmp_path / "course"
    (course / "source/conv2d").mkdir(parents=True)
    (course / "source/conv2d/solved.ipynb").write_text("secret")
    unchecked = f'c.Exchange.root = "{tmp_path}/exchange"\nc.ExchangeCollect.check_owner = False\n'
    (course / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text() + unchecked)

    def collect(**rules):
        app = watch.class_app(course, Chosen(small.ASSIGNMENT))
        app.coursedir.assignment_id = small.ASSIGNMENT
        lines = []
        watch._collect(app, Watch(**rules), lines.append, set())
        return lines

    return course, inbound, collect


def handed_in(inbound, student, stamp="2026-01-02 03:04:05.000006 UTC", more="x"):
    folder = inbound / f"{student}+{small.ASSIGNMENT}+{stamp}+{more}"
    folder.mkdir()
    (folder / "timestamp.txt").write_text("any time at all")
    (folder / "1.ipynb").write_text(student)
    return folder


def test_a_hostile_hand_in_keeps_nobody_waiting(round_of):
    course, inbound, collect = round_of
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    honest = handed_in(inbound, "zoe")
    handed_in(inbound, "odd time", stamp="soon")
    handed_in(inbound, "far time", stamp="9" * 99)
    handed_in(inbound, "..")
    handed_in(inbound, "terminal", more="\x1b[2J\nzoe: collected nothing")
    (inbound / "few+conv2d+").mkdir()
    (inbound / "zoe+conv2d+2026-02-03 04:05:06+link").symlink_to(handed_in(inbound, "ann"))
    deep = handed_in(inbound, "deep")
    deep.joinpath(*"d" * 60).mkdir(parents=True)
    large = handed_in(inbound, "large")
    for number in range(3):
        os.truncate(os.open(large / f"{number}.ipynb", os.O_CREAT | os.O_WRONLY), 40 << 20)
    mixed = handed_in(inbound, "mixed")
    os.mkfifo(mixed / "pipe")
    (mixed / "file.ipynb").symlink_to(course / "source/conv2d/solved.ipynb")
    (mixed / "folder").symlink_to(course / "source")
    (mixed / "timestamp.txt").rename(mixed / "t")
    (mixed / "timestamp.txt").symlink_to(mixed / "t")
    lines = collect()
    collected = {path.parent.name for path in course.glob("submitted/*/conv2d")}
    assert collected == {"zoe", "ann", "terminal", "deep", "mixed"}
    assert len(list((course / "submitted/deep").rglob("d"))) == MAX_DEPTH
    kept = {path.name: path for path in (course / "submitted/mixed/conv2d").iterdir()}
    assert kept["file.ipynb"].is_symlink()
    assert kept["folder"].is_symlink()
    assert "pipe" not in kept
    assert not kept["timestamp.txt"].is_symlink()
    assert (mixed / "t").read_text() == "any time at all"
    assert (course / "submitted/zoe/conv2d/1.ipynb").read_text() == "zoe"
    assert (course / "submitted/zoe/conv2d/timestamp.txt").read_text() == honest.name.split("+")[2]
    assert any(line.startswith("large: skipped") and "larger than is allowed" in line for line in lines)
    assert sum(": collected " in line for line in lines) == len(collected)
    assert all(line.isprintable() for line in lines)
    assert {path: path.read_bytes() for path in before} == before
    assert not (course / "conv2d").exists()
    assert [line for line in collect() if "collected" in line] == []


@pytest.mark.parametrize("what", ["file", "folder", "hand-in"])
def test_what_becomes_a_link_while_it_is_read_is_not_followed(round_of, monkeypatch, what):
    course, inbound, collect = round_of
    folder, secret = handed_in(inbound, "eve"), course / "source/conv2d"
    (folder / "sub").mkdir()
    swapped = {"file": folder / "1.ipynb", "folder": folder / "sub", "hand-in": folder}[what]
    held = course.parent / "held"

    def swap(*_):
        if not held.exists():
            swapped.rename(held)
            swapped.symlink_to(secret / "solved.ipynb" if what == "file" else secret)

    kept = os.open

    def opened(name, *given, **named):
        if name == swapped.name:
            swap()
        return kept(name, *given, **named)

    monkeypatch.setattr(os, "open", opened)
    if what == "hand-in":
        monkeypatch.setattr(watch, "ignore_patterns", lambda **_: swap() or (lambda *_: ()))
    lines = collect()
    assert held.exists()
    assert "secret" not in [
        path.read_text() for path in (course / "submitted").rglob("*.ipynb") if not path.is_symlink()
    ]
    assert "eve: skipped" in lines[0] or what == "folder"


def test_what_cannot_be_read_and_what_has_no_end_keeps_nobody_waiting(round_of):
    course, inbound, collect = round_of
    locked = handed_in(inbound, "ann")
    (handed_in(inbound, "bob") / "sub").mkdir(mode=0)
    (handed_in(inbound, "cem") / "1.ipynb").chmod(0)
    for stamp in ("9999-99-99 00:00:00 UTC", "9999-12-31 23:59:59 UTC"):
        handed_in(inbound, "dee", stamp=stamp)
    many = handed_in(inbound, "eve")
    for number in range(MAX_ENTRIES):
        (many / f"{number}.txt").touch()
    handed_in(inbound, "fay\nfay")
    handed_in(inbound, "zoe")
    locked.chmod(0)
    with ordinary():
        lines = collect(watch_delay=60)
    locked.chmod(0o755)
    assert {path.parent.name for path in course.glob("submitted/*/conv2d")} == {"eve", "zoe"}
    assert [line.split(":")[0] for line in lines if ": skipped " in line] == ["ann", "bob", "cem"]
    assert sum("9999-99-99" in line for line in lines) == 1
    copied = look(course / "submitted/eve/conv2d")
    assert {"1.ipynb", "timestamp.txt"} <= {path.name for path in copied.files}
    assert "holds more than" in copied.skipped[copied.folder]


def test_an_assignment_without_an_exchange_is_an_error_in_words(tmp_path):
    course = small.lay_out(tmp_path / "course", f'c.Exchange.root = "{tmp_path}/none"')
    done = small.run(course, "convgrade", "watch", small.ASSIGNMENT, "--once")
    assert done.returncode == 2
    assert "convgrade: the exchange cannot be read: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_fetched_page_says_more_after_the_deadline_and_figures_are_not_copied_again(tmp_path):
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    exchange.mkdir()
    exchange.chmod(0o777)
    shared = f'c.Exchange.root = "{exchange}"\n'
    course = small.lay_out(tmp_path / "course", f'{shared}c.ConvGrade.early_feedback = "score"')
    assert small.run(course, "nbgrader", "release_assignment", small.ASSIGNMENT).returncode == 0
    mine = home / small.ASSIGNMENT
    for folder in (course / "source" / small.ASSIGNMENT, mine):
        (folder / "figures").mkdir(parents=True)
        (folder / "figures" / "edges.png").write_bytes(b"a picture")
    released = json.loads((course / "release" / small.ASSIGNMENT / f"{small.NAME}.ipynb").read_bytes())
    (mine / f"{small.NAME}.ipynb").write_text(json.dumps(pour(released, {"output_size": small.ANSWERS[2]})))
    own = f'c = get_config()\nc.CourseDirectory.course_id = "convgrade"\nc.Exchange.cache = "{home}/cache"\n'
    (home / "nbgrader_config.py").write_text(own + shared)
    assert small.run(home, "nbgrader", "submit", small.ASSIGNMENT).returncode == 0

    def fetched(due):
        with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
            book.update_or_create_assignment(small.ASSIGNMENT, duedate=due)
        done = small.run(course, "convgrade", "watch", small.ASSIGNMENT, "--once")
        assert "feedback released" in done.stdout, done.stderr
        assert small.run(home, "nbgrader", "fetch_feedback", small.ASSIGNMENT).returncode == 0
        (page,) = (mine / "feedback").glob("*/*.html")
        return page.read_text()

    now = datetime.now(UTC).replace(tzinfo=None)
    early, late = fetched(now + timedelta(days=1)), fetched(now - timedelta(days=1))
    assert early.count("✗ failed<") == late.count("✗ failed<") == 2
    assert "None of 7 illegal calls raised" not in early
    assert "None of 7 illegal calls raised" in late
    (handed_in,) = (course / "autograded").glob(f"*/{small.ASSIGNMENT}")
    assert (handed_in / "figures").is_symlink()
    assert not list((course / "feedback").rglob("*.png"))
