# %% right-stamps-on-a-large-sheet
# mark: 13
# loses: nothing
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    if np.ndim(image) != 2 or np.ndim(kernel) != 2:
        raise ValueError("2-D only")
    pair = lambda v: v if isinstance(v, tuple) else (v, v)
    s, p, o = pair(stride), pair(padding), pair(output_padding)
    n, k = image.shape, kernel.shape
    size = []
    for a in range(2):
        if s[a] < 1 or p[a] < 0 or o[a] < 0 or o[a] >= s[a]:
            raise ValueError("illegal numbers")
        size.append((n[a] - 1) * s[a] + k[a] + o[a])
        if size[a] - 2 * p[a] < 1:
            raise ValueError("nothing is left")
    sheet = np.zeros(size)
    stamp = kernel.astype(float)
    for i in range(n[0]):
        for j in range(n[1]):
            y, x = i * s[0], j * s[1]
            sheet[y : y + k[0], x : x + k[1]] += float(image[i, j]) * stamp
    return sheet[p[0] : size[0] - p[0], p[1] : size[1] - p[1]].copy()


# %% right-gaps-then-convolve
# mark: 13
# loses: nothing
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    img, ker = np.array(image, dtype=float), np.array(kernel, dtype=float)
    if img.ndim != 2 or ker.ndim != 2:
        raise ValueError("Matrizen erwartet")
    sv, sh = stride if isinstance(stride, tuple) else (stride, stride)
    pv, ph = padding if isinstance(padding, tuple) else (padding, padding)
    ov, oh = output_padding if isinstance(output_padding, tuple) else (output_padding, output_padding)
    hoehe = transposed_output_size(img.shape[0], ker.shape[0], sv, pv, ov)
    breite = transposed_output_size(img.shape[1], ker.shape[1], sh, ph, oh)
    # Luecken zwischen die Pixel, Rand rundherum, unten und rechts etwas mehr
    kh, kw = ker.shape
    gross = np.zeros(
        ((img.shape[0] - 1) * sv + 1 + 2 * (kh - 1) + ov, (img.shape[1] - 1) * sh + 1 + 2 * (kw - 1) + oh)
    )
    gross[
        kh - 1 : kh - 1 + (img.shape[0] - 1) * sv + 1 : sv, kw - 1 : kw - 1 + (img.shape[1] - 1) * sh + 1 : sh
    ] = img
    voll = convolve2d(gross, ker[::-1, ::-1])
    return voll[pv : pv + hoehe, ph : ph + breite].copy()


# %% zeros-appended-plain-no-checks
# mark: 10.5
# loses: together 1, pairs 1, illegal 0.5
# says: the output padding is zeros even where stamps reach
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: right without padding, so output_padding itself is kept
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    full = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for i in range(h):
        for j in range(w):
            full[i * stride : i * stride + kh, j * stride : j * stride + kw] += image[i, j] * kernel.astype(
                float
            )
    cut = full[padding : full.shape[0] - padding, padding : full.shape[1] - padding]
    return np.pad(cut, ((0, output_padding), (0, output_padding)))


# %% stride-ignored-no-checks
# mark: 11
# loses: stride 1.5, illegal 0.5
# says: the stride is ignored
# says: illegal arguments are not refused
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    p = padding if isinstance(padding, tuple) else (padding, padding)
    q = output_padding if isinstance(output_padding, tuple) else (output_padding, output_padding)
    H = image.shape[0] + kernel.shape[0] - 1
    W = image.shape[1] + kernel.shape[1] - 1
    out = np.zeros((H + q[0], W + q[1]))
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            out[u : u + image.shape[0], v : v + image.shape[1]] += image.astype(float) * kernel[u, v]
    return np.array(out[p[0] : H + q[0] - p[0], p[1] : W + q[1] - p[1]])


# %% flipped-plain-no-checks
# mark: 10.5
# loses: orientation 1, pairs 1, illegal 0.5
# says: the kernel is flipped
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    k = np.rot90(kernel, 2).astype(float)
    rows = (image.shape[0] - 1) * stride - 2 * padding + k.shape[0] + output_padding
    cols = (image.shape[1] - 1) * stride - 2 * padding + k.shape[1] + output_padding
    out = np.zeros((rows, cols))
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            for u in range(k.shape[0]):
                for v in range(k.shape[1]):
                    y = i * stride + u - padding
                    x = j * stride + v - padding
                    if 0 <= y < rows and 0 <= x < cols:
                        out[y, x] += float(image[i, j]) * k[u, v]
    return out


# %% stamps-overwrite-asserts
# mark: 10.5
# loses: stamps 2, illegal 0.5
# says: stamps overwrite instead of adding up
# says: another exception than ValueError
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    assert image.ndim == 2
    assert kernel.ndim == 2
    s = stride if isinstance(stride, tuple) else (stride,) * 2
    p = padding if isinstance(padding, tuple) else (padding,) * 2
    o = output_padding if isinstance(output_padding, tuple) else (output_padding,) * 2
    for a in (0, 1):
        assert s[a] >= 1 and p[a] >= 0 and 0 <= o[a] < s[a]
    kh, kw = kernel.shape
    total_h = (image.shape[0] - 1) * s[0] + kh + o[0]
    total_w = (image.shape[1] - 1) * s[1] + kw + o[1]
    assert total_h > 2 * p[0] and total_w > 2 * p[1]
    out = np.zeros((total_h, total_w))
    for (i, j), value in np.ndenumerate(image.astype(float)):
        out[i * s[0] : i * s[0] + kh, j * s[1] : j * s[1] + kw] = value * kernel
    return out[p[0] : total_h - p[0], p[1] : total_w - p[1]]


# %% output-padding-ignored-no-checks
# mark: 10.5
# loses: output_padding 2, illegal 0.5
# says: the output padding is ignored
# says: illegal arguments are not refused
# note: stride and padding together are right given the mistake, so together is kept
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    sy, sx = stride if isinstance(stride, tuple) else (stride, stride)
    py, px = padding if isinstance(padding, tuple) else (padding, padding)
    a = np.zeros(((image.shape[0] - 1) * sy + 1, (image.shape[1] - 1) * sx + 1))
    a[::sy, ::sx] = image
    res = np.zeros((a.shape[0] + kernel.shape[0] - 1, a.shape[1] + kernel.shape[1] - 1))
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            res[u : u + a.shape[0], v : v + a.shape[1]] += a * float(kernel[u, v])
    return res[py : res.shape[0] - py, px : res.shape[1] - px].copy()


# %% padding-enlarges-overflow-plain-no-checks
# mark: 9.5
# loses: padding 1.5, pairs 1, number_types 0.5, illegal 0.5
# says: the padding enlarges instead of cutting off
# says: products overflow in the image's own type
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    ih, iw = image.shape
    kh, kw = kernel.shape
    res = np.zeros(
        (
            (ih - 1) * stride + kh + 2 * padding + output_padding,
            (iw - 1) * stride + kw + 2 * padding + output_padding,
        )
    )
    for r in range(ih):
        for c in range(iw):
            y = r * stride + padding
            x = c * stride + padding
            res[y : y + kh, x : x + kw] += image[r, c] * kernel
    return res


# %% right-adds-at-indices
# mark: 13
# loses: nothing
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    two = lambda v: tuple(v) if isinstance(v, (tuple, list)) else (v, v)
    (sy, sx), (py, px), (oy, ox) = two(stride), two(padding), two(output_padding)
    image, kernel = np.asarray(image, np.float64), np.asarray(kernel, np.float64)
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two axes")
    if sy < 1 or sx < 1 or py < 0 or px < 0 or not 0 <= oy < sy or not 0 <= ox < sx:
        raise ValueError("stride, padding or output_padding")
    (h, w), (kh, kw) = image.shape, kernel.shape
    sheet = np.zeros(((h - 1) * sy + kh + oy, (w - 1) * sx + kw + ox))
    y, x, i, j = np.indices((h, w, kh, kw))
    np.add.at(sheet, (y * sy + i, x * sx + j), image[:, :, None, None] * kernel)
    if sheet.shape[0] <= 2 * py or sheet.shape[1] <= 2 * px:
        raise ValueError("nothing is left")
    return sheet[py : sheet.shape[0] - py, px : sheet.shape[1] - px]


# %% stretched-and-not-turned-plain-no-checks
# mark: 10.5
# loses: orientation 1 (the kernel is not turned), pairs 1, illegal 0.5
# says: the kernel is flipped
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    spread = np.zeros(((h - 1) * stride + 1, (w - 1) * stride + 1))
    spread[::stride, ::stride] = image
    op = output_padding
    spread = np.pad(spread, ((kh - 1, kh - 1 + op), (kw - 1, kw - 1 + op)))
    full = np.zeros((spread.shape[0] - kh + 1, spread.shape[1] - kw + 1))
    for y in range(full.shape[0]):
        for x in range(full.shape[1]):
            full[y, x] = (spread[y : y + kh, x : x + kw] * kernel).sum()
    return full[padding : full.shape[0] - padding, padding : full.shape[1] - padding]
