"""Checks of the examples that students write of a function before they write it.

Right implementations say whether an example is right, wrong ones of the bank say what the examples notice:
one for each aspect, named by it and never shown. A wrong example costs the check `valid` and notices nothing;
the others still count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autograder.checks import exercise
from autograder.checks.answer import Answer
from autograder.checks.check import Check, check
from autograder.checks.example_list import Example, Said, Subject, checks_of
from autograder.checks.local import call_locally
from autograder.checks.mistakes import Misconception, misconceptions_of
from autograder.sandbox.call import Call

NOTICES = "notices_"
"""What the ids of checks begin with that ask whether an example notices something."""
LEAST = 3  # examples


def examples_of(
    function: str, aspects: Mapping[str, str] | None = None, *, by: str = "", lesson: Sequence[Call] = ()
) -> dict[str, Check]:
    """Return checks of a list of examples of `function`, by their names, for a module of hidden tests.

    `aspects` are names of wrong implementations in its bank, each with the end of the sentence "An example
    notices ...". Without them there is one for each check of the function whose killers notice one.
    A quarter of the points, which are 2 in all, is for `valid`.
    """
    subject = Subject(function, by, lesson)
    chosen = _chosen(function, aspects) if aspects else dict(_by_default(subject))
    found = [_valid(subject)]
    found += [
        _noticed(subject, name, entry, what, 1.5 / len(chosen)) for name, (entry, what) in chosen.items()
    ]
    return {each.id: each for each in found}


def _valid(subject: Subject) -> Check:
    def valid(answer: Answer) -> None:
        """Every example is right, and at least three of them are your own."""
        right, wrong = subject.read(answer.value)
        if wrong:
            raise wrong[0]
        if len(right) < LEAST:
            said = f"Examples of your own: {len(right)}. Write {LEAST} at least."
            raise Said(f"{said} The lesson's do not count, and a call counts once.", subject.function)

    why = "What an example says has to be true; right implementations decide."
    return check(points=0.5, why=why)(valid)


def _noticed(subject: Subject, name: str, entry: Misconception, what: str, points: float) -> Check:
    def body(answer: Answer) -> None:
        right, _ = subject.read(answer.value)
        if not subject.is_noticed(entry, right):
            raise Said("No example of yours does.", subject.function)  # what the title says

    body.__name__, body.__doc__ = f"{NOTICES}{name.replace('-', '_')}", f"An example catches {what}."
    return check(points=points, why="Whoever thinks of it beforehand does not fall for it.")(body)


def _chosen(function: str, aspects: Mapping[str, str]) -> dict[str, tuple[Misconception, str]]:
    bank = {entry.id.partition("/")[2]: entry for entry in misconceptions_of(function)}
    return {name: (bank[name], what) for name, what in aspects.items()}


def _by_default(subject: Subject) -> Iterator[tuple[str, tuple[Misconception, str]]]:
    """Yield, for each check, the first wrong implementation about it that some killer notices."""
    found = checks_of(subject.module)
    examples = [Example(call, "") for each in found.values() for call in each.killers]
    examples += [
        Example(call, call_locally(exercise.right(subject.function), [call])[0].raised[0])
        for each in found.values()
        for call in each.illegal.values()
    ]
    for name, each in found.items():
        about = [entry for entry in misconceptions_of(subject.function) if entry.aspect == name]
        shown = (entry for entry in about if any(subject.notices(entry, example) for example in examples))
        if entry := next(shown, None):
            yield name, (entry, f"a function that fails in this: {each.title.rstrip('.')}")
