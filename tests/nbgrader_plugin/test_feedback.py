"""`c.ConvGrade.feedback`: how much of a verdict people read, from the setting to the card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from common import QUICK, blank, cell
from pour import pour, released, sections

from autograder import notebook
from autograder.course.settings import CONFIG, LEVELS, CourseError, load_config, read_settings
from autograder.grading.worker import Worker
from autograder.judge import card
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.judge.unjudged import refuse
from autograder.submission.restore import restore

NAME = "1_convolve2d"


def job(level, notebook_name=NAME, **changes):
    """Student-06, whose kernel is flipped; only `convolve2d` is judged."""
    poured = pour(released("conv2d", notebook_name), sections("conv2d", "student-06"))
    restored = restore(blank("conv2d", notebook_name), poured).notebook
    made = Job("conv2d", notebook_name, "student-06", "5eed" * 16, restored, limits=QUICK, feedback=level)
    return replace(made, **{"only": "convolve2d"} | changes)


def card_of(nb):
    [found] = [each for each in nb["cells"] if notebook.grade_id(each) == "test_convolve2d"]
    return found["outputs"][0]["data"]["text/html"]


def test_everything_is_shown_unless_the_course_says_otherwise():
    assert read_settings({}).feedback == "full"
    assert Job("a", "n", "s", "00", {"cells": []}).feedback == "full"


@pytest.mark.parametrize("level", LEVELS)
def test_a_course_may_choose_the_level(tmp_path, level):
    (tmp_path / CONFIG).write_text(f"c = get_config()\nc.ConvGrade.feedback = {level!r}\n")
    assert read_settings(load_config(tmp_path)).feedback == level


@pytest.mark.parametrize("wrong", ["Full", "", "none", None, 1, ["hint"]])
def test_another_level_is_refused_and_the_three_are_named(wrong):
    with pytest.raises(CourseError, match=r"c\.ConvGrade\.feedback .*full, hint, score"):
        read_settings({"feedback": wrong})


@pytest.fixture(scope="module")
def judged(best_place):
    """Notebook with cards and verdict, by level."""
    done = {level: judge(job(level), best_place) for level in LEVELS}
    return {
        level: (card.attach(nb, verdict, feedback=level), verdict) for level, (nb, verdict) in done.items()
    }


def test_the_verdict_is_the_same_at_every_level(judged):
    full, hint, score = (judged[level][1] for level in LEVELS)
    assert full == hint == score
    failed = [check for check in cell(full, "convolve2d").checks if check.status == "failed"]
    assert [check.misconception for check in failed] == ["convolve2d/flipped"]
    assert failed[0].counterexample.window.terms


def test_the_notebook_shows_what_the_level_allows(judged):
    full, hint, score = (card_of(judged[level][0]) for level in LEVELS)
    assert all("convolve2d: 12 of 14 points" in each for each in (full, hint, score))
    assert all("not flipped, not rotated" in each for each in (full, hint, score))
    assert "rotated by 180 degrees" in full
    assert "rotated by 180 degrees" in hint
    assert "rotated by 180 degrees" not in score
    assert "belongs to the window" in full
    assert not any(words in hint + score for words in ("np.array", "<table>", "belongs to the window"))


def test_no_other_output_tells_what_the_card_withholds(judged):
    [found] = [each for each in judged["score"][0]["cells"] if notebook.grade_id(each) == "test_convolve2d"]
    assert [output["data"]["text/plain"] for output in found["outputs"]] == ["12.0"]


def test_the_level_travels_with_the_job_to_the_judges_process():
    worker = Worker(read_settings({"call_seconds": QUICK.call_seconds, "feedback": "score"}))
    try:
        nb, found = worker.judge(job("hint"))
    finally:
        worker.close()
    assert cell(found, "convolve2d").score == 12
    assert "rotated by 180 degrees" in card_of(nb)
    assert "<table>" not in card_of(nb)


def test_a_refusal_is_explained_at_the_lowest_level():
    refused = job("score")
    nb = card.attach(refused.notebook, refuse(refused, "the disk is full"), feedback="score")
    assert "the disk is full" in card_of(nb)
