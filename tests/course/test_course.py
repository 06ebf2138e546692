"""A course folder: its secret, its read_settings, its sources, the files beside notebooks."""

from __future__ import annotations

import json
import os
import shutil
import stat

import pytest
from common import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.course.seeds import SECRET, SETS, student_seed
from autograder.course.settings import CONFIG, CourseError, Settings, load_config, read_settings
from autograder.course.sources import earlier_functions, find_root, find_source, side_files, skeleton
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import PACKAGES

NAME = "1_convolve2d"
RELEASED = json.loads((ROOT / f"release/conv2d/{NAME}.ipynb").read_bytes())


@pytest.fixture
def root(tmp_path):
    shutil.copy(ROOT / CONFIG, tmp_path)
    shutil.copytree(ROOT / "source", tmp_path / "source")
    return tmp_path


@pytest.fixture(scope="module")
def other_root(tmp_path_factory):
    return tmp_path_factory.mktemp("other")


# ---------------------------------------------------------------------------------------- secret


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    first = student_seed(tmp_path, "ada", "conv2d")
    path = tmp_path / SECRET
    made = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made.strip()) == 64
    assert student_seed(tmp_path, "ada", "conv2d") == first
    assert path.read_text() == made


def test_an_open_umask_does_not_open_the_secret(tmp_path):
    before = os.umask(0)
    try:
        student_seed(tmp_path, "ada", "conv2d")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / SECRET).stat().st_mode) == 0o600


def test_a_seed_is_hexadecimal_and_does_not_show_the_secret(tmp_path):
    found = student_seed(tmp_path, "ada", "conv2d")
    assert len(bytes.fromhex(found)) == 32
    assert found not in (tmp_path / SECRET).read_text()


def test_seeds_are_those_of_the_secret_for_ever(tmp_path):
    (tmp_path / SECRET).write_text("0" * 64 + "\n")
    assert (
        student_seed(tmp_path, "ada", "conv2d")
        == "90c598accd0c5a5ae9dea672c401ac616159acadb3923fe7253fb1a993060d71"
    )


def test_another_secret_gives_other_seeds(tmp_path, other_root):
    assert student_seed(tmp_path, "ada", "conv2d") != student_seed(other_root, "ada", "conv2d")


names = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(names, names, names)
def test_seeds_differ_by_assignment(other_root, student, one, other):
    assume(one != other)
    assert student_seed(other_root, student, one) != student_seed(other_root, student, other)
    assert student_seed(other_root, student, one) == student_seed(other_root, student, one)


def test_a_class_shares_a_few_sets_of_inputs_and_the_secret_says_who_has_which(tmp_path, other_root):
    def same_set(root):
        seeds = [student_seed(root, f"student-{number}", "conv2d") for number in range(200)]
        assert len(set(seeds)) == SETS
        assert max(map(seeds.count, seeds)) < 3 * len(seeds) / SETS
        return [seed == seeds[0] for seed in seeds]

    assert same_set(tmp_path) != same_set(other_root)


@pytest.mark.parametrize("text", ["", "\n", "short", " " * 64])
def test_a_secret_too_short_is_refused_with_the_remedy(tmp_path, text):
    (tmp_path / SECRET).write_text(text)
    with pytest.raises(CourseError, match="delete it"):
        student_seed(tmp_path, "ada", "conv2d")


# -------------------------------------------------------------------------------------- read_settings


def test_an_empty_section_means_the_defaults():
    assert read_settings({}) == Settings()


def test_settings_are_taken_over():
    found = read_settings({"call_seconds": 1.5, "memory": 7, "tiers": ["bubblewrap"], "packages": ["numpy"]})
    assert found.limits == Limits(call_seconds=1.5, memory=7)
    assert (found.tiers, found.packages) == (("bubblewrap",), PACKAGES)


def test_packages_are_added_to_those_that_every_lesson_needs():
    assert read_settings({"packages": ["pandas"]}).packages == (*PACKAGES, "pandas")
    with pytest.raises(CourseError, match="packages is 'pandas'; it must be a list of names"):
        read_settings({"packages": "pandas"})


@pytest.mark.parametrize("name", ["call_second", "limits", "", "Tiers"])
def test_an_unknown_setting_is_refused_and_the_known_ones_are_named(name):
    with pytest.raises(CourseError) as caught:
        read_settings({"memory": 7, name: 1})
    assert f"c.ConvGrade.{name} is not a setting" in str(caught.value)
    assert all(known in str(caught.value) for known in ("call_seconds", "memory", "tiers", "packages"))


def test_the_section_of_the_course_is_read_from_its_file(tmp_path):
    (tmp_path / CONFIG).write_text("c = get_config()\nc.ConvGrade.call_seconds = 9.0\n")
    assert read_settings(load_config(tmp_path)).limits.call_seconds == 9.0


def test_a_course_may_set_nothing_of_ours(tmp_path):
    (tmp_path / CONFIG).write_text("c = get_config()\n")
    assert load_config(tmp_path) == {}


# --------------------------------------------------------------------------------- root and source


def test_the_root_is_found_from_within(root):
    deep = root / "submitted" / "ada" / "conv2d"
    deep.mkdir(parents=True)
    assert [find_root(folder) for folder in (root, deep, deep / "missing")] == [root] * 3


def test_outside_a_course_the_message_says_what_is_missing(tmp_path):
    with pytest.raises(CourseError, match=r"not a course folder.*nbgrader_config\.py"):
        find_root(tmp_path)


def test_a_folder_of_the_configs_name_is_no_course(root):
    (root / "sub" / CONFIG).mkdir(parents=True)
    assert find_root(root / "sub") == root


def test_a_source_is_found_by_name_whatever_its_cells(root):
    for cells in ([], RELEASED["cells"], [None, 5, {}]):
        found = find_source(root, NAME, cells)
        assert found == ("conv2d", NAME, root / "source" / "conv2d" / f"{NAME}.ipynb")


@pytest.mark.parametrize("name", [f"{NAME} (1)", f"{NAME}-Copy1", "Untitled", "ada_homework", ""])
def test_a_renamed_file_is_found_by_its_grade_ids(root, name):
    assert find_source(root, name, RELEASED["cells"])[:2] == ("conv2d", NAME)


def second_source(root, grade_ids):
    cells = [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name}}} for name in grade_ids]
    (root / "source" / "arithmetic").mkdir()
    (root / "source" / "arithmetic" / "2_more.ipynb").write_text(json.dumps({"cells": cells}))
    return cells


def test_the_source_that_shares_most_grade_ids_wins(root):
    cells = second_source(root, ["dilate", "zero_pad", "test_dilate"])
    assert find_source(root, "x", cells)[:2] == ("arithmetic", "2_more")
    assert find_source(root, "x", RELEASED["cells"])[:2] == ("conv2d", NAME)


def test_the_name_goes_before_the_grade_ids(root):
    cells = second_source(root, ["dilate", "zero_pad"])
    assert find_source(root, NAME, cells)[:2] == ("conv2d", NAME)


@pytest.mark.parametrize("odd", [None, [], {}, 7, {"nbgrader": 5}, {"nbgrader": {"grade_id": ["zero_pad"]}}])
def test_odd_cells_do_not_disturb_the_search(root, odd):
    cells = [{"metadata": odd}, {}, None, *RELEASED["cells"]]
    assert find_source(root, "x", cells)[1] == NAME


def test_a_notebook_that_fits_nowhere_is_refused_with_its_name(root):
    with pytest.raises(CourseError, match=r"homework\.ipynb"):
        find_source(root, "homework", [])


def test_a_course_without_sources_is_refused_too(tmp_path):
    with pytest.raises(CourseError, match="no source notebook"):
        find_source(tmp_path, NAME, RELEASED["cells"])


def test_the_functions_of_earlier_notebooks_are_known(root):
    folder = root / "source" / "conv2d"
    (folder / "2_later.ipynb").write_text(json.dumps({"cells": []}))
    assert earlier_functions(folder / f"{NAME}.ipynb") == ()
    found = earlier_functions(folder / "2_later.ipynb")
    assert found == ("output_size", "zero_pad", "convolve2d_examples", "convolve2d")


# ------------------------------------------------------------------------------------- side files


def test_files_beside_a_notebook_are_read_with_their_folders(tmp_path):
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "data" / "deep" / "b.bin").write_bytes(b"\0b")
    assert side_files(tmp_path) == {"a.txt": b"a", "data/deep/b.bin": b"\0b"}


def two_folders(tmp_path, name):
    """The folder of the course and the student's, each with a file of this name."""
    folders = tmp_path / "source", tmp_path / "submitted"
    for folder in folders:
        folder.mkdir()
        (folder / name).write_text(folder.name)
    return folders


def test_the_courses_files_are_beside_its_notebooks_but_not_the_notebooks(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "x.png").write_bytes(b"png")
    for name in ("1_convolve2d.ipynb", "module.pyc", "data.txt"):
        (tmp_path / name).write_bytes(b"text")
    assert side_files(tmp_path) == {"data.txt": b"text", "figures/.pictures": b""}


def test_earlier_functions_span_the_assignments():
    source = ROOT / "source" / "conv2d"
    assert earlier_functions(source / "1_convolve2d.ipynb") == ()
    names = ("output_size", "zero_pad", "convolve2d_examples", "convolve2d")
    assert earlier_functions(source / "2_normalization.ipynb") == names
    assert "normalize" in earlier_functions(ROOT / "source" / "conv_arithmetic" / "1_dilation.ipynb")


def test_a_skeleton_holds_no_answer():
    source = ROOT / "source" / "conv2d" / "1_convolve2d.ipynb"
    cells = {cell["id"]: cell for cell in skeleton(source, ROOT / "release" / "conv2d")["cells"]}
    assert "still a TODO" in cells["convolve2d"]["source"]
    assert "# convgrade: convolve2d" in "".join(cells["test-convolve2d"]["source"])


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/*/*.ipynb")), ids=lambda path: path.stem)
def test_formulas_are_words_and_signs(path):
    """Feedback pages run no script, so nothing there would typeset TeX."""
    cells = json.loads(path.read_bytes())["cells"]
    assert not [
        cell["id"] for cell in cells if cell["cell_type"] == "markdown" and "$" in "".join(cell["source"])
    ]


def test_a_missing_release_is_named_with_the_command_that_makes_it(tmp_path):
    source = ROOT / "source" / "conv2d" / "1_convolve2d.ipynb"
    with pytest.raises(CourseError, match="nbgrader generate_assignment conv2d"):
        skeleton(source, tmp_path / "conv2d")
