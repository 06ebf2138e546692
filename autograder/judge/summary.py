"""A verdict for a terminal."""

from __future__ import annotations

from autograder.judge.verdict import Verdict


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
