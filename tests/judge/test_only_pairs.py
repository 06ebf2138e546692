"""Functions that take pairs only: the number costs its points once, the rest is asked with pairs."""

from __future__ import annotations

import pytest
from local_student import marked_code

ZERO_PAD = """
def zero_pad(image, padding):
    up, left = padding
    if image.ndim != 2 or up < 0 or left < 0:
        raise ValueError("illegal")
    return np.pad(image.astype(float), ((up, up), (left, left)))
"""
CONVOLVE = """
def convolve2d(image, kernel, stride=(1, 1), padding=(0, 0)):
    (kh, kw), (up, left) = kernel.shape, (padding[0], padding[1])
    if image.ndim != 2 or kernel.ndim != 2 or stride[0] < 1 or stride[1] < 1 or up < 0 or left < 0:
        raise ValueError("illegal")
    padded = np.pad(image.astype(float), ((up, up), (left, left)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[:: stride[0], :: stride[1]]
    return (windows * kernel.astype(float)).sum((2, 3))
"""
SENTENCE = "Your function takes pairs only; plain numbers have to work, too."


@pytest.mark.parametrize(
    ("code", "charged"), [(ZERO_PAD, {"frame"}), (CONVOLVE, {"stride"})], ids=["first check", "later"]
)
def test_a_function_of_pairs_loses_the_first_check_that_gives_it_a_number(code, charged):
    function = code.split("def ")[1].partition("(")[0]
    results = marked_code(function, code)
    assert {name for name, each in results.items() if each.status != "passed"} == charged
    (failed,) = (results[name] for name in charged)
    assert SENTENCE in failed.message
    given = {each.message for each in results.values() if each.message} - {failed.message}
    assert given == {f"Right, given the mistake in: {failed.title}"}


def test_another_mistake_beside_it_costs_what_it_costs():
    results = marked_code("zero_pad", ZERO_PAD.replace(".astype(float)", ""))
    assert {name for name, each in results.items() if each.status != "passed"} == {"frame", "number_types"}


@pytest.mark.parametrize(
    "code",
    [
        ZERO_PAD.replace("image.astype(float)", "image.astype(float) * 2"),  # wrong for pairs as well
        ZERO_PAD.replace("up, left = padding", "up = left = padding; image[0][0][0]"),
        ZERO_PAD.replace("up, left = padding", "up = left = padding; up[0] if up == left else 0"),
    ],
)
def test_what_is_wrong_with_pairs_as_well_is_not_said_to_take_them(code):
    results = marked_code("zero_pad", code)
    assert not any(SENTENCE in each.message for each in results.values())


def test_whoever_takes_pairs_only_is_not_told_that_pairs_do_not_work():
    code = """
def conv_transpose2d(image, kernel, stride=(1, 1), padding=0, output_padding=0):
    sh, sw = stride
    (h, w), (kh, kw) = image.shape, kernel.shape
    out = np.zeros(((h - 1) * sh + kh, (w - 1) * sw + kw))
    for y, x in np.ndindex(h, w):
        out[y * sh : y * sh + kh, x * sw : x * sw + kw] += float(image[y, x]) * kernel.astype(float)
    return out
"""
    results = marked_code("conv_transpose2d", code)
    assert SENTENCE in results["stride"].message
    assert results["pairs"].status == "failed"
    assert "pairs (vertical" not in results["pairs"].message
