"""The `convgrade` command, thin: each subcommand parses, calls and prints."""

from __future__ import annotations

import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import click

from autograder import course, handin, restore, sandbox
from autograder.judge import Job
from autograder.verdict import Verdict
from autograder.worker import Worker


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
    except (course.CourseError, sandbox.NoIsolation) as fault:
        click.echo(f"convgrade: {fault}", err=True)
        sys.exit(2)
    click.echo(json.dumps(verdict.to_json(), indent=1) if as_json else summary(verdict))
    sys.exit(2 if verdict.status == "grader_error" else 0)


def check_file(path: Path, *, student: str, only: str | None = None, folder: Path | None = None) -> Verdict:
    """The verdict on one notebook file. Raises CourseError and NoIsolation."""
    root = (folder or _course_of(path)).resolve()
    settings = course.settings(course.load_config(root))
    try:
        submitted = restore.parse(handin.read(path))
    except restore.Unreadable as fault:
        assignment, name, source = course.find_source(root, path.stem, [])
        seed = course.seed(root, student, assignment)
        return restore.unreadable(
            json.loads(source.read_bytes()),
            assignment=assignment,
            name=name,
            student=student,
            seed=seed,
            reason=str(fault),
        )
    assignment, name, source = course.find_source(root, path.stem, submitted["cells"])
    restored = restore.restore(course.skeleton(source, root / "release" / assignment), submitted)
    job = Job(
        assignment=assignment,
        name=name,
        student=student,
        seed=course.seed(root, student, assignment),
        notebook=restored.notebook,
        notes=restored.notes,
        files=course.side_files(source.parent) | _other_notebooks(path, source),
        earlier=course.earlier_functions(source),
        limits=settings.limits,
        only=only or "",
    )
    worker = Worker(settings)
    try:
        return worker.judge(job)[1]
    finally:
        worker.close()


def _other_notebooks(path: Path, source: Path) -> dict[str, bytes]:
    """The student's notebooks of the same assignment that lie beside this one."""
    names = {other.name for other in source.parent.glob("*.ipynb")} - {source.name}
    beside = {name: path.parent / name for name in names}
    return {
        name: handin.read(other)
        for name, other in beside.items()
        if other.is_file() and not other.is_symlink()
    }


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
                if "got" in example:
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
def doctor() -> None:
    """Say what isolation this machine offers, which versions are here, what to do about the rest."""
    click.echo(
        f"convgrade {version('convgrade')}, Python {platform.python_version()}, Linux {platform.release()}"
    )
    for name in ("nbgrader", "sandlock", "numpy", "pillow", "pytest", "hypothesis", "ipython"):
        click.echo(f"  {name} {version(name)}")
    usable = False
    for tier in sandbox.TIERS:
        reason = tier.missing()
        if reason is None:
            reason = _trial(tier)
        usable = usable or reason is None
        click.echo(f"isolation, {tier.name}: {'works' if reason is None else reason}")
    if not usable:
        click.echo("No tier works here, so nothing will be graded.")
        sys.exit(2)


def _trial(tier: sandbox.Tier) -> str | None:
    """Start a kernel and let it try to reach out; None when it runs and cannot."""
    try:
        with sandbox.Sandbox(tier) as place:
            kernel = place.kernel()
            outputs, _, _ = kernel.run("open('/etc/passwd').read()")
            kernel.close()
    except Exception as fault:
        return f"does not start here: {fault}"
    if not any(output["output_type"] == "error" for output in outputs):
        return "starts, but does not keep a kernel from reading /etc/passwd"
    return None
