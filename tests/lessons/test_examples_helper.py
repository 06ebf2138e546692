"""What the notebook says about the examples that students write: one sentence, whatever their brackets."""

from __future__ import annotations

import re
from traceback import extract_tb

import numpy as np
import pytest
from common import ROOT
from pour import as_written, sections

import reference
from autograder import notebook as cells_of
from autograder.checks.example_list import MOST
from autograder.checks.examples import LEAST

SQUARE, KERNEL, ONE = np.array([[1, 2], [3, 4]]), np.array([[2, -1], [1, 3]]), [[1]]
HELPERS = {
    "convolve2d": ("conv2d", "1_convolve2d", "conv-examples-helper"),
    "normalize": ("conv2d", "2_normalization", "normalize-examples-helper"),
    "conv_transpose2d": ("conv_arithmetic", "2_transposed", "stamp-examples-helper"),
}
NESTINGS = {  # of an image, a kernel and a result
    "convolve2d": {
        "no outer pair": [(SQUARE, KERNEL), [[10]], "ValueError"],
        "no inner pair": [(SQUARE, KERNEL, [[10]])] * 3,
        "no inner pair, lists": [(ONE, ONE, ONE)] * 3,
        "no inner pair, a name": [(SQUARE, KERNEL, {"stride": 2}, [[10]])] * 3,
        "the outer pair twice": [(((SQUARE, KERNEL), [[10]]),)] * 3,
        "the inner pair twice": [(((SQUARE, KERNEL),), [[10]])] * 3,
        "all in one": [((SQUARE, KERNEL, [[10]]),)] * 3,
        "no kernel": [((SQUARE,), [[10]])] * 3,
        "no result": [((SQUARE, KERNEL), {"stride": 2})] * 3,
        "two names apart": [((SQUARE, KERNEL), {"stride": 2}, {"padding": 1}, [[10]])] * 3,
        "a name that is none": [((SQUARE, KERNEL), {"steps": 2}, [[10]])] * 3,
        "rows in place of images": [(([1, 2], [2, 3]), [8])] * 3,
        "an array in place of an example": [SQUARE] * 3,
    },
    "normalize": {
        "no comma": [((SQUARE), [[0, 255]])] * 3,
        "no comma, one row": [([[0, 1]], [[0, 255]])] * 3,
        "no outer pair": [(SQUARE,), [[0, 85], [170, 255]], (SQUARE,)],
        "no inner pair, refused": [([[0, np.nan]], "ValueError")] * 3,
        "a row in place of an image": [(([0, 1],), [0, 255])] * 3,
    },
}
NESTINGS["conv_transpose2d"] = NESTINGS["convolve2d"]


def helper(function, **changes):
    """The cell's two functions, with the right sizes unless they are changed."""
    lesson, name, id_ = HELPERS[function]
    cells = [c for c in as_written(lesson, name) if c["id"] in ("look-at-helper", id_)]
    space = {each: getattr(reference, each) for each in ("output_size", "transposed_output_size")}
    space |= {"np": np, "extract_tb": extract_tb} | changes
    for cell in cells:
        exec(cells_of.source(cell), space)
    return space["look_at"], space["problem_of"]


def said(function, examples, **changes):
    look_at, problem_of = helper(function, **changes)
    with pytest.raises(AssertionError) as raised:
        look_at(examples, problem_of)
    return str(raised.value)


def exemplar(function):
    space = {"np": np}
    exec(sections(HELPERS[function][0], "student-01")[f"{function}_examples"], space)
    return space[f"{function}_examples"]


@pytest.mark.parametrize(
    ("function", "nesting"), [(name, each) for name in NESTINGS for each in NESTINGS[name]]
)
def test_forgotten_brackets_get_one_sentence_that_shows_the_right_shape(function, nesting):
    shape = "((image,), result)" if function == "normalize" else "((image, kernel), result)"
    assert f"write {shape}" in said(function, NESTINGS[function][nesting])


@pytest.mark.parametrize("nesting", ["no inner pair", "all in one"])
def test_brackets_that_python_cannot_take_apart_are_said_in_words_of_the_lesson(nesting):
    assert "mind the brackets and the names" in said("convolve2d", NESTINGS["convolve2d"][nesting])


@pytest.mark.parametrize("function", HELPERS)
def test_only_the_error_of_the_contract_is_one(function):
    arguments = exemplar(function)[0][0]
    assert "write an array or \"ValueError\", not 'TypeError'" in said(
        function, [(arguments, "TypeError")] * LEAST
    )


@pytest.mark.parametrize("function", HELPERS)
def test_right_examples_pass_and_wrong_ones_are_numbered(function, capsys):
    look_at, problem_of = helper(function)
    examples = exemplar(function)
    look_at(examples, problem_of)
    assert capsys.readouterr().out == (
        f"{len(examples)} examples, and nothing wrong so far "
        "(the lesson's calls don't count, and the same call twice counts once)\n"
    )
    wrong = [*examples[:2], (examples[0][0], [[9, 9, 9]])]
    assert said(function, wrong).startswith("example 3: ")


def test_what_a_students_own_function_refuses_is_said():
    too_large = [((ONE, SQUARE), [[1]])] * LEAST
    assert re.search(r'fit.* \(write .*, or "ValueError" as the result\)', said("convolve2d", too_large))


@pytest.mark.parametrize("function", ["convolve2d", "conv_transpose2d"])
@pytest.mark.parametrize("stride", [(1, 2, 3), 1.5, (1, 1.5), "1"])
def test_a_stride_that_is_no_int_and_no_pair_is_said(function, stride):
    (arguments, result) = exemplar(function)[0]
    sentence = "example 1: stride has to be an int or a pair of ints"
    assert said(function, [(arguments, {"stride": stride}, result)] * LEAST) == sentence


@pytest.mark.parametrize("function", ["convolve2d", "conv_transpose2d"])
@pytest.mark.parametrize("name", ["stride", "padding"])
@pytest.mark.parametrize("result", [ONE, "ValueError"])
@pytest.mark.parametrize("pair", [[1, 1], np.array([1, 1])], ids=["list", "array"])
def test_a_pair_that_is_no_tuple_is_said(function, name, result, pair):
    sentence = "example 1: a pair is a tuple, such as (1, 2)"
    assert said(function, [((ONE, ONE), {name: pair}, result)] * LEAST) == sentence


@pytest.mark.parametrize("broken", [np.nan, -np.inf])
def test_a_result_for_nan_or_infinity_is_told_to_be_an_error(broken):
    sentence = 'example 1: NaN and infinity raise ValueError: write "ValueError" as the result'
    assert said("normalize", [(([[1, broken]],), [[0, 0]])] * LEAST) == sentence


@pytest.mark.parametrize("function", HELPERS)
def test_rows_of_different_lengths_are_said_in_the_words_of_the_lesson(function):
    arguments = exemplar(function)[0][0]
    assert said(function, [(arguments, [[1, 2], [3]])] * LEAST).startswith(
        "example 1: all rows of an array are equally long"
    )


@pytest.mark.parametrize(
    ("function", "size"), [("convolve2d", "output_size"), ("conv_transpose2d", "transposed_output_size")]
)
def test_a_size_that_is_not_done_yet_is_named(function, size):
    def todo(*_args):
        raise NotImplementedError("this cell is still a TODO")

    todo.__code__ = todo.__code__.replace(co_name=size)
    assert said(function, exemplar(function), **{size: todo}) == f"example 1: write your {size} first"


@pytest.mark.parametrize("function", HELPERS)
def test_what_is_too_large_to_be_counted_is_said(function):
    image = np.arange(101).reshape(1, -1)
    arguments = (image,) if function == "normalize" else (image, np.array(ONE))
    result = reference.normalize(image) if function == "normalize" else image
    assert "over 100 numbers" in said(function, [(arguments, result)] * LEAST)


@pytest.mark.parametrize("number", [0, LEAST - 1, MOST + 1])
@pytest.mark.parametrize("function", HELPERS)
def test_how_many_examples_may_be_written_is_said_in_the_text_and_by_the_cell(function, number):
    look_at, problem_of = helper(function)
    with pytest.raises(NotImplementedError, match=f"write {LEAST} to {MOST} examples"):
        look_at(exemplar(function)[:1] * number, problem_of)
    lesson, name, _ = HELPERS[function]
    texts = "\n".join(map(cells_of.source, as_written(lesson, name)))
    assert f"write {LEAST} to {MOST} examples of your own" in texts
    assert ROOT.joinpath("release", lesson, f"{name}.ipynb").read_text().count("**Limits:**") == 1


def examples_cell(lesson, name, **names):
    """The function `examples` of a notebook, among the names its calls need."""
    (cell,) = (c for c in as_written(lesson, name) if c["id"] == "examples-helper")
    space = {"np": np} | names
    exec(cells_of.source(cell), space)
    return space["examples"]


def test_an_expected_value_is_shown_as_it_is_written_and_by_rows():
    calls = {"(2, 1)": (1, 2), "np.zeros((2, 2))": [[0, 1], [2, 3]]}
    tried = examples_cell("conv2d", "1_convolve2d")
    with pytest.raises(AssertionError, match=r"\(1, 2\) +\(2, 1\)"):
        tried(calls)
    calls.pop("(2, 1)")
    with pytest.raises(AssertionError) as raised:
        tried(calls)
    assert [line.split("  ")[2] for line in str(raised.value).splitlines()[3:5]] == ["[[0, 1],", " [2, 3]]"]


def test_a_function_of_another_notebook_that_is_not_done_is_named():
    def normalize(_):
        raise NotImplementedError("this cell is still a TODO")

    tried = examples_cell("conv2d", "3_custom_kernels", normalize=normalize, extract_tb=extract_tb)
    with pytest.raises(NotImplementedError, match="normalize is still a TODO"):
        tried({"len(normalize([1]))": 1})


def test_a_cell_of_examples_that_waits_names_the_function_and_not_the_helper(capsys):
    def plain_convolve2d():
        raise NotImplementedError("this cell is still a TODO")

    tried = examples_cell("conv2d", "1_convolve2d", plain_convolve2d=plain_convolve2d, extract_tb=extract_tb)
    (cell,) = (c for c in as_written("conv2d", "1_convolve2d") if c["id"] == "helpers")
    space = {}
    exec(cells_of.source(cell), space)
    with space["needs"]("plain_convolve2d"):
        tried({"plain_convolve2d()": 1})
    assert capsys.readouterr().out == "This cell needs your plain_convolve2d first.\n"


def test_an_example_that_raises_is_named():
    tried = examples_cell("conv2d", "1_convolve2d")
    with pytest.raises(TypeError) as raised:
        tried({"1 + 1": 2, "1 + ''": 1})
    assert raised.value.__notes__ == ["in example 2 of 2: 1 + ''"]


def test_an_example_does_not_pass_with_a_warning():
    def stretched(image):
        return ((image - image.min()) / (image.max() - image.min())).astype(np.uint8)

    with pytest.raises(RuntimeWarning, match="invalid value"):
        examples_cell("conv2d", "2_normalization", normalize=stretched)({"normalize(np.zeros(3))": [0, 0, 0]})


@pytest.mark.parametrize(
    ("lesson", "name", "function", "wrong"),
    [
        (
            "conv2d",
            "1_convolve2d",
            "output_size",
            lambda *args, **named: reference.output_size(*args, **named) / 1,
        ),
        (
            "conv_arithmetic",
            "1_dilation",
            "pad_amounts",
            lambda *args: tuple(each / 1 for each in reference.pad_amounts(*args)),
        ),
        (
            "conv_arithmetic",
            "2_transposed",
            "transposed_output_size",
            lambda *args, **named: reference.transposed_output_size(*args, **named) / 1,
        ),
    ],
)
def test_an_example_asks_for_whole_numbers(lesson, name, function, wrong):
    (cell,) = (c for c in as_written(lesson, name) if cells_of.grade_id(c) == f"test_{function}")
    space = {"np": np, function: wrong, "examples": None}
    space["examples"] = examples_cell(lesson, name, **{function: wrong})
    with pytest.raises(AssertionError, match="isinstance"):
        exec(cells_of.source(cell), space)


@pytest.mark.parametrize(
    ("lesson", "name"), [("conv2d", "2_normalization"), ("conv_arithmetic", "1_dilation")]
)
def test_only_what_is_missing_is_named(lesson, name, capsys):
    (cell,) = (c for c in as_written(lesson, name) if c["id"] == "helpers")
    space = {}
    exec(cells_of.source(cell), space)

    def normalize():
        raise NotImplementedError

    with space["needs"]("convolve2d", "normalize"):
        normalize()
    assert capsys.readouterr().out == "This cell needs your normalize first.\n"
