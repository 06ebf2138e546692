"""A student's own helpers are theirs: right code loses nothing for the names and parameters it chose."""

from __future__ import annotations

import pytest
from common import ROOT, cell, judged, not_passed
from pour import sections

from autograder.course.sources import earlier_functions

EXEMPLAR = sections("conv2d", "student-01")

OWN_FRAME_AND_SIZE = """
def zero_pad(image, h, w):
    padded = np.zeros((image.shape[0] + 2 * h, image.shape[1] + 2 * w))
    padded[h : h + image.shape[0], w : w + image.shape[1]] = image
    return padded


def output_size(shape, kshape, strides):
    fits = all(n >= k for n, k in zip(shape, kshape))
    if not fits:
        raise ValueError("the kernel does not fit")
    return tuple((n - k) // s + 1 for n, k, s in zip(shape, kshape, strides))


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or kernel.ndim != 2 or min(sh, sw) < 1 or min(ph, pw) < 0:
        raise ValueError("illegal")
    padded, (kh, kw) = zero_pad(image, ph, pw), kernel.shape
    out = np.zeros(output_size(padded.shape, kernel.shape, (sh, sw)))
    for y, x in np.ndindex(out.shape):
        out[y, x] = np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * kernel.astype(float))
    return out
"""
FRAME = """
def zero_pad(image, padding, {more}):
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or min(ph, pw) < 0:
        raise ValueError("illegal")
    padded = np.full((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw), float({value}))
    padded[ph : ph + image.shape[0], pw : pw + image.shape[1]] = image
    return padded
"""
OTHER_NAMES = """
def output_size({a}, {b}, {c}=1, {d}=0):
    if min({a}, {b}, {c}) < 1 or {d} < 0 or {a} + 2 * {d} < {b}:
        raise ValueError("no such size")
    return ({a} + 2 * {d} - {b}) // {c} + 1
"""
NORMALIZE = """
def normalize(image, top=255):
    values = image.astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError("NaN or infinity in the image")
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return ((values - low) / (high - low) * top).astype(np.uint8)
"""
OWN_CONVOLUTION = """
def convolve2d(picture, weights, flip=False):
    if flip:
        weights = np.flip(weights)
    windows = np.lib.stride_tricks.sliding_window_view(picture.astype(float), weights.shape)
    return (windows * weights).sum(axis=(2, 3))


"""
OWN_NORMALIZE = """
def normalize(image, top):
    low, high = image.min(), image.max()
    if low == high:
        return np.zeros(image.shape, np.uint8)
    return ((image - low) / (high - low) * top).astype(np.uint8)


"""
WRONG_FRAME = "def zero_pad(image, padding):\n    return image * 0 - 1.0"


def exemplar(name, *changes):
    """The exemplar's solution of one function, with some of its text replaced."""
    text = EXEMPLAR[name]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {name: text}


def first(place, *texts):
    """The verdict on the first notebook, with some solutions changed."""
    return judged(place, {name: text for each in (EXEMPLAR, *texts) for name, text in each.items()})


def third(place, *texts):
    """The verdict on the third notebook: everything in the two before it is answered by the judge."""
    earlier = earlier_functions(ROOT / "source" / "conv2d" / "3_custom_kernels.ipynb")
    changed = {name: text for each in (EXEMPLAR, *texts) for name, text in each.items()}
    return judged(place, changed, notebook="3_custom_kernels", earlier=earlier)


def test_helpers_of_earlier_names_with_parameters_of_their_own_have_full_marks(best_place):
    verdict = first(best_place, {"convolve2d": OWN_FRAME_AND_SIZE})
    assert not_passed(verdict) == {}
    assert cell(verdict, "convolve2d").score == 14


@pytest.mark.parametrize("helper", ["zero_pad", "output_size"])
def test_helpers_that_are_wrong_are_as_wrong_as_they_are(best_place, helper):
    """What the cell binds is not answered by the judge, be it to the student's harm."""
    own = OWN_FRAME_AND_SIZE.replace(f"def {helper}(", f"def {helper}(*a):\n    return None\n\n\ndef right(")
    verdict = first(best_place, {"convolve2d": own})
    assert cell(verdict, "convolve2d").score == 0
    assert set(not_passed(verdict)) == {"convolve2d"}


@pytest.mark.parametrize("bound", ["zero_pad = None", "import json as zero_pad", "class zero_pad: pass"])
def test_a_name_bound_in_any_way_is_the_students(best_place, bound):
    verdict = first(best_place, {"convolve2d": f"{bound}\n\n\n{EXEMPLAR['convolve2d']}"})
    assert cell(verdict, "convolve2d").score == 0


def test_one_parameter_more_in_the_earlier_function_is_the_students_own(best_place):
    """The judge would pad with zeros whatever is asked; the student's function pads with `fill`."""
    frame = {"zero_pad": FRAME.format(more="fill=0.0", value="fill")}
    for called in ("zero_pad(image, padding, fill=0.0)", "zero_pad(image, padding, 0.0)"):
        filled = exemplar("convolve2d", ("zero_pad(image, padding)", called))
        assert not_passed(first(best_place, frame, filled)) == {}
    ones = exemplar("convolve2d", ("zero_pad(image, padding)", "zero_pad(image, padding, fill=1.0)"))
    assert "padding" in not_passed(first(best_place, frame, ones))["convolve2d"]


@pytest.mark.parametrize(
    "names", [("length", "cells", "step", "rim"), ("size", "filter_size", "stride", "pad")], ids=" ".join
)
def test_parameters_may_have_names_of_the_students_own(best_place, names):
    a, b, c, d = names
    size = {"output_size": OTHER_NAMES.format(a=a, b=b, c=c, d=d)}
    called = exemplar(
        "convolve2d",
        ("output_size(padded.shape[0], kh, sh)", f"output_size({a}=padded.shape[0], {b}=kh, {c}=sh)"),
        ("output_size(padded.shape[1], kw, sw)", f"output_size({a}=padded.shape[1], {b}=kw, {c}=sw)"),
    )
    verdict = first(best_place, size, called)
    assert cell(verdict, "convolve2d").score == 14


def test_other_kinds_of_arguments_are_for_the_students_own_function(best_place):
    """A frame given as NumPy has it, ((top, bottom), (left, right)), is not in the contract."""
    own = """
def zero_pad(image, padding):
    if isinstance(padding, tuple) and isinstance(padding[0], tuple):
        return np.pad(image.astype(float), padding)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or min(ph, pw) < 0:
        raise ValueError("illegal")
    return np.pad(image.astype(float), ((ph, ph), (pw, pw)))
"""
    halves = "ph, pw = padding if isinstance(padding, tuple) else (padding, padding)"
    refused = 'if min(ph, pw) < 0:\n        raise ValueError("illegal")'
    called = exemplar(
        "convolve2d",
        ("padded, weights", f"{halves}\n    {refused}\n    padded, weights"),
        ("zero_pad(image, padding)", "zero_pad(image, ((ph, ph), (pw, pw)))"),
    )
    assert not_passed(first(best_place, {"zero_pad": own}, called)) == {}


def test_a_call_that_the_contract_covers_is_answered_by_the_judge_though_the_function_is_wrong(best_place):
    verdict = first(best_place, {"zero_pad": WRONG_FRAME})
    assert set(not_passed(verdict)) == {"zero_pad"}
    named = exemplar("convolve2d", ("zero_pad(image, padding)", "zero_pad(padding=padding, image=image)"))
    verdict = first(best_place, {"zero_pad": WRONG_FRAME}, named)
    assert set(not_passed(verdict)) == {"zero_pad"}


def test_what_is_not_there_and_cannot_be_answered_is_named(best_place):
    """No earlier function, and a call that no right one has: the message says what is missing."""
    without = {"zero_pad": "pass"} | exemplar("convolve2d", ("(image, padding)", "(image, padding, fill=0)"))
    verdict = first(best_place, without)
    assert cell(verdict, "convolve2d").score == 0
    assert "zero_pad" in cell(verdict, "convolve2d").checks[0].message
    assert "NoneType" not in cell(verdict, "convolve2d").checks[0].message


@pytest.mark.parametrize(
    ("helper", "change"),
    [
        (OWN_CONVOLUTION, ("convolve2d(image, ", "convolve2d(image, flip=False, weights=")),
        (OWN_NORMALIZE, ("identity + t * kernel))", "identity + t * kernel), 255)")),
    ],
    ids=["convolve2d", "normalize"],
)
def test_helpers_in_the_cell_of_the_frames_have_full_marks(best_place, helper, change):
    text = exemplar("transition_frames", change)["transition_frames"]
    verdict = third(best_place, {"transition_frames": helper + text})
    assert not_passed(verdict) == {}
    assert cell(verdict, "transition_frames").score == 7


def test_one_parameter_more_in_a_function_of_the_same_notebook(best_place):
    """Of `normalize(image, top)`: `edge_magnitude`, judged after it, may use it in its own way."""
    earlier = earlier_functions(ROOT / "source" / "conv2d" / "2_normalization.ipynb")
    scaled = exemplar("edge_magnitude", ("return np.sqrt", "normalize(gx * 0, top=9)\n    return np.sqrt"))
    texts = EXEMPLAR | scaled | {"normalize": NORMALIZE}
    verdict = judged(best_place, texts, notebook="2_normalization", earlier=earlier)
    assert not_passed(verdict) == {}
