"""Every attack of the corpus for real: never above the honest mark, nothing changed, nobody left."""

from __future__ import annotations

import json
import re

import pytest
from attacks import corpus
from common import PLACES, TIERS

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
LIVE = re.compile(r"<(script|svg|img|iframe|object|embed|meta|link|base|form)\b", re.IGNORECASE)
TEXTS, PICTURES = {"text/plain"}, {"image/png", "image/gif"}
ATTACKS = corpus.attacks()
RUNS = [(attack, place) for attack in ATTACKS for place in PLACES]


def texts(value):
    """All texts in an output, pictures aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in PICTURES:
                yield key
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def test_the_corpus_is_complete():
    assert len(ATTACKS) >= 90
    assert {attack.family for attack in ATTACKS} == set(corpus.FAMILIES)
    for attack in ATTACKS:
        assert set(attack.header) >= {"Attack", "Wants", "Honest mark"}, attack.name
        assert 0 <= attack.honest <= 22, attack.name


@pytest.mark.parametrize(("attack", "place"), RUNS, ids=[f"{a.name}-{place}" for a, place in RUNS])
def test_the_attack_gets_nowhere(grading, attack, place):
    if reason := TIERS[PLACES[place][0]].missing():
        pytest.skip(f"{place} is not available here: {reason}")
    try:
        result = grading[attack.name, place].result()
    except Exception:
        corpus.RESULTS.append(corpus.Result(attack, place))
        raise
    corpus.RESULTS.append(result)
    verdict = result.verdict
    assert verdict is not None
    troubles = [
        *([f"{verdict.score} of {attack.honest} points"] if verdict.score > attack.honest else []),
        *(f"the grader failed: {c.message} {c.checks}" for c in verdict.cells if c.status == "grader_error"),
        *([f"status {verdict.status}"] if verdict.status == "grader_error" else []),
        *(f"changed: {path}" for path in result.changes),
        *(f"left running: {text}" for text in result.left),
        *([f"{result.seconds:.1f} s"] if result.seconds > corpus.WALL_SECONDS else []),
        *([f"{result.memory >> 10} MiB in the judge"] if result.memory > corpus.MEMORY else []),
        *([f"the next one had {result.next_mark} of 4"] if result.next_mark != 4 else []),
        *_in_what_is_kept(result),
    ]
    assert troubles == []


def _in_what_is_kept(result):
    kept = json.dumps([output for _, output in result.outputs])
    report = json.dumps(result.verdict.to_json())
    if len(kept) + len(report) > corpus.KEPT:
        yield f"{len(kept) >> 20} MB of outputs, {len(report) >> 20} MB of verdict"
    if corpus.MARK in kept + report:
        yield "something from outside was read"
    for of_a_test, output in result.outputs:
        mimes = set(output.get("data", {}))
        if mimes - TEXTS - PICTURES - ({"text/html"} if of_a_test else set()):
            yield f"outputs of the kinds {sorted(mimes)}"
        if any(FORBIDDEN.search(text) for text in texts(output)):
            yield "control characters in an output"
        if LIVE.search(output.get("data", {}).get("text/html", "")):
            yield "live tags on a card"
    if any(FORBIDDEN.search(text) for text in texts(result.verdict.to_json())):
        yield "control characters in the verdict"


@pytest.mark.parametrize("place", PLACES)
def test_after_all_of_them_an_honest_submission_has_full_marks(grading, place):
    if ("", place) not in grading:
        pytest.skip(f"{place} is not available here, or no attack was chosen")
    assert grading["", place].result() == 22


def test_the_readme_says_how_many_there_are():
    readme = (corpus.ROOT / "README.md").read_text()
    assert f"attacks: {len(ATTACKS)}, above the honest mark: 0, changes outside: 0" in readme
    assert f"make attacks   # {len(ATTACKS)} hostile submissions" in readme
