"""Right implementations of `conv_transpose2d` in many styles; each must earn all points."""


# %% loops
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    h, w = image.shape
    kh, kw = kernel.shape
    pairs = []
    for value, least in ((stride, 1), (padding, 0), (output_padding, 0)):
        if isinstance(value, (tuple, list)):
            a, b = value
        else:
            a, b = value, value
        if a < least or b < least:
            raise ValueError("too small")
        pairs.append((a, b))
    (sh, sw), (ph, pw), (ah, aw) = pairs
    if ah >= sh or aw >= sw:
        raise ValueError("output_padding has to be smaller than stride")
    oh = (h - 1) * sh + kh + ah - 2 * ph
    ow = (w - 1) * sw + kw + aw - 2 * pw
    if oh < 1 or ow < 1:
        raise ValueError("nothing is left")
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    for y in range(h):
        for x in range(w):
            for i in range(kh):
                for j in range(kw):
                    sheet[y * sh + i, x * sw + j] += float(image[y, x]) * float(kernel[i, j])
    return sheet[ph : ph + oh, pw : pw + ow]


# %% nditer
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (sh, sw), (ph, pw), (ah, aw) = [
        v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, padding, output_padding)
    ]
    (h, w), (kh, kw) = image.shape, kernel.shape
    oh, ow = (h - 1) * sh + kh + ah - 2 * ph, (w - 1) * sw + kw + aw - 2 * pw
    if not (0 <= ah < sh and 0 <= aw < sw and ph >= 0 and pw >= 0 and oh > 0 and ow > 0):
        raise ValueError("no such result")
    pixels, weights = image.astype(float), kernel.astype(float)
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    for y in range(h):
        for x in range(w):
            sheet[y * sh : y * sh + kh, x * sw : x * sw + kw] += pixels[y, x] * weights
    return sheet[ph : ph + oh, pw : pw + ow]


# %% no_helpers
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (sh, sw), (ph, pw), (ah, aw) = [
        v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, padding, output_padding)
    ]
    (h, w), (kh, kw) = image.shape, kernel.shape
    oh, ow = (h - 1) * sh + kh + ah - 2 * ph, (w - 1) * sw + kw + aw - 2 * pw
    if not (0 <= ah < sh and 0 <= aw < sw and ph >= 0 and pw >= 0 and oh > 0 and ow > 0):
        raise ValueError("no such result")
    pixels, weights = image.astype(float), kernel.astype(float)
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    for i in range(kh):
        for j in range(kw):
            sheet[i : i + (h - 1) * sh + 1 : sh, j : j + (w - 1) * sw + 1 : sw] += pixels * weights[i, j]
    return sheet[ph : ph + oh, pw : pw + ow].copy()


# %% pairwise_sums
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (sh, sw), (ph, pw), (ah, aw) = [
        v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, padding, output_padding)
    ]
    (h, w), (kh, kw) = image.shape, kernel.shape
    oh, ow = (h - 1) * sh + kh + ah - 2 * ph, (w - 1) * sw + kw + aw - 2 * pw
    if not (0 <= ah < sh and 0 <= aw < sw and ph >= 0 and pw >= 0 and oh > 0 and ow > 0):
        raise ValueError("no such result")
    pixels, weights = image.astype(float), kernel.astype(float)
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    y, x, i, j = np.indices((h, w, kh, kw))
    np.add.at(sheet, (y * sh + i, x * sw + j), np.multiply.outer(pixels, weights))
    return sheet[ph : ph + oh, pw : pw + ow]


# %% python_lists
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    (sh, sw), (ph, pw), (ah, aw) = [
        v if isinstance(v, (tuple, list)) else (v, v) for v in (stride, padding, output_padding)
    ]
    (h, w), (kh, kw) = image.shape, kernel.shape
    oh, ow = (h - 1) * sh + kh + ah - 2 * ph, (w - 1) * sw + kw + aw - 2 * pw
    if not (0 <= ah < sh and 0 <= aw < sw and ph >= 0 and pw >= 0 and oh > 0 and ow > 0):
        raise ValueError("no such result")
    pixels, weights = image.astype(float), kernel.astype(float)
    sheet = np.zeros((oh + 2 * ph, ow + 2 * pw))
    for r in range(oh):
        for c in range(ow):
            for i in range(kh):
                for j in range(kw):
                    y, down = divmod(r + ph - i, sh)
                    x, right = divmod(c + pw - j, sw)
                    if not down and not right and 0 <= y < h and 0 <= x < w:
                        sheet[r, c] += pixels[y, x] * weights[i, j]
    return sheet[:oh, :ow]
