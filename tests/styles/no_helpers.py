"""All by itself: no zero_pad, no output_size, exceptions caught and raised anew."""

# %% convolve2d
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


# %% normalize
def normalize(image):
    if not np.isfinite(image).all():
        raise ValueError("NaN or infinity in the image")
    values = image.astype(np.float64)
    low, high = values.min(), values.max()
    if low == high:
        return np.zeros(values.shape, np.uint8)
    out = np.empty(values.shape, np.uint8)
    for place in np.ndindex(*values.shape):
        out[place] = int(round(float((values[place] - low) / (high - low)) * 255))
    return out


# %% conv_transpose2d
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
