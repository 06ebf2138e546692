"""Grade hand-ins as they come in through nbgrader's exchange, and release feedback at once.

Every round collects, grades and releases what is new. All it has to remember is in the course folder: a
hand-in is copied completely or not at all, grading resumes, and a page that was released has a mark beside
it. So it may be killed at any moment; the next round does what is missing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import pwd
import shutil
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import ignore_patterns, rmtree
from sqlalchemy.exc import SAWarning

from autograder.course.settings import SECTION, CourseError, Watch, read_watch
from autograder.nbgrader_plugin.autograde import Chosen, ClassApp, class_app
from autograder.nbgrader_plugin.late import Deadlines
from autograder.nbgrader_plugin.timestamps import timestamp
from autograder.notebook import outputs
from autograder.results import verdict_files
from autograder.submission.taking import take

EVERY = 5.0  # seconds between two looks at the exchange
RELEASED = ".released"
LOCK = ".convgrade-watch.lock"
Say = Callable[[str], None]


class Collect(ExchangeCollect):
    """nbgrader's collecting, of hand-ins whose time has come, each copied completely or not at all.

    It follows no link in a hand-in. What is named for a student but belongs to another user is
    skipped: its feedback would go to that user. `c.ExchangeCollect.check_owner = False` turns this off.
    """

    rules: Watch
    say: Say
    told: set[str]

    def init_src(self) -> None:
        """Choose for each student the newest hand-in that counts now."""
        inbound = Path(self.root, self.coursedir.course_id, "inbound")
        if not self.coursedir.course_id or not os.access(inbound, os.R_OK | os.X_OK):
            raise ExchangeError(f"{inbound} is missing or cannot be read")
        self.inbound_path = str(inbound)
        by_student: dict[str, list[dict[str, Any]]] = {}
        for path in sorted(inbound.glob(f"*+{self.coursedir.assignment_id}+*")):
            try:
                record = self._path_to_record(str(path)) | {"owner": path.lstat().st_uid}
            except (ValueError, OverflowError, OSError, ExchangeError):  # anybody may make folders there
                self._tell(path.name, f"skipped {path.name}, which is not named like a hand-in")
                continue
            if self._is_its_owners(path, record) and self._is_complete(path, record):
                by_student.setdefault(record["username"], []).append(record)
        self.src_records = [
            found
            for student, records in sorted(by_student.items())
            if (found := self._newest(student, sorted(records, key=lambda each: each["timestamp"])))
        ]

    def copy_files(self) -> None:
        """Copy what is newer than what is there; what cannot be copied is told and keeps nobody waiting."""
        directory = self.coursedir
        for record in self.src_records:
            student, name = record["username"], record["filename"]
            target = directory.format_path(directory.submitted_directory, student, directory.assignment_id)
            before = timestamp(target)
            if before is not None and before >= record["timestamp"]:
                continue
            try:
                self._copy(Path(self.inbound_path, name), Path(target), record["owner"])
            except OSError as fault:
                self._tell(name, f"{student}: skipped {name}: {fault}")
            else:
                self.say(f"{student}: collected {name}")

    def _copy(self, source: Path, target: Path, owner: int) -> None:
        """Copy a hand-in; links stay links, and grading passes over them."""
        directory, partial = self.coursedir, target.with_name(f"{target.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        ignored = ignore_patterns(
            exclude=directory.ignore,
            include=directory.include,
            max_file_size=directory.max_file_size,
            log=self.log,
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        take(source, partial, owner=owner, ignored=ignored, room=1000 * directory.max_dir_size)
        (partial / "timestamp.txt").unlink(missing_ok=True)  # may say anything, and never change
        (partial / "timestamp.txt").write_text(source.name.rsplit("+", 3)[2])
        partial.chmod(0o2770 if directory.groupshared else 0o755)
        if target.exists():
            rmtree(str(target))
        partial.rename(target)

    def _is_its_owners(self, path: Path, record: dict[str, Any]) -> bool:
        student, owner = record["username"], ""
        with contextlib.suppress(KeyError):  # a user without a name
            owner = pwd.getpwuid(record["owner"]).pw_name
        if path.is_symlink() or student in ("", ".", "..") or "\n" in student:
            self._tell(path.name, f"skipped {path.name}, which is no student's folder")
            return False
        if not self.check_owner or owner == student:
            return True
        self._tell(path.name, f"{student}: skipped {path.name}, which belongs to {owner or 'nobody'}")
        return False

    def _is_complete(self, path: Path, record: dict[str, Any]) -> bool:
        """Return whether a hand-in has its time, which comes last; say so if that cannot be seen."""
        try:
            return (path / "timestamp.txt").is_file()
        except OSError as fault:
            self._tell(path.name, f"{record['username']}: skipped {path.name}: {fault.strerror}")
            return False

    def _newest(self, student: str, records: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Return the newest hand-in that is old enough and not one too many on a day that is not over."""
        now = datetime.now(UTC).replace(tzinfo=None)
        newest, seen = None, dict[Any, int]()
        for record in records:
            stamp = record["timestamp"]
            seen[stamp.date()] = seen.get(stamp.date(), 0) + 1
            most = self.rules.hand_ins_a_day
            if most and seen[stamp.date()] > most and stamp.date() >= now.date():
                what = f"is number {seen[stamp.date()]} of the day, and {most} are graded at once"
                self._tell(
                    record["filename"], f"{student}: waits until tomorrow: {record['filename']} {what}"
                )
            elif stamp <= now - timedelta(seconds=self.rules.watch_delay):
                newest = record
        return newest

    def _tell(self, name: str, line: str) -> None:
        if name not in self.told:
            self.told.add(name)
            self.say(line)


def watch(root: Path, assignment: str, say: Say, *, once: bool = False) -> None:
    """Collect, grade and release until Ctrl-C or SIGTERM, or just once; say each event in one line.

    Raises CourseError, KeyboardInterrupt and NoIsolation.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.chdir(root), _alone(root), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        if not once:
            say(f"watching {assignment}; Ctrl-C ends it")
        told: set[str] = set()
        open_before: set[str] | None = None
        while True:
            app = class_app(root, Chosen(assignment))
            app.coursedir.assignment_id = assignment
            app.log.setLevel(logging.CRITICAL)
            rules = read_watch(app.config.get(SECTION, {}))
            new = _collect(app, rules, say, told)
            still_open = _before_their_deadline(app)
            if new or still_open != open_before:
                _grade(root, assignment, say)
            open_before = still_open
            _release(app, root, assignment, say)
            if once:
                return
            time.sleep(EVERY)


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the course; raise CourseError if another watch does."""
    with (root / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(f"another `convgrade watch` is at work in {root}") from None
        yield


def _collect(app: ClassApp, rules: Watch, say: Say, told: set[str]) -> bool:
    """Collect what is new; return whether there was anything."""
    collect = Collect(coursedir=app.coursedir, authenticator=app.authenticator, parent=app)
    events: list[str] = []

    def note(line: str) -> None:
        line = " ".join(outputs.clean(line).split("\n"))
        events.append(line)
        say(line)

    collect.rules, collect.say, collect.told = rules, note, told
    try:
        collect.start()
    except (ExchangeError, OSError) as fault:
        raise CourseError(f"the exchange cannot be read: {fault}") from None
    return any(": collected " in line for line in events)


def _before_their_deadline(app: ClassApp) -> set[str]:
    """Return the students with a hand-in whose deadline is still to come; feedback may say less to them."""
    with Gradebook(app.coursedir.db_url, app.coursedir.course_id) as gradebook:
        deadlines = Deadlines(app.coursedir, gradebook)
    folders = Path(app.coursedir.root, "submitted").glob(f"*/{app.coursedir.assignment_id}")
    return {path.parent.name for path in folders if deadlines.is_open(path.parent.name)}


def _grade(root: Path, assignment: str, say: Say) -> None:
    if not any((root / "submitted").glob(f"*/{assignment}")):
        return
    app = class_app(root, Chosen(assignment))
    try:
        app.start()
    except SystemExit:
        say(f"some submissions need attention; see: convgrade grade {assignment}")


def _release(app: ClassApp, root: Path, assignment: str, say: Say) -> None:
    """Write and release the pages of everybody whose grading is newer than the pages that were released."""
    for student in verdict_files.students(root, assignment):
        graded = verdict_files.autograded_folder(root, assignment, student)
        state = hashlib.sha256(
            b"".join(path.read_bytes() for path in sorted(graded.glob("*.ipynb")))
        ).hexdigest()
        pages = root / "feedback" / student / assignment
        with contextlib.suppress(OSError):
            if (pages / RELEASED).read_text() == state:
                continue
        stamp = timestamp(str(graded))
        if stamp is None or not (graded / "submission_secret.txt").is_file():
            continue  # not from the exchange
        app.coursedir.student_id = student
        try:
            if pages.exists():
                rmtree(str(pages))
            GenerateFeedback(coursedir=app.coursedir, parent=app).start()
            release = {"coursedir": app.coursedir, "authenticator": app.authenticator, "parent": app}
            ExchangeReleaseFeedback(**release).start()
        except (NbGraderException, ExchangeError, SystemExit) as fault:
            say(f"{student}: feedback could not be released: {fault}")
            continue
        (pages / RELEASED).write_text(state)
        found = verdict_files.verdicts(root, assignment, student)
        points = f"{sum(each.score for each in found):g} of {sum(each.max_score for each in found):g}"
        after = datetime.now(UTC).replace(tzinfo=None) - stamp
        say(f"{student}: {points} points, feedback released {after.total_seconds():.0f} s after the hand-in")
    app.coursedir.student_id = "*"
