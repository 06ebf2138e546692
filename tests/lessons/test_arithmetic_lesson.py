"""The conv_arithmetic lesson: what its notebooks hold, what they are worth, what a beginner sees of them."""

from __future__ import annotations

import html
import json
import re
import shutil

import as_jupyter
import pytest
from common import QUICK, ROOT, blank, judged, not_passed, source
from local_student import checks as checks_of
from local_student import marked_code
from PIL import Image
from pour import as_written, notebooks, pour, released, sample_names, sections

from autograder import notebook as cells_of
from autograder.course.sources import earlier_functions
from autograder.judge.job import Job
from autograder.judge.judge import judge
from autograder.submission.restore import restore
from reference.figures.cases import CASES
from reference.relationships import RELATIONSHIPS

LESSON = "conv_arithmetic"
NOTEBOOKS = notebooks(LESSON)
EXEMPLAR = sections(LESSON, "student-01")
FUNCTIONS = {
    cells_of.tested_function(c): name
    for name in NOTEBOOKS
    for c in source(LESSON, name)["cells"]
    if cells_of.is_autograded(c)
}
EARLIER = {name: earlier_functions(ROOT / "source" / LESSON / f"{name}.ipynb") for name in NOTEBOOKS}
GRADED = {name: sum(file == name for file in FUNCTIONS.values()) for name in NOTEBOOKS}
ALL_CELLS = [(name, c) for name in NOTEBOOKS for c in as_written(LESSON, name)]


def verdict_on(place, notebook, texts, **changes):
    return judged(place, texts, assignment=LESSON, notebook=notebook, earlier=EARLIER[notebook], **changes)


def lost(function, text):
    """The checks of one function that a text does not pass."""
    return {check.id for check in marked_code(function, text).values() if check.status != "passed"}


def checks(function):
    """All checks of one function and what they are worth."""
    return {check.id: check.points for check in checks_of(function)}


# ----------------------------------------------------------------------------------------- marks


def test_the_lesson_asks_for_five_things_and_examples_worth_what_their_checks_are():
    assert list(FUNCTIONS) == [
        "pad_amounts",
        "convolve2d_dilated",
        "max_pool2d",
        "transposed_output_size",
        "conv_transpose2d_examples",
        "conv_transpose2d",
    ]
    for name in NOTEBOOKS:
        for c in filter(cells_of.is_autograded, source(LESSON, name)["cells"]):
            points = c["metadata"]["nbgrader"]["points"]
            assert points == sum(checks(cells_of.tested_function(c)).values())


def test_earlier_functions_of_both_lessons_are_answered_by_the_judge():
    assert {"output_size", "zero_pad", "convolve2d"} < set(EARLIER["1_dilation"])
    assert {"convolve2d", "pad_amounts", "convolve2d_dilated", "max_pool2d"} < set(EARLIER["2_transposed"])


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_exemplar_has_full_marks_and_the_release_none(best_place, notebook):
    full, none = verdict_on(best_place, notebook, EXEMPLAR), verdict_on(best_place, notebook, {})
    assert [c.score for c in full.cells] == [c.max_score for c in full.cells]
    assert full.notes == ()
    assert [c.score for c in none.cells] == [0] * len(full.cells)
    assert {c.status for c in none.cells} == {"unanswered"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_solution_in_the_source_has_full_marks(function):
    cells = source(LESSON, FUNCTIONS[function])["cells"]
    (text,) = (cells_of.source(c) for c in cells if cells_of.grade_id(c) == function)
    assert lost(function, text) == set()


@pytest.mark.parametrize("student", ["student-02", "student-03", "student-04"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_other_right_ways_have_full_marks_too(function, student):
    assert lost(function, sections(LESSON, student)[function]) == set()


# -------------------------------------------------------------------------- a mistake costs once

AFTER_GAPS = set(checks("convolve2d_dilated")) - {"no_gap"}
MISTAKES = {
    ("student-05", "pad_amounts"): {"same_even"},
    ("student-05", "conv_transpose2d"): {"stamps"},
    ("student-06", "convolve2d_dilated"): AFTER_GAPS,
    ("student-06", "transposed_output_size"): {"output_padding"},
    ("student-07", "convolve2d_dilated"): {"gaps"},
    ("student-07", "conv_transpose2d"): {"stamps"},
    ("student-08", "pad_amounts"): {"dilation"},
    ("student-08", "conv_transpose2d"): {"together"},
    ("student-10", "conv_transpose2d"): set(checks("conv_transpose2d")),
    ("student-11", "convolve2d_dilated"): AFTER_GAPS,
    ("student-11", "transposed_output_size"): {"stride"},
    ("student-12", "convolve2d_dilated"): {"no_gap"},
    ("student-12", "conv_transpose2d"): {"output_padding"},
    ("student-13", "pad_amounts"): {"full"},
    ("student-13", "conv_transpose2d"): {"stride", "output_padding", "together", "pairs"},
    ("student-14", "convolve2d_dilated"): {"gaps"},
    ("student-14", "conv_transpose2d"): {"number_types"},
}


WHOLE = [  # judged with all of their notebook
    ("student-06", "transposed_output_size"),
    ("student-08", "pad_amounts"),
    ("student-10", "conv_transpose2d"),
    ("student-14", "conv_transpose2d"),
]


@pytest.mark.parametrize(("student", "function"), [which for which in MISTAKES if which not in WHOLE])
def test_a_common_mistake_is_seen(student, function):
    assert lost(function, sections(LESSON, student)[function]) == MISTAKES[student, function]


@pytest.mark.parametrize("student", sorted({student for student, _ in MISTAKES}))
def test_what_is_no_mistake_of_a_sample_is_the_exemplar(student):
    texts = sections(LESSON, student)
    functions = [name for name in FUNCTIONS if not name.endswith("_examples")]
    assert {name for name in functions if texts[name] != EXEMPLAR[name]} == {
        function for name, function in MISTAKES if name == student
    }


@pytest.mark.parametrize(("student", "function"), WHOLE)
def test_a_mistake_costs_its_own_function_only(best_place, student, function):
    verdict = verdict_on(best_place, FUNCTIONS[function], sections(LESSON, student))
    assert not_passed(verdict) == {function: MISTAKES[student, function]}


def test_an_unfinished_notebook_keeps_what_is_done(best_place):
    for name in NOTEBOOKS:
        done, *left = verdict_on(best_place, name, sections(LESSON, "student-09")).cells
        assert (done.score, {(each.score, each.status) for each in left}) == (5, {(0, "unanswered")})


def test_pasted_functions_that_are_wrong_cost_nothing(best_place):
    own = "def convolve2d(*a): return 0\n\ndef output_size(*a): return 1\n\ndef zero_pad(image, padding): 1/0"
    verdict = verdict_on(best_place, "1_dilation", EXEMPLAR | {"own": own})
    assert not_passed(verdict) == {}


# --------------------------------------------------------------------------- what a beginner sees


def start(folder, conv2d, texts):
    """Begin to run the released notebooks with `texts`, the earlier lesson in the folder beside them."""
    here, beside = folder / LESSON, folder / "conv2d"
    shutil.copytree(ROOT / "release" / LESSON, here, ignore=shutil.ignore_patterns("*.ipynb", "figures"))
    beside.mkdir()
    first = json.dumps(pour(released("conv2d", "1_convolve2d"), conv2d))
    (beside / "1_convolve2d.ipynb").write_text(first)
    for name in NOTEBOOKS:
        (here / f"{name}.ipynb").write_text(json.dumps(pour(released(LESSON, name), texts)))
    return as_jupyter.Run(here, NOTEBOOKS)


@pytest.fixture(scope="module", autouse=True)
def running(tmp_path_factory):
    """The lesson being run, as released and filled in, while other tests go on."""
    texts = {"released": ({}, {}), "filled": (sections("conv2d", "student-01"), EXEMPLAR)}
    made = {kind: tmp_path_factory.mktemp(kind) for kind in texts}
    started = [start(made[kind], *texts[kind]) for kind in texts]
    yield made, started
    for run in started:
        run.end()


@pytest.fixture(scope="module")
def folders(running):
    """The lesson after a run."""
    made, started = running
    for run in started:
        run.wait()
    return made


def code_after(folder, name):
    cells = json.loads((folder / LESSON / "out" / f"{name}.ipynb").read_bytes())["cells"]
    return [c for c in cells if c["cell_type"] == "code"]


def errors(c):
    return [output for output in c["outputs"] if output["output_type"] == "error"]


def printed(c):
    return "".join("".join(output.get("text", "")) for output in c["outputs"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_as_released_only_test_cells_raise_and_the_rest_says_what_it_needs(folders, name):
    cells = code_after(folders["released"], name)
    raising = [c for c in cells if errors(c)]
    assert all("raises-exception" in c["metadata"]["tags"] for c in raising)
    assert all(cells_of.is_autograded(c) or c["id"].endswith("-examples") for c in raising)
    graded = filter(cells_of.is_autograded, raising)
    assert [errors(c)[0]["ename"] for c in graded] == ["NotImplementedError"] * GRADED[name]
    waiting = [c for c in cells if re.search("^with needs", cells_of.source(c), re.MULTILINE)]
    assert len(waiting) >= 7
    for c in waiting:
        assert re.fullmatch(r"This cell needs your \w+ first\.\n", printed(c).strip("\n") + "\n"), c["id"]
        assert "raises-exception" in c["metadata"]["tags"]
    (loading,) = (c for c in cells if c["id"] == "load")
    assert printed(loading).count("not done yet in 1_convolve2d.ipynb") == 3


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_exemplar_runs_without_an_error_and_is_drawn(folders, name):
    cells = code_after(folders["filled"], name)
    assert [c["id"] for c in cells if errors(c)] == []
    assert [c["id"] for c in cells if "This cell needs" in printed(c)] == []
    (loading,) = (c for c in cells if c["id"] == "load")
    assert printed(loading).count("yours") == 3
    drawn = [output for c in cells for output in c["outputs"] if "image/png" in output.get("data", {})]
    assert len(drawn) == 1
    assert drawn[0]["metadata"]["image/png"]["alt"]
    passing = [printed(c).strip() for c in cells if cells_of.is_autograded(c)]
    assert all(
        re.fullmatch(r"(\d) of \1 examples pass|\d examples, and nothing .*", words) for words in passing
    )


def test_what_the_notebooks_claim_is_what_is_measured(folders):
    said = {c["id"]: printed(c) for name in NOTEBOOKS for c in code_after(folders["filled"], name)}
    assert "(1, 2, 4)  9 weights see 15 pixels" in said["field"]
    assert said["contrast"].splitlines() == ["TensorFlow    [1. 3. 5.]", "PyTorch style [0. 2. 4.]"]
    one, other = said["adjoint"].split()
    assert one == other
    assert [len(each.partition(".")[2]) for each in (one, other)] == [12, 12], "as many as the text says"
    (text,) = (cells_of.source(c) for _, c in ALL_CELLS if c["id"] == "adjoint-after")
    assert "They agree in all twelve decimals." in text
    assert "last digit" not in text
    assert "swapped: True" in said["matrix"]
    stamps, _, turned = re.split("\n?(?:stamps|as it is|rotated):\n", said["stretch"].strip())[1:]
    assert stamps == turned
    sizes = dict(line.split(":") for line in said["chess"].splitlines())
    flat = {which for which, counts in sizes.items() if len(set(counts.split()[4:-4])) == 1}
    assert flat == {f"stride {s}, {k} cells" for s, k in [(2, 2), (2, 4), (2, 6), (3, 3), (3, 6)]}


def test_a_notebook_without_its_neighbours_says_what_is_missing(best_place):
    restored = restore(blank(LESSON, "1_dilation"), pour(released(LESSON, "1_dilation"), EXEMPLAR)).notebook
    job = Job(LESSON, "1_dilation", "student", "00", restored, only="pad_amounts", limits=QUICK)
    executed = [c for c in judge(job, best_place)[0]["cells"] if c["cell_type"] == "code"]
    said = {c["id"]: c["outputs"] for c in executed}
    assert "1_convolve2d.ipynb is not here" in said["load"][0]["text"]
    assert "This cell needs your zero_pad first." in said["field"][0]["text"]
    for c in executed:
        assert not errors(c) or cells_of.is_autograded(c)


# ------------------------------------------------------------------------------- what is released


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_release_gives_nothing_away(name):
    text = (ROOT / "release" / LESSON / f"{name}.ipynb").read_text()
    for given_away in ("convgrade:", "HIDDEN", "BEGIN SOLUTION", "For the marker", "One point", "one point"):
        assert given_away not in text
    for c in source(LESSON, name)["cells"]:
        if cells_of.is_solution(c):
            solution = re.search("BEGIN SOLUTION\n(.*?)\n *### END", cells_of.source(c), re.DOTALL).group(1)
            assert not any(
                json.dumps(line)[1:-1] in text for line in solution.split("\n") if len(line.strip()) > 30
            )


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_two_reflections_leave_a_place_for_the_answer_and_the_marker_has_a_guide(name):
    asked = [c for c in as_written(LESSON, name) if c["cell_type"] == "markdown" and cells_of.is_solution(c)]
    assert len(asked) == 2
    for c in asked:
        question, place = cells_of.source(c).rsplit("\n\n", 1)
        assert re.fullmatch(r"\*\*.*\?.*\*\*", question)
        assert place.strip() == "YOUR ANSWER HERE"
        (ours,) = (s for s in source(LESSON, name)["cells"] if s["id"] == c["id"])
        assert "*For the marker. 2 points" in cells_of.source(ours)


def pictures(name):
    """File and text of every picture of a released notebook."""
    text = "\n".join(cells_of.source(c) for c in as_written(LESSON, name))
    assert "![" not in text
    tags = re.findall(r"<img [^>]*>", text)
    pattern = r'<img src="figures/(\w+?)(_step\.png|\.gif)" width="(\d+)" alt="(.*)">'
    found = [re.fullmatch(pattern, tag) for tag in tags]
    assert all(found)
    return [(each[1], each[2], int(each[3]), html.unescape(each[4])) for each in found]


def test_every_case_moves_once_with_its_text_its_relationship_and_a_still():
    moving, described = [], {}
    for name in NOTEBOOKS:
        text = "\n".join(cells_of.source(c) for c in as_written(LESSON, name))
        for case, kind, width, alt in pictures(name):
            with Image.open(ROOT / "source" / LESSON / "figures" / f"{case}.gif") as gif:
                assert gif.width == width, "shown at its own size, so that numbers can be read"
            described.setdefault(case, alt)
            moving += [case] * (kind == ".gif")
            assert f"**{CASES[case].title}**, relationship {CASES[case].relationship} (" in text
            assert f"(figures/{case}.png)" in text
    assert described == {case.name: case.alt for case in CASES.values()}
    assert sorted(moving) == sorted(CASES)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_moves_waits_until_it_is_asked_for(name):
    depth = 0
    for c in as_written(LESSON, name):
        for part in re.split(r"(</?details>|<img [^>]*>)", cells_of.source(c)):
            depth += (part == "<details>") - (part == "</details>")
            assert depth > 0 or not (part.startswith("<img") and ".gif" in part)
    assert depth == 0


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_answer_is_seen_before_its_question_is_run(name):
    """Behind a question comes the cell that answers it; texts about the answer come later."""
    cells = as_written(LESSON, name)
    for place, c in enumerate(cells):
        if "**Predict" in cells_of.source(c):
            following = [each for each in cells[place + 1 :] if "hints" not in each["id"]]
            assert following[0]["cell_type"] == "code", c["id"]


def test_each_relationship_has_its_box_with_a_formula_and_numbers():
    text = "\n".join(cells_of.source(c) for _, c in ALL_CELLS)
    pattern = r"<summary>Relationship (\d+): .*?</summary>\n\n(.*?)\n\n</details>"
    boxes = dict(re.findall(pattern, text, re.DOTALL))
    assert sorted(map(int, boxes)) == sorted(RELATIONSHIPS)
    for box in boxes.values():
        assert re.search("o = |effective", box)
        assert re.search(r"[Ww]ith (a = )?\d", box)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_source_of_the_animations_is_named(name):
    text = "\n".join(cells_of.source(c) for c in as_written(LESSON, name))
    assert "https://github.com/vdumoulin/conv_arithmetic" in text


@pytest.mark.parametrize("folder", ["source", "release"])
def test_every_linked_file_is_there(folder):
    for _, c in ALL_CELLS:
        for file in re.findall(r"figures/\w+\.\w+", cells_of.source(c)):
            assert (ROOT / folder / LESSON / file).is_file()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_first_words_say_which_operation_it_is(name):
    first = cells_of.source(as_written(LESSON, name)[0]).split("\n\n")[1]
    assert "cross-correlation" in first.split(".")[0]


def test_no_cell_is_larger_than_a_screen():
    for _, c in ALL_CELLS:
        if c["cell_type"] == "code":
            assert max(map(len, cells_of.source(c).split("\n"))) <= 100
    folded = re.compile("<details>.*?</details>", re.DOTALL)
    texts = {(name, c["id"]): folded.sub("", cells_of.source(c)) for name, c in ALL_CELLS}
    long = {which: text.strip().count("\n") + 1 for which, text in texts.items()}
    assert {which: lines for which, lines in long.items() if lines > 30} == {}


def test_source_notebooks_hold_no_outputs_and_ids_are_unique():
    for name in NOTEBOOKS:
        cells = source(LESSON, name)["cells"]
        assert not any(c.get("outputs") or c.get("execution_count") for c in cells)
        assert len({c["id"] for c in cells}) == len(cells)


def test_requirements_and_animation_are_those_of_the_source():
    for file in ("requirements.txt", "animation.py"):
        given = (ROOT / "release" / LESSON / file).read_bytes()
        assert given == (ROOT / "source" / LESSON / file).read_bytes()
    conv2d = ROOT / "source" / "conv2d" / "requirements.txt"
    assert (ROOT / "source" / LESSON / "requirements.txt").read_text() == conv2d.read_text()


def test_samples_answer_cells_that_are_there():
    ids = {cells_of.grade_id(c) for _, c in ALL_CELLS if cells_of.is_solution(c)}
    for student in sample_names(LESSON):
        assert sections(LESSON, student).keys() <= ids | {"own"}
