"""The `convgrade` command, thin: each subcommand parses, calls and prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from autograder.course.settings import CourseError
from autograder.course.sources import find_root
from autograder.grading.one_file import check_file
from autograder.judge.summary import summary
from autograder.sandbox.tiers import NoIsolation

# A grammar of internet addresses that nbgrader's packages load when it is there: to build it takes as
# long as all the rest of nbgrader, and nothing here checks such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@click.group()
@click.version_option(package_name="convgrade")
def main() -> None:
    """Grade convolution notebooks outside the student's reach."""


@main.command()
@click.argument("notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as one JSON object.")
@click.option("--student", default="anonymous", show_default=True, help="Whose random inputs to use.")
@click.option("-k", "only", metavar="NAME", help="Judge only functions whose name contains NAME.")
@click.option(
    "--course", "folder", type=click.Path(file_okay=False, path_type=Path), help="The course folder."
)
def check(notebook: Path, as_json: bool, student: str, only: str | None, folder: Path | None) -> None:
    """Grade one notebook file; no gradebook is needed.

    Exit code 0 whenever there is a verdict, whatever the mark; 2 when the grader could not work.
    """
    try:
        verdict = check_file(notebook, student=student, only=only, folder=folder)
    except (CourseError, NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)
    click.echo(json.dumps(verdict.to_json(), indent=1) if as_json else summary(verdict))
    sys.exit(2 if verdict.status == "grader_error" else 0)


@main.command()
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), help="Judges at a time; one for each core if left out.")
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of this Dask scheduler judge.")
@click.option("--student", default="*", help="Only this student (a pattern).")
@click.option("--force", is_flag=True, help="Judge also what has not changed.")
@click.option("--dry-run", is_flag=True, help="Only say which marks would change, and why; write nothing.")
def grade(
    *, assignment: str, jobs: int | None, scheduler: str | None, student: str, force: bool, dry_run: bool
) -> None:
    """Grade the submissions of an assignment that are new or changed, many at a time.

    Ends with the same gradebook and autograded notebooks as `nbgrader autograde`. Can be stopped at
    any time; the next run goes on where this one ended. Exit code 2 when a human has to act.
    """
    from autograder.nbgrader_plugin.autograde import Chosen, grade
    from autograder.nbgrader_plugin.preview import described, preview

    chosen = Chosen(assignment, student, jobs, scheduler, force)
    try:
        root = find_root(Path.cwd())
        if dry_run:
            changes = list(preview(root, chosen))
            click.echo("\n".join(described(changes)))
            return
        done, summary_line = grade(root, chosen)
    except (CourseError, NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        click.echo(
            "convgrade: stopped. What has been judged is kept; the next run goes on from here.", err=True
        )
        sys.exit(130)
    click.echo(summary_line if done else "Not all is done; what is said above needs a human.")
    sys.exit(0 if done else 2)


@main.command()
@click.argument("assignment")
def report(assignment: str) -> None:
    """Write reports/ASSIGNMENT.html and .csv: marks, checks, mistakes that students share, what is open.

    Exit code 2 when something has to be graded anew first; the message says what.
    """
    from autograder.results.report.page import write

    try:
        page, table, trouble = write(find_root(Path.cwd()), assignment)
    except CourseError as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)
    click.echo(f"{page}\n{table}")
    for reason in trouble:
        click.echo(f"convgrade: {reason}", err=True)
    sys.exit(2 if trouble else 0)


@main.command()
@click.argument("assignment")
@click.argument("student")
@click.argument("check_name", metavar="CHECK")
@click.option(
    "--program",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to this file, complete.",
)
@click.option("--run", "again", is_flag=True, help="Grade that function once more, in the sandbox.")
def replay(assignment: str, student: str, check_name: str, target: Path | None, again: bool) -> None:
    """Print the failing input of one check as Python, with the expected and the student's answer.

    CHECK is FUNCTION.CHECK, or CHECK alone where that is clear. The program has a place for the function;
    with --program it holds what the student wrote. It needs NumPy and ends with exit code 1 while it fails.
    """
    from autograder.results import replay as replays

    try:
        root = find_root(Path.cwd())
        failed = replays.find(root, assignment, student, check_name)
        if target:
            code, before = replays.student_code(root, failed), replays.judged_before(root, failed)
            target.write_text(replays.program(failed, code, before))
            click.echo(f"{target} runs the student's code, and without the sandbox: read it first.", err=True)
        elif not again:
            click.echo(replays.program(failed), nl=False)
        if again:
            click.echo(replays.judge_again(root, failed))
    except (CourseError, NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)


@main.command()
def doctor() -> None:
    """Say what isolation this machine offers, which versions are here, what to do about the rest."""
    from autograder.grading import doctor as examined

    for line in examined.versions():
        click.echo(line)
    tiers = examined.isolation()
    for name, trouble in tiers.items():
        click.echo(f"isolation, {name}: {trouble or 'works'}")
    try:
        root = find_root(Path.cwd())
    except CourseError:
        root = None
    for path in examined.exposed(root):
        click.echo(
            f"warning: every user of this machine can read {path}; docs/where-it-runs.md says what helps"
        )
    if all(tiers.values()):
        click.echo("No tier works here, so nothing will be graded.")
        sys.exit(2)
