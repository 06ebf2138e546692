# %% right-sliding-windows-with-checks
# mark: 14
# loses: nothing
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.array(image, dtype=np.float64)
    ker = np.array(kernel, dtype=np.float64)
    if img.ndim != 2 or ker.ndim != 2:
        raise ValueError("need two dimensions")
    sy, sx = stride if isinstance(stride, tuple) else (stride, stride)
    py, px = padding if isinstance(padding, tuple) else (padding, padding)
    if min(sy, sx) < 1:
        raise ValueError("stride must be positive")
    if min(py, px) < 0:
        raise ValueError("padding must not be negative")
    img = np.pad(img, ((py, py), (px, px)))
    if ker.shape[0] > img.shape[0] or ker.shape[1] > img.shape[1]:
        raise ValueError("kernel too big")
    win = sliding_window_view(img, ker.shape)[::sy, ::sx]
    return (win * ker).sum(axis=(-1, -2))


# %% right-own-helpers-with-other-parameters
# mark: 14
# loses: nothing
import numpy as np


def zero_pad(image, h, w):
    H, W = image.shape
    canvas = np.zeros((H + 2 * h, W + 2 * w))
    canvas[h : h + H, w : w + W] = image
    return canvas


def output_size(shape, kshape, strides):
    return tuple((n - k) // s + 1 for n, k, s in zip(shape, kshape, strides))


def to_pair(v):
    if type(v) is tuple:
        return v
    return v, v


def convolve2d(image, kernel, stride=1, padding=0):
    # my helpers are above, they take numbers for both directions
    if np.ndim(image) != 2 or np.ndim(kernel) != 2:
        raise ValueError("image and kernel must be matrices")
    strides = to_pair(stride)
    pads = to_pair(padding)
    for s in strides:
        if s < 1:
            raise ValueError("bad stride %s" % s)
    for p in pads:
        if p < 0:
            raise ValueError("bad padding %s" % p)
    big = zero_pad(image, pads[0], pads[1])
    weights = np.asarray(kernel).astype(float)
    if big.shape[0] < weights.shape[0] or big.shape[1] < weights.shape[1]:
        raise ValueError("kernel does not fit")
    res = np.zeros(output_size(big.shape, weights.shape, strides))
    for (a, b), _ in np.ndenumerate(res):
        y, x = a * strides[0], b * strides[1]
        res[a, b] = np.sum(big[y : y + weights.shape[0], x : x + weights.shape[1]] * weights)
    return res


# %% right-class-with-im2col
# mark: 14
# loses: nothing
import numpy as np


class Conv:
    def __init__(self, kernel, stride, padding):
        self.k = np.array(kernel, dtype=float)
        if self.k.ndim != 2:
            raise ValueError("kernel is not 2d")
        self.s = self.two(stride)
        self.p = self.two(padding)
        if self.s[0] <= 0 or self.s[1] <= 0 or self.p[0] < 0 or self.p[1] < 0:
            raise ValueError("wrong stride or padding")

    @staticmethod
    def two(x):
        return (x, x) if not isinstance(x, (tuple, list)) else (x[0], x[1])

    def columns(self, img):
        kh, kw = self.k.shape
        self.oh = (img.shape[0] - kh) // self.s[0] + 1
        self.ow = (img.shape[1] - kw) // self.s[1] + 1
        if img.shape[0] < kh or img.shape[1] < kw:
            raise ValueError("kernel larger than the padded image")
        cols = []
        for r in range(self.oh):
            for c in range(self.ow):
                r0 = r * self.s[0]
                c0 = c * self.s[1]
                cols.append(img[r0 : r0 + kh, c0 : c0 + kw].ravel())
        return np.array(cols)

    def __call__(self, image):
        x = np.array(image, dtype=float)
        if x.ndim != 2:
            raise ValueError("image is not 2d")
        x = np.pad(x, [(self.p[0],) * 2, (self.p[1],) * 2], mode="constant")
        m = self.columns(x)
        return (m @ self.k.ravel()).reshape(self.oh, self.ow)


def convolve2d(image, kernel, stride=1, padding=0):
    return Conv(kernel, stride, padding)(image)


# %% right-german-four-loops
# mark: 14
# loses: nothing
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    bild = np.asarray(image)
    kern = np.asarray(kernel)
    if bild.ndim != 2 or kern.ndim != 2:
        raise ValueError("Bild und Kern müssen zweidimensional sein")
    schritt_v, schritt_h = stride if isinstance(stride, tuple) else (stride,) * 2
    rand_v, rand_h = padding if isinstance(padding, tuple) else (padding,) * 2
    if schritt_v < 1 or schritt_h < 1:
        raise ValueError("Schrittweite zu klein")
    if rand_v < 0 or rand_h < 0:
        raise ValueError("negativer Rand")
    hoehe, breite = bild.shape
    kh, kb = kern.shape
    if kh > hoehe + 2 * rand_v or kb > breite + 2 * rand_h:
        raise ValueError("Kern passt nicht")
    zeilen = (hoehe + 2 * rand_v - kh) // schritt_v + 1
    spalten = (breite + 2 * rand_h - kb) // schritt_h + 1
    ergebnis = np.zeros((zeilen, spalten))
    for z in range(zeilen):
        for s in range(spalten):
            summe = 0.0
            for u in range(kh):
                for v in range(kb):
                    y = z * schritt_v + u - rand_v
                    x = s * schritt_h + v - rand_h
                    # ausserhalb vom Bild ist alles Null
                    if 0 <= y < hoehe and 0 <= x < breite:
                        summe += float(bild[y, x]) * float(kern[u, v])
            ergebnis[z, s] = summe
    return ergebnis


# %% right-adds-shifted-slices
# mark: 14
# loses: nothing
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    """One loop over the kernel only, the picture is shifted as a whole."""

    def pair(v, least, what):
        v = v if isinstance(v, tuple) else (v, v)
        if any(t < least for t in v):
            raise ValueError(f"{what} has to be at least {least}")
        return v

    (s0, s1), (p0, p1) = pair(stride, 1, "stride"), pair(padding, 0, "padding")
    a, k = np.asarray(image, float), np.asarray(kernel, float)
    if not a.ndim == k.ndim == 2:
        raise ValueError("only 2-D")
    a = np.pad(a, ((p0, p0), (p1, p1)))
    rows, cols = a.shape[0] - k.shape[0] + 1, a.shape[1] - k.shape[1] + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel does not fit")
    total = 0
    for u, v in np.ndindex(*k.shape):
        total = total + k[u, v] * a[u : u + rows, v : v + cols]
    return total[::s0, ::s1].copy()


# %% right-as-strided-type-hints
# mark: 14
# loses: nothing
from typing import Tuple, Union

import numpy as np

Num = Union[int, Tuple[int, int]]


def convolve2d(image: np.ndarray, kernel: np.ndarray, stride: Num = 1, padding: Num = 0) -> np.ndarray:
    if len(image.shape) != 2 or len(kernel.shape) != 2:
        raise ValueError("expected matrices")
    st = np.broadcast_to(stride, 2)
    pd = np.broadcast_to(padding, 2)
    if (st < 1).any() or (pd < 0).any():
        raise ValueError("illegal stride / padding")
    shape = np.array(image.shape) + 2 * pd
    if (shape < kernel.shape).any():
        raise ValueError("kernel does not fit on the padded image")
    P: np.ndarray = np.zeros(shape, dtype=np.float64)
    P[pd[0] : pd[0] + image.shape[0], pd[1] : pd[1] + image.shape[1]] = image
    n = (shape - kernel.shape) // st + 1
    b0, b1 = P.strides
    V = np.lib.stride_tricks.as_strided(
        P, (n[0], n[1]) + kernel.shape, (b0 * st[0], b1 * st[1], b0, b1), writeable=False
    )
    return np.einsum("abuv,uv->ab", V, kernel.astype(np.float64))


# %% right-with-the-functions-of-the-course
# mark: 14
# loses: nothing
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if kernel.ndim != 2:
        raise ValueError("kernel must be 2-D")
    padded = zero_pad(image, padding)
    if isinstance(stride, tuple):
        s1, s2 = stride
    else:
        s1 = s2 = stride
    rows = output_size(padded.shape[0], kernel.shape[0], s1)
    cols = output_size(padded.shape[1], kernel.shape[1], s2)
    w = kernel.astype(np.float64)
    return np.array(
        [
            [
                np.vdot(w, padded[r * s1 : r * s1 + w.shape[0], c * s2 : c * s2 + w.shape[1]])
                for c in range(cols)
            ]
            for r in range(rows)
        ]
    )


# %% plain-loops-no-checks
# mark: 12
# loses: pairs 1, illegal 1
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    padded = np.zeros((h + 2 * padding, w + 2 * padding))
    padded[padding : padding + h, padding : padding + w] = image
    out_h = (h + 2 * padding - kh) // stride + 1
    out_w = (w + 2 * padding - kw) // stride + 1
    output = np.zeros((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            region = padded[i * stride : i * stride + kh, j * stride : j * stride + kw]
            output[i, j] = np.sum(region * kernel)
    return output


# %% plain-spanish-dict-no-checks
# mark: 12
# loses: pairs 1, illegal 1
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    imagen = image.astype(float)
    nucleo = kernel.astype(float)
    alto, ancho = imagen.shape
    pixeles = {}
    for f in range(alto):
        for c in range(ancho):
            pixeles[f + padding, c + padding] = imagen[f, c]
    filas = (alto + 2 * padding - nucleo.shape[0]) // stride + 1
    columnas = (ancho + 2 * padding - nucleo.shape[1]) // stride + 1
    salida = np.zeros((filas, columnas))
    # recorremos todas las posiciones
    for f in range(filas):
        for c in range(columnas):
            for u in range(nucleo.shape[0]):
                for v in range(nucleo.shape[1]):
                    salida[f, c] += pixeles.get((f * stride + u, c * stride + v), 0) * nucleo[u, v]
    return salida


# %% pairs-work-no-checks
# mark: 13
# loses: illegal 1
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if type(stride) == int:
        stride = (stride, stride)
    if type(padding) == int:
        padding = (padding, padding)
    x = np.pad(
        image.astype("float64"),
        ((padding[0], padding[0]), (padding[1], padding[1])),
        "constant",
        constant_values=0,
    )
    f = kernel.astype("float64")
    H = int((x.shape[0] - f.shape[0]) / stride[0]) + 1
    W = int((x.shape[1] - f.shape[1]) / stride[1]) + 1
    y = np.empty((H, W))
    for a in range(H):
        for b in range(W):
            y[a, b] = (
                x[a * stride[0] : a * stride[0] + f.shape[0], b * stride[1] : b * stride[1] + f.shape[1]] * f
            ).sum()
    return y


# %% overflow-no-checks
# mark: 12
# loses: number_types 1, illegal 1
# says: products overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    sv, sh = (stride, stride) if np.isscalar(stride) else stride
    pv, ph = (padding, padding) if np.isscalar(padding) else padding
    image = np.pad(image, ((pv, pv), (ph, ph)))  # zeros all around
    kh, kw = kernel.shape
    rows = (image.shape[0] - kh) // sv + 1
    cols = (image.shape[1] - kw) // sh + 1
    result = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            patch = image[r * sv : r * sv + kh, c * sh : c * sh + kw]
            result[r][c] = np.multiply(patch, kernel).sum()
    return result


# %% overflow-in-scalars-plain-no-checks
# mark: 11
# loses: number_types 1, pairs 1, illegal 1
# says: products overflow in the image's own type
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    # pad the picture
    if padding > 0:
        image = np.pad(image, padding)
    H = len(image)
    W = len(image[0])
    kh = len(kernel)
    kw = len(kernel[0])
    out = np.zeros(((H - kh) // stride + 1, (W - kw) // stride + 1))
    for i in range(0, H - kh + 1, stride):
        for j in range(0, W - kw + 1, stride):
            acc = 0
            for m in range(kh):
                for n in range(kw):
                    acc += image[i + m][j + n] * kernel[m][n]
            out[i // stride][j // stride] = acc
    return out


# %% flipped-and-mean
# mark: 10
# loses: windows 2, orientation 2
# says: the mean instead of the sum
# says: the kernel is flipped
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.asarray(image, dtype=float)
    kernel = np.asarray(kernel, dtype=float)
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2D only please")
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if not isinstance(padding, tuple):
        padding = (padding, padding)
    if stride[0] < 1 or stride[1] < 1:
        raise ValueError("stride")
    if padding[0] < 0 or padding[1] < 0:
        raise ValueError("padding")
    k = np.rot90(kernel, 2)  # convolution means kernel rotated by 180
    im = np.pad(image, ((padding[0], padding[0]), (padding[1], padding[1])))
    oh = (im.shape[0] - k.shape[0]) // stride[0] + 1
    ow = (im.shape[1] - k.shape[1]) // stride[1] + 1
    if im.shape[0] < k.shape[0] or im.shape[1] < k.shape[1]:
        raise ValueError("kernel bigger than image")
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = np.mean(
                k * im[i * stride[0] : i * stride[0] + k.shape[0], j * stride[1] : j * stride[1] + k.shape[1]]
            )
    return out


# %% stride-ignored-padding-right
# mark: 11.5
# loses: stride 1.5, illegal 1
# says: the stride is ignored
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    p = padding if isinstance(padding, tuple) else (padding, padding)
    img = np.zeros((image.shape[0] + 2 * p[0], image.shape[1] + 2 * p[1]))
    img[p[0] : p[0] + image.shape[0], p[1] : p[1] + image.shape[1]] = image
    kh, kw = kernel.shape
    out = np.zeros((img.shape[0] - kh + 1, img.shape[1] - kw + 1))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y, x] = (img[y : y + kh, x : x + kw] * kernel).sum()
    return out


# %% stride-ignored-plain-shifted-slices
# mark: 10.5
# loses: stride 1.5, pairs 1, illegal 1
# says: the stride is ignored
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    step = stride  # TODO use this later
    img = np.pad(image.astype(np.float64), padding)
    a, b = kernel.shape
    h = img.shape[0] - a + 1
    w = img.shape[1] - b + 1
    s = np.zeros((h, w))
    for i in range(a):
        for j in range(b):
            s += img[i : h + i, j : w + j] * float(kernel[i, j])
    return s


# %% neither-stride-nor-padding
# mark: 8
# loses: stride 1.5, padding 1.5, together 1, pairs 1, illegal 1
# says: the stride is ignored
# says: the padding is ignored
# says: illegal arguments are not refused
# note: together and pairs go too, because there is nothing left that could be combined or given as a pair
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    m, n = kernel.shape
    k = kernel.flatten().astype(float)
    new = []
    for i in range(h - m + 1):
        line = []
        for j in range(w - n + 1):
            line.append(np.dot(image[i : i + m, j : j + n].flatten().astype(float), k))
        new.append(line)
    return np.array(new)


# %% size-rounded-up-zeros-at-the-end
# mark: 11.5
# loses: stride 1.5, illegal 1
# says: the size is rounded up
# says: illegal arguments are not refused
from math import ceil

import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    pic = np.pad(image.astype(float), ((ph, ph), (pw, pw)))
    kh, kw = kernel.shape
    out = np.zeros((ceil((pic.shape[0] - kh) / sh) + 1, ceil((pic.shape[1] - kw) / sw) + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            part = pic[i * sh : i * sh + kh, j * sw : j * sw + kw]
            if part.shape != kernel.shape:
                continue  # over the border
            out[i, j] = np.sum(part * kernel)
    return out


# %% size-rounded-up-crashes-plain
# mark: 10.5
# loses: stride 1.5, pairs 1, illegal 1
# says: the size is rounded up
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: crashes where the stride does not go up evenly, also with padding; the mistake is the stride's and costs once
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding, mode="constant").astype(float)
    kr, kc = kernel.shape
    nr = int(np.ceil((img.shape[0] - kr) / stride)) + 1
    nc = int(np.ceil((img.shape[1] - kc) / stride)) + 1
    out = np.zeros((nr, nc))
    for r in range(nr):
        for c in range(nc):
            out[r, c] = np.sum(img[r * stride : r * stride + kr, c * stride : c * stride + kc] * kernel)
    return out


# %% float32-flipped-plain-no-checks
# mark: 9
# loses: orientation 2, number_types 1, pairs 1, illegal 1
# says: the kernel is flipped
# says: the result is float32
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    kernel = np.flipud(np.fliplr(kernel)).astype(np.float32)
    xKernShape = kernel.shape[0]
    yKernShape = kernel.shape[1]
    imagePadded = np.zeros((image.shape[0] + padding * 2, image.shape[1] + padding * 2), dtype=np.float32)
    if padding != 0:
        imagePadded[padding:-padding, padding:-padding] = image
    else:
        imagePadded[:] = image
    xOutput = int((imagePadded.shape[0] - xKernShape) / stride + 1)
    yOutput = int((imagePadded.shape[1] - yKernShape) / stride + 1)
    output = np.zeros((xOutput, yOutput), dtype=np.float32)
    for x in range(xOutput):
        for y in range(yOutput):
            output[x, y] = (
                kernel
                * imagePadded[x * stride : x * stride + xKernShape, y * stride : y * stride + yKernShape]
            ).sum()
    return output


# %% float32-flipped-with-asserts
# mark: 10
# loses: orientation 2, number_types 1, illegal 1
# says: the kernel is flipped
# says: the result is float32
# says: another exception than ValueError
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    assert image.ndim == 2 and kernel.ndim == 2, "2D!"
    sy, sx = stride if isinstance(stride, tuple) else (stride, stride)
    py, px = padding if isinstance(padding, tuple) else (padding, padding)
    assert sy > 0 and sx > 0
    assert py >= 0 and px >= 0
    img = np.pad(np.float32(image), ((py, py), (px, px)))
    k = np.float32(kernel)[::-1, ::-1]
    assert img.shape[0] >= k.shape[0] and img.shape[1] >= k.shape[1], "kernel too large"
    windows = np.lib.stride_tricks.sliding_window_view(img, k.shape)[::sy, ::sx]
    return np.tensordot(windows, k, axes=((2, 3), (0, 1)))


# %% same-size-no-stride
# mark: 6
# loses: windows 2, stride 1.5, padding 1.5, together 1, pairs 1, illegal 1
# says: the output has the size of the image
# says: the stride is ignored
# says: the padding is ignored
# says: illegal arguments are not refused
# note: the sums themselves are right; together and pairs go too, neither argument does anything
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    ph = kh // 2
    pw = kw // 2
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            s = 0.0
            for m in range(kh):
                for n in range(kw):
                    y = i + m - ph
                    x = j + n - pw
                    if y >= 0 and y < h and x >= 0 and x < w:
                        s = s + float(image[y, x]) * kernel[m, n]
            out[i, j] = s
    return out


# %% same-size-stride-works
# mark: 8.5
# loses: windows 2, padding 1.5, pairs 1, illegal 1
# says: the output has the size of the image
# says: the padding is ignored
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: a milder board would take only one of windows and padding; the argument padding is not used at all, so both
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    # padding = "same", so the border is half of kernel
    kh, kw = kernel.shape
    top, left = kh // 2, kw // 2
    bottom, right = kh - 1 - top, kw - 1 - left
    big = np.pad(image.astype(float), ((top, bottom), (left, right)))
    out = []
    for i in range(0, image.shape[0], stride):
        row = []
        for j in range(0, image.shape[1], stride):
            row.append((big[i : i + kh, j : j + kw] * kernel).sum())
        out.append(row)
    return np.asarray(out)


# %% nested-lists-plain-no-checks
# mark: 11
# loses: number_types 1, pairs 1, illegal 1
# says: a list instead of an array
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
def convolve2d(image, kernel, stride=1, padding=0):
    img = [[float(v) for v in row] for row in image]
    ker = [[float(v) for v in row] for row in kernel]
    width = len(img[0]) + 2 * padding
    img = (
        [[0.0] * width for _ in range(padding)]
        + [[0.0] * padding + row + [0.0] * padding for row in img]
        + [[0.0] * width for _ in range(padding)]
    )
    return [
        [
            sum(ker[u][v] * img[y + u][x + v] for u in range(len(ker)) for v in range(len(ker[0])))
            for x in range(0, width - len(ker[0]) + 1, stride)
        ]
        for y in range(0, len(img) - len(ker) + 1, stride)
    ]


# %% cv2-habits-border-repeated
# mark: 10.5
# loses: padding 1.5, number_types 1, illegal 1
# says: the border is repeated instead of zero
# says: the result is float32
# says: illegal arguments are not refused
import numpy as np

BORDER_REPLICATE = 1


def copyMakeBorder(src, top, bottom, left, right, borderType=BORDER_REPLICATE):
    rows = np.clip(np.arange(-top, src.shape[0] + bottom), 0, src.shape[0] - 1)
    cols = np.clip(np.arange(-left, src.shape[1] + right), 0, src.shape[1] - 1)
    return src[rows][:, cols]


def filter2D(src, ddepth, kernel, step):
    kh, kw = kernel.shape
    dst = np.zeros(((src.shape[0] - kh) // step[0] + 1, (src.shape[1] - kw) // step[1] + 1), dtype=ddepth)
    for y in range(dst.shape[0]):
        for x in range(dst.shape[1]):
            roi = src[y * step[0] : y * step[0] + kh, x * step[1] : x * step[1] + kw]
            dst[y, x] = (roi * kernel).sum()
    return dst


def convolve2d(image, kernel, stride=1, padding=0):
    py, px = padding if isinstance(padding, tuple) else (padding, padding)
    step = stride if isinstance(stride, tuple) else (stride, stride)
    src = copyMakeBorder(image.astype(np.float32), py, py, px, px)
    return filter2D(src, np.float32, kernel.astype(np.float32), step)


# %% fft-no-checks
# mark: 12.5
# loses: not_a_number 0.5, illegal 1
# says: NaN spreads over the whole result
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    s = stride if isinstance(stride, tuple) else (stride, stride)
    p = padding if isinstance(padding, tuple) else (padding, padding)
    a = np.pad(image.astype(float), ((p[0], p[0]), (p[1], p[1])))
    b = kernel.astype(float)
    # correlation = multiply with the conjugate spectrum
    A = np.fft.fft2(a)
    B = np.fft.fft2(b, a.shape)
    full = np.real(np.fft.ifft2(A * np.conj(B)))
    return full[: a.shape[0] - b.shape[0] + 1 : s[0], : a.shape[1] - b.shape[1] + 1 : s[1]].copy()


# %% zeros-like-padded-image
# mark: 9
# loses: windows 2, number_types 1, pairs 1, illegal 1
# says: the output has the size of the image
# says: the result has the image's own type
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding, mode="constant")
    out = np.zeros_like(img)
    kh, kw = kernel.shape
    for i in range(0, img.shape[0] - kh + 1, stride):
        for j in range(0, img.shape[1] - kw + 1, stride):
            s = (img[i : i + kh, j : j + kw].astype(float) * kernel).sum()
            out[i // stride, j // stride] = np.array(s).astype(out.dtype)
    return out


# %% last-row-and-column-missing
# mark: 11
# loses: windows 2, illegal 1
# says: the last row and column are missing
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if isinstance(stride, int):
        stride = (stride,) * 2
    if isinstance(padding, int):
        padding = (padding,) * 2
    X = np.zeros((image.shape[0] + 2 * padding[0], image.shape[1] + 2 * padding[1]))
    X[padding[0] : padding[0] + image.shape[0], padding[1] : padding[1] + image.shape[1]] = image
    K = kernel.astype(float)
    ys = range(0, X.shape[0] - K.shape[0], stride[0])
    xs = range(0, X.shape[1] - K.shape[1], stride[1])
    Y = np.zeros((len(ys), len(xs)))
    for a, y in enumerate(ys):
        for b, x in enumerate(xs):
            Y[a, b] = np.sum(X[y : y + K.shape[0], x : x + K.shape[1]] * K)
    return Y


# %% mean-and-last-row-missing-plain-no-checks
# mark: 10
# loses: windows 2, pairs 1, illegal 1
# says: the mean instead of the sum
# says: the last row and column are missing
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    data = np.pad(image.astype(float), padding)
    kh = kernel.shape[0]
    kw = kernel.shape[1]
    H = (data.shape[0] - kh) // stride
    W = (data.shape[1] - kw) // stride
    res = np.zeros((H, W))
    for q in range(H * W):
        i = q // W
        j = q % W
        block = data[i * stride : i * stride + kh, j * stride : j * stride + kw]
        res[i, j] = np.average(block * kernel)
    return res


# %% pairs-horizontal-first
# mark: 13
# loses: pairs 1
# says: rows and columns exchanged
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    """stride and padding as (x, y)"""
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("image and kernel are 2-D")
    sx, sy = (stride, stride) if not isinstance(stride, tuple) else stride
    px, py = (padding, padding) if not isinstance(padding, tuple) else padding
    if sx < 1 or sy < 1 or px < 0 or py < 0:
        raise ValueError("stride >= 1, padding >= 0")
    img = np.pad(image.astype(np.float64), ((py, py), (px, px)))
    ky, kx = kernel.shape
    if img.shape[0] < ky or img.shape[1] < kx:
        raise ValueError("the kernel is too large")
    ker = kernel.astype(np.float64)
    out = np.zeros(((img.shape[0] - ky) // sy + 1, (img.shape[1] - kx) // sx + 1))
    for j in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[j, i] = (ker * img[j * sy : j * sy + ky, i * sx : i * sx + kx]).sum()
    return out


# %% result-turned-x-before-y
# mark: 9.5
# loses: windows 2, number_types 1, not_a_number 0.5, illegal 1
# says: rows and columns exchanged
# says: products overflow in the image's own type
# says: NaN is hidden
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    image = np.pad(image, ((ph, ph), (pw, pw)))
    height, width = image.shape
    kheight, kwidth = kernel.shape
    nx = (width - kwidth) // sw + 1
    ny = (height - kheight) // sh + 1
    out = np.zeros((nx, ny))
    for x in range(nx):
        for y in range(ny):
            window = image[y * sh : y * sh + kheight, x * sw : x * sw + kwidth]
            out[x, y] = np.nansum(window * kernel)  # nansum is safer
    return out


# %% only-square-shapes-plain-no-checks
# mark: 10
# loses: rectangles 2, pairs 1, illegal 1
# says: only square shapes work
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    n = image.shape[0]
    k = kernel.shape[0]
    a = np.zeros((n + 2 * padding, n + 2 * padding))
    a[padding : padding + n, padding : padding + n] = image
    size = (n + 2 * padding - k) // stride + 1
    b = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            total = 0.0
            for u in range(k):
                for v in range(k):
                    total += a[i * stride + u, j * stride + v] * kernel[u, v]
            b[i, j] = total
    return b


# %% result-written-into-the-image
# mark: 11.5
# loses: leaves_no_trace 0.5, pairs 1, illegal 1
# says: the input is changed
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.asarray(image, dtype=np.float64)
    if padding:
        img = np.pad(img, padding)
    kh, kw = kernel.shape
    oh = (img.shape[0] - kh) // stride + 1
    ow = (img.shape[1] - kw) // stride + 1
    # we can save memory, the pixel top left is not needed any more
    for i in range(oh):
        for j in range(ow):
            img[i, j] = np.sum(img[i * stride : i * stride + kh, j * stride : j * stride + kw] * kernel)
    return img[:oh, :ow]


# %% buffer-kept-between-calls
# mark: 12.5
# loses: leaves_no_trace 0.5, illegal 1
# says: the result is kept between calls
# says: illegal arguments are not refused
import numpy as np

_buffers = {}


def _get_buffer(shape):
    if shape not in _buffers:
        _buffers[shape] = np.empty(shape)
    _buffers[shape].fill(0)
    return _buffers[shape]


def convolve2d(image, kernel, stride=1, padding=0):
    s = stride if isinstance(stride, tuple) else (stride, stride)
    p = padding if isinstance(padding, tuple) else (padding, padding)
    x = np.pad(image.astype(float), ((p[0], p[0]), (p[1], p[1])))
    kh, kw = kernel.shape
    n, m = (x.shape[0] - kh) // s[0] + 1, (x.shape[1] - kw) // s[1] + 1
    out = _get_buffer((n, m))
    for u in range(kh):
        for v in range(kw):
            out += (
                float(kernel[u, v]) * x[u : u + (n - 1) * s[0] + 1 : s[0], v : v + (m - 1) * s[1] + 1 : s[1]]
            )
    return out


# %% clipped-to-bytes-range
# mark: 10
# loses: windows 2, pairs 1, illegal 1
# says: the result is clipped to 0..255
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: inf comes out as 255, NaN shows; inf is lost by the clipping, not a second time
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image.astype(float), ((padding, padding), (padding, padding)), "constant")
    k = kernel.astype(float)
    res = np.zeros(((img.shape[0] - k.shape[0]) // stride + 1, (img.shape[1] - k.shape[1]) // stride + 1))
    for i in range(res.shape[0]):
        for j in range(res.shape[1]):
            res[i, j] = np.einsum(
                "kl,kl", img[i * stride : i * stride + k.shape[0], j * stride : j * stride + k.shape[1]], k
            )
    # pixels are between 0 and 255
    res[res < 0] = 0
    res[res > 255] = 255
    return res


# %% nan-hidden-no-checks
# mark: 12.5
# loses: not_a_number 0.5, illegal 1
# says: NaN is hidden
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    (a, b) = stride if hasattr(stride, "__len__") else (stride, stride)
    (c, d) = padding if hasattr(padding, "__len__") else (padding, padding)
    img = np.nan_to_num(np.array(image, dtype=float), posinf=0, neginf=0)
    img = np.pad(img, ((c, c), (d, d)))
    e, f = kernel.shape
    out = np.zeros(((img.shape[0] - e) // a + 1, (img.shape[1] - f) // b + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = (img[i * a : i * a + e, j * b : j * b + f] * kernel).sum()
    return out


# %% padding-on-one-side
# mark: 10.5
# loses: padding 1.5, pairs 1, illegal 1
# says: the padding is on one side only
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    rows, cols = image.shape
    padded = np.zeros((rows + padding, cols + padding))
    padded[padding:, padding:] = image
    krows, kcols = kernel.shape
    out = np.zeros(((rows + padding - krows) // stride + 1, (cols + padding - kcols) // stride + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            out[r, c] = np.sum(
                padded[r * stride : r * stride + krows, c * stride : c * stride + kcols] * kernel
            )
    return out


# %% true-division-crashes-always
# mark: 0
# loses: windows 2, rectangles 2, orientation 2, stride 1.5, padding 1.5, together 1, pairs 1, number_types 1, leaves_no_trace 0.5, not_a_number 0.5, illegal 1
# says: every call crashes
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding)
    h = (img.shape[0] - kernel.shape[0]) / stride + 1
    w = (img.shape[1] - kernel.shape[1]) / stride + 1
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = np.sum(
                img[i * stride : i * stride + kernel.shape[0], j * stride : j * stride + kernel.shape[1]]
                * kernel
            )
    return out


# %% zeros-because-nothing-is-stored
# mark: 0
# loses: windows 2, rectangles 2, orientation 2, stride 1.5, padding 1.5, together 1, pairs 1, number_types 1, leaves_no_trace 0.5, not_a_number 0.5, illegal 1
# says: the result is always zero
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if stride < 1 or padding < 0:
        raise ValueError("no")
    oh = (image.shape[0] + 2 * padding - kernel.shape[0]) // stride + 1
    ow = (image.shape[1] + 2 * padding - kernel.shape[1]) // stride + 1
    out = np.zeros((oh, ow))
    img = np.pad(image, padding)
    for i in range(oh):
        for j in range(ow):
            value = out[i, j]
            value = value + np.sum(img[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel)
    return out


# %% stride-leaves-gaps-in-the-output
# mark: 10.5
# loses: stride 1.5, pairs 1, illegal 1
# says: the stride leaves gaps in the output
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding).astype(float)
    kh, kw = kernel.shape
    out = np.zeros((img.shape[0] - kh + 1, img.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            if i % stride == 0 and j % stride == 0:  # only every stride-th position
                out[i, j] = np.sum(img[i : i + kh, j : j + kw] * kernel)
    return out


# %% stride-down-only
# mark: 11.5
# loses: stride 1.5, illegal 1
# says: the stride works along one axis only
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if not isinstance(stride, tuple):
        stride = stride, stride
    if not isinstance(padding, tuple):
        padding = padding, padding
    img = np.pad(image.astype(float), tuple((q, q) for q in padding))
    kh, kw = kernel.shape
    rows = []
    for y in range(0, img.shape[0] - kh + 1, stride[0]):
        rows.append(
            [float((img[y : y + kh, x : x + kw] * kernel).sum()) for x in range(img.shape[1] - kw + 1)]
        )
    return np.array(rows)


# %% kernel-transposed-with-checks
# mark: 12
# loses: orientation 2
# says: the kernel is transposed
# note: a kernel that is not square gives the transposed kernel's shape too; that is the same mistake and costs once
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.array(image).astype(np.float64)
    kernel = np.array(kernel).astype(np.float64).T  # x first, like in the lecture
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("dimension")
    stride = stride if isinstance(stride, tuple) else (stride, stride)
    padding = padding if isinstance(padding, tuple) else (padding, padding)
    if min(stride) < 1 or min(padding) < 0:
        raise ValueError("stride or padding")
    size = [image.shape[i] + 2 * padding[i] - kernel.shape[i] for i in (0, 1)]
    if min(size) < 0:
        raise ValueError("kernel")
    size = [size[i] // stride[i] + 1 for i in (0, 1)]
    image = np.pad(image, [(padding[0], padding[0]), (padding[1], padding[1])])
    out = np.zeros(size)
    for a in range(size[0]):
        for b in range(size[1]):
            t = image[a * stride[0] :, b * stride[1] :][: kernel.shape[0], : kernel.shape[1]]
            out[a, b] = (t * kernel).sum()
    return out


# %% flipped-overflow-plain-no-checks
# mark: 9
# loses: orientation 2, number_types 1, pairs 1, illegal 1
# says: the kernel is flipped
# says: products overflow in the image's own type
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if padding != 0:
        image = np.pad(image, ((padding, padding), (padding, padding)))
    krn = np.flip(kernel)
    R, C = image.shape
    r, c = krn.shape
    out = np.zeros([(R - r) // stride + 1, (C - c) // stride + 1])
    for i, top in enumerate(range(0, R - r + 1, stride)):
        for j, left in enumerate(range(0, C - c + 1, stride)):
            out[i, j] = np.einsum("ab,ab->", image[top : top + r, left : left + c], krn)
    return out


# %% progress-bar-and-asserts-plain
# mark: 12
# loses: pairs 1, illegal 1
# says: only plain numbers work, no pairs
# says: another exception than ValueError
import numpy as np


def progress(iterable, desc=""):
    """like tqdm but i have no internet"""
    items = list(iterable)
    for number, item in enumerate(items):
        if number == len(items) - 1:
            print(desc, "finish")
        yield item


def convolve2d(image, kernel, stride=1, padding=0):
    assert len(image.shape) == 2, "image must be gray"
    assert len(kernel.shape) == 2, "kernel must be 2d"
    assert stride >= 1
    assert padding >= 0
    img = image.copy().astype(np.float64).copy()
    img = np.pad(img, padding)
    assert img.shape[0] >= kernel.shape[0]
    assert img.shape[1] >= kernel.shape[1]
    out = np.zeros(
        ((img.shape[0] - kernel.shape[0]) // stride + 1, (img.shape[1] - kernel.shape[1]) // stride + 1)
    )
    for i in progress(range(out.shape[0]), "conv"):
        for j in range(out.shape[1]):
            roi = img[
                i * stride : i * stride + kernel.shape[0], j * stride : j * stride + kernel.shape[1]
            ].copy()
            out[i, j] = (roi * kernel).sum()
    return out.copy()


# %% centred-loops-only-odd-kernels
# mark: 10
# loses: windows 2, pairs 1, illegal 1
# says: only odd kernels work
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: no aspect is about even kernels; a board that asks odd ones only would keep windows
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image.astype(float), padding)
    ry = kernel.shape[0] // 2
    rx = kernel.shape[1] // 2
    result = []
    for cy in range(ry, img.shape[0] - ry, stride):
        zeile = []
        for cx in range(rx, img.shape[1] - rx, stride):
            w = img[cy - ry : cy + ry + 1, cx - rx : cx + rx + 1]
            zeile.append(np.sum(w * kernel))
        result.append(zeile)
    return np.array(result)


# %% kernel-normalised-first
# mark: 11
# loses: windows 2, illegal 1
# says: the kernel is divided by its sum
# says: another exception than ValueError
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise TypeError("not 2-D")
    sv, sh = stride if isinstance(stride, tuple) else (stride, stride)
    pv, ph = padding if isinstance(padding, tuple) else (padding, padding)
    if sv < 1 or sh < 1 or pv < 0 or ph < 0:
        raise TypeError("bad number")
    kernel = kernel.astype(float)
    if kernel.sum() != 0:
        kernel = kernel / kernel.sum()  # otherwise the picture gets brighter
    img = np.pad(image.astype(float), ((pv, pv), (ph, ph)))
    if img.shape[0] < kernel.shape[0] or img.shape[1] < kernel.shape[1]:
        raise TypeError("kernel too large")
    kh, kw = kernel.shape
    return np.array(
        [
            [np.sum(img[y : y + kh, x : x + kw] * kernel) for x in range(0, img.shape[1] - kw + 1, sh)]
            for y in range(0, img.shape[0] - kh + 1, sv)
        ]
    )


# %% float32-with-pairs-no-checks
# mark: 12
# loses: number_types 1, illegal 1
# says: the result is float32
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    f = lambda t: t if isinstance(t, tuple) else (t, t)
    stride, padding = f(stride), f(padding)
    k = kernel.astype("float32")
    x = np.pad(image.astype("float32"), ((padding[0],) * 2, (padding[1],) * 2))
    oh = (x.shape[0] - k.shape[0]) // stride[0] + 1
    ow = (x.shape[1] - k.shape[1]) // stride[1] + 1
    cols = np.stack(
        [
            x[i * stride[0] : i * stride[0] + k.shape[0], j * stride[1] : j * stride[1] + k.shape[1]].reshape(
                -1
            )
            for i in range(oh)
            for j in range(ow)
        ]
    )
    return cols.dot(k.reshape(-1)).reshape(oh, ow)


# %% centred-border-left-zero-no-stride
# mark: 8.5
# loses: windows 2, stride 1.5, pairs 1, illegal 1
# says: the border is left zero
# says: the stride is ignored
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: padding does enlarge the image before, so padding and together are right given the two mistakes
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image.astype(float), padding)
    new = np.zeros(img.shape)
    kh, kw = kernel.shape
    mid_y = kh // 2
    mid_x = kw // 2
    for y in range(mid_y, img.shape[0] - (kh - 1 - mid_y)):
        for x in range(mid_x, img.shape[1] - (kw - 1 - mid_x)):
            summ = 0
            for m in range(kh):
                for n in range(kw):
                    summ += img[y + m - mid_y][x + n - mid_x] * kernel[m][n]
            new[y][x] = summ
    return new


# %% clipped-and-cast-to-uint8
# mark: 9
# loses: windows 2, number_types 1, pairs 1, illegal 1
# says: the result is clipped to 0..255
# says: the result is uint8
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
# note: a byte cannot show NaN; that follows from the type and is not priced a second time
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    image_h, image_w = image.shape
    kernel_h, kernel_w = kernel.shape
    image_pad = np.zeros((image_h + 2 * padding, image_w + 2 * padding), dtype=np.float64)
    image_pad[padding : padding + image_h, padding : padding + image_w] = image
    conv = np.zeros(
        (1 + (image_pad.shape[0] - kernel_h) // stride, 1 + (image_pad.shape[1] - kernel_w) // stride)
    )
    for row in range(conv.shape[0]):
        for col in range(conv.shape[1]):
            conv[row, col] = (
                kernel
                * image_pad[row * stride : row * stride + kernel_h, col * stride : col * stride + kernel_w]
            ).sum()
    return np.clip(conv, 0, 255).astype(np.uint8)


# %% right-decorated-einsum
# mark: 14
# loses: nothing
from functools import wraps

import numpy as np


def prepared(operation):
    """Pairs and floats before, checks too."""

    @wraps(operation)
    def inner(image, kernel, stride=1, padding=0):
        image, kernel = np.asarray(image, float), np.asarray(kernel, float)
        stride, padding = ((v, v) if np.ndim(v) == 0 else tuple(v) for v in (stride, padding))
        if image.ndim != 2 or kernel.ndim != 2 or min(stride) < 1 or min(padding) < 0:
            raise ValueError("these arguments make no sense together")
        return operation(image, kernel, stride, padding)

    return inner


@prepared
def convolve2d(image, kernel, stride, padding):
    padded = np.pad(image, [(p, p) for p in padding])
    tall, wide = ((n - k) // s + 1 for n, k, s in zip(padded.shape, kernel.shape, stride))
    if any(n < k for n, k in zip(padded.shape, kernel.shape)):
        raise ValueError("the kernel is larger than the padded image")
    rows = np.arange(tall)[:, None] * stride[0] + np.arange(kernel.shape[0])
    cols = np.arange(wide)[:, None] * stride[1] + np.arange(kernel.shape[1])
    return np.einsum("ikjl,kl->ij", padded[rows[:, :, None, None], cols[None, None]], kernel)


# %% last-loop-step-missing-plain-no-checks
# mark: 9
# loses: windows 2 (the loops end one early), pairs 1, number_types 1, illegal 1
# says: the last row and column are missing
# says: only plain numbers work, no pairs
# says: products overflow in the image's own type
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.pad(image, padding)
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros(((H - kh) // stride + 1, (W - kw) // stride + 1))
    for i in range((H - kh) // stride):
        for j in range((W - kw) // stride):
            patch = image[i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = np.sum(patch * kernel)
    return out


# %% matrix-product-of-window-and-kernel
# mark: 10
# loses: windows 2 (matrix product, which is why other than square kernels crash), pairs 1, illegal 1
# says: a matrix product instead of cell times cell
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image.astype(float), padding)
    ker = kernel.astype(float)
    oh = (img.shape[0] - ker.shape[0]) // stride + 1
    ow = (img.shape[1] - ker.shape[1]) // stride + 1
    result = np.zeros((oh, ow))
    for r in range(oh):
        for c in range(ow):
            y, x = r * stride, c * stride
            result[r, c] = np.dot(img[y : y + ker.shape[0], x : x + ker.shape[1]], ker).sum()
    return result


# %% stride-only-in-the-size-with-checks
# mark: 12.5
# loses: stride 1.5 (the size shrinks, the windows still are one pixel apart)
# says: the stride is in the size and not in the windows
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("only grey images")
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if not isinstance(padding, tuple):
        padding = (padding, padding)
    if stride[0] < 1 or stride[1] < 1 or padding[0] < 0 or padding[1] < 0:
        raise ValueError("stride from 1 on, padding from 0 on")
    big = np.zeros((image.shape[0] + 2 * padding[0], image.shape[1] + 2 * padding[1]))
    big[padding[0] : padding[0] + image.shape[0], padding[1] : padding[1] + image.shape[1]] = image
    kh, kw = kernel.shape
    if kh > big.shape[0] or kw > big.shape[1]:
        raise ValueError("kernel does not fit")
    answer = np.zeros(((big.shape[0] - kh) // stride[0] + 1, (big.shape[1] - kw) // stride[1] + 1))
    for y in range(answer.shape[0]):
        for x in range(answer.shape[1]):
            answer[y, x] = (big[y : y + kh, x : x + kw] * kernel).sum()
    return answer


# %% return-inside-the-loop-plain-no-checks
# mark: 10
# loses: windows 2 (only the first row is filled), pairs 1, illegal 1
# says: only the first row is computed
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.pad(np.float64(image), padding)
    kernel = np.float64(kernel)
    rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    cols = (image.shape[1] - kernel.shape[1]) // stride + 1
    output = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = image[i * stride : i * stride + kernel.shape[0], j * stride : j * stride + kernel.shape[1]]
            output[i, j] = (window * kernel).sum()
        return output


# %% absolute-value-plain-asserts
# mark: 10
# loses: windows 2 (the sign is lost), pairs 1, illegal 1 (AssertionError)
# says: the absolute value of the sum
# says: only plain numbers work, no pairs
# says: another exception than ValueError
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    assert image.ndim == kernel.ndim == 2, "greyscale only"
    assert stride > 0 and padding >= 0
    x = np.pad(image.astype("float64"), padding)
    assert x.shape[0] >= kernel.shape[0] and x.shape[1] >= kernel.shape[1]
    conv = []
    for i in range(0, x.shape[0] - kernel.shape[0] + 1, stride):
        line = []
        for j in range(0, x.shape[1] - kernel.shape[1] + 1, stride):
            line.append(abs((x[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel).sum()))
        conv.append(line)
    return np.array(conv)


# %% one-big-matrix-nan-spreads
# mark: 13.5
# loses: not_a_number 0.5 (zeros of the matrix times NaN)
# says: NaN spreads over the whole result
import numpy as np


def convolve2d(image, kernel, stride=1, padding=0):
    (sh, sw), (ph, pw) = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding)]
    if sh < 1 or sw < 1 or ph < 0 or pw < 0:
        raise ValueError("stride >= 1 and padding >= 0, please")
    image, kernel = np.array(image, float), np.array(kernel, float)
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D, please")
    image = np.pad(image, ((ph, ph), (pw, pw)))
    (h, w), (kh, kw) = image.shape, kernel.shape
    if kh > h or kw > w:
        raise ValueError("a smaller kernel, please")
    oh, ow = (h - kh) // sh + 1, (w - kw) // sw + 1
    matrix = np.zeros((oh * ow, h * w))
    for y in range(oh):
        for x in range(ow):
            row = np.zeros((h, w))
            row[y * sh : y * sh + kh, x * sw : x * sw + kw] = kernel
            matrix[y * ow + x] = row.ravel()
    return (matrix @ image.ravel()).reshape(oh, ow)
