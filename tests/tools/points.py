"""What each check is worth, as the tables in autograder/exercises/README.md.

`python tests/tools/points.py` writes them from the checks.
"""

from __future__ import annotations

import json

from local_student import checks as checks_of
from pour import ROOT

from autograder import notebook
from autograder.checks import Check

README = ROOT / "autograder" / "exercises" / "README.md"
BEGIN, END = "<!-- checks: written by tests/tools/points.py -->", "<!-- end of checks -->"
HEADER = "| check | points | it asks | tried only after | why it is there |\n|---|---:|---|---|---|"


def functions() -> dict[str, tuple[str, float]]:
    """Notebook ("assignment/name") and points of each graded function, in the course's order."""
    found = {}
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        for cell in json.loads(path.read_bytes())["cells"]:
            if name := notebook.tested_function(cell):
                found[name] = f"{path.parent.name}/{path.stem}", notebook.points(cell)
    return found


def rows(function: str, points: float) -> list[tuple[Check, float]]:
    """Its checks and what each is worth, as the judge shares out the cell's points."""
    checks = checks_of(function)
    share = points / sum(check.points for check in checks)
    return [(check, check.points * share) for check in checks]


def tables() -> str:
    """A table for each function."""
    parts = []
    for function, (place, points) in functions().items():
        lines = [f"### `{function}`, {points:g} points ({place})", "", HEADER]
        for check, worth in rows(function, points):
            basis = ", ".join(each.id for each in check.after)
            lines.append(f"| {check.id} | {worth:g} | {check.title} | {basis} | {check.why} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def written(text: str) -> str:
    """The tables in the text of a README."""
    return text.partition(BEGIN)[2].partition(END)[0].strip("\n")


def main() -> None:
    """Write the tables."""
    text = README.read_text()
    README.write_text(text.replace(written(text), tables()))


if __name__ == "__main__":
    main()
