"""Mistakes rewritten in another style than the bank's: the right sentence, or none, never a wrong one."""

# ruff: noqa: E501  students write lines as long as they like

from __future__ import annotations

import numpy as np
import pytest
from local_student import HIDDEN, built, marked, sections, styles

import reference
from autograder.checks import Call
from autograder.checks.diagnose import diagnose, diagnose_value, explains, standard
from autograder.checks.local import call_locally
from autograder.checks.mistakes import bank, combined

SENTENCES = {entry.id: entry.sentence for entry in bank()}

CONVOLVE = """
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights, view = kernel.astype(float), np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (kh, kw))[::sh, ::sw]
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
"""
SIZE = """
def output_size(n, k, stride=1, padding=0):
    if min(n, k, stride) < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
"""
PAD = """
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("illegal")
    h, w = image.shape
"""
NORMALIZE = """
def normalize(image):
    values = image.astype(float)
    if not np.isfinite(values).all():
        raise ValueError("not finite")
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(image.shape, np.uint8)
    h, w = image.shape
"""
MAGNITUDE = """
def edge_magnitude(gx, gy):
    if gx.shape != gy.shape:
        raise ValueError("different shapes")
    a, b = gx.astype(float), gy.astype(float)
"""
GAUSSIAN = """
def gaussian_kernel(size):
    import math
    if not isinstance(size, (int, np.integer)) or size < 1 or size % 2 == 0:
        raise ValueError("odd, positive whole numbers only")
"""
FRAMES = """
def transition_frames(image, kernel, steps):
    if steps < 2:
        raise ValueError("two ends")
    identity = np.zeros(kernel.shape)
    identity[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
"""
# What a student wrote, after the lines above, by the misconception whose sentence is right.
MISTAKES = {
    "convolve2d/flipped": [
        CONVOLVE + "    return np.einsum('yxij,ij->yx', windows, weights[::-1, ::-1])",
        CONVOLVE
        + """
    out = np.zeros((oh, ow))
    for i in range(kh):
        for j in range(kw):
            out += weights[kh - 1 - i, kw - 1 - j] * windows[:, :, i, j]
    return out""",
    ],
    "convolve2d/rows-flipped": [
        CONVOLVE
        + "    return sum(np.einsum('yxj,j->yx', windows[:, :, -1 - i], weights[i]) for i in range(kh))"
    ],
    "convolve2d/columns-flipped": [
        CONVOLVE
        + """
    lines = [
        sum(np.convolve(padded[y + i], weights[i], "valid") for i in range(kh)) for y in range(0, oh * sh, sh)
    ]
    return np.array(lines)[:, ::sw]"""
    ],
    "convolve2d/kernel-transposed": [CONVOLVE + "    return np.einsum('yxij,ji->yx', windows, weights)"],
    "convolve2d/image-indices-exchanged": [
        CONVOLVE
        + """
    down, right = padded.strides
    strides = right * sw, down * sh, down, right
    if padded.shape[0] != padded.shape[1] or kh != kw:
        raise IndexError("out of bounds")
    return (np.lib.stride_tricks.as_strided(padded, (oh, ow, kh, kw), strides) * weights).sum((2, 3))"""
    ],
    "convolve2d/output-transposed": [CONVOLVE + "    return np.einsum('yxij,ij->xy', windows, weights)"],
    "convolve2d/short": [CONVOLVE + "    return (windows * weights).sum((2, 3))[:-1, :-1]"],
    "convolve2d/last-row": [
        CONVOLVE
        + """
    out = np.zeros((oh, ow))
    out[:-1] = np.tensordot(windows, weights, 2)[:-1]
    return out"""
    ],
    "convolve2d/mean": [CONVOLVE + "    return np.einsum('yxij,ij->yx', windows, weights) / kernel.size"],
    "convolve2d/matrix-product": [CONVOLVE + "    return np.matmul(windows, weights).sum((2, 3))"],
    "convolve2d/sum-carried-on": [
        CONVOLVE
        + """
    total, y, lines = 0.0, 0, []
    while y < oh:
        lines.append([])
        x = 0
        while x < ow:
            for i in range(kh):
                for j in range(kw):
                    total += padded[y * sh + i, x * sw + j] * weights[i, j]
            lines[-1].append(total)
            x += 1
        y += 1
    return np.array(lines)"""
    ],
    "convolve2d/kernel-sum": [
        CONVOLVE
        + """
    if weights.sum():
        weights = weights / weights.sum()
    return np.einsum('yxij,ij->yx', windows, weights)"""
    ],
    "convolve2d/clipped": [
        CONVOLVE
        + """
    return np.array([[min(max((v * weights).sum(), 0.0), 255.0) for v in row] for row in windows])"""
    ],
    "convolve2d/absolute": [
        CONVOLVE
        + """
    out = np.tensordot(windows, weights, 2)
    out[out < 0] *= -1
    return out"""
    ],
    "convolve2d/always-same": [
        CONVOLVE
        + """
    padded = np.pad(padded, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    return np.einsum('yxij,ij->yx', view(padded, (kh, kw)), weights)[::sh, ::sw]"""
    ],
    "convolve2d/products-wrap": [
        CONVOLVE
        + """
    raw = np.pad(image, ((ph, ph), (pw, pw)))
    return sum(
        (view(raw, (kh, kw))[::sh, ::sw, i, j] * kernel[i, j]).astype(float) for i in range(kh) for j in range(kw)
    )"""
    ],
    "convolve2d/float32": [CONVOLVE + "    return np.einsum('yxij,ij->yx', windows, weights).astype('f4')"],
    "convolve2d/rounded": [CONVOLVE + "    return np.rint(np.einsum('yxij,ij->yx', windows, weights))"],
    "convolve2d/nan-alone-to-zero": [
        CONVOLVE
        + """
    return np.einsum('yxij,ij->yx', np.where(windows == windows, windows, 0.0), weights)"""
    ],
    "convolve2d/nan-left-out": [
        CONVOLVE
        + """
    with np.errstate(invalid="ignore"):
        products = windows * weights
        products[np.isnan(products)] = 0
        return products.sum(axis=3).sum(axis=2)"""
    ],
    "convolve2d/nan-everywhere": [
        CONVOLVE
        + """
    shape = padded.shape[0] + kh - 1, padded.shape[1] + kw - 1
    with np.errstate(invalid="ignore"):
        spectrum = np.fft.fft2(padded, shape) * np.fft.fft2(weights[::-1, ::-1], shape)
        full = np.fft.ifft2(spectrum).real
    return full[kh - 1 : padded.shape[0], kw - 1 : padded.shape[1]][::sh, ::sw]"""
    ],
    "convolve2d/stride-ignored": [
        CONVOLVE + "    return np.einsum('yxij,ij->yx', view(padded, (kh, kw)), weights)"
    ],
    "convolve2d/windows-do-not-stride": [
        CONVOLVE + "    return np.einsum('yxij,ij->yx', view(padded, (kh, kw))[:oh, :ow], weights)"
    ],
    "convolve2d/ceil": [
        CONVOLVE
        + """
    rows, columns = -(-(padded.shape[0] - kh) // sh) + 1, -(-(padded.shape[1] - kw) // sw) + 1
    return np.array(
        [[(padded[y * sh :, x * sw :][:kh, :kw] * weights).sum() for x in range(columns)] for y in range(rows)]
    )"""
    ],
    "convolve2d/strides-exchanged": [
        CONVOLVE + "    return np.einsum('yxij,ij->yx', view(padded, (kh, kw))[::sw, ::sh], weights)"
    ],
    "convolve2d/vertical-stride-twice": [
        CONVOLVE + "    return np.einsum('yxij,ij->yx', view(padded, (kh, kw))[::sh, ::sh], weights)"
    ],
    "convolve2d/late-start": [
        CONVOLVE + "    return (view(padded, (kh, kw))[sh - 1 :: sh, sw - 1 :: sw] * weights).sum((2, 3))"
    ],
    "convolve2d/padding-ignored": [
        CONVOLVE
        + """
    output_size(image.shape[0], kh), output_size(image.shape[1], kw)
    return np.einsum('yxij,ij->yx', view(image.astype(float), (kh, kw))[::sh, ::sw], weights)"""
    ],
    "convolve2d/padding-edge": [
        CONVOLVE
        + """
    h, w = image.shape
    rows, columns = np.clip(np.arange(-ph, h + ph), 0, h - 1), np.clip(np.arange(-pw, w + pw), 0, w - 1)
    return np.einsum('yxij,ij->yx', view(image[np.ix_(rows, columns)], (kh, kw))[::sh, ::sw], weights)"""
    ],
    "convolve2d/padding-doubled": [
        CONVOLVE
        + """
    return np.einsum('yxij,ij->yx', view(zero_pad(padded, padding), (kh, kw))[::sh, ::sw], weights)"""
    ],
    "convolve2d/fit-gives-nothing": [
        """
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    if sh < 1 or sw < 1:
        raise ValueError("stride")
    padded, (kh, kw), weights = zero_pad(image, padding), kernel.shape, kernel.astype(float)
    rows, columns = (range(0, n - k + 1, s) for n, k, s in zip(padded.shape, (kh, kw), (sh, sw)))
    sums = [(padded[y : y + kh, x : x + kw] * weights).sum() for y in rows for x in columns]
    return np.array(sums).reshape(len(rows), len(columns))"""
    ],
    "convolve2d/reused-buffer": [
        "BUFFERS = {}\n"
        + CONVOLVE
        + """
    if (oh, ow) not in BUFFERS:
        BUFFERS[oh, ow] = np.empty((oh, ow))
    np.einsum('yxij,ij->yx', windows, weights, out=BUFFERS[oh, ow])
    return BUFFERS[oh, ow]"""
    ],
    "output_size/ceil": [SIZE + "    return 1 - (k - n - 2 * padding) // stride"],
    "output_size/rounded": [SIZE + "    return 1 + int(np.rint((n - k + 2 * padding) / stride))"],
    "output_size/padding-once": [SIZE + "    return divmod(padding + n - k, stride)[0] + 1"],
    "output_size/stride-ignored": [SIZE + "    return len(range(n + padding + padding)[k - 1 :])"],
    "output_size/no-plus-one": [SIZE + "    return len(range(k, n + 2 * padding - stride + 1, stride))"],
    "output_size/true-division": [SIZE + "    return 1 + (padding + n + padding - k) / stride"],
    "zero_pad/swapped": [
        PAD
        + """
    out = np.zeros((h + 2 * pw, w + 2 * ph))
    out[pw : pw + h, ph : ph + w] = image
    return out"""
    ],
    "zero_pad/top-left": [
        PAD + "    return np.vstack([np.zeros((ph, w + pw)), np.hstack([np.zeros((h, pw)), image])])"
    ],
    "zero_pad/edge": [
        PAD
        + """
    rows, columns = np.clip(range(-ph, h + ph), 0, h - 1), np.clip(range(-pw, w + pw), 0, w - 1)
    return image.astype(float)[rows][:, columns]"""
    ],
    "zero_pad/dtype-kept": [
        PAD
        + """
    out = np.zeros_like(image, shape=(h + 2 * ph, w + 2 * pw))
    out[ph : ph + h, pw : pw + w] = image
    return out"""
    ],
    "zero_pad/ones": [
        PAD
        + """
    out = np.ones((h + 2 * ph, w + 2 * pw))
    for (y, x), value in np.ndenumerate(image):
        out[y + ph, x + pw] = value
    return out"""
    ],
    "normalize/epsilon": [
        NORMALIZE.partition("    if low == high")[0]
        + "    return np.multiply(np.divide(values - low, 1e-8 + high - low), 255).astype(np.uint8)"
    ],
    "normalize/by-row": [
        NORMALIZE
        + """
    lines = []
    for row in values:
        span = max(row) - min(row)
        lines.append([int((value - min(row)) / span * 255) if span else 0 for value in row])
    return np.array(lines, np.uint8)"""
    ],
    "normalize/inverted": [
        NORMALIZE
        + """
    out = np.empty((h, w), np.uint8)
    for place, value in np.ndenumerate(values):
        out[place] = 255 - int((value - low) / (high - low) * 255)
    return out"""
    ],
    "normalize/shares": [NORMALIZE + "    return np.interp(values, [low, high], [0.0, 1.0])"],
    "normalize/times-256": [
        NORMALIZE + "    return (((values - low) / (high - low) * 256).astype(int) % 256).astype('u1')"
    ],
    "normalize/flat-white": [
        NORMALIZE.replace("zeros(image.shape, np.uint8)", "full_like(image, 255, dtype=np.uint8)")
        + "    return np.array([int((v - low) / (high - low) * 255) for v in values.flat], 'u1').reshape(h, w)"
    ],
    "edge_magnitude/sum-of-sizes": [
        MAGNITUDE + "    return np.array([[abs(p) + abs(q) for p, q in zip(*rows)] for rows in zip(a, b)])"
    ],
    "edge_magnitude/no-root": [MAGNITUDE + "    return np.einsum('cyx,cyx->yx', [a, b], [a, b])"],
    "edge_magnitude/larger": [MAGNITUDE + "    return np.linalg.norm([a, b], ord=np.inf, axis=0)"],
    "edge_magnitude/shapes-unchecked": [
        "def edge_magnitude(gx, gy):\n    return np.hypot(gx * 1.0, gy * 1.0)"
    ],
    "gaussian_kernel/not-divided": [
        GAUSSIAN
        + """
    row = [1.0]
    for _ in range(size - 1):
        row = [x + y for x, y in zip([0.0, *row], [*row, 0.0])]
    return np.array([[x * y for x in row] for y in row])"""
    ],
    "gaussian_kernel/tent": [
        GAUSSIAN
        + """
    row = np.convolve(np.ones(size // 2 + 1), np.ones(size // 2 + 1))
    return np.einsum("i,j->ij", row, row) / row.sum() ** 2"""
    ],
    "gaussian_kernel/bell": [
        GAUSSIAN
        + """
    middle = size // 2
    kernel = np.zeros((size, size))
    for i, j in np.ndindex(size, size):
        kernel[i, j] = math.exp(-((i - middle) ** 2 + (j - middle) ** 2) / 2)
    return kernel / kernel.sum()"""
    ],
    "transition_frames/backwards": [
        FRAMES
        + """
    return [normalize(convolve2d(image, kernel + t * (identity - kernel))) for t in np.linspace(0, 1, steps)]"""
    ],
    "transition_frames/end-left-out": [
        FRAMES
        + """
    return [normalize(convolve2d(image, identity + i / steps * (kernel - identity))) for i in range(steps)]"""
    ],
    "transition_frames/corner": [
        FRAMES.replace("kernel.shape[0] // 2, kernel.shape[1] // 2", "0, 0")
        + """
    frames = []
    while len(frames) < steps:
        t = len(frames) / (steps - 1)
        frames += [normalize(convolve2d(image, np.average([identity, kernel], axis=0, weights=[1 - t, t])))]
    return frames"""
    ],
    "transition_frames/kernel-alone": [
        FRAMES
        + """
    full = convolve2d(image, kernel)
    return [normalize(step / (steps - 1) * full) for step in range(steps)]"""
    ],
}
CASES = [(right, code) for right, codes in MISTAKES.items() for code in codes]

# Two mistakes at once: one of them may be named while only it shows, nothing else ever.
MIXED = [
    (
        ("convolve2d/flipped", "convolve2d/absolute"),
        CONVOLVE + "    return abs((windows * weights[::-1, ::-1]).sum((2, 3)))",
    ),
    (
        ("convolve2d/mean", "convolve2d/rounded"),
        CONVOLVE + "    return (windows * weights).mean((2, 3)).round()",
    ),
    (
        ("convolve2d/flipped", "convolve2d/strides-exchanged"),
        CONVOLVE + "    return (view(padded, (kh, kw))[::sw, ::sh] * weights[::-1, ::-1]).sum((2, 3))",
    ),
    (
        ("output_size/padding-once", "output_size/ceil"),
        SIZE + "    return -((k - n - padding) // stride) + 1",
    ),
    (
        ("zero_pad/dtype-kept", "zero_pad/ones"),
        PAD + "    return np.pad(image, ((ph, ph), (pw, pw)), constant_values=1)",
    ),
    (
        ("normalize/inverted", "normalize/times-256"),
        NORMALIZE + "    return (255 - (values - low) / (high - low) * 250).astype('u1')",
    ),
    (
        ("edge_magnitude/no-root", "edge_magnitude/shapes-unchecked"),
        "def edge_magnitude(gx, gy):\n    return gx * gx * 1.0 + gy * gy * 1.0",
    ),
    (
        ("gaussian_kernel/not-divided", "gaussian_kernel/box"),
        GAUSSIAN + "    return np.ones((size, size))",
    ),
]


def failing(function, code):
    """The checks that a piece of code fails."""
    found = marked(function, lambda: built(function, code), code=code)
    return [check for check in found if check.status == "failed"]


def named(function, code):
    """The sentences that a card gives for a piece of wrong code, of those in the bank."""
    failed = failing(function, code)
    assert failed
    for check in failed:
        assert check.misconception is None or SENTENCES[check.misconception] in check.message
    sentences = {each.sentence for each in bank() if each.function == function}
    return {sentence for sentence in sentences if any(sentence in check.message for check in failed)}


def told(function, code):
    """Whether a failed check says more than what differs: a name, a fact, or a type beside right values."""
    return any(
        check.misconception or ". " in check.message or "values are right, but" in check.message
        for check in failing(function, code)
    )


FOUND = {}
STYLES = 4  # of each function are asked everything; the judge would ask nothing, since nothing failed
FACTS = {
    # what is said of these is true without the bank: a number type, several illegal calls, a plain fact
    *("convolve2d/float32", "output_size/true-division", "edge_magnitude/shapes-unchecked"),
    *("zero_pad/dtype-kept", "normalize/shares"),
}


@pytest.mark.parametrize(("right", "code"), CASES, ids=[right for right, _ in CASES])
def test_a_mistake_in_another_style_never_gets_a_wrong_sentence(right, code):
    FOUND[code] = named(right.split("/")[0], code)
    assert FOUND[code] <= {SENTENCES[right]}


def test_a_mistake_in_another_style_gets_its_sentence_nine_times_in_ten():
    for right, code in CASES:
        if code not in FOUND:
            FOUND[code] = named(right.split("/")[0], code)
    assert len(CASES) >= 40
    silent = [right for right, code in CASES if right not in FACTS and not FOUND[code]]
    assert len(silent) <= 0.1 * len(CASES), silent


@pytest.mark.parametrize(("right", "code"), [case for case in CASES if case[0] in FACTS])
def test_what_has_no_name_is_told_as_a_fact(right, code):
    assert told(right.split("/")[0], code)


@pytest.mark.parametrize(("both", "code"), MIXED, ids=["+".join(both) for both, _ in MIXED])
def test_two_mistakes_at_once_get_no_sentence_that_is_wrong(both, code):
    assert named(both[0].split("/")[0], code) <= {SENTENCES[each] for each in both}


def test_two_mistakes_at_once_are_both_named():
    found = {both: named(both[0].split("/")[0], code) for both, code in MIXED}
    assert sum(len(sentences) == 2 for sentences in found.values()) >= len(MIXED) / 2


@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_a_right_style_gets_no_sentence(function):
    codes = [(style, sections(style).get(function)) for style in styles()]
    for style, code in [(style, code) for style, code in codes if code][:STYLES]:
        found = marked(function, lambda code=code: built(function, code))
        assert {(check.status, check.message, check.misconception) for check in found} == {
            ("passed", "", None)
        }, style


def test_values_are_named_or_not():
    for entry in bank():
        if entry.function == "my_kernel":
            assert (
                next(each.sentence for (each,) in diagnose_value("my_kernel", entry.fresh()))
                == entry.sentence
            )
    for style in filter(lambda style: "my_kernel" in sections(style), styles()):
        assert diagnose_value("my_kernel", built("my_kernel", sections(style)["my_kernel"])) == []


# ------------------------------------------------------------------------------- what is no evidence

IMAGE = np.arange(20.0).reshape(4, 5) - 7
KERNEL = np.array([[1.0, 2], [3, 5]])
CALLS = [Call((IMAGE, KERNEL)), Call((IMAGE[:, :4], KERNEL)), Call((IMAGE, KERNEL), {"stride": 2})]


def entry(identity):
    return next(each for each in bank() if each.id == identity)


def answered(function, calls=CALLS):
    """Each call in a sequence of its own, with what came."""
    return [((call,), call_locally(function, [call])) for call in calls]


ALWAYS_RAISING = {
    "a shape in two numbers": "np.zeros(4, 5)",
    "todo": "raise ValueError('todo')",
    "a shape that is called": "np.ones((2, 2)).shape()",
    "a number indexed": "n = 1; n[0]",
    "a number unpacked": "for y in 3: pass",
    "unpacked into three": "h, w, c = np.ones((2, 2)).shape",
    "a wrong reshape": "np.ones(4).reshape(3, 3)",
    "an assertion": "assert False",
    "a loop that is too long": "[][1]",
    "a package that is not there": "import scipy_that_is_not_there",
}


@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_whoever_always_raises_gets_no_name_and_no_points(function):
    for what, line in ALWAYS_RAISING.items():
        code = f"def {function}(*args, **named):\n    {line}"
        found = marked(function, lambda code=code: built(function, code), code=code)
        assert {(check.misconception, check.earned) for check in found} == {(None, 0)}, what


def test_the_number_type_is_no_evidence():
    def mean_in_lists(*args, **named):
        return entry("convolve2d/mean").fresh()(*args, **named).astype(np.float32).tolist()

    found = diagnose("convolve2d", answered(mean_in_lists))
    assert {each.sentence for mistakes in found for each in mistakes} == {entry("convolve2d/mean").sentence}


def test_what_a_check_that_passed_contradicts_is_no_name():
    mean = entry("convolve2d/mean").fresh()
    failed = answered(mean, CALLS[:1])
    assert diagnose("convolve2d", failed)
    assert diagnose("convolve2d", failed, answered(reference.convolve2d, CALLS[1:])) == []


def test_a_second_mistake_is_found_beside_the_first():
    first, second = entry("convolve2d/flipped"), entry("convolve2d/stride-ignored")
    both = combined([first, second])
    found = diagnose("convolve2d", answered(both, CALLS[2:]), (), (first,))
    assert second.sentence in {each.sentence for mistakes in found for each in mistakes}


def test_a_mistake_is_a_standard_of_its_own():
    mean = (entry("convolve2d/mean"),)
    right = standard(mean)
    assert np.allclose(right("convolve2d", CALLS[0]), reference.convolve2d(IMAGE, KERNEL) / 4)
    assert explains(mean, answered(mean[0].fresh()))
    assert not explains(mean, answered(reference.convolve2d))
