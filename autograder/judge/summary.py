"""Show a verdict in a terminal; from plain data, because what makes a verdict of it takes long to load."""

from __future__ import annotations

from typing import Any

from autograder.notebook.words import in_words


def summary(verdict: dict[str, Any]) -> str:
    """Return the verdict, as `Verdict.to_json` gives it, as text for a terminal."""
    whose = f"{verdict['assignment']}/{verdict['notebook']}, {verdict['student']}"
    lines = [f"{whose}: {verdict['score']:g} of {verdict['max_score']:g}"]
    lines += [f"  note: {note}" for note in verdict["notes"]]
    for cell in verdict["cells"]:
        points = f"{cell['score']:g} of {cell['max_score']:g}"
        lines.append(f"  {cell['function']}: {points} ({cell['status']})")
        if cell["message"]:
            lines.append(f"    {cell['message']}")
        for result in cell["checks"]:
            if result["status"] == "passed":
                continue
            lines += [f"    {result['status']}: {result['title']}", f"      {result['message']}"]
            if example := result["counterexample"]:
                lines += [f"      {line}" for line in _shown(example, cell["function"])]
    return "\n".join(lines)


def _shown(example: dict[str, Any], function: str) -> list[str]:
    """Return the lines for one call, or for an example that a student wrote of another function."""
    call, arguments = example["call"], example["arguments"]
    written = arguments and not call.startswith(f"{function}(")
    lines = [f"{'your example is' if written else 'called'} {call}"] if arguments else []
    lines += [f"  {name} = {in_words(value)}" for name, value in arguments.items()]
    if example.get("expected") is not None:
        expected, got = in_words(example["expected"]), in_words(example["got"])
        lines.append(
            f"  right is {expected}, you wrote {got}" if written else f"  expected {expected}, got {got}"
        )
    elif not arguments and "got" in example:
        lines.append(f"your {call} is {in_words(example['got'])}")
    return lines
