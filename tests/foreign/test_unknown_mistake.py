"""A course folder, a class with a mistake that nobody foresaw: `convgrade mistakes` leads to its name."""

from __future__ import annotations

import html
import json

import commands
import pytest

pytestmark = pytest.mark.slow
CODE = """\
def word_count(text):
    words = text.lower().split()
    if not words:
        raise ValueError("no words")
    return {word: RESULT for word in words}
"""
UNKNOWN = "words.count(word) + (len(words) > 1)"
RESULTS = {
    **{f"student-{number:02}": UNKNOWN for number in range(1, 21)},
    "student-07": "sum([words.count(word), len(words) > 1])",
    "student-21": "1",  # a known mistake
    "student-22": "1",
    "student-23": "words.count(word) + 1",  # alone
    "student-24": "words.count(word)",
}
SHARE = [f"student-{number:02}" for number in range(1, 21)]
SENTENCE = "You count one too many where there are several words."


def run(folder, *command, code=0):
    done = commands.run(folder, *command)
    assert done.returncode == code, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout + done.stderr


def hand_in(root):
    released = (root / "release/words/1_words.ipynb").read_text()
    for student, result in RESULTS.items():
        nb = json.loads(released)
        (cell,) = [each for each in nb["cells"] if each["id"] == "word-count"]
        cell["source"] = CODE.replace("RESULT", result)
        folder = root / "submitted" / student / "words"
        folder.mkdir(parents=True)
        (folder / "1_words.ipynb").write_text(json.dumps(nb))


def test_an_entry_for_a_mistake_of_twenty_names_all_of_them_and_no_other(tmp_path):
    run(tmp_path, "convgrade", "init", "course")
    root = tmp_path / "course"
    run(root, "nbgrader", "generate_assignment", "words")
    hand_in(root)
    assert "24 notebooks of 24 students" in run(root, "convgrade", "grade", "words")
    proposal = run(root, "convgrade", "mistakes", "words")
    assert f"20 students, the same wrong results for the same calls: {', '.join(SHARE)}." in proposal
    comments, entry = proposal.split("@mistakes", 1)
    code = (
        comments.split("# def word_count(text):\n")[1]
        .split("\n#\n")[0]
        .replace("\n# ", "\n")
        .removeprefix("# ")
    )
    head = f"@mistakes{entry}".rpartition("    raise")[0].replace("name_it", "one_more")
    table = root / "exercises/word_count/misconceptions.py"
    head = head.replace("Say what they do and what is asked for.", SENTENCE)
    table.write_text(f"{table.read_text()}\n\n{head}{code}\n")
    run(root, "convgrade", "exercise", "test", "word_count")
    run(root, "convgrade", "grade", "words")
    run(root, "convgrade", "report", "words")
    page = html.unescape((root / "reports/words.html").read_text())
    teach = page.partition("<h2>What to teach</h2>")[2].partition("</ol>")[0]
    assert f"word_count: {SENTENCE}</b> 20 students" in teach
    assert "Explained in 1_words, “word_count” (cell <code>word-count-text</code>)" in teach
    run(root, "nbgrader", "generate_feedback", "words", "--student", "student-01")
    feedback = (root / "feedback/student-01/words/1_words.html").read_text()
    on_top = feedback.partition("Your notebook")[0]
    assert SENTENCE in on_top
    assert 'href="#cell-id=word-count-text"' in on_top
    named = {}
    for student in RESULTS:
        verdict = json.loads((root / f"autograded/{student}/words/1_words.verdict.json").read_bytes())
        named[student] = {check["misconception"] for check in verdict["cells"][0]["checks"]} - {None}
    assert [student for student, found in named.items() if "word_count/one-more" in found] == SHARE
    assert named["student-21"] == {"word_count/once"}
    assert named["student-23"] == named["student-24"] == set()
    assert "no two students share a failure" in run(root, "convgrade", "mistakes", "words", code=2)
