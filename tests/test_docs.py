"""The documentation is true: links, commands and names in it exist, and its English is natural."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import notebooks_without_outputs
import pytest
import yaml
from common import ROOT
from nbgrader.apps.nbgraderapp import NbGraderApp

from autograder import cli

PHRASES = re.compile(
    r"of a student's|of ours|\banew\b|waits for a human|wait for a human|left aside|\bmended\b|\bfor who "
    r"|\bstands? (at|in|on|below|beside) the\b|on a good way|c[ao]me to an end|put into nbgrader's road"
    r"|what is said above"
)
WRITTEN_BY_STUDENTS = ("tests/tools/samples/", "right_styles.py")
QUESTIONS = {
    "the time limit of a call": ("autograder/sandbox/limits.py", "call_seconds: float"),
    "a Canvas name taken apart": ("autograder/lms/names.py", "def canvas_owners"),
    "the sentence about a flipped kernel": (
        "autograder/exercises/convolve2d/misconceptions.py",
        "Your kernel is rotated by 180 degrees",
    ),
    "random inputs drawn": ("autograder/checks/draw.py", "st.composite"),
    "it decided that a submission is unchanged": ("autograder/judge/fingerprint.py", "def differences"),
    "a lost kernel replaced": ("autograder/judge/notebook_run.py", "except KernelLost"),
    "cells of a broken notebook matched": ("autograder/submission/match.py", "def match"),
    "the class report's table": ("autograder/results/report/table.py", "def rows"),
    "the place where nbgrader calls convgrade": (
        "autograder/nbgrader_plugin/preprocessors.py",
        "def preprocess",
    ),
    "the network refused": ("autograder/sandbox/tiers.py", "--unshare-all"),
}


@cache
def tracked(*patterns):
    """Return the files of the repository; those of a clone's folder where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    hidden = re.compile(r"(^|/)(\.venv|\.venv-peers|demo|build|node_modules)/")
    found = (path.relative_to(ROOT).as_posix() for pattern in patterns for path in ROOT.rglob(pattern))
    return sorted(name for name in found if not hidden.search(name))


PAGES = [name for name in tracked("*.md") if not name.startswith(".github/")]


def text_of(name):
    return (ROOT / name).read_text()


def code_of(name):
    """Return every line of code in a page: in fences, indented, or between backticks."""
    text = text_of(name)
    fences = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = [*fences, *re.findall(r"^ {4}(.*)$", text, re.MULTILINE), *re.findall(r"`([^`\n]+)`", text)]
    return [line for block in found for line in block.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_points_to_a_file(page):
    for link in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text_of(page)):
        target = (ROOT / page).parent.joinpath(link).resolve().relative_to(ROOT)
        assert (ROOT / target).exists(), f"{page}: {link}"


@pytest.mark.parametrize("page", PAGES)
def test_every_target_subcommand_and_option_exists(page):
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    for line in code_of(page):
        if found := re.match(r"make ([a-z][a-z-]*)", line):
            assert found[1] in targets, f"{page}: {line}"
        if found := re.match(r"convgrade ([a-z]+)([^#]*)", line):
            assert found[1] in cli.main.commands, f"{page}: {line}"
            command = cli.main.commands[found[1]]
            leaves = getattr(command, "commands", {"": command}).values()
            known = {option for leaf in leaves for each in leaf.params for option in each.opts}
            assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", found[2])) <= known, f"{page}: {line}"


@pytest.mark.parametrize("page", PAGES)
def test_every_subcommand_of_nbgrader_exists(page):
    named = {found[1] for line in code_of(page) if (found := re.match(r"nbgrader ([a-z_]+)", line))}
    assert named <= set(NbGraderApp.subcommands) - {"formgrade"}  # which only says that it is gone


def test_the_image_is_made_of_all_that_the_package_holds():
    """Files that a wheel installs and the Dockerfile does not copy stop the build."""
    setuptools = tomllib.loads(text_of("pyproject.toml"))["tool"]["setuptools"]
    installed = [each for patterns in setuptools["data-files"].values() for each in patterns]
    needed = {
        each.split("/")[0].rstrip("*") for each in (*installed, *setuptools["packages"]["find"]["include"])
    }
    copied = re.findall(r"^COPY (.+) \S+$", text_of("Dockerfile"), re.MULTILINE)
    assert needed <= {name for names in copied for name in names.split()}


def test_the_readme_is_short_and_shows_what_people_get():
    lines = text_of("README.md").splitlines()
    assert len(lines) <= 150
    pictures = re.findall(r"!\[([^\]]{40,})\]\((docs/images/[\w-]+\.png)\)", "\n".join(lines))
    assert len(pictures) == 2
    assert all((ROOT / path).stat().st_size < 200_000 for _, path in pictures)


def test_every_page_of_docs_is_linked_from_the_readme():
    readme = text_of("README.md")
    assert all(f"({page})" in readme for page in PAGES if page.startswith("docs/"))


def test_every_promise_of_security_names_tests_that_exist():
    text = (ROOT / "SECURITY.md").read_text()
    written = "".join((ROOT / name).read_text() for name in tracked("tests/*.py"))
    rows = re.findall(r"^\| (?!promise|attack \||-).*\|$", text, re.MULTILINE)
    assert len(rows) >= 14
    for row in rows:
        assert re.search(r"`(test_\w+|[\w*/]+\.py)`", row.split("|")[-2]), row
    for name in re.findall(r"`(test_\w+)`", text):
        assert f"def {name}(" in written, name
    for pattern in re.findall(r"`(attacks/[\w*]+\.py)`", text):
        assert list((ROOT / "tests").glob(pattern)), pattern


def test_the_english_is_natural():
    ours = [
        name
        for name in tracked("*.md", "*.py", "*.html")
        if name not in {"tests/test_docs.py", "tests/lessons/test_plain_english.py"}
        and not any(part in name for part in WRITTEN_BY_STUDENTS)
    ]
    found = {name: [match[0] for match in PHRASES.finditer(text_of(name))] for name in ours}
    assert {name: phrases for name, phrases in found.items() if phrases} == {}


def test_the_versions_agree():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^version: {re.escape(version)}$", text_of("CITATION.cff"), re.MULTILINE)
    assert f"## [{version}]" in text_of("CHANGELOG.md")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_newcomer_finds_the_file_by_its_name(question):
    path, words = QUESTIONS[question]
    assert words in text_of(path)


def test_the_grader_has_few_rooms():
    entries = {name.split("/")[1] for name in tracked("autograder")} - {"__init__.py", "__main__.py"}
    assert 0 < len(entries) <= 13


def test_hooks_and_templates_can_be_read():
    names = [".pre-commit-config.yaml", *tracked(".github")]
    found = {name: yaml.safe_load(text_of(name)) for name in names}
    assert ".ci/run" in str(found[".github/workflows/ci.yml"])
    for hook in found[".pre-commit-config.yaml"]["repos"][0]["hooks"]:
        script = re.search(r"tests/\S+\.py", hook["entry"])
        assert script is None or (ROOT / script[0]).is_file()
    assert sum("ISSUE_TEMPLATE" in name for name in names) == 4


def test_the_notebooks_have_no_outputs_and_one_that_has_is_noticed(tmp_path):
    for path in (ROOT / name for name in tracked("source/*.ipynb", "release/*.ipynb")):
        assert list(notebooks_without_outputs.executed_cells(path)) == []
    cell = {"cell_type": "code", "id": "ran", "outputs": [], "execution_count": 3, "source": ""}
    (tmp_path / "executed.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert list(notebooks_without_outputs.executed_cells(Path(tmp_path, "executed.ipynb"))) == ["ran"]
