"""The `convgrade` command, thin: each subcommand parses, calls and prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder import course, handin, restore
from autograder.sandbox.tiers import NoIsolation
from autograder.submission import Submission
from autograder.verdict import Verdict
from autograder.worker import Worker

if TYPE_CHECKING:
    from autograder.replay import Failed

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
    except (course.CourseError, NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)
    click.echo(json.dumps(verdict.to_json(), indent=1) if as_json else summary(verdict))
    sys.exit(2 if verdict.status == "grader_error" else 0)


def check_file(path: Path, *, student: str, only: str | None = None, folder: Path | None = None) -> Verdict:
    """The verdict on one notebook file. Raises CourseError and NoIsolation."""
    root = (folder or _course_of(path)).resolve()
    settings = course.settings(course.load_config(root))
    try:
        cells = restore.parse(handin.read(path))["cells"]
    except restore.Unreadable:
        cells = []  # its name alone tells what it should be
    assignment, name, source = course.find_source(root, path.stem, cells)
    notebooks = _others(path, source) | {name: path}
    submission = Submission(
        root=root,
        settings=settings,
        assignment=assignment,
        student=student,
        source=source.parent,
        release=root / "release" / assignment,
        hand=handin.HandIn(path.parent, (), {}),
        notebooks=notebooks,
    )
    worker = Worker(settings)
    try:
        return worker.judge(submission.job(name, only or ""))[1]
    finally:
        worker.close()


def _others(path: Path, source: Path) -> dict[str, Path | None]:
    """The student's notebooks of the same assignment that lie beside this one."""
    names = {other.stem for other in source.parent.glob("*.ipynb")} - {source.stem}
    beside = {name: path.parent / f"{name}.ipynb" for name in names}
    return {name: other for name, other in beside.items() if other.is_file()}


def _course_of(path: Path) -> Path:
    try:
        return course.find_root(Path.cwd())
    except course.CourseError:
        return course.find_root(path.resolve().parent)


def summary(verdict: Verdict) -> str:
    """The verdict for a terminal."""
    worth = verdict.max_score
    lines = [f"{verdict.assignment}/{verdict.notebook}, {verdict.student}: {verdict.score:g} of {worth:g}"]
    lines += [f"  note: {note}" for note in verdict.notes]
    for cell in verdict.cells:
        lines.append(f"  {cell.function}: {cell.score:g} of {cell.max_score:g} ({cell.status})")
        if cell.message:
            lines.append(f"    {cell.message}")
        for result in cell.checks:
            if result.status == "passed":
                continue
            lines += [f"    {result.status}: {result.title}", f"      {result.message}"]
            if result.counterexample:
                example = result.counterexample
                lines.append(f"      called {example['call']}")
                lines += [f"        {name} = {_brief(value)}" for name, value in example["arguments"].items()]
                if example.get("expected") is not None:
                    lines.append(
                        f"        expected {_brief(example['expected'])}, got {_brief(example['got'])}"
                    )
    return "\n".join(lines)


def _brief(value: object) -> str:
    if isinstance(value, dict) and "shape" in value:
        cells = value["values"]
        return f"an array of shape {tuple(value['shape'])}" if cells is None else str(cells)
    if isinstance(value, dict) and "raised" in value:
        return f"{value['raised']}: {value['text']}"
    return str(value)


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
    from autograder import grade as grading  # nbgrader takes long to import

    chosen = grading.Chosen(assignment, student, jobs, scheduler, force)
    try:
        root = course.find_root(Path.cwd())
        if dry_run:
            changes = list(grading.preview(root, chosen))
            click.echo("\n".join(grading.described(changes)))
            return
        done, summary_line = grading.grade(root, chosen)
    except (course.CourseError, NoIsolation) as fault:
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
    from autograder import report as reports  # nbgrader takes long to import

    try:
        page, table, trouble = reports.write(course.find_root(Path.cwd()), assignment)
    except course.CourseError as fault:
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
    from autograder import replay as replays

    try:
        root = course.find_root(Path.cwd())
        failed = replays.find(root, assignment, student, check_name)
        if target:
            code, before = replays.student_code(root, failed), replays.judged_before(root, failed)
            target.write_text(replays.program(failed, code, before))
            click.echo(f"{target} runs the student's code, and without the sandbox: read it first.", err=True)
        elif not again:
            click.echo(replays.program(failed), nl=False)
        if again:
            click.echo(_once_more(root, failed))
    except (course.CourseError, NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)


def _once_more(root: Path, failed: Failed) -> str:
    """What comes of grading the function of a failed check again, as it was handed in."""
    verdict = failed.verdict
    folder = root / "submitted" / verdict.student / verdict.assignment
    source = root / "source" / verdict.assignment / f"{verdict.notebook}.ipynb"
    path = handin.look(folder).notebook(verdict.notebook, json.loads(source.read_bytes()))
    if path is None:
        raise course.CourseError(f"{verdict.notebook}.ipynb is not in {folder}, so it cannot be graded again")
    now = check_file(path, student=verdict.student, only=failed.cell.function, folder=root)
    results = [
        result
        for cell in now.cells
        if cell.function == failed.cell.function
        for result in cell.checks
        if result.id == failed.check.id
    ]
    if now.status != "graded" or not results:
        return f"{failed.name} could not be judged again: {'; '.join(cell.message for cell in now.cells)}"
    words = {"failed": "still fails", "passed": "passes now", "skipped": "is not tried any more"}
    said = f"{failed.name} {words.get(results[0].status, results[0].status)}"
    return said if results[0].status == "passed" else f"{said}: {results[0].message}"


@main.command()
def doctor() -> None:
    """Say what isolation this machine offers, which versions are here, what to do about the rest."""
    from autograder import doctor as examined

    for line in examined.versions():
        click.echo(line)
    tiers = examined.isolation()
    for name, trouble in tiers.items():
        click.echo(f"isolation, {name}: {trouble or 'works'}")
    try:
        root = course.find_root(Path.cwd())
    except course.CourseError:
        root = None
    for path in examined.exposed(root):
        click.echo(
            f"warning: every user of this machine can read {path}; docs/where-it-runs.md says what helps"
        )
    if all(tiers.values()):
        click.echo("No tier works here, so nothing will be graded.")
        sys.exit(2)
