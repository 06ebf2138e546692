"""What each check is worth and what mistakes cost, as the tables in autograder/exercises/README.md.

`python tests/tools/points.py` writes them from the checks and the bank.
"""

from __future__ import annotations

import json

from local_student import checks as checks_of
from local_student import marked
from pour import ROOT

from autograder import notebook
from autograder.checks import Check
from autograder.checks.mistakes import misconceptions_of

README = ROOT / "autograder" / "exercises" / "README.md"
BEGIN, END = "<!-- checks: written by tests/tools/points.py -->", "<!-- end of checks -->"
COSTS_BEGIN, COSTS_END = "<!-- costs: written by tests/tools/points.py -->", "<!-- end of costs -->"
COSTS_HEADER = "| function | mistake | costs | in |\n|---|---|---:|---|"
COMMON = {
    "output_size": (
        "padding-once padding-ignored stride-ignored ceil no-plus-one true-division nothing-checked"
    ),
    "zero_pad": "edge number-only dtype-kept nothing-to-pad nothing-checked",
    "convolve2d": (
        "flipped same-as-image rim-of-zeros square-output stride-ignored input-loop-with-holes "
        "padding-ignored padding-reflect numbers-only products-wrap output-like-image clipped "
        "nothing-checked returns-list float32"
    ),
    "normalize": "shares flat-divided differences-wrap floats clipped nothing-refused",
    "edge_magnitude": "no-root squares-wrap stretched-to-bytes",
    "gaussian_kernel": "bell-of-sixth not-divided",
    "convolve2d_dilated": "ignored",
    "conv_transpose2d": "output-padding-ignored",
}
"""The forty mistakes that strangers' functions, gathered from public code, make most often."""
HEADER = "| check | points | it asks | tried only after | why it is there |\n|---|---:|---|---|---|"


def functions() -> dict[str, tuple[str, float]]:
    """Return the notebook ("assignment/name") and points of each graded function, in the course's order."""
    found = {}
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        for cell in json.loads(path.read_bytes())["cells"]:
            if name := notebook.tested_function(cell):
                found[name] = f"{path.parent.name}/{path.stem}", notebook.points(cell)
    return found


def rows(function: str, points: float) -> list[tuple[Check, float]]:
    """Return its checks and what each is worth, as the judge shares out the cell's points."""
    checks = checks_of(function)
    share = points / sum(check.points for check in checks)
    return [(check, check.points * share) for check in checks]


def tables() -> str:
    """Make a table for each function."""
    parts = []
    for function, (place, points) in functions().items():
        lines = [f"### `{function}`, {points:g} points ({place})", "", HEADER]
        for check, worth in rows(function, points):
            basis = ", ".join(each.id for each in check.after)
            lines.append(f"| {check.id} | {worth:g} | {check.title} | {basis} | {check.why} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def costs() -> str:
    """Make a row for each of the commonest mistakes: the points it costs, and in which checks."""
    lines = [COSTS_HEADER]
    for function, names in COMMON.items():
        share = functions()[function][1] / sum(check.points for check in checks_of(function))
        bank = {entry.id.partition("/")[2]: entry for entry in misconceptions_of(function)}
        for name in names.split():
            lost = [each for each in marked(function, bank[name].fresh) if each.earned < each.points]
            cost = share * sum(each.points - each.earned for each in lost)
            where = ", ".join(each.id for each in lost)
            lines.append(f"| {function} | {bank[name].sentence} | {cost:g} | {where} |")
    return "\n".join(lines)


def written(text: str, begin: str = BEGIN, end: str = END) -> str:
    """Return the tables in the text of a README."""
    return text.partition(begin)[2].partition(end)[0].strip("\n")


def main() -> None:
    """Write the tables."""
    text = README.read_text()
    for begin, end, table in ((BEGIN, END, tables()), (COSTS_BEGIN, COSTS_END, costs())):
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"
    README.write_text(text)


if __name__ == "__main__":
    main()
