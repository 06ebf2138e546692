"""The conv2d lesson: what its notebooks hold, what they are worth, and what a beginner sees of them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from traceback import extract_tb

import as_jupyter
import numpy as np
import pytest
from common import QUICK, ROOT, judged, not_passed, source
from local_student import checks as checks_of
from local_student import failed, marked_code
from nbformat.v4 import new_code_cell
from PIL import ExifTags, Image
from pour import as_written, notebooks, pour, released, sections

import reference
from autograder import notebook as cells_of
from autograder.checks.local_student import LocalStudent
from autograder.course.sources import earlier_functions
from autograder.judge.job import Job
from autograder.judge.judge import judge
from reference.figures import FIGURES, sliding_window

NOTEBOOKS = notebooks("conv2d")
EXEMPLAR = sections("conv2d", "student-01")
FUNCTIONS = {
    cells_of.tested_function(c): name
    for name in NOTEBOOKS
    for c in source("conv2d", name)["cells"]
    if cells_of.is_autograded(c)
}
NEW = ["normalize", "edge_magnitude", "gaussian_kernel", "my_kernel", "transition_frames"]
ALL_CELLS = [(name, c) for name in NOTEBOOKS for c in as_written("conv2d", name)]


def verdict_on(place, notebook, texts, **changes):
    earlier = earlier_functions(ROOT / "source" / "conv2d" / f"{notebook}.ipynb")
    return judged(place, texts, notebook=notebook, earlier=earlier, **changes)


def lost(place, function, text):
    """The checks of one function that a text does not pass; only the cells it needs are run."""
    name = FUNCTIONS[function]
    kept = [
        {**c, "source": text} if cells_of.grade_id(c) == function else c
        for c in source("conv2d", name)["cells"]
        if cells_of.grade_id(c) in (function, f"test_{function}") or c["id"] in ("setup", "kernels")
    ]
    earlier = earlier_functions(ROOT / "source" / "conv2d" / f"{name}.ipynb")
    job = Job("conv2d", name, "student", "5eed" * 16, {"cells": kept}, limits=QUICK, earlier=earlier)
    return not_passed(judge(job, place)[1]).get(function, set())


def checks(function):
    """All checks of one function."""
    return {check.id for check in checks_of(function)}


# ----------------------------------------------------------------------------------------- marks


def test_the_lesson_asks_for_eight_things_and_for_examples_of_two():
    assert list(FUNCTIONS) == [
        *("output_size", "zero_pad", "convolve2d_examples", "convolve2d"),
        *("normalize_examples", *NEW),
    ]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_exemplar_has_full_marks_and_the_release_none(best_place, notebook):
    full, none = verdict_on(best_place, notebook, EXEMPLAR), verdict_on(best_place, notebook, {})
    assert [c.score for c in full.cells] == [c.max_score for c in full.cells]
    assert full.notes == ()
    assert [c.score for c in none.cells] == [0] * len(full.cells)
    assert {c.status for c in none.cells} == {"unanswered"}


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:])
def test_the_solutions_in_the_source_have_full_marks(best_place, notebook):
    texts = {cells_of.grade_id(c): cells_of.source(c) for c in source("conv2d", notebook)["cells"]}
    assert not_passed(verdict_on(best_place, notebook, texts)) == {}


@pytest.mark.parametrize("student", ["student-02", "student-03", "student-04", "student-05"])
def test_other_right_ways_have_full_marks_too(student):
    texts = sections("conv2d", student)
    own = texts.get("own", "")
    for function in FUNCTIONS:
        results = marked_code(function, f"{own}\n\n\n{texts[function]}")
        assert {each.status for each in results.values()} == {"passed"}, function


IDLE = {
    "normalize": "def normalize(image): return image",
    "edge_magnitude": "def edge_magnitude(gx, gy): return np.zeros(gx.shape)",
    "gaussian_kernel": "def gaussian_kernel(size): return None",
    "my_kernel": "my_kernel = 2 * KERNELS['identity']",
    "transition_frames": "def transition_frames(image, kernel, steps): return [image] * steps",
}
"""Of each kind one; functions of all kinds are in test_marks, without a sandbox."""


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:])
def test_doing_nothing_passes_no_check(best_place, notebook):
    verdict = verdict_on(best_place, notebook, IDLE)
    assert {c.status for c in verdict.cells if c.function in IDLE} == {"graded"}
    assert [(c.function, check.id) for c in verdict.cells for check in c.checks if check.earned] == []


# -------------------------------------------------------------------------- a mistake costs once

SAMPLE_MISTAKES = {
    ("student-06", "3_custom_kernels"): {"gaussian_kernel": {"weights"}},
    ("student-07", "3_custom_kernels"): {"transition_frames": {"ends", "between"}},
    ("student-08", "2_normalization"): {"edge_magnitude": {"number_types"}},
    ("student-09", "2_normalization"): {"normalize": {"number_types"}},
    ("student-11", "3_custom_kernels"): {"my_kernel": {"own"}},
    ("student-12", "2_normalization"): {"normalize": {"flat"}},
    ("student-14", "2_normalization"): {"normalize": {"ends"}},
    ("student-14", "3_custom_kernels"): {"transition_frames": {"ends"}},
}


@pytest.mark.parametrize(("student", "notebook"), SAMPLE_MISTAKES)
def test_a_mistake_costs_its_own_function_only(best_place, student, notebook):
    verdict = verdict_on(best_place, notebook, sections("conv2d", student))
    assert not_passed(verdict) == SAMPLE_MISTAKES[student, notebook]


@pytest.mark.parametrize("wrong", ["return image * 0", "while True: pass"])
def test_a_wrong_convolve2d_and_normalize_cost_nothing_in_transition_frames(best_place, wrong):
    broken = {
        "convolve2d": f"def convolve2d(image, kernel, stride=1, padding=0): {wrong}",
        "normalize": f"def normalize(image): {wrong}",
    }
    files = {
        f"{name}.ipynb": json.dumps(pour(released("conv2d", name), EXEMPLAR | broken)).encode()
        for name in NOTEBOOKS[:2]
    }
    assert not_passed(verdict_on(best_place, NOTEBOOKS[2], EXEMPLAR, files=files)) == {}


def test_pasted_functions_that_are_wrong_cost_nothing_either(best_place):
    own = "def convolve2d(*a): return 0\n\ndef normalize(image): return image"
    assert not_passed(verdict_on(best_place, NOTEBOOKS[2], EXEMPLAR | {"own": own})) == {}


# --------------------------------------------------------------- verdicts both ways, one by one

NORMALIZE = """
def halved(image):
    return np.divide(image, 2, out=image if image.flags.writeable and image.dtype == float else None)

def normalize(image):
    if not np.isfinite(image).all(): raise ValueError
    image = {start}
    low, high = image.min(), image.max()
    if low == high: return {flat}
    return {stretch}
"""
USUAL = {
    "start": "image.astype(float)",
    "flat": "np.zeros(image.shape, np.uint8)",
    "stretch": "((image - low) / (high - low) * 255).astype(np.uint8)",
}
NORMALIZE_VARIANTS = {
    "rounded": ({"stretch": "np.round((image - low) / (high - low) * 255).astype('u1')"}, set()),
    "whole numbers in int64": (
        {"start": "image.astype(np.int64) if image.dtype.kind in 'biu' else image"},
        set(),
    ),
    "its own type": ({"start": "image"}, {"number_types"}),
    "int32 is not enough for its own range": (
        {"start": "image.astype(np.int32) if image.dtype.kind in 'biu' else image"},
        {"number_types"},
    ),
    "reciprocal first": ({"stretch": "((image - low) * (255 / (high - low))).astype(np.uint8)"}, {"ends"}),
    "epsilon": ({"stretch": "((image - low) / (high - low + 1e-8) * 255).astype(np.uint8)"}, {"ends"}),
    "flat is 255": ({"flat": "np.full(image.shape, 255, np.uint8)"}, {"flat"}),
    "flat is float": ({"flat": "np.zeros(image.shape)"}, {"bytes_out"}),
    "changes its argument": ({"start": "halved(image)"}, {"leaves_no_trace"}),
    "256": ({"stretch": "((image - low) / (high - low) * 256).astype(np.uint8)"}, {"stretch"}),
    "floats": ({"stretch": "(image - low) / (high - low) * 255"}, {"bytes_out"}),
    "clipped": (  # bytes, an untouched image and NaN refused are right all the same
        {"stretch": "np.clip(image, 0, 255).astype(np.uint8)"},
        {"stretch", "ends", "flat", "number_types"},
    ),
    "inverted": (
        {"stretch": "(255 - (image - low) / (high - low) * 255).astype(np.uint8)"},
        {"stretch"},
    ),
    "divided by the largest": ({"stretch": "(image / high * 255).clip(0, 255).astype('u1')"}, {"stretch"}),
}  # fmt: skip


@pytest.mark.parametrize("variant", NORMALIZE_VARIANTS)
def test_normalize(best_place, variant):
    change, expected = NORMALIZE_VARIANTS[variant]
    expected = checks("normalize") if expected == "all" else expected
    assert lost(best_place, "normalize", NORMALIZE.format(**USUAL | change)) == expected


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        ("np.isnan(image.sum()) or np.isinf(image).any()", set()),
        ("np.isnan(image).any()", {"illegal"}),
    ],
)
def test_normalize_refuses_nan_and_infinity(best_place, guard, expected):
    text = NORMALIZE.format(**USUAL).replace("not np.isfinite(image).all()", guard)
    assert lost(best_place, "normalize", text) == expected


EDGES = "def edge_magnitude(gx, gy):\n    if gx.shape != gy.shape: raise ValueError\n    return "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EDGES + "np.hypot(gx.astype(float), gy.astype(float))", set()),
        (EDGES + "np.linalg.norm([gx.astype(float), gy.astype(float)], axis=0)", set()),
        (EDGES + "(np.float64(gx) ** 2 + np.float64(gy) ** 2) ** 0.5", set()),
        (EDGES + "np.sqrt(gx**2 + gy**2).astype(float)", {"number_types"}),
        (
            EDGES + "np.sqrt(gx.astype(int) ** 2 + gy.astype(int) ** 2)",
            {"length", "number_types"},
        ),
        (EDGES + "np.sqrt((gx**2 + gy**2).astype(float))", {"number_types"}),
        (EDGES + "np.abs(gx) + np.abs(gy)", {"length", "number_types"}),
        (EDGES + "np.maximum(abs(gx), abs(gy))", {"length", "number_types"}),
        ("def edge_magnitude(gx, gy): return np.hypot(gx.astype(float), gy.astype(float))", {"illegal"}),
    ],
)
def test_edge_magnitude(best_place, text, expected):
    expected = checks("edge_magnitude") if expected == "all" else expected
    assert lost(best_place, "edge_magnitude", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("np.array([[1, 2, 1], [0, 0, 0], [0, 0, 0]])", set()),
        ("np.array([[True, False, True]] * 3)", set()),
        ("np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], np.uint64)", set()),
        ("np.float16([[0, 0, 1], [0, 0, 0], [0, 0, 0]])", set()),
        ("np.ones((3, 3)) * 1e300", set()),
        ("np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])", set()),
        ("KERNELS['sobel_x']", {"own"}),
        ("-3 * KERNELS['sobel_x'].T", {"own"}),
        ("np.rot90(KERNELS['emboss'])", {"own"}),
        ("KERNELS['diagonal'][:, ::-1] / 7", {"own"}),
        ("np.float32(KERNELS['gaussian'] * 16)", {"own"}),
        ("1e-200 * KERNELS['high_pass']", {"own"}),
        ("np.zeros((3, 3))", {"kernel", "own"}),
        ("-2 * np.eye(3)[[1]].T @ np.eye(3)[[1]]", {"kernel", "own"}),
        ("np.ones((3, 4))", {"kernel", "own"}),
        ("np.ones((1, 3, 3))", {"kernel", "own"}),
        ("[[1, 2, 3]] * 3", {"kernel", "own"}),
        ("np.full((3, 3), np.nan)", {"kernel", "own"}),
        ("np.array([[1, np.inf, 1]] * 3)", {"kernel", "own"}),
        ("np.ones((3, 3)) * 1j", {"kernel", "own"}),
        ("np.array([['a'] * 3] * 3)", {"kernel", "own"}),
        ("lambda: 0", {"kernel", "own"}),
    ],
)
def test_my_kernel(best_place, text, expected):
    assert lost(best_place, "my_kernel", f"my_kernel = {text}") == expected


@pytest.mark.parametrize("name", ["sobel_x", "sobel_y"])
def test_a_multiple_of_a_kernel_is_named_after_it_and_not_after_its_turn(name):
    student = LocalStudent("my_kernel", -2 * reference.KERNELS[name].array, 0, 0)
    *_, own = checks_of("my_kernel")
    assert f"This is `{name}` of the lesson" in failed(own, student).message


GAUSSIAN = """
def gaussian_kernel(size):
    {guard}
    row = np.array([1.0])
    for _ in range(size - 1):
        row = np.convolve(row, {pair})
    return np.outer(row, row) / {sum}
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"pair": "[0.5, 0.5]", "sum": "1"}, set()),
        ({"sum": "1"}, {"weights"}),
        ({"sum": "row.sum()"}, {"weights"}),
        ({"sum": "16"}, {"weights"}),
        ({"pair": "[1]"}, "all"),
        ({"guard": "if size % 2 == 0: raise ValueError"}, {"illegal"}),
        ({"guard": "if size < 1: raise ValueError"}, {"illegal"}),
        ({"guard": "size in range(3, 18, 2) or 1 / 0"}, {"sizes", "illegal"}),
    ],
)
def test_gaussian_kernel(best_place, change, expected):
    usual = {
        "guard": "if size % 2 != 1 or size < 1: raise ValueError",
        "pair": "[1, 1]",
        "sum": "row.sum()**2",
    }
    expected = checks("gaussian_kernel") if expected == "all" else expected
    assert lost(best_place, "gaussian_kernel", GAUSSIAN.format(**usual | change)) == expected


FRAMES = """
def transition_frames(image, kernel, steps):
    {guard}
    identity = np.zeros(kernel.shape)
    identity[{centre}] = 1
    return {result}[normalize(convolve2d(image, {mixture})) for t in {shares}]
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"mixture": "t * identity + (1 - t) * kernel"}, {"ends"}),
        ({"shares": "np.arange(steps) / steps"}, {"ends"}),
        ({"centre": "1, 1"}, {"sizes"}),
        ({"guard": "pass"}, {"illegal"}),
        ({"guard": "if steps < 1: raise ValueError"}, {"illegal"}),
        ({"guard": "image += 1"}, {"leaves_no_trace", "illegal"}),
    ],
)
def test_transition_frames(best_place, change, expected):
    usual = {
        "guard": "if steps < 2: raise ValueError",
        "centre": "kernel.shape[0] // 2, kernel.shape[1] // 2",
        "result": "",
        "mixture": "(1 - t) * identity + t * kernel",
        "shares": "np.linspace(0, 1, steps)",
    }
    expected = checks("transition_frames") if expected == "all" else expected
    assert lost(best_place, "transition_frames", FRAMES.format(**usual | change)) == expected


# --------------------------------------------------------------------------- what a beginner sees


def start(folder, texts):
    """Begin to run the released notebooks with `texts`, as they stand."""
    shutil.copytree(ROOT / "release" / "conv2d", folder, ignore=shutil.ignore_patterns("*.ipynb"))
    for name in NOTEBOOKS:
        (folder / f"{name}.ipynb").write_text(json.dumps(pour(released("conv2d", name), texts)))
    return as_jupyter.Run(folder, NOTEBOOKS)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The lesson after a run, as released and filled in."""
    texts = {"released": {}, "filled": EXEMPLAR}
    made = {kind: tmp_path_factory.mktemp(kind) / "conv2d" for kind in texts}
    for run in [start(made[kind], texts[kind]) for kind in texts]:
        run.wait()
    return made


def cells_after(folder):
    return {name: json.loads((folder / "out" / f"{name}.ipynb").read_bytes())["cells"] for name in NOTEBOOKS}


def errors(c):
    return [output for output in c.get("outputs", []) if output["output_type"] == "error"]


def printed(c):
    return "".join("".join(output.get("text", "")) for output in c["outputs"])


AS_IN_THE_LESSON = " (as in the lesson)"  # how alternative texts of drawn pictures end


@pytest.fixture(scope="module")
def as_released(folders):
    return cells_after(folders["released"])


@pytest.fixture(scope="module")
def filled(folders):
    return cells_after(folders["filled"])


@pytest.mark.slow
def test_as_released_only_todo_and_test_cells_raise_and_briefly(as_released):
    for cells in as_released.values():
        raising = [c for c in cells if errors(c)]
        assert all("raises-exception" in c["metadata"]["tags"] for c in raising)
        assert all(cells_of.grade_id(c) for c in raising)
        for c in raising:
            (error,) = errors(c)
            assert error["ename"] == "NotImplementedError"
            assert len("\n".join(error["traceback"]).splitlines()) <= 35


def test_as_released_every_demonstration_says_in_one_line_what_it_needs(as_released):
    code = [c for cells in as_released.values() for c in cells if c["cell_type"] == "code"]
    waiting = [c for c in code if "needs(" in "".join(c["source"]) and c["id"] != "helpers"]
    assert len(waiting) >= 15
    for c in waiting:
        assert printed(c).count("\n") == 1
        assert printed(c).startswith("This cell needs ")


def test_as_released_the_later_notebooks_say_what_is_not_done_yet(as_released):
    (loading,) = (c for c in as_released["3_custom_kernels"] if c["id"] == "load")
    assert printed(loading).splitlines() == [
        *(
            f"{name}: not done yet in 1_convolve2d.ipynb"
            for name in ("output_size", "zero_pad", "convolve2d")
        ),
        *(f"{name}: not done yet in 2_normalization.ipynb" for name in ("normalize", "edge_magnitude")),
    ]


def test_a_later_notebook_alone_says_what_is_missing(best_place):
    nb = pour(released("conv2d", "2_normalization"), EXEMPLAR)
    executed, _ = judge(Job("conv2d", "2_normalization", "student", "00", nb, only="no such"), best_place)
    (loading,) = (c for c in executed["cells"] if c["id"] == "load")
    assert "1_convolve2d.ipynb is not here" in printed(loading)
    raising = [c for c in executed["cells"] if c["cell_type"] == "code" and errors(c)]
    assert all(cells_of.is_autograded(c) for c in raising)  # not judged here


def test_the_exemplar_runs_without_an_error_and_shows_its_pictures(filled):
    for cells in filled.values():
        assert [c["id"] for c in cells if errors(c)] == []
        assert not any(
            "This cell needs" in printed(c)
            for c in cells
            if c["cell_type"] == "code" and c["id"] != "helpers"
        )
    shown = [
        output
        for cells in filled.values()
        for c in cells
        for output in c.get("outputs", [])
        if {"image/png", "image/gif"} & set(output.get("data", {}))
    ]
    assert len(shown) >= 12
    alts = [about["alt"] for output in shown for about in output["metadata"].values()]
    assert len(alts) == len(shown)
    drawn = [alt.removesuffix(AS_IN_THE_LESSON) for alt in alts if alt.endswith(AS_IN_THE_LESSON)]
    assert len(drawn) >= 12
    described = [re.fullmatch("([^:]+): (.{4,})", each) for alt in drawn for each in alt.split("; ")]
    assert all(described), "each picture in words, not by its name alone"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("upright", "my_photo.jpg: (40, 20, 3) -> "),
        ("on its side", "my_photo.jpg: (40, 20, 3) -> "),
        ("no picture", "our drawn picture (my_photo.jpg: Pillow can't read it): (48, 60, 3) -> "),
        ("", "our drawn picture (my_photo.jpg: not here): (48, 60, 3) -> "),
    ],
)
def test_a_photo_is_taken_as_the_camera_was_held(tmp_path, monkeypatch, capsys, written, said):
    monkeypatch.chdir(tmp_path)
    if written == "no picture":
        Path("my_photo.jpg").write_bytes(b"HEIC")
    elif written:
        held = Image.Exif()
        held[ExifTags.Base.Orientation] = 1 if written == "upright" else 6
        size = (20, 40) if written == "upright" else (40, 20)
        Image.new("RGB", size, "orange").save("my_photo.jpg", exif=held)
    cells = {c["id"]: cells_of.source(c) for c in as_written("conv2d", NOTEBOOKS[2])}
    space = {name: getattr(reference, name) for name in ("convolve2d", "normalize", "gaussian_kernel")}
    space |= {"np": np, "Image": Image, "Path": Path, "needs": lambda *_: nullcontext()}
    space["show"] = lambda *_, **_pictures: None
    for id_ in ("picture", "kernels", "photo"):
        exec(cells[id_], space)
    assert capsys.readouterr().out.startswith(said)


def test_what_students_save_is_there(folders):
    for name in ("edges", "edges_vertical", "edges_combined", "my_effect", "artistic"):
        with Image.open(folders["filled"] / f"{name}.png") as saved:
            assert saved.width > 40
    with Image.open(folders["filled"] / "transition.gif") as moving:
        assert moving.info["loop"] == 3
        assert moving.n_frames > 5


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_release_gives_nothing_away(name):
    text = (ROOT / "release" / "conv2d" / f"{name}.ipynb").read_text()
    for given_away in (
        "convgrade:",
        "HIDDEN",
        "BEGIN SOLUTION",
        "For the marker",
        "One point",
        "half a point",
    ):
        assert given_away not in text
    for c in source("conv2d", name)["cells"]:
        if cells_of.is_solution(c):
            solution = re.search("BEGIN SOLUTION\n(.*?)\n *### END", cells_of.source(c), re.DOTALL).group(1)
            assert not any(
                json.dumps(line)[1:-1] in text for line in solution.split("\n") if len(line.strip()) > 30
            )


def test_reflections_leave_a_place_for_the_answer():
    asked = [c for _, c in ALL_CELLS if c["cell_type"] == "markdown" and cells_of.is_solution(c)]
    assert len(asked) == 4
    for c in asked:
        question, place = cells_of.source(c).rsplit("\n\n", 1)
        assert re.fullmatch(r"\*\*.*\?.*\*\*", question)
        assert place.strip() == "YOUR ANSWER HERE"


def test_every_picture_is_there_and_has_a_text():
    texts = {figure.FILE: figure.ALT for figure in FIGURES}
    texts[sliding_window.ANIMATION] = sliding_window.ANIMATION_ALT
    text = "\n".join(cells_of.source(c) for _, c in ALL_CELLS if c["cell_type"] == "markdown")
    tags = re.findall(r'<img src="figures/([\w.]+)" width="(\d+)" alt="(.*?)">', text)
    assert len(tags) == text.count("<img")
    assert {file: html.unescape(alt) for file, _, alt in tags} == texts
    for file, width, _ in tags:
        for folder in ("source", "release"):
            with Image.open(ROOT / folder / "conv2d" / "figures" / file) as picture:
                height = picture.height * int(width) / picture.width
        assert int(width) <= 920, "it has to fit beside JupyterLab's sidebar at 1366 pixels"
        assert height <= 500, "it has to fit on a laptop's screen"


def test_what_moves_waits_until_it_is_asked_for():
    text = "\n".join(cells_of.source(c) for _, c in ALL_CELLS)
    hidden = "\n".join(re.findall(r"<details>.*?</details>", text, re.DOTALL))
    assert text.count('.gif" width') == hidden.count('.gif" width') == 1


def test_no_answer_is_seen_before_its_question_is_run():
    """Behind a question comes the cell that answers it; texts about the answer come later."""
    for name in NOTEBOOKS:
        cells = as_written("conv2d", name)
        for place, c in enumerate(cells):
            if "**Predict" in cells_of.source(c):
                following = [each for each in cells[place + 1 :] if "hints" not in each["id"]]
                assert following[0]["cell_type"] == "code", c["id"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_words_for_pictures_cannot_be_read_before_the_pictures_are_drawn(name):
    (c,) = (c for c in as_written("conv2d", name) if c["id"] == "pictures-helper")
    space = {}
    exec(cells_of.source(c), space)
    said = [space["in_words"]([each]) for each in space["SEEN"]]
    assert all(re.search("white|black|grey|soft|what|relief|picture|yours|pink", words) for words in said)
    assert not re.search("white|black|grey|soft|edges |relief", cells_of.source(c))


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
        cells = source("conv2d", name)["cells"]
        assert not any(c.get("outputs") or c.get("execution_count") for c in cells)
        assert len({c["id"] for c in cells}) == len(cells)


def test_the_requirements_are_those_of_the_lesson():
    lines = (ROOT / "release" / "conv2d" / "requirements.txt").read_text().splitlines()
    assert [re.split("[<>=]", line)[0] for line in lines if not line.startswith("#")] == [
        "jupyterlab",
        "nbgrader",
        "numpy",
        "pillow",
    ]


def execute(folder, nb, *allow):
    """Run a notebook in a folder and hand back its cells."""
    (folder / "run.ipynb").write_text(json.dumps(nb))
    command = ["nbconvert", "--to", "notebook", "--execute", *allow, "--inplace", "run.ipynb"]
    subprocess.run([sys.executable, "-m", *command], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return json.loads((folder / "run.ipynb").read_bytes())["cells"]


ONLY_PLAIN = """
    (h, w), (kh, kw) = image.shape, kernel.shape
    rows, columns = range(h - kh + 1), range(w - kw + 1)
    return np.array([[(image[y : y + kh, x : x + kw] * kernel).sum() for x in columns] for y in rows])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "report"),
    [
        ("return np.zeros((2, 2))", "example 1 of 5 fails: convolve2d(image, kernel)"),
        ("return None", "example 1 of 5 fails: convolve2d(image, kernel)"),
        (ONLY_PLAIN, "example 3 of 5 fails: convolve2d(image, kernel, stride=2)"),
    ],
)
def test_an_example_says_what_was_expected_and_what_came(tmp_path, wrong, report):
    text = f"def convolve2d(image, kernel, stride=1, padding=0):\n    {wrong.lstrip()}"
    nb = pour(released("conv2d", NOTEBOOKS[0]), EXEMPLAR | {"convolve2d": text})
    kept = {"setup", "examples-helper", "output-size", "test-output-size", "convolve2d", "test-convolve2d"}
    nb["cells"] = [c for c in nb["cells"] if c["id"] in kept]
    *_, passing, _, failing = execute(tmp_path, nb, "--allow-errors")
    assert printed(passing) == "4 of 4 examples pass\n"
    (error,) = errors(failing)
    words = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert report in words
    assert re.search(r"expected +got\n", words)


STUB = 'raise NotImplementedError("this cell is still a TODO")  # replace this line with your code'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("todo", "said"),
    [
        (STUB, "output_size: not done yet in 1_convolve2d.ipynb"),
        (f"size = 3\n    {STUB}", "output_size: not done yet in 1_convolve2d.ipynb"),
        (f"return (n + 2 * padding - k) // stride + 1\n    {STUB}", "output_size: yours"),
        ("return n + nothing", "output_size: yours, but it stops with NameError"),
    ],
)
def test_a_later_notebook_looks_at_what_runs_and_not_at_the_text(tmp_path, todo, said):
    texts = EXEMPLAR | {"output_size": f"def output_size(n, k, stride=1, padding=0):\n    {todo}"}
    (tmp_path / "1_convolve2d.ipynb").write_text(json.dumps(pour(released("conv2d", NOTEBOOKS[0]), texts)))
    nb = released("conv2d", NOTEBOOKS[1])
    nb["cells"] = [c for c in nb["cells"] if c["id"] in {"setup", "load-helper", "load"}]
    *_, loading = execute(tmp_path, nb)
    assert printed(loading).startswith(said)


def test_a_later_notebook_fetches_the_practice_function_and_a_students_own_too(tmp_path):
    built_on_it = "def convolve2d(*args):\n    return mine(plain_convolve2d(*args))"
    own = new_code_cell(
        "# a helper of mine\n\nfrom functools import cache\n\n\ndef mine(each):\n    return each"
    )
    texts = EXEMPLAR | {"convolve2d": built_on_it}
    written = pour(released("conv2d", NOTEBOOKS[0]), texts)
    written["cells"].insert(0, own)
    (tmp_path / "1_convolve2d.ipynb").write_text(json.dumps(written))
    nb = released("conv2d", NOTEBOOKS[1])
    nb["cells"] = [c for c in nb["cells"] if c["id"] in {"setup", "load-helper", "load"}]
    *_, loading = execute(tmp_path, nb)
    assert printed(loading).count("yours\n") == len(printed(loading).splitlines()) == 3


def test_convolve2d_may_be_built_on_the_practice_function(best_place):
    text = """def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    padded = zero_pad(image, padding)
    output_size(padded.shape[0], kernel.shape[0], sh), output_size(padded.shape[1], kernel.shape[1], sw)
    return plain_convolve2d(padded, kernel.astype(float))[::sh, ::sw].copy()"""
    verdict = verdict_on(best_place, NOTEBOOKS[0], EXEMPLAR | {"convolve2d": text})
    assert not_passed(verdict) == {}


def test_the_line_to_replace_is_the_line_that_raises():
    for name, c in ALL_CELLS:
        if cells_of.is_solution(c) and c["cell_type"] == "code":
            assert cells_of.source(c).splitlines()[-1].strip() == STUB, name


def words(name, id_):
    """The source of one cell as students get it."""
    (text,) = (cells_of.source(c) for c in as_written("conv2d", name) if c["id"] == id_)
    return text


def test_a_larger_kernel_costs_more_products_for_each_pixel_and_not_more_time():
    products, pixels = [], []
    for size in (3, 5, 9):
        products.append(size**2)
        pixels.append(reference.output_size(48, size) * reference.output_size(60, size))
    assert products == sorted(products)
    assert pixels == sorted(pixels, reverse=True), "two loops and .sum() visit fewer pixels"
    text = words("3_custom_kernels", "compare-after")
    assert "each pixel costs more products" in text
    assert "time" not in text


def test_weights_that_do_not_add_up_to_1_change_the_brightness_either_way():
    wall, blur = np.full((3, 3), 100), reference.gaussian_kernel(3)
    assert reference.convolve2d(wall, 0.9 * blur) < 100 < reference.convolve2d(wall, 1.1 * blur)
    for id_ in ("size-text", "test-gaussian-kernel"):
        assert "or else the picture gets brighter or darker" in words("3_custom_kernels", id_)


def test_the_first_notebook_promises_what_the_third_one_keeps():
    promised = words("1_convolve2d", "cnn-layers")
    assert "do this yourself" not in promised
    assert "watch a single kernel learn, with your own `convolve2d`" in promised
    assert "learned -= " in words("3_custom_kernels", "learn"), "the code is given"


def test_it_is_not_said_of_most_kernels_that_rows_upside_down_change_them():
    arrays = [kernel.array for kernel in reference.KERNELS.values()]
    changed = [array for array in arrays if not np.array_equal(array, array[::-1])]
    assert 1 < len(changed) < len(arrays) / 2
    text = words("1_convolve2d", "pillow-text")
    assert "most" not in text.replace("outermost", "")
    assert "many kernels don't" in text


def waiting(id_, **names):
    """What an example cell of the third notebook raises while a function is not done."""
    space = {"np": np, "extract_tb": extract_tb, "KERNELS": {"sharpen": np.ones((3, 3))}} | names
    exec(words("3_custom_kernels", "examples-helper"), space)
    with pytest.raises(NotImplementedError) as raised:
        exec(words("3_custom_kernels", id_), space)
    return str(raised.value)


def test_examples_of_transition_frames_name_the_function_that_is_not_done():
    def normalize(_):
        raise NotImplementedError("this cell is still a TODO")

    def transition_frames(*_):
        raise NotImplementedError("this cell is still a TODO")

    tried = {"transition_frames": transition_frames, "normalize": lambda image, *_: normalize(image)}
    for unfinished, frames in tried.items():
        said = waiting("test-transition-frames", normalize=normalize, transition_frames=frames)
        assert said == f"{unfinished} is still a TODO"


def test_a_kernel_that_is_not_written_is_still_a_todo():
    assert waiting("test-my-kernel", my_kernel=None) == "my_kernel is still a TODO"


def test_a_kernel_is_learned(filled):
    (learn,) = (c for c in filled["3_custom_kernels"] if c["id"] == "learn")
    assert printed(learn).splitlines()[-3:] == ["[[-1.  0.  1.]", " [-2.  0.  2.]", " [-1.  0.  1.]]"]


def test_the_setup_says_what_is_missing_and_what_graders_have(tmp_path, filled):
    (setup,) = (c for c in filled["1_convolve2d"] if c["id"] == "setup")
    assert "Only these two are available when your notebook is graded." in printed(setup)
    assert "Download" not in printed(setup)
    alone = [sys.executable, "-c", cells_of.source(setup)]
    ran = subprocess.run(alone, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "Download the whole" in ran.stdout


@pytest.mark.slow
def test_validate_passes_the_exemplar_and_fails_the_release(tmp_path):
    for name in NOTEBOOKS:
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(pour(released("conv2d", name), EXEMPLAR)))
    (tmp_path / "untouched.ipynb").write_text(json.dumps(released("conv2d", NOTEBOOKS[1])))
    wrong = EXEMPLAR | {"zero_pad": "def zero_pad(image, padding): return image * 1.0"}
    (tmp_path / "wrong.ipynb").write_text(json.dumps(pour(released("conv2d", NOTEBOOKS[0]), wrong)))
    command = [
        sys.executable,
        "-m",
        "nbgrader",
        "validate",
        *sorted(file.name for file in tmp_path.iterdir()),
    ]
    shown = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert shown.count("Success!") == 3
    assert shown.count("VALIDATION FAILED") == 2
    assert "YOUR ANSWER HERE" in shown
    assert "example 1 of 3 fails: zero_pad(small, 1)" in shown, "the reason, too"
