"""The `convgrade` command: each subcommand parses its arguments, calls one function and prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import click

from autograder.course.commands import CommandsOfACourse
from autograder.course.settings import load_config, read_batch, read_settings
from autograder.course.sources import find_root
from autograder.grading.loading import loading
from autograder.grading.one_file import check_file
from autograder.grading.worker import close_all, start_ahead

# nbgrader's dependencies load this grammar of internet addresses if it is installed. Building it takes as
# long as importing the rest of nbgrader, and nothing here validates such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=CommandsOfACourse)
@click.version_option(package_name="convgrade")
def main() -> None:
    """Grade convolution notebooks; student code runs in a sandbox, marks are decided outside it."""


@main.command()
@click.argument("notebook", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as one JSON object.")
@click.option(
    "--student", default="anonymous", show_default=True, help="Use the random inputs of this student."
)
@click.option("-k", "only", metavar="NAME", help="Judge only functions whose name contains NAME.")
def check(notebook: Path, as_json: bool, student: str, only: str | None) -> None:
    """Grade one notebook file, without a gradebook.

    The exit code is 0 if there is a verdict, whatever the mark, and 2 if the grader failed.
    """
    verdict = check_file(notebook, student=student, only=only)
    from autograder.judge.summary import summary

    click.echo(json.dumps(verdict, indent=1) if as_json else summary(verdict))
    sys.exit(2 if verdict["status"] == "grader_error" else 0)


@main.command()
@click.argument("assignment")
@click.option(
    "--jobs", type=click.IntRange(1), help="Notebooks to judge at the same time; by default one per core."
)
@click.option("--scheduler", metavar="ADDRESS", help="Judge on the workers of this Dask scheduler.")
@click.option("--student", default="*", help="Grade only this student, or all who match a pattern.")
@click.option("--part", metavar="I/N", help="Grade one of N parts of the class: one command for each.")
@click.option("--force", is_flag=True, help="Judge unchanged submissions too.")
@click.option("--dry-run", is_flag=True, help="Show which marks would change, and why, without writing.")
def grade(*, assignment: str, dry_run: bool, **options: Any) -> None:
    """Grade new and changed submissions in parallel.

    The gradebook and the autograded notebooks end up exactly as after `nbgrader autograde`. You can stop
    at any time; the next run continues. The exit code is 2 if a submission needs your attention.
    """
    try:
        root = find_root(Path.cwd())
        with loading():
            _start_judges(root, assignment, options)
            from autograder.nbgrader_plugin.autograde import Chosen, grade
            from autograder.nbgrader_plugin.preview import described, preview

        chosen = Chosen(assignment, **options)
        if dry_run:
            changes = list(preview(root, chosen))
            click.echo("\n".join(described(changes)))
            return
        done, summary_line = grade(root, chosen)
    except KeyboardInterrupt:
        click.echo(
            "convgrade: stopped. Finished verdicts are kept; run the same command to continue.", err=True
        )
        sys.exit(130)
    finally:
        close_all()
    click.echo(summary_line if done else "Some submissions need attention; see above.")
    sys.exit(0 if done else 2)


def _start_judges(root: Path, assignment: str, options: Mapping[str, Any]) -> None:
    """Start the judges, which get ready while this process loads nbgrader; no more than hand-ins."""
    section = load_config(root)
    given = {name: options[name] for name in ("jobs", "scheduler") if options[name]}
    batch = read_batch({**section, **given})
    if not batch.scheduler:
        handed_in = root.glob(f"submitted/{options['student']}/{assignment}")
        start_ahead(read_settings(section), len(list(islice(handed_in, batch.jobs))))


@main.command()
@click.argument("assignment")
@click.option("--once", is_flag=True, help="Do one round, then end.")
def watch(assignment: str, *, once: bool) -> None:
    """Grade hand-ins from the exchange and release feedback at once.

    Print a line for each event, until Ctrl-C or SIGTERM. Started again, it does what is missing.
    """
    from datetime import datetime

    from autograder.nbgrader_plugin.watch import watch

    def say(line: str) -> None:
        click.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {line}")

    try:
        watch(find_root(Path.cwd()), assignment, say, once=once)
    except KeyboardInterrupt:
        say("stopped")


@main.command()
@click.argument("export", metavar="FILE", type=FILE)
def roster(export: Path) -> None:
    """Read the students' ids from Canvas or Moodle into roster.csv.

    FILE is Canvas's gradebook or the participants of a Moodle course, exported as CSV. A student who is
    known already, by any id, gets the ids that are new.
    """
    from autograder.lms.roster import FILE, merge

    new, known = merge(find_root(Path.cwd()), export)
    click.echo(f"{FILE}: {new} new students, {known} in all")


@main.command()
@click.argument("assignment")
def report(assignment: str) -> None:
    """Write the class report: reports/ASSIGNMENT.html and .csv.

    It shows marks, how many students passed each check, mistakes that students share, and what still
    needs manual grading. The exit code is 2 if something has to be graded again first; a message says what.
    """
    from autograder.results.report.page import write

    page, table, trouble = write(find_root(Path.cwd()), assignment)
    click.echo(f"{page}\n{table}")
    for reason in trouble:
        click.echo(f"convgrade: {reason}", err=True)
    sys.exit(2 if trouble else 0)


@main.command()
@click.argument("assignment")
@click.argument("group", required=False)
@click.option("--points", metavar="POINTS", help="Points for the function: 12, or +2 and -1 to change them.")
@click.option("--comment", metavar="TEXT", help="A comment for the function, in Markdown.")
@click.option("--undo", is_flag=True, help="Take back what was marked last.")
def mark(*, assignment: str, group: str | None, points: str | None, comment: str | None, undo: bool) -> None:
    """Give a group of the class report points or a comment.

    Everyone in the group gets them. GROUP is the name in brackets on the report, such as convolve2d/flipped.
    The points are written into the gradebook as manual grades. --undo takes the last one back, again and
    again if you like; what somebody has changed since then stays.
    """
    from autograder.results import group_marks

    root = find_root(Path.cwd())
    if undo:
        click.echo(group_marks.undo(root, assignment))
    elif group and (points or comment):
        click.echo(group_marks.mark(root, assignment, group, points, comment))
    else:
        raise click.UsageError("name a group and --points or --comment, or use --undo")


@main.command()
@click.argument("assignment")
def mistakes(assignment: str) -> None:
    """Propose an entry for misconceptions.py.

    It is about the mistake that most students share and no entry explains: the calls, what came, the
    shortest code. Examples that several students got wrong in the same way follow as comments.
    """
    from autograder.results.proposals import propose

    click.echo(propose(find_root(Path.cwd()), assignment))


@main.command()
@click.argument("assignment")
@click.option("--early", is_flag=True, help="Write the page even if the deadline is still to come.")
def answers(assignment: str, *, early: bool) -> None:
    """Write a page with the model answers: answers/ASSIGNMENT.html.

    Give the page to students after the deadline. If the gradebook has a deadline that is still to come,
    nothing is written.
    """
    from autograder.results.answers import write

    click.echo(write(find_root(Path.cwd()), assignment, early=early))


@main.command()
@click.argument("assignment")
@click.argument("student")
@click.argument("check_name", metavar="CHECK")
@click.option(
    "--program",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a complete program with the student's code to this file.",
)
@click.option("--run", "again", is_flag=True, help="Grade that function again, in the sandbox.")
def replay(assignment: str, student: str, check_name: str, target: Path | None, again: bool) -> None:
    """Replay the failing input of one check.

    Print it as a Python program, with the expected and the actual result. CHECK is FUNCTION.CHECK, or
    just CHECK if only one function failed a check of that name. Paste a function into the program, or
    use --program to include what the student wrote. The program needs only NumPy; its exit code is 1 as
    long as the check fails.
    """
    from autograder.results import replay as replays

    root = find_root(Path.cwd())
    failed = replays.find(root, assignment, student, check_name)
    if target:
        code, before = replays.student_code(root, failed), replays.judged_before(root, failed)
        target.write_text(replays.program(failed, code, before))
        click.echo(f"{target} runs the student's code without the sandbox; read it first.", err=True)
    elif not again:
        click.echo(replays.program(failed), nl=False)
    if again:
        click.echo(replays.judge_again(root, failed))


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--here", is_flag=True, help="Add convgrade to the nbgrader course you are in.")
def init(folder: Path | None, *, here: bool) -> None:
    """Create a course, or add convgrade to an existing one.

    Give either --here or a FOLDER, which gets the assignments conv2d and conv_arithmetic, and words, with
    an exercise of its own.
    """
    from autograder.course import begin
    from autograder.judge import new_exercise

    if here == (folder is not None):
        raise click.UsageError("give either a FOLDER or --here")
    said = begin.init(folder) if folder else begin.adopt(Path.cwd())
    if folder:
        name, notebook = begin.EXAMPLE
        new_exercise.write(folder, name, folder / notebook)
    click.echo("\n".join(said))


@main.group(cls=CommandsOfACourse)
def exercise() -> None:
    """Create or test an exercise of your own."""


@exercise.command()
@click.argument("name")
@click.option(
    "--notebook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add its cells to this notebook, new or existing; by default they are printed.",
)
def new(name: str, notebook: Path | None) -> None:
    """Create an exercise: four files in exercises/NAME/.

    NAME is the function that students write. The files hold an example that works; edit them.
    """
    from autograder.judge.new_exercise import write

    click.echo("\n".join(write(find_root(Path.cwd()), name, notebook)))


@exercise.command()
@click.argument("name")
def test(name: str) -> None:
    """Try an exercise's checks on its right and wrong implementations.

    The exit code is 2 if something is missing; a sentence says what.
    """
    from autograder.course.settings import load_config, read_settings
    from autograder.judge.proof import prove
    from autograder.sandbox.trial import choose

    root = find_root(Path.cwd())
    settings = read_settings(load_config(root))
    with choose(settings.tiers, settings.limits, settings.packages) as sandbox:
        proof = prove(root, name, sandbox)
    click.echo("\n".join(proof.lines()))
    sys.exit(2 if proof.missing else 0)


@main.command()
def doctor() -> None:
    """Check which sandboxes work here.

    Also list versions, say how to fix what is missing, and warn of answers that others can read. The exit
    code is 2 if no sandbox works.
    """
    from autograder.grading.doctor import examine

    lines, works = examine(Path.cwd())
    click.echo("\n".join(lines))
    sys.exit(0 if works else 2)
