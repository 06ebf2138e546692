# %% right-gapped-kernel-with-the-course
# mark: 10
# loses: nothing
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if kernel.ndim != 2:
        raise ValueError("kernel")
    dv, dh = dilation if isinstance(dilation, tuple) else (dilation, dilation)
    if dv < 1 or dh < 1:
        raise ValueError("dilation starts at 1")
    wide = np.zeros(((kernel.shape[0] - 1) * dv + 1, (kernel.shape[1] - 1) * dh + 1))
    wide[::dv, ::dh] = kernel
    return convolve2d(image, wide, stride, padding)


# %% right-sum-of-strided-slices
# mark: 10
# loses: nothing
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    def paar(wert, minimum):
        wert = wert if isinstance(wert, tuple) else (wert, wert)
        if wert[0] < minimum or wert[1] < minimum:
            raise ValueError("Wert zu klein")
        return wert

    s, p, d = paar(stride, 1), paar(padding, 0), paar(dilation, 1)
    kern = np.array(kernel, dtype=float)
    bild = np.array(image, dtype=float)
    if bild.ndim != 2 or kern.ndim != 2:
        raise ValueError("nicht 2-D")
    bild = np.pad(bild, ((p[0], p[0]), (p[1], p[1])))
    frei = [bild.shape[a] - (kern.shape[a] - 1) * d[a] - 1 for a in range(2)]
    if min(frei) < 0:
        raise ValueError("Kern passt nicht")
    erg = np.zeros((frei[0] // s[0] + 1, frei[1] // s[1] + 1))
    for u in range(kern.shape[0]):
        for v in range(kern.shape[1]):
            y, x = u * d[0], v * d[1]
            erg += kern[u, v] * bild[y : y + frei[0] + 1 : s[0], x : x + frei[1] + 1 : s[1]]
    return erg


# %% plain-loops-no-checks
# mark: 8.5
# loses: pairs 1, illegal 0.5
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    h, w = image.shape
    kh, kw = kernel.shape
    x = np.zeros((h + 2 * padding, w + 2 * padding))
    x[padding : h + padding, padding : w + padding] = image
    eh = dilation * (kh - 1) + 1
    ew = dilation * (kw - 1) + 1
    oh = (x.shape[0] - eh) // stride + 1
    ow = (x.shape[1] - ew) // stride + 1
    y = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            patch = x[i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            y[i, j] = np.sum(patch * kernel)
    return y


# %% dilation-ignored-no-checks
# mark: 6.5
# loses: gaps 3, illegal 0.5
# says: the dilation is ignored
# says: illegal arguments are not refused
# note: stride and padding are right given the mistake, as when convolve2d ignores the stride; a stricter board takes together 2 as well
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if not isinstance(padding, tuple):
        padding = (padding, padding)
    img = np.pad(image.astype(float), ((padding[0],) * 2, (padding[1],) * 2))
    kh, kw = kernel.shape
    oh = (img.shape[0] - kh) // stride[0] + 1
    ow = (img.shape[1] - kw) // stride[1] + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride[0], j * stride[1]
            out[i, j] = (img[a : a + kh, b : b + kw] * kernel).sum()
    return out


# %% kron-makes-the-kernel-too-large
# mark: 7
# loses: gaps 3
# says: the gapped kernel is too large
# note: zeros behind the last weight; the result is right but for the rows and columns lost, and costs once
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    dy, dx = dilation if isinstance(dilation, tuple) else (dilation, dilation)
    if min(dy, dx) < 1:
        raise ValueError("dilation < 1")
    if np.ndim(kernel) != 2:
        raise ValueError("kernel must be 2-D")
    cell = np.zeros((dy, dx))
    cell[0, 0] = 1
    return convolve2d(image, np.kron(kernel.astype(float), cell), stride, padding)


# %% flipped-overflow-plain-no-checks
# mark: 7
# loses: orientation 1, pairs 1, number_types 0.5, illegal 0.5
# says: the kernel is flipped
# says: products overflow in the image's own type
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    d = dilation
    img = np.pad(image, padding)
    ker = kernel[::-1, ::-1]
    span_r = (ker.shape[0] - 1) * d
    span_c = (ker.shape[1] - 1) * d
    out = np.zeros(((img.shape[0] - span_r - 1) // stride + 1, (img.shape[1] - span_c - 1) // stride + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            rr = r * stride
            cc = c * stride
            out[r, c] = np.sum(img[rr : rr + span_r + 1 : d, cc : cc + span_c + 1 : d] * ker)
    return out


# %% size-forgets-the-gaps
# mark: 6.5
# loses: gaps 3, illegal 0.5
# says: the size forgets the gaps
# says: illegal arguments are not refused
# note: the values are right, rows and columns of zeros come behind them; costs once
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    two = lambda q: q if isinstance(q, tuple) else (q, q)
    (sv, sh), (pv, ph), (dv, dh) = two(stride), two(padding), two(dilation)
    img = np.pad(image.astype(float), ((pv, pv), (ph, ph)))
    k = kernel.astype(float)
    rows = (img.shape[0] - k.shape[0]) // sv + 1
    cols = (img.shape[1] - k.shape[1]) // sh + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            part = img[i * sv :: dv, j * sh :: dh][: k.shape[0], : k.shape[1]]
            if part.shape == k.shape:
                out[i, j] = (part * k).sum()
    return out


# %% float32-nan-hidden-asserts
# mark: 8.5
# loses: number_types 0.5, not_a_number 0.5, illegal 0.5
# says: the result is float32
# says: NaN is hidden
# says: another exception than ValueError
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    assert image.ndim == 2 and kernel.ndim == 2
    s = np.array([stride, stride]) if isinstance(stride, int) else np.array(stride)
    p = np.array([padding, padding]) if isinstance(padding, int) else np.array(padding)
    d = np.array([dilation, dilation]) if isinstance(dilation, int) else np.array(dilation)
    assert (s >= 1).all() and (p >= 0).all() and (d >= 1).all()
    x = np.pad(image.astype(np.float32), [(p[0], p[0]), (p[1], p[1])])
    x = np.where(np.isnan(x), 0, x)
    eff = (np.array(kernel.shape) - 1) * d + 1
    assert x.shape[0] >= eff[0] and x.shape[1] >= eff[1]
    v = np.lib.stride_tricks.sliding_window_view(x, tuple(eff))[:: s[0], :: s[1], :: d[0], :: d[1]]
    return np.einsum("ijuv,uv->ij", v, kernel.astype(np.float32))


# %% dilation-is-the-gap-plain-no-checks
# mark: 7.5
# loses: no_gap 1 (dilation cells between two cells), pairs 1, illegal 0.5
# says: the gaps are one too wide
# says: only plain numbers work, no pairs
# says: illegal arguments are not refused
import numpy as np


def convolve2d_dilated(image, kernel, stride=1, padding=0, dilation=1):
    image = np.pad(image.astype(float), padding)
    kh, kw = kernel.shape
    big = np.zeros((kh + (kh - 1) * dilation, kw + (kw - 1) * dilation))
    big[:: dilation + 1, :: dilation + 1] = kernel
    oh = (image.shape[0] - big.shape[0]) // stride + 1
    ow = (image.shape[1] - big.shape[1]) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            part = image[i * stride : i * stride + big.shape[0], j * stride : j * stride + big.shape[1]]
            out[i, j] = np.sum(part * big)
    return out
