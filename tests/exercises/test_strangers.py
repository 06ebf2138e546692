"""What strangers make of `convolve2d`: named, true of the code, and the rest judged given that."""

from __future__ import annotations

import pytest
from local_student import judged, marked_code

RIGHT = """
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D")
    (sh, sw), (p, q) = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding)]
    if min(sh, sw) < 1 or min(p, q) < 0:
        raise ValueError("stride or padding")
    image, kernel = np.pad(image.astype(float), ((p, p), (q, q))), kernel.astype(float)
    kh, kw = kernel.shape
    if kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("fit")
    oh, ow = (image.shape[0] - kh) // sh + 1, (image.shape[1] - kw) // sw + 1
    out = np.zeros((oh, ow))
    for y, x in np.ndindex(oh, ow):
        out[y, x] = (image[y * sh : y * sh + kh, x * sw : x * sw + kw] * kernel).sum()
    return out
"""
PRODUCTS = "(image[y * sh : y * sh + kh, x * sw : x * sw + kw] * kernel).sum()"
ON_THE_WAY = """0.0
        for i, j in np.ndindex(kh, kw):
            out[y, x] = min(255, max(0, out[y, x] + image[y * sh + i, x * sw + j] * kernel[i, j]))"""

BYTES = "make bytes only for display"
UNSIGNED = "a type without a sign"
UNCOUNTED = {"number_types", "not_a_number"}
"""What a whole number type may cost besides: it is another type, and it has no NaN."""
ONE_MISTAKE = {
    "rounded bytes": ("return out", "return np.round(out).astype(np.uint8)", BYTES),
    "rounded and cut to bytes": ("return out", "return np.clip(np.rint(out).astype(int), 0, 255)", BYTES),
    "cut and rounded": ("return out", "return np.clip(out, 0, 255).round()", BYTES),
    "bytes without signs": ("return out", "return np.clip(abs(out), 0, 255).astype(np.uint8)", BYTES),
    "bytes from 0": ("return out", "return np.maximum(out, 0).astype('u1')", BYTES),
    "signed bytes": ("return out", "return out.astype(np.int8)", BYTES),
    "no sign": ("return out", "return out.astype(np.uint32)", UNSIGNED),
    "a short type without a sign": ("return out", "return np.round(out).astype(np.uint16)", UNSIGNED),
    "rounded without signs": ("return out", "return np.round(abs(out))", "whole numbers without a sign"),
    "cut without signs": ("return out", "return np.minimum(abs(out), 255)", "You drop the signs"),
    "one zero by default": ("padding=0", "padding=1", "though no padding was asked for"),
    "half a pixel up": ("return out", "return np.floor(out + 0.5)", "You round the sums"),
    "cut after each product": (PRODUCTS, ON_THE_WAY, "after each product"),
    "an axis lost": ("return out", "return np.squeeze(out)", "loses an axis"),
    "the kernel first": (PRODUCTS, f"np.dot(kernel, {PRODUCTS[1:-15]}).sum()", "You take a matrix product"),
    "loops that end early": ("(oh, ow):", "(*np.maximum((oh - kh, ow - kw), 0)):", "are never computed"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_is_named_and_costs_no_more_than_itself(old, new, words):
    assert old in RIGHT
    results = marked_code("convolve2d", RIGHT.replace(old, new, 1))
    assert words in results["windows"].message
    lost = {each.id for each in results.values() if each.status != "passed"}
    assert {"windows"} <= lost <= {"windows"} | UNCOUNTED


PLAIN = """
def convolve2d(image, kernel, stride=1, padding=0):
    image, kernel = image.astype(float), kernel.astype(float)
    (h, w), (kh, kw) = image.shape, kernel.shape
"""
LOOPS = """
    for y in range(ROWS):
        for x in range(COLUMNS):
            out[y, x] = (image[y : y + kh, x : x + kw] * kernel).sum()
    return out
"""
AS_LARGE = "    out = np.zeros((h, w))" + LOOPS.replace("ROWS", "h").replace("COLUMNS", "w")
AROUND = "    image = np.pad(image, ((kh // 2,) * 2, (kw // 2,) * 2), mode={!r})\n"
THREE = """
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            out[y, x] = np.sum(image[y - 1 : y + 2, x - 1 : x + 2] * kernel)
    return TYPE
"""
REACH = """
    a, b = (kh - 1) // 2, (kw - 1) // 2
    for y in range(ROWS):
        for x in range(COLUMNS):
            for i in range(-a, a + 1):
                for j in range(-b, b + 1):
                    if 0 <= y + i < h and 0 <= x + j < w:
                        out[y, x] += image[y + i, x + j] * kernel[i + a, j + b]
    return out
"""
WINDOWS_ONLY = {"windows", "stride", "padding", "together", "pairs", "illegal"}
"""What a right answer to images and kernels alone loses."""
OTHERS = {
    "wrapped around": (AROUND.format("wrap") + AS_LARGE, "from the opposite side", "row and column"),
    "mirrored": (AROUND.format("reflect") + AS_LARGE, "You always mirror the image", "copies of"),
    "mirrored with its border": (AROUND.format("symmetric") + AS_LARGE, "You always mirror", "copies"),
    "copies": (AROUND.format("edge") + AS_LARGE, "copies of the border", "mirror"),
    "[1:-1] and [0:-0]": (
        "    inside, image = image, np.zeros((h + kh // 2 * 2, w + kw // 2 * 2))\n"
        "    image[kh // 2 : -(kh // 2), kw // 2 : -(kw // 2)] = inside\n" + AS_LARGE,
        "You always pad the image by half the kernel",
        "one zero",
    ),
    "two loops too many by half a kernel": (
        "    out = np.zeros((h, w))" + REACH.replace("ROWS", "a, h - a").replace("COLUMNS", "b, w - b"),
        "a rim of zeros where the kernel would stick out, and even kernels lose",
        "You always pad",
    ),
    "half a kernel around each pixel": (
        "    out = np.zeros((h, w))" + REACH.replace("ROWS", "h").replace("COLUMNS", "w"),
        "half the kernel, and even kernels lose",
        "a rim",
    ),
    "3 by 3 in a rim": (
        "    out = np.zeros((h, w))" + THREE.replace("TYPE", "out"),
        "for 3 by 3, and leave a rim of zeros",
        "one zero",
    ),
    "3 by 3 inside of the image": (
        "    out = image.copy()" + THREE.replace("TYPE", "out"),
        "for 3 by 3, and keep the image's own border",
        "rim of zeros",
    ),
    "3 by 3 in one zero": (
        ("    out, image = np.zeros((h, w)), np.pad(image, 1)\n"
        "    for y, x in np.ndindex(h, w):\n"
        "        out[y, x] = np.sum(image[y : y + 3, x : x + 3] * kernel)\n    return out\n"),
        "for 3 by 3, with one zero around",
        "rim",
    ),
    "the end of 2 by 2 kernels": (
        "    out = np.zeros((h - kh + 1, w - kw + 1))"
        + LOOPS.replace("ROWS", "h - 1").replace("COLUMNS", "w - 1"),
        "the right end for 2 by 2 kernels only",
        "wrong place",
    ),
    "results in the image": (
        ("    for y in range(h - kh + 1):\n        for x in range(w - kw + 1):\n"
        "            total = (image[y : y + kh, x : x + kw] * kernel).sum()\n"
        "            image[y + kh // 2, x + kw // 2] = total\n    return image\n"),
        "while later windows still read it",
        "rim",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "words", "never"), OTHERS.values(), ids=OTHERS)
def test_a_function_that_is_right_but_for_its_windows_keeps_the_points_of_the_rest(body, words, never):
    results = marked_code("convolve2d", PLAIN + body)
    assert words in results["windows"].message
    assert not [each.message for each in results.values() if never in each.message]
    lost = {each.id for each in results.values() if not each.earned}
    assert WINDOWS_ONLY - {"together", "pairs"} <= lost <= WINDOWS_ONLY


def test_bytes_and_a_rim_for_three_are_both_told():
    code = PLAIN + "    out = np.zeros((h, w))" + THREE.replace("TYPE", "out.astype(np.uint8)")
    message = marked_code("convolve2d", code)["windows"].message
    assert "for 3 by 3, and leave a rim of zeros" in message
    assert BYTES in message


def test_a_rim_for_three_in_loops_over_nine_cells_is_told_beside_what_is_cut_off():
    """Where the image is too small for them, they compute nothing, whatever the kernel."""
    loops = """    out = np.zeros((h, w))
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            out[y, x] = max(0, sum(image[y + i - 1, x + j - 1] * kernel[i, j] for i, j in np.ndindex(3, 3)))
    return out
"""
    message = marked_code("convolve2d", PLAIN + loops)["windows"].message
    assert "for 3 by 3, and leave a rim of zeros" in message
    assert "Negative responses" in message


STRIDES = {
    "counted twice": (
        (
            "    rows, columns = [range(0, count, s) for count, s in ((oh, sh), (ow, sw))]\n"
            "    sums = [[(image[y : y + kh, x : x + kw] * kernel).sum() for x in columns] for y in rows]\n"
            "    return np.array(sums)\n"
        ),
        "not into both",
    ),
    "counted twice in zeros": (
        (
            "    for i, y in enumerate(range(0, oh, sh)):\n        for j, x in enumerate(range(0, ow, sw)):\n"
            "            out[i, j] = (image[y : y + kh, x : x + kw] * kernel).sum()\n    return out\n"
        ),
        "not into both",
    ),
    "the output in steps": (
        (
            "    for y in range(0, oh, sh):\n        for x in range(0, ow, sw):\n"
            f"            out[y, x] = {PRODUCTS}\n    return out\n"
        ),
        "not into both",
    ),
    "kept where it was read": (
        (
            "    for y in range(0, oh, sh):\n        for x in range(0, ow, sw):\n"
            "            out[y, x] = (image[y : y + kh, x : x + kw] * kernel).sum()\n    return out\n"
        ),
        "store at the same place",
    ),
}


@pytest.mark.parametrize(("body", "words"), STRIDES.values(), ids=STRIDES)
def test_a_stride_in_the_wrong_loop_costs_the_stride_alone(body, words):
    results = marked_code("convolve2d", RIGHT.partition("    for y, x")[0] + body)
    assert words in results["stride"].message
    assert [each.id for each in results.values() if each.status != "passed"] == ["stride"]


def test_who_cuts_the_frame_to_minus_0_is_told_so_and_judged_where_a_padding_is_given():
    code = RIGHT.replace(
        "    image, kernel = np.pad(image.astype(float), ((p, p), (q, q)))",
        "    inside, image = image, np.zeros((image.shape[0] + 2 * p, image.shape[1] + 2 * q))\n"
        "    image[p:-p, q:-q] = inside\n    image, kernel = image",
    )
    results = marked_code("convolve2d", code)
    assert "a slice such as `[0:-0]` is empty" in results["windows"].message
    assert {each.id for each in results.values() if each.earned} == {"padding"}


def test_no_frame_is_said_to_be_one_zero_thick_that_grows_with_the_kernel():
    body = OTHERS["[1:-1] and [0:-0]"][0]
    odd = "    if kh % 2 == 0 or kw % 2 == 0:\n        raise NameError('odd, please')\n"
    results = marked_code("convolve2d", PLAIN + odd + body)
    assert "one zero thick" not in results["padding"].message
    assert "You ignore `padding`" in results["padding"].message


def test_who_uses_heights_alone_uses_one_side_of_both():
    body = "    size = h - kh + 1\n    out = np.zeros((size, size))" + LOOPS.replace("ROWS", "size")
    code = PLAIN.replace("kernel.shape", "(len(kernel),) * 2") + body.replace("COLUMNS", "size")
    assert "one side of image and kernel" in marked_code("convolve2d", code)["rectangles"].message


def test_a_sobel_kernel_that_is_turned_is_not_said_to_have_the_wrong_sign():
    """The kernel is turned, and only those with odd sides are taken."""
    odd = "    assert kernel.shape[0] % 2 == kernel.shape[1] % 2 == 1\n    kernel = np.flip(kernel)\n"
    code = RIGHT.replace("    kh, kw =", f"{odd}    kh, kw =")
    for result in marked_code("convolve2d", code).values():
        assert "sign" not in result.message
    assert judged("convolve2d", lambda: lambda image, kernel, **_: image, None)["windows"] == "F"
