"""Commands of the command line that run in a course folder."""

from __future__ import annotations

import contextlib
import functools
import sys
from pathlib import Path
from typing import Any

import click

from autograder.course.settings import CourseError
from autograder.sandbox.tiers import NoIsolation


class CommandsOfACourse(click.Group):
    """Commands that run in the folder where they were started, or in the one after `--course`.

    What keeps them from running is said in a line, with exit code 2.
    """

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and give it the option `--course`."""
        if cmd.callback is not None and not isinstance(cmd, click.Group):
            cmd.callback = _within_course(cmd.callback)
            folder = click.Path(exists=True, file_okay=False, path_type=Path)
            said = "The course folder; by default the one you are in."
            cmd.params.append(click.Option(["--course"], type=folder, metavar="FOLDER", help=said))
        super().add_command(cmd, name)


def _within_course(command: Any) -> Any:
    @functools.wraps(command)
    def within(*, course: Path | None, **given: Any) -> Any:
        try:
            if course is None:
                return command(**given)
            given = {
                name: each.absolute() if isinstance(each, Path) else each for name, each in given.items()
            }
            with contextlib.chdir(course):
                return command(**given)
        except (CourseError, NoIsolation) as fault:
            click.echo(f"convgrade: {fault}", err=True)
            sys.exit(2)

    return within
