"""The `convgrade` command, run as users run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pour import pour, released, sections

CONVGRADE = Path(sys.executable).with_name("convgrade")


def run(*arguments, cwd):
    return subprocess.run([CONVGRADE, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def submission(tmp_path_factory):
    path = tmp_path_factory.mktemp("handed-in") / "1_convolve2d (1).ipynb"
    path.write_text(json.dumps(pour(released("conv2d", "1_convolve2d"), sections("conv2d", "student-08"))))
    return path


def test_who_records_does_not_load_what_only_a_judge_needs():
    code = (
        "import sys, autograder.cli, autograder.nbgrader_plugin.autograde\n"
        "print({'pytest', 'hypothesis', 'IPython'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_judge_starts_its_sandbox_before_it_loads_what_judging_needs():
    code = (
        "import sys, autograder.grading.judge_process, autograder.sandbox.tiers as tiers\n"
        "from autograder.sandbox.trial import choose\n"
        "class Started(Exception): pass\n"
        "def start(*_): raise Started({'numpy', 'pytest', 'hypothesis', 'jinja2'} & set(sys.modules))\n"
        "tiers.TIERS = (tiers.Tier('any', lambda: None, start, None),)\n"
        "try: choose(('any',), meanwhile=sys.exit)\n"
        "except Started as started: print(*started.args)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_check_prints_the_same_json_twice(course, submission):
    first, second = (run("check", str(submission), "--json", "--student", "a", cwd=course) for _ in range(2))
    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    verdict = json.loads(first.stdout)
    assert set(verdict) == {
        *(
            "assignment",
            "notebook",
            "student",
            "status",
            "score",
            "max_score",
            "sandbox",
            "seed",
            "notes",
            "cells",
        ),
    }
    assert (verdict["assignment"], verdict["notebook"], verdict["student"]) == ("conv2d", "1_convolve2d", "a")
    assert (verdict["score"], verdict["max_score"]) == (21, 24)
    assert set(verdict["cells"][0]["checks"][0]) == {
        *("id", "title", "points", "earned", "status", "message", "misconception", "counterexample"),
    }


def test_check_says_what_failed_on_which_input(course, submission):
    done = run("check", str(submission), cwd=course)
    assert "21 of 24" in done.stdout
    assert "called output_size(" in done.stdout
    assert "stride=" in done.stdout


def test_check_judges_one_function_alone(course, submission):
    verdict = json.loads(run("check", str(submission), "--json", "-k", "zero", cwd=course).stdout)
    assert [cell["function"] for cell in verdict["cells"]] == ["zero_pad"]
    assert (verdict["score"], verdict["max_score"]) == (4, 4)


def test_a_name_that_no_function_has_is_told_with_those_there_are(course, submission):
    done = run("check", str(submission), "-k", "pool", cwd=course)
    assert done.returncode == 2
    assert "no function of 1_convolve2d is named like 'pool'; it has output_size, " in done.stderr


def test_a_file_that_is_no_notebook_has_a_verdict_too(course, tmp_path):
    path = tmp_path / "1_convolve2d.ipynb"
    path.write_text("{ not json")
    done = run("check", str(path), "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["status"], verdict["score"], verdict["max_score"]) == ("unreadable", 0, 24)
    assert "not JSON" in verdict["notes"][0]


def test_outside_a_course_it_says_so(submission, tmp_path):
    done = run("check", str(submission), cwd=tmp_path)
    assert done.returncode == 2
    assert "nbgrader_config.py" in done.stderr


def test_an_unknown_notebook_is_named(course, tmp_path):
    path = tmp_path / "holiday.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    done = run("check", str(path), cwd=course)
    assert (done.returncode, "holiday.ipynb" in done.stderr) == (2, True)


def test_an_unknown_setting_is_named(course, submission, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.ConvGrade.memroy = 1\n")
    done = run("check", str(submission), "--course", str(tmp_path), cwd=course)
    assert (done.returncode, "memroy" in done.stderr, "memory" in done.stderr) == (2, True, True)
