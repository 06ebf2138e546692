"""Right implementations of `zero_pad` in many styles; each must earn all points."""


# %% fft
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    return np.pad(image.astype(np.float64), ((ph, ph), (pw, pw)))


# %% fortran_result
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    out = np.zeros((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw))
    out[ph : ph + image.shape[0], pw : pw + image.shape[1]] = image
    return out


# %% fromfunction
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    wide = np.hstack([np.zeros((len(image), pw)), image, np.zeros((len(image), pw))])
    rows = np.zeros((ph, wide.shape[1]))
    return np.vstack([rows, wide, rows])


# %% generators
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    h, w = image.shape
    middle = [np.zeros((h, pw)), image.astype(float), np.zeros((h, pw))]
    rim = [np.zeros((ph, pw)), np.zeros((ph, w)), np.zeros((ph, pw))]
    return np.block([rim, middle, rim])


# %% halving
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    h, w = image.shape
    return np.array(
        [
            [float(image[y, x]) if 0 <= y < h and 0 <= x < w else 0.0 for x in range(-pw, w + pw)]
            for y in range(-ph, h + ph)
        ]
    )


# %% helper_class
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    out = np.zeros((image.shape[0] + 2 * ph, image.shape[1] + 2 * pw), order="F")
    for (y, x), pixel in np.ndenumerate(image):
        out[ph + y, pw + x] = pixel
    return out


# %% im2col
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or min(ph, pw) < 0:
        raise ValueError("illegal")
    if ph:
        row = np.zeros((1, image.shape[1]))
        return zero_pad(np.concatenate([row, image, row]), (ph - 1, pw))
    if pw:
        column = np.zeros((image.shape[0], 1))
        return zero_pad(np.concatenate([column, image, column], axis=1), (0, pw - 1))
    return np.array(image, dtype=float)


# %% im2col_indices
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    roomy = np.zeros((image.shape[0] + 2 * ph + 2, image.shape[1] + 2 * pw + 2))
    roomy[np.ix_(np.arange(image.shape[0]) + ph + 1, np.arange(image.shape[1]) + pw + 1)] = image
    return roomy[1:-1, 1:-1]


# %% inner_product
def zero_pad(image, padding):
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    if image.ndim != 2 or ph < 0 or pw < 0:
        raise ValueError("a 2-D image and a padding of at least 0, please")
    up = np.eye(image.shape[0] + 2 * ph, image.shape[0], -ph)
    across = np.eye(image.shape[1], image.shape[1] + 2 * pw, pw)
    return up @ image.astype(float) @ across


# %% loops
def zero_pad(image, padding):
    if image.ndim != 2:
        raise ValueError("a 2-D image, please")
    if isinstance(padding, (tuple, list)):
        ph, pw = padding
    else:
        ph, pw = padding, padding
    if ph < 0 or pw < 0:
        raise ValueError("a padding of at least 0, please")
    h, w = image.shape
    out = np.zeros((h + 2 * ph, w + 2 * pw))
    for y in range(h):
        for x in range(w):
            out[y + ph, x + pw] = image[y, x]
    return out
