"""Right implementations of `convolve2d` in many styles; each must earn all points."""


# %% add_at: np.add.at with index grids.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    y, x, i, j = np.indices((oh, ow, kh, kw))
    np.add.at(out, (y, x), padded[y * sh + i, x * sw + j] * weights[i, j])
    return out


# %% apply_over_axes: np.apply_along_axis over flattened windows.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw]
    lines = windows.reshape(oh, ow, -1)
    return np.apply_along_axis(lambda line: (line * weights.ravel()).sum(), 2, lines)


# %% as_strided: as_strided with strides worked out by hand.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    down, right = padded.strides
    windows = np.lib.stride_tricks.as_strided(
        padded, (oh, ow, kh, kw), (down * sh, right * sw, down, right), writeable=False
    )
    return np.sum(windows * weights, axis=(2, 3))


# %% backwards: From the last output to the first, from the last weight to the first.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.ones((oh, ow)) * 0.0
    for y in reversed(range(oh)):
        for x in reversed(range(ow)):
            for i in reversed(range(kh)):
                for j in reversed(range(kw)):
                    out[y, x] = padded[y * sh + i, x * sw + j] * weights[i, j] + out[y, x]
    return out


# %% cached: A cache with a complete key, which hands out copies.
_SEEN = {}


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    key = padded.tobytes(), padded.shape, weights.tobytes(), weights.shape, int(sh), int(sw)
    if key not in _SEEN:
        windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
        _SEEN[key] = np.einsum("yxij,ij->yx", windows[::sh, ::sw], weights)
    return _SEEN[key].copy()


# %% comprehension: One nested comprehension.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return np.array(
        [
            [(padded[y : y + kh, x : x + kw] * weights).sum() for x in range(0, ow * sw, sw)]
            for y in range(0, oh * sh, sh)
        ]
    )


# %% convolve_rows: np.convolve of single rows with mirrored ones of the kernel.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    lines = [
        sum(np.convolve(padded[y + i], weights[i, ::-1], "valid") for i in range(kh))
        for y in range(0, oh * sh, sh)
    ]
    return np.stack(lines)[:, ::sw]


# %% dataclass: A dataclass that does it all, called like a function.
from dataclasses import dataclass


@dataclass
class Slide:
    weights: np.ndarray
    down: int
    right: int

    def __call__(self, image, height, width):
        kh, kw = self.weights.shape
        out = np.full((height, width), 0.0)
        for y, x in np.ndindex(height, width):
            top, left = y * self.down, x * self.right
            out[y, x] += np.vdot(image[top : top + kh, left : left + kw], self.weights)
        return out


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return Slide(weights, sh, sw)(padded, oh, ow)


# %% dictionary: A dictionary of pixels, in which what is missing is zero.
def convolve2d(image, kernel, stride=1, padding=0):
    if np.ndim(image) != 2 or np.ndim(kernel) != 2:
        raise ValueError("2-D arrays, please")
    (sh, sw), (ph, pw) = [
        tuple(value) if isinstance(value, (tuple, list)) else (value, value) for value in (stride, padding)
    ]
    if min(sh, sw) < 1 or min(ph, pw) < 0:
        raise ValueError("no such stride or padding")
    pixels = {(y + ph, x + pw): float(value) for (y, x), value in np.ndenumerate(image)}
    (h, w), (kh, kw) = image.shape, kernel.shape
    rows, columns = range(0, h + 2 * ph - kh + 1, sh), range(0, w + 2 * pw - kw + 1, sw)
    if not rows or not columns:
        raise ValueError("the kernel does not fit")
    sums = [
        [
            sum(pixels.get((y + i, x + j), 0.0) * float(k) for (i, j), k in np.ndenumerate(kernel))
            for x in columns
        ]
        for y in rows
    ]
    return np.array(sums)


# %% einsum: einsum over windows.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    return np.einsum("yxij,ij->yx", windows[::sh, ::sw], weights)


# %% fft: FFT, with images that are not finite done directly; rounding errors near 1e-12.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    if not np.isfinite(padded).all():
        return np.array(
            [
                [np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights) for x in range(ow)]
                for y in range(oh)
            ]
        )
    shape = padded.shape[0] + kh - 1, padded.shape[1] + kw - 1
    spectrum = np.fft.rfft2(padded, shape) * np.fft.rfft2(weights[::-1, ::-1], shape)
    full = np.fft.irfft2(spectrum, shape)
    return full[kh - 1 : padded.shape[0], kw - 1 : padded.shape[1]][::sh, ::sw]


# %% fortran_result: The result lies in Fortran order.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow), order="F")
    for x in range(ow):
        for y in range(oh):
            out[y, x] = (padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights).sum()
    return out


# %% fromfunction: np.fromfunction, which asks for all places at once.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def everywhere(y, x):
        y, x = y.astype(int) * sh, x.astype(int) * sw
        return sum(padded[y + i, x + j] * weights[i, j] for i in range(kh) for j in range(kw))

    return np.fromfunction(everywhere, (oh, ow))


# %% generators: Generators that hand out windows.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def windows():
        for y in range(oh):
            for x in range(ow):
                yield padded[y * sh : y * sh + kh, x * sw : x * sw + kw]

    sums = (np.sum(window * weights) for window in windows())
    return np.fromiter(sums, float, count=oh * ow).reshape(oh, ow)


# %% halving: Divide and conquer: a wide kernel is two narrow ones.
def _halves(image, kernel):
    kh, kw = kernel.shape
    if kh > 1:
        top, below = _halves(image[: -(kh // 2)], kernel[: kh - kh // 2]), None
        below = _halves(image[kh - kh // 2 :], kernel[kh - kh // 2 :])
        return top + below
    if kw > 1:
        left = _halves(image[:, : -(kw // 2)], kernel[:, : kw - kw // 2])
        return left + _halves(image[:, kw - kw // 2 :], kernel[:, kw - kw // 2 :])
    return image * kernel[0, 0]


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    return _halves(padded, weights)[::sh, ::sw]


# %% helper_class: A class for the padded image, which knows its windows.
class Window:
    def __init__(self, pixels):
        self.pixels = pixels

    def under(self, weights):
        return float((self.pixels * weights).sum())


class Sheet:
    def __init__(self, pixels, height, width):
        self.pixels, self.height, self.width = pixels, height, width

    def at(self, y, x):
        return Window(self.pixels[y : y + self.height, x : x + self.width])


def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    sheet = Sheet(padded, kh, kw)
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            out[y, x] = sheet.at(y * sh, x * sw).under(weights)
    return out


# %% im2col: im2col: all windows as rows of a matrix, one product.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    columns = np.empty((oh * ow, kh * kw))
    for place in range(oh * ow):
        y, x = divmod(place, ow)
        columns[place] = padded[y * sh : y * sh + kh, x * sw : x * sw + kw].ravel()
    return (columns @ weights.ravel()).reshape(oh, ow)


# %% im2col_indices: im2col by index arrays.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    rows = np.arange(oh)[:, None, None, None] * sh + np.arange(kh)[:, None]
    columns = np.arange(ow)[:, None, None] * sw + np.arange(kw)
    return (padded[rows, columns] * weights).sum((2, 3))


# %% inner_product: np.inner of flattened windows.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    flat = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw].reshape(oh, ow, kh * kw)
    return np.inner(flat, weights.flatten())


# %% lambda_only: Lambdas all the way.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    at = lambda y, x: padded[y : y + kh, x : x + kw]
    dot = lambda a, b: (a * b).sum()
    line = lambda y: [dot(at(y * sh, x * sw), weights) for x in range(ow)]
    return np.array([line(y) for y in range(oh)])


# %% loops: Plain loops, number by number: the exemplar whose mutants are tried.
def convolve2d(image, kernel, stride=1, padding=0):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("2-D arrays, please")
    if isinstance(stride, (tuple, list)):
        sh, sw = stride
    else:
        sh, sw = stride, stride
    if isinstance(padding, (tuple, list)):
        ph, pw = padding
    else:
        ph, pw = padding, padding
    if sh < 1 or sw < 1 or ph < 0 or pw < 0:
        raise ValueError("no such stride or padding")
    h, w = image.shape
    kh, kw = kernel.shape
    if kh > h + 2 * ph or kw > w + 2 * pw:
        raise ValueError("the kernel does not fit")
    padded = np.zeros((h + 2 * ph, w + 2 * pw))
    padded[ph : ph + h, pw : pw + w] = image
    oh = (h + 2 * ph - kh) // sh + 1
    ow = (w + 2 * pw - kw) // sw + 1
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            total = 0.0
            for i in range(kh):
                for j in range(kw):
                    total += padded[y * sh + i, x * sw + j] * float(kernel[i, j])
            out[y, x] = total
    return out


# %% map_and_reduce: map, product and reduce, without a loop.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    import itertools
    import operator
    from functools import reduce

    def cell(place):
        y, x = place
        terms = map(
            lambda at: padded[y * sh + at[0], x * sw + at[1]] * weights[at],
            itertools.product(range(kh), range(kw)),
        )
        return reduce(operator.add, terms)

    return np.array(list(map(cell, itertools.product(range(oh), range(ow))))).reshape(oh, ow)


# %% nditer: np.nditer that writes into the output.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.empty((oh, ow))
    with np.nditer(out, flags=["multi_index"], op_flags=["writeonly"]) as cells:
        for cell in cells:
            y, x = cells.multi_index
            cell[...] = np.sum(padded[y * sh :, x * sw :][:kh, :kw] * weights)
    return out


# %% no_helpers: All by itself: no zero_pad, no output_size, exceptions caught and raised again.
def convolve2d(image, kernel, stride=1, padding=0):
    try:
        sh, sw = stride
    except TypeError:
        sh = sw = stride
    try:
        ph, pw = padding
    except TypeError:
        ph = pw = padding
    if image.ndim - 2 or kernel.ndim - 2 or not (sh > 0 < sw and ph >= 0 <= pw):
        raise ValueError("arguments")
    h, w = image.shape
    kh, kw = kernel.shape
    oh, ow = 1 + (h - kh + 2 * ph) // sh, 1 + (w - kw + 2 * pw) // sw
    if oh <= 0 or ow <= 0:
        raise ValueError("the kernel does not fit")
    out = np.zeros((oh, ow))
    for y in range(oh):
        for x in range(ow):
            for i in range(kh):
                for j in range(kw):
                    r, c = y * sh + i - ph, x * sw + j - pw
                    pixel = float(image[r, c]) if 0 <= r < h and 0 <= c < w else 0.0
                    out[y, x] += pixel * float(kernel[i, j])
    return out


# %% pairwise_sums: Sums in another order, in extended precision, rounded to float64.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow), np.longdouble)
    for y in range(oh):
        for x in range(ow):
            products = np.sort(np.ravel(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights))
            out[y, x] = np.longdouble(products[::-1].sum(dtype=np.longdouble))
    return out.astype(np.float64)


# %% python_lists: Lists of Python floats; NumPy only at the end.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    pixels, cells = padded.tolist(), weights.tolist()
    out = []
    for y in range(oh):
        line = []
        for x in range(ow):
            total = 0.0
            for i, row in enumerate(cells):
                for j, weight in enumerate(row):
                    total += pixels[y * sh + i][x * sw + j] * weight
            line.append(total)
        out.append(line)
    return np.array(out, dtype=np.float64)


# %% read_only_result: The result is read-only.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    out = np.multiply(windows, weights).sum(axis=3).sum(axis=2)[::sh, ::sw]
    out.flags.writeable = False
    return out


# %% recursion: Recursion over the rows of the output.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def rows(y):
        if y == oh:
            return []
        return [row(y, 0)] + rows(y + 1)

    def row(y, x):
        if x == ow:
            return []
        return [cell(y, x)] + row(y, x + 1)

    def cell(y, x):
        return np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)

    return np.array(rows(0))


# %% roll_and_add: np.roll instead of slices, the rim cut off at the end.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    total = 0
    for i, j in np.ndindex(kh, kw):
        total = total + np.roll(padded, (-i, -j), axis=(0, 1)) * weights[i, j]
    return total[: padded.shape[0] - kh + 1 : sh, : padded.shape[1] - kw + 1 : sw].copy()


# %% row_by_row: np.correlate of single rows, added up.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for y in range(len(out)):
        for i in range(kh):
            out[y] += np.correlate(padded[y + i], weights[i], mode="valid")
    return out[::sh, ::sw]


# %% scatter: Each pixel gives its share to all outputs it takes part in.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for (r, c), pixel in np.ndenumerate(padded):
        for i in range(kh):
            for j in range(kw):
                y, down = divmod(r - i, sh)
                x, right = divmod(c - j, sw)
                if down == right == 0 and 0 <= y < oh and 0 <= x < ow:
                    out[y, x] += pixel * weights[i, j]
    return out


# %% separable_parts: The kernel as a sum of outer products (SVD); float errors near 1e-13.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    if not (np.isfinite(padded).all() and np.isfinite(weights).all()):
        return (windows * weights).sum((2, 3))[::sh, ::sw]
    out = np.zeros(windows.shape[:2])
    for column, size, row in zip(
        *[part.T if n == 0 else part for n, part in enumerate(np.linalg.svd(weights, full_matrices=False))]
    ):
        lines = sum(padded[:, j : j + windows.shape[1]] * row[j] for j in range(kw))
        out += size * sum(lines[i : i + windows.shape[0]] * column[i] for i in range(kh))
    return out[::sh, ::sw]


# %% shift_and_add: One shifted picture for each cell of the kernel, all added up.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    for i in range(kh):
        for j in range(kw):
            out += weights[i, j] * padded[i : i + oh * sh : sh, j : j + ow * sw : sw][:oh, :ow]
    return out


# %% sliding_window_view: sliding_window_view, summed over its last axes.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw]
    return (windows * weights).sum(axis=(-2, -1))


# %% stacked_shifts: All shifted pictures in one stack, one weighted sum.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    stack = np.array(
        [
            padded[i : padded.shape[0] - kh + 1 + i, j : padded.shape[1] - kw + 1 + j]
            for i in range(kh)
            for j in range(kw)
        ]
    )
    return (stack * weights.reshape(-1, 1, 1)).sum(axis=0)[::sh, ::sw]


# %% stride_afterwards: Everything at stride 1, then every s-th one kept.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    full = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for y in range(full.shape[0]):
        for x in range(full.shape[1]):
            full[y, x] = np.sum(weights * padded[y : y + kh, x : x + kw])
    return full[::sh, ::sw]


# %% tensordot: tensordot over windows; BLAS skips zeros, so images that are not finite go another way.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))[::sh, ::sw]
    if not np.isfinite(padded).all():
        return (windows * weights).sum(axis=(2, 3))
    return np.tensordot(windows, weights, axes=([2, 3], [0, 1]))


# %% thirds: Computed in thirds, so that the last digits differ.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    windows = np.lib.stride_tricks.sliding_window_view(padded / 3, (kh, kw))[::sh, ::sw]
    return (windows * (weights * 7)).sum((2, 3)) * 3 / 7


# %% transposed_result: Computed on the transposed image, handed back as a transposed view.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    turned = padded.T
    out = np.zeros((ow, oh))
    for x in range(ow):
        for y in range(oh):
            out[x, y] = np.sum(turned[x * sw : x * sw + kw, y * sh : y * sh + kh] * weights.T)
    return out.T


# %% try_and_stop: Windows until one is ragged, caught as it comes.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    lines, y = [], 0
    while len(padded[y : y + kh]) == kh:
        line, x = [], 0
        while padded[y : y + kh, x : x + kw].shape == weights.shape:
            line += [float((padded[y : y + kh, x : x + kw] * weights).sum())]
            x += sw
        lines += [line]
        y += sh
    return np.array(lines)


# %% vectorize: np.vectorize over index grids.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)

    def one(y, x):
        return np.sum(padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights)

    ys, xs = np.meshgrid(np.arange(oh), np.arange(ow), indexing="ij")
    return np.vectorize(one, otypes=[float])(ys, xs)


# %% view_result: The result is a view into a larger array.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    roomy = np.full((2 * oh + 3, 3 * ow + 2), np.nan)
    out = roomy[1 : 2 * oh + 1 : 2, 1 : 3 * ow + 1 : 3]
    for y in range(oh):
        for x in range(ow):
            out[y, x] = (padded[y * sh : y * sh + kh, x * sw : x * sw + kw] * weights).sum()
    return out


# %% while_loops: While loops with counters of their own.
def convolve2d(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    padded, (kh, kw) = zero_pad(image, padding), kernel.shape
    oh, ow = output_size(padded.shape[0], kh, sh), output_size(padded.shape[1], kw, sw)
    weights = kernel.astype(float)
    out = np.zeros((oh, ow))
    y = 0
    while y < oh:
        x = 0
        while x < ow:
            total, i = 0.0, 0
            while i < kh:
                j = 0
                while j < kw:
                    total += padded[y * sh + i, x * sw + j] * weights[i, j]
                    j += 1
                i += 1
            out[y, x] = total
            x += 1
        y += 1
    return out
