"""What is said of pooling, frames and sizes as strangers write them, and what is left of their marks."""

from __future__ import annotations

import pytest
from local_student import marked_code

POOL = """
def max_pool2d(image, size, stride=DEFAULT):
    (a, b), (s, t) = [v if isinstance(v, tuple) else (v, v) for v in (size, stride)]
    if image.ndim != 2 or min(a, b, s, t) < 1 or a > image.shape[0] or b > image.shape[1]:
        raise ValueError("size")
    rows, columns = (image.shape[0] - a) // s + 1, (image.shape[1] - b) // t + 1
    out = np.zeros((rows, columns))
    for y in range(rows):
        for x in range(columns):
            out[y, x] = image[y * s : y * s + a, x * t : x * t + b].max()
    return out
"""
RIGHT = POOL.replace("DEFAULT", "1")
BLOCKS = """
def max_pool2d(image, size, stride=1):
    out = np.array(image, float)
    for y in range(0, END):
        for x in range(0, END):
            block = out[y * size : (y + 1) * size, x * size : (x + 1) * size]
            block[...] = WHAT
    return out
"""
BYTES_FILLED = """
def max_pool2d(image, size, stride=1):
    out = np.zeros(image.shape)
    for y in range(0, image.shape[0], size):
        for x in range(0, image.shape[1], size):
            out[y : y + size, x : x + size] = image[y : y + size, x : x + size].max()
    return out.astype(np.uint8)
"""
TWO = """
def max_pool2d(image, size, stride=1):
    h, w = image.shape
    out = np.zeros((h // 2, w // 2))
    for y in range(h // 2):
        for x in range(w // 2):
            out[y, x] = max(image[2 * y, 2 * x], image[2 * y, 2 * x + 1],
                            image[2 * y + 1, 2 * x], image[2 * y + 1, 2 * x + 1])
    return out
"""
FROM_ZERO = """
def max_pool2d(image, size, stride=1):
    h, w = image.shape
    out = np.zeros((h - 1, w - 1))
    for y, x in np.ndindex(out.shape):
        for i in range(2):
            for j in range(2):
                out[y, x] = max(out[y, x], image[y + i, x + j])
    return out
"""
FRAME = """
def zero_pad(image, padding):
    p, q = padding if isinstance(padding, tuple) else (padding, padding)
    if image.ndim != 2 or min(p, q) < 0:
        raise ValueError("illegal")
    h, w = image.shape
    BODY
    return out
"""
BETWEEN = "out[p:-p, q:-q]"
TARGET = """
    top, left = (p - h) // 2, (q - w) // 2
    if top < 0 or left < 0:
        return ELSE
    out = np.zeros((p, q))
    out[top : top + h, left : left + w] = image"""
SIZE = """
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no size")
    return FORMULA
"""
STAMPED = """
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    if min(n, k, stride) < 1 or min(padding, output_padding) < 0 or output_padding >= stride:
        raise ValueError("no size")
    size = FORMULA
    if size < 1:
        raise ValueError("nothing left")
    return size
"""
AMOUNTS = """
def pad_amounts(mode, k, dilation=1):
    if mode not in ("valid", "same", "full") or k < 1 or dilation < 1:
        raise ValueError("no such padding")
    reach = (k - 1) * dilation
    REST
"""
BRACKETS = "by the stride, at once: put n + 2 * padding - k in brackets"


def framed(body):
    return "zero_pad", FRAME.replace("    BODY", "    " + body.strip())


def sized(formula):
    return "output_size", SIZE.replace("FORMULA", formula)


def amounts(rest):
    return "pad_amounts", AMOUNTS.replace("REST", rest)


NAMED = {
    "stride 2 by default": ("max_pool2d", POOL.replace("DEFAULT", "2"), "stride", "gives no stride", 4),
    "stride 3 by default": ("max_pool2d", POOL.replace("DEFAULT", "3"), "stride", "gives no stride", 4),
    "2 by 2 side by side": ("max_pool2d", TWO, "windows", "always 2 by 2 and lie side by side", 1),
    "2 by 2 side by side, the stride": ("max_pool2d", TWO, "stride", "You leave the stride out", 1),
    "2 by 2 side by side, the type": (
        "max_pool2d",
        TWO.replace("w // 2))", "w // 2), image.dtype)"),
        "number_types",
        "The dtype is uint8",
        0.75,
    ),
    "3 by 3": (
        "max_pool2d",
        RIGHT.replace("    (a, b), (s", "    size = 3\n    (a, b), (s"),
        "windows",
        "always 3 by 3;",
        2.5,
    ),
    "2 by 2, from 0": ("max_pool2d", FROM_ZERO, "windows", "always 2 by 2;", 1),
    "2 by 2, from 0, as well": ("max_pool2d", FROM_ZERO, "windows", "A window below zero gives 0", 1),
    "loops that end one early": (
        "max_pool2d",
        RIGHT.replace("range(rows)", "range(rows - 1)").replace("range(columns)", "range(columns - 1)"),
        "windows",
        "stay 0: the loops have to go on",
        3,
    ),
    "steps that end two early": (
        "max_pool2d",
        RIGHT.replace("range(rows)", "range(len(range(0, max(0, image.shape[0] - a - 1), s)))").replace(
            "range(columns)", "range(len(range(0, max(0, image.shape[1] - b - 1), t)))"
        ),
        "windows",
        "stay 0: the loops have to go on",
        3,
    ),
    "a sheet too large": (
        "max_pool2d",
        RIGHT.replace("np.zeros((rows, columns))", "np.zeros((rows + 1, columns + 1))"),
        "windows",
        "n - size + 1 positions",
        3,
    ),
    "columns missing": (
        "max_pool2d",
        RIGHT.replace("return out", "return out[:, :-2]"),
        "windows",
        "missing",
        3,
    ),
    "blocks filled": (
        "max_pool2d",
        BLOCKS.replace("END", "-(-max(image.shape) // size)").replace(
            "WHAT", "block.max() if block.size else 0"
        ),
        "windows",
        "You fill whole blocks",
        1,
    ),
    "whole blocks filled with the mean": (
        "max_pool2d",
        BLOCKS.replace("0, END", "0, image.shape[0] // size", 1)
        .replace("END", "image.shape[1] // size")
        .replace("WHAT", "block.mean()"),
        "windows",
        "You fill whole blocks",
        1,
    ),
    "blocks filled in bytes": ("max_pool2d", BYTES_FILLED, "windows", "You fill whole blocks", 0.75),
    "blocks filled in bytes, as well": (
        "max_pool2d",
        BYTES_FILLED,
        "windows",
        "no signs and no fractions",
        0.75,
    ),
    "always one": (*framed("out = np.pad(image.astype(float), 1)"), "frame", "one zero thick", 1),
    "always one, whole": (
        *framed("out = np.zeros((h + 2, w + 2), int)\n    out[1:-1, 1:-1] = image"),
        "frame",
        "one zero thick",
        1,
    ),
    "always two": (
        *framed("out = np.pad(image.astype(float), 2)"),
        "frame",
        "The shape is wrong",
        0,
    ),
    "halved": (
        *framed("out = np.pad(image.astype(float), ((p // 2,) * 2, (q // 2,) * 2))"),
        "frame",
        "You halve the padding",
        2,
    ),
    "halved around the first pixel": (
        *framed(
            "out = np.full((h + p, w + q), float(image[0, 0]))\n"
            "    out[p // 2 : p // 2 + h, q // 2 : q // 2 + w] = image"
        ),
        "frame",
        "made of zeros, not of copies",
        2,
    ),
    "a target": (
        *framed(TARGET.replace("ELSE", "image.astype(float)")),
        "frame",
        "for the size of the result",
        2,
    ),
    "the mean around": (
        *framed("out = np.pad(image.astype(float), ((p, p), (q, q)), constant_values=image.mean())"),
        "frame",
        "made of zeros, not of copies",
        2,
    ),
    "whole numbers": (
        *framed("out = np.pad(image.astype(int), ((p, p), (q, q)))"),
        "frame",
        "cuts off their fractions",
        2,
    ),
    "a slice to minus 0": (
        *framed(f"out = np.zeros((h + 2 * p, w + 2 * q))\n    {BETWEEN} = image"),
        "pairs",
        "With a padding of 0 a slice such as `p:-p` is empty",
        2.75,
    ),
    "a slice to minus 0 in a pair": (
        *framed(
            "out = np.pad(image.astype(float), ((p, p), (q, q)))\n"
            f"    if p or q:\n        out[:] = 0\n        {BETWEEN} = image"
        ),
        "pairs",
        "With a padding of 0 a slice such as `p:-p` is empty",
        3,
    ),
    "a slice to minus 0, alone": (
        *framed(f"out = np.zeros((h + 2 * p, w + 2 * q))\n    {BETWEEN} = image"),
        "leaves_no_trace",
        "With a padding of 0 a slice such as `p:-p` is empty",
        2.75,
    ),
    "the padding divided": (*sized("n - k + 2 * padding / stride + 1"), "stride", BRACKETS, 3),
    "the padding divided down": (*sized("n - k + 2 * padding // stride + 1"), "stride", BRACKETS, 3),
    "the kernel divided": (*sized("n + 2 * padding - k // stride + 1"), "stride", BRACKETS, 3),
    "all but the axis divided": (*sized("n + (2 * padding - k) // stride + 1"), "stride", BRACKETS, 3),
    "both parts divided": (*sized("(n - k) // stride + 2 * padding // stride + 1"), "stride", BRACKETS, 3),
    "a remainder asserted": (
        *sized("(n + 2 * padding - k) // stride + 1 if (n + 2 * padding - k) % stride == 0 else 1 / 0"),
        "stride",
        "works only where the last step ends exactly at the edge",
        3,
    ),
    "a forward size": (
        "transposed_output_size",
        STAMPED.replace("FORMULA", "(n + 2 * padding - k) / stride + 1"),
        "stamps",
        "shrink like those of an ordinary convolution",
        0,
    ),
    "a gap after the last stamp": (
        "transposed_output_size",
        STAMPED.replace("FORMULA", "n * stride + max(k - stride, 0) - 2 * padding + output_padding"),
        "stride",
        "no gap follows it",
        4,
    ),
    "a float": (
        "transposed_output_size",
        STAMPED.replace("FORMULA", "float((n - 1) * stride + k - 2 * padding + output_padding)"),
        "stamps",
        "it has to be an int, not a float",
        4,
    ),
    "one number": (
        *amounts("return {'valid': 0, 'same': reach // 2, 'full': reach}[mode]"),
        "full",
        "return two",
        4,
    ),
    "no mode": (*amounts("return reach // 2, reach - reach // 2"), "full", "the same zeros", 4),
    "no mode, rounded down": (*amounts("return reach // 2, reach // 2"), "full", "the same zeros", 3),
    "no 'full'": (
        *amounts(
            "if mode == 'valid':\n        return 0, 0\n"
            "    if mode == 'same':\n        return reach // 2, reach - reach // 2"
        ),
        "full",
        "You return nothing for 'full'",
        4,
    ),
}


@pytest.mark.parametrize(("function", "code", "check", "words", "mark"), NAMED.values(), ids=NAMED)
def test_it_is_said_where_it_costs_and_the_rest_is_judged_given_that(function, code, check, words, mark):
    results = marked_code(function, code)
    assert results[check].earned == 0
    assert words in results[check].message
    assert sum(each.earned for each in results.values()) == mark


def test_whoever_always_strides_by_two_is_told_that_the_stride_is_not_read():
    results = marked_code("max_pool2d", RIGHT.replace("    (a, b), (s", "    stride = 2\n    (a, b), (s"))
    assert "yours are further apart" in results["windows"].message
    assert "You leave the stride out" in results["stride"].message


def test_a_size_that_is_never_read_earns_nothing_for_pairs():
    code = RIGHT.replace("    (a, b), (s", "    size = 2\n    (a, b), (s")
    assert marked_code("max_pool2d", code)["pairs"].status == "skipped"


def test_an_exception_without_words_has_no_colon():
    code = sized("(n + 2 * padding - k) // stride + 1")[1].replace(
        "    return", "    assert (n + 2 * padding - k) % stride == 0\n    return"
    )
    message = marked_code("output_size", code)["stride"].message
    assert message.startswith("The function raised AssertionError. Your function works only where")
    code = code.replace('raise ValueError("no size")', "raise TypeError")
    assert "got TypeError." not in marked_code("output_size", code)["illegal"].message


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_right_pool_as_a_matrix_loses_the_kind_of_array_alone():
    results = marked_code("max_pool2d", RIGHT.replace("return out", "return np.asmatrix(out)"))
    assert [each.id for each in results.values() if each.status != "passed"] == ["number_types"]
    assert (
        results["number_types"].message
        == "The values are right, but expected a NumPy array, got an `np.matrix`."
    )
