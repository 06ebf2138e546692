"""The pytest session that hidden tests run in: a file is collected when first needed, a check run when asked.

A session outlives a notebook, so a judge starts pytest once and collects each file once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Literal

import pytest

from autograder.checks import (
    Check,
    draw,  # noqa: F401  loads hypothesis now, while the sandbox starts, and not with the first file
    exercise,
)
from autograder.checks.check import Student, declared

NOT_NEEDED = (  # parts of pytest that would only take time; the last two collect garbage five times over
    *("cacheprovider", "capture", "doctest", "faulthandler", "hypothesispytest", "junitxml", "legacypath"),
    *("logging", "monkeypatch", "pastebin", "recwarn", "setuponly", "setupplan", "skipping", "stepwise"),
    *("subtests", "terminal", "tmpdir", "unittest", "warnings", "unraisableexception", "threadexception"),
)
OPTIONS = (
    *("-c", os.devnull, "--rootdir", str(Path(__file__).parent.parent)),
    *("--noconftest", "--import-mode=importlib", "--assert=plain"),
    *(option for name in NOT_NEEDED for option in ("-p", f"no:{name}")),
)


class BrokenTests(Exception):
    """A file of hidden tests does not load, or has no check; the message says why."""


class HiddenTests:
    """The hidden tests of exercises: a pytest plugin that runs what it is asked to, not all it finds."""

    def __init__(self, work: Callable[[HiddenTests], None]) -> None:
        self._work = work
        self._collected: dict[Path, dict[Check, _Item]] = {}
        self._broken: dict[Path, str] = {}
        self._raised: BaseException | None = None  # by the check that runs
        self.trouble: BaseException | None = None  # by the work

    def checks(self, folder: Path) -> list[Check]:
        """Return the checks of an exercise's folder, in the order they are written down.

        Raises BrokenTests.
        """
        path = folder / "hidden_tests.py"
        if path not in self._collected:
            found = self._session.perform_collect([str(path)]) if path.is_file() else []
            self._collected[path] = {item.check: item for item in found if isinstance(item, _Item)}
        if path in self._broken:
            raise BrokenTests(f"its hidden tests do not load: {self._broken[path]}")
        if not self._collected[path]:
            raise BrokenTests(
                f"there are no hidden tests named {folder.name!r}, neither in the folder "
                f"{exercise.FOLDER!r} of the course nor among the built-in ones"
            )
        return list(self._collected[path])

    def builds_on(self, folder: Path) -> tuple[str, ...]:
        """Return the earlier functions that an exercise builds on, as its hidden tests declare them.

        The checks must have been asked for.
        """
        item = next(iter(self._collected[folder / "hidden_tests.py"].values()))
        module: Any = item.getparent(pytest.Module)
        return declared(module.obj)

    def run(self, folder: Path, check: Check, student: Student) -> BaseException | None:
        """Run one check on one student's function, and return what it raised."""
        item = self._collected[folder / "hidden_tests.py"][check]
        item.student, self._raised = student, None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        del item.student  # and with it the notebook
        return self._raised

    # ------------------------------------------------------------------------ pytest's hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        """Collect nothing yet; given no file, pytest would look for tests wherever it was started."""
        self._session = session
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> bool:
        """Do the work in place of running every test."""
        try:
            self._work(self)
        except BaseException as fault:  # pytest would turn it into an exit code
            self.trouble = fault
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Dir:
        """Take no folder for a package: pytest would look for its `__init__.py` before each check."""
        folder: pytest.Dir = pytest.Dir.from_parent(parent, path=path)
        return folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(self, module_path: Path, parent: Any) -> pytest.Module | None:
        """Let an exercise of the course's own be a package, so that its files find one another."""
        if module_path.is_relative_to(exercise.BUILT_IN):
            return None
        module: pytest.Module = _OfTheCourse.from_parent(parent, path=module_path)
        return module

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: pytest.Module, name: str, obj: object) -> Any:
        """Make a test of each check; whatever else a file holds is none."""
        if isinstance(obj, Check):
            return _Item.from_parent(collector, name=name, check=obj)
        return []

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, Any, Any]:
        """Remember why a file does not load."""
        report: Any = yield
        if report.failed:
            self._broken[collector.path] = str(report.longrepr).strip().splitlines()[-1]
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Make a report without a traceback, which nobody would read and which takes long to format."""
        if call.excinfo is not None and self._raised is None:
            self._raised = call.excinfo.value
        outcome: Literal["failed", "passed"] = "failed" if call.excinfo else "passed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]


class _Item(pytest.Item):
    """A check as a test, without the fixtures of a test function."""

    student: Student
    """Whose function the check asks."""

    def __init__(self, *, check: Check, **named: Any) -> None:
        super().__init__(**named)
        self.check = check

    def runtest(self) -> None:
        self.check.run(self.student)


class _OfTheCourse(pytest.Module):
    """The hidden tests of a course's own exercise."""

    def _getobj(self) -> Any:
        return exercise.module(self.path.parent.name, self.path.stem)


def within_session(work: Callable[[HiddenTests], None]) -> None:
    """Call `work` with hidden tests to run. Raises what it raises."""
    tests = HiddenTests(work)
    pytest.main(list(OPTIONS), plugins=[tests])
    if tests.trouble:
        raise tests.trouble
