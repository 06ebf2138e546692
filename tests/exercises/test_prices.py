"""What a mistake costs: its aspect once, and the same slip the same price; nothing done earns nothing."""

from __future__ import annotations

import pytest
from local_student import marked_code

SIZE = """
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or min(padding, output_padding) < 0 or output_padding >= stride:
        raise ValueError("sizes")
    size = LAST - 2 * padding + output_padding
    if size < 1:
        raise ValueError("nothing left")
    return size
"""
SPREAD = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D")
    (p, q), (dy, dx) = [v if isinstance(v, tuple) else (v, v) for v in (padding, dilation)]
    if min(dy, dx) < 1 or min(p, q) < 0:
        raise ValueError("dilation or padding")
    kernel = kernel.astype(float)
    big = np.zeros(((len(kernel) - 1) * dy + 1, (len(kernel[0]) - 1) * dx + 1))
    big[::dy, ::dx] = kernel
    return convolve2d(image, big, stride, padding)
"""
STAMPS = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (s, t), (p, q), (a, b) = [
        v if isinstance(v, tuple) else (v, v) for v in (stride, padding, output_padding)
    ]
    if image.ndim != 2 or kernel.ndim != 2 or min(s, t) < 1 or min(p, q, a, b) < 0 or a >= s or b >= t:
        raise ValueError("arguments")
    (h, w), (kh, kw) = image.shape, kernel.shape
    height, width = (h - 1) * s + kh + a, (w - 1) * t + kw + b
    if height <= 2 * p or width <= 2 * q:
        raise ValueError("nothing left")
    sheet = np.zeros((height, width))
    for y, x in np.ndindex(h, w):
        sheet[y * s : y * s + kh, x * t : x * t + kw] += float(image[y, x]) * kernel.astype(float)
    return sheet[p : height - p, q : width - q]
"""
POOL = """
def max_pool2d(image, size, stride=None):
    stride = size if stride is None else stride
    (a, b), (s, t) = [v if isinstance(v, tuple) else (v, v) for v in (size, stride)]
    if image.ndim != 2 or min(a, b, s, t) < 1 or a > image.shape[0] or b > image.shape[1]:
        raise ValueError("size")
    rows, columns = range(0, len(image) - a + 1, s), range(0, len(image[0]) - b + 1, t)
    return np.array([[float(image[y : y + a, x : x + b].max()) for x in columns] for y in rows])
"""
STRETCH = """
def normalize(image):
    image = image.astype(float)
    if not np.isfinite(image).all():
        raise ValueError("finite")
    CHANGE
    low, high = image.min(), image.max()
    if low == high:
        return np.zeros(image.shape, np.uint8)
    return ((image - low) / (high - low) * 255).astype(np.uint8)
"""
CONVOLVE = """
def convolve2d(image, kernel, stride=1, padding=0):
    (s, t), (p, q) = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding)]
    if image.ndim != 2 or kernel.ndim != 2 or min(s, t) < 1 or min(p, q) < 0:
        raise ValueError("arguments")
    image, kernel = np.pad(image.astype(float), ((p, p), (q, q))), kernel.astype(float)
    kh, kw = kernel.shape
    if kh > len(image) or kw > len(image[0]):
        raise ValueError("fit")
    rows, columns = range(0, len(image) - kh + 1, s), range(0, len(image[0]) - kw + 1, t)
    out = np.array([[(image[y : y + kh, x : x + kw] * kernel).sum() for x in columns] for y in rows])
    return out
"""
MAGNITUDE = """
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("shapes")
    return np.hypot(gx.astype(float), gy.astype(float))
"""
COUNTED = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D")
    (s, t), (p, q), (dy, dx) = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding, dilation)]
    if min(dy, dx) < 1:
        raise ValueError("dilation")
    (kh, kw), padded = kernel.shape, zero_pad(image, (p, q))
    tall, wide = SPAN
    out = np.zeros((output_size(image.shape[0], tall, s, p), output_size(image.shape[1], wide, t, q)))
    for y, x in np.ndindex(out.shape):
        out[y, x] = (padded[WINDOW] * kernel).sum()
    return out
"""
WINDOW = "image[y : y + kh, x : x + kw]"
BY_SPAN = "y * s : y * s + tall : dy, x * t : x * t + wide : dx"
BY_CELLS = "y * s : y * s + kh * dy : dy, x * t : x * t + kw * dx : dx"

ONE_PRICE = {
    "a gap of d pixels": (
        "convolve2d_dilated",
        COUNTED.replace("SPAN", "kh + (kh - 1) * dy, kw + (kw - 1) * dx").replace("WINDOW", BY_SPAN),
        "gaps",
    ),
    "a gap of d pixels between rows": (
        "convolve2d_dilated",
        COUNTED.replace("SPAN", "kh + (kh - 1) * dy, (kw - 1) * dx + 1").replace("WINDOW", BY_CELLS),
        "gaps",
    ),
    "a gap after the last cell": (
        "convolve2d_dilated",
        COUNTED.replace("SPAN", "kh * dy, kw * dx").replace("WINDOW", BY_SPAN),
        "gaps",
    ),
    "windows around a middle that is no cell": (
        "convolve2d_dilated",
        COUNTED.replace("SPAN", "(kh - 1) * dy + 1, (kw - 1) * dx + 1").replace(
            "WINDOW",
            "np.ix_(y * s + tall // 2 + (np.arange(kh) - kh // 2) * dy,"
            " x * t + wide // 2 + (np.arange(kw) - kw // 2) * dx)",
        ),
        "gaps",
    ),
    "stamps around their pixels": (
        "conv_transpose2d",
        STAMPS.replace("sheet[p", "np.roll(sheet, (-(kh // 2), -(kw // 2)), (0, 1))[p"),
        "stamps",
    ),
    "less the mean of the window": (
        "convolve2d",
        CONVOLVE.replace(WINDOW, f"({WINDOW} - {WINDOW}.mean())"),
        "windows",
    ),
    "the first cell skipped": ("convolve2d", CONVOLVE.replace(".sum()", ".ravel()[1:].sum()"), "windows"),
    "the first row skipped": ("convolve2d", CONVOLVE.replace(".sum()", "[1:].sum()"), "windows"),
    "whole numbers": ("convolve2d", CONVOLVE.replace("return out", "return out.astype(int)"), "windows"),
    "whole lengths": (
        "edge_magnitude",
        MAGNITUDE.replace("astype(float))\n", "astype(float)).astype(int)\n"),
        "length",
    ),
    "lengths above 255 cut": (
        "edge_magnitude",
        MAGNITUDE.replace("return ", "return np.minimum(255, ").replace("float))\n", "float)))\n"),
        "length",
    ),
    "mirrored, or the edge again": (
        "convolve2d",
        CONVOLVE.replace(
            "(q, q))), kernel.astype(float)",
            "(q, q)), 'reflect' if p < len(image) and q < len(image[0]) else 'edge'), kernel.astype(float)",
        ),
        "padding",
    ),
    "rows for columns": (
        "convolve2d",
        CONVOLVE.replace("kh, kw = kernel.shape", "kh = kw = len(kernel)").replace(
            "(image[y : y + kh, x : x + kw] * kernel).sum()",
            "sum(image[y + j, x + i] * kernel[j, i] for j in range(kh) for i in range(kw))",
        ),
        "rectangles",
    ),
    "pixels in float32": (
        "convolve2d",
        CONVOLVE.replace("image.astype(float)", "image.astype(np.float32)")
        .replace("kernel.astype(float)", "kernel")
        .replace("for y in rows])", "for y in rows], float)"),
        "number_types",
    ),
    "all in float32": (
        "convolve2d",
        CONVOLVE.replace("astype(float)", "astype(np.float32)").replace(
            "return out", "return out.astype(float)"
        ),
        "number_types",
    ),
    "windows around even kernels": (
        "convolve2d",
        CONVOLVE.replace("len(image) - kh + 1", "len(image) - kh // 2 * 2").replace(
            "len(image[0]) - kw + 1", "len(image[0]) - kw // 2 * 2"
        ),
        "windows",
    ),
    "a sheet of n times the stride": (
        "conv_transpose2d",
        STAMPS.replace(
            "(h - 1) * s + kh + a, (w - 1) * t + kw + b", "h * s + kh + a, w * t + kw + b"
        ).replace("height <= 2 * p or width <= 2 * q", "height - s <= 2 * p or width - t <= 2 * q"),
        "stamps",
    ),
    "a count rounded": (
        "convolve2d",
        CONVOLVE.replace(
            "    rows, columns =",
            "    count = [round((n - k) / v + 1) for n, k, v in zip(image.shape, (kh, kw), (s, t))]\n"
            "    image = np.pad(image, ((0, s), (0, t)))\n    rows, columns =",
        )
        .replace("range(0, len(image) - kh + 1, s)", "[y * s for y in range(count[0])]")
        .replace("range(0, len(image[0]) - kw + 1, t)", "[x * t for x in range(count[1])]"),
        "stride",
    ),
    "sixteen levels": (
        "normalize",
        STRETCH.replace("CHANGE", "").replace("((image", "(((image").replace("* 255)", "* 15).round() * 17)"),
        "stretch",
    ),
    "small ranges kept": (
        "normalize",
        STRETCH.replace("CHANGE", "").replace("* 255)", "* (255 if high - low > 255 else high - low))"),
        "stretch",
    ),
    "small images kept": (
        "normalize",
        STRETCH.replace("CHANGE", "fits = image.min() >= 0 and image.max() <= 255").replace(
            "    return (", "    if fits:\n        return image.astype(np.uint8)\n    return ("
        ),
        "stretch",
    ),
    "n for n - 1": ("transposed_output_size", SIZE.replace("LAST", "n * stride + k"), "stamps"),
    "the kernel forgotten": ("transposed_output_size", SIZE.replace("LAST", "(n - 1) * stride"), "stamps"),
    "both": ("transposed_output_size", SIZE.replace("LAST", "n * stride"), "stamps"),
    "a pixel too far": (
        "convolve2d_dilated",
        SPREAD.replace("    kernel =", "    dy, dx = [d + (d > 1) for d in (dy, dx)]\n    kernel ="),
        "gaps",
    ),
    "rows alone": (
        "convolve2d_dilated",
        SPREAD.replace("    kernel =", "    dx = 1 if np.ndim(dilation) == 0 else dx\n    kernel ="),
        "gaps",
    ),
    "a thinned image": (
        "convolve2d_dilated",
        SPREAD.replace(
            "convolve2d(image, big, stride, padding)",
            "convolve2d(zero_pad(image, padding)[::dy, ::dx], kernel, stride)",
        ),
        "gaps",
    ),
    "as large as the strides": (
        "conv_transpose2d",
        STAMPS.replace(
            "(h - 1) * s + kh + a, (w - 1) * t + kw + b", "h * s + kh + a - 1, w * t + kw + b - 1"
        ),
        "stride",
    ),
    "apart as large": ("max_pool2d", POOL, "stride"),
    "apart as large, always": (
        "max_pool2d",
        POOL.replace("    rows, columns", "    s, t = a, b\n    rows, columns"),
        "windows",
    ),
    "the pixels rounded": ("normalize", STRETCH.replace("CHANGE", "image = np.rint(image)"), "stretch"),
    "negatives cut": ("normalize", STRETCH.replace("CHANGE", "image = image.clip(0)"), "stretch"),
    "above 255 cut": ("convolve2d", CONVOLVE.replace("return out", "return np.minimum(out, 255)"), "windows"),
    "the weights' sizes": (
        "convolve2d",
        CONVOLVE.replace("kernel.astype(float)", "kernel / np.abs(kernel).sum()"),
        "windows",
    ),
}


@pytest.mark.parametrize(("function", "code", "check"), ONE_PRICE.values(), ids=ONE_PRICE)
def test_a_mistake_with_a_name_costs_its_aspect_once(function, code, check):
    results = marked_code(function, code)
    assert [each.id for each in results.values() if each.status != "passed"] == [check]
    assert results[check].misconception


def test_a_slice_to_minus_nothing_costs_what_shows_nothing_then():
    code = STAMPS.replace("sheet[p : height - p, q : width - q]", "sheet[p:-p, q:-q]")
    results = marked_code("conv_transpose2d", code)
    assert "is empty when the padding is 0" in results["stamps"].message
    assert sum(each.earned for each in results.values()) == 9.5


@pytest.mark.parametrize("result", ["image[:0, :0]", "np.zeros((0, 0))"])
def test_whoever_returns_nothing_gets_no_points(result):
    head = STAMPS.split("    (s, t)", maxsplit=1)[0]
    assert {
        each.earned for each in marked_code("conv_transpose2d", f"{head}    return {result}\n").values()
    } == {0}


def test_whoever_returns_the_argument_gets_no_points():
    head = SIZE.split("    if", maxsplit=1)[0]
    results = marked_code("transposed_output_size", f"{head}    return n\n")
    assert {each.earned for each in results.values()} == {0}


def test_a_window_of_a_wrong_size_is_told_what_a_dilated_kernel_covers():
    code = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    height, width = [k + (k - 1) * dilation for k in kernel.shape]
    return np.array([[(image[:height:dilation, :width:dilation] * kernel).sum()]])
"""
    message = marked_code("convolve2d_dilated", code)["no_gap"].message
    assert "k cells cover (k - 1) * dilation + 1 pixels" in message
