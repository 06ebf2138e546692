"""Mistakes rewritten in another style than the bank's: the right sentence, or none, never a wrong one."""

# ruff: noqa: E501  students write lines as long as they like

from __future__ import annotations

import pytest
from local_student import (
    HIDDEN,
    LocalStudent,
    built,
    checks,
    failed,
    fails_fixed,
    fails_random,
    sections,
    seed_of,
    styles,
)

from autograder.checks.diagnose import diagnose, diagnose_value
from autograder.checks.mistakes import bank
from autograder.course.settings import RANDOM_CASES
from autograder.judge.cell import SEQUENCES_KEPT, _failing

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
        ("gaussian_kernel/not-divided", "gaussian_kernel/tent"),
        GAUSSIAN + "    return np.minimum.outer(np.ones(size), np.arange(size) + 1.0)",
    ),
]


def judged(function, answer):
    """What the judge would see: the evidence, sequences that failed first, and whether any check failed."""
    student, passed, evidence = LocalStudent(function, answer, random_cases=RANDOM_CASES), {}, []
    for check in checks(function):
        if check.after and not passed[check.after]:
            passed[check] = False
            continue
        student.seed, student.seen = seed_of(check, 0), []
        failure = failed(check, student)
        passed[check] = failure is None
        evidence = _failing(student.seen, failure) + evidence + student.seen[:SEQUENCES_KEPT]
    return evidence, not all(passed.values())


def named(function, code):
    evidence, is_wrong = judged(function, built(function, code))
    assert is_wrong
    found = diagnose(function, evidence)
    return found.sentence if found else None


FOUND = {}
STYLES = 4  # of each function are asked everything; the judge would ask nothing, since nothing failed
UNSEEN = {
    *("conv_transpose2d/cache-by-arrays", "convolve2d/cache-by-arrays", "convolve2d_dilated/cache-by-arrays"),
    *("output_size/cache-by-sizes", "transposed_output_size/cache-by-sizes"),
    *("pad_amounts/cache-without-dilation", "pad_amounts/cache-by-mode", "zero_pad/cache-by-image"),
    "normalize/flat-divided",
}  # wrong by a warning, or by earlier sequences only


@pytest.mark.parametrize(("right", "code"), CASES, ids=[right for right, _ in CASES])
def test_a_mistake_in_another_style_never_gets_a_wrong_sentence(right, code):
    FOUND[code] = named(right.split("/")[0], code)
    assert FOUND[code] in (SENTENCES[right], None)


def test_a_mistake_in_another_style_gets_its_sentence_nine_times_in_ten():
    for right, code in CASES:
        if code not in FOUND:
            FOUND[code] = named(right.split("/")[0], code)
    assert len(CASES) >= 40
    assert sum(sentence is not None for sentence in FOUND.values()) >= 0.9 * len(CASES)


@pytest.mark.parametrize(("both", "code"), MIXED, ids=["+".join(both) for both, _ in MIXED])
def test_two_mistakes_at_once_get_no_sentence_that_is_wrong(both, code):
    assert named(both[0].split("/")[0], code) in (None, *(SENTENCES[each] for each in both))


def everything(function, answer):
    """All that the checks ask, of someone who fails none."""
    student = LocalStudent(function, answer)
    for check in checks(function):
        assert not fails_fixed(check, student)
        assert fails_random(check, student, 0) is None
    return student.seen


@pytest.mark.parametrize("function", [name for name in HIDDEN if name != "my_kernel"])
def test_a_right_style_gets_no_sentence(function):
    codes = [(style, sections(style).get(function)) for style in styles()]
    for style, code in [(style, code) for style, code in codes if code][:STYLES]:
        found = diagnose(function, everything(function, built(function, code)))
        assert found is None or found.id in UNSEEN, style


def test_values_are_named_or_not():
    for entry in bank():
        if entry.function == "my_kernel":
            assert diagnose_value("my_kernel", entry.fresh()).sentence == entry.sentence
    for style in filter(lambda style: "my_kernel" in sections(style), styles()):
        assert diagnose_value("my_kernel", built("my_kernel", sections(style)["my_kernel"])) is None
