"""The kinds of mistakes that strangers make, each with what a tutor says of it; and what is said of none."""

from __future__ import annotations

import re

import pytest
from local_student import built, judged, marked_code

CONVOLVE = """
def convolve2d(image, kernel, stride=1, padding=0):
    (h, w), (kh, kw) = image.shape, kernel.shape
    padded = np.pad(image.astype(float), padding)
    oh, ow = (h + 2 * padding - kh) // stride + 1, (w + 2 * padding - kw) // stride + 1
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            window = padded[y * stride : y * stride + kh, x * stride : x * stride + kw]
            out[y, x] = (window * kernel.astype(float)).sum()
    return out
"""
SAME = CONVOLVE.replace(
    "oh, ow =", "padded = np.pad(image, ((kh // 2,) * 2, (kw // 2,) * 2))\n    oh, ow = h, w #"
)
RIM = """
def convolve2d(image, kernel, stride=1, padding=0):
    (h, w), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((h, w))
    for y in range(kh // 2, h - kh // 2):
        for x in range(kw // 2, w - kw // 2):
            part = image[y - kh // 2 : y - kh // 2 + kh, x - kw // 2 : x - kw // 2 + kw]
            out[y, x] = (part * kernel).sum()
    return out
"""
MAGNITUDE = "def edge_magnitude(gx, gy):\n    size = np.hypot(gx.astype(float), gy.astype(float))\n"
BELL = """
def gaussian_kernel(size):
    y, x = np.mgrid[:size, :size] - size // 2
    bell = np.exp(-(x**2 + y**2) / 2)
    return bell
"""
BINOMIAL = """
import math
def gaussian_kernel(size):
    row = [math.comb(size - 1, k) for k in range(size)]
"""
SCALED = "def normalize(image):\n    image = image.astype(float)\n"
STRETCHED = """\
    if np.all(high == low):
        return np.zeros(image.shape, np.uint8)
    return np.clip(np.rint((image - low) / (high - low) * 255), 0, 255).astype(np.uint8)
"""
DILATED = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    return convolve2d(image, kernel[::dilation, ::dilation], stride, padding)
"""

KINDS = {
    "nothing is checked": ("convolve2d", CONVOLVE, "illegal", "illegal calls raised ValueError. Missing:"),
    "the size of the image": ("convolve2d", SAME, "windows", "always pad the image by half the kernel"),
    "numbers only": ("convolve2d", CONVOLVE, "pairs", "takes plain numbers only; pairs have to work"),
    "products wrap": ("convolve2d", CONVOLVE.replace(".astype(float)", ""), "number_types", "wrap around"),
    "divided by the largest": (
        "edge_magnitude",
        f"{MAGNITUDE}    return size / size.max()",
        "length",
        "You stretch the result",
    ),
    "a bell curve": ("gaussian_kernel", BELL, "weights", "the bell curve itself"),
    "a bell curve with sum 1": (
        "gaussian_kernel",
        BELL.replace("return bell", "return bell / bell.sum()"),
        "weights",
        "the bell curve itself",
    ),
    "a bell curve without a sum of 1": (
        "gaussian_kernel",
        BELL.replace("return bell", "return bell / bell.max()"),
        "weights",
        "the bell curve itself, and the sum is not 1",
    ),
    "a bell curve around the cell 1, 1": (
        "gaussian_kernel",
        BELL.replace("- size // 2", "- 1").replace("return bell", "return bell / bell.sum()"),
        "weights",
        "Your bell curve is not centred in the kernel",
    ),
    "a bell curve around a corner of the middle": (
        "gaussian_kernel",
        BELL.replace("- size // 2", "- size / 2").replace("return bell", "return bell / bell.sum()"),
        "weights",
        "Your bell curve is not centred in the kernel",
    ),
    "a row for the order": (
        "gaussian_kernel",
        BINOMIAL.replace("size - 1", "size + 1").replace("range(size)", "range(size + 2)")
        + "    return np.array(row) / sum(row)",
        "weights",
        "Your kernel is too large",
    ),
    "a row for the order, alone": (
        "gaussian_kernel",
        BINOMIAL.replace("size - 1", "size + 1").replace("range(size)", "range(size + 2)")
        + "    return np.array(row) / sum(row)",
        "weights",
        "You return the row alone",
    ),
    "a cross": (
        "gaussian_kernel",
        (
            f"{BINOMIAL}    out, half = np.zeros((size, size)), size // 2\n"
            "    out[half] = out[:, half] = row\n    return out"
        ),
        "weights",
        "You fill one row and one column only",
    ),
    "divided by twice the reach": (
        "gaussian_kernel",
        f"{BINOMIAL}    row = np.array(row, float)\n    return row[:, None] * row / (size - 1) ** 2",
        "weights",
        "add up to 1, but yours don't",
    ),
    "seven by seven": (
        "gaussian_kernel",
        BINOMIAL.replace("    row", "    size = 7\n    row") + "    return np.outer(row, row) / 4096",
        "weights",
        "Your function knows only some sizes",
    ),
    "divided by 256, whatever the size": (
        "gaussian_kernel",
        f"{BINOMIAL}    return np.outer(row, row) / 256",
        "weights",
        "add up to 1, but yours don't",
    ),
    "products of whole numbers": (
        "gaussian_kernel",
        f"{BINOMIAL}    products = np.multiply.outer(row, row)\n    return products / products.sum()",
        "sizes",
        "Whole numbers get too large",
    ),
    "Python's whole numbers in an array": (
        "gaussian_kernel",
        f"{BINOMIAL}    row = np.array(row) / 2 ** (size - 1)\n    return np.outer(row, row)",
        "sizes",
        "Whole numbers get too large",
    ),
    "whole numbers in a row that is too long": (
        "gaussian_kernel",
        """
def gaussian_kernel(size):
    row = np.array([1])
    for _ in range(size):
        row = np.append(row, 0) + np.append(0, row)
    return np.outer(row / 2.0**size, row / 2.0**size)
""",
        "sizes",
        "Whole numbers get too large",
    ),
    "two numbers at least": (
        "gaussian_kernel",
        """
def gaussian_kernel(size):
    row = np.array([0.5, 0.5])
    while len(row) < size:
        row = np.convolve(row, [0.5, 0.5])
    return np.outer(row, row)
""",
        "sizes",
        "For a size of 1 your row has two numbers",
    ),
    "float32": (
        "gaussian_kernel",
        f"{BINOMIAL}    row = np.array(row, 'f4')\n    return np.outer(row, row) / (row.sum() * row.sum())",
        "sizes",
        "float32, which overflows in large kernels",
    ),
    "a rim of zeros": ("convolve2d", RIM, "windows", "a rim of zeros where the kernel would stick out"),
    "a list of numbers": (
        "convolve2d",
        CONVOLVE.replace("return out", "return [list(row) for row in out]"),
        "number_types",
        "expected a NumPy array, got nested lists",
    ),
    "one side of the kernel": (
        "convolve2d",
        CONVOLVE.replace("kernel.shape\n", "(len(kernel),) * 2\n"),
        "rectangles",
        "one side of the kernel for both axes",
    ),
    "a switch": (
        "convolve2d",
        CONVOLVE.replace("    padded", "    padding = kh // 2 if padding else 0\n    padded"),
        "padding",
        "a number of zeros, not a switch",
    ),
    "loops without the frame": (
        "convolve2d",
        CONVOLVE.replace("range(oh)", "range((h - kh) // stride + 1)").replace(
            "range(ow)", "range((w - kw) // stride + 1)"
        ),
        "padding",
        "Your loops end at the size of the image without its zeros",
    ),
    "rounded": ("convolve2d", CONVOLVE.replace("return out", "return out.round(4)"), "windows", "You round"),
    "the minimum kept": (
        "normalize",
        f"{SCALED}    return (image / image.max() * 255).astype(np.uint8)",
        "stretch",
        "You do not subtract the smallest number first",
    ),
    "bytes first": (
        "normalize",
        SCALED.replace("float", "np.uint8")
        + f"    image = image.astype(float)\n    low, high = image.min(), image.max()\n{STRETCHED}",
        "stretch",
        "You turn the pixels into whole numbers before stretching",
    ),
    "inverted by fixed numbers": (
        "normalize",
        f"{SCALED}    return 1 - image / 255",
        "stretch",
        "You subtract the image from a fixed number",
    ),
    "from -1 to 1 by fixed numbers": (
        "normalize",
        f"{SCALED}    return image / 127.5 - 1",
        "stretch",
        "You use fixed numbers",
    ),
    "a fixed range, cut off": (
        "normalize",
        f"{SCALED}    return np.minimum(np.maximum(image / 255, 0), 1)",
        "stretch",
        "You divide by 255",
    ),
    "cut off at 0 and 1": (
        "normalize",
        f"{SCALED}    return np.uint8(255 * image.clip(0, 1))",
        "stretch",
        "You cut off what is outside fixed limits",
    ),
    "only as bytes, shares times 255": (
        "normalize",
        f"{SCALED}    return np.uint8((255 * image if image.max() <= 1 else image).clip(0, 255))",
        "stretch",
        "You cut off what is outside fixed limits",
    ),
    "times itself": (
        "normalize",
        f"{SCALED}    share = (image - image.min()) / np.ptp(image)\n    return 255 * image * share",
        "stretch",
        "You multiply the image by its own stretched numbers",
    ),
    "other percentiles": (
        "normalize",
        f"{SCALED}    low, high = np.percentile(image, [10, 90])\n{STRETCHED}",
        "stretch",
        "by percentiles",
    ),
    "without the brightest": (
        "normalize",
        f"{SCALED}    low, high = image.min(), np.percentile(image, 95)\n{STRETCHED}",
        "stretch",
        "You cut off the brightest pixels by a percentile",
    ),
    "without negative numbers and the brightest": (
        "normalize",
        (
            f"{SCALED}    image = image.clip(0, np.percentile(image, 99))\n"
            f"    low, high = image.min(), image.max()\n{STRETCHED}"
        ),
        "stretch",
        "You cut off negative numbers and the brightest pixels",
    ),
    "absolute values as floats": (
        "normalize",
        f"{SCALED}    return abs(image) / abs(image).max() * 255",
        "stretch",
        "don't take absolute values",
    ),
    "bytes as they are": (
        "normalize",
        (
            "def normalize(image):\n    if image.dtype == 'uint8':\n        return image.copy()\n"
            f"    image = image.astype(float)\n    low, high = image.min(), image.max()\n{STRETCHED}"
        ),
        "number_types",
        "A byte image comes back as it was",
    ),
    "bytes as they are, and small types": (
        "normalize",
        (
            "def normalize(image):\n    if image.dtype == 'uint8':\n        return image\n"
            f"    low, high = image.min(), image.max()\n{STRETCHED}"
        ),
        "number_types",
        "Byte images come back as they were, and differences wrap",
    ),
    "small types, step by step": (
        "normalize",
        (
            "def normalize(image):\n    image = image - image.min()\n"
            "    return (image / (image.max() or 1) * 255).astype('uint8')"
        ),
        "number_types",
        "Small integers wrap around",
    ),
    "small types, cut off": (
        "normalize",
        (
            "def normalize(image):\n    low, high = image.min(), image.max()\n"
            "    factor = 255 / (high - low)\n"
            "    return ((image - low) * factor).clip(0, 255).astype('uint8')"
        ),
        "number_types",
        "Small integers wrap around",
    ),
    "multiplied before it is divided": (
        "normalize",
        f"{SCALED}    return (255 * (image - image.min()) / np.ptp(image)).astype('uint8')",
        "ends",
        "divide by the range first",
    ),
    "nothing divided by nothing": (
        "normalize",
        f"{SCALED}    image -= image.min()\n    return image / image.max() * 255",
        "flat",
        "yours becomes NaN, which is what 0 divided by 0 gives",
    ),
    "cells of the kernel left out": (
        "convolve2d_dilated",
        DILATED,
        "gaps",
        "You leave out cells of the kernel",
    ),
    "the border left out": (
        "edge_magnitude",
        f"{MAGNITUDE}    out = np.zeros(gx.shape)\n    out[1:-1, 1:-1] = size[1:-1, 1:-1]\n    return out",
        "length",
        "You leave out the border",
    ),
    "sizes that are added": (
        "edge_magnitude",
        f"{MAGNITUDE}    return abs(gx) + abs(gy)",
        "number_types",
        "wrap around when you calculate with them",
    ),
    "sizes by eight": (
        "edge_magnitude",
        f"{MAGNITUDE}    return (abs(gx.astype(float)) + abs(gy)) / 8",
        "length",
        "You add the absolute values and divide",
    ),
    "Sobel once more": (
        "edge_magnitude",
        f"""{MAGNITUDE}
    sobel = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
    return np.hypot(convolve2d(gx, sobel.T), convolve2d(gy, sobel))""",
        "length",
        "don't convolve them again",
    ),
    "Sobel once more, in a frame": (
        "edge_magnitude",
        f"""{MAGNITUDE}
    sobel = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
    return np.hypot(convolve2d(gx, sobel.T, padding=1), convolve2d(gx, sobel, padding=1))""",
        "length",
        "don't convolve them again",
    ),
    "black and white by four means": (
        "edge_magnitude",
        f"{MAGNITUDE}    return size > 4 * size.mean()",
        "length",
        "You turn the lengths into black and white",
    ),
    "written over gx": (
        "edge_magnitude",
        f"{MAGNITUDE}    for place in np.ndindex(gx.shape):\n        gx[place] = size[place]\n    return gx",
        "number_types",
        "You keep the lengths in gx's number type",
    ),
    "squares that wrap, times a number": (
        "edge_magnitude",
        f"{MAGNITUDE}    return np.sqrt((gx**2 + gy**2).astype(float)) * 1.75",
        "number_types",
        "convert to float64 before you compute",
    ),
    "cut to whole numbers": (
        "edge_magnitude",
        f"{MAGNITUDE}    return size.astype(int)",
        "length",
        "neither rounded nor cut",
    ),
}

FOUND_BY_SOME = {
    "a deep padding refused": (
        "transposed_output_size",
        "padding",
        """
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    size = (n - 1) * stride + k - 2 * padding + output_padding
    if min(n, k, stride) < 1 or not 0 <= padding < k or not 0 <= output_padding < stride or size < 1:
        raise ValueError("no size")
    return size
""",
    ),
    "the output padding forgotten where nothing else is left": (
        "conv_transpose2d",
        "together",
        """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    full = (len(image) - 1) * stride + len(kernel)
    if full <= 2 * padding:
        raise ValueError("nothing is left")
    return reference.conv_transpose2d(image, kernel, stride, padding, output_padding)
""",
    ),
    "a window that is compared with the shorter side": (
        "max_pool2d",
        "pairs",
        """
def max_pool2d(image, size, stride=1):
    if np.max(size) > min(image.shape):
        raise ValueError("does not fit")
    return reference.max_pool2d(image, size, stride)
""",
    ),
    "a largest number that begins too high": (
        "max_pool2d",
        "number_types",
        """
def max_pool2d(image, size, stride=1):
    return np.maximum(reference.max_pool2d(image, size, stride), -1000.0)
""",
    ),
    "one cell that is spread": (
        "pad_amounts",
        "dilation",
        """
def pad_amounts(mode, k, dilation=1):
    if k == 1 and mode != "valid":
        return (dilation - 1) // 2, dilation // 2
    return reference.pad_amounts(mode, k, dilation)
""",
    ),
}


@pytest.mark.parametrize(("function", "check", "code"), FOUND_BY_SOME.values(), ids=FOUND_BY_SOME)
def test_what_the_random_inputs_of_some_students_find_costs_everybody_the_same(function, check, code):
    source = f"import numpy as np\nimport reference\n{code}"
    assert judged(function, lambda: built(function, source), None)[check] == "F"


CAPPED = """
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("shapes")
    return np.minimum(np.hypot(gx.astype(float), gy.astype(float)), END)
"""
TRUE_OF_THEM = {
    "the image alone as whole numbers": (
        "convolve2d",
        CONVOLVE.replace("image.astype(float)", "np.trunc(image)"),
        "windows",
        "You turn the image into whole numbers first",
    ),
    "windows that reach into the frame skipped": (
        "convolve2d",
        CONVOLVE.replace(
            "            out[y, x] =",
            "            top, left = y * stride - padding, x * stride - padding\n"
            "            if min(top, left) < 0 or top + kh > h or left + kw > w:\n"
            "                continue\n"
            "            out[y, x] =",
        ),
        "padding",
        "Your result is zero wherever the kernel reaches into the frame",
    ),
    "Boolean images alone": (
        "convolve2d",
        CONVOLVE.replace("    padded", "    image = ~image if image.dtype == bool else image\n    padded"),
        "number_types",
        "The values are wrong for Boolean images",
    ),
    "a fixed end of what is large": (
        "edge_magnitude",
        CAPPED.replace("END", "99999.5"),
        "number_types",
        "differ",
    ),
    **{
        f"cut off at {end}": ("edge_magnitude", CAPPED.replace("END", end), "length", words)
        for end, words in {
            "255": "You cut off lengths above 255",
            "1000": "You cut off large lengths",
            "1020.0": "You cut off large lengths",
        }.items()
    },
    "sizes of whole numbers, cut off at 255": (
        "edge_magnitude",
        "def edge_magnitude(*both):\n    return np.minimum(sum(abs(np.trunc(each)) for each in both), 255)",
        "length",
        "You cut off lengths above 255, and fractions before that",
    ),
}


@pytest.mark.parametrize(("function", "code", "check", "words"), TRUE_OF_THEM.values(), ids=TRUE_OF_THEM)
def test_what_is_said_is_true_of_this_code(function, code, check, words):
    message = marked_code(function, code)[check].message
    assert words in message
    assert "convert to float64" not in message


NAMELESS = {
    "percentiles": f"{SCALED}    low, high = np.percentile(image, [7, 81])\n" + "{}",
    "a z-score": f"{SCALED}    low, high = image.mean(), image.mean() + image.std()\n" + "{}",
    "Python's min": "def normalize(image):\n    low, high = min(image), max(image)\n{}",
}


@pytest.mark.parametrize(("function", "code", "check", "words"), KINDS.values(), ids=KINDS)
def test_a_kind_of_mistake_is_told_where_it_costs(function, code, check, words):
    result = marked_code(function, code)[check]
    assert result.earned == 0
    assert words in result.message


@pytest.mark.parametrize("code", NAMELESS.values(), ids=NAMELESS)
def test_what_nobody_has_described_costs_its_aspect_and_gets_no_other_name(code):
    result = marked_code("normalize", code.replace("{}", STRETCHED))["stretch"]
    assert (result.earned, result.misconception) == (0, None)
    assert re.fullmatch(r"The shape is right; .+ differs?[^.]*\.", result.message)


def test_the_kernels_size_for_a_padding_has_a_name():
    code = CONVOLVE.replace("    padded", "    padding = kernel.shape[0]\n    padded", 1)
    assert marked_code("convolve2d", code)["windows"].misconception == "convolve2d/padded-by-kernel"


CRASHES = {
    "np.zeros(oh, ow)": ("np.zeros((oh, ow))", "np.zeros(oh, ow)", "shape as one pair"),
    "padded.shape()": ("    out =", "    h, w = padded.shape()\n    out =", "without brackets"),
    "stride[0]": ("    out =", "    stride[0]\n    out =", "is it a plain number where you expect a pair?"),
    "out.shape[0]": ("range(oh)", "out.shape[0]", "a loop needs `range(...)`"),
    "three sizes": ("(h, w), (kh, kw)", "h, w, c = image.shape\n    (h, w), (kh, kw)", "there are 2 parts"),
    "no default": ("stride=1, padding=0", "stride, padding", "has no default value"),
    "the fit the wrong way round": (
        "    out =",
        "    if kh <= h:\n        raise ValueError('no fit')\n    out =",
        "",
    ),
    "the sum overwritten": ("    out =", "    sum = 0\n    sum(out)\n    out =", ""),
}


@pytest.mark.parametrize(("old", "new", "words"), CRASHES.values(), ids=CRASHES)
def test_an_exception_has_the_words_of_its_own_and_no_name_of_a_mistake(old, new, words):
    results = marked_code("convolve2d", CONVOLVE.replace(old, new, 1))
    assert results["windows"].status == "failed"
    assert words in results["windows"].message
    assert {each.misconception for each in results.values()} == {None}
