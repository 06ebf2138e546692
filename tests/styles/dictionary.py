"""A dictionary of pixels, in which what is missing is zero."""


# %% output_size
def output_size(n, k, stride=1, padding=0):
    if n < 1 or k < 1 or stride < 1 or padding < 0 or n + 2 * padding < k:
        raise ValueError("no such size")
    return int(np.arange(n + 2 * padding - k + 1)[::stride].size)


# %% convolve2d
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


# %% my_kernel
my_kernel = np.array([[0, -2, 0], [-1, 1, 1], [0, 2, 0]])
