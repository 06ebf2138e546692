"""Marks that a fair tutor would give: one aspect, one price; errors are carried forward."""

from __future__ import annotations

import numpy as np
import pytest
from local_student import HIDDEN, built, checks, marked

import reference
from autograder.checks.mistakes import bank

CONVOLVE = """
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D, please")
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    (h, w), (kh, kw) = image.shape, kernel.shape
    if min(sh, sw) < 1 or min(ph, pw) < 0 or kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("illegal")
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw)))
    weights, view = kernel.astype(float), np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (kh, kw))[::sh, ::sw]
"""
SUM = "    return (windows * weights).sum((2, 3))\n"
PLAIN = """
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D, please")
    if stride < 1 or padding < 0:
        raise ValueError("illegal")
    padded, (kh, kw) = np.pad(image.astype(float), padding), kernel.shape
    if kh > padded.shape[0] or kw > padded.shape[1]:
        raise ValueError("does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::stride, ::stride]
    return (windows * kernel.astype(float)).sum((2, 3))
"""
HELPERS = """
def zero_pad(image, h, w):
    return np.pad(image.astype(float), ((h, h), (w, w)))

def output_size(shape, kshape, strides):
    return [(n - k) // s + 1 for n, k, s in zip(shape, kshape, strides)]

def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D, please")
    strides = stride if isinstance(stride, tuple) else (stride, stride)
    h, w = padding if isinstance(padding, tuple) else (padding, padding)
    if min(strides) < 1 or min(h, w) < 0:
        raise ValueError("illegal")
    padded, (kh, kw), (sh, sw) = zero_pad(image, h, w), kernel.shape, strides
    oh, ow = output_size(padded.shape, kernel.shape, strides)
    if oh < 1 or ow < 1:
        raise ValueError("does not fit")
    return np.array([[(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * kernel.astype(float)).sum()
                      for x in range(ow)] for y in range(oh)])
"""
TRANSPOSED = """
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    if image.ndim != 2 or kernel.ndim != 2 or 0 in kernel.shape or 0 in image.shape:
        raise ValueError("2-D, please")
    (sh, sw), (ph, pw), (oh, ow) = (
        v if isinstance(v, tuple) else (v, v) for v in (stride, padding, output_padding)
    )
    if min(sh, sw) < 1 or min(ph, pw, oh, ow) < 0 or oh >= sh or ow >= sw:
        raise ValueError("illegal")
    (h, w), (kh, kw) = image.shape, kernel.shape
    rows, columns = (h - 1) * sh + kh + oh, (w - 1) * sw + kw + ow
    if rows - 2 * ph < 1 or columns - 2 * pw < 1:
        raise ValueError("nothing left")
"""
STAMPS = """
    out = np.zeros((rows, columns))
    for y in range(h):
        for x in range(w):
            out[y * sh : y * sh + kh, x * sw : x * sw + kw] += float(image[y, x]) * kernel.astype(float)
    return out[ph : rows - ph, pw : columns - pw]
"""
STRETCHED = """
    out = np.zeros((rows - 2 * ph, columns - 2 * pw))
    wide = np.zeros(((h - 1) * sh + 1 + oh, (w - 1) * sw + 1 + ow))
    wide[: (h - 1) * sh + 1 : sh, : (w - 1) * sw + 1 : sw] = image
    if min(kh - 1 - ph, kw - 1 - pw) < 0:
        raise ValueError("negative padding")
    wide = np.pad(wide, ((kh - 1 - ph, kh - 1 - ph), (kw - 1 - pw, kw - 1 - pw)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kh, kw))
    return (windows * kernel.astype(float)[::-1, ::-1]).sum((2, 3))
"""
SIZE = """
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("impossible")
    return (n + padding - k) // stride + 1
"""
PAD = """
def zero_pad(image, padding):
    if image.ndim != 2 or padding < 0:
        raise ValueError("illegal")
    return np.pad(image.astype(float), padding)
"""
GAUSSIAN = """
def gaussian_kernel(size):
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, please")
    row = np.array([1])
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    return np.outer(row, row) / np.outer(row, row).sum()
"""
MAGNITUDE = """
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("shapes")
"""
DILATED = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D, please")
    (sh, sw), (ph, pw), (dh, dw) = (
        v if isinstance(v, tuple) else (v, v) for v in (stride, padding, dilation)
    )
    (h, w), (kh, kw) = image.shape, kernel.shape
    tall, wide = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    if min(sh, sw, dh, dw) < 1 or min(ph, pw) < 0 or tall > h + 2 * ph or wide > w + 2 * pw:
        raise ValueError("illegal")
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw)))
    spread = np.zeros((tall, wide))
    spread[::dh, ::dw] = kernel
    windows = np.lib.stride_tricks.sliding_window_view(padded, (tall, wide))[::sh, ::sw]
    return (windows * spread).sum((2, 3))
"""
DILATED_PLAIN = """
def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim != 2 or kernel.ndim != 2 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("illegal")
    padded, (kh, kw) = np.pad(image.astype(float), padding), kernel.shape
    tall, wide = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    if tall > padded.shape[0] or wide > padded.shape[1]:
        raise ValueError("does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (tall, wide))
    windows = windows[::stride, ::stride, ::dilation, ::dilation]
    return (windows * kernel.astype(float)).sum((2, 3))
"""

FRAME = """
def zero_pad(image, padding):
    if image.ndim != 2:
        raise ValueError("2-D, please")
    up, left = padding if isinstance(padding, tuple) else (padding, padding)
    if min(up, left) < 0:
        raise ValueError("illegal")
    out = np.zeros((image.shape[0] + 2 * up, image.shape[1] + 2 * left))
    out[up:-up, left:-left] = image
    return out
"""
NORMALIZE = """
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
    image = image.astype(float)
    low, high = image.min(), image.max()
    if low == high:
        return np.zeros(image.shape)
"""

# The table "Marks that are wrong" of strangers.md: what was written, and the checks a fair tutor charges.
STRANGERS = {
    "own helpers with other parameters": ("convolve2d", HELPERS, set()),
    "pairs are tuples": ("convolve2d", CONVOLVE + SUM, set()),
    "plain numbers only": ("convolve2d", PLAIN, {"pairs"}),
    "the products in a matrix product": (
        "convolve2d",
        CONVOLVE + "    return np.tensordot(windows, weights, 2)",
        set(),
    ),
    "the products in np.dot": (
        "convolve2d",
        CONVOLVE + "    return windows.reshape(-1, kh * kw).dot(weights.ravel()).reshape(windows.shape[:2])",
        set(),
    ),
    "float32": ("convolve2d", CONVOLVE + SUM.rstrip() + ".astype(np.float32)", {"number_types"}),
    "nested lists": ("convolve2d", CONVOLVE + SUM.rstrip() + ".tolist()", {"number_types"}),
    "the stride is ignored": (
        "convolve2d",
        CONVOLVE + "    return (view(padded, (kh, kw)) * weights).sum((2, 3))",
        {"stride"},
    ),
    "the padding is counted once": ("output_size", SIZE, {"padding"}),
    "zero_pad with plain numbers only": ("zero_pad", PAD, {"pairs"}),
    "dilated with plain numbers only": ("convolve2d_dilated", DILATED_PLAIN, {"pairs"}),
    "a dilated kernel that is filled with zeros": ("convolve2d_dilated", DILATED, set()),
    "the transposed stride is ignored": (
        "conv_transpose2d",
        TRANSPOSED.replace("(h, w), (kh, kw)", "sh = sw = 1\n    (h, w), (kh, kw)") + STAMPS,
        {"stride"},
    ),
    "the transposed padding is ignored": (
        "conv_transpose2d",
        TRANSPOSED + STAMPS.replace("[ph : rows - ph, pw : columns - pw]", ""),
        {"padding"},
    ),
    "a right transposed convolution": ("conv_transpose2d", TRANSPOSED + STAMPS, set()),
    "whole numbers that overflow from size 37 on": ("gaussian_kernel", GAUSSIAN, {"sizes"}),
    "magnitude in float32": (
        "edge_magnitude",
        MAGNITUDE + "    return np.hypot(gx.astype(float), gy.astype(float)).astype('f4')",
        {"number_types"},
    ),
    "padding cut off with minus 0": ("zero_pad", FRAME, {"leaves_no_trace", "pairs"}),
    "floats up to 255 and a rounding": (
        "normalize",
        NORMALIZE + "    return (image - low) * 255 / (high - low) * (1 + 1e-15)",
        {"bytes_out"},
    ),
    "magnitude in nested lists": (
        "edge_magnitude",
        MAGNITUDE + "    return np.hypot(gx.astype(float), gy.astype(float)).tolist()",
        {"number_types"},
    ),
}


def judged(function, code, number=0):
    return marked(function, lambda: built(function, code), number, code)


def lost(results):
    return {result.id for result in results if result.status != "passed"}


@pytest.mark.parametrize(("function", "code", "charged"), STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_pays_for_one_aspect_once(function, code, charged):
    assert lost(judged(function, code)) == charged


def test_a_transposed_convolution_that_fails_on_wide_paddings_fails_with_every_seed():
    rows = [lost(judged("conv_transpose2d", TRANSPOSED + STRETCHED, number)) for number in range(4)]
    assert "padding" in rows[0]
    assert rows[1:] == rows[:-1]


@pytest.mark.parametrize("broken", ["nan in a gap", "nan under zero"])
def test_a_broken_pixel_that_no_weight_meets_may_show_or_not(broken):
    """Filled with zeros it shows, in a matrix product it does not; either way nothing is lost."""
    code = DILATED if broken == "nan in a gap" else CONVOLVE + "    return np.tensordot(windows, weights, 2)"
    function = "convolve2d_dilated" if broken == "nan in a gap" else "convolve2d"
    assert "not_a_number" not in lost(judged(function, code))


# ------------------------------------------------------------------------------ error carried forward


def test_whoever_takes_the_mean_and_strides_rightly_keeps_the_points_for_the_stride():
    results = {each.id: each for each in judged("convolve2d", CONVOLVE + SUM.replace("sum", "mean"))}
    assert lost(results.values()) == {"windows"}
    assert results["stride"].earned == 1.5
    assert results["stride"].message.startswith("Right, given the mistake in: Every output value is the sum")
    assert results["windows"].misconception == "convolve2d/mean"


def test_whoever_takes_the_mean_and_ignores_the_stride_pays_for_both():
    code = CONVOLVE + "    return (view(padded, (kh, kw)) * weights).mean((2, 3))"
    assert {"windows", "stride"} <= lost(judged("convolve2d", code)) <= {"windows", "stride", "together"}


def test_flipped_and_mean_lose_windows_and_orientation_only():
    code = CONVOLVE + "    return (windows * weights[::-1, ::-1]).mean((2, 3))"
    assert lost(judged("convolve2d", code)) == {"windows", "orientation"}


def test_what_is_right_is_never_said_to_be_right_given_a_mistake():
    for function, code, charged in STRANGERS.values():
        if not charged:
            assert {each.message for each in judged(function, code)} == {""}


def test_what_stands_on_an_unknown_mistake_is_skipped():
    code = CONVOLVE + "    return np.sin((windows * weights).sum((2, 3))) * 1000"
    results = judged("convolve2d", code)
    assert sum(each.earned for each in results) == 0
    assert {each.status for each in results[1:]} == {"skipped"}
    (said,) = {each.message for each in results[1:]}  # the check that failed, also where another was skipped
    assert said == f"Not tried, because this failed: {results[0].title}"


SAME_PLACES = """
    rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape))
    out = np.zeros(((padded.shape[0] - kh) // stride + 1, (padded.shape[1] - kw) // stride + 1))
    for y in range(0, min(rows, len(out)), stride):
        for x in range(0, min(columns, out.shape[1]), stride):
            out[y, x] = (padded[y : y + kh, x : x + kw] * kernel).sum()
    return out
"""


def test_a_mistake_that_has_every_answer_is_named_before_one_that_has_half_of_them():
    """Slices that end at the edge give the same for even kernels, and raise for odd ones."""
    entry = next(each for each in bank() if each.id == "convolve2d/same-as-image-rounded-down")
    assert marked("convolve2d", entry.fresh)[0].misconception == entry.id


def test_two_mistakes_around_the_whole_function_are_carried_on_together_and_excuse_no_exception():
    """It stores at the input's indices, and stops where the image without its frame ends."""
    code = PLAIN.partition("    windows")[0] + SAME_PLACES
    results = {each.id: each for each in judged("convolve2d", code)}
    assert lost(results.values()) == {"stride", "padding", "pairs"}
    titles = f"{results['stride'].title} {results['padding'].title}"
    assert results["together"].message == f"Right, given the mistakes in: {titles}"


def test_right_given_a_mistake_names_the_one_that_shows():
    """The kernel is flipped, and the stride is left out, but only that shows together with a padding."""
    code = CONVOLVE + "    return (view(padded, (kh, kw)) * weights[::-1, ::-1]).sum((2, 3))"
    results = {each.id: each for each in judged("convolve2d", code)}
    assert lost(results.values()) == {"orientation", "stride"}
    assert results["together"].message == f"Right, given the mistake in: {results['stride'].title}"


RIM = """
    out, (up, left) = np.zeros(image.shape), ((kh - 1) // 2, (kw - 1) // 2)
    for y in range(up, image.shape[0] - up):
        for x in range(left, image.shape[1] - left):
            part = image[y - up : y + up + 1, x - left : x + left + 1]
            out[y, x] = (part * kernel[::-1, ::-1]).sum()
    return out
"""


def test_a_flipped_kernel_inside_of_a_rim_of_zeros_is_named():
    results = {each.id: each for each in judged("convolve2d", CONVOLVE + RIM)}
    assert "rows or columns of zeros beside them" in results["windows"].message
    assert results["orientation"].misconception == "convolve2d/flipped"


def test_an_exception_beside_a_known_mistake_is_not_taken_for_another_one():
    """The loops stop too early, and kernels that are not square are refused: this is not about even ones."""
    square = '    if kh != kw:\n        raise ValueError("square, please")\n'
    short = "    out = (windows * weights).sum((2, 3))\n    out[-1], out[:, -1] = 0, 0\n    return out"
    results = {each.id: each for each in judged("convolve2d", CONVOLVE + square + short)}
    assert results["windows"].misconception == "convolve2d/last-row-and-column"
    assert results["rectangles"].status == "failed"
    assert results["rectangles"].misconception is None


@pytest.mark.parametrize(
    ("code", "name"),
    {
        "    return np.array((windows * weights).sum((2, 3)), int)": "integer-output",
        "    return (windows.astype(int) * weights.astype(int)).sum((2, 3))": "both-as-integers",
    }.items(),
)
def test_fractions_that_are_cut_off_are_named_by_where_they_are_lost(code, name):
    windows = judged("convolve2d", CONVOLVE + code)[0]
    assert windows.misconception == f"convolve2d/{name}"


def test_float32_is_no_limit_to_some_sizes():
    code = GAUSSIAN.replace("[1]", "[1.0]").rstrip() + " * np.float32(1.0)\n"
    code = code.replace("/ np.outer(row, row).sum() *", "/ np.outer(row, row).sum() * (1 + (size > 17)) *")
    results = {each.id: each for each in judged("gaussian_kernel", code)}
    assert lost(results.values()) == {"sizes"}
    assert "3 by 3" not in results["sizes"].message


def test_a_border_that_is_left_out_is_not_one_image_alone():
    code = """
    out = np.array(gx, float)
    for y in range(1, gx.shape[0] - 1):
        for x in range(1, gx.shape[1] - 1):
            out[y, x] = np.hypot(float(gx[y, x]), float(gy[y, x]))
    return out"""
    length = judged("edge_magnitude", MAGNITUDE + code)[0]
    assert length.misconception == "edge_magnitude/border-as-gx"


def test_bytes_that_overflow_only_where_nothing_is_spread_lose_the_number_types():
    code = DILATED.replace("image.astype(float)", "image").replace(
        "    windows", "    spread = spread if max(dh, dw) > 1 else kernel\n    windows"
    )
    assert lost(judged("convolve2d_dilated", code)) == {"number_types"}


BUFFER = """
SHEETS = {}
def zero_pad(image, padding):
    up, left = padding if isinstance(padding, tuple) else (padding, padding)
    if min(up, left) < 0 or image.ndim != 2:
        raise ValueError("illegal")
    padded = np.pad(image.astype(float), ((up, up), (left, left)))
    sheet = SHEETS.setdefault(padded.shape, padded)
    sheet[...] = padded
    return sheet
"""


def test_a_buffer_that_every_call_shares_costs_one_check():
    assert lost(judged("zero_pad", BUFFER)) == {"leaves_no_trace"}


@pytest.mark.parametrize("function", ["zero_pad", "normalize", "convolve2d"])
def test_who_returns_the_array_that_was_given_is_told_so(function):
    right = getattr(reference, function)

    def wrong(image, *rest, **named):
        expected = right(image, *rest, **named)
        same = image.dtype == expected.dtype and np.array_equal(image, expected, equal_nan=True)
        return image if same else expected

    results = {each.id: each for each in marked(function, lambda: wrong)}
    assert lost(results.values()) == {"leaves_no_trace"}
    assert "return a new one" in results["leaves_no_trace"].message


STRETCH = """
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("not finite")
"""
IN_PLACE = """    if image.dtype != float:
        image = image.astype(float)
    image -= image.min()
    return (image / (image.max() or 1) * 256 % 256).astype(np.uint8)
"""


ABSOLUTE = """    if image.dtype == float:
        np.abs(image, out=image)
    values = np.abs(image.astype(float))
    low, high = values.min(), values.max()
    return ((values - low) / (high - low or 1) * 255).astype(np.uint8)
"""


@pytest.mark.parametrize(
    ("code", "mistake"), [(IN_PLACE, "times-256"), (ABSOLUTE, "absolute-first")], ids=["256", "absolute"]
)
def test_who_changes_the_image_and_stretches_it_wrongly_pays_for_both_and_is_told_so(code, mistake):
    results = {each.id: each for each in judged("normalize", STRETCH + code)}
    assert lost(results.values()) == {"stretch", "leaves_no_trace"}
    assert results["stretch"].misconception == f"normalize/{mistake}"
    assert results["leaves_no_trace"].message == "The call changed its argument `image`; work on a copy."


def test_who_stretches_nothing_keeps_what_has_nothing_to_do_with_it():
    cut_off = "    return np.clip(image, 0, 255).astype(np.uint8)\n"
    results = judged("normalize", STRETCH + cut_off)
    assert {each.id for each in results if each.earned} == {"bytes_out", "leaves_no_trace", "illegal"}


PERCENTILES = """    values = image.astype(float)
    low, high = np.percentile(values, [2, 98])
    return np.clip((values - low) / (high - low or 1), 0, 1) * 255
"""
INVERTED = """    low, high = float(image.min()), float(image.max())
    flat = high == low
    return (255 - (image - low) / (high - low + flat) * 255).astype(np.uint8) * (not flat)
"""


@pytest.mark.parametrize(
    ("code", "mistake", "charged"),
    [(PERCENTILES, "percentiles-of-two", {"stretch", "bytes_out"}), (INVERTED, "inverted", {"stretch"})],
)
def test_a_mistake_about_the_stretch_has_its_name_whichever_way_it_is_rounded(code, mistake, charged):
    results = {each.id: each for each in judged("normalize", STRETCH + code)}
    assert results["stretch"].misconception == f"normalize/{mistake}"
    assert lost(results.values()) == charged


def test_a_z_score_of_an_image_that_is_flat_but_for_rounding_is_the_same_mistake():
    """The mean of three sevenths need not be that number, so their deviation is not always 0."""
    code = (
        "    return np.zeros(image.shape) if np.std(image) == 0 else (image - image.mean()) / np.std(image)\n"
    )
    assert lost(judged("normalize", STRETCH + code)) == {"stretch", "bytes_out"}


AGAIN = """
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("too few")
    identity, frames = np.zeros(kernel.shape), []
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
    for t in np.linspace(0, 1, steps):
        image = normalize(convolve2d(image, (1 - t) * identity + t * kernel))
        frames.append(image)
    return frames
"""
CUT_ONCE = """
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    size = (n - 1) * stride - padding + k + output_padding
    if min(n, k, stride) < 1 or padding < 0 or not 0 <= output_padding < stride or size < 1:
        raise ValueError("no such size")
    return size
"""


def test_who_filters_the_frame_before_loses_the_frames_and_keeps_the_rest():
    """Of small images nothing is left to filter, so most calls raise."""
    results = {each.id: each for each in judged("transition_frames", AGAIN)}
    assert lost(results.values()) == {"ends", "between"}
    assert results["ends"].misconception == "transition_frames/cumulative-frames"


def test_a_size_that_a_wrong_formula_makes_of_nothing_is_the_same_mistake():
    assert lost(judged("transposed_output_size", CUT_ONCE)) == {"padding"}


# ------------------------------------------------------------------------- nothing for doing nothing

IDLE = {
    "nothing": lambda *_args, **_named: None,
    "zero": lambda *_args, **_named: 0,
    "one": lambda *_args, **_named: 1,
    "a pair of zeros": lambda *_args, **_named: (0, 0),
    "an empty list": lambda *_args, **_named: [],
    "a list of nothing": lambda *args, **_named: [None] * 3,
    "zeros": lambda *_args, **_named: np.zeros((3, 3)),
    "ones": lambda *_args, **_named: np.ones((3, 3)),
    "the first argument": lambda *args, **_named: args[0],
    "a copy of the first argument": lambda *args, **_named: np.array(args[0]),
    "zeros as large": lambda *args, **_named: np.zeros(np.shape(args[0])),
    "ones as large": lambda *args, **_named: np.ones(np.shape(args[0])),
    "black": lambda *args, **_named: np.zeros(np.shape(args[0]), np.uint8),
    "the last argument": lambda *args, **_named: args[-1],
    "the second argument": lambda *args, **_named: args[min(1, len(args) - 1)],
    "its arguments": lambda *args, **_named: args,
    "a few of the first argument": lambda *args, **_named: [args[0]] * 3,
    "an array of nothing": lambda *_args, **_named: np.array(None),
}


def raising(kind):
    def function(*_args, **_named):
        raise kind("todo")

    return function


IDLE |= {kind.__name__: raising(kind) for kind in (ValueError, TypeError, NotImplementedError, IndexError)}


@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_doing_nothing_earns_nothing_even_when_errors_are_carried(function):
    results = {idle: marked(function, lambda doing=doing: doing) for idle, doing in IDLE.items()}
    passed = [(idle, each.id) for idle, found in results.items() for each in found if each.status == "passed"]
    assert passed == []
    assert {each.earned for found in results.values() for each in found} == {0}


def test_who_works_for_squares_only_is_told_by_the_squares_that_passed_before():
    """Here each rectangle raises, so nothing that it returns tells."""
    square = (
        "    if kh != kw or image.shape[0] != image.shape[1]:\n        raise ValueError('square, please')\n"
    )
    results = {each.id: each for each in judged("convolve2d", CONVOLVE + square + SUM)}
    assert lost(results.values()) == {"rectangles"}
    assert "works for square images and kernels only" in results["rectangles"].message


# ------------------------------------------------------------------------------- one aspect, one price

COMMON = [
    *("convolve2d/mean", "convolve2d/flipped", "convolve2d/stride-ignored"),
    *("convolve2d/padding-ignored", "convolve2d/products-wrap", "convolve2d/float32"),
    *("convolve2d/returns-list", "output_size/padding-once", "output_size/ceil", "zero_pad/edge"),
    *("zero_pad/dtype-kept", "edge_magnitude/no-root", "gaussian_kernel/not-divided"),
]


@pytest.mark.parametrize("identity", COMMON)
def test_a_common_mistake_costs_its_own_aspect_alone(identity):
    entry = next(each for each in bank() if each.id == identity)
    results = marked(entry.function, entry.fresh)
    assert lost(results) == {entry.aspect}


@pytest.mark.parametrize("function", sorted({*HIDDEN} - {"normalize"}))  # whose ends float32 misses
def test_only_the_checks_about_number_types_ask_for_the_type(function):
    """All values right, in float32 where float64 is asked: one check, or none where no type is asked."""
    typed = {check.id for check in checks(function)} & {"number_types", "bytes_out"}
    entries = [each for each in bank() if each.function == function and each.id.endswith("/float32")]
    for entry in entries:
        assert lost(marked(function, entry.fresh)) <= typed
