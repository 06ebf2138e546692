"""What is said of a failure is true of that failure, and of the example that is shown."""

from __future__ import annotations

import pytest
from local_student import marked_code

CONVOLVE = """
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D")
    (sh, sw), (p, q) = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding)]
    if min(sh, sw) < 1 or min(p, q) < 0:
        raise ValueError("stride or padding")
    around = (p, p), (q, q)
    image = np.pad(image.astype(float), around)
    kh, kw = kernel.shape
    ys, xs = range(0, image.shape[0] - kh + 1, sh), range(0, image.shape[1] - kw + 1, sw)
    if kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("fit")
    return np.array([[(image[y : y + kh, x : x + kw] * kernel.astype(float)).sum() for x in xs] for y in ys])
"""
SHORT = CONVOLVE.replace("- kh + 1", "- kh").replace("- kw + 1", "- kw")
SAME = CONVOLVE.replace("around = ", "p, q = [side // 2 for side in kernel.shape]\n    around = ")
STAMPS = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D")
    (sh, sw), (p, q), (oh, ow) = [
        v if isinstance(v, tuple) else (v, v) for v in (stride, padding, output_padding)
    ]
    if min(sh, sw) < 1 or min(p, q, oh, ow) < 0 or oh >= sh or ow >= sw:
        raise ValueError("arguments")
    (h, w), (kh, kw) = image.shape, kernel.shape
    height, width = (h - 1) * sh + kh + oh, (w - 1) * sw + kw + ow
    if height <= 2 * p or width <= 2 * q:
        raise ValueError("nothing left")
    out = np.zeros((height, width))
    for y, x in np.ndindex(h, w):
        out[y * sh : y * sh + kh, x * sw : x * sw + kw] += float(image[y, x]) * kernel.astype(float)
    return CUT
"""
STRETCH = """
def normalize(image):
    image = image.astype(float)
    if not np.isfinite(image).all():
        raise ValueError("finite")
    low, high = image.min(), image.max()
    return ((image - low) / (high - low) * 256).astype(int).astype(np.uint8)
"""
GUARDED = STRETCH.replace(
    "    return", "    if low == high:\n        return np.zeros(image.shape, TYPE)\n    return"
)


ONE_ASPECT = {
    "cut at the end": ("out[: height - 2 * p, : width - 2 * q]", "padding", "cut on two sides only"),
    "cut at the start": ("out[2 * p :, 2 * q :]", "padding", "cut on two sides only"),
    "cut once": ("out[p:, q:]", "padding", "cut on two sides only"),
    "cut once at the end": ("out[: height - p, : width - q]", "padding", "cut on two sides only"),
    "not cut": ("out", "padding", "You leave the padding out"),
    "cut with both halves only": (
        "out[p:-p, q:-q] if p and q else out",
        "pairs",
        "With one half of a padding 0 you cut nothing off",
    ),
    "cut to nothing": ("out[p:-p, q:-q] if p or q else out", "pairs", "is empty when the padding is 0"),
}


@pytest.mark.parametrize(("cut", "check", "words"), ONE_ASPECT.values(), ids=ONE_ASPECT)
def test_a_wrong_cut_costs_its_aspect_and_is_told_as_it_is(cut, check, words):
    results = marked_code("conv_transpose2d", STAMPS.replace("CUT", cut))
    assert [each.id for each in results.values() if each.status != "passed"] == [check]
    assert words in results[check].message
    assert "adds none" not in results[check].message


def test_a_wrap_is_told_only_where_it_shows():
    results = marked_code("normalize", STRETCH)
    assert "256 levels" in results["stretch"].message
    assert "256 levels" not in results["flat"].message
    assert "A flat image has no contrast" in results["flat"].message


def test_values_are_called_right_only_if_they_are():
    code = GUARDED.replace(".astype(np.uint8)", " % 256").replace("TYPE", "int")
    assert marked_code("normalize", code)["bytes_out"].message == "The dtype is int64; expected uint8."
    right = code.replace("256)", "255)")
    assert marked_code("normalize", right)["bytes_out"].message.startswith(
        "The values are right, but the dtype is"
    )


def test_who_leaves_a_rim_of_zeros_may_ignore_the_padding_as_well():
    code = """
def convolve2d(image, kernel, stride=1, padding=0):
    out = np.zeros(image.shape)
    for y in range(image.shape[0] - kernel.shape[0] + 1):
        for x in range(image.shape[1] - kernel.shape[1] + 1):
            window = image[y : y + kernel.shape[0], x : x + kernel.shape[1]]
            out[y + kernel.shape[0] // 2, x + kernel.shape[1] // 2] = (window * kernel).sum()
    return out
"""
    assert "You ignore `padding`" in marked_code("convolve2d", code)["padding"].message


def test_who_always_pads_does_not_leave_the_padding_out():
    results = marked_code("convolve2d", SAME)
    assert "You always pad the image by half the kernel" in results["windows"].message
    assert "You ignore `padding`" in results["padding"].message


def test_an_example_shows_the_mistake_that_is_named_with_it():
    results = marked_code("convolve2d", SHORT.replace("* kernel.", "* kernel[::-1, ::-1]."))
    assert results["windows"].misconception == "convolve2d/short"
    assert results["orientation"].misconception == "convolve2d/flipped"
    assert results["orientation"].counterexample.arguments["kernel"]["shape"] != [1, 1]


def test_an_example_without_the_mistake_gives_way_to_one_with_it():
    code = """
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("shapes")
    return np.sqrt(gx * gx + gy * gy)
"""
    message = marked_code("edge_magnitude", code)["number_types"].message
    assert "wrap around" in message
    assert "values are right" not in message


def test_bytes_that_wrap_are_shown_where_they_wrap():
    code = "def edge_magnitude(gx, gy):\n    return np.abs(gx) + np.abs(gy)\n"
    result = marked_code("edge_magnitude", code)["number_types"]
    assert "wrap around" in result.message
    assert result.counterexample.got["values"][0][0] != sum(
        abs(result.counterexample.arguments[name]["values"][0][0]) for name in ("gx", "gy")
    )


def test_what_the_example_shows_is_said_first():
    code = """
def max_pool2d(image, size, stride=None):
    (a, b), (s, t) = [v if isinstance(v, tuple) else (v, v) for v in (size, stride or size)]
    rows, columns = range(0, len(image) - a + 1, s), range(0, len(image[0]) - b + 1, t)
    return np.array([[max(0.0, image[y : y + a, x : x + b].max()) for x in columns] for y in rows])
"""
    message = marked_code("max_pool2d", code)["windows"].message
    assert message.startswith("The shape is wrong")
    assert message.index("as far apart as they are large") < message.index("A window below zero gives 0")


def test_who_cannot_lay_kernels_with_even_sides_is_not_said_to_refuse_them():
    code = CONVOLVE.replace("kh, kw = kernel.shape", "kh, kw = [side // 2 * 2 + 1 for side in kernel.shape]")
    message = marked_code("convolve2d", code)["windows"].message
    assert "is fine" not in message


def test_no_window_is_said_to_stick_out_that_is_larger_than_the_kernel():
    code = CONVOLVE.replace("y : y + kh, x : x + kw", "y : y + kh // 2 * 2 + 1, x : x + kw // 2 * 2 + 1")
    message = marked_code("convolve2d", code)["windows"].message
    assert "Two arrays of the shapes (3,3) and (2,2) do not fit together." in message
    assert "stick out" not in message


@pytest.mark.parametrize(
    ("kept", "large"), [("np.maximum(out, 0)", False), ("abs(out)", False), ("np.clip(out, 0, 255)", True)]
)
def test_large_responses_are_spoken_of_only_where_they_are_cut_off(kept, large):
    code = CONVOLVE.replace("return np.array", "out = np.array") + f"    return {kept}\n"
    message = marked_code("convolve2d", code)["windows"].message
    assert ("negative and large" in message) == large
    assert ("Negative responses are half of all edges" in message) == (not large)


ONE_PAIR = {
    "stride": CONVOLVE.replace("for v in (stride, padding)", "for v in (stride + 0, padding)"),
    "padding": CONVOLVE.replace("for v in (stride, padding)", "for v in (stride, padding + 0)"),
}


@pytest.mark.parametrize("name", ONE_PAIR)
def test_pairs_are_asked_for_where_they_do_not_work(name):
    message = marked_code("convolve2d", ONE_PAIR[name])["pairs"].message
    assert f"For `{name}` your function takes plain numbers only; pairs have to work, too." in message


NOTHING = {
    "no rows": "{}",
    "a list": "{}.tolist()",
    "no columns": "{}.reshape(len(ys), len(xs))",
    "an exception": "np.stack({})",
}


@pytest.mark.parametrize("wrapped", NOTHING.values(), ids=NOTHING)
def test_the_last_row_and_column_missing_has_its_name_whatever_nothing_looks_like(wrapped):
    start, last = SHORT.split("    return ")
    results = marked_code("convolve2d", f"{start}    return {wrapped.format(last.strip())}\n")
    lost = {each.id for each in results.values() if each.status != "passed"}
    assert lost == ({"windows", "number_types"} if wrapped.endswith("tolist()") else {"windows"})
    assert results["windows"].misconception == "convolve2d/short"


@pytest.mark.parametrize("around", ["(p, 0), (q, 0)", "(0, p), (0, q)"])
def test_zeros_on_two_sides_cost_the_padding_alone(around):
    results = marked_code("convolve2d", CONVOLVE.replace("(p, p), (q, q)", around))
    assert [each.id for each in results.values() if each.status != "passed"] == ["padding"]
    assert "Zeros belong on all four sides" in results["padding"].message


@pytest.mark.parametrize("function", ["convolve2d", "zero_pad"])
def test_zeros_only_with_both_halves_of_a_pair_cost_the_pairs_alone(function):
    pad = """
def zero_pad(image, padding):
    p, q = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or min(p, q) < 0:
        raise ValueError("no")
    return np.pad(image.astype(float), ((p, p), (q, q)) if p and q else 0)
"""
    code = (
        pad
        if function == "zero_pad"
        else CONVOLVE.replace("around = ", "around = p and q and ").replace(
            "(p, p), (q, q)\n", "((p, p), (q, q))\n"
        )
    )
    results = marked_code(function, code)
    assert [each.id for each in results.values() if each.status != "passed"] == ["pairs"]
    assert "the other half counts all the same" in results["pairs"].message


def test_nothing_is_said_of_kernels_where_the_second_array_is_none():
    code = """
def edge_magnitude(gx, gy):
    return np.sqrt(gx.astype(int) ** 2.0 + gy.astype(int) ** 2.0)
"""
    for result in marked_code("edge_magnitude", code).values():
        assert "kernel" not in result.message
