"""Right implementations of `max_pool2d` in many styles; each must earn all points."""


# %% loops
def max_pool2d(image, size, stride=1):
    h, w = image.shape
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    if sh < 1 or sw < 1 or kh > h or kw > w:
        raise ValueError("no such window")
    rows, columns = (h - kh) // sh + 1, (w - kw) // sw + 1
    out = np.zeros((rows, columns))
    for y in range(rows):
        for x in range(columns):
            pixels = []
            for i in range(kh):
                for j in range(kw):
                    pixels.append(float(image[y * sh + i, x * sw + j]))
            out[y, x] = max(pixels)  # a window without pixels raises ValueError here
    return out


# %% while_loops
def max_pool2d(image, size, stride=1):
    if image.ndim != 2:
        raise ValueError("2-D images only")
    kh, kw = (size, size) if np.ndim(size) == 0 else size
    sh, sw = (stride, stride) if np.ndim(stride) == 0 else stride
    if min(kh, kw, sh, sw) < 1 or kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("no such window")
    rows = []
    y = 0
    while y + kh <= image.shape[0]:
        row, x = [], 0
        while x + kw <= image.shape[1]:
            row.append(image[y : y + kh, x : x + kw].max())
            x += sw
        rows.append(row)
        y += sh
    return np.array(rows, dtype=float)


# %% as_strided
def max_pool2d(image, size, stride=1):
    def both(value):
        return value if isinstance(value, (tuple, list)) else (value, value)

    size, (sh, sw) = both(size), both(stride)
    if image.ndim != 2 or min(*size, sh, sw) < 1 or size[0] > image.shape[0] or size[1] > image.shape[1]:
        raise ValueError("illegal")
    windows = np.lib.stride_tricks.sliding_window_view(image, size)[::sh, ::sw]
    return windows.max(axis=(2, 3)).astype(np.float64)


# %% own_output_size
def max_pool2d(image, size, stride=1):
    if image.ndim != 2:
        raise ValueError("2-D images only")
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    out = np.zeros((output_size(image.shape[0], kh, sh), output_size(image.shape[1], kw, sw)))
    for y, x in np.ndindex(*out.shape):
        out[y, x] = np.max(image[y * sh : y * sh + kh, x * sw : x * sw + kw])
    return out


# %% roll_and_add
def max_pool2d(image, size, stride=1):
    h, w = np.shape(image)
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    if not (1 <= kh <= h and 1 <= kw <= w and sh >= 1 and sw >= 1):
        raise ValueError("illegal")
    best = np.full((h - kh + 1, w - kw + 1), -np.inf)
    for i in range(kh):
        for j in range(kw):
            best = np.maximum(best, image[i : h - kh + 1 + i, j : w - kw + 1 + j])
    return best[::sh, ::sw].copy()
