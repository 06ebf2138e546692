"""Show a verdict in a terminal."""

from __future__ import annotations

from autograder.checks.values import in_words
from autograder.judge.verdict import Verdict


def summary(verdict: Verdict) -> str:
    """Return the verdict as text for a terminal."""
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
                lines.append(f"      called {example.call}")
                lines += [f"        {name} = {in_words(value)}" for name, value in example.arguments.items()]
                if example.expected is not None:
                    expected, got = in_words(example.expected), in_words(example.got)
                    lines.append(f"        expected {expected}, got {got}")
    return "\n".join(lines)
