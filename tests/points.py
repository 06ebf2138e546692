"""What each check is worth, as the tables in autograder/hidden/README.md.

`python tests/points.py` writes them anew from the checks; the last column is kept, it is written by hand.
"""

from __future__ import annotations

import json
import re

from matrix import declared
from pour import ROOT

from autograder import notebook
from autograder.hidden.check import Check

README = ROOT / "autograder" / "hidden" / "README.md"
BEGIN, END = "<!-- checks: written by tests/points.py, the last column by hand -->", "<!-- end of checks -->"
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
    checks = declared(function)
    share = points / sum(check.points for check in checks)
    return [(check, check.points * share) for check in checks]


def reasons(text: str) -> dict[tuple[str, str], str]:
    """The last column by function and check, as it is written down."""
    found = {}
    for section in re.split("^### ", text, flags=re.MULTILINE)[1:]:
        function = section.split("`")[1]
        for row in re.findall(r"^\| (\w+) \| [\d.]+ \|.*\| (.*) \|$", section, re.MULTILINE):
            found[function, row[0]] = row[1]
    return found


def tables(why: dict[tuple[str, str], str]) -> str:
    """A table for each function."""
    parts = []
    for function, (place, points) in functions().items():
        lines = [f"### `{function}`, {points:g} points ({place})", "", HEADER]
        for check, worth in rows(function, points):
            reason = why.get((function, check.id), "")
            lines.append(f"| {check.id} | {worth:g} | {check.title} | {check.after or ''} | {reason} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def written(text: str) -> str:
    """The tables in the text of a README."""
    return text.partition(BEGIN)[2].partition(END)[0].strip("\n")


def main() -> None:
    """Write the tables anew."""
    text = README.read_text()
    fresh = tables(reasons(written(text)))
    README.write_text(text.replace(written(text), fresh))


if __name__ == "__main__":
    main()
