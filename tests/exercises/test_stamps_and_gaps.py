"""Mistakes in transposed and dilated convolution: what each costs, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest
from local_student import marked_code

STAMPS = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (h, w), (kh, kw), s, p, a = image.shape, kernel.shape, stride, padding, output_padding
    image, kernel = image.astype(float), kernel.astype(float)
    sheet = np.zeros(((h - 1) * s + kh + a, (w - 1) * s + kw + a))
    for y, x in np.ndindex(h, w):
        sheet[y * s : y * s + kh, x * s : x * s + kw] += image[y, x] * kernel
    return sheet[p : sheet.shape[0] - p, p : sheet.shape[1] - p]
"""
PAIRS = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (s, t), (p, q), (a, b) = (
        v if isinstance(v, tuple) else (v, v) for v in (stride, padding, output_padding)
    )
    (h, w), (kh, kw) = image.shape, kernel.shape
    height, width = (h - 1) * s + kh + a, (w - 1) * t + kw + b
    sheet = np.zeros((height, width))
    for y, x in np.ndindex(h, w):
        sheet[y * s : y * s + kh, x * t : x * t + kw] += float(image[y, x]) * kernel.astype(float)
    return sheet[p : height - p, q : width - q]
"""
STRETCHED = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (h, w), (kh, kw), s, a = image.shape, kernel.shape, stride, output_padding
    apart = np.zeros(((h - 1) * s + 1 + a, (w - 1) * s + 1 + a))
    apart[: (h - 1) * s + 1 : s, : (w - 1) * s + 1 : s] = image
    return convolve2d(apart, kernel[::-1, ::-1], 1, (kh - 1 - padding, kw - 1 - padding))
"""
ZEROS_LAST = STRETCHED.replace(" + 1 + a", " + 1").replace("return convolve2d(", "out = convolve2d(") + (
    "    return np.pad(out, ((0, a), (0, a)))\n"
)
CELLS = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (h, w), (kh, kw), s, p = image.shape, kernel.shape, stride, padding
    rows = (h - 1) * s + kh + output_padding - 2 * p
    columns = (w - 1) * s + kw + output_padding - 2 * p
    out = np.zeros((rows, columns))
    for y, x, i, j in np.ndindex(h, w, kh, kw):
        row, column = y * s + i - p, x * s + j - p
        if row < rows and column < columns:
            out[row, column] += float(image[y, x]) * float(kernel[i, j])
    return out
"""
TWO = STAMPS.replace("stride, padding, output_padding\n", "2, 0, 0\n")
NOTHING_USED = {"stride", "padding", "output_padding", "together"}

OF_STAMPS = {
    "other defaults": (
        STAMPS.replace("stride=1, padding=0", "stride=2, padding=1"),
        {"stamps"},
        "stamps",
        ["Without a `stride`, stamps begin one pixel apart", "Without a `padding`, nothing is cut off"],
    ),
    "another default stride": (
        STAMPS.replace("stride=1", "stride=3"),
        {"stamps"},
        "stamps",
        ["Without a `stride`, stamps begin one pixel apart"],
    ),
    "always two apart": (
        TWO,
        {"stamps", *NOTHING_USED},
        "stride",
        ["The stride spreads the stamps: the one of pixel (y, x) begins at (y * stride, x * stride)."],
    ),
    "always two apart, and a row too many": (
        TWO.replace("kh + a, ", "kh + 1, ").replace("kw + a", "kw + 1"),
        {"stamps", *NOTHING_USED},
        "stamps",
        ["goes on after the last stamp", "Without a `stride`, stamps begin one pixel apart"],
    ),
    "nothing but the arrays used": (
        TWO.replace("2, 0, 0\n", "1, 0, 0\n"),
        NOTHING_USED,
        "output_padding",
        ["You leave `output_padding` out"],
    ),
    "padded by k - 1 - padding": (STRETCHED, {"padding"}, "padding", ["A padding above k - 1 has to work"]),
    "zeros for the output padding at the end": (
        ZEROS_LAST,
        {"padding", "together"},
        "together",
        ["Add the extra rows and columns before you cut"],
    ),
    "gaps between the stamps refused": (
        STAMPS.replace("    image,", "    if s > min(kh, kw):\n        raise ValueError('gaps')\n    image,"),
        {"stride"},
        "stride",
        ["A stride larger than the kernel has to work, too"],
    ),
    "nothing left but what the output padding adds": (
        STAMPS.replace(
            "    image,", "    if (h - 1) * s + kh <= 2 * p:\n        raise ValueError('nothing')\n    image,"
        ),
        {"together"},
        "together",
        ["What `output_padding` adds may be all that the padding leaves"],
    ),
    "negative indices": (CELLS, {"padding"}, "padding", ["Negative indices count from the end"]),
    "the image from right to left": (
        STAMPS.replace("image[y, x]", "image[y, -1 - x]"),
        {"stamps"},
        "stamps",
        ["Your result lies flipped"],
    ),
    "square kernels on their side": (
        STAMPS.replace("    sheet = ", "    kernel = kernel.T if kh == kw else kernel\n    sheet = "),
        {"orientation"},
        "orientation",
        ["rotated, flipped or transposed"],
    ),
    "products that wrap": (
        STAMPS.replace("    image, kernel = image.astype(float), kernel.astype(float)\n", ""),
        {"number_types"},
        "number_types",
        ["Products of small integers wrap around"],
    ),
    "products that wrap in float32": (
        STAMPS.replace("    image, kernel = image.astype(float), kernel.astype(float)\n", "").replace(
            "+ a))", "+ a), np.float32)"
        ),
        {"number_types"},
        "number_types",
        ["Products of small integers wrap around"],
    ),
}


@pytest.mark.parametrize(("code", "charged", "check", "words"), OF_STAMPS.values(), ids=OF_STAMPS)
def test_a_mistake_of_stamps_costs_its_aspect_and_is_told_as_it_is(code, charged, check, words):
    results = marked_code("conv_transpose2d", code)
    assert {each.id for each in results.values() if each.status != "passed"} - {"illegal"} == charged | {
        "pairs"
    }
    assert [word for word in words if word not in results[check].message] == []
    assert "`stride` too large" not in results[check].message


def test_the_right_side_cut_by_the_other_half_of_the_padding_costs_the_pairs():
    results = marked_code("conv_transpose2d", PAIRS.replace("width - q", "width - p"))
    assert {each.id for each in results.values() if each.status != "passed"} == {"pairs", "illegal"}
    assert "Rows are cut by the vertical half" in results["pairs"].message


DILATED = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (kh, kw), s, p, d = kernel.shape, stride, padding, dilation
    image, kernel = image.astype(float), kernel.astype(float)
    h, w = image.shape
    tall, wide = (kh - 1) * d + 1, (kw - 1) * d + 1
    padded = np.pad(image, p)
    out = np.zeros(((h + 2 * p - tall) // s + 1, (w + 2 * p - wide) // s + 1))
    for y, x in np.ndindex(out.shape):
        window = padded[y * s : y * s + tall : d, x * s : x * s + wide : d]
        out[y, x] = (window * kernel).sum()
    return out
"""
WHOLE = DILATED.replace("tall : d", "kh").replace("wide : d", "kw")
CELL_BY_CELL = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    (h, w), (kh, kw), s, p, d = image.shape, kernel.shape, stride, padding, dilation
    out = np.zeros(((h + 2 * p - (kh - 1) * d - 1) // s + 1, (w + 2 * p - (kw - 1) * d - 1) // s + 1))
    for y, x in np.ndindex(out.shape):
        for i, j in np.ndindex(kh, kw):
            row, column = y * s + i * d - p, x * s + j * d - p
            if row < h and column < w:
                out[y, x] += float(image[row, column]) * float(kernel[i, j])
    return out
"""
AS_FLOATS = "    image, kernel = image.astype(float), kernel.astype(float)\n"

OF_GAPS = {
    "the dilation in the size alone": (WHOLE, {"gaps"}, "gaps", "the cells of your kernel stay side by side"),
    "a window of the kernel's size thinned": (
        WHOLE.replace("(window *", "(window[::d, ::d] *"),
        {"gaps"},
        "gaps",
        "You thin a window as large as the kernel",
    ),
    "neither stride nor padding": (
        DILATED.replace("stride, padding, dilation\n", "1, 0, dilation\n"),
        {"together"},
        "together",
        "You use neither `stride` nor `padding`",
    ),
    "negative indices": (CELL_BY_CELL, {"together"}, "together", "Negative indices count from the end"),
    "the image without its frame too small": (
        DILATED.replace(
            "    padded", "    if tall > h or wide > w:\n        raise ValueError('fit')\n    padded"
        ),
        {"together"},
        "together",
        "Your function fails for a dilated kernel larger than the image",
    ),
    "loops that end one short": (
        DILATED.replace("np.ndindex(out.shape)", "np.ndindex(out.shape[0] - 1, out.shape[1] - 1)"),
        {"no_gap"},
        "no_gap",
        "The last row or column of your output is never computed",
    ),
    "stored at the place in the input": (
        DILATED.replace("    for", "    rows, columns = out.shape\n    for")
        .replace("np.ndindex(out.shape)", "np.ndindex(-(-rows // s), -(-columns // s))")
        .replace("out[y, x]", "out[y * s, x * s]"),
        {"together"},
        "together",
        "the output has its own indices",
    ),
    "a kernel of bytes": (
        DILATED.replace("kernel.astype(float)", "np.trunc(kernel.astype(float)) % 256"),
        {"no_gap"},
        "no_gap",
        "You turn the kernel into bytes",
    ),
    "a kernel of the image's type": (
        DILATED.replace("image.astype(float), kernel.", "image.astype(float), kernel.astype(image.dtype)."),
        {"number_types"},
        "number_types",
        "You turn the kernel into the image's number type",
    ),
    "a result of the image's type": (
        DILATED.replace(AS_FLOATS, "").replace("// s + 1))", "// s + 1), image.dtype)"),
        {"number_types"},
        "number_types",
        "The result has to be float64, not the image's number type",
    ),
    "products that wrap before they are added": (
        CELL_BY_CELL.replace("row < h", "0 <= row < h")
        .replace("column < w", "0 <= column < w")
        .replace("float(image[row, column]) * float(kernel[i, j])", "image[row, column] * kernel[i, j]"),
        {"number_types"},
        "number_types",
        "Products of small integers wrap around",
    ),
}


@pytest.mark.parametrize(("code", "charged", "check", "words"), OF_GAPS.values(), ids=OF_GAPS)
def test_a_mistake_of_gaps_costs_its_aspect_and_is_told_as_it_is(code, charged, check, words):
    with np.errstate(all="ignore"):
        results = marked_code("convolve2d_dilated", code)
    assert {each.id for each in results.values() if each.status != "passed"} - {"illegal"} == charged | {
        "pairs"
    }
    assert words in results[check].message


@pytest.mark.parametrize("line", ["out[y, x] = (window * kernel).sum()", "out[y, x]"])
def test_of_a_function_without_a_return_nothing_is_said_to_be_computed(line):
    code = DILATED.replace("out[y, x] = (window * kernel).sum()\n    return out\n", f"{line}\n")
    message = marked_code("convolve2d_dilated", code)["no_gap"].message
    assert "compute the output and end with `return`" in message
    assert "You compute" not in message


def test_a_check_that_fails_of_nothing_but_known_mistakes_says_so():
    code, *_ = OF_STAMPS["nothing but the arrays used"]
    results = marked_code("conv_transpose2d", code)
    for check in ("together", "pairs"):
        assert (results[check].earned, results[check].misconception) == (0, None)
        assert "the mistakes named in other checks explain this, too" in results[check].message


def test_who_ignores_the_dilation_pays_for_it_once_though_a_plain_call_has_none():
    """The check of number types asks for one call without a dilation, too, which uses nothing new."""
    results = marked_code("convolve2d_dilated", DILATED.replace("padding, dilation\n", "padding, 1\n"))
    assert {each.id for each in results.values() if each.status != "passed"} <= {"gaps", "pairs", "illegal"}
