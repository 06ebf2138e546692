"""Who may import whom: the walls that keep the judge's secrets, and nbgrader, where they belong."""

from __future__ import annotations

import ast
import sys
from graphlib import TopologicalSorter

import pytest
from common import ROOT

INSIDE = ROOT / "autograder" / "sandbox" / "inside"
OFFERED = {*sys.stdlib_module_names, "numpy", "pandas", "PIL", "IPython", "traitlets"}
LAYERS = (  # each imports from those before it and from itself
    {"memory"},
    {"notebook", "sandbox"},
    {"checks", "course"},
    {"exercises"},
    {"judge"},
    {"submission"},
    {"grading"},
    {"results"},
    {"lms", "nbgrader_plugin"},
    {"cli"},
)
KNOW_NBGRADER = ("results/marks.py", "results/group_marks.py", "lms/", "nbgrader_plugin/")


def modules(folder):
    """Return every module under a folder of the project, by its path."""
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path):
    """Return the full names of what a module imports, wherever and however: `from a import b` is `a.b`."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def roots(path):
    """Return the packages a module imports from."""
    return {name.split(".")[0] for name in imported(path)}


def part(name):
    """Return the package of `autograder` that a full name belongs to; empty for `autograder` and others."""
    first, _, rest = name.partition(".")
    return rest.split(".")[0] if first == "autograder" else ""


def test_imports_are_seen_wherever_they_stand():
    seen = set(imported(INSIDE / "zygote.py"))
    assert {"json", "numpy", "autograder.sandbox.inside.wire"} <= seen
    assert "PIL.ImageFont" in seen


@pytest.mark.parametrize("path", modules(INSIDE), ids=lambda path: path.stem)
def test_what_runs_beside_the_student_imports_nothing_of_the_judges(path):
    others = {
        name for name in imported(path) if name.split(".")[0] not in OFFERED and ".inside." not in f"{name}."
    }
    assert not others


def test_the_reference_knows_no_grader():
    assert not [path for path in modules("reference") if "autograder" in roots(path)]


def test_one_place_for_marks_one_for_the_lms_and_the_plugin_know_nbgrader():
    base = ROOT / "autograder"
    knowing = [path.relative_to(base).as_posix() for path in modules(base) if "nbgrader" in roots(path)]
    assert knowing
    assert [path for path in knowing if not path.startswith(KNOW_NBGRADER)] == []


@pytest.mark.parametrize("folder", ["autograder", "reference"])
def test_what_is_installed_imports_no_test(folder):
    tests = {"tests", *(path.stem for path in modules("tests"))}
    assert not [path for path in modules(folder) if roots(path) & tests]


def test_every_package_has_its_layer():
    there = {path.stem for path in (ROOT / "autograder").iterdir() if path.stem.strip("_") == path.stem}
    assert there == set().union(*LAYERS)


@pytest.mark.parametrize("layer", range(len(LAYERS)), ids=[" ".join(sorted(each)) for each in LAYERS])
def test_a_package_imports_itself_and_those_below(layer):
    below = set().union(*LAYERS[:layer])
    for name in LAYERS[layer]:
        base = ROOT / "autograder" / name
        for path in [base.with_suffix(".py")] if base.with_suffix(".py").is_file() else modules(base):
            assert {part(each) for each in imported(path)} - {""} <= below | {name}, path


def test_no_modules_import_each_other_in_a_circle():
    paths = [*modules("autograder"), *modules("reference")]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    imports = {name: {*imported(path)} for name, path in names.items()}
    found = {
        name: {each for each in names if each in wanted or any(w.startswith(f"{each}.") for w in wanted)}
        for name, wanted in imports.items()
    }
    assert len(list(TopologicalSorter(found).static_order())) == len(names)
